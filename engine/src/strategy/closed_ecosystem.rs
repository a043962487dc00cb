//! Keeps everything to itself.

use super::{Chance, Notes, PlatformView, Strategy, Values};
use crate::order::Objection;
use crate::sim::Orders;

/// Closes all it owns and deals with nobody.
pub struct ClosedEcosystem;

impl Strategy for ClosedEcosystem {
    fn name(&self) -> &'static str {
        "closed-ecosystem"
    }

    fn idea(&self) -> &'static str {
        "Closes every service of its own to everybody, refuses every offer, and invests what that saves in brand and categories (S20)."
    }

    fn decide(
        &self,
        view: &PlatformView,
        _values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        let mut orders = view.answers_but(|_| Some(Objection::KeepsToItself), |_, _| false);
        orders.extend(view.others().flat_map(|other| view.close_all_to(other)));
        orders.extend(view.budgets(0.005, 0.004, 0.002, 0.004));
        (orders, notes.clone())
    }
}
