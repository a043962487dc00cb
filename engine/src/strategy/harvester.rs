//! Milks what is there.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::sim::{Order, Orders};

/// Raises commissions and adverts month by month and lets every budget wither.
pub struct Harvester;

impl Strategy for Harvester {
    fn name(&self) -> &'static str {
        "harvester"
    }

    fn idea(&self) -> &'static str {
        "Raises commissions and adverts month by month, lets every budget wither, and lives off habit."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new("step", "by which commissions rise each month", 0.0025, [0.0, 0.1]),
                Parameter::new(
                    "wither",
                    "what is left of each budget after a month, as a part",
                    0.8,
                    [0.0, 1.0],
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
        let [step, wither] = values.all();
        if !view.has_shop() {
            return (Orders::new(), notes.clone());
        }
        let policy = &view.own.policy;
        let mut orders: Orders = (view.level.categories.iter().zip(&policy.prices.take_rates))
            .map(|(category, rate)| Order::TakeRate {
                category: Some(category.id.clone()),
                rate: (rate + step).clamp(0.0, 0.09),
            })
            .collect();
        orders.push(Order::AdvertLoad { load: (policy.prices.advert_load + 0.005).min(0.12) });
        orders.push(Order::BrandBudget { amount: policy.budgets.brand * wither });
        orders.push(Order::CategoryBudget {
            category: None,
            amount: policy.budgets.categories.iter().sum::<f64>() * wither,
        });
        orders.push(Order::MarketingBudget {
            region: None,
            amount: policy.budgets.marketing.iter().sum::<f64>() * wither,
        });
        (orders, notes.clone())
    }
}
