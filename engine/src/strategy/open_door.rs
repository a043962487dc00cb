//! Opens to everybody.

use super::{Chance, Notes, PlatformView, Strategy, Values};
use crate::sim::Orders;

/// Opens all it owns to everybody.
pub struct OpenDoor;

impl Strategy for OpenDoor {
    fn name(&self) -> &'static str {
        "open-door"
    }

    fn idea(&self) -> &'static str {
        "Opens every service of its own to everybody, uses whatever others open if it pays, and agrees to whatever costs it nothing (S2, S31)."
    }

    fn decide(
        &self,
        view: &PlatformView,
        _values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        let mut orders: Orders = view.others().flat_map(|other| view.open_all_to(other)).collect();
        orders.extend(view.answers(|_, worth| worth >= 0.0));
        orders.extend(view.adopt_what_pays());
        orders.extend(view.usual_budgets());
        (orders, notes.clone())
    }
}
