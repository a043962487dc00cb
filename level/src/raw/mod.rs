//! What a level file may say, field by field. `check.rs` turns it into a [`Level`](super::Level).

mod reference;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::calendar::RawEconomy;
use super::events::raw::{RawCondition, RawEvent};
use super::goals::Step;
use super::market::RawMarket;
use super::regulator::Regulator;
use super::services::{RawIntegrationStep, RawService};

pub use reference::{RawCase, RawDifference, RawExpectation};

/// A level as written. Every section but `format`, `meta`, `regions`, `categories` and `platforms` has a default.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "level")]
pub struct RawLevel {
    /// Version of the level format; this program reads 1.
    pub format: u32,
    /// Name, title and summary.
    pub meta: RawMeta,
    /// Length, seed, population.
    #[serde(default)]
    pub setup: RawSetup,
    /// Parameters of the market model that differ from their base.
    #[serde(default)]
    pub market: RawMarket,
    /// Where consumers live: city tiers, provinces, one city.
    pub regions: Vec<RawRegion>,
    /// What is sold.
    pub categories: Vec<RawCategory>,
    /// Kinds of consumers; one kind when absent.
    #[serde(default)]
    pub consumer_segments: Vec<RawConsumerSegment>,
    /// Kinds of merchants; one kind when absent.
    #[serde(default)]
    pub merchant_segments: Vec<RawMerchantSegment>,
    /// What people spend on a category in each month, January first, over an average month; by category.
    #[serde(default)]
    pub seasons: BTreeMap<String, Vec<f64>>,
    /// How incomes move; not at all when absent.
    #[serde(default)]
    pub economy: RawEconomy,
    /// The regulator; none when absent.
    #[serde(default)]
    pub regulator: Option<Regulator>,
    /// The companies that compete.
    pub platforms: Vec<RawPlatform>,
    /// Pairs of platforms whose members reach each other, in part.
    #[serde(default)]
    pub interconnection: Vec<RawInterconnection>,
    /// Wallets, carriers and apps.
    #[serde(default)]
    pub services: Vec<RawService>,
    /// Steps of integration that differ from the usual ones, by name.
    #[serde(default)]
    pub integration: BTreeMap<String, RawIntegrationStep>,
    /// What may happen.
    #[serde(default)]
    pub events: Vec<RawEvent>,
    /// What seats are to reach, each with its deadline.
    #[serde(default)]
    pub objectives: Vec<RawObjective>,
    /// How a newcomer is led through a first game.
    #[serde(default)]
    pub tutorial: Vec<Step>,
    /// What must come out when the level is played: `check --play` sees to it.
    #[serde(default)]
    pub reference: Vec<RawCase>,
}

/// Something that a seat is to reach: one of `at_least`, `at_most` and `within`, and one of `by` and `at`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "objective")]
pub struct RawObjective {
    /// Id of the platform whose it is.
    pub seat: String,
    /// What it is called.
    pub title: String,
    /// Name of a metric.
    pub metric: String,
    /// Id of the platform it is taken of; the market when absent.
    pub of: Option<String>,
    /// Region id; all when absent.
    pub region: Option<String>,
    /// Category id; all when absent.
    pub category: Option<String>,
    /// Service id; none when absent.
    pub service: Option<String>,
    /// It is at least this.
    pub at_least: Option<f64>,
    /// It is at most this.
    pub at_most: Option<f64>,
    /// It lies between these.
    pub within: Option<(f64, f64)>,
    /// It must be so after some turn up to this one.
    pub by: Option<u32>,
    /// It must be so after just this turn.
    pub at: Option<u32>,
}

/// A pair of platforms whose network effects are shared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "interconnection")]
pub struct RawInterconnection {
    /// Ids of the two platforms.
    pub between: (String, String),
    /// θ: how much a member of one counts for the members of the other, 0 to 1.
    pub theta: f64,
}

/// What the level is called and about.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "meta")]
pub struct RawMeta {
    /// Name: the file's path below `levels/` without `.ron`.
    pub id: String,
    /// Title shown to players.
    pub title: String,
    /// One or two sentences: what is at stake.
    #[serde(default)]
    pub summary: String,
    /// Who wrote it.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Words to find it by; `default` marks the level that plays when none is named.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What a player or student learns from it.
    #[serde(default)]
    pub teaches: String,
}

/// Length, seed, population and what is public.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default, rename = "setup")]
pub struct RawSetup {
    /// Number of turns; a turn is a month.
    pub turns: u32,
    /// Months after the last turn in which everybody carries on, and by which companies are judged.
    pub aftermath: u32,
    /// Month of the first turn, `"2024-01"`.
    pub start: Option<String>,
    /// Seed of the match when none is given.
    pub seed: u64,
    /// Number of consumer agents; each stands for an equal part of the people of its region and segment.
    pub consumers: u32,
    /// Number of merchant agents; 0 for a market without merchants.
    pub merchants: u32,
    /// Shops that the merchant agents stand for; one for every hundred people when absent.
    pub shops: Option<f64>,
    /// Whether rivals' books (cash, profit, budgets) are open to all.
    pub visibility: Visibility,
}

impl Default for RawSetup {
    fn default() -> Self {
        Self {
            turns: 24,
            aftermath: 12,
            start: None,
            seed: 1,
            consumers: 10_000,
            merchants: 1_200,
            shops: None,
            visibility: Visibility::Public,
        }
    }
}

/// What a CEO sees of its rivals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
pub enum Visibility {
    /// Prices, shares, listings, ratings: what anybody could find out.
    #[default]
    Public,
    /// Also their cash, profit and budgets.
    Books,
}

/// A region.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "region")]
pub struct RawRegion {
    /// Identifier, unique among regions.
    pub id: String,
    /// Name shown; the id when absent.
    pub name: Option<String>,
    /// People who may ever shop online here.
    pub population: f64,
    /// Spending of its people relative to `monthly_spend`.
    #[serde(default = "one")]
    pub income: f64,
    /// Sensitivity to price of its people relative to the market's.
    #[serde(default = "one")]
    pub price_sensitivity: f64,
    /// Fraction of the people who are online when the level opens.
    #[serde(default = "one")]
    pub online: f64,
    /// Fraction of the people who would ever come online by themselves; stores bring in the rest.
    #[serde(default = "one")]
    pub online_ceiling: f64,
    /// Sensitivity to delivery relative to the market's.
    #[serde(default = "one")]
    pub delivery_sensitivity: f64,
}

/// A category of goods.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "category")]
pub struct RawCategory {
    /// Identifier, unique among categories.
    pub id: String,
    /// Name shown; the id when absent.
    pub name: Option<String>,
    /// Yuan a person of income 1 spends on it in a month, on platforms or offline.
    pub monthly_spend: f64,
    /// Fraction of online people's spending that goes to platforms at the opening; 1 for no offline option.
    pub online_share: Option<f64>,
    /// Yuan that a parcel holds.
    #[serde(default = "parcel_value")]
    pub parcel_value: f64,
    /// How far people are shown goods in a feed instead of searching for them, 0 to 1.
    #[serde(default)]
    pub feed: f64,
    /// How many percent more people spend on it when their incomes are one percent higher.
    #[serde(default = "one")]
    pub income_elasticity: f64,
}

/// A kind of consumer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "consumer segment")]
pub struct RawConsumerSegment {
    /// Identifier, unique among consumer segments.
    pub id: String,
    /// Part of each region's people; the parts of all segments sum to one.
    pub share: f64,
    /// Spending relative to the region's.
    #[serde(default = "one")]
    pub income: f64,
    /// Sensitivity to price relative to the region's.
    #[serde(default = "one")]
    pub price_sensitivity: f64,
    /// Sensitivity to delivery relative to the region's.
    #[serde(default = "one")]
    pub delivery_sensitivity: f64,
}

/// A kind of merchant.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "merchant segment")]
pub struct RawMerchantSegment {
    /// Identifier, unique among merchant segments.
    pub id: String,
    /// Part of each category's merchants; the parts of all segments sum to one.
    pub share: f64,
    /// Median sales of such a merchant relative to other segments.
    #[serde(default = "one")]
    pub size: f64,
    /// Standard deviation of ln size.
    #[serde(default = "size_spread")]
    pub size_spread: f64,
    /// Added to the market's mean margin before fees.
    #[serde(default)]
    pub extra_margin: f64,
    /// Part of fees passed on in prices; the market's when absent.
    pub pass_through: Option<f64>,
    /// What the quality of deliveries is worth to it, relative to the market's.
    #[serde(default = "one")]
    pub delivery_worth: f64,
    /// Length of its contracts with carriers, months.
    #[serde(default = "contract_months")]
    pub contract_months: u32,
}

/// A company under one CEO.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "platform")]
pub struct RawPlatform {
    /// Identifier, unique among platforms; names the seat.
    pub id: String,
    /// Name shown; the id when absent.
    pub name: Option<String>,
    /// Cash at the opening, in yuan.
    pub cash: f64,
    /// Cost of existing, in yuan a month.
    #[serde(default)]
    pub fixed_cost: f64,
    /// Engineers whose pay is part of that cost: engineer-months of integration work a month.
    #[serde(default = "engineers")]
    pub engineers: f64,
    /// Strategy that plays it when nobody takes the seat; `passive` when absent.
    pub strategy: Option<String>,
    /// Its marketplace. Absent: an ordinary shop; `None`: no shop, so that it stands in no choice set.
    #[serde(default = "ordinary_shop")]
    pub shop: Option<RawShop>,
    /// When it enters the market, unknown and without merchants; it is there from the start when absent.
    #[serde(default)]
    pub enters: Option<RawEntry>,
    /// The parts of it that other companies own at the opening, by their ids; founders own what is left.
    #[serde(default)]
    pub owners: BTreeMap<String, f64>,
    /// The part of it that the public owns at the opening.
    #[serde(default)]
    pub public: f64,
}

/// When a newcomer enters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum RawEntry {
    /// This turn is its first.
    Turn(u32),
    /// In the turn after the first for which this holds.
    When(RawCondition),
    /// When an event lets it in.
    Event,
}

/// A marketplace at the opening.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename = "shop")]
pub struct RawShop {
    /// Fraction of all platforms' sales at the opening; an equal part of what others leave when absent.
    pub share: Option<f64>,
    /// Strength by category: how many times its overall share it has there, before totals are balanced.
    pub category_strength: BTreeMap<String, f64>,
    /// Strength by region, likewise.
    pub region_strength: BTreeMap<String, f64>,
    /// Utility of the shop itself, stated instead of derived from `share`; for textbook levels. For a newcomer, how much
    /// more it is than the mean of those there.
    pub appeal: Option<f64>,
    /// Position of taste, 0 to 1; evenly spread over the shops when absent.
    pub taste: Option<f64>,
    /// Presence that the shop announces, a fraction of all that could be sold; for `expectations: Announced`.
    pub announced: Option<f64>,
    /// Commission on sales, a fraction.
    pub take_rate: Option<f64>,
    /// Commissions of single categories that differ.
    pub take_rates: BTreeMap<String, f64>,
    /// Fee on consumers, a fraction of the price.
    pub consumer_fee: f64,
    /// Part of the screen that is adverts.
    pub advert_load: Option<f64>,
    /// Yuan a consumer pays a month for being a member.
    pub membership_fee: f64,
    /// What a member costs the platform, in yuan a month.
    pub cost_per_member: f64,
    /// Yuan a merchant pays a month for being listed.
    pub merchant_fee: f64,
    /// What a listed merchant costs the platform, in yuan a month.
    pub cost_per_merchant: f64,
    /// Monthly brand budget in yuan.
    pub brand_budget: Option<f64>,
    /// Monthly budget for category strength in yuan, spread by sales.
    pub category_budget: Option<f64>,
    /// Monthly marketing budget in yuan, spread over regions by potential sales.
    pub marketing_budget: Option<f64>,
    /// Monthly governance budget in yuan.
    pub governance_budget: Option<f64>,
}

fn parcel_value() -> f64 {
    100.0
}

fn contract_months() -> u32 {
    12
}

fn engineers() -> f64 {
    100.0
}

fn one() -> f64 {
    1.0
}

fn size_spread() -> f64 {
    0.8
}

fn ordinary_shop() -> Option<RawShop> {
    Some(RawShop::default())
}
