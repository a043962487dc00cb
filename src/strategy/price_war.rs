//! Undercuts.

use super::{Chance, Notes, PlatformView, Strategy};
use crate::sim::{Audience, Order, Orders};

/// Commission below which even a price warrior will not go.
const FLOOR: f64 = 0.01;
/// How far it goes below the cheapest rival.
const STEP: f64 = 0.005;
/// Coupon for switchers while there is cash to burn.
const COUPON: f64 = 0.08;

/// Undercuts the cheapest rival's commission in each category and pays people to switch.
pub struct PriceWar;

impl Strategy for PriceWar {
    fn name(&self) -> &'static str {
        "price-war"
    }

    fn idea(&self) -> &'static str {
        "Undercuts the cheapest rival's commission in every category, down to a floor, and pays people to switch while cash lasts."
    }

    fn decide(&self, view: &PlatformView, notes: &Notes, _chance: &mut Chance) -> (Orders, Notes) {
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
                rate: (cheapest(category) - STEP).clamp(FLOOR, 0.05),
            })
            .collect();
        let depth = if view.own.cash > 0.02 * view.sales() { COUPON } else { 0.0 };
        orders.push(Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth });
        (orders, notes.clone())
    }
}
