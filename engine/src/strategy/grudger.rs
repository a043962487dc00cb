//! Never forgives.

use super::{Chance, Notes, PlatformView, Strategy, Values};
use crate::order::Objection;
use crate::sim::Orders;
use crate::sim::state::events::Event;

/// Deals with everybody, once.
pub struct Grudger;

impl Strategy for Grudger {
    fn name(&self) -> &'static str {
        "grudger"
    }

    fn idea(&self) -> &'static str {
        "Opens to everybody and deals gladly, until somebody closes, blocks or breaks: with that one it breaks, whatever it costs, and never deals again (S33)."
    }

    fn decide(
        &self,
        view: &PlatformView,
        _values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        let mut notes = notes.clone();
        for event in &view.public.news {
            let (Event::Closed { by, to, .. } | Event::Blocked { by, to } | Event::Broken { by, to, .. }) =
                *event
            else {
                continue;
            };
            if to == view.me {
                notes.insert(view.level.platforms[by].id.clone(), f64::from(view.turn));
            }
        }
        let bears = |other: usize| notes.contains_key(&view.level.platforms[other].id);
        let grudge = |from: usize| bears(from).then_some(Objection::Grudge);
        let mut orders = view.answers_but(grudge, |_, worth| worth >= 0.0);
        for other in view.others() {
            if bears(other) {
                orders.extend(view.break_with(other));
                orders.extend(view.close_all_to(other));
            } else {
                orders.extend(view.open_all_to(other));
            }
        }
        orders.extend(view.adopt_what_pays());
        orders.extend(view.usual_budgets());
        (orders, notes)
    }
}
