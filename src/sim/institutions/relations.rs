//! What companies remember of each other: help, refusal, blocking and breach. It fades.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use super::agreements::{Event, Negotiations, News};
use crate::sim::CurrentLevel;
use crate::sim::grid::Grid;

/// What the first of a pair of platforms thinks of the second, −1 to 1.
#[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize)]
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

/// Memories fade; agreements that are kept build trust; what was done this turn is remembered.
pub(in crate::sim) fn adapt(
    level: Res<CurrentLevel>,
    negotiations: Res<Negotiations>,
    news: Res<News>,
    mut relations: ResMut<Relations>,
) {
    let kept = 1.0 - level.0.market.relation_decay;
    relations.0.cells_mut().iter_mut().for_each(|opinion| *opinion *= kept);
    for agreement in &negotiations.agreements {
        let [one, other] = agreement.parties;
        relations.remember(one, other, Deed::Kept);
        relations.remember(other, one, Deed::Kept);
    }
    for event in &news.0 {
        for (by, to, deed) in deeds(event) {
            relations.remember(by, to, deed);
        }
    }
}

/// What an event is remembered as: by whom it was done, to whom, what.
pub fn deeds(event: &Event) -> Vec<(usize, usize, Deed)> {
    match *event {
        Event::Accepted { by, of, .. } => vec![(by, of, Deed::Agreed), (of, by, Deed::Agreed)],
        Event::Refused { by, of } | Event::Lapsed { by, of } => vec![(by, of, Deed::Refused)],
        Event::Closed { by, to, .. } => vec![(by, to, Deed::Closed)],
        Event::Blocked { by, to } => vec![(by, to, Deed::Blocked)],
        Event::Broken { by, to, .. } => vec![(by, to, Deed::Broke)],
        Event::NoticeGiven { by, to, .. } => vec![(by, to, Deed::Ended)],
        _ => Vec::new(),
    }
}
