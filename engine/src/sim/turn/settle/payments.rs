//! What payments cost and earn.

use crate::level::Level;
use crate::sim::state::flow::Flow;
use crate::sim::state::ledger::{Account, Ledger};
use crate::sim::state::outcome::{Outcome, ratio};
use crate::sim::state::services::ServiceState;

/// Merchants pay for payments; owners pay for handling them, and earn with whoever has the habit of their wallet.
pub fn settle(level: &Level, services: &[&ServiceState], outcome: &mut Outcome, ledger: &mut Ledger) {
    for (place, (number, wallet)) in level.wallets().into_iter().enumerate() {
        let account = Account::provider(level, number);
        let (mut handled, mut fees) = (0.0, 0.0);
        for platform in outcome.platforms() {
            let paid = outcome.payments[[platform, place]];
            handled += paid;
            let fee = services[number].counterparts[platform].price * ratio(paid, outcome.gmv(platform));
            let by_category: Vec<f64> =
                outcome.sales_by_category(platform).into_iter().map(|sold| fee * sold).collect();
            let payers =
                by_category.iter().enumerate().map(|(category, &fee)| (Account::Merchants(category), -fee));
            ledger.post(Flow::WalletFees, payers.chain([(account, by_category.iter().sum())]));
            fees += by_category.iter().sum::<f64>();
        }
        ledger.pay(Flow::WalletCosts, account, Account::Suppliers, handled * wallet.cost);
        let habitual: f64 = (0..level.regions.len())
            .map(|region| outcome.people[region] * outcome.online[region] * outcome.habitual[[region, place]])
            .sum();
        ledger.pay(Flow::WalletIncome, Account::Suppliers, account, habitual * wallet.income);
        outcome.service_moving[number] = fees - handled * wallet.cost;
        outcome.service_profit[number] = fees - handled * wallet.cost + habitual * wallet.income;
    }
}
