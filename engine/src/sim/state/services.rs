//! Services: how each stands to every platform, and what ties people and platforms through them.

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::level::services::{Counterpart, ServiceKind};
use crate::order::Access;
use crate::sim::grid::Grid;

/// A service's place in the level's list, and how it stands: public, but for its load.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceState {
    /// Service index.
    pub number: usize,
    /// By platform.
    pub counterparts: Vec<Counterpart>,
    /// Parcels a month that a carrier has room for; none where it hires as it needs, and for all other kinds.
    pub capacity: Option<f64>,
    /// Room added this turn, to be paid.
    pub built: f64,
    /// Parcels last turn by platform whose merchants sent them; empty but for carriers.
    pub parcels: Vec<f64>,
    /// How many more parcels, as a part, a carrier handles in its room because its owner's AI plans. It follows from what is in the
    /// state already.
    #[serde(skip)]
    pub planning: f64,
}

impl ServiceState {
    /// A service as its level opens it.
    pub fn at_opening(level: &Level, number: usize) -> Self {
        let service = &level.services[number];
        let (capacity, parcels) = match &service.kind {
            ServiceKind::Carrier(carrier) => (carrier.capacity, vec![0.0; level.platforms.len()]),
            _ => (None, Vec::new()),
        };
        Self {
            number,
            counterparts: service.counterparts.clone(),
            capacity,
            built: 0.0,
            parcels,
            planning: 0.0,
        }
    }

    /// All of a carrier's parcels over what the room that works can handle; 0 where it hires as it needs.
    pub fn utilisation(&self, level: &Level) -> f64 {
        let parcels: f64 = self.parcels.iter().sum();
        let working = match &level.services[self.number].kind {
            ServiceKind::Carrier(carrier) => carrier.working,
            _ => 1.0,
        };
        match self.capacity.map(|capacity| capacity * working * (1.0 + self.planning)) {
            Some(capacity) if capacity > 0.0 => parcels / capacity,
            Some(_) if parcels > 0.0 => f64::INFINITY,
            _ => 0.0,
        }
    }

    /// Whether a platform's users or merchants use it, however far.
    pub fn serves(&self, platform: usize) -> bool {
        self.counterparts[platform].in_force() > Access::Blocked
    }
}

/// Every service in the order of its number.
pub(in crate::sim) fn in_order<'a>(
    services: impl Iterator<Item = &'a ServiceState>,
) -> Vec<&'a ServiceState> {
    let mut services: Vec<_> = services.collect();
    services.sort_by_key(|service| service.number);
    services
}

/// What ties people and platforms through services in a turn. Grids are by set of apps (a mask) and platform.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Ties {
    /// How far a shop reaches people through the apps they use, 0 to 1.
    pub access: Grid<2>,
    /// Part of the habit that a shop keeps with them.
    pub habit: Grid<2>,
    /// Wallets that a platform takes: a bit each.
    pub accepted: Vec<u8>,
    /// Wallets that it owns, and takes.
    pub own: Vec<u8>,
}

/// How well each platform matches people and goods, 0 to 1, by platform.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Matching(pub Vec<f64>);

/// What each platform's AI does, 0 to 1, by platform: [`ai::effect`](crate::sim::rules::ai::effect).
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Ai(pub Vec<f64>);
