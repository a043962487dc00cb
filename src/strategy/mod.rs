//! Strategies: what a CEO knows → what it orders. One idea per file, one registry; a person's orders are the same
//! orders.

mod category_builder;
mod closed_ecosystem;
mod contender;
mod coupon_raider;
mod dealing;
mod dealmaker;
mod follower;
mod grudger;
mod harvester;
mod lower_tier_first;
mod open_door;
mod optimiser;
mod passive;
mod planner;
mod premium;
mod premium_logistics;
mod price_war;
mod random;
mod reciprocator;
mod resource_integrator;
mod steady_investor;
mod view;
pub mod worth;

use std::collections::BTreeMap;

pub use contender::{Contender, ContenderError, Parameter, Values};
pub use view::{Books, Imagination, PlatformView, PublicFacts};

use crate::equilibrium::MEASURES;
use crate::level::Vocabulary;
use crate::sim::Orders;
use crate::sim::draw::{Key, Purpose};
use crate::sim::reading::metrics::{METRICS, Metric};

/// A strategy's memory: named numbers, saved with the match.
pub type Notes = BTreeMap<String, f64>;

/// A strategy's randomness: the same on every machine.
pub type Chance = rand_chacha::ChaCha8Rng;

/// The chance of one seat in one turn of a match.
pub fn chance(seed: u64, turn: u32, seat: usize) -> Chance {
    rand::SeedableRng::seed_from_u64(Key::new(seed, turn, Purpose::Strategy, seat).seed())
}

/// A way to run a platform.
pub trait Strategy: Send + Sync {
    /// Name, in kebab-case after its idea.
    fn name(&self) -> &'static str;

    /// The idea, in a sentence or two.
    fn idea(&self) -> &'static str;

    /// The numbers it can be given.
    fn parameters(&self) -> &'static [Parameter] {
        &[]
    }

    /// Whether it tries orders out in imagined markets before it decides: such a one takes long, and has no place in studies of many
    /// matches.
    fn searches(&self) -> bool {
        false
    }

    /// Decides on a turn. The same view, values, notes and chance give the same orders; a strategy has no other state.
    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        chance: &mut Chance,
    ) -> (Orders, Notes);
}

/// Every strategy there is, by name.
pub const STRATEGIES: &[&dyn Strategy] = &[
    &category_builder::CategoryBuilder,
    &closed_ecosystem::ClosedEcosystem,
    &coupon_raider::CouponRaider,
    &dealmaker::Dealmaker,
    &follower::Follower,
    &grudger::Grudger,
    &harvester::Harvester,
    &lower_tier_first::LowerTierFirst,
    &open_door::OpenDoor,
    &optimiser::Optimiser,
    &passive::Passive,
    &planner::Planner,
    &premium::Premium,
    &premium_logistics::PremiumLogistics,
    &price_war::PriceWar,
    &random::Random,
    &reciprocator::Reciprocator,
    &resource_integrator::ResourceIntegrator,
    &steady_investor::SteadyInvestor,
];

/// The contender that a text names: a strategy's name, and in brackets whichever parameters are not as usual.
///
/// # Errors
/// There is no such strategy or parameter, or a value is out of its range.
pub fn strategy(text: &str) -> Result<Contender, ContenderError> {
    Contender::read(text)
}

/// The names a level may use.
pub fn vocabulary() -> Vocabulary {
    Vocabulary {
        strategies: STRATEGIES.iter().map(|strategy| strategy.name()).collect(),
        parameters: |text| strategy(text).map(drop).map_err(|error| error.to_string()),
        metrics: METRICS.iter().map(Metric::measurable).collect(),
        equilibrium: MEASURES.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_is_in_order_and_names_are_unique() {
        let names: Vec<_> = STRATEGIES.iter().map(|strategy| strategy.name()).collect();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
    }
}
