//! Every textbook level against what theory expects, in one table.

use std::fmt::Write;

use super::playing::{ExperimentError, tagged};
use super::reference::{Criterion, Finding, play_reference, to_five_places};
use crate::game::{Match, Prepared, Setup};
use crate::level::{Level, Shipped, shipped};
use crate::strategy;

/// Where the textbook levels are.
const FOLDER: &str = "lab/";
/// Which test fails when a term is turned round: found by turning each, one at a time.
const TERMS: &str = include_str!("validation_terms.md");

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
         feed noise back. Lines that are *solved* have no seeds: `equilibrium` finds them on the same level, from several starts, \
         and every equilibrium that it finds must have the number. `check --play levels/lab` does the same.\n",
    );
    for shipped in levels() {
        let level = read(&shipped)?;
        let _ = writeln!(text, "\n## {} (`{}`)\n", level.title, level.id);
        let _ = writeln!(
            text,
            "| case | source | measure | expected | mean | worst | tolerance | seeds | agents | |"
        );
        let _ = writeln!(text, "|---|---|---|---|---|---|---|---|---|---|");
        for finding in play_reference(&level)? {
            let _ = writeln!(text, "{}", line(&finding));
        }
    }
    let _ = writeln!(text, "\n{TERMS}\n{}", fingerprint()?);
    Ok(text)
}

fn levels() -> impl Iterator<Item = Shipped> {
    shipped().filter(|level| level.name.starts_with(FOLDER))
}

fn read(shipped: &Shipped) -> Result<Level, ExperimentError> {
    Level::from_text(shipped.name, shipped.text, &strategy::vocabulary())
        .map_err(|error| ExperimentError(error.to_string()))
}

fn line(finding: &Finding) -> String {
    let solved = finding.seeds == 0;
    let (seeds, agents) = if solved {
        ("solved".to_owned(), "continuum".to_owned())
    } else {
        (finding.seeds.to_string(), finding.consumers.to_string())
    };
    let verdict = if finding.holds { "holds" } else { "**fails**" };
    // A difference has no worst seed: its interval stands there.
    let [expected, worst, tolerance] = match &finding.criterion {
        Criterion::Number { expected, tolerance, worst } => {
            [expected, worst, tolerance].map(|&number| to_five_places(number))
        }
        Criterion::Difference { bound, half_width, .. } => {
            [bound.to_string(), format!("± {half_width:.5}"), "–".to_owned()]
        }
    };
    format!(
        "| {} | {} | {} | {expected} | {} | {worst} | {tolerance} | {seeds} | {agents} | {verdict} |",
        finding.case,
        finding.source,
        finding.measure,
        to_five_places(finding.obtained),
    )
}

/// The last line of the report: what it was made of. It changes with every textbook level, and with the model: the
/// state of the first arena after a few turns stands in for that.
///
/// # Errors
/// A shipped level cannot be played.
pub fn fingerprint() -> Result<String, ExperimentError> {
    let mut hasher = blake3::Hasher::new();
    for level in levels() {
        hasher.update(level.text.as_bytes());
    }
    hasher.update(TERMS.as_bytes());
    let arena = tagged("symmetric")?;
    let prepared = Prepared::new(read(&arena)?);
    let mut setup = Setup::of(&prepared.level).map_err(|error| ExperimentError(error.to_string()))?;
    setup.turns = 3;
    let mut game = Match::new(&prepared, setup);
    game.play_out();
    hasher.update(game.simulation().state_hash().as_bytes());
    Ok(format!("Made of the levels and the model with fingerprint `{}`.", &hasher.finalize().to_hex()[..16]))
}
