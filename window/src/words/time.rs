//! Months, and how long ago something was.

use crate::texts::{say, text};
use walled_gardens_engine::level::Level;

/// The month of a turn, or its number; turn 0 is the opening.
pub fn month(level: &Level, turn: u32) -> String {
    match level.setup.start {
        _ if turn == 0 => say!("opening"),
        None => say!("month-number", turn = turn),
        Some((year, month)) => {
            let months = month - 1 + turn - 1;
            let name = text(&format!("month-{}", months % 12 + 1));
            say!("month-of-year", month = name, year = year + months / 12)
        }
    }
}

/// A turn's month as short as can be, or its number.
pub fn short_month(level: &Level, turn: u32) -> String {
    match level.setup.start {
        Some((_, month)) if turn > 0 => text(&format!("month-short-{}", (month + turn - 2) % 12 + 1)),
        _ => turn.to_string(),
    }
}

/// A number of months.
pub fn months(count: u32) -> String {
    if count == 1 { say!("one-month") } else { say!("months", count = count) }
}

/// How long ago something was, by its seconds.
pub fn ago(seconds: u64) -> String {
    match seconds / 60 {
        0 => say!("just-now"),
        minutes @ 1..60 => say!("minutes-ago", count = minutes),
        minutes @ 60..2_880 => say!("hours-ago", count = minutes / 60),
        minutes => say!("days-ago", count = minutes / 1_440),
    }
}
