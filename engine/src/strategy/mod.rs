//! Strategies: what a CEO knows → what it orders. One idea per file, one registry; a person's orders are the same
//! orders.

mod answering;
mod campaigner;
mod category_builder;
mod closed_ecosystem;
mod coalition_builder;
mod contender;
mod coupon_raider;
mod data_ally;
mod dealing;
mod dealmaker;
mod financier;
mod follower;
mod grudger;
mod harvester;
mod insolvency;
mod interface;
mod lending;
mod lower_tier_first;
mod machine_builder;
mod open_door;
mod optimiser;
mod outsider;
mod passive;
mod planner;
mod populist;
mod premium;
mod premium_logistics;
mod price_war;
mod raider;
mod random;
mod reciprocator;
mod registry;
mod regulator_shy;
mod resource_integrator;
mod steady_investor;
mod view;
mod vocabulary;
mod waiting;
pub mod worth;

pub use contender::{Contender, ContenderError, strategy};
pub use interface::{Chance, Notes, Parameter, Strategy, Values, chance, seed};
pub use outsider::{Chair, Decision, Ended, Outsider, Sitting};
pub use registry::STRATEGIES;
pub use view::{Books, Imagination, PlatformView, PublicFacts};
pub use vocabulary::vocabulary;
