//! Are ratings as sure as they say? Leagues between players whose strengths are known, rated as any results are.

use std::fmt::Write;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::ExperimentError;
use crate::tournament::rate::{Model, Results};

/// Natural logarithms of the players' strengths: from even chances to thirty to one.
const FIELD: &[f64] = &[-1.7, -1.0, -0.5, -0.1, 0.1, 0.5, 1.0, 1.7];
/// Two who are nearly alike: 42 Elo points apart.
const TWO: &[f64] = &[-0.12, 0.12];
/// Elo points of a strength of one.
const POINTS: f64 = 400.0 / std::f64::consts::LN_10;

/// A kind of league.
struct League {
    name: &'static str,
    strengths: &'static [f64],
    seats: usize,
    blocks: usize,
    /// By how much the first seat is better, as a strength. Where it is large most blocks come out even, each seat winning
    /// once, and few blocks seem to leave no doubt.
    first_seat: f64,
}

const LEAGUES: [League; 6] = [
    League {
        name: "8 players, duels, 4 blocks a pair",
        strengths: FIELD,
        seats: 2,
        blocks: 112,
        first_seat: 0.0,
    },
    League {
        name: "8 players, duels, 20 blocks a pair",
        strengths: FIELD,
        seats: 2,
        blocks: 560,
        first_seat: 0.0,
    },
    League { name: "8 players, six seats", strengths: FIELD, seats: 6, blocks: 60, first_seat: 0.0 },
    League { name: "2 players, 8 blocks", strengths: TWO, seats: 2, blocks: 8, first_seat: 0.0 },
    League {
        name: "2 players, 8 blocks, seats decide",
        strengths: TWO,
        seats: 2,
        blocks: 8,
        first_seat: 2.5,
    },
    League {
        name: "2 players, 20 blocks, seats decide",
        strengths: TWO,
        seats: 2,
        blocks: 20,
        first_seat: 2.5,
    },
];

impl League {
    /// A player's strength in Elo points, above the mean. Where a seat is better it is that of the score that its
    /// rotations come to.
    fn known(&self, player: usize) -> f64 {
        let strength = self.strengths[player];
        if self.first_seat == 0.0 {
            return POINTS * strength;
        }
        let apart = 2.0 * strength;
        let chance = |apart: f64| 1.0 / (1.0 + libm::exp(-apart));
        let score = 0.5 * (chance(apart + self.first_seat) + chance(apart - self.first_seat));
        POINTS * 0.5 * libm::log(score / (1.0 - score))
    }
}

/// The experiment's report.
///
/// # Errors
/// None; the signature is that of all experiments.
pub fn rating_coverage(seeds: u32) -> Result<String, ExperimentError> {
    let mut text = format!(
        "# Coverage of ratings\n\nMade by `walled-gardens experiment rating-coverage --seeds {seeds}`: {seeds} leagues of each kind, between \
         players of known strength whose finishing orders are drawn by Plackett and Luce's model, a block being one line-up in every rotation. \
         Each league is rated as `rate` and `tournament` do, with 95% intervals over draws of blocks. Asked: that these cover the known strength in \
         92 to 98% of cases. Where seats decide, six blocks in seven come out even, each seat winning once.\n\n\
         | league | intervals | covered, % | mean error of strengths, Elo |\n|---|---|---|---|\n",
    );
    for league in &LEAGUES {
        let (mut covered, mut error, mut all) = (0, 0.0, 0);
        for seed in 1..=seeds {
            for rating in results(league, u64::from(seed)).rate(Model::PlackettLuce, u64::from(seed)) {
                let known = rating.player.parse().map_or(0.0, |player| league.known(player));
                covered += usize::from((rating.rating.low..=rating.rating.high).contains(&known));
                error += rating.rating.value - known;
                all += 1;
            }
        }
        let part = 100.0 * covered as f64 / f64::from(all);
        let _ = writeln!(text, "| {} | {all} | {part:.1} | {:+.2} |", league.name, error / f64::from(all));
    }
    Ok(text)
}

/// A league's results: line-ups in turn, so that everybody meets everybody as often as can be.
fn results(league: &League, seed: u64) -> Results {
    let players = league.strengths.len();
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let pairs: Vec<[usize; 2]> = (0..players).flat_map(|a| (a + 1..players).map(move |b| [a, b])).collect();
    let block = |number: usize| {
        let pair = pairs[number % pairs.len()];
        let mut lineup: Vec<usize> = if league.seats == 2 {
            pair.to_vec()
        } else {
            (0..players).filter(|player| !pair.contains(player)).collect()
        };
        let game = |_| {
            lineup.rotate_left(1);
            finish(league, &lineup, &mut chance)
        };
        (0..league.seats).map(game).collect()
    };
    Results::of(
        (0..players).map(|player| player.to_string()).collect(),
        (0..league.blocks).map(block).collect(),
    )
}

/// A finishing order as scores: who is strongest with exponential luck is first, which is Plackett and Luce's model (Yellott
/// 1977).
fn finish(league: &League, lineup: &[usize], chance: &mut ChaCha8Rng) -> Vec<(usize, f64)> {
    let score = |(seat, &player): (usize, &usize)| {
        let luck: f64 = chance.random_range(f64::MIN_POSITIVE..1.0);
        let seated = if seat == 0 { league.first_seat } else { 0.0 };
        (player, league.strengths[player] + seated - libm::log(-libm::log(luck)))
    };
    lineup.iter().enumerate().map(score).collect()
}
