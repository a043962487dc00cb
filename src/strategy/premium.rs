//! Clean, trusted and dear.

use super::{Chance, Notes, PlatformView, Strategy};
use crate::sim::{Order, Orders};

/// No adverts, strict governance, a strong brand, and a commission to pay for it (S21).
pub struct Premium;

impl Strategy for Premium {
    fn name(&self) -> &'static str {
        "premium"
    }

    fn idea(&self) -> &'static str {
        "Few adverts, strict governance, a strong brand, and a higher commission to pay for it (S21)."
    }

    fn decide(&self, view: &PlatformView, notes: &Notes, _chance: &mut Chance) -> (Orders, Notes) {
        if !view.has_shop() {
            return (Orders::new(), notes.clone());
        }
        let sales = view.sales();
        let mut orders = vec![
            Order::GovernanceBudget { amount: 0.006 * sales },
            Order::BrandBudget { amount: 0.004 * sales },
            Order::AdvertLoad { load: 0.01 },
        ];
        if view.turn == 1 {
            orders.push(Order::TakeRate { category: None, rate: 0.045 });
        }
        (orders, notes.clone())
    }
}
