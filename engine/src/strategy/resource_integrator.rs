//! Owns little and rents everything.

use super::worth::worth;
use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::order::{Access, Deal, Order, Term};
use crate::sim::{Audience, Orders};

/// Rents everything, owns nothing.
pub struct ResourceIntegrator;

impl Strategy for ResourceIntegrator {
    fn name(&self) -> &'static str {
        "resource-integrator"
    }

    fn idea(&self) -> &'static str {
        "Uses every service that others open, pays for those that they do not, and puts its money into coupons and being known (S5, S32)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new(
                    "generosity",
                    "part of what access is worth to it that it offers to pay",
                    0.5,
                    [0.0, 1.0],
                ),
                Parameter::new("coupon", "for switchers, as a part of the price", 0.05, [0.0, 0.5]),
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
        let [generosity, coupon] = values.all();
        let mut orders = view.answers(|_, worth| worth > 0.0);
        orders.extend(view.adopt_what_pays());
        if view.has_shop() {
            orders.extend(view.others().filter_map(|other| request(view, other, generosity)));
            let depth = if view.own.cash > 0.05 * view.sales() { coupon } else { 0.0 };
            orders.push(Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth });
        }
        orders.extend(view.budgets(0.002, 0.002, 0.005, 0.004));
        (orders, notes.clone())
    }
}

/// An offer to pay for what another keeps closed, if both would gain; every third month, so that no is an answer.
fn request(view: &PlatformView, other: usize, generosity: f64) -> Option<Order> {
    let platforms = view.level.platforms.len();
    let away = ((other + platforms - view.me) % platforms) as u32;
    if view.deals_with(other) || !(view.turn + away).is_multiple_of(3) {
        return None;
    }
    let closed = |&number: &usize| {
        let service = &view.level.services[number];
        let state = &view.public.ecosystem.services[number];
        service.owner == Some(other) && state.counterparts[view.me].granted <= Access::Advert
    };
    let asks: Vec<Term> =
        (0..view.level.services.len()).filter(closed).map(|number| view.whole_service(number)).collect();
    if asks.is_empty() {
        return None;
    }
    let mut deal = Deal { gives: Vec::new(), asks, months: 24, notice: 3, penalty: 0.0 };
    let (mine, theirs) = worth(view, view.me, other, &deal).sums();
    let price = (generosity * mine).max(-1.1 * theirs).max(0.0);
    if mine <= 0.0 || price > mine || view.own.cash < 6.0 * price {
        return None;
    }
    if price > 0.0 {
        deal.gives.push(Term::Payment { amount: price.round() });
    }
    Some(Order::Offer { to: view.level.platforms[other].id.clone(), deal })
}
