//! Who decides from outside the program: it sees what a strategy sees, and may fail at any time.

use std::sync::Arc;

use super::interface::Notes;
use super::view::PlatformView;
use crate::level::Level;
use crate::sim::Orders;

/// Somebody outside the program who takes seats, in one match or in many beside each other.
pub trait Outsider: Send + Sync {
    /// What it is called in records: the same for the same one with the same parameters.
    fn name(&self) -> &str;

    /// The end of what it said beside its answers before something went wrong, for whoever looks for the reason.
    fn heard(&self) -> String {
        String::new()
    }

    /// Sits down for a match.
    fn sit(&self, chair: Chair<'_>) -> Box<dyn Sitting>;
}

/// What whoever sits down is told of the match.
pub struct Chair<'a> {
    /// The level as it now is.
    pub level: &'a Arc<Level>,
    /// The seat, by platform.
    pub seat: usize,
    /// The last turn.
    pub turns: u32,
    /// A number below 2⁵³ drawn from the match's chance for this seat.
    pub seed: u64,
}

/// One match of an outsider's. Dropped, it was left before its end.
pub trait Sitting: Send + Sync {
    /// Decides on a turn. It never fails: what went wrong is in the decision, which then orders nothing.
    fn decide(&mut self, view: &PlatformView, notes: &Notes) -> Decision;

    /// The match is over.
    fn end(self: Box<Self>, ended: Ended);
}

/// What an outsider makes of a turn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// Its orders.
    pub orders: Orders,
    /// What it wants to remember; nothing where that stays as it is.
    pub notes: Option<Notes>,
    /// What went wrong, if anything did.
    pub fault: Option<String>,
}

/// How a match ended for a seat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ended {
    /// Its last turn.
    pub turn: u32,
    /// What the company turned out to be worth, yuan.
    pub value: f64,
    /// Its place by that, from 1.
    pub rank: usize,
}
