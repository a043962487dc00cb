//! Are ratings as sure as they say? Leagues between players whose strengths are known, rated as any results are, over all sizes and
//! differences that leagues have.

use std::fmt::Write;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::playing::ExperimentError;
use crate::statistics::{Ranking, Rankings};

/// Elo points of a strength of one.
const POINTS: f64 = 400.0 / std::f64::consts::LN_10;
/// Differences between the best and the worst, in Elo points.
const APART: [f64; 5] = [0.0, 200.0, 400.0, 600.0, 800.0];
/// Blocks that each player has.
const BLOCKS: [usize; 5] = [8, 12, 20, 50, 200];
/// Below so many percent covered, a cell is counted again over so many times as many leagues: of two hundred cells some come out low by
/// luck alone.
const AGAIN: (f64, u32) = (93.0, 10);
/// Draws that an interval is of: as many as `rate` and `tournament` make.
const DRAWS: usize = 1_000;

/// A kind of league.
struct League {
    name: &'static str,
    players: usize,
    seats: usize,
    /// Matches of a block, the line-up moved on by a seat each.
    rotations: usize,
    /// By how much the first seat is better, as a strength. Where it is large most blocks come out even, each seat winning
    /// once, and few blocks seem to leave no doubt.
    first_seat: f64,
    /// How far a player may be better or worse for a whole block, as a strength: its matches come out alike.
    luck: f64,
    /// Whether one is ahead of a level field, instead of all being spread evenly.
    alone: bool,
}

/// One size and difference of a kind of league.
struct Cell {
    covered: u32,
    intervals: u32,
    leagues: u32,
}

impl Cell {
    fn percent(&self) -> f64 {
        100.0 * f64::from(self.covered) / f64::from(self.intervals)
    }

    /// Standard error of the percentage; the two intervals of a league may be one and the same.
    fn error(&self) -> f64 {
        let part = self.percent() / 100.0;
        100.0 * (part * (1.0 - part) / f64::from(self.leagues)).sqrt()
    }
}

const fn league(name: &'static str, players: usize, seats: usize, rotations: usize) -> League {
    League { name, players, seats, rotations, first_seat: 0.0, luck: 0.0, alone: false }
}

const LEAGUES: [League; 9] = [
    league("2 players, one match a block", 2, 2, 1),
    league("2 players", 2, 2, 2),
    League { first_seat: 2.5, ..league("2 players, seats decide", 2, 2, 2) },
    League { luck: 2.0, ..league("2 players, luck of a block decides", 2, 2, 2) },
    league("4 players, duels, one match a block", 4, 2, 1),
    League { alone: true, ..league("4 players, one ahead, duels, one match a block", 4, 2, 1) },
    league("8 players, duels", 8, 2, 2),
    league("8 players, six seats", 8, 6, 6),
    league("16 players, all in one match", 16, 16, 1),
];

impl League {
    /// Players' strengths, zero on average.
    fn strengths(&self, apart: f64) -> Vec<f64> {
        let last = (self.players - 1) as f64;
        let place =
            |player: usize| if self.alone { f64::from(u8::from(player == 0)) } else { player as f64 / last };
        let mean = (0..self.players).map(place).sum::<f64>() / self.players as f64;
        (0..self.players).map(|player| apart / POINTS * (place(player) - mean)).collect()
    }

    /// What ratings would be after blocks without end: where a seat is better, that of the score that rotations come to. Nothing
    /// where luck goes with a whole block, unless all are alike.
    fn known(&self, strength: f64) -> Option<f64> {
        if self.luck > 0.0 && strength != 0.0 {
            return None;
        }
        if self.first_seat == 0.0 {
            return Some(POINTS * strength);
        }
        let apart = 2.0 * strength;
        let chance = |apart: f64| 1.0 / (1.0 + libm::exp(-apart));
        let score = 0.5 * (chance(apart + self.first_seat) + chance(apart - self.first_seat));
        Some(POINTS * 0.5 * libm::log(score / (1.0 - score)))
    }

    /// Line-ups in which everybody plays in so many blocks.
    fn lineups(&self, blocks: usize, chance: &mut ChaCha8Rng) -> Vec<Vec<usize>> {
        let count = (blocks * self.players).div_ceil(self.seats);
        let mut lineups = Vec::with_capacity(count);
        let mut round = 0;
        while lineups.len() < count {
            if self.seats == 2 {
                // Everybody meets everybody in turn (the circle method).
                let ring =
                    |place: usize| if place == 0 { 0 } else { 1 + (place - 1 + round) % (self.players - 1) };
                lineups.extend(
                    (0..self.players / 2).map(|place| vec![ring(place), ring(self.players - 1 - place)]),
                );
            } else {
                let mut order: Vec<usize> = (0..self.players).collect();
                rand::seq::SliceRandom::shuffle(&mut order[..], chance);
                order.truncate(self.seats);
                lineups.push(order);
            }
            round += 1;
        }
        lineups.truncate(count);
        lineups
    }

    /// How many intervals of the best and of the worst hold the true strength, of how many; nothing where it is not known.
    fn covered(&self, apart: f64, blocks: usize, seed: u64) -> Option<[u32; 2]> {
        let strengths = self.strengths(apart);
        let known = [0, self.players - 1].map(|player| self.known(strengths[player]));
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let played: Vec<Vec<Ranking>> = self
            .lineups(blocks, &mut chance)
            .iter()
            .map(|lineup| self.block(lineup, &strengths, &mut chance))
            .collect();
        let names: Vec<String> = (0..self.players).map(|player| format!("{player:02}")).collect();
        let rankings = Rankings::new(self.players, played.iter().map(|block| (&block[..], 1.0)));
        let likely = rankings.likely(&names, DRAWS, seed);
        let mut found = [0, 0];
        for (player, known) in [0, self.players - 1].into_iter().zip(known) {
            found[0] += u32::from(likely.interval(player, POINTS).covers(known?));
            found[1] += 1;
        }
        Some(found)
    }

    /// How many intervals hold the true strength, and how many there are, over so many leagues; nothing where it is not known.
    fn cell(&self, apart: f64, blocks: usize, leagues: u32) -> Option<Cell> {
        let one = |seed: u32| self.covered(apart, blocks, u64::from(seed));
        let counted: Vec<[u32; 2]> = (1..=leagues).into_par_iter().map(one).collect::<Option<_>>()?;
        let sum = |part: usize| counted.iter().map(|one| one[part]).sum::<u32>();
        Some(Cell { covered: sum(0), intervals: sum(1), leagues })
    }

    /// A block's finishing orders: who is strongest with exponential luck is first, which is Plackett and Luce's model (Yellott
    /// 1977).
    fn block(&self, lineup: &[usize], strengths: &[f64], chance: &mut ChaCha8Rng) -> Vec<Ranking> {
        let luck: Vec<f64> = lineup.iter().map(|_| self.luck * chance.random_range(-1.0..1.0)).collect();
        let game = |rotation: usize| {
            let score = |(place, &player): (usize, &usize)| {
                let own: f64 = chance.random_range(f64::MIN_POSITIVE..1.0);
                let seated =
                    if (place + rotation).is_multiple_of(lineup.len()) { self.first_seat } else { 0.0 };
                strengths[player] + luck[place] + seated - libm::log(-libm::log(own))
            };
            let scores: Vec<f64> = lineup.iter().enumerate().map(score).collect();
            Ranking::by_score(lineup, &scores)
        };
        (0..self.rotations).map(game).collect()
    }
}

/// The experiment's report.
///
/// # Errors
/// None; the signature is that of all experiments.
pub fn rating_coverage(seeds: u32) -> Result<String, ExperimentError> {
    let mut text = format!(
        "# Coverage of ratings\n\nMade by `walled-gardens experiment rating-coverage --seeds {seeds}`: {seeds} leagues of each kind, size and \
         difference, between players of known strength whose finishing orders are drawn by Plackett and Luce's model. Each league is rated as \
         `rate` and `tournament` do; counted are the 95% intervals of the best and of the worst player. Players are spread evenly over the \
         difference, or one is ahead of a level field. Where seats decide, six blocks in seven come out even at no difference, each seat winning \
         once; where luck decides, a block's two matches tend to come out alike, and what ratings settle at is known at no difference alone (–). Asked: at least 92% in the worst cell.\n\n\
         The simulation's own error: twice the standard error of a cell over {seeds} leagues is {:.1} points where 95% cover. A cell below {}% (†) is \
         counted again over {} times as many leagues, since of over two hundred cells some come out low by luck.\n\n\
         | covered, % | blocks a player |",
        200.0 * (0.95 * 0.05 / f64::from(seeds)).sqrt(),
        AGAIN.0,
        AGAIN.1
    );
    APART.iter().for_each(|apart| {
        let _ = write!(text, " {apart:.0} Elo |");
    });
    text.push_str(&format!("\n|---|---|{}\n", "---|".repeat(APART.len())));
    let (mut worst, mut at) = (None::<Cell>, String::new());
    let (mut all, mut of) = (0, 0);
    for league in &LEAGUES {
        for blocks in BLOCKS {
            let _ = write!(text, "| {} | {blocks} |", league.name);
            for apart in APART {
                let Some(mut cell) = league.cell(apart, blocks, seeds) else {
                    text.push_str(" – |");
                    continue;
                };
                let (least, times) = AGAIN;
                let again = cell.percent() < least;
                if again {
                    cell = league.cell(apart, blocks, times * seeds).unwrap_or(cell);
                }
                let _ = write!(text, " {:.1}{} |", cell.percent(), if again { "†" } else { "" });
                all += cell.covered;
                of += cell.intervals;
                if worst.as_ref().is_none_or(|worst| cell.percent() < worst.percent()) {
                    at = format!("{}, {blocks} blocks, {apart:.0} Elo", league.name);
                    worst = Some(cell);
                }
            }
            text.push('\n');
        }
    }
    if let Some(worst) = worst {
        let mean = 100.0 * f64::from(all) / f64::from(of);
        let _ = writeln!(
            text,
            "\nThe worst cell: {:.1}% ± {:.1}, twice its standard error, of {} leagues ({at}); all cells together {mean:.1}% of {of} intervals.",
            worst.percent(),
            2.0 * worst.error(),
            worst.leagues
        );
    }
    Ok(text)
}
