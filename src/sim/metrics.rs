//! Everything that is measured, by name: pure functions of an outcome. Records, charts, conditions of levels and
//! scores use these and nothing else.

use super::ledger::Flow;
use super::outcome::{Outcome, ratio};

/// What a metric is taken of. Indices follow the level's order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// One platform; absent: the market.
    pub platform: Option<usize>,
    /// One region; absent: all.
    pub region: Option<usize>,
    /// One category; absent: all.
    pub category: Option<usize>,
}

impl Scope {
    /// The whole market.
    pub const MARKET: Self = Self { platform: None, region: None, category: None };

    /// One platform, everywhere.
    pub fn platform(platform: usize) -> Self {
        Self { platform: Some(platform), ..Self::MARKET }
    }
}

/// What a metric counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 0 to 1.
    Fraction,
    /// Relative to something that counts as 1.
    Ratio,
    /// Yuan a month, or yuan.
    Yuan,
    /// People or shops.
    Count,
    /// Utility.
    Utility,
}

/// A named measure.
pub struct Metric {
    /// Name in records, levels and on the command line.
    pub name: &'static str,
    /// Meaning, in a sentence.
    pub meaning: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// Its value, or nothing where it has no meaning for the scope or was not measured.
    pub of: fn(&Outcome, Scope) -> Option<f64>,
}

/// Every metric there is.
pub const METRICS: &[Metric] = &[
    Metric {
        name: "gmv",
        meaning: "Sales, repeat purchases included",
        unit: Unit::Yuan,
        of: |o, s| Some(sales(o, s)),
    },
    Metric { name: "share", meaning: "Part of all platforms' sales", unit: Unit::Fraction, of: share },
    Metric { name: "users", meaning: "People who bought at least once", unit: Unit::Count, of: users },
    Metric {
        name: "reach",
        meaning: "Part of all people who bought at least once",
        unit: Unit::Fraction,
        of: reach,
    },
    Metric {
        name: "churn",
        meaning: "Part of last turn's users who bought nothing",
        unit: Unit::Fraction,
        of: churn,
    },
    Metric {
        name: "awareness",
        meaning: "Part of online people who know it",
        unit: Unit::Fraction,
        of: awareness,
    },
    Metric { name: "online", meaning: "Part of all people who are online", unit: Unit::Fraction, of: online },
    Metric { name: "merchants", meaning: "Shops listed", unit: Unit::Count, of: merchants },
    Metric {
        name: "variety",
        meaning: "Part of merchants listed, by size",
        unit: Unit::Fraction,
        of: variety,
    },
    Metric { name: "price", meaning: "Merchants' price over one without fees", unit: Unit::Ratio, of: price },
    Metric {
        name: "take_rate",
        meaning: "Fees over sales",
        unit: Unit::Fraction,
        of: |o, s| own(s, |p| o.take_rate(p)),
    },
    Metric {
        name: "profit",
        meaning: "All operating postings",
        unit: Unit::Yuan,
        of: |o, s| own(s, |p| o.profit[p]),
    },
    Metric {
        name: "cash",
        meaning: "Cash at the end of the turn",
        unit: Unit::Yuan,
        of: |o, s| own(s, |p| o.cash[p]),
    },
    Metric {
        name: "value",
        meaning: "Cash and profits to come",
        unit: Unit::Yuan,
        of: |o, s| own(s, |p| o.value[p]),
    },
    Metric {
        name: "trust",
        meaning: "Trust of buyers",
        unit: Unit::Fraction,
        of: |o, s| own(s, |p| o.trust[p]),
    },
    Metric {
        name: "fraud",
        meaning: "Part of sales lost to it",
        unit: Unit::Fraction,
        of: |o, s| own(s, |p| o.fraud[p]),
    },
    Metric {
        name: "coupons",
        meaning: "Paid for coupons",
        unit: Unit::Yuan,
        of: |o, s| spent(o, s, Flow::Coupons),
    },
    Metric {
        name: "brand",
        meaning: "Spent on brand",
        unit: Unit::Yuan,
        of: |o, s| spent(o, s, Flow::Brand),
    },
    Metric {
        name: "categories",
        meaning: "Spent on categories",
        unit: Unit::Yuan,
        of: |o, s| spent(o, s, Flow::Categories),
    },
    Metric {
        name: "marketing",
        meaning: "Spent on marketing",
        unit: Unit::Yuan,
        of: |o, s| spent(o, s, Flow::Marketing),
    },
    Metric {
        name: "governance",
        meaning: "Spent on governance",
        unit: Unit::Yuan,
        of: |o, s| spent(o, s, Flow::Governance),
    },
    Metric { name: "hhi", meaning: "Sum of squared shares", unit: Unit::Fraction, of: hhi },
    Metric {
        name: "online_sales",
        meaning: "Part of online people's spending on platforms",
        unit: Unit::Fraction,
        of: online_sales,
    },
    Metric {
        name: "consumer_utility",
        meaning: "Expected utility of a choice",
        unit: Unit::Utility,
        of: |o, s| whole(s, o.consumer_utility),
    },
    Metric {
        name: "consumer_surplus",
        meaning: "Worth of platforms to consumers",
        unit: Unit::Yuan,
        of: |o, s| whole(s, o.consumer_surplus),
    },
];

/// The metric of a name.
pub fn metric(name: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.name == name)
}

/// Values that belong to one company as a whole.
fn own(scope: Scope, value: impl Fn(usize) -> f64) -> Option<f64> {
    match scope {
        Scope { platform: Some(platform), region: None, category: None } => Some(value(platform)),
        _ => None,
    }
}

fn spent(outcome: &Outcome, scope: Scope, flow: Flow) -> Option<f64> {
    own(scope, |platform| 0.0 - outcome.flow(platform, flow))
}

fn whole(scope: Scope, value: Option<f64>) -> Option<f64> {
    if scope == Scope::MARKET { value } else { None }
}

fn one_or_all(chosen: Option<usize>, all: usize) -> std::ops::Range<usize> {
    chosen.map_or(0..all, |index| index..index + 1)
}

fn sales(outcome: &Outcome, scope: Scope) -> f64 {
    let [regions, categories, platforms] = outcome.sales.shape();
    let mut sum = 0.0;
    for region in one_or_all(scope.region, regions) {
        for category in one_or_all(scope.category, categories) {
            for platform in one_or_all(scope.platform, platforms) {
                sum += outcome.sales[[region, category, platform]];
            }
        }
    }
    sum
}

fn share(outcome: &Outcome, scope: Scope) -> Option<f64> {
    scope.platform?;
    Some(ratio(sales(outcome, scope), sales(outcome, Scope { platform: None, ..scope })))
}

fn hhi(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let of = |platform| share(outcome, Scope { platform: Some(platform), ..scope }).unwrap_or(0.0);
    scope.platform.is_none().then(|| outcome.platforms().map(|platform| of(platform) * of(platform)).sum())
}

fn users(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = scope.platform.filter(|_| scope.category.is_none())?;
    let regions = one_or_all(scope.region, outcome.users.shape()[0]);
    Some(regions.map(|region| outcome.users[[region, platform]]).sum())
}

fn reach(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let people = one_or_all(scope.region, outcome.people.len()).map(|region| outcome.people[region]).sum();
    Some(ratio(users(outcome, scope)?, people))
}

fn churn(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = own(scope, |platform| platform as f64)? as usize;
    // Who was a user last turn either left or stayed; newcomers are not among them.
    Some(ratio(outcome.lost[platform], outcome.users_before[platform]))
}

fn awareness(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = scope.platform.filter(|_| scope.category.is_none())?;
    let regions = one_or_all(scope.region, outcome.online.len());
    let people = |region: usize| outcome.people[region] * outcome.online[region];
    let aware = regions.clone().map(|region| outcome.awareness[[region, platform]] * people(region)).sum();
    Some(ratio(aware, regions.map(people).sum()))
}

fn online(outcome: &Outcome, scope: Scope) -> Option<f64> {
    if scope.platform.is_some() || scope.category.is_some() {
        return None;
    }
    let regions = one_or_all(scope.region, outcome.online.len());
    let online = regions.clone().map(|region| outcome.people[region] * outcome.online[region]).sum();
    Some(ratio(online, regions.map(|region| outcome.people[region]).sum()))
}

fn merchants(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = scope.platform.filter(|_| scope.region.is_none())?;
    let categories = one_or_all(scope.category, outcome.listed.shape()[0]);
    Some(categories.map(|category| outcome.listed[[category, platform]]).sum())
}

fn variety(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = scope.platform.filter(|_| scope.region.is_none())?;
    let categories = one_or_all(scope.category, outcome.variety.shape()[0]);
    let count = categories.len() as f64;
    Some(categories.map(|category| outcome.variety[[category, platform]]).sum::<f64>() / count)
}

fn price(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let (platform, category) = (scope.platform?, scope.category?);
    scope.region.is_none().then(|| outcome.price[[category, platform]])
}

fn online_sales(outcome: &Outcome, scope: Scope) -> Option<f64> {
    if scope.platform.is_some() {
        return None;
    }
    let [regions, categories] = outcome.offline.shape();
    let mut offline = 0.0;
    for region in one_or_all(scope.region, regions) {
        for category in one_or_all(scope.category, categories) {
            offline += outcome.offline[[region, category]];
        }
    }
    let sold = sales(outcome, scope);
    Some(ratio(sold, sold + offline))
}
