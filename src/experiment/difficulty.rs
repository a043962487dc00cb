//! Is a match harder the harder it says it is? The same strategies take the player's seat at every difficulty.

use std::fmt::Write;

use rayon::prelude::*;

use super::playing::{ExperimentError, SYMMETRIC, prepared};
use crate::game::{Match, Prepared, Seat, Setup};
use crate::level::{Level, shipped};
use crate::play::Difficulty;
use crate::statistics::Estimate;
use crate::strategy;

/// Who sits in the player's seat: the best of several ways to play that do not look ahead.
const FIELD: &[&str] = &["steady-investor", "premium", "coupon-raider", "reciprocator"];

/// The experiment's report.
///
/// # Errors
/// A shipped level cannot be set up.
pub fn difficulty(seeds: u32) -> Result<String, ExperimentError> {
    let mut text = format!(
        "# Difficulty\n\n\
         Made by `walled-gardens experiment difficulty --seeds {seeds}`. **Is a match harder the harder it says it is?** On every level whose \
         seats are equal, {} take the player's seat (another one for each seed, 1 to {seeds}) at every difficulty, among the rivals that \
         a player would have, levels as shipped. A seed counts once: as the part of its {} matches in which the player's company was worth most. \
         Intervals are 95%, over seeds (Student); differences are paired by seed.\n\n\
         | level | {} | falls from level to level |\n|---|{}---|\n",
        FIELD.join(", "),
        FIELD.len(),
        Difficulty::ALL.map(|difficulty| format!("{difficulty:?}: won, %")).join(" | "),
        "---|".repeat(Difficulty::ALL.len()),
    );
    for shipped in shipped().filter(|level| level.has_tag(SYMMETRIC)) {
        let mut won = Vec::new();
        for difficulty in Difficulty::ALL {
            won.push(wins(shipped.name, difficulty, seeds)?);
        }
        let cells: Vec<String> = won.iter().map(|won| show(won)).collect();
        let falls = won.windows(2).map(|pair| {
            let less: Vec<f64> = pair[0].iter().zip(&pair[1]).map(|(easy, hard)| easy - hard).collect();
            let less = Estimate::of(&less);
            let verdict = if less.mean > less.half { "yes" } else { "**not seen**" };
            format!("{:+.1} ± {:.1}: {verdict}", -less.mean, less.half)
        });
        let falls: Vec<String> = falls.collect();
        let _ = writeln!(text, "| {} | {} | {} |", shipped.name, cells.join(" | "), falls.join("; "));
    }
    Ok(text)
}

fn show(won: &[f64]) -> String {
    let won = Estimate::of(won);
    format!("{:.1} ± {:.1}", won.mean, won.half)
}

/// By seed: in how many of a hundred matches the player's company was worth most.
fn wins(name: &str, difficulty: Difficulty, seeds: u32) -> Result<Vec<f64>, ExperimentError> {
    let fail = |error: &dyn std::fmt::Display| ExperimentError(error.to_string());
    let as_shipped = prepared(name, &[])?;
    let text = difficulty.change(&as_shipped.level.text).map_err(|error| fail(&error))?;
    let level = Level::from_text(name, &text, &strategy::vocabulary()).map_err(|error| fail(&error))?;
    let prepared = Prepared::new(level);
    let one = |seed: u32| {
        let me = seed as usize % prepared.level.platforms.len();
        let mut won = 0.0;
        for name in FIELD {
            let mut setup = Setup::of(&prepared.level).map_err(|error| fail(&error))?;
            setup.population.seed = u64::from(seed);
            setup.population.measure_surplus = false;
            setup.seats =
                difficulty.seats(&prepared.level, &[me], u64::from(seed)).map_err(|error| fail(&error))?;
            setup.seats[me] = Seat::Strategy(strategy::strategy(name).map_err(|error| fail(&error))?);
            let mut game = Match::new(&prepared, setup);
            game.play_out();
            let worth = game.judge().worth().to_vec();
            let best = worth.iter().enumerate().all(|(other, worth_of)| other == me || *worth_of < worth[me]);
            won += f64::from(u8::from(best));
        }
        Ok(100.0 * won / FIELD.len() as f64)
    };
    (1..=seeds).into_par_iter().map(one).collect()
}
