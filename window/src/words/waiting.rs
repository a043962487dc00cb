//! What waits for the player.

use super::joined::clauses;
use super::time::month;
use crate::form::Form;
use crate::texts::{of_level, say};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::Waiting;

/// What waits, and by when it is to be answered; `turn` is the coming one.
pub fn waits(level: &Level, waiting: &Waiting, turn: u32) -> (String, String) {
    let name = |platform: usize| of_level(&level.platforms[platform].name);
    let by = |until: u32| {
        if until <= turn {
            say!("waits-this-month")
        } else {
            say!("answer-until", month = month(level, until))
        }
    };
    match *waiting {
        Waiting::Offer { from } => (say!("waits-offer", whom = name(from)), by(turn)),
        Waiting::Decision { fine } => {
            let fine = Form::Yuan.write(fine as f64 / 100.0);
            (say!("waits-decision", fine = fine), by(turn))
        }
        Waiting::Event { event, until } => (of_level(&level.events[event].title), by(until)),
        Waiting::RunsOut { agreement, with, until } => (
            say!("waits-runs-out", number = agreement, whom = name(with)),
            say!("waits-ends", month = month(level, until)),
        ),
        Waiting::Sale { service } => {
            (say!("waits-sale", what = of_level(&level.services[service].name)), say!("waits-bids"))
        }
        Waiting::Warning { until } => {
            (say!("waits-warning"), say!("waits-probe-after", month = month(level, until)))
        }
        Waiting::Probe { until } => {
            (say!("waits-probe"), say!("waits-decides-after", month = month(level, until)))
        }
    }
}

/// What would be lost at the end of a month without an answer, in a sentence.
pub fn lapses(level: &Level, unanswered: &[Waiting], turn: u32) -> String {
    let told: Vec<String> = unanswered.iter().map(|one| waits(level, one, turn).0).collect();
    say!("would-lapse", what = clauses(&told), month = month(level, turn))
}
