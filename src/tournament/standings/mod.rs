//! What records say: a function of them alone. The unit is the block, whose matches share their luck.

mod contenders;
mod seats;
mod sequential;
mod unranked;

use std::collections::BTreeMap;

use serde::Serialize;

pub use self::contenders::{AlphaSetting, Standing};
use self::contenders::{Rated, rated};
pub use self::seats::SeatAdvantage;
use self::seats::seat_advantages;
pub use self::sequential::LevelTest;
use self::sequential::tests;
pub use self::unranked::{LEAST_BLOCKS, unranked};
use super::meetings::{Pair, Played};
use super::plan::{Format, Plan, Tournament};
use super::records::{Finish, Finishes};
use crate::game::Prepared;
use crate::statistics::{Interval, Verdict};

/// What a tournament found out.
#[derive(Clone, Debug, Serialize)]
pub struct Standings {
    /// The plan.
    pub plan: Plan,
    /// Which tournament it is.
    pub identity: String,
    /// Matches played.
    pub matches: usize,
    /// Blocks begun.
    pub blocks: usize,
    /// Everybody, best first; who has too few blocks to be ranked comes last.
    pub contenders: Vec<Standing>,
    /// Every two who met, the better first.
    pub pairs: Vec<Pair>,
    /// Circles in which each clearly beats the next.
    pub cycles: Vec<[String; 3]>,
    /// What the α-rank of each contender was made with.
    pub alpha: AlphaSetting,
    /// How good each seat is.
    pub seats: Vec<SeatAdvantage>,
    /// Sequential tests, by level.
    pub tests: Vec<LevelTest>,
    /// Standings on each level for itself, where there are several: who is good on all may be the best on none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<LevelStandings>,
}

/// Standings on one level.
#[derive(Clone, Debug, Serialize)]
pub struct LevelStandings {
    /// Level id.
    pub level: String,
    /// Matches played on it.
    pub matches: usize,
    /// Blocks begun on it.
    pub blocks: usize,
    /// Everybody who has played on it, best first.
    pub contenders: Vec<Standing>,
    /// Circles on it.
    pub cycles: Vec<[String; 3]>,
}

impl Standings {
    /// The standings of what has been played.
    pub fn of(tournament: &Tournament, finishes: &Finishes) -> Self {
        let names: Vec<&str> = tournament.entries.iter().map(|entry| entry.name.as_str()).collect();
        let (played, strata) = blocks(tournament, finishes, &names);
        let plan = &tournament.plan;
        let Rated { contenders, pairs, cycles, alpha } = rated(&played, &strata, &names, plan);
        let several = strata.len() > 1 && tournament.plan.format.test().is_none();
        let mut rest = &played[..];
        let of_level = |(prepared, &blocks): (&Prepared, &usize)| {
            let (played, others) = rest.split_at(blocks);
            rest = others;
            let Rated { mut contenders, cycles, .. } = rated(played, &[blocks], &names, plan);
            contenders.retain(|standing| standing.blocks > 0);
            let matches = played.iter().map(|block| block.finishes.len()).sum();
            LevelStandings { level: prepared.level.id.clone(), matches, blocks, contenders, cycles }
        };
        let levels = tournament.levels.iter().zip(&strata).filter(|_| several).map(of_level).collect();
        Self {
            plan: tournament.plan.clone(),
            identity: tournament.identity(),
            matches: finishes.len(),
            blocks: played.len(),
            contenders,
            pairs,
            cycles,
            alpha,
            seats: seat_advantages(tournament, finishes),
            tests: tests(tournament, finishes),
            levels,
        }
    }

    /// Whether everything that was asked has been answered: for a test, whether the first is better on every level.
    pub fn is_affirmed(&self) -> bool {
        self.tests.iter().all(|test| test.verdict == Verdict::Better)
    }

    /// Whether yuan and shares can be read: those of several levels are of different markets.
    pub fn is_of_one_level(&self) -> bool {
        self.plan.levels.len() == 1
    }

    /// Who gave orders that were refused, and how many a match, where it is one in twenty matches or more: the most first.
    pub fn refused(&self) -> Vec<(&str, f64)> {
        let all = self.contenders.iter().map(|standing| (standing.name.as_str(), standing.refused));
        let mut refused: Vec<(&str, f64)> = all.filter(|(_, refused)| *refused >= 0.05).collect();
        refused.sort_by(|a, b| b.1.total_cmp(&a.1));
        refused
    }

    /// What must be known where there are several groups.
    pub fn apart(&self) -> Option<String> {
        let groups = self.contenders.iter().filter_map(|standing| standing.group).max()?;
        Some(format!(
            "There are {groups} groups between whom there is no chain of meetings: nothing compares them, and each is ranked for itself."
        ))
    }

    /// Whether the first met the others and these nobody else: then only that is said.
    pub fn is_gauntlet(&self) -> bool {
        self.plan.format == Format::Gauntlet
    }

    /// How the first did against each of the others, as parts of matches, the hardest first: their names, blocks, scores and
    /// probabilities of so much by luck.
    pub fn first_against_each(&self) -> Vec<(&str, usize, Interval, f64)> {
        let Some(first) = self.contenders.first() else { return Vec::new() };
        let against = |pair: &'_ Pair| {
            let Interval { value, low, high } = pair.score;
            if pair.one == first.name {
                Some((pair.blocks, pair.score, pair.probability))
            } else if pair.other == first.name {
                let turned = Interval { value: 1.0 - value, low: 1.0 - high, high: 1.0 - low };
                Some((pair.blocks, turned, pair.probability))
            } else {
                None
            }
        };
        let mut all: Vec<(&str, usize, Interval, f64)> = self
            .pairs
            .iter()
            .filter_map(|pair| {
                let name = if pair.one == first.name { &pair.other } else { &pair.one };
                against(pair).map(|(blocks, score, probability)| (name.as_str(), blocks, score, probability))
            })
            .collect();
        all.sort_by(|a, b| a.2.value.total_cmp(&b.2.value));
        all
    }

    /// Whether it is a sequential test.
    pub fn is_test(&self) -> bool {
        matches!(self.plan.format, Format::Sprt { .. })
    }
}

/// Blocks in order, and how many there are of each level.
fn blocks<'a>(
    tournament: &Tournament,
    finishes: &'a Finishes,
    names: &[&str],
) -> (Vec<Played<'a>>, Vec<usize>) {
    let number: BTreeMap<&str, usize> = names.iter().enumerate().map(|(n, &name)| (name, n)).collect();
    let mut of_block: BTreeMap<(usize, u32), Vec<&Finish>> = BTreeMap::new();
    for (&(level, block, _), finish) in finishes {
        of_block.entry((level, block)).or_default().push(finish);
    }
    let of_level = |level: usize| of_block.keys().filter(|&&(of, _)| of == level).count();
    let strata = (0..tournament.levels.len()).map(of_level).collect();
    let played = of_block.into_values().map(|finishes| {
        let entry = |name: &String| number.get(name.as_str()).copied();
        let entries = finishes.iter().map(|finish| finish.players.iter().map(entry).collect()).collect();
        Played { finishes, entries }
    });
    (played.collect(), strata)
}
