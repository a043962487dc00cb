//! Companies: what they ask, what they spend, what they have built up. One entity each.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use super::CurrentLevel;
use super::dealings::Dealings;
use super::grid::Grid;
use super::institutions::agreements::{Negotiations, News};
use super::institutions::relations::Relations;
use super::ledger::Ledger;
use super::orders::Refusal;
use super::outcome::Outcome;
use super::services::{Engineering, ServiceState, in_order};
use crate::level::{Level, MarketParameters};
use crate::order::{Audience, Orders};

/// A company's place in the level's list of platforms.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Company(pub usize);

/// A price cut for some buyers of a category in a region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coupon {
    /// Whom it is for.
    pub audience: Audience,
    /// Fraction of the price.
    pub depth: f64,
}

/// What a platform asks of its users: public, and standing until ordered otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
}

impl Budgets {
    /// All of them together.
    pub fn total(&self) -> f64 {
        let lists = [&self.categories, &self.marketing, &self.visits, &self.stores];
        let single = self.brand + self.governance + self.engineering + self.invitations;
        single + lists.into_iter().flatten().sum::<f64>()
    }
}

/// What a company does until ordered otherwise.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// Public part.
    pub prices: Prices,
    /// Secret part.
    pub budgets: Budgets,
}

/// What this turn's cash allows of the policy.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct Funded {
    /// Factor on every budget.
    pub budgets: f64,
    /// Factor on the depth of every coupon.
    pub coupons: f64,
    /// Yuan left for coupons after budgets; nobody is paid more.
    pub coupon_cash: f64,
}

/// What past spending has built up: sustained monthly spending, fading at `stock_decay`.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stocks {
    /// Yuan a month.
    pub brand: f64,
    /// Yuan a month by category.
    pub categories: Vec<f64>,
    /// Stores, in yuan a month by region.
    pub stores: Vec<f64>,
    /// What sales have told about people, in months of all potential sales times `data_yield`.
    pub data: f64,
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

/// The last twelve months, oldest first, in yuan: what a company's value is judged by.
#[derive(Component, Clone, Debug, Default, PartialEq)]
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
            let over = months.len().saturating_sub(super::value::YEAR);
            months.drain(..over);
        }
    }

    /// Whether it is a whole year: growth is judged by no less.
    pub fn judges_growth(&self) -> bool {
        self.profits.len() >= super::value::YEAR
    }
}

/// This turn's orders by platform; emptied when they are carried out.
#[derive(Resource, Clone, Debug, Default)]
pub struct PendingOrders(pub Vec<Orders>);

/// Orders of this turn that were not legal, by platform.
#[derive(Resource, Clone, Debug, Default)]
pub struct Refusals(pub Vec<Vec<Refusal>>);

/// Fraction of sales lost to fraud: governance spending halves it at `governance_reference`.
pub fn fraud_rate(governance: f64, sales: f64, market: &MarketParameters) -> f64 {
    let reference = market.governance_reference * sales;
    let policed = if governance > 0.0 { governance / (governance + reference) } else { 0.0 };
    market.fraud_rate * (1.0 - policed)
}

/// Where trust tends to at a rate of fraud.
pub fn trust_target(fraud: f64, market: &MarketParameters) -> f64 {
    (1.0 - market.trust_slope * fraud).clamp(0.0, 1.0)
}

/// Carries out the turn's orders of all companies, phase by phase.
pub(super) fn apply_orders(
    level: Res<CurrentLevel>,
    ledger: Res<Ledger>,
    outcome: Res<Outcome>,
    relations: Res<Relations>,
    (mut pending, mut refusals): (ResMut<PendingOrders>, ResMut<Refusals>),
    (mut negotiations, mut news): (ResMut<Negotiations>, ResMut<News>),
    mut companies: Query<(&Company, &mut Policy, &mut Engineering)>,
    mut services: Query<&mut ServiceState>,
) {
    let platforms = level.0.platforms.len();
    let mut sides: Vec<_> = companies.iter_mut().collect();
    sides.sort_by_key(|(company, ..)| company.0);
    negotiations.penalties.clear();
    news.0.clear();
    let mut states: Vec<ServiceState> = services.iter().cloned().collect();
    states.sort_by_key(|service| service.number);
    states.iter_mut().for_each(|service| service.built = 0.0);
    let mut dealings = Dealings {
        level: &level.0,
        policies: sides.iter().map(|(_, policy, _)| (**policy).clone()).collect(),
        engineering: sides.iter().map(|(.., engineering)| (**engineering).clone()).collect(),
        held_by_nobody: held_by_nobody(&level.0, &outcome),
        rooms: states.iter().map(|service| service.capacity).collect(),
        services: states,
        negotiations: &mut negotiations,
        relations: &relations,
        news: &mut news.0,
        cash: (0..platforms).map(|platform| ledger.cash(platform)).collect(),
        sales: (0..platforms).map(|platform| outcome.sales_by_category(platform)).collect(),
        ends: Vec::new(),
    };
    let mut orders = std::mem::take(&mut pending.0);
    orders.resize(platforms, Orders::new());
    refusals.0 = dealings.carry_out(orders);
    let Dealings { policies, engineering, services: states, .. } = dealings;
    for (((_, policy, engineers), new_policy), new_engineers) in
        sides.iter_mut().zip(policies).zip(engineering)
    {
        **policy = new_policy;
        **engineers = new_engineers;
    }
    for mut service in &mut services {
        *service = states[service.number].clone();
    }
}

/// Which services are wallets that nobody holds.
pub(super) fn held_by_nobody(level: &Level, outcome: &Outcome) -> Vec<bool> {
    let mut nobody = vec![false; level.services.len()];
    for (place, (number, _)) in level.wallets().into_iter().enumerate() {
        nobody[number] = (0..level.regions.len()).all(|region| outcome.holders[[region, place]] == 0.0);
    }
    nobody
}

/// Binds spending by cash: budgets first, coupons by what is left.
pub(super) fn fund(
    level: Res<CurrentLevel>,
    ledger: Res<Ledger>,
    outcome: Res<Outcome>,
    services: Query<&ServiceState>,
    mut companies: Query<(&Company, &Policy, &mut Funded)>,
) {
    let services = in_order(services.iter());
    for (&Company(platform), policy, mut funded) in &mut companies {
        let own = services.iter().filter(|service| level.0.services[service.number].owner == Some(platform));
        let building = own.map(|service| service.built).sum::<f64>() * level.0.market.capacity_cost;
        *funded = funding(&level.0, platform, policy, ledger.cash(platform) - building, &outcome);
    }
}

/// What a company's cash allows of its policy. Coupons are backed in full: their depth is cut to what the cash left
/// would pay if every buyer they are meant for who reconsiders in a usual month came, so that a deep promise on an
/// empty purse attracts nobody.
pub fn funding(level: &Level, platform: usize, policy: &Policy, cash: f64, outcome: &Outcome) -> Funded {
    let cash = cash.max(0.0);
    let budgets = policy.budgets.total();
    let factor = if budgets > cash { cash / budgets } else { 1.0 };
    let left = cash - budgets * factor;
    let mut exposure = 0.0;
    for region in 0..level.regions.len() {
        for category in 0..level.categories.len() {
            let coupon = policy.prices.coupons[[region, category]];
            if coupon.depth > 0.0 {
                let own = outcome.sales[[region, category, platform]];
                let all = level.potential(region, category) * outcome.online[region];
                let reconsidering = level.market.reconsideration * (all - own).max(0.0);
                let staying = if coupon.audience == Audience::Everyone { own } else { 0.0 };
                exposure += coupon.depth * (reconsidering + staying);
            }
        }
    }
    let coupons = if exposure > left { left / exposure } else { 1.0 };
    Funded { budgets: factor, coupons, coupon_cash: left }
}

/// Stocks fade and grow by what was spent; trust moves slowly towards what fraud deserves, faster down than up.
pub(super) fn adapt(
    level: Res<CurrentLevel>,
    outcome: Res<Outcome>,
    mut companies: Query<(&Company, &Policy, &Funded, &mut Stocks, &mut Trust)>,
) {
    let market = &level.0.market;
    for (&Company(platform), policy, funded, mut stocks, mut trust) in &mut companies {
        if level.0.platforms[platform].shop.is_none() {
            continue;
        }
        let accrue = |stock: &mut f64, budget: f64| {
            *stock += market.stock_decay * (budget * funded.budgets - *stock);
        };
        accrue(&mut stocks.brand, policy.budgets.brand);
        let Stocks { categories, stores, .. } = &mut *stocks;
        let by_part = categories.iter_mut().zip(&policy.budgets.categories);
        let by_part = by_part.chain(stores.iter_mut().zip(&policy.budgets.stores));
        by_part.for_each(|(stock, &budget)| accrue(stock, budget));
        let target = trust_target(outcome.fraud[platform], market);
        let speed = if target > trust.0 { market.trust_rise } else { market.trust_fall };
        trust.0 += speed * (target - trust.0);
    }
}
