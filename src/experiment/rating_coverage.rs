//! Are ratings as sure as they say? Leagues between players whose strengths are known, rated as any results are.

use std::fmt::Write;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::ExperimentError;
use crate::tournament::rate::{Model, Results};

/// Natural logarithms of the players' strengths: from even chances to thirty to one.
const STRENGTHS: [f64; 8] = [-1.7, -1.0, -0.5, -0.1, 0.1, 0.5, 1.0, 1.7];
/// Elo points of a strength of one.
const POINTS: f64 = 400.0 / std::f64::consts::LN_10;

/// A kind of league.
struct League {
    name: &'static str,
    seats: usize,
    blocks: usize,
}

const LEAGUES: [League; 3] = [
    League { name: "duels, 4 blocks a pair", seats: 2, blocks: 112 },
    League { name: "duels, 20 blocks a pair", seats: 2, blocks: 560 },
    League { name: "six seats", seats: 6, blocks: 60 },
];

/// The experiment's report.
///
/// # Errors
/// None; the signature is that of all experiments.
pub fn rating_coverage(seeds: u32) -> Result<String, ExperimentError> {
    let mut text = format!(
        "# Coverage of ratings\n\nMade by `walled-gardens experiment rating-coverage --seeds {seeds}`: {seeds} leagues of each kind, between {} \
         players of known strength whose finishing orders are drawn by Plackett and Luce's model, a block being one line-up in every rotation. \
         Each league is rated as `rate` does, with 95% intervals over draws of blocks. Asked: that these cover the known strength in 92 to 98% of cases.\n\n\
         | league | intervals | covered, % | mean error of strengths, Elo |\n|---|---|---|---|\n",
        STRENGTHS.len()
    );
    for league in &LEAGUES {
        let (mut covered, mut error, mut all) = (0, 0.0, 0);
        for seed in 1..=seeds {
            for rating in results(league, u64::from(seed)).rate(Model::PlackettLuce, u64::from(seed)) {
                let known = POINTS * rating.player.parse::<usize>().map_or(0.0, |player| STRENGTHS[player]);
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
    let players = STRENGTHS.len();
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let pairs: Vec<[usize; 2]> = (0..players).flat_map(|a| (a + 1..players).map(move |b| [a, b])).collect();
    let block = |number: usize| {
        let left_out = pairs[number % pairs.len()];
        let lineup: Vec<usize> = if league.seats == 2 {
            left_out.to_vec()
        } else {
            (0..players).filter(|player| !left_out.contains(player)).collect()
        };
        (0..league.seats).map(|_| finish(&lineup, &mut chance)).collect()
    };
    Results::of(
        (0..players).map(|player| player.to_string()).collect(),
        (0..league.blocks).map(block).collect(),
    )
}

/// A finishing order as scores: who is strongest with exponential luck is first, which is Plackett and Luce's model (Yellott
/// 1977).
fn finish(lineup: &[usize], chance: &mut ChaCha8Rng) -> Vec<(usize, f64)> {
    let score = |player: usize, chance: &mut ChaCha8Rng| {
        let luck: f64 = chance.random_range(f64::MIN_POSITIVE..1.0);
        STRENGTHS[player] - libm::log(-libm::log(luck))
    };
    lineup.iter().map(|&player| (player, score(player, chance))).collect()
}
