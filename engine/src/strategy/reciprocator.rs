//! Does as it is done by.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::order::{Deal, Order, Term};
use crate::sim::Orders;

/// Opens to who opens, closes to who closes.
pub struct Reciprocator;

impl Strategy for Reciprocator {
    fn name(&self) -> &'static str {
        "reciprocator"
    }

    fn idea(&self) -> &'static str {
        "Opens its services to whoever has opened theirs to it, closes them to whoever keeps its own closed, and offers non-blocking to those it trusts (S11, S34)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const { &[Parameter::new("trust", "opinion from which it offers not to block", 0.2, [-1.0, 1.0])] }
    }

    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        let [trust] = values.all();
        let mut orders =
            view.answers(|from, worth| worth > 0.0 || worth >= 0.0 && view.has_opened(from, view.me));
        for other in view.others() {
            // It makes the first step, as one must; and who has nothing to open withholds nothing.
            let nice = view.turn <= 2 || view.has_opened(other, view.me) || !view.could_open(other);
            orders.extend(if nice { view.open_all_to(other) } else { view.close_all_to(other) });
            let opinion = view.public.ecosystem.relations.0[[view.me, other]];
            if opinion > trust && view.has_opened(other, view.me) && !view.deals_with(other) {
                let terms = || vec![Term::NonBlocking];
                let deal = Deal { gives: terms(), asks: terms(), months: 24, notice: 3, penalty: 0.0 };
                orders.push(Order::Offer { to: view.level.platforms[other].id.clone(), deal });
            }
        }
        orders.extend(view.adopt_what_pays());
        orders.extend(view.usual_budgets());
        (orders, notes.clone())
    }
}
