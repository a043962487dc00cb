//! Prices and budgets a step up or down.

use super::does::{Budget, COUPON_STEP, Does, FEE_STEP, FIRST_STEP, GROWTH, RATE_STEP};
use crate::order::{Audience, MAX_MEMBERSHIP_FEE, MAX_RATE, Order, Orders};
use crate::strategy::PlatformView;

/// A number a step up or down within its bounds; nothing where it is there already.
pub(super) fn stepped(now: f64, step: f64, up: bool, most: f64) -> Option<f64> {
    let next = (if up { now + step } else { now - step }).clamp(0.0, most);
    (next != now).then_some(next)
}

/// A price a step up or down.
pub(super) fn price(view: &PlatformView, does: &Does) -> Option<Order> {
    let prices = &view.own.policy.prices;
    if !view.has_shop() {
        return None;
    }
    let mean = |numbers: &mut dyn Iterator<Item = f64>| {
        let (count, sum) = numbers.fold((0.0, 0.0), |(count, sum), number| (count + 1.0, sum + number));
        if count > 0.0 { sum / count } else { 0.0 }
    };
    Some(match *does {
        Does::TakeRate { category: Some(category), up } => Order::TakeRate {
            category: Some(view.level.categories[category].id.clone()),
            rate: stepped(prices.take_rates[category], RATE_STEP, up, MAX_RATE)?,
        },
        Does::TakeRate { category: None, up } => {
            let rate = mean(&mut prices.take_rates.iter().copied());
            Order::TakeRate { category: None, rate: stepped(rate, RATE_STEP, up, MAX_RATE)? }
        }
        Does::ConsumerFee { up } => {
            let rate = mean(&mut prices.consumer_fees.cells().iter().copied());
            Order::ConsumerFee { region: None, category: None, rate: stepped(rate, RATE_STEP, up, MAX_RATE)? }
        }
        Does::Coupon { up } => {
            let depth = mean(&mut prices.coupons.cells().iter().map(|coupon| coupon.depth));
            let depth = stepped(depth, COUPON_STEP, up, MAX_RATE)?;
            Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth }
        }
        Does::AdvertLoad { up } => {
            Order::AdvertLoad { load: stepped(prices.advert_load, RATE_STEP, up, MAX_RATE)? }
        }
        Does::MembershipFee { up } => {
            Order::MembershipFee { fee: stepped(prices.membership_fee, FEE_STEP, up, MAX_MEMBERSHIP_FEE)? }
        }
        Does::MerchantFee { up } => {
            Order::MerchantFee { fee: stepped(prices.merchant_fee, FEE_STEP, up, MAX_MEMBERSHIP_FEE)? }
        }
        _ => {
            let bound = view.level.setup.merchants > 0 && view.level.shops().len() > 1;
            return bound.then_some(Order::Exclusivity { on: !prices.exclusive });
        }
    })
}

/// Budgets a quarter up or down, as far as cash goes for all of them.
pub(super) fn budgets(view: &PlatformView, kinds: &[Budget], up: bool) -> Option<Orders> {
    let own = &view.own.policy.budgets;
    let first = FIRST_STEP * view.sales().max(0.0);
    let mut total = own.total();
    let mut orders = Orders::new();
    for &kind in kinds {
        if kind != Budget::Engineering && !view.has_shop() {
            continue;
        }
        let now = match kind {
            Budget::Brand => own.brand,
            Budget::Categories => own.categories.iter().sum(),
            Budget::Marketing => own.marketing.iter().sum(),
            Budget::Governance => own.governance,
            Budget::Stores => own.stores.iter().sum(),
            Budget::Engineering => own.engineering,
            Budget::Invitations => own.invitations,
            Budget::Ai => own.ai,
        };
        // All together they keep their proportions; one by one a budget that there is none of can be begun.
        let begun = if kinds.len() > 1 { now * GROWTH } else { (now * GROWTH).max(now + first) };
        let amount = if up {
            begun
        } else if now < first {
            0.0
        } else {
            now / GROWTH
        };
        if amount == now {
            continue;
        }
        total += amount - now;
        orders.push(match kind {
            Budget::Brand => Order::BrandBudget { amount },
            Budget::Categories => Order::CategoryBudget { category: None, amount },
            Budget::Marketing => Order::MarketingBudget { region: None, amount },
            Budget::Governance => Order::GovernanceBudget { amount },
            Budget::Stores => Order::StoreBudget { region: None, amount },
            Budget::Engineering => Order::EngineeringBudget { amount },
            Budget::Invitations => Order::InvitationBudget { amount },
            Budget::Ai => Order::AiBudget { amount },
        });
    }
    (!orders.is_empty() && (!up || total <= view.own.cash)).then_some(orders)
}
