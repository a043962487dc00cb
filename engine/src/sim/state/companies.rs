//! Companies: what they ask, what they spend, what they have built up. One entity each.

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::level::{Level, MarketParameters};
use crate::order::Audience;
use crate::sim::grid::Grid;
use crate::sim::state::capital::Ownership;
use crate::sim::state::loans::Credit;

/// A company's place in the level's list of platforms.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Company(pub usize);

/// A price cut for some buyers of a category in a region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coupon {
    /// Whom it is for.
    pub audience: Audience,
    /// Fraction of the price.
    pub depth: f64,
}

/// What a platform asks of its users: public, and standing until ordered otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Prices {
    /// Commission by category.
    pub take_rates: Vec<f64>,
    /// Fee on consumers by region and category.
    pub consumer_fees: Grid<2>,
    /// Coupons by region and category.
    pub coupons: Grid<2, Coupon>,
    /// Part of the screen that is adverts.
    pub advert_load: f64,
    /// Yuan a member pays a month.
    pub membership_fee: f64,
    /// Yuan a listed merchant pays a month.
    pub merchant_fee: f64,
    /// Whether merchants who list here may list nowhere else.
    pub exclusive: bool,
    /// What it lends on, to whom, and with whose money.
    #[serde(default)]
    pub credit: Credit,
}

impl Prices {
    /// What merchants pay the platform on their sales in a category: commission and adverts, as a fraction of sales.
    pub fn merchant_fees(&self, category: usize, market: &MarketParameters) -> f64 {
        self.take_rates[category] + self.adverts(market)
    }

    /// What merchants pay for adverts, as a fraction of sales. They bid what a place is worth to them, so that it costs them nothing on
    /// balance (Anderson and Coate 2005), and each further place goes to the next lower bid. Bids are distributed exponentially:
    /// `advert_yield` · `advert_depth` · (1 − exp(−load / `advert_depth`)).
    pub fn adverts(&self, market: &MarketParameters) -> f64 {
        let depth = market.advert_depth;
        market.advert_yield * depth * -libm::expm1(-self.advert_load / depth)
    }
}

/// What a platform means to spend, in yuan a month: its own secret, and standing until ordered otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Budgets {
    /// Brand.
    pub brand: f64,
    /// Strength by category.
    pub categories: Vec<f64>,
    /// Marketing by region.
    pub marketing: Vec<f64>,
    /// Policing sellers.
    pub governance: f64,
    /// Engineers beyond those the company has.
    pub engineering: f64,
    /// Rewards for inviting friends.
    pub invitations: f64,
    /// Visits bought, by app.
    pub visits: Vec<f64>,
    /// Stores by region.
    pub stores: Vec<f64>,
    /// Artificial intelligence.
    pub ai: f64,
}

impl Budgets {
    /// Nothing is spent any more.
    pub fn clear(&mut self) {
        let Self { brand, categories, marketing, governance, engineering, invitations, visits, stores, ai } =
            self;
        let lists = [categories, marketing, visits, stores].into_iter().flatten();
        lists.chain([brand, governance, engineering, invitations, ai]).for_each(|budget| *budget = 0.0);
    }

    /// All of them together.
    pub fn total(&self) -> f64 {
        let lists = [&self.categories, &self.marketing, &self.visits, &self.stores];
        let single = self.brand + self.governance + self.engineering + self.invitations + self.ai;
        single + lists.into_iter().flatten().sum::<f64>()
    }
}

/// What a company does until ordered otherwise.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Policy {
    /// Public part.
    pub prices: Prices,
    /// Secret part.
    pub budgets: Budgets,
}

/// What this turn's cash allows of the policy.
#[derive(Component, Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Funded {
    /// Factor on every budget.
    pub budgets: f64,
    /// Factor on the depth of every coupon.
    pub coupons: f64,
    /// Yuan left for coupons after budgets; nobody is paid more.
    pub coupon_cash: f64,
}

/// What past spending has built up: sustained monthly spending, fading at `stock_decay`.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stocks {
    /// Yuan a month.
    pub brand: f64,
    /// Yuan a month by category.
    pub categories: Vec<f64>,
    /// Stores, in yuan a month by region.
    pub stores: Vec<f64>,
    /// What sales have told about people, in months of all potential sales times `data_yield`.
    pub data: f64,
    /// Capability in AI, yuan a month.
    pub ai: f64,
}

impl Stocks {
    /// Utility of the brand: concave, so that the first yuan is worth most.
    pub fn brand_utility(&self, level: &Level) -> f64 {
        let reference = level.market.brand_reference * level.total_potential();
        level.market.brand_effect * libm::log1p(self.brand / reference)
    }

    /// Utility of stores nearby.
    pub fn store_utility(&self, region: usize, level: &Level) -> f64 {
        let reference = level.market.marketing_reference * level.region_potential(region);
        level.market.store_effect * libm::log1p(self.stores[region] / reference)
    }

    /// Utility of strength in a category.
    pub fn category_utility(&self, category: usize, level: &Level) -> f64 {
        let reference = level.market.category_reference * level.category_potential(category);
        level.market.category_effect * libm::log1p(self.categories[category] / reference)
    }
}

/// How far buyers trust the platform, 0 to 1.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
pub struct Trust(pub f64);

/// The last twelve months, oldest first, in yuan, each as it would have been in a usual month: what a company's value is
/// judged by.
#[derive(Component, Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct PastYear {
    /// Profits.
    pub profits: Vec<f64>,
    /// Sales of its shop; all zero without one.
    pub sales: Vec<f64>,
}

impl PastYear {
    /// Adds a month, and forgets the one a year before.
    pub fn add(&mut self, profit: f64, sales: f64) {
        for (months, month) in [(&mut self.profits, profit), (&mut self.sales, sales)] {
            months.push(month);
            let over = months.len().saturating_sub(YEAR);
            months.drain(..over);
        }
    }
}

/// Months that growth is judged by.
pub(in crate::sim) const YEAR: usize = 12;

/// A company's state, hidden parts included: what its own CEO knows.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CompanyState {
    /// Prices and budgets.
    pub policy: Policy,
    /// What cash allowed of them last turn.
    pub funded: Funded,
    /// What past spending has built.
    pub stocks: Stocks,
    /// Trust, 0 to 1.
    pub trust: f64,
    /// Its last year.
    pub year: PastYear,
    /// Yuan.
    pub cash: f64,
    /// What borrowers owe it, in yuan.
    pub claims: f64,
    /// Its stakes, and whose it is.
    pub ownership: Ownership,
    /// What its value holds of announcements beyond what profits show, in yuan.
    pub expected: f64,
}
