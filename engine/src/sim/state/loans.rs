//! Loans: what lenders ask, and what is owed to them. No loan is an agent's: those of a month to the merchants of a category, or to
//! the people of a region, are one.

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::level::{Level, MarketParameters};
use crate::sim::grid::Grid;

/// What a lender asks of its borrowers: public, and standing until ordered otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoanTerms {
    /// Interest, a fraction of what is owed a month.
    pub rate: f64,
    /// Part of those who might borrow, the riskiest, who get nothing: 1 lends to nobody.
    pub standard: f64,
}

impl LoanTerms {
    /// Lends to nobody.
    pub const NONE: Self = Self { rate: 0.0, standard: 1.0 };

    /// Whether anybody is lent anything.
    pub fn lends(&self) -> bool {
        self.standard < 1.0
    }
}

/// What a platform lends on, to whom, and with whose money.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Credit {
    /// To the merchants who list there.
    pub merchants: LoanTerms,
    /// To the people who buy there.
    pub buyers: LoanTerms,
    /// Part of every new loan that outside funds pay.
    pub funds: f64,
}

impl Default for Credit {
    fn default() -> Self {
        Self { merchants: LoanTerms::NONE, buyers: LoanTerms::NONE, funds: 0.0 }
    }
}

impl Credit {
    /// Whether anybody is lent anything.
    pub fn lends(&self) -> bool {
        self.merchants.lends() || self.buyers.lends()
    }
}

/// What one cohort was lent in one month, as far as it still owes it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Loan {
    /// Still owed, in fen.
    pub owed: i128,
    /// What of that outside funds lent, in fen.
    pub funds: i128,
    /// Months since it was granted.
    pub age: u32,
    /// Months in which it is paid back.
    pub term: u32,
    /// Interest, a fraction of what is owed a month.
    pub rate: f64,
    /// Mean hazard of default of those it was granted to, a month, in a usual economy.
    pub hazard: f64,
}

/// Borrowers who are alike: the merchants of a category on a platform, or its buyers in a region.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cohort {
    /// Part of the credit wanted that it has this month.
    pub lent: f64,
    /// Its loans, the oldest first.
    pub loans: Vec<Loan>,
}

impl Cohort {
    /// What it owes, in fen.
    pub fn owed(&self) -> i128 {
        self.loans.iter().map(|loan| loan.owed).sum()
    }

    /// What of that outside funds lent, in fen.
    pub fn funds(&self) -> i128 {
        self.loans.iter().map(|loan| loan.funds).sum()
    }
}

/// A lender's loans.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoanBook {
    /// By category.
    pub merchants: Vec<Cohort>,
    /// By region.
    pub buyers: Vec<Cohort>,
    /// New loans that were wanted of it this month, in yuan.
    pub wanted: f64,
    /// Part of them that could be granted; 1 where none were wanted.
    pub granted: f64,
}

impl LoanBook {
    /// Nothing lent.
    pub fn empty(level: &Level) -> Self {
        Self {
            merchants: vec![Cohort::default(); level.categories.len()],
            buyers: vec![Cohort::default(); level.regions.len()],
            wanted: 0.0,
            granted: 1.0,
        }
    }

    /// Everybody who borrows.
    pub fn cohorts(&self) -> impl Iterator<Item = &Cohort> {
        self.merchants.iter().chain(&self.buyers)
    }

    /// All that is owed, in fen.
    pub fn owed(&self) -> i128 {
        self.cohorts().map(Cohort::owed).sum()
    }

    /// What of that outside funds lent, in fen.
    pub fn funds(&self) -> i128 {
        self.cohorts().map(Cohort::funds).sum()
    }
}

/// Every platform's loans, by index; an empty list as long as nobody has lent anything. Lenders publish them.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Lending(pub Vec<LoanBook>);

impl Lending {
    /// By how much more is bought on a platform in a region for being lent, as a factor.
    pub fn spending(&self, market: &MarketParameters, region: usize, platform: usize) -> f64 {
        self.0.get(platform).map_or(1.0, |book| 1.0 + market.buyer_credit_lift * book.buyers[region].lent)
    }

    /// How a platform's loans stand, with nothing due.
    pub fn figures(&self, platform: usize) -> LoanFigures {
        let Some(book) = self.0.get(platform) else { return LoanFigures::default() };
        let (owed, funds) = (book.owed(), book.funds());
        let yuan = |fen: i128| fen as f64 / 100.0;
        LoanFigures { owed: yuan(owed), claims: yuan(owed - funds), ..LoanFigures::default() }
    }

    /// Sales by region, category and platform as they would be if nobody borrowed.
    pub fn taken_out(&self, market: &MarketParameters, sales: &Grid<3>) -> Grid<3> {
        let mut plain = sales.clone();
        if !self.0.is_empty() {
            let [regions, categories, platforms] = sales.shape();
            for region in 0..regions {
                for platform in 0..platforms {
                    let more = self.spending(market, region, platform);
                    (0..categories).for_each(|category| plain[[region, category, platform]] /= more);
                }
            }
        }
        plain
    }
}

/// How a platform's loans stand at the end of a turn: public.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoanFigures {
    /// All that is owed, in yuan.
    pub owed: f64,
    /// What of that is the platform's own claim, in yuan; the rest is outside funds'.
    pub claims: f64,
    /// What was owed when the month's instalments fell due, in yuan.
    pub due: f64,
    /// What of that was defaulted on, in yuan.
    pub defaulted: f64,
    /// Part of the credit wanted that merchants have, by category and what they want.
    pub merchants_lent: f64,
    /// Part of the credit wanted that buyers have, by region and what they want.
    pub buyers_lent: f64,
    /// New loans that were wanted, in yuan.
    pub wanted: f64,
    /// Part of them that cash and funds allowed.
    pub granted: f64,
}
