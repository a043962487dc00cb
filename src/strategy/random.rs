//! Pulls levers at random.

use rand::RngExt;

use super::{Chance, Notes, PlatformView, Strategy};
use crate::sim::{Audience, Order, Orders};

/// Pulls one or two levers a turn at random, within sane ranges.
pub struct Random;

impl Strategy for Random {
    fn name(&self) -> &'static str {
        "random"
    }

    fn idea(&self) -> &'static str {
        "Pulls one or two levers a turn at random, within sane ranges: what no plan at all is worth."
    }

    fn decide(&self, view: &PlatformView, notes: &Notes, chance: &mut Chance) -> (Orders, Notes) {
        let count = chance.random_range(1..=2);
        let orders =
            if view.has_shop() { (0..count).map(|_| lever(view, chance)).collect() } else { Orders::new() };
        (orders, notes.clone())
    }
}

fn lever(view: &PlatformView, chance: &mut Chance) -> Order {
    let level = &view.level;
    let category = Some(level.categories[chance.random_range(0..level.categories.len())].id.clone());
    let region = Some(level.regions[chance.random_range(0..level.regions.len())].id.clone());
    let sales = view.sales();
    match chance.random_range(0..8) {
        0 => Order::TakeRate { category, rate: chance.random_range(0.0..0.08) },
        1 => Order::ConsumerFee { region, category, rate: chance.random_range(0.0..0.02) },
        2 => Order::Coupon {
            region,
            category,
            audience: Audience::Switchers,
            depth: chance.random_range(0.0..0.15),
        },
        3 => Order::AdvertLoad { load: chance.random_range(0.0..0.1) },
        4 => Order::BrandBudget { amount: sales * chance.random_range(0.0..0.006) },
        5 => Order::CategoryBudget { category, amount: sales * chance.random_range(0.0..0.003) },
        6 => Order::MarketingBudget { region, amount: sales * chance.random_range(0.0..0.002) },
        _ => Order::GovernanceBudget { amount: sales * chance.random_range(0.0..0.006) },
    }
}
