//! The month that stories are of: what stood before it and after it, as far as its player knows.

use std::sync::Arc;

use super::scale::Scale;
use crate::level::Level;
use crate::play::position::Position;
use crate::play::why::{People, flows_of};
use crate::sim::Outcome;
use crate::strategy::PlatformView;

/// A month that was played.
pub(super) struct Month<'a> {
    /// The match after it.
    pub(super) position: &'a Position,
    /// The player's company; nobody's where strategies alone play.
    pub(super) me: Option<usize>,
    /// What came of the month before, or the opening.
    pub(super) before: &'a Outcome,
    /// What came of it.
    pub(super) now: &'a Outcome,
    /// What was known when it began.
    pub(super) seen: &'a PlatformView,
    /// What is known now.
    pub(super) view: &'a PlatformView,
    /// People who moved, by garden before and after, the commons last.
    pub(super) flows: Vec<Vec<f64>>,
    /// How much the player has of what stories are about.
    pub(super) scale: Scale,
}

impl<'a> Month<'a> {
    /// The last month of a match; nothing before the first is over.
    pub(super) fn of(position: &'a Position) -> Option<Self> {
        let turn = position.turns.last()?;
        let (before, now) = (position.before(), &turn.record.outcome);
        let me = position.person();
        let flows = flows_of(turn, People::default());
        let scale = Scale::of(position, me);
        Some(Self { position, me, before, now, seen: &turn.view, view: &position.view, flows, scale })
    }

    /// The level as it is written.
    pub(super) fn level(&self) -> &'a Arc<Level> {
        &self.position.level
    }

    /// The companies of which deeds are news: all that are there, but for the player's own.
    pub(super) fn others(&self) -> impl Iterator<Item = usize> {
        let here = (0..self.level().platforms.len()).filter(|&platform| self.position.is_here(platform));
        here.filter(|&platform| self.me != Some(platform))
    }

    /// The companies whose shops stood in the market before and after.
    pub(super) fn shops(&self) -> Vec<usize> {
        let sold = |platform: &usize| self.seen.level.sells(*platform) && self.view.level.sells(*platform);
        (0..self.level().platforms.len()).filter(sold).collect()
    }

    /// The player's shop, where it has one that stands in the market.
    pub(super) fn my_shop(&self) -> Option<usize> {
        self.me.filter(|me| self.shops().contains(me))
    }

    /// People who went from one garden to another, less those who came back.
    pub(super) fn net(&self, from: usize, to: usize) -> f64 {
        self.flows[from][to] - self.flows[to][from]
    }

    /// The outcomes so far, the opening first.
    pub(super) fn outcomes(&self) -> Vec<&'a Outcome> {
        self.position.outcomes().collect()
    }
}
