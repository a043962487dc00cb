//! Numbers as the sum of their parts. The parts come from the functions that the simulation itself uses, so that they add
//! up to what it found.

use serde::{Deserialize, Serialize};

use crate::order::Deal;
use crate::sim::state::capital::Ownership;
use crate::sim::{ChoiceTerm, CompanyState, Flow, Outcome, valuation};
use crate::strategy::PlatformView;
use crate::strategy::worth::{Reason, worth};

/// What a part of a number stands for. Whoever shows it finds the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Label {
    /// A flow of money.
    Flow(Flow),
    /// A category, by index.
    Category(usize),
    /// A region, by index.
    Region(usize),
    /// A service, by index.
    Service(usize),
    /// What there was before.
    Before,
    /// Cash.
    Cash,
    /// Profits to come, at their worth today.
    ProfitsToCome,
    /// Why a term of a deal is worth something: number of the term, those given first, and the reason.
    Term(usize, Reason),
    /// A term of people's choice of a shop.
    Choice(ChoiceTerm),
    /// A platform, by index.
    Platform(usize),
    /// What merchants earn before fees.
    Margin,
    /// What borrowers owe.
    Claims,
    /// Shares of other companies.
    Stakes,
    /// Dividends paid out.
    Paid,
    /// What is expected of announcements beyond what profits show.
    Expected,
}

impl Label {
    /// Whether what a month had of it is likely in the next one too: not what is paid once, nor what agreements provide for, which is
    /// known.
    pub(super) fn goes_on(self) -> bool {
        !matches!(self, Self::Flow(flow) if flow.is_once() || flow == Flow::AgreementPayments)
    }
}

/// One part.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// What it stands for.
    pub label: Label,
    /// How much it is, in the unit of the whole.
    pub amount: f64,
}

/// A number and its parts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Explained {
    /// The number as the simulation found it.
    pub total: f64,
    /// What it is the sum of; parts of nothing are left out.
    pub parts: Vec<Part>,
}

impl Explained {
    pub(super) fn of(total: f64, parts: impl IntoIterator<Item = (Label, f64)>) -> Self {
        let parts = parts.into_iter().filter(|(_, amount)| *amount != 0.0);
        Self { total, parts: parts.map(|(label, amount)| Part { label, amount }).collect() }
    }

    /// The sum of the parts.
    pub fn sum(&self) -> f64 {
        self.parts.iter().map(|part| part.amount).sum()
    }

    /// Adds so many times another, part by part.
    pub(super) fn add(&mut self, other: &Self, times: f64) {
        self.total += times * other.total;
        for part in &other.parts {
            match self.parts.iter_mut().find(|known| known.label == part.label) {
                Some(known) => known.amount += times * part.amount,
                None => self.parts.push(Part { label: part.label, amount: times * part.amount }),
            }
        }
    }

    /// The parts of a kind, and what they come to.
    pub(super) fn of_kind(&self, is_one: impl Fn(Label) -> bool) -> Self {
        let parts: Vec<Part> = self.parts.iter().filter(|part| is_one(part.label)).copied().collect();
        Self { total: parts.iter().map(|part| part.amount).sum(), parts }
    }

    /// All that it is the sum of, whatever the sign; the number itself where no parts of it are known.
    pub(super) fn size(&self) -> f64 {
        if self.parts.is_empty() {
            return self.total.abs();
        }
        self.parts.iter().map(|part| part.amount.abs()).sum()
    }

    /// This number less another, part by part.
    pub fn less(&self, other: &Self) -> Self {
        let amount = |parts: &[Part], label| {
            parts.iter().find(|part| part.label == label).map_or(0.0, |part| part.amount)
        };
        let labels = self.parts.iter().map(|part| part.label);
        let others = other.parts.iter().map(|part| part.label);
        let mut all: Vec<Label> = labels.collect();
        all.extend(others.filter(|label| amount(&self.parts, *label) == 0.0));
        let parts =
            all.into_iter().map(|label| (label, amount(&self.parts, label) - amount(&other.parts, label)));
        Self::of(self.total - other.total, parts)
    }

    /// This number and another, part by part.
    pub fn plus(&self, other: &Self) -> Self {
        self.less(&Self::default().less(other))
    }

    /// What there was before and this number on top of it.
    pub fn after(&self, before: f64) -> Self {
        let mut parts = vec![Part { label: Label::Before, amount: before }];
        parts.extend(&self.parts);
        Self { total: before + self.total, parts }
    }

    /// The mean of several, part by part; nothing of none.
    pub fn mean(all: &[Self]) -> Self {
        let nothing = Self::default();
        let negative = all.iter().fold(nothing, |sum, one| sum.less(one));
        let over = -(all.len().max(1) as f64);
        let parts = negative.parts.iter().map(|part| (part.label, part.amount / over));
        Self::of(negative.total / over, parts)
    }
}

/// A company's profit: every operating flow of the ledger.
pub fn profit(outcome: &Outcome, platform: usize) -> Explained {
    let flows = Flow::ALL.into_iter().filter(|flow| flow.is_operating());
    Explained::of(
        outcome.profit[platform],
        flows.map(|flow| (Label::Flow(flow), outcome.flow(platform, flow))),
    )
}

/// A month's bookings of a company: what it had, what it earned, whatever else came or went, and what it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Booked {
    /// Cash before, yuan.
    pub before: f64,
    /// Profit, by flow.
    pub profit: Explained,
    /// Flows that are no part of profit.
    pub others: Vec<Part>,
    /// Cash after, yuan.
    pub cash: f64,
}

/// The bookings of a company in the month of an outcome.
pub fn booked(outcome: &Outcome, platform: usize) -> Booked {
    let cash = cash(outcome, platform);
    let before = cash.parts.iter().filter(|part| part.label == Label::Before).map(|part| part.amount).sum();
    let other = |part: &&Part| matches!(part.label, Label::Flow(flow) if !flow.is_operating());
    let others = cash.parts.iter().filter(other).copied().collect();
    Booked { before, profit: profit(outcome, platform), others, cash: cash.total }
}

/// A company's cash: what it had and every flow of the turn.
pub fn cash(outcome: &Outcome, platform: usize) -> Explained {
    let flows = || Flow::ALL.into_iter().map(|flow| (Label::Flow(flow), outcome.flow(platform, flow)));
    let before = outcome.cash[platform] - flows().map(|(_, yuan)| yuan).sum::<f64>();
    Explained::of(outcome.cash[platform], std::iter::once((Label::Before, before)).chain(flows()))
}

/// A company's value to those who owned it when the match began: of cash, what borrowers owe it, profits to come, what is expected of announcements and stakes as much as is
/// theirs, and what they were paid.
pub fn value(company: &CompanyState, discount_rate: f64) -> Explained {
    let Ownership { stakes, founding, paid, .. } = company.ownership;
    let parts = valuation(company.cash, company.claims, &company.year, discount_rate);
    let whole = [
        (Label::Cash, parts.cash),
        (Label::Claims, parts.claims),
        (Label::ProfitsToCome, parts.to_come),
        (Label::Expected, company.expected),
        (Label::Stakes, stakes),
    ];
    let theirs = whole.map(|(label, yuan)| (label, founding * yuan));
    let all = parts.total() + company.expected + stakes;
    Explained::of(founding * all + paid, theirs.into_iter().chain([(Label::Paid, paid)]))
}

/// The same as far as the outcome of a turn tells.
pub(super) fn value_of(outcome: &Outcome, platform: usize) -> Explained {
    let (value, cash, claims) =
        (outcome.value[platform], outcome.cash[platform], outcome.loans[platform].claims);
    let Ownership { stakes, founding, paid, .. } = outcome.ownership[platform];
    let expected = outcome.expected[platform];
    let to_come = outcome.market_value[platform] - cash - claims - expected - stakes;
    let whole = [
        (Label::Cash, cash),
        (Label::Claims, claims),
        (Label::ProfitsToCome, to_come),
        (Label::Expected, expected),
        (Label::Stakes, stakes),
    ];
    let theirs = whole.map(|(label, yuan)| (label, founding * yuan));
    Explained::of(value, theirs.into_iter().chain([(Label::Paid, paid)]))
}

/// A platform's share of all sales, by category.
pub fn share(outcome: &Outcome, platform: usize) -> Explained {
    let all = outcome.total();
    let part = |sales: f64| crate::sim::state::outcome::ratio(sales, all);
    let sales = outcome.sales_by_category(platform).into_iter().enumerate();
    Explained::of(outcome.share(platform), sales.map(|(c, sales)| (Label::Category(c), part(sales))))
}

/// A platform's sales, by category.
pub fn sales(outcome: &Outcome, platform: usize) -> Explained {
    let sales = outcome.sales_by_category(platform).into_iter().enumerate();
    Explained::of(outcome.gmv(platform), sales.map(|(category, sales)| (Label::Category(category), sales)))
}

/// Shops listed on a platform, by category.
pub fn listed(outcome: &Outcome, platform: usize) -> Explained {
    let categories = 0..outcome.listed.shape()[0];
    Explained::of(
        outcome.merchant_count(platform),
        categories.map(|category| (Label::Category(category), outcome.listed[[category, platform]])),
    )
}

/// People who bought on a platform, by region.
pub fn users(outcome: &Outcome, platform: usize) -> Explained {
    let regions = 0..outcome.users.shape()[0];
    Explained::of(
        outcome.user_count(platform),
        regions.map(|region| (Label::Region(region), outcome.users[[region, platform]])),
    )
}

/// A platform's fees over its sales, by kind of fee.
pub fn take_rate(outcome: &Outcome, platform: usize) -> Explained {
    let sales = outcome.gmv(platform);
    let fees = Flow::ALL.into_iter().filter(|flow| flow.is_fee());
    let part = |flow: Flow| crate::sim::state::outcome::ratio(outcome.flow(platform, flow), sales);
    Explained::of(outcome.take_rate(platform), fees.map(|flow| (Label::Flow(flow), part(flow))))
}

/// What an offer is worth to whoever proposes it, and to the other, yuan a month.
pub fn offer_worth(view: &PlatformView, proposer: usize, other: usize, deal: &Deal) -> [Explained; 2] {
    let worth = worth(view, proposer, other, deal);
    let (first, second) = worth.sums();
    let parts = |lines: &[crate::strategy::worth::Line]| {
        lines.iter().map(|line| (Label::Term(line.term, line.reason), line.yuan)).collect::<Vec<_>>()
    };
    [Explained::of(first, parts(&worth.proposer)), Explained::of(second, parts(&worth.other))]
}
