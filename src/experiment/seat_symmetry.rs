//! Is every seat of an arena level as good as any other? The same strategy sits everywhere; over many seeds no seat
//! may be ahead.

use std::fmt::Write;

use rayon::prelude::*;

use super::playing::{ExperimentError, SYMMETRIC, prepared};
use crate::game::{Match, Prepared, Seat, Setup};
use crate::level::shipped;
use crate::statistics::Estimate;
use crate::strategy;

const STRATEGIES: &[&str] = &["passive", "steady-investor", "price-war", "random", "reciprocator"];

/// The experiment's report.
///
/// # Errors
/// A shipped level cannot be set up.
pub fn seat_symmetry(seeds: u32) -> Result<String, ExperimentError> {
    let levels: Vec<&str> =
        shipped().filter(|level| level.has_tag(SYMMETRIC)).map(|level| level.name).collect();
    let seats: usize =
        levels.iter().map(|name| Ok(prepared(name, &[])?.level.platforms.len())).sum::<Result<_, _>>()?;
    let comparisons = seats * STRATEGIES.len();
    let mut text = format!(
        "# Seat symmetry\n\n\
         Made by `walled-gardens experiment seat-symmetry --seeds {seeds}`. Every seat is played by the same strategy, \
         seeds 1 to {seeds}, levels as shipped. Each number is what a seat turned out to be worth over the mean of all seats of \
         its match, less one, in percent, with an interval that holds for all {comparisons} seats of this page \
         together at 95% (Bonferroni).\n\n| level | strategy | seat | ahead by, % | verdict |\n|---|---|---|---|---|\n"
    );
    for name in levels {
        let prepared = prepared(name, &[])?;
        for strategy in STRATEGIES {
            let leads = leads(&prepared, strategy, seeds)?;
            for (seat, platform) in prepared.level.platforms.iter().enumerate() {
                let of_seat: Vec<f64> = leads.iter().map(|lead| lead[seat]).collect();
                let estimate = Estimate::of_many(&of_seat, comparisons);
                let verdict = if estimate.covers(0.0) { "level" } else { "**ahead or behind**" };
                let _ = writeln!(
                    text,
                    "| {name} | {strategy} | {} | {:+.2} ± {:.2} | {verdict} |",
                    platform.id, estimate.mean, estimate.half
                );
            }
        }
    }
    Ok(text)
}

/// By seed and seat: value over the mean of the match, less one, in percent.
fn leads(prepared: &Prepared, name: &str, seeds: u32) -> Result<Vec<Vec<f64>>, ExperimentError> {
    let strategy = strategy::strategy(name).map_err(|error| ExperimentError(error.to_string()))?;
    let one = |seed: u32| {
        let mut setup = Setup::of(&prepared.level).map_err(|error| ExperimentError(error.to_string()))?;
        setup.population.seed = u64::from(seed);
        setup.population.measure_surplus = false;
        setup.seats.fill(Seat::Strategy(strategy.clone()));
        let mut game = Match::new(prepared, setup);
        game.play_out();
        let value = game.judge().worth().to_vec();
        let mean = value.iter().sum::<f64>() / value.len() as f64;
        Ok(value.into_iter().map(|value| 100.0 * (value / mean - 1.0)).collect())
    };
    (1..=seeds).into_par_iter().map(one).collect()
}
