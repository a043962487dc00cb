//! Lends where it pays, and to fewer before a storm.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::sim::rules::credit::implied_index;
use crate::sim::{Order, Orders};

/// A fall of the economy that is worth other people's money.
const FALL: f64 = 0.02;

/// Lends to merchants and buyers on the terms that pay best in the worst economy that it can see coming (S29).
pub struct Financier;

impl Strategy for Financier {
    fn name(&self) -> &'static str {
        "financier"
    }

    fn idea(&self) -> &'static str {
        "Lends to merchants and buyers where that pays by public facts, raises its standards when the economy or defaults turn, and has outside funds pay before a downturn (S29)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new("ahead", "months of the economy that it looks ahead", 6.0, [0.0, 60.0]),
                Parameter::new("part", "of those that it pays to lend to", 1.0, [0.0, 1.0]),
                Parameter::new("funds", "part that outside funds pay before a downturn", 0.7, [0.0, 1.0]),
            ]
        }
    }

    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        let [ahead, part, funds] = values.all();
        if !view.has_shop() {
            return (Orders::new(), notes.clone());
        }
        let mut orders = view.answers(|_, worth| worth > 0.0);
        orders.extend(view.adopt_what_pays());
        orders.extend(view.usual_budgets());
        let coming = view.turn..=view.turn + ahead as u32;
        let worst = coming.map(|turn| view.level.calendar.economy(turn)).fold(f64::INFINITY, f64::min);
        // What the level foretells, and what borrowers show.
        let index = worst.min(implied_index(&view.public.lending, &view.public.loans, &view.level.market));
        orders.extend(view.loans(index, part));
        let part = if worst < view.economy() * (1.0 - FALL) { funds } else { 0.0 };
        if part != view.own.policy.prices.credit.funds {
            orders.push(Order::OutsideFunds { part });
        }
        (orders, notes.clone())
    }
}
