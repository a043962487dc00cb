//! What records say: a function of them alone. The unit is the block, whose matches share their luck.

use std::collections::BTreeMap;

use serde::Serialize;

use super::level_weights::level_weights;
use super::meetings::{Meetings, Pair, Played, Solved, pairs, solve};
use super::plan::{Format, Plan, Tournament};
use super::records::Finish;
use super::records::Finishes;
use super::schedule::paired_scores;
use crate::game::Prepared;
use crate::statistics::{Elo, Estimate, Interval, Likely, Ranking, Rankings, Verdict, cycles, elo};

/// Blocks below which nobody is ranked.
pub const LEAST_BLOCKS: usize = 8;
/// Of those who are unranked, so many are named.
const UNRANKED_NAMED: usize = 6;
/// Draws of the bootstrap for strengths and ranks.
const DRAWS: usize = 1_000;
/// Elo points of a strength of one: odds of e to one.
const POINTS: f64 = 400.0 / std::f64::consts::LN_10;

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

/// One contender.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// Name.
    pub name: String,
    /// Which group of those who can be compared it is in, from 1, where there are several: no chain of meetings leads from one to
    /// another, and places and strengths are within it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<usize>,
    /// Place, from 1, shared by who are equally strong; none with too few blocks, and in a gauntlet.
    pub rank: Option<usize>,
    /// Best and worst place in 95% of draws.
    pub ranks: [usize; 2],
    /// Blocks.
    pub blocks: usize,
    /// Matches.
    pub matches: usize,
    /// Plackett–Luce strength in Elo points; zero is the mean of all.
    pub strength: Interval,
    /// Part of its rivals that it ended above.
    pub score: Interval,
    /// Part of its matches in which it ended above all.
    pub wins: Interval,
    /// What a match left it worth in hindsight, yuan: what decides it.
    pub value: Estimate,
    /// Profit of a match in yuan.
    pub profit: Estimate,
    /// Share of sales at the end.
    pub share: Estimate,
    /// Part of the time that evolution spends at it (α-rank); none in a gauntlet.
    pub alpha: Option<Interval>,
    /// Part of it in the mixture that nobody beats (Nash averaging); none in a gauntlet.
    pub nash: Option<Interval>,
    /// Orders refused, a match.
    pub refused: f64,
}

/// What an α-rank was made with.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct AlphaSetting {
    /// α.
    pub selection: f64,
    /// m.
    pub population: usize,
}

/// How much better a seat is than half of all, over everybody who sat in it.
#[derive(Clone, Debug, Serialize)]
pub struct SeatAdvantage {
    /// Level id.
    pub level: String,
    /// Platform id.
    pub seat: String,
    /// Mean score there; the interval holds for all seats of the page together.
    pub score: Estimate,
    /// Whether the interval leaves out one half.
    pub uneven: bool,
}

/// A sequential test on one level.
#[derive(Clone, Debug, Serialize)]
pub struct LevelTest {
    /// Level id.
    pub level: String,
    /// Blocks by score, from all lost to all won.
    pub counts: Vec<f64>,
    /// Log-likelihood ratio of better to not better.
    pub log_ratio: f64,
    /// The ratios at which it ends.
    pub bounds: [f64; 2],
    /// What it says.
    pub verdict: Verdict,
    /// By how much, where that can be said.
    pub elo: Option<Elo>,
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

/// Who is unranked, and how many blocks more each needs.
pub fn unranked<'a>(blocks: impl Iterator<Item = (&'a str, usize)>) -> Option<String> {
    let mut short: Vec<(&str, usize)> = blocks
        .filter(|&(_, blocks)| blocks < LEAST_BLOCKS)
        .map(|(name, blocks)| (name, LEAST_BLOCKS - blocks))
        .collect();
    short.sort_by_key(|&(_, needed)| std::cmp::Reverse(needed));
    let more = |&(name, needed): &(&str, usize)| format!("{name} {needed}");
    let named: Vec<String> = short.iter().take(UNRANKED_NAMED).map(more).collect();
    let others = match short.len() - named.len() {
        0 => String::new(),
        others => format!(", {others} others no more than that"),
    };
    (!short.is_empty()).then(|| {
        format!(
            "Unranked: with fewer than {LEAST_BLOCKS} blocks a place is mostly luck. Blocks still needed: {}{others}.",
            named.join(", ")
        )
    })
}

/// What blocks say of everybody.
struct Rated {
    contenders: Vec<Standing>,
    pairs: Vec<Pair>,
    cycles: Vec<[String; 3]>,
    alpha: AlphaSetting,
}

fn rated(played: &[Played], strata: &[usize], names: &[&str], plan: &Plan) -> Rated {
    let meetings = Meetings::of(played, names.len());
    let groups = meetings.groups();
    let strengths = strengths(played, strata, names, plan).centred(&groups);
    let solved = solve(&meetings, &groups, &strengths.value, plan.seed);
    let (pairs, beats) = pairs(&meetings, names);
    let gauntlet = plan.format == Format::Gauntlet;
    // Who met nobody is in no group that is told of.
    let told: Vec<&Vec<usize>> = groups.iter().filter(|group| group.len() > 1).collect();
    let mut contenders: Vec<Standing> = (0..names.len())
        .map(|entry| {
            let mut standing = standing(played, entry, names[entry], &strengths, &groups, &solved);
            let group = told.iter().position(|group| group.contains(&entry));
            standing.group = group.filter(|_| told.len() > 1).map(|group| group + 1);
            if gauntlet {
                (standing.rank, standing.alpha, standing.nash) = (None, None, None);
            }
            standing
        })
        .collect();
    if !gauntlet {
        contenders.sort_by(|a, b| {
            let ranked = |standing: &Standing| standing.blocks >= LEAST_BLOCKS;
            let by_group = a.group.cmp(&b.group);
            by_group.then(ranked(b).cmp(&ranked(a))).then(b.strength.value.total_cmp(&a.strength.value))
        });
    }
    let circles = cycles(names.len(), |a, b| beats[a][b]);
    Rated {
        contenders,
        pairs,
        cycles: circles.into_iter().map(|circle| circle.map(|entry| names[entry].to_owned())).collect(),
        alpha: AlphaSetting { selection: solved.setting.0, population: solved.setting.1 },
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

/// Plackett–Luce strengths and what else they might have been, every level weighing as the plan says.
fn strengths(played: &[Played], strata: &[usize], names: &[&str], plan: &Plan) -> Likely {
    let ranking = |(finish, seated): (&&Finish, &Vec<Option<usize>>)| {
        let there: Vec<(usize, f64)> = seated
            .iter()
            .zip(&finish.value)
            .filter_map(|(entry, &value)| entry.map(|entry| (entry, value)))
            .collect();
        let (players, values): (Vec<usize>, Vec<f64>) = there.into_iter().unzip();
        Ranking::by_score(&players, &values)
    };
    let of_block =
        |block: &Played| -> Vec<Ranking> { block.finishes.iter().zip(&block.entries).map(ranking).collect() };
    let rankings: Vec<Vec<Ranking>> = played.iter().map(of_block).collect();
    let levels: Vec<usize> =
        strata.iter().enumerate().flat_map(|(level, &blocks)| std::iter::repeat_n(level, blocks)).collect();
    let weights = level_weights(&rankings, &levels, &plan.weights);
    Rankings::new(names.len(), rankings.iter().map(Vec::as_slice).zip(weights))
        .likely(names, DRAWS, plan.seed)
}

/// One contender's line.
fn standing(
    played: &[Played],
    entry: usize,
    name: &str,
    strengths: &Likely,
    groups: &[Vec<usize>],
    solved: &Solved,
) -> Standing {
    let alone = [entry];
    let among = groups.iter().find(|group| group.contains(&entry)).map_or(&alone[..], |group| &group[..]);
    let mut means: [Vec<f64>; 5] = Default::default();
    let (mut matches, mut refused) = (0, 0);
    for block in played {
        let mut sums = [0.0; 5];
        let mut count = 0;
        for (finish, seated) in block.finishes.iter().zip(&block.entries) {
            for seat in (0..seated.len()).filter(|&seat| seated[seat] == Some(entry)) {
                let score = finish.score(seat);
                let won = f64::from(u8::from(score == 1.0));
                let of_match = [score, won, finish.value[seat], finish.profit[seat], finish.share[seat]];
                sums.iter_mut().zip(of_match).for_each(|(sum, x)| *sum += x);
                refused += finish.refused[seat];
                count += 1;
            }
        }
        if count > 0 {
            means.iter_mut().zip(sums).for_each(|(list, sum)| list.push(sum / f64::from(count)));
            matches += count as usize;
        }
    }
    let [scores, wins, values, profits, shares] = means;
    Standing {
        name: name.to_owned(),
        group: None,
        rank: (scores.len() >= LEAST_BLOCKS).then(|| strengths.rank(entry, among)),
        ranks: strengths.ranks(entry, among),
        blocks: scores.len(),
        matches,
        strength: strengths.interval(entry, POINTS),
        score: Estimate::of_parts(&scores),
        wins: Estimate::of_parts(&wins),
        value: Estimate::of(&values),
        profit: Estimate::of(&profits),
        share: Estimate::of(&shares),
        alpha: Some(solved.alpha[entry]),
        nash: Some(solved.nash[entry]),
        refused: f64::from(refused) / matches.max(1) as f64,
    }
}

/// Every seat's mean score by block; a level whose seats are not alike shows here.
fn seat_advantages(tournament: &Tournament, finishes: &Finishes) -> Vec<SeatAdvantage> {
    let all: usize = (0..tournament.levels.len()).map(|level| tournament.seats(level)).sum();
    let mut found = Vec::new();
    for (number, prepared) in tournament.levels.iter().enumerate() {
        for (seat, platform) in prepared.level.platforms.iter().enumerate() {
            let mut of_block: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
            for (_, finish) in finishes.range((number, 0, 0)..(number + 1, 0, 0)) {
                let sum = of_block.entry(finish.block).or_default();
                *sum = (sum.0 + finish.score(seat), sum.1 + 1.0);
            }
            let means: Vec<f64> = of_block.values().map(|(sum, count)| sum / count).collect();
            if means.len() < LEAST_BLOCKS {
                continue;
            }
            let score = Estimate::of_many(&means, all);
            found.push(SeatAdvantage {
                level: prepared.level.id.clone(),
                seat: platform.id.clone(),
                score,
                uneven: !score.covers(0.5),
            });
        }
    }
    found
}

fn tests(tournament: &Tournament, finishes: &Finishes) -> Vec<LevelTest> {
    let Some(test) = tournament.plan.format.test() else { return Vec::new() };
    let of_level = |level: usize| {
        let of = finishes.range((level, 0, 0)..(level + 1, 0, 0)).map(|(_, finish)| finish);
        let (counts, rotations) = paired_scores(tournament, level, of);
        let log_ratio = test.log_ratio(&counts, rotations);
        LevelTest {
            level: tournament.levels[level].level.id.clone(),
            log_ratio,
            bounds: test.bounds(),
            verdict: test.verdict(log_ratio),
            elo: elo(&counts),
            counts,
        }
    };
    (0..tournament.levels.len()).map(of_level).collect()
}
