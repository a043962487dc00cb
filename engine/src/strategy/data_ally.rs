//! Shares data first, and learns from what it shares.

use super::worth::worth;
use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::order::{Deal, Order, Term};
use crate::sim::Orders;

/// Shares data with whoever does the same, then builds AI on all of them.
pub struct DataAlly;

impl Strategy for DataAlly {
    fn name(&self) -> &'static str {
        "data-ally"
    }

    fn idea(&self) -> &'static str {
        "Offers every shop data for data and accepts the same, spends on AI once the data are joined, and goes alone where nobody has shared for a while (S35, S36)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new("ai", "in AI on joined data, as a part of sales", 0.003, [0.0, 0.1]),
                Parameter::new("patience", "months before it goes alone", 9.0, [0.0, 120.0]),
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
        let [ai, patience] = values.all();
        let mut orders = view.answers(|_, worth| worth > 0.0);
        if view.has_shop() {
            orders.extend(view.others().filter_map(|other| data_for_data(view, other)));
        }
        orders.extend(view.adopt_what_pays());
        orders.extend(view.usual_budgets());
        let joined = view.others().any(|other| reads(view, other));
        if joined || f64::from(view.turn) > patience {
            orders.extend(view.ai_budget(ai));
        }
        (orders, notes.clone())
    }
}

/// Whether another's data are granted and joined with its own.
fn reads(view: &PlatformView, other: usize) -> bool {
    let ecosystem = &view.public.ecosystem;
    ecosystem.negotiations.shares_data(other, view.me) && ecosystem.engineering[view.me].joined[other]
}

/// An offer of data for data where it pays; every third month, so that no is an answer.
fn data_for_data(view: &PlatformView, other: usize) -> Option<Order> {
    let platforms = view.level.platforms.len();
    let away = ((other + platforms - view.me) % platforms) as u32;
    let bound =
        view.has_promised_not_to_open(view.me, other) || view.has_promised_not_to_open(other, view.me);
    let shop = view.level.platforms[other].shop.is_some();
    if !shop || bound || view.deals_with(other) || !(view.turn + away).is_multiple_of(3) {
        return None;
    }
    let data = || vec![Term::Data];
    let deal = Deal { gives: data(), asks: data(), months: 36, notice: 3, penalty: 0.0 };
    let (mine, _) = worth(view, view.me, other, &deal).sums();
    (mine > 0.0).then(|| Order::Offer { to: view.level.platforms[other].id.clone(), deal })
}
