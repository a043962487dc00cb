//! Services in play: one entity each, with its owner's policy towards every platform. What they do to choices is in the
//! file of each kind.

pub mod data;
pub mod engineering;
pub mod logistics;
pub mod payment;
pub mod traffic;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use super::grid::Grid;
use crate::level::Level;
use crate::level::services::{Counterpart, ServiceKind};
use crate::order::Access;

pub use engineering::{Engineering, Project};

/// A service's place in the level's list, and how it stands: public, but for its load.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize)]
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
}

impl ServiceState {
    /// A service as its level opens it.
    pub fn at_opening(level: &Level, number: usize) -> Self {
        let service = &level.services[number];
        let (capacity, parcels) = match &service.kind {
            ServiceKind::Carrier(carrier) => (carrier.capacity, vec![0.0; level.platforms.len()]),
            _ => (None, Vec::new()),
        };
        Self { number, counterparts: service.counterparts.clone(), capacity, built: 0.0, parcels }
    }

    /// All of a carrier's parcels over its room; 0 where it hires as it needs.
    pub fn utilisation(&self) -> f64 {
        let parcels: f64 = self.parcels.iter().sum();
        match self.capacity {
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
pub(super) fn in_order<'a>(services: impl Iterator<Item = &'a ServiceState>) -> Vec<&'a ServiceState> {
    let mut services: Vec<_> = services.collect();
    services.sort_by_key(|service| service.number);
    services
}

/// Creates the services as the start has them.
pub(super) fn spawn(world: &mut World, services: &[ServiceState]) -> Vec<Entity> {
    services.iter().map(|service| world.spawn(service.clone()).id()).collect()
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

impl Ties {
    /// The ties that services in this state make.
    pub fn of(level: &Level, services: &[&ServiceState]) -> Self {
        let shape = [1 << level.apps().len(), level.platforms.len()];
        let (mut access, mut habit) = (Grid::filled(shape, 0.0), Grid::filled(shape, 1.0));
        for apps in 0..shape[0] {
            for platform in 0..shape[1] {
                (access[[apps, platform]], habit[[apps, platform]]) =
                    traffic::reach(level, services, apps as u8, platform);
            }
        }
        let wallets = level.wallets();
        let mask = |has: &dyn Fn(usize) -> bool| {
            let bits = wallets.iter().enumerate().filter(|(_, (number, _))| has(*number));
            bits.fold(0, |mask, (bit, _)| mask | 1 << bit)
        };
        let platforms = 0..level.platforms.len();
        Self {
            access,
            habit,
            accepted: platforms.clone().map(|p| mask(&|number| services[number].serves(p))).collect(),
            own: platforms
                .map(|p| {
                    mask(&|number| level.services[number].owner == Some(p) && services[number].serves(p))
                })
                .collect(),
        }
    }
}
