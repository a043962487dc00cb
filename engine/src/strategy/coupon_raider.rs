//! Raids the leader's strongholds.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::sim::{Audience, Order, Orders};

/// Gives deep coupons to switchers in one category at a time, moving on after a few months.
pub struct CouponRaider;

impl Strategy for CouponRaider {
    fn name(&self) -> &'static str {
        "coupon-raider"
    }

    fn idea(&self) -> &'static str {
        "Gives deep coupons to switchers in the category where it is weakest, holds what it won by habit, and moves on."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new("depth", "of its coupons, as a part of the price", 0.12, [0.0, 0.5]),
                Parameter::new("months", "that a raid lasts", 4.0, [1.0, 120.0]),
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
        let [depth, months] = values.all();
        if !view.has_shop() || !(view.turn - 1).is_multiple_of((months as u32).max(1)) {
            return (Orders::new(), notes.clone());
        }
        let market = view.market();
        let weakest = (0..view.level.categories.len())
            .min_by(|&a, &b| market.category_share(a, view.me).total_cmp(&market.category_share(b, view.me)))
            .unwrap_or(0);
        let coupon =
            |category, depth| Order::Coupon { region: None, category, audience: Audience::Switchers, depth };
        let target = Some(view.level.categories[weakest].id.clone());
        (vec![coupon(None, 0.0), coupon(target, depth)], notes.clone())
    }
}
