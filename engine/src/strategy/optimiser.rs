//! Tries orders in imagined markets.

use rand::RngExt;

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::sim::{Audience, Order, Orders};

/// Tries one change at a time in an imagined market and orders the best.
pub struct Optimiser;

impl Strategy for Optimiser {
    fn name(&self) -> &'static str {
        "optimiser"
    }

    fn idea(&self) -> &'static str {
        "Tries one change at a time in a market it imagines from what it knows, lets it run for two years, and orders the change that leaves it worth most."
    }

    fn parameters(&self) -> &'static [Parameter] {
        // The horizon counts even near the end of the match: habits take that long to move, and a harvest is not yet seen
        // through in the month it begins. And an imagined market takes today's shares for settled: what the last move will
        // still cost must have shown before the next is judged.
        const {
            &[
                Parameter::new("horizon", "months that it looks ahead", 24.0, [1.0, 120.0]),
                Parameter::new("patience", "months that a lever rests after it was moved", 8.0, [0.0, 120.0]),
                Parameter::new("people", "consumers in its imagined markets", 2_000.0, [100.0, 1e5]),
            ]
        }
    }

    fn searches(&self) -> bool {
        true
    }

    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        chance: &mut Chance,
    ) -> (Orders, Notes) {
        let [horizon, patience, people] = values.all();
        if !view.has_shop() {
            return (Orders::new(), notes.clone());
        }
        let imagined = view.imagine(chance.random()).with_consumers(people as u32);
        let worth =
            |orders: &Orders| imagined.outcome_of(view.me, orders.clone(), horizon as u32).value[view.me];
        let rested =
            |lever: &str| notes.get(lever).is_none_or(|&last| f64::from(view.turn) >= last + patience);
        let mut best = (worth(&Orders::new()), Orders::new(), None);
        for (lever, orders) in ideas(view).into_iter().filter(|(lever, _)| rested(lever)) {
            let value = worth(&orders);
            if value > best.0 {
                best = (value, orders, Some(lever));
            }
        }
        let mut notes = notes.clone();
        if let Some(lever) = best.2 {
            notes.insert(lever.to_owned(), f64::from(view.turn));
        }
        (best.1, notes)
    }
}

/// One lever up or down at a time.
fn ideas(view: &PlatformView) -> Vec<(&'static str, Orders)> {
    let policy = &view.own.policy;
    let sales = view.budgeted_sales();
    let take = policy.prices.take_rates.iter().sum::<f64>() / policy.prices.take_rates.len() as f64;
    let load = policy.prices.advert_load;
    let categories: f64 = policy.budgets.categories.iter().sum();
    let marketing: f64 = policy.budgets.marketing.iter().sum();
    let mut ideas = Vec::new();
    for step in [-0.01, 0.01] {
        ideas.push((
            "take rate",
            vec![Order::TakeRate { category: None, rate: (take + step).clamp(0.0, 0.2) }],
        ));
        ideas.push(("adverts", vec![Order::AdvertLoad { load: (load + step).clamp(0.0, 0.2) }]));
    }
    // From nothing, a factor leads nowhere: a tenth of a percent of sales is the least that is tried.
    for factor in [0.6, 1.6] {
        let scaled = |budget: f64| budget.max(0.001 * sales) * factor;
        ideas.push(("brand", vec![Order::BrandBudget { amount: scaled(policy.budgets.brand) }]));
        ideas
            .push(("categories", vec![Order::CategoryBudget { category: None, amount: scaled(categories) }]));
        ideas.push(("marketing", vec![Order::MarketingBudget { region: None, amount: scaled(marketing) }]));
        ideas.push((
            "governance",
            vec![Order::GovernanceBudget { amount: scaled(policy.budgets.governance) }],
        ));
        if view.may_learn() {
            ideas.push(("ai", vec![Order::AiBudget { amount: scaled(policy.budgets.ai) }]));
        }
    }
    for depth in [0.0, 0.06] {
        ideas.push((
            "coupons",
            vec![Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth }],
        ));
    }
    for part in [0.0, 1.0] {
        ideas.push(("loans", view.loans(view.economy(), part)));
    }
    ideas.retain(|(_, orders)| !orders.is_empty());
    ideas
}
