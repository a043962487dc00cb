//! Every textbook level against what theory expects, in one table.

use std::fmt::Write;

use super::{ExperimentError, play_reference};
use crate::level::{Level, shipped};
use crate::strategy;

/// Where the textbook levels are.
const FOLDER: &str = "lab/";

/// The report. Each case says itself how many seeds it is played with; every one of them must come out.
///
/// # Errors
/// A shipped level cannot be played.
pub fn validation(_seeds: u32) -> Result<String, ExperimentError> {
    let mut text = String::from(
        "# Validation\n\n\
         Made by `walled-gardens experiment validation`. The market against textbook results: the levels of `levels/lab/`, \
         whose parameters switch terms off, played by the systems that run the game; no formula of theory stands in the \
         program. Every seed of a case, from 1 on, must lie within the tolerance; `worst` is the largest deviation of a \
         seed. Tolerances are four standard errors of independent choices, √(s(1 − s)/N), and more where network effects \
         feed noise back. `check --play levels/lab` plays the same.\n",
    );
    for shipped in shipped().filter(|level| level.name.starts_with(FOLDER)) {
        let level = Level::from_text(shipped.name, shipped.text, &strategy::vocabulary());
        let level = level.map_err(|error| ExperimentError(error.to_string()))?;
        let _ = writeln!(text, "\n## {} (`{}`)\n", level.title, level.id);
        let _ = writeln!(
            text,
            "| case | source | measure | expected | mean | worst | tolerance | seeds | agents | |"
        );
        let _ = writeln!(text, "|---|---|---|---|---|---|---|---|---|---|");
        for finding in play_reference(&level)? {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {:.5} | {:.5} | {:.5} | {:.5} | {} | {} | {} |",
                finding.case,
                finding.source,
                finding.measure,
                finding.expected,
                finding.obtained,
                finding.worst,
                finding.tolerance,
                finding.seeds,
                finding.consumers,
                if finding.holds { "holds" } else { "**fails**" },
            );
        }
    }
    Ok(text)
}
