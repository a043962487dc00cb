//! What happened in a turn: plain numbers that metrics, views, records and screens are made from.

use bevy::prelude::Resource;
use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::sim::grid::Grid;
use crate::sim::state::capital::Ownership;
use crate::sim::state::events::Event;
use crate::sim::state::flow::Flow;
use crate::sim::state::loans::LoanFigures;

/// Where companies stand some months after a match, in which everybody carried on: by platform, yuan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hindsight {
    /// How many months.
    pub months: u32,
    /// Value after them.
    pub value: Vec<f64>,
    /// Cash after them.
    pub cash: Vec<f64>,
}

/// The result of a turn, or of the opening (turn 0). Lists are by platform index unless said otherwise; money is in
/// yuan a month, people in people.
#[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Turn, from 1; 0 for the opening.
    pub turn: u32,
    /// What people spend in its month over what they do in a usual one, by category.
    #[serde(default)]
    pub spending: Vec<f64>,
    /// The index of the economy.
    #[serde(default)]
    pub economy: f64,
    /// Sales by region, category and platform, repeat purchases included, coupons and fees not taken off.
    pub sales: Grid<3>,
    /// Spending of online people outside the platforms, by region and category.
    pub offline: Grid<2>,
    /// People who bought at least once, by region and platform.
    pub users: Grid<2>,
    /// People who bought in the turn before.
    pub users_before: Vec<f64>,
    /// Those of them who did not buy in this one.
    pub lost: Vec<f64>,
    /// People who may ever shop online, by region.
    pub people: Vec<f64>,
    /// Fraction of online people who know the platform, by region and platform.
    pub awareness: Grid<2>,
    /// Fraction of people online, by region, during the turn.
    pub online: Vec<f64>,
    /// Shops listed, by category and platform.
    pub listed: Grid<2>,
    /// Part of the category's merchants that list there, by size; by category and platform.
    pub variety: Grid<2>,
    /// Merchants' price relative to one without fees, by category and platform.
    pub price: Grid<2>,
    /// How far each platform's policing sees anything, 0 to 1.
    #[serde(default)]
    pub visibility: Vec<f64>,
    /// Fraction of sales lost to fraud.
    pub fraud: Vec<f64>,
    /// Trust at the end of the turn.
    pub trust: Vec<f64>,
    /// Sales paid with each wallet, by platform and wallet.
    pub payments: Grid<2>,
    /// Fraction of online people who hold each wallet, by region and wallet.
    pub holders: Grid<2>,
    /// Fraction of online people whose habit each wallet is, by region and wallet.
    pub habitual: Grid<2>,
    /// Parcels by platform whose merchants sent them and carrier.
    pub parcels: Grid<2>,
    /// Parcels that each carrier had room for, last; nothing where it hires as it needs.
    pub room: Vec<Option<f64>>,
    /// Quality of deliveries by region, category and platform.
    pub delivery: Grid<3>,
    /// Sales that each app referred, by platform and app.
    pub referred: Grid<2>,
    /// How well each platform matches people and goods, 0 to 1.
    pub matching: Vec<f64>,
    /// What each platform's AI does, 0 to 1.
    #[serde(default)]
    pub ai: Vec<f64>,
    /// What each service earned less what it cost, whoever owns it, by service.
    pub service_profit: Vec<f64>,
    /// The part of that which moves with what is sold.
    #[serde(default)]
    pub service_moving: Vec<f64>,
    /// What happened between companies.
    pub news: Vec<Event>,
    /// Agreements in force, by platform.
    pub agreements: Vec<f64>,
    /// What others think of each platform on average, −1 to 1.
    pub opinion: Vec<f64>,
    /// What people think of each platform, −1 to 1.
    #[serde(default)]
    pub public_opinion: Vec<f64>,
    /// What this turn's deeds did to that, by platform and kind ([`PublicDeed`](crate::sim::rules::opinion::PublicDeed)).
    #[serde(default)]
    pub public_deeds: Vec<[f64; 5]>,
    /// What weighs on each platform's file with the regulator.
    #[serde(default)]
    pub attention: Vec<f64>,
    /// Services of others that each platform uses: an app counts from links that jump on.
    pub integrated: Vec<f64>,
    /// Integration projects under way, by platform.
    pub projects: Vec<f64>,
    /// What each company is worth as a whole, stakes included.
    #[serde(default)]
    pub market_value: Vec<f64>,
    /// Each company's stakes, and whose it is.
    #[serde(default)]
    pub ownership: Vec<Ownership>,
    /// How loans stand, by platform.
    #[serde(default)]
    pub loans: Vec<LoanFigures>,
    /// One where an administrator runs a company or it has closed, zero for all others.
    #[serde(default)]
    pub insolvent: Vec<f64>,
    /// What each company received or paid, by platform and flow, in fen.
    pub flows: Vec<Vec<i128>>,
    /// All operating postings.
    pub profit: Vec<f64>,
    /// Cash at the end of the turn.
    pub cash: Vec<f64>,
    /// The same in fen: a number of yuan has no more than 53 bits.
    pub cash_in_fen: Vec<i128>,
    /// What each company is worth at the end of the turn to those who owned it when the match began, dividends that they had included.
    pub value: Vec<f64>,
    /// What of it is expected of announcements beyond what profits show.
    #[serde(default)]
    pub expected: Vec<f64>,
    /// What became of it when everybody carried on. Only after the last turn of a match.
    #[serde(default)]
    pub in_hindsight: Option<Hindsight>,
    /// Buyers of each platform who bought elsewhere too; `None` where not measured.
    #[serde(default)]
    pub elsewhere: Option<Vec<f64>>,
    /// Expected utility of a choice (logsum), mean over the choices made; `None` where not measured.
    pub consumer_utility: Option<f64>,
    /// What having the platforms is worth to consumers against buying offline, in yuan a month; against utility
    /// zero where there is no offline option. `None` where not measured.
    pub consumer_surplus: Option<f64>,
}

impl Outcome {
    /// Nothing sold in the month of a turn.
    pub fn of_turn(level: &Level, turn: u32) -> Self {
        let categories = 0..level.categories.len();
        Self {
            turn,
            spending: categories.map(|category| level.spending(category, turn)).collect(),
            economy: level.calendar.economy(turn),
            ..Self::empty(level)
        }
    }

    /// Nothing sold, everything at zero.
    pub fn empty(level: &Level) -> Self {
        let (regions, categories, platforms) =
            (level.regions.len(), level.categories.len(), level.platforms.len());
        Self {
            turn: 0,
            spending: vec![1.0; categories],
            economy: 1.0,
            sales: Grid::filled([regions, categories, platforms], 0.0),
            offline: Grid::filled([regions, categories], 0.0),
            users: Grid::filled([regions, platforms], 0.0),
            users_before: vec![0.0; platforms],
            lost: vec![0.0; platforms],
            people: level.regions.iter().map(|region| region.population).collect(),
            awareness: Grid::filled([regions, platforms], 0.0),
            online: vec![0.0; regions],
            listed: Grid::filled([categories, platforms], 0.0),
            variety: Grid::filled([categories, platforms], 0.0),
            price: Grid::filled([categories, platforms], 1.0),
            visibility: vec![1.0; platforms],
            fraud: vec![0.0; platforms],
            trust: vec![0.0; platforms],
            payments: Grid::filled([platforms, level.wallets().len()], 0.0),
            holders: Grid::filled([regions, level.wallets().len()], 0.0),
            habitual: Grid::filled([regions, level.wallets().len()], 0.0),
            parcels: Grid::filled([platforms, level.carriers().len()], 0.0),
            room: vec![None; level.carriers().len()],
            delivery: Grid::filled([regions, categories, platforms], 0.0),
            referred: Grid::filled([platforms, level.apps().len()], 0.0),
            matching: vec![0.0; platforms],
            ai: vec![0.0; platforms],
            service_profit: vec![0.0; level.services.len()],
            service_moving: vec![0.0; level.services.len()],
            news: Vec::new(),
            agreements: vec![0.0; platforms],
            opinion: vec![0.0; platforms],
            public_opinion: vec![0.0; platforms],
            public_deeds: vec![[0.0; 5]; platforms],
            attention: vec![0.0; platforms],
            integrated: vec![0.0; platforms],
            projects: vec![0.0; platforms],
            market_value: vec![0.0; platforms],
            ownership: vec![Ownership::default(); platforms],
            loans: vec![LoanFigures::default(); platforms],
            insolvent: level.platforms.iter().map(|platform| f64::from(u8::from(platform.left))).collect(),
            flows: vec![vec![0; Flow::ALL.len()]; platforms],
            profit: vec![0.0; platforms],
            cash: vec![0.0; platforms],
            cash_in_fen: vec![0; platforms],
            value: vec![0.0; platforms],
            expected: vec![0.0; platforms],
            in_hindsight: None,
            elsewhere: None,
            consumer_utility: None,
            consumer_surplus: None,
        }
    }

    fn regions(&self) -> std::ops::Range<usize> {
        0..self.sales.shape()[0]
    }

    fn categories(&self) -> std::ops::Range<usize> {
        0..self.sales.shape()[1]
    }

    /// What companies are worth: as judged at the end of a match, as outsiders judge before.
    pub fn worth(&self) -> &[f64] {
        self.in_hindsight.as_ref().map_or(&self.value, |later| &later.value)
    }

    /// Platform indices.
    pub fn platforms(&self) -> std::ops::Range<usize> {
        0..self.sales.shape()[2]
    }

    /// A platform's sales in a category.
    pub fn category_sales(&self, category: usize, platform: usize) -> f64 {
        self.regions().map(|region| self.sales[[region, category, platform]]).sum()
    }

    /// A platform's sales in a region.
    pub fn region_sales(&self, region: usize, platform: usize) -> f64 {
        self.categories().map(|category| self.sales[[region, category, platform]]).sum()
    }

    /// A platform's sales by category.
    pub fn sales_by_category(&self, platform: usize) -> Vec<f64> {
        self.categories().map(|category| self.category_sales(category, platform)).collect()
    }

    /// A platform's sales.
    pub fn gmv(&self, platform: usize) -> f64 {
        self.regions().map(|region| self.region_sales(region, platform)).sum()
    }

    /// Sales of all platforms.
    pub fn total(&self) -> f64 {
        self.sales.cells().iter().sum()
    }

    /// People who bought on a platform.
    pub fn user_count(&self, platform: usize) -> f64 {
        self.regions().map(|region| self.users[[region, platform]]).sum()
    }

    /// Shops listed on a platform; one that lists in several categories would count in each.
    pub fn merchant_count(&self, platform: usize) -> f64 {
        self.categories().map(|category| self.listed[[category, platform]]).sum()
    }

    /// What a company received (or, negative, paid) under a heading.
    pub fn flow(&self, platform: usize, flow: Flow) -> f64 {
        self.flows[platform][flow as usize] as f64 / 100.0
    }

    /// All operating postings of a company, in fen.
    pub fn profit_in_fen(&self, platform: usize) -> i128 {
        let operating = Flow::ALL.into_iter().filter(|flow| flow.is_operating());
        operating.map(|flow| self.flows[platform][flow as usize]).sum()
    }

    /// Part of a platform's sales to people with no wallet that it takes; nothing where there are none at all.
    pub fn without_wallet(&self, platform: usize) -> f64 {
        let [_, wallets] = self.payments.shape();
        let paid: f64 = (0..wallets).map(|wallet| self.payments[[platform, wallet]]).sum();
        let sold = self.gmv(platform);
        if wallets > 0 && sold > 0.0 { (1.0 - paid / sold).max(0.0) } else { 0.0 }
    }

    /// Fees over sales.
    pub fn take_rate(&self, platform: usize) -> f64 {
        let fees: f64 =
            Flow::ALL.into_iter().filter(|flow| flow.is_fee()).map(|flow| self.flow(platform, flow)).sum();
        ratio(fees, self.gmv(platform))
    }

    /// Fraction of all platforms' sales.
    pub fn share(&self, platform: usize) -> f64 {
        ratio(self.gmv(platform), self.total())
    }

    /// Fraction of all platforms' sales in a category.
    pub fn category_share(&self, category: usize, platform: usize) -> f64 {
        let all = self.platforms().map(|other| self.category_sales(category, other)).sum();
        ratio(self.category_sales(category, platform), all)
    }

    /// Fraction of all platforms' sales in a region.
    pub fn region_share(&self, region: usize, platform: usize) -> f64 {
        let all = self.platforms().map(|other| self.region_sales(region, other)).sum();
        ratio(self.region_sales(region, platform), all)
    }

    /// Herfindahl–Hirschman index of sales, 0 to 1.
    pub fn hhi(&self) -> f64 {
        self.platforms().map(|platform| self.share(platform) * self.share(platform)).sum()
    }
}

/// A ratio that is zero where there is nothing to divide by.
pub fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
