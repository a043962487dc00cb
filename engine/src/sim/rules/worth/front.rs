//! What it is worth that nothing further is opened to a third company.

use super::{Estimate, Reason, YEAR, full_access};
use crate::order::Access;
use crate::sim::state::services::ServiceState;

/// Chance that something closed is opened in a month by somebody who has not promised otherwise, as one would guess.
const CHANCE_OF_OPENING: f64 = 0.01;

impl Estimate<'_> {
    /// Whoever promises gives up what it would earn by opening, where that would pay; both are spared what the third company would
    /// win of them.
    pub(super) fn front(&self, giver: usize, taker: usize, against: &str) -> Vec<(usize, Reason, f64)> {
        let level = self.facts.level;
        let third = level.platforms.iter().position(|platform| platform.id == against);
        let Some(third) = third.filter(|&third| level.sells(third) && ![giver, taker].contains(&third))
        else {
            return Vec::new();
        };
        let promised = self.facts.negotiations;
        if promised.fronts(giver, taker).contains(&against) {
            return Vec::new();
        }
        let (mut given_up, mut spared) = (0.0, 0.0);
        for number in 0..level.services.len() {
            if level.services[number].owner != Some(giver) {
                continue;
            }
            let access = full_access(level, number);
            let would: f64 = (self.service(number, access, None, third).into_iter())
                .filter(|(party, ..)| *party == giver)
                .map(|(.., yuan)| yuan)
                .sum();
            given_up += would.max(0.0);
            spared += self.lost_to(third, taker, number, access);
        }
        let chance = CHANCE_OF_OPENING * YEAR;
        vec![(giver, Reason::Front, -chance * given_up), (taker, Reason::Front, chance * spared)]
    }

    /// What one company would lose, in yuan a month, if a service were opened to another.
    fn lost_to(&self, winner: usize, loser: usize, number: usize, access: Access) -> f64 {
        if self.services[number].counterparts[winner].in_force() >= access {
            return 0.0;
        }
        let opened = self.opened(number, access, winner);
        let mut services: Vec<&ServiceState> = self.services.clone();
        services[number] = &opened;
        let utility = self.utility(number, &services, winner);
        let lines = self.sales(winner, |region| utility[region]);
        lines.into_iter().filter(|(party, ..)| *party == loser).map(|(.., yuan)| -yuan).sum::<f64>().max(0.0)
    }
}
