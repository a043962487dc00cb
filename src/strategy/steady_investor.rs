//! Invests a fixed part of sales, everywhere.

use super::{Chance, Notes, PlatformView, Strategy};
use crate::sim::{Order, Orders};

/// Keeps every budget at a fixed part of its sales, above the usual.
pub struct SteadyInvestor;

impl Strategy for SteadyInvestor {
    fn name(&self) -> &'static str {
        "steady-investor"
    }

    fn idea(&self) -> &'static str {
        "Keeps every budget at a fixed part of its sales, well above the usual, and leaves prices alone."
    }

    fn decide(&self, view: &PlatformView, notes: &Notes, _chance: &mut Chance) -> (Orders, Notes) {
        if !view.has_shop() {
            return (Orders::new(), notes.clone());
        }
        let sales = view.sales();
        let orders = vec![
            Order::BrandBudget { amount: 0.004 * sales },
            Order::CategoryBudget { category: None, amount: 0.004 * sales },
            Order::MarketingBudget { region: None, amount: 0.003 * sales },
            Order::GovernanceBudget { amount: 0.003 * sales },
        ];
        (orders, notes.clone())
    }
}
