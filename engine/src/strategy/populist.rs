//! Does what people like.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::order::{Audience, Order};
use crate::sim::Orders;

/// Courts the public.
pub struct Populist;

impl Strategy for Populist {
    fn name(&self) -> &'static str {
        "populist"
    }

    fn idea(&self) -> &'static str {
        "Opens to everybody, shows few adverts, polices its sellers well and gives everybody a little off, so that it is liked, trusted and left alone (S12)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new("load", "part of the screen that is adverts", 0.025, [0.0, 0.5]),
                Parameter::new("gift", "coupon for everybody, as a fraction of the price", 0.003, [0.0, 0.5]),
                Parameter::new("governance", "spending on governance, as a part of sales", 0.006, [0.0, 0.1]),
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
        let [load, gift, governance] = values.all();
        let mut orders: Orders = view.others().flat_map(|other| view.open_all_to(other)).collect();
        orders.extend(view.answers(|_, worth| worth >= 0.0));
        orders.extend(view.adopt_what_pays());
        if view.has_shop() {
            if view.own.policy.prices.advert_load > load {
                orders.push(Order::AdvertLoad { load });
            }
            if view.own.policy.prices.coupons.cells().iter().any(|coupon| coupon.depth != gift) {
                let audience = Audience::Everyone;
                orders.push(Order::Coupon { region: None, category: None, audience, depth: gift });
            }
            orders.extend(view.budgets(0.0035, 0.0035, 0.003, governance));
        }
        (orders, notes.clone())
    }
}
