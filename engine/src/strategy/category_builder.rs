//! Becomes the place to go for one thing.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::sim::{Order, Orders};

/// Puts all investment into the category it is relatively strongest in (S4).
pub struct CategoryBuilder;

impl Strategy for CategoryBuilder {
    fn name(&self) -> &'static str {
        "category-builder"
    }

    fn idea(&self) -> &'static str {
        "Chooses the category it is relatively strongest in, puts all investment there and lowers commission in it (S4)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const { &[Parameter::new("investment", "in its category, as a part of sales", 0.008, [0.0, 0.1])] }
    }

    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        let [investment] = values.all();
        if !view.has_shop() {
            return (Orders::new(), notes.clone());
        }
        let market = view.market();
        let categories = &view.level.categories;
        let strongest = (0..categories.len())
            .max_by(|&a, &b| market.category_share(a, view.me).total_cmp(&market.category_share(b, view.me)));
        // Once chosen, a category stays chosen: strength is built over years.
        let chosen = notes.get("category").map_or(strongest.unwrap_or(0), |&index| index as usize);
        let mut orders = vec![
            Order::CategoryBudget { category: None, amount: 0.1 * investment * view.budgeted_sales() },
            Order::CategoryBudget {
                category: Some(categories[chosen].id.clone()),
                amount: investment * view.budgeted_sales(),
            },
            Order::BrandBudget { amount: 0.001 * view.budgeted_sales() },
        ];
        if view.turn == 1 {
            let rate = (view.own.policy.prices.take_rates[chosen] - 0.005).max(0.0);
            orders.push(Order::TakeRate { category: Some(categories[chosen].id.clone()), rate });
        }
        (orders, Notes::from([("category".to_owned(), chosen as f64)]))
    }
}
