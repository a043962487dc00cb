//! Companies that are not there yet, and those that have closed.

use super::time::month;
use crate::texts::say;
use walled_gardens_engine::level::{Entry, Level};

/// When a company enters, as far as its level names the month; or that it has closed, by a level in force.
pub fn opens(level: &Level, platform: usize) -> String {
    if level.platforms[platform].left {
        return say!("has-closed");
    }
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
