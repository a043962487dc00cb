//! What a match leaves behind: records of its turns, and replays.

mod orders_file;
mod replay;
mod sealed;

pub use orders_file::{OrdersError, plan_of_file, recorded_orders};
pub use replay::{Difference, Replay, ReplayError};
pub use sealed::{Broken, Seal};

use crate::sim::{Orders, Outcome, Refusal};

/// One turn of a match.
#[derive(Clone, Debug, PartialEq)]
pub struct TurnRecord {
    /// What each platform ordered, by index.
    pub orders: Vec<Orders>,
    /// Which of these were refused.
    pub refusals: Vec<Vec<Refusal>>,
    /// What happened.
    pub outcome: Outcome,
}
