//! What owners pay each other and are paid.

use crate::level::Level;
use crate::sim::state::capital::{Capital, Due};
use crate::sim::state::companies::PastYear;
use crate::sim::state::flow::Flow;
use crate::sim::state::ledger::{Account, Ledger};
use crate::sim::state::outcome::Outcome;

/// Months that a dividend is a part of the mean profit of.
const QUARTER: usize = 3;

/// Shares are paid for, and the public has its part of what listed services earned.
pub fn settle(level: &Level, capital: &mut Capital, outcome: &Outcome, ledger: &mut Ledger) {
    let account = |whose: Option<usize>| whose.map_or(Account::Owners, Account::Platform);
    for Due { from, to, yuan } in std::mem::take(&mut capital.due) {
        ledger.pay(Flow::Shares, account(from), account(to), yuan);
    }
    for listing in &capital.listings {
        let Some(owner) = level.services[listing.service].owner else { continue };
        let profit = outcome.service_profit[listing.service].max(0.0);
        ledger.pay(Flow::Minorities, Account::Platform(owner), Account::Owners, listing.part * profit);
    }
}

/// Companies pay dividends out of the cash that they have: to companies that own a part of them, and to people.
pub fn pay_out(capital: &mut Capital, years: &[(usize, &PastYear)], ledger: &mut Ledger) {
    // All at once, so that nobody passes on this month what it receives in it.
    let due = |&(of, year): &(usize, &PastYear)| {
        let quarter = &year.profits[year.profits.len().saturating_sub(QUARTER)..];
        let mean = quarter.iter().sum::<f64>() / quarter.len().max(1) as f64;
        (of, (capital.dividend[of] * mean).min(ledger.cash(of)).max(0.0))
    };
    let due: Vec<(usize, f64)> = years.iter().map(due).filter(|(_, yuan)| *yuan > 0.0).collect();
    for (of, yuan) in due {
        let owners = (0..capital.public.len()).map(|by| (by, capital.stakes[[of, by]]));
        let owners = owners.filter(|(_, part)| *part > 0.0);
        let mut legs = vec![(Account::Platform(of), -yuan)];
        legs.extend(owners.map(|(by, part)| (Account::Platform(by), part * yuan)));
        legs.push((Account::Owners, (1.0 - capital.held(of)) * yuan));
        ledger.post(Flow::Dividends, legs);
        capital.paid[of] += capital.founding[of] * yuan;
    }
}
