//! How much of a region people see on each platform: what word of mouth and own-side effects work on.

use bevy::prelude::*;

use crate::level::{Expectations, Level};
use crate::sim::grid::Grid;
use crate::sim::state::outcome::ratio;

/// A platform's sales over all potential sales, by region and platform, smoothed over time.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Presence(pub Grid<2>);

impl Presence {
    /// What the members of a platform see in a region, or expect there: its presence, and θ of every other's.
    pub fn seen(presence: &Grid<2>, level: &Level, region: usize, platform: usize) -> f64 {
        match level.market.expectations {
            Expectations::Seen => Self::within_reach(level, platform, |other| presence[[region, other]]),
            Expectations::Announced => Self::within_reach(level, platform, |other| {
                level.platforms[other].shop.as_ref().map_or(0.0, |shop| shop.announced)
            }),
        }
    }

    /// Presence that moves towards what was sold this turn.
    pub fn moved(memory: f64, before: f64, sold: f64, potential: f64) -> f64 {
        memory * before + (1.0 - memory) * ratio(sold, potential)
    }

    /// The size of a platform, and θ of every other's.
    pub fn within_reach(level: &Level, platform: usize, size: impl Fn(usize) -> f64) -> f64 {
        let theta = level.interconnection[platform].iter().enumerate();
        theta.map(|(other, theta)| theta * size(other)).sum()
    }
}
