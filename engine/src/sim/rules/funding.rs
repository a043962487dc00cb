//! What cash allows of what was ordered.

use crate::level::Level;
use crate::order::Audience;
use crate::sim::state::companies::{Funded, Policy};
use crate::sim::state::outcome::Outcome;

/// Which services are wallets that nobody holds.
pub(in crate::sim) fn held_by_nobody(level: &Level, outcome: &Outcome) -> Vec<bool> {
    let mut nobody = vec![false; level.services.len()];
    for (place, (number, _)) in level.wallets().into_iter().enumerate() {
        nobody[number] = (0..level.regions.len()).all(|region| outcome.holders[[region, place]] == 0.0);
    }
    nobody
}

/// What a company's cash allows of its policy. Coupons are backed in full: their depth is cut to what the cash left
/// would pay if every buyer they are meant for who reconsiders in a usual month came, so that a deep promise on an
/// empty purse attracts nobody.
///
/// `outcome` is that of the month before: what is for sale this month follows from it by the calendar.
pub fn funding(level: &Level, platform: usize, policy: &Policy, cash: f64, outcome: &Outcome) -> Funded {
    let cash = cash.max(0.0);
    let budgets = policy.budgets.total();
    let factor = if budgets > cash { cash / budgets } else { 1.0 };
    let left = cash - budgets * factor;
    let exposure = exposure(level, platform, policy, outcome);
    let coupons = if exposure > left { left / exposure } else { 1.0 };
    Funded { budgets: factor, coupons, coupon_cash: left }
}

/// What coupons would cost if every buyer they are meant for who reconsiders in a usual month came, in yuan.
pub fn exposure(level: &Level, platform: usize, policy: &Policy, outcome: &Outcome) -> f64 {
    let mut exposure = 0.0;
    for region in 0..level.regions.len() {
        for category in 0..level.categories.len() {
            let coupon = policy.prices.coupons[[region, category]];
            if coupon.depth > 0.0 {
                let month = level.spending(category, outcome.turn + 1);
                let own = outcome.sales[[region, category, platform]] * month / outcome.spending[category];
                let all = level.potential(region, category) * outcome.online[region] * month;
                let reconsidering = level.market.reconsideration * (all - own).max(0.0);
                let staying = if coupon.audience == Audience::Everyone { own } else { 0.0 };
                exposure += coupon.depth * (reconsidering + staying);
            }
        }
    }
    exposure
}

/// Engineer-months that a company has this month.
pub fn engineer_months(level: &Level, platform: usize, policy: &Policy, funded: &Funded) -> f64 {
    level.platforms[platform].engineers
        + policy.budgets.engineering * funded.budgets / level.market.engineer_cost
}
