//! Raids the leader's strongholds.

use super::{Chance, Notes, PlatformView, Strategy};
use crate::sim::{Audience, Order, Orders};

/// How long a raid lasts before it moves on, in turns.
const RAID: u32 = 4;

/// Gives deep coupons to switchers in one category at a time, moving on after a few months.
pub struct CouponRaider;

impl Strategy for CouponRaider {
    fn name(&self) -> &'static str {
        "coupon-raider"
    }

    fn idea(&self) -> &'static str {
        "Gives deep coupons to switchers in the category where it is weakest, holds what it won by habit, and moves on."
    }

    fn decide(&self, view: &PlatformView, notes: &Notes, _chance: &mut Chance) -> (Orders, Notes) {
        if !view.has_shop() || !(view.turn - 1).is_multiple_of(RAID) {
            return (Orders::new(), notes.clone());
        }
        let market = view.market();
        let weakest = (0..view.level.categories.len())
            .min_by(|&a, &b| market.category_share(a, view.me).total_cmp(&market.category_share(b, view.me)))
            .unwrap_or(0);
        let coupon =
            |category, depth| Order::Coupon { region: None, category, audience: Audience::Switchers, depth };
        let target = Some(view.level.categories[weakest].id.clone());
        (vec![coupon(None, 0.0), coupon(target, 0.12)], notes.clone())
    }
}
