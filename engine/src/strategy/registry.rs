//! Every strategy there is.

use crate::strategy::campaigner::Campaigner;
use crate::strategy::category_builder::CategoryBuilder;
use crate::strategy::closed_ecosystem::ClosedEcosystem;
use crate::strategy::coalition_builder::CoalitionBuilder;
use crate::strategy::coupon_raider::CouponRaider;
use crate::strategy::data_ally::DataAlly;
use crate::strategy::dealmaker::Dealmaker;
use crate::strategy::financier::Financier;
use crate::strategy::follower::Follower;
use crate::strategy::grudger::Grudger;
use crate::strategy::harvester::Harvester;
use crate::strategy::interface::Strategy;
use crate::strategy::lower_tier_first::LowerTierFirst;
use crate::strategy::machine_builder::MachineBuilder;
use crate::strategy::open_door::OpenDoor;
use crate::strategy::optimiser::Optimiser;
use crate::strategy::passive::Passive;
use crate::strategy::planner::Planner;
use crate::strategy::populist::Populist;
use crate::strategy::premium::Premium;
use crate::strategy::premium_logistics::PremiumLogistics;
use crate::strategy::price_war::PriceWar;
use crate::strategy::raider::Raider;
use crate::strategy::random::Random;
use crate::strategy::reciprocator::Reciprocator;
use crate::strategy::regulator_shy::RegulatorShy;
use crate::strategy::resource_integrator::ResourceIntegrator;
use crate::strategy::steady_investor::SteadyInvestor;

/// Every strategy there is, by name.
pub const STRATEGIES: &[&dyn Strategy] = &[
    &Campaigner,
    &CategoryBuilder,
    &ClosedEcosystem,
    &CoalitionBuilder,
    &CouponRaider,
    &DataAlly,
    &Dealmaker,
    &Financier,
    &Follower,
    &Grudger,
    &Harvester,
    &LowerTierFirst,
    &MachineBuilder,
    &OpenDoor,
    &Optimiser,
    &Passive,
    &Planner,
    &Populist,
    &Premium,
    &PremiumLogistics,
    &PriceWar,
    &Raider,
    &Random,
    &Reciprocator,
    &RegulatorShy,
    &ResourceIntegrator,
    &SteadyInvestor,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_is_in_order_and_names_are_unique() {
        let names: Vec<_> = STRATEGIES.iter().map(|strategy| strategy.name()).collect();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
    }
}
