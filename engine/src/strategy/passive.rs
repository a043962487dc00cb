//! Leaves everything as it was.

use super::{Chance, Notes, PlatformView, Strategy, Values};
use crate::sim::Orders;

/// Leaves everything as it was: the yardstick for all others.
pub struct Passive;

impl Strategy for Passive {
    fn name(&self) -> &'static str {
        "passive"
    }

    fn idea(&self) -> &'static str {
        "Leaves prices and budgets as the level opened them: the yardstick for all others."
    }

    fn decide(
        &self,
        _view: &PlatformView,
        _values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        (Orders::new(), notes.clone())
    }

    fn bid(&self, _view: &PlatformView, _values: &Values) -> Orders {
        Orders::new()
    }
}
