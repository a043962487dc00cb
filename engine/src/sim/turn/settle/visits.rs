//! What links, visits and attention cost and earn.

use crate::level::Level;
use crate::sim::state::flow::Flow;
use crate::sim::state::ledger::{Account, Ledger};
use crate::sim::state::outcome::Outcome;
use crate::sim::state::services::ServiceState;

/// Owners take their part of what they refer, and sell visits and attention. `visits` gives what a platform pays for visits
/// from an app, in yuan.
pub fn settle(
    level: &Level,
    services: &[&ServiceState],
    visits: impl Fn(usize, usize) -> f64,
    outcome: &mut Outcome,
    ledger: &mut Ledger,
) {
    for (place, (number, app)) in level.apps().into_iter().enumerate() {
        let owner = level.services[number].owner;
        let account = Account::provider(level, number);
        let (mut earned, mut moving) = (0.0, 0.0);
        for platform in outcome.platforms().filter(|&platform| owner != Some(platform)) {
            let fee = services[number].counterparts[platform].price * outcome.referred[[platform, place]];
            let visits = visits(platform, place);
            ledger.pay(Flow::LinkFees, Account::Platform(platform), account, fee);
            ledger.pay(Flow::Visits, Account::Platform(platform), account, visits);
            earned += fee + visits;
            moving += fee;
        }
        let attention: f64 = (0..level.regions.len())
            .map(|region| level.regions[region].population * app.users[region] * app.advert_income)
            .sum();
        ledger.pay(Flow::AttentionSold, Account::Suppliers, account, attention);
        outcome.service_moving[number] = moving;
        outcome.service_profit[number] = earned + attention;
    }
}
