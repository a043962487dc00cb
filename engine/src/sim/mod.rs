//! The simulation: a world of platforms, merchants and consumers, and the turn that moves it. It knows no file, no
//! strategy and no screen; orders come in, an [`Outcome`] goes out.
//!
//! Rooms, each of which knows those before it: [`grid`], [`draw`], `linear` and [`choice`] know nothing of markets; [`state`] is what a
//! world holds; [`rules`] are functions from state to numbers; `turn` is the systems that move a world, and their one order;
//! [`opening`] is where it starts; [`continuum`] is the same market without agents; [`reading`] is what is read off it; a
//! [`Simulation`] holds all of it.

pub mod choice;
pub mod continuum;
pub mod draw;
pub mod grid;
mod hindsight;
mod linear;
pub mod metrics;
mod moment;
pub mod opening;
pub mod reading;
pub mod rules;
mod simulation;
pub mod state;
mod state_hash;
mod turn;

pub use crate::order::{Audience, Order, Orders};
pub use moment::Moment;
pub use opening::{
    Ecosystem, Opening, OpeningCompany, Precision, Start, company as opening_company,
    shares as opening_shares,
};
pub use reading::homes::{Homes, Run};
pub use reading::rehearsal::{Rehearsal, rehearse};
pub use reading::stalls::Stalls;
pub use rules::calendar::{in_month, usual_month, with_spending};
pub use rules::growth::adopted;
pub use rules::listing::Charges;
pub use rules::possible::possible;
pub use rules::regard::{ChoiceTerm, Known, Regard, Viewer, presence_after};
pub use rules::standing::most_asked;
pub use rules::value::{Valuation, judged_month, valuation, value};
pub use simulation::{Population, Simulation};
pub use state::choices::Market;
pub use state::companies::{Budgets, CompanyState, Coupon, Funded, PastYear, Policy, Prices, Stocks};
pub use state::consumers::Columns;
pub use state::flow::Flow;
pub use state::ledger::{Account, Ledger};
pub use state::outcome::{Hindsight, Outcome};
pub use state::world::Refusal;
pub use turn::TurnSystems;
