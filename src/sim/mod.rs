//! The simulation: a world of platforms, merchants and consumers, and the turn that moves it. It knows no file, no
//! strategy and no screen; orders come in, an [`Outcome`] goes out.

pub mod choice;
mod consumers;
pub mod continuum;
mod dealings;
pub mod demand;
pub mod draw;
pub mod grid;
mod growth;
mod hindsight;
mod homes;
pub mod institutions;
mod ledger;
mod listing;
mod merchants;
pub mod metrics;
pub mod opening;
pub mod orders;
pub mod outcome;
pub mod platforms;
mod possible;
mod presence;
mod regard;
mod rehearsal;
pub mod services;
mod settle;
mod simulation;
mod stalls;
mod state_hash;
mod turn;
mod value;

use std::sync::Arc;

use bevy::prelude::*;

pub use crate::order::{Audience, Order, Orders};
pub use consumers::{Columns, Market};
pub use growth::adopted;
pub use homes::{Homes, Run};
pub use ledger::{Account, Flow, Ledger};
pub use listing::Charges;
pub use opening::{Ecosystem, Opening, OpeningCompany, Precision, Start, shares as opening_shares};
pub use orders::Refusal;
pub use outcome::{Hindsight, Outcome};
pub use platforms::{Budgets, Coupon, Funded, PastYear, Policy, Prices, Stocks};
pub use possible::possible;
pub use regard::{ChoiceTerm, Known, Regard, Viewer, presence_after};
pub use rehearsal::{Rehearsal, rehearse};
pub use simulation::{CompanyState, Population, Simulation};
pub use stalls::Stalls;
pub use turn::TurnSystems;
pub use value::{Valuation, valuation, value};

use crate::level::Level;
use grid::Grid;
use platforms::{Company, Trust};
use presence::Presence;

/// The level that is played.
#[derive(Resource, Clone)]
struct CurrentLevel(Arc<Level>);

/// Which turn of which match it is.
#[derive(Resource, Clone, Copy, Debug)]
struct Clock {
    seed: u64,
    turn: u32,
}

/// Who lives in a world. To look somebody up here costs less than a query made anew.
#[derive(Resource, Clone, Debug)]
struct Roster {
    /// Companies by platform index.
    companies: Vec<Entity>,
    /// Services by number.
    services: Vec<Entity>,
    /// Blocks of merchants, by the numbers of their agents.
    merchants: Vec<Entity>,
    /// Blocks of consumers, by the numbers of their agents.
    consumers: Vec<Entity>,
}

impl Roster {
    fn everybody(&self) -> impl Iterator<Item = Entity> + '_ {
        [&self.companies, &self.services, &self.merchants, &self.consumers].into_iter().flatten().copied()
    }
}

/// Utility of the shops themselves, by region, category and shop: fixed at the opening.
#[derive(Resource, Clone, Debug)]
struct Appeal(Grid<3>);

/// Fraction of people online, by region.
#[derive(Resource, Clone, Debug)]
struct Adoption(Vec<f64>);

/// Threads for the consumer step; none for the calling thread alone.
#[derive(Resource, Clone, Default)]
struct Threads(Option<Arc<rayon::ThreadPool>>);

/// What is measured although nothing depends on it.
#[derive(Resource, Clone, Copy, Debug, Default)]
struct Measure {
    surplus: bool,
}

/// Copies the trust that buyers now have into the outcome.
fn trust_outcome(mut outcome: ResMut<Outcome>, companies: Query<(&Company, &Trust)>) {
    for (&Company(platform), trust) in &companies {
        outcome.trust[platform] = trust.0;
    }
}
