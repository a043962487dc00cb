//! How seats stand with their objectives, below a story.

use std::io::Write;

use anyhow::Result;

use super::tables::{count, percent, yuan};
use crate::level::{Bound, Deadline, Level};
use crate::play::objectives::{Medal, Progress, Status, medal, progress};
use crate::sim::Outcome;
use crate::sim::metrics::{Unit, metric};

/// Prints the objectives of every seat that has some. `outcomes` are the opening and each turn.
pub(super) fn objectives(out: &mut impl Write, level: &Level, outcomes: &[&Outcome]) -> Result<()> {
    for (seat, platform) in level.platforms.iter().enumerate() {
        let all = progress(level, seat, outcomes);
        if all.is_empty() {
            continue;
        }
        let won = match medal(&all) {
            Some(Medal::Gold) => "gold",
            Some(Medal::Silver) => "silver",
            Some(Medal::Bronze) => "bronze",
            None => "no medal",
        };
        let met = all.iter().filter(|one| matches!(one.status, Status::Met(_))).count();
        writeln!(out, "Objectives of {}: {met} of {} met, {won}.", platform.name, all.len())?;
        for one in &all {
            writeln!(out, "  {}", stands(level, one))?;
        }
    }
    Ok(())
}

/// An objective in a line: whether it is met, what there is, and what is wanted.
fn stands(level: &Level, one: &Progress) -> String {
    let objective = one.objective;
    let number = |value: f64| match metric(&objective.measure.metric).map(|metric| metric.unit) {
        Some(Unit::Fraction) => percent(value),
        Some(Unit::Yuan) => yuan(value),
        Some(Unit::Count) if value.abs() < 999.5 => format!("{value:.0}"),
        Some(Unit::Count) => count(value),
        _ => format!("{value:.3}"),
    };
    let wanted = match objective.bound {
        Bound::AtLeast(least) => format!("at least {}", number(least)),
        Bound::AtMost(most) => format!("at most {}", number(most)),
        Bound::Within(low, high) => format!("{} to {}", number(low), number(high)),
    };
    let when = match objective.deadline {
        Deadline::By(turn) => format!("by turn {turn}"),
        Deadline::At(turn) => format!("at turn {turn}"),
    };
    let now = one.now.map_or_else(|| "not measured".to_owned(), number);
    let status = match one.status {
        Status::Open => format!("open, {now}"),
        Status::Met(turn) => format!("met in turn {turn}, {now}"),
        Status::Failed(turn) => format!("failed in turn {turn}, {now}"),
    };
    format!("{}: {status}; {} {wanted} {when}", objective.title, objective.measure.in_words(level))
}
