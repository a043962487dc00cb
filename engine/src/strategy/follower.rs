//! Does what the leader does.

use super::{Chance, Notes, PlatformView, Strategy, Values};
use crate::sim::{Order, Orders};

/// Copies the prices of the largest rival.
pub struct Follower;

impl Strategy for Follower {
    fn name(&self) -> &'static str {
        "follower"
    }

    fn idea(&self) -> &'static str {
        "Copies the commissions and adverts of the rival with the largest sales, and its coupons at half the depth."
    }

    fn decide(
        &self,
        view: &PlatformView,
        _values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        let market = view.market();
        let rivals = market.platforms().filter(|&p| p != view.me && view.public.prices[p].is_some());
        let leader = rivals.max_by(|&a, &b| market.gmv(a).total_cmp(&market.gmv(b)));
        let Some(prices) =
            leader.and_then(|leader| view.public.prices[leader].as_ref()).filter(|_| view.has_shop())
        else {
            return (Orders::new(), notes.clone());
        };
        let level = &view.level;
        let mut orders: Orders = (level.categories.iter().zip(&prices.take_rates))
            .map(|(category, &rate)| Order::TakeRate {
                category: Some(category.id.clone()),
                rate: rate.min(0.5),
            })
            .collect();
        orders.push(Order::AdvertLoad { load: prices.advert_load.min(0.5) });
        for (r, region) in level.regions.iter().enumerate() {
            for (c, category) in level.categories.iter().enumerate() {
                let coupon = prices.coupons[[r, c]];
                let depth = coupon.depth / 2.0;
                if depth != view.own.policy.prices.coupons[[r, c]].depth {
                    orders.push(Order::Coupon {
                        region: Some(region.id.clone()),
                        category: Some(category.id.clone()),
                        audience: coupon.audience,
                        depth,
                    });
                }
            }
        }
        (orders, notes.clone())
    }
}
