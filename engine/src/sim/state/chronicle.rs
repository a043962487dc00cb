//! What has happened in a match by the level's events, what waits for an answer, and what lasts of it: public.

use std::sync::Arc;

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::level::events::{Change, Condition, mood_after};

/// What a match remembers of its level's events. Lists are by event, flag or condition, in the level's order.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Chronicle {
    /// The turn after which each event happened last.
    pub happened: Vec<Option<u32>>,
    /// What was chosen.
    pub chosen: Vec<Chosen>,
    /// Which flags are set.
    pub flags: Vec<bool>,
    /// What waits for an answer.
    pub waiting: Vec<Waiting>,
    /// What lasts.
    pub lasting: Vec<Lasting>,
    /// Yuan that companies are still to get from outside, or to pay: platform and amount.
    pub owed: Vec<(usize, f64)>,
    /// What metrics were that rise or fall, the latest last; by number of the condition.
    pub past: Vec<Vec<Option<f64>>>,
}

/// A choice that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Chosen {
    /// Event.
    pub event: usize,
    /// By which platform.
    pub by: usize,
    /// Place of the choice.
    pub choice: usize,
    /// In which turn.
    pub turn: u32,
}

/// An event that waits for a seat's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waiting {
    /// Event.
    pub event: usize,
    /// Whose answer.
    pub seat: usize,
    /// The last turn in which it can be given.
    pub until: u32,
}

/// A change of the level that lasts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Lasting {
    /// Which.
    pub change: Change,
    /// The last turn of it; none where it is for good.
    pub until: Option<u32>,
}

impl Chronicle {
    /// Nothing has happened.
    pub fn none(level: &Level) -> Self {
        let risings = level.conditions().flat_map(Condition::parts);
        let risings = risings.filter(|part| matches!(part, Condition::Rising(_))).count();
        Self {
            happened: vec![None; level.events.len()],
            flags: vec![false; level.flags.len()],
            past: vec![Vec::new(); risings],
            ..Self::default()
        }
    }

    /// The level with all that lasts.
    pub fn in_force(&self, level: &Arc<Level>) -> Arc<Level> {
        level.with(self.lasting.iter().map(|lasting| &lasting.change))
    }

    /// What people spend on a category in a month to come over what they do in a usual one, as far as that is known: by the
    /// calendar, and by what lasts until then.
    pub fn spending(&self, level: &Arc<Level>, category: usize, turn: u32) -> f64 {
        let lasts = self.lasting.iter().filter(|lasting| lasting.until.is_none_or(|until| until >= turn));
        let moods = lasts.filter_map(|lasting| match &lasting.change {
            Change::Spending { category: of, factor } if of.is_none_or(|of| of == category) => Some(factor),
            _ => None,
        });
        let mood = moods.fold(1.0, |mood, factor| mood_after(mood, *factor));
        level.as_written().spending(category, turn) * mood
    }

    /// What waits for a seat's answer.
    pub fn waiting_for(&self, seat: usize) -> impl Iterator<Item = &Waiting> {
        self.waiting.iter().filter(move |waiting| waiting.seat == seat)
    }
}
