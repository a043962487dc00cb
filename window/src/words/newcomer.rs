//! Companies that are not there yet.

use super::time::month;
use crate::texts::say;
use walled_gardens_engine::level::{Entry, Level};

/// When a company enters, as far as its level names the month.
pub fn opens(level: &Level, platform: usize) -> String {
    match level.platforms[platform].enters {
        Some(Entry::Turn(turn)) => say!("opens-in", month = month(level, turn)),
        _ => say!("not-there-yet"),
    }
}

/// The same to whoever runs it.
pub fn you_enter(level: &Level, platform: usize) -> String {
    match level.platforms[platform].enters {
        Some(Entry::Turn(turn)) => say!("you-enter-in", month = month(level, turn)),
        _ => say!("you-enter-later"),
    }
}
