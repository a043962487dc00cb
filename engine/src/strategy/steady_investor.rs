//! Invests a fixed part of sales, everywhere.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
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

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new("brand", "in its brand, as a part of sales", 0.004, [0.0, 0.1]),
                Parameter::new("categories", "in its categories, as a part of sales", 0.004, [0.0, 0.1]),
                Parameter::new("marketing", "in being known, as a part of sales", 0.003, [0.0, 0.1]),
                Parameter::new("governance", "in policing sellers, as a part of sales", 0.003, [0.0, 0.1]),
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
        let [brand, categories, marketing, governance] = values.all();
        if !view.has_shop() {
            return (Orders::new(), notes.clone());
        }
        let sales = view.budgeted_sales();
        let orders = vec![
            Order::BrandBudget { amount: brand * sales },
            Order::CategoryBudget { category: None, amount: categories * sales },
            Order::MarketingBudget { region: None, amount: marketing * sales },
            Order::GovernanceBudget { amount: governance * sales },
        ];
        (orders, notes.clone())
    }
}
