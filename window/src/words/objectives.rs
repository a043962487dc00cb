//! Objectives: what they want, until when, and the medals for them.

use super::joined::sentences;
use super::metrics::{measure, measured};
use super::time::months;
use crate::texts::say;
use walled_gardens_engine::level::{Bound, Deadline, Level, Objective};
use walled_gardens_engine::play::ObjectiveForecast;
use walled_gardens_engine::play::objectives::Medal;

/// What an objective wants, without the deadline: "Share of sales of Lotus, The coast at least 40%".
pub fn wanted(level: &Level, objective: &Objective) -> String {
    let measure = &objective.measure;
    // Nobody looks: everybody is named.
    let what = self::measure(level, measure, usize::MAX);
    let much = |value: f64| measured(&measure.metric, value);
    match objective.bound {
        Bound::AtLeast(least) => say!("objective-at-least", what = what, much = much(least)),
        Bound::AtMost(most) => say!("objective-at-most", what = what, much = much(most)),
        Bound::Within(low, high) => say!("objective-within", what = what, low = much(low), high = much(high)),
    }
}

/// The bound of an objective, in figures.
pub fn much(objective: &Objective) -> String {
    let much = |value: f64| measured(&objective.measure.metric, value);
    match objective.bound {
        Bound::AtLeast(number) => format!("≥ {}", much(number)),
        Bound::AtMost(number) => format!("≤ {}", much(number)),
        Bound::Within(low, high) => say!("range", low = much(low), high = much(high)),
    }
}

/// When an objective must be met.
pub fn deadline(objective: &Objective) -> String {
    match objective.deadline {
        Deadline::By(turn) => say!("objective-by", turn = turn),
        Deadline::At(turn) => say!("objective-at", turn = turn),
    }
}

/// What an objective wants, and until when.
pub fn wanted_when(level: &Level, objective: &Objective) -> String {
    say!("objective-and-deadline", what = wanted(level, objective), when = deadline(objective))
}

/// What an objective wants, and what its number is likely to be then, or as far ahead as is looked.
pub fn wanted_by(level: &Level, objective: &Objective, aim: &ObjectiveForecast) -> String {
    let much = |value: f64| measured(&objective.measure.metric, value);
    let likely = say!(
        "objective-likely",
        low = much(aim.band.low),
        high = much(aim.band.high),
        months = months(aim.months)
    );
    sentences(&[say!("full-stop", what = wanted_when(level, objective)), likely])
}

/// A medal, or that there is none.
pub fn medal(medal: Option<Medal>) -> String {
    match medal {
        Some(Medal::Gold) => say!("medal-gold"),
        Some(Medal::Silver) => say!("medal-silver"),
        Some(Medal::Bronze) => say!("medal-bronze"),
        None => say!("medal-none"),
    }
}
