//! Takes what the law leaves, and no more.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::level::Regulator;
use crate::order::{Objection, Order};
use crate::sim::Orders;

/// Stays below every threshold.
pub struct RegulatorShy;

impl Strategy for RegulatorShy {
    fn name(&self) -> &'static str {
        "regulator-shy"
    }

    fn idea(&self) -> &'static str {
        "Asks buyers for as much as the regulator tolerates and polices sellers as far as it must, binds nobody, closes nothing that is open, shuts nobody out with others, and asks for nothing where it is watched closely (S13)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const { &[Parameter::new("part", "of what is tolerated that it takes", 0.9, [0.0, 1.0])] }
    }

    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        let [part] = values.all();
        let law = view.level.regulator.clone().unwrap_or_default();
        let attention = view.public.files.0.get(view.me).map_or(0.0, |file| file.attention());
        let watched = view.level.regulator.is_some() && attention >= law.warning / 2.0;
        let shuts_out = |from: usize| view.asks_for_a_front(from).then_some(Objection::ShutsOut);
        let mut orders = view.answers_but(shuts_out, |_, worth| worth > 0.0);
        orders.extend(view.adopt_what_pays());
        if view.has_shop() {
            let prices = &view.own.policy.prices;
            let rate = if watched { 0.0 } else { part * law.fee_tolerance };
            if prices.consumer_fees.cells().iter().any(|fee| *fee != rate) {
                orders.push(Order::ConsumerFee { region: None, category: None, rate });
            }
            if prices.exclusive {
                orders.push(Order::Exclusivity { on: false });
            }
            orders.extend(view.budgets(0.0035, 0.0035, 0.003, policing(view, &law, part)));
        }
        (orders, notes.clone())
    }
}

/// Governance, as a part of sales, that leaves no more fraud than a part of what is tolerated: never less than usual.
fn policing(view: &PlatformView, law: &Regulator, part: f64) -> f64 {
    let market = &view.level.market;
    let tolerated = (part * law.fraud_tolerance).max(1e-6);
    // fraud = rate · (1 − G/(G + reference)), solved for G.
    let needed = market.governance_reference * (market.fraud_rate / tolerated - 1.0);
    needed.clamp(0.004, 0.02)
}
