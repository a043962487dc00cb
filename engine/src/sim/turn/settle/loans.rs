//! What loans cost and earn.

use crate::level::Level;
use crate::sim::rules::credit::{Parts, Serviced, service};
use crate::sim::state::flow::Flow;
use crate::sim::state::ledger::{Account, Ledger};
use crate::sim::state::loans::{Cohort, Lending, LoanFigures};
use crate::sim::state::outcome::{Outcome, ratio};

/// This month's loans are paid out; some borrowers default, and all others pay. Every claim has its other side in the borrowers' debts.
pub(in crate::sim) fn settle(
    level: &Level,
    lending: &mut Lending,
    outcome: &mut Outcome,
    ledger: &mut Ledger,
) {
    for (platform, book) in lending.0.iter_mut().enumerate() {
        let (mut all, mut lent) = (Serviced::default(), [0.0; 2]);
        let merchants = book.merchants.iter_mut().enumerate();
        let merchants = merchants.map(|(category, cohort)| (0, Account::Merchants(category), cohort));
        let buyers = book.buyers.iter_mut().enumerate();
        let buyers = buyers.map(|(region, cohort)| (1, Account::Consumers(region), cohort));
        for (side, borrower, cohort) in merchants.chain(buyers) {
            let sold = match borrower {
                Account::Merchants(category) => outcome.category_sales(category, platform),
                Account::Consumers(region) => outcome.region_sales(region, platform),
                _ => 0.0,
            };
            lent[side] += cohort.lent * ratio(sold, outcome.gmv(platform));
            all += month(level, platform, borrower, cohort, outcome.economy, ledger);
        }
        let yuan = |fen: i128| fen as f64 / 100.0;
        let (owed, funds) = (book.owed(), book.funds());
        outcome.loans[platform] = LoanFigures {
            owed: yuan(owed),
            claims: yuan(owed - funds),
            due: yuan(all.due.sum()),
            defaulted: yuan(all.defaulted.sum()),
            merchants_lent: lent[0],
            buyers_lent: lent[1],
            wanted: book.wanted,
            granted: book.granted,
        };
    }
}

/// Posts the month of one cohort.
fn month(
    level: &Level,
    platform: usize,
    borrower: Account,
    cohort: &mut Cohort,
    index: f64,
    ledger: &mut Ledger,
) -> Serviced {
    let mut all = Serviced::default();
    for loan in &mut cohort.loans {
        all += service(loan, index, &level.market);
    }
    // Outside funds stand in for a lender that has closed.
    let (own, claims) = if level.platforms[platform].left {
        (Account::Funds, Account::FundClaims)
    } else {
        (Account::Platform(platform), Account::Claims(platform))
    };
    let (funds, fund_claims, debts) = (Account::Funds, Account::FundClaims, Account::Debts);
    // Cash goes one way and claims the other, each lender's own.
    let mut lend = |parts: Parts, sign: i128| {
        let cash = [(own, -sign * parts.own), (funds, -sign * parts.funds), (borrower, sign * parts.sum())];
        let owed =
            [(claims, sign * parts.own), (fund_claims, sign * parts.funds), (debts, -sign * parts.sum())];
        ledger.post_fen(Flow::Loans, cash.into_iter().chain(owed));
    };
    lend(all.granted, 1);
    lend(all.repaid, -1);
    for (flow, parts) in [(Flow::Interest, all.interest), (Flow::Recoveries, all.recovered)] {
        ledger.post_fen(flow, [(own, parts.own), (funds, parts.funds), (borrower, -parts.sum())]);
    }
    let lost = all.defaulted;
    ledger.post_fen(Flow::Defaults, [(claims, -lost.own), (fund_claims, -lost.funds), (debts, lost.sum())]);
    ledger.post_fen(Flow::Defaults, [(own, -all.made_good), (funds, all.made_good)]);
    all
}
