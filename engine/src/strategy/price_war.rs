//! Undercuts.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::sim::{Audience, Order, Orders};

/// Undercuts the cheapest rival's commission in each category and pays people to switch.
pub struct PriceWar;

impl Strategy for PriceWar {
    fn name(&self) -> &'static str {
        "price-war"
    }

    fn idea(&self) -> &'static str {
        "Undercuts the cheapest rival's commission in every category, down to a floor, and pays people to switch while cash lasts."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new("floor", "commission below which it does not go", 0.01, [0.0, 0.5]),
                Parameter::new(
                    "step",
                    "by which it goes below the cheapest rival's commission",
                    0.005,
                    [0.0, 0.5],
                ),
                Parameter::new(
                    "coupon",
                    "for switchers while cash lasts, as a part of the price",
                    0.08,
                    [0.0, 0.5],
                ),
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
        let [floor, step, coupon] = values.all();
        if !view.has_shop() {
            return (Orders::new(), notes.clone());
        }
        let rivals = || {
            view.public
                .prices
                .iter()
                .enumerate()
                .filter(|&(p, _)| p != view.me)
                .filter_map(|(_, p)| p.as_ref())
        };
        let cheapest = |category: usize| {
            rivals().map(|prices| prices.take_rates[category]).fold(f64::INFINITY, f64::min)
        };
        let mut orders: Orders = (0..view.level.categories.len())
            .filter(|&category| cheapest(category).is_finite())
            .map(|category| Order::TakeRate {
                category: Some(view.level.categories[category].id.clone()),
                rate: (cheapest(category) - step).min(0.05).max(floor),
            })
            .collect();
        let depth = if view.own.cash > 0.02 * view.sales() { coupon } else { 0.0 };
        orders.push(Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth });
        (orders, notes.clone())
    }
}
