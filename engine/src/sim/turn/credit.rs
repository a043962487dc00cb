//! Lenders grant this month's loans: as much as borrowers want and standards allow, and as far as cash reaches.

use bevy::prelude::*;

use crate::level::Level;
use crate::sim::rules::credit::{Borrowers, funds_join};
use crate::sim::rules::funding::exposure;
use crate::sim::state::companies::{Company, Funded, Policy};
use crate::sim::state::loans::{Cohort, Lending, Loan, LoanBook, LoanTerms};
use crate::sim::state::outcome::{Outcome, ratio};
use crate::sim::state::world::CurrentLevel;

/// Every cohort's loans are filled up to the part of the credit wanted that it may have. Own money is what budgets and coupons leave.
pub(in crate::sim) fn lend(
    level: Res<CurrentLevel>,
    outcome: Res<Outcome>,
    mut lending: ResMut<Lending>,
    mut companies: Query<(&Company, &Policy, &mut Funded)>,
) {
    let level = &level.0;
    let somebody =
        companies.iter().any(|(company, policy, _)| level.sells(company.0) && policy.prices.credit.lends());
    if lending.0.iter().all(|book| book.owed() == 0) && !somebody {
        lending.0.clear();
        return;
    }
    lending.0.resize_with(level.platforms.len(), || LoanBook::empty(level));
    for (&Company(platform), policy, mut funded) in &mut companies {
        if !level.sells(platform) {
            continue;
        }
        let book = &mut lending.0[platform];
        let left = funded.coupon_cash - exposure(level, platform, policy, &outcome) * funded.coupons;
        let lent = Grants::of(level, policy, book, &outcome, platform).grant(book, left.max(0.0));
        funded.coupon_cash = (funded.coupon_cash - lent).max(0.0);
    }
}

/// What one cohort is to be lent.
struct Grant {
    terms: LoanTerms,
    borrowers: Borrowers,
    /// All the credit that it wants, in yuan.
    wanted: f64,
    /// New loans, in yuan.
    new: f64,
    /// Part of them that outside funds pay.
    funds: f64,
}

/// What the cohorts of a book are to be lent, merchants first.
struct Grants {
    grants: Vec<Grant>,
    hazards: Vec<f64>,
    term: u32,
}

impl Grants {
    fn of(level: &Level, policy: &Policy, book: &LoanBook, outcome: &Outcome, platform: usize) -> Self {
        let market = &level.market;
        let credit = policy.prices.credit;
        let by_category = (0..level.categories.len())
            .map(|c| (credit.merchants, market.merchant_credit_need * outcome.category_sales(c, platform)));
        let by_region = (0..level.regions.len())
            .map(|r| (credit.buyers, market.buyer_credit_need * outcome.region_sales(r, platform)));
        let grant = |((terms, wanted), cohort): ((LoanTerms, f64), &Cohort)| {
            let borrowers = Borrowers::of(terms, market);
            let joined = funds_join(terms, outcome.economy, market);
            Grant {
                terms,
                borrowers,
                wanted,
                new: (borrowers.part() * wanted - cohort.owed() as f64 / 100.0).max(0.0),
                funds: if joined { credit.funds } else { 0.0 },
            }
        };
        let grants: Vec<Grant> = by_category.chain(by_region).zip(book.cohorts()).map(grant).collect();
        let hazards = grants.iter().map(|grant| grant.borrowers.hazard(market)).collect();
        Self { grants, hazards, term: market.loan_months.round() as u32 }
    }

    /// Grants them as far as the platform's money reaches, every cohort the same part; what of it was paid, in yuan.
    fn grant(&self, book: &mut LoanBook, cash: f64) -> f64 {
        let own: f64 = self.grants.iter().map(|grant| grant.new * (1.0 - grant.funds)).sum();
        let factor = if own > cash { cash / own } else { 1.0 };
        book.wanted = self.grants.iter().map(|grant| grant.new).sum();
        book.granted = factor;
        let mut paid = 0;
        let cohorts = book.merchants.iter_mut().chain(&mut book.buyers);
        for ((grant, &hazard), cohort) in self.grants.iter().zip(&self.hazards).zip(cohorts) {
            let owed = (grant.new * factor * 100.0).floor() as i128;
            let funds = (owed as f64 * grant.funds).round() as i128;
            cohort.loans.retain(|loan| loan.owed > 0);
            if owed > 0 {
                let (term, rate) = (self.term, grant.terms.rate);
                cohort.loans.push(Loan { owed, funds, age: 0, term, rate, hazard });
                paid += owed - funds;
            }
            // Who may borrow no more has no credit to count on, whatever is still owed.
            let owed = cohort.owed() as f64 / 100.0;
            cohort.lent = grant.borrowers.part().min(ratio(owed, grant.wanted));
        }
        paid as f64 / 100.0
    }
}
