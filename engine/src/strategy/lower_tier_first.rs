//! Goes where the others are not looking.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::sim::{Audience, Order, Orders};

/// Markets and discounts in the poorer half of the regions (S22, S37).
pub struct LowerTierFirst;

impl Strategy for LowerTierFirst {
    fn name(&self) -> &'static str {
        "lower-tier-first"
    }

    fn idea(&self) -> &'static str {
        "Spends its marketing in the poorer half of the regions and gives people there coupons to switch (S22, S37)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new("marketing", "in the poorer regions, as a part of sales", 0.004, [0.0, 0.1]),
                Parameter::new("coupon", "for switchers there, as a part of the price", 0.05, [0.0, 0.5]),
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
        let [marketing, coupon] = values.all();
        if !view.has_shop() {
            return (Orders::new(), notes.clone());
        }
        let regions = &view.level.regions;
        let mut by_income: Vec<usize> = (0..regions.len()).collect();
        by_income.sort_by(|&a, &b| regions[a].income.total_cmp(&regions[b].income));
        let poorer = &by_income[..regions.len().div_ceil(2)];
        let potential: f64 = poorer.iter().map(|&region| view.level.region_potential(region)).sum();
        let rich = view.own.cash > 0.02 * view.sales();
        let mut orders =
            vec![Order::MarketingBudget { region: None, amount: 0.0005 * view.budgeted_sales() }];
        for &region in poorer {
            let part = view.level.region_potential(region) / potential;
            let id = || Some(regions[region].id.clone());
            orders.push(Order::MarketingBudget {
                region: id(),
                amount: marketing * view.budgeted_sales() * part,
            });
            orders.push(Order::Coupon {
                region: id(),
                category: None,
                audience: Audience::Switchers,
                depth: if rich { coupon } else { 0.0 },
            });
        }
        (orders, notes.clone())
    }
}
