//! What a level is: checked, complete, and by index.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::MarketParameters;
use crate::calendar::Calendar;
use crate::events::{Condition, LevelEvent};
use crate::goals::{Objective, Step};
use crate::potential::Potential;
use crate::raw::Visibility;
use crate::reference::Case;
use crate::regulator::Regulator;
use crate::services::{IntegrationStep, Service};

/// A checked level: every reference resolved, every number in its range, every default filled in.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Level {
    /// Name: path below `levels/` without `.ron`.
    pub id: String,
    /// Title shown to players.
    pub title: String,
    /// What is at stake.
    pub summary: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What one learns from it.
    pub teaches: String,
    /// Length, seed, population, visibility.
    pub setup: Setup,
    /// Parameters of the market.
    pub market: MarketParameters,
    /// Regions, in the file's order; their index is used everywhere.
    pub regions: Vec<Region>,
    /// Categories, likewise.
    pub categories: Vec<Category>,
    /// Kinds of consumers, at least one.
    pub consumer_segments: Vec<ConsumerSegment>,
    /// Kinds of merchants, at least one.
    pub merchant_segments: Vec<MerchantSegment>,
    /// Seasons and the economy.
    pub calendar: Calendar,
    /// The regulator, if there is one.
    pub regulator: Option<Regulator>,
    /// Companies, in the file's order; their index is used everywhere.
    pub platforms: Vec<Platform>,
    /// θ by pair of platforms: how much a member of one counts for the members of the other. One with itself.
    pub interconnection: Vec<Vec<f64>>,
    /// Wallets, carriers and apps, in the file's order; their index is used everywhere.
    pub services: Vec<Service>,
    /// What it takes to join two companies' systems, by number of [`Step`](crate::services::Step).
    pub integration: Vec<IntegrationStep>,
    /// What may happen.
    pub events: Vec<LevelEvent>,
    /// Names of the flags that events set and read; their place is their number.
    pub flags: Vec<String>,
    /// What seats are to reach.
    pub objectives: Vec<Objective>,
    /// How a newcomer is led through a first game; no steps where there is no tutorial.
    #[serde(skip)]
    pub tutorial: Vec<Step>,
    /// What must come out when the level is played.
    #[serde(skip)]
    pub reference: Vec<Case>,
    /// The text it was read from, with every `--set` applied: what a replay carries.
    #[serde(skip)]
    pub text: String,
    /// What people could spend.
    #[serde(skip)]
    pub(super) potential: Potential,
    /// The level as it was written, where something that happened has changed it.
    #[serde(skip)]
    pub(super) written: Option<Arc<Level>>,
}

/// Length, seed, population, visibility.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Setup {
    /// Number of turns.
    pub turns: u32,
    /// Months after the last turn in which everybody carries on, and by which companies are judged.
    pub aftermath: u32,
    /// Year and month of the first turn.
    pub start: Option<(u32, u32)>,
    /// Seed when none is given.
    pub seed: u64,
    /// Number of consumer agents.
    pub consumers: u32,
    /// Number of merchant agents.
    pub merchants: u32,
    /// Shops that the merchant agents stand for.
    pub shops: f64,
    /// What a CEO sees of its rivals.
    pub visibility: Visibility,
}

/// A region.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Region {
    /// Identifier.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// People who may ever shop online here.
    pub population: f64,
    /// Spending relative to the categories' `monthly_spend`.
    pub income: f64,
    /// Sensitivity to price relative to the market's.
    pub price_sensitivity: f64,
    /// Fraction online at the opening.
    pub online: f64,
    /// Fraction that would ever come online by itself; stores bring in the rest.
    pub online_ceiling: f64,
    /// Sensitivity to delivery relative to the market's.
    pub delivery_sensitivity: f64,
}

/// A category.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Category {
    /// Identifier.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// Yuan a person of income 1 spends on it in a month.
    pub monthly_spend: f64,
    /// Fraction of online people's spending that goes to platforms at the opening; 1: there is no offline option.
    pub online_share: f64,
    /// Yuan that a parcel holds.
    pub parcel_value: f64,
    /// How far people are shown goods instead of searching for them, 0 to 1.
    pub feed: f64,
    /// How many percent more people spend on it when their incomes are one percent higher.
    pub income_elasticity: f64,
}

/// A kind of consumer.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ConsumerSegment {
    /// Identifier.
    pub id: String,
    /// Part of each region's people.
    pub share: f64,
    /// Spending relative to the region's.
    pub income: f64,
    /// Sensitivity to price relative to the region's.
    pub price_sensitivity: f64,
    /// Sensitivity to delivery relative to the region's.
    pub delivery_sensitivity: f64,
}

/// A kind of merchant.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MerchantSegment {
    /// Identifier.
    pub id: String,
    /// Part of each category's merchants.
    pub share: f64,
    /// Median size.
    pub size: f64,
    /// Standard deviation of ln size.
    pub size_spread: f64,
    /// Mean margin before fees.
    pub margin: f64,
    /// Part of fees passed on in prices.
    pub pass_through: f64,
    /// What the quality of deliveries is worth to it, relative to the market's `carrier_quality_worth`.
    pub delivery_worth: f64,
    /// Length of its contracts with carriers, months.
    pub contract_months: u32,
}

/// Most of a company that other companies can own together. What is left to people keeps values finite: of a yuan that goes round a
/// circle of owners a part is lost to them at every step.
pub const MOST_HELD: f64 = 0.9;

/// A company.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Platform {
    /// Identifier; names the seat.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// Cash at the opening, yuan.
    pub cash: f64,
    /// Cost of existing, yuan a month.
    pub fixed_cost: f64,
    /// Engineers whose pay is part of that cost: the work on integration that it can do in a month.
    pub engineers: f64,
    /// Strategy when nobody takes the seat.
    pub strategy: String,
    /// Its marketplace, if it has one.
    pub shop: Option<Shop>,
    /// When it enters the market; nothing where it is there from the start.
    pub enters: Option<Entry>,
    /// Whether it has entered: a newcomer has not in a level as it is written.
    pub here: bool,
    /// The parts of it that other companies own at the opening: by whom, how much.
    pub owners: Vec<(usize, f64)>,
    /// The part of it that the public owns at the opening.
    pub public: f64,
    /// Whether it has closed, for good: nobody has in a level as it is written.
    pub left: bool,
}

/// When a newcomer enters.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub enum Entry {
    /// This turn is its first.
    Turn(u32),
    /// In the turn after the first for which this holds.
    When(Condition),
    /// When an event lets it in.
    Event,
}

/// A marketplace at the opening. Per-category and per-region lists follow the level's order.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Shop {
    /// Fraction of all platforms' sales.
    pub share: f64,
    /// Relative strength by category.
    pub category_strength: Vec<f64>,
    /// Relative strength by region.
    pub region_strength: Vec<f64>,
    /// Utility of the shop itself where the level states it.
    pub appeal: Option<f64>,
    /// Position of taste, 0 to 1.
    pub taste: f64,
    /// Presence that it announces: a fraction of all that could be sold. Only of use where consumers go by it.
    pub announced: f64,
    /// Commission by category.
    pub take_rates: Vec<f64>,
    /// Fee on consumers, a fraction of the price.
    pub consumer_fee: f64,
    /// Part of the screen that is adverts.
    pub advert_load: f64,
    /// Yuan a member pays a month.
    pub membership_fee: f64,
    /// Yuan a member costs a month.
    pub cost_per_member: f64,
    /// Yuan a listed merchant pays a month.
    pub merchant_fee: f64,
    /// Yuan a listed merchant costs a month.
    pub cost_per_merchant: f64,
    /// Monthly brand budget in yuan, where the level states it.
    pub brand_budget: Option<f64>,
    /// Monthly category budget in yuan, where the level states it.
    pub category_budget: Option<f64>,
    /// Monthly marketing budget in yuan, where the level states it.
    pub marketing_budget: Option<f64>,
    /// Monthly governance budget in yuan, where the level states it.
    pub governance_budget: Option<f64>,
}

impl Level {
    /// Number of people who may ever shop online.
    pub fn population(&self) -> f64 {
        self.regions.iter().map(|region| region.population).sum()
    }

    /// Yuan that the people of a region could spend on a category in a month, on platforms or offline.
    pub fn potential(&self, region: usize, category: usize) -> f64 {
        self.potential.of_region_and_category(region, category)
    }

    /// The same over all categories.
    pub fn region_potential(&self, region: usize) -> f64 {
        self.potential.of_region(region)
    }

    /// The same over all regions.
    pub fn category_potential(&self, category: usize) -> f64 {
        self.potential.of_category(category)
    }

    /// The same over all regions and categories.
    pub fn total_potential(&self) -> f64 {
        self.potential.total()
    }

    /// All conditions of events and of newcomers, in the order of their numbers.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let entries = self.platforms.iter().filter_map(|platform| match &platform.enters {
            Some(Entry::When(condition)) => Some(condition),
            _ => None,
        });
        self.events.iter().map(|event| &event.when).chain(entries)
    }

    /// Whether anything may happen by events or newcomers.
    pub fn is_eventful(&self) -> bool {
        !self.events.is_empty() || self.platforms.iter().any(|platform| platform.enters.is_some())
    }

    /// Whether a platform has a shop that stands in the market.
    pub fn sells(&self, platform: usize) -> bool {
        let Platform { shop, here, .. } = &self.platforms[platform];
        shop.is_some() && *here
    }

    /// Indices of the platforms that have a shop, or will have one: the alternatives that consumers choose from, in order.
    pub fn shops(&self) -> Vec<usize> {
        (0..self.platforms.len()).filter(|&platform| self.platforms[platform].shop.is_some()).collect()
    }
}
