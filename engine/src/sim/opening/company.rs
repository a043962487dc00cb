//! What companies are and how they are joined at the start.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::sim::rules::logistics;
use crate::sim::state::companies::{PastYear, Policy, Stocks};
use crate::sim::state::engineering::Engineering;
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::relations::Relations;
use crate::sim::state::services::ServiceState;

/// A company at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct OpeningCompany {
    /// Prices and budgets.
    pub policy: Policy,
    /// What past spending has built.
    pub stocks: Stocks,
    /// Trust, 0 to 1.
    pub trust: f64,
    /// Yuan.
    pub cash: f64,
    /// Its last year.
    pub year: PastYear,
}

/// How companies are joined: public, but for offers that wait for an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ecosystem {
    /// Services, in the order of their numbers.
    pub services: Vec<ServiceState>,
    /// What is built and being built, by platform.
    pub engineering: Vec<Engineering>,
    /// Offers and agreements.
    pub negotiations: Negotiations,
    /// What companies remember of each other.
    pub relations: Relations,
}

impl Ecosystem {
    /// As the level opens it, with so many sales by category and platform to be shipped.
    pub fn at_opening(level: &Level, sales: impl Fn(usize, usize) -> f64) -> Self {
        let mut services: Vec<ServiceState> =
            (0..level.services.len()).map(|number| ServiceState::at_opening(level, number)).collect();
        let mix = logistics::expected_mix(level, &services.iter().collect::<Vec<_>>());
        let parcels = logistics::parcels(level, &mix, sales);
        for (place, (number, _)) in level.carriers().into_iter().enumerate() {
            for platform in 0..level.platforms.len() {
                services[number].parcels[platform] = parcels[[platform, place]];
            }
        }
        let engineering = (0..level.platforms.len())
            .map(|platform| Engineering::at_opening(level, &services, platform))
            .collect();
        let (negotiations, relations) = (Negotiations::default(), Relations::none(level.platforms.len()));
        Self { services, engineering, negotiations, relations }
    }

    /// Services in the order of their numbers.
    pub fn services(&self) -> Vec<&ServiceState> {
        self.services.iter().collect()
    }
}
