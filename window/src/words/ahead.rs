//! Months to come.

use super::events::changed_by;
use super::joined::sentences;
use super::time::month;
use crate::form;
use crate::texts::{of_level, say};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::{Coming, MonthAhead};

/// What comes by its date.
pub fn coming(level: &Level, coming: Coming) -> String {
    match coming {
        Coming::Enters(platform) => say!("news-entered", who = of_level(&level.platforms[platform].name)),
        Coming::RunsOut(number, partner) => {
            say!("agreement-runs-out", number = number, whom = of_level(&level.platforms[partner].name))
        }
        Coming::Due(objective) => {
            say!("objective-is-due", what = of_level(&level.objectives[objective].title))
        }
        Coming::Ends => say!("match-ends"),
    }
}

/// A month in a sentence: what people spend, and what comes.
pub fn month_ahead(level: &Level, ahead: &MonthAhead) -> String {
    let mut told = vec![say!("spending-in-all", change = changed_by(ahead.spending))];
    if !level.calendar.economy.is_empty() {
        told.push(say!("economy-at", index = form::decimal(ahead.economy, 2)));
    }
    told.extend(ahead.comes.iter().map(|&one| coming(level, one)));
    say!("month-and-event", month = month(level, ahead.turn), what = sentences(&told))
}
