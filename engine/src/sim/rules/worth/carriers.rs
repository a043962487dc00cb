//! What a carrier is worth when it is opened: parcels for its owner, deliveries for who uses it, and less room for everybody.

use super::{Estimate, Reason};
use crate::level::Level;
use crate::sim::grid::Grid;
use crate::sim::rules::logistics::{expected_mix, parcels, quality};
use crate::sim::state::services::ServiceState;

/// Rounds in which merchants and the room that they leave each other are brought together, half a step each.
const ROUNDS: usize = 4;

impl Estimate<'_> {
    pub(super) fn carrier(
        &self,
        number: usize,
        services: &[&ServiceState],
        taker: usize,
    ) -> Vec<(usize, Reason, f64)> {
        let level = self.facts.level;
        let utility = self.carrier_utility(services, taker);
        let mut worth = self.sales(taker, |region| utility[region]);
        let laden = self.laden(services);
        let laden: Vec<&ServiceState> = laden.iter().collect();
        worth.extend(self.crowding(services, &laden));
        if let Some(owner) = level.services[number].owner {
            for (carrier, kind) in level.carriers() {
                if level.services[carrier].owner == Some(owner) {
                    let sent = |state: &ServiceState| state.parcels[taker];
                    let more = sent(laden[carrier]) - sent(self.services[carrier]);
                    let price = services[carrier].counterparts[taker].price;
                    worth.push((owner, Reason::Service, more * (price - kind.variable_cost)));
                }
            }
        }
        worth
    }

    /// By deliveries, at the load that carriers have now.
    pub(super) fn carrier_utility(&self, services: &[&ServiceState], taker: usize) -> Vec<f64> {
        let level = self.facts.level;
        let (was, will) = (delivered(level, &self.services), delivered(level, services));
        self.better_deliveries(&was, &will, taker)
    }

    /// Services with the parcels that they have once merchants have signed anew. Who has more of them than room delivers worse, and fewer
    /// sign.
    fn laden(&self, services: &[&ServiceState]) -> Vec<ServiceState> {
        let level = self.facts.level;
        let sent = |services: &[&ServiceState]| {
            let mix = expected_mix(level, services);
            parcels(level, &mix, |category, platform| self.facts.market.category_sales(category, platform))
        };
        let before = sent(&self.services);
        let mut laden: Vec<ServiceState> = services.iter().map(|&service| service.clone()).collect();
        for round in 0..ROUNDS {
            let after = sent(&laden.iter().collect::<Vec<_>>());
            let step = if round == 0 { 1.0 } else { 0.5 };
            for (place, (carrier, _)) in level.carriers().into_iter().enumerate() {
                for platform in 0..level.platforms.len() {
                    let now = self.services[carrier].parcels[platform];
                    let will = (now + after[[platform, place]] - before[[platform, place]]).max(0.0);
                    let known = &mut laden[carrier].parcels[platform];
                    *known += step * (will - *known);
                }
            }
            if laden.iter().all(|service| service.utilisation(level) <= 1.0) {
                break;
            }
        }
        laden
    }

    /// What every shop gains or loses as carriers have less room, or more.
    fn crowding(&self, services: &[&ServiceState], laden: &[&ServiceState]) -> Vec<(usize, Reason, f64)> {
        let level = self.facts.level;
        let full = |services: &[&ServiceState]| services.iter().any(|one| one.utilisation(level) > 1.0);
        if !full(services) && !full(laden) {
            return Vec::new();
        }
        let (was, will) = (delivered(level, services), delivered(level, laden));
        let of_shop = |shop: usize| {
            let utility = self.better_deliveries(&was, &will, shop);
            let moved = utility.iter().any(|utility| *utility != 0.0);
            let lines = if moved { self.sales(shop, |region| utility[region]) } else { Vec::new() };
            lines.into_iter().map(|(party, _, yuan)| (party, Reason::Room, yuan))
        };
        level.shops().into_iter().flat_map(of_shop).collect()
    }

    /// Utility that a platform gains by better deliveries, by region.
    fn better_deliveries(&self, was: &Grid<3>, will: &Grid<3>, taker: usize) -> Vec<f64> {
        let level = self.facts.level;
        let categories = level.categories.len() as f64;
        let here = |region: usize| {
            let better: f64 = (0..level.categories.len())
                .map(|category| will[[region, category, taker]] - was[[region, category, taker]])
                .sum();
            level.market.delivery_effect * level.regions[region].delivery_sensitivity * better / categories
        };
        (0..level.regions.len()).map(here).collect()
    }
}

/// Quality of deliveries by region, category and platform once merchants have signed by what carriers deliver now.
fn delivered(level: &Level, services: &[&ServiceState]) -> Grid<3> {
    quality(level, services, &expected_mix(level, services))
}
