//! What companies remember of each other: help, refusal, blocking and breach. It fades.

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::sim::grid::Grid;
use crate::sim::state::events::Event;

/// What the first of a pair of platforms thinks of the second, −1 to 1.
#[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Relations(pub Grid<2>);

/// What is remembered, and how strongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Agreed to something.
    Agreed,
    /// A month of an agreement kept.
    Kept,
    /// Said no.
    Refused,
    /// Ended an agreement with due notice.
    Ended,
    /// Closed what was open.
    Closed,
    /// Closed everything, at one stroke.
    Blocked,
    /// Broke an agreement.
    Broke,
}

impl Deed {
    /// How much it moves an opinion.
    pub fn weight(self) -> f64 {
        match self {
            Self::Agreed => 0.15,
            Self::Kept => 0.04,
            Self::Refused => -0.05,
            Self::Ended => -0.05,
            Self::Closed => -0.20,
            Self::Blocked => -0.50,
            Self::Broke => -0.60,
        }
    }
}

impl Relations {
    /// Nobody has done anything to anybody.
    pub fn none(platforms: usize) -> Self {
        Self(Grid::filled([platforms, platforms], 0.0))
    }

    /// `by` did it to `to`, who remembers.
    pub fn remember(&mut self, by: usize, to: usize, deed: Deed) {
        let opinion = &mut self.0[[to, by]];
        *opinion = (*opinion + deed.weight()).clamp(-1.0, 1.0);
    }
}

/// What an event is remembered as: by whom it was done, to whom, what.
pub fn deeds(event: &Event) -> Vec<(usize, usize, Deed)> {
    match *event {
        Event::Accepted { by, of, .. } => vec![(by, of, Deed::Agreed), (of, by, Deed::Agreed)],
        Event::Refused { by, of, .. } | Event::Lapsed { by, of } => vec![(by, of, Deed::Refused)],
        Event::Closed { by, to, .. } => vec![(by, to, Deed::Closed)],
        Event::Blocked { by, to } => vec![(by, to, Deed::Blocked)],
        Event::Broken { by, to, .. } => vec![(by, to, Deed::Broke)],
        Event::NoticeGiven { by, to, .. } => vec![(by, to, Deed::Ended)],
        _ => Vec::new(),
    }
}
