//! Clean, trusted and dear.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::sim::{Order, Orders};

/// Few adverts, strict governance, a strong brand, and a commission to pay for it (S21).
pub struct Premium;

impl Strategy for Premium {
    fn name(&self) -> &'static str {
        "premium"
    }

    fn idea(&self) -> &'static str {
        "Few adverts, strict governance, a strong brand, and a higher commission to pay for it (S21)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new(
                    "governance",
                    "spent on policing sellers, as a part of sales",
                    0.006,
                    [0.0, 0.1],
                ),
                Parameter::new("brand", "spent on its brand, as a part of sales", 0.008, [0.0, 0.1]),
                Parameter::new("adverts", "as a part of the screen", 0.02, [0.0, 0.5]),
                Parameter::new("commission", "that it sets at the beginning", 0.045, [0.0, 0.5]),
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
        let [governance, brand, adverts, commission] = values.all();
        if !view.has_shop() {
            return (Orders::new(), notes.clone());
        }
        let sales = view.budgeted_sales();
        let mut orders = vec![
            Order::GovernanceBudget { amount: governance * sales },
            Order::BrandBudget { amount: brand * sales },
            Order::AdvertLoad { load: adverts },
        ];
        if view.turn == 1 {
            orders.push(Order::TakeRate { category: None, rate: commission });
        }
        (orders, notes.clone())
    }
}
