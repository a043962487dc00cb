//! Everything that is measured, by name: pure functions of an outcome. Records, charts, conditions of levels and
//! scores use these and nothing else.

use super::grid::Grid;
use super::ledger::Flow;
use super::outcome::{Outcome, ratio};
use crate::level::Level;
use crate::level::services::ServiceKind;

/// What a metric is taken of. Indices follow the level's order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// One platform; absent: the market.
    pub platform: Option<usize>,
    /// One region; absent: all.
    pub region: Option<usize>,
    /// One category; absent: all.
    pub category: Option<usize>,
    /// One service; absent: what is measured has nothing to do with services, or is of all.
    pub service: Option<OfService>,
}

/// A service that something is measured of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfService {
    /// Its number.
    pub number: usize,
    /// Its kind, and its place among those of its kind.
    pub kind: KindOfService,
}

/// A kind of service, and the place of one among those of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindOfService {
    /// A wallet.
    Wallet(usize),
    /// A carrier.
    Carrier(usize),
    /// An app.
    App(usize),
}

impl OfService {
    /// The service of a number.
    pub fn of(level: &Level, number: usize) -> Self {
        let place = |numbers: Vec<usize>| numbers.iter().position(|&other| other == number).unwrap_or(0);
        let kind = match level.services[number].kind {
            ServiceKind::Wallet(_) => {
                KindOfService::Wallet(place(level.wallets().iter().map(|w| w.0).collect()))
            }
            ServiceKind::Carrier(_) => {
                KindOfService::Carrier(place(level.carriers().iter().map(|c| c.0).collect()))
            }
            ServiceKind::App(_) => KindOfService::App(place(level.apps().iter().map(|a| a.0).collect())),
        };
        Self { number, kind }
    }
}

impl Scope {
    /// The whole market.
    pub const MARKET: Self = Self { platform: None, region: None, category: None, service: None };

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
        of: |o, s| s.service.is_none().then(|| sales(o, s)),
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
    Metric {
        name: "acquisition_cost",
        meaning: "Marketing, visits, invitations and coupons over new users",
        unit: Unit::Yuan,
        of: acquisition_cost,
    },
    Metric { name: "payments", meaning: "Sales paid with a wallet", unit: Unit::Yuan, of: payments },
    Metric {
        name: "wallet_share",
        meaning: "Part of sales paid with a wallet",
        unit: Unit::Fraction,
        of: |o, s| Some(ratio(payments(o, s)?, sales(o, Scope { service: None, ..s }))),
    },
    Metric {
        name: "without_wallet",
        meaning: "Part of sales to people with no wallet that is taken",
        unit: Unit::Fraction,
        of: |o, s| own(s, |p| o.without_wallet(p)),
    },
    Metric {
        name: "holders",
        meaning: "Part of online people who hold a wallet",
        unit: Unit::Fraction,
        of: |o, s| wallet_people(o, s, &o.holders),
    },
    Metric {
        name: "habitual",
        meaning: "Part of online people whose habit a wallet is",
        unit: Unit::Fraction,
        of: |o, s| wallet_people(o, s, &o.habitual),
    },
    Metric { name: "parcels", meaning: "Parcels sent", unit: Unit::Count, of: parcels },
    Metric {
        name: "utilisation",
        meaning: "A carrier's parcels over its room",
        unit: Unit::Ratio,
        of: utilisation,
    },
    Metric {
        name: "delivery",
        meaning: "Quality of deliveries, by sales",
        unit: Unit::Fraction,
        of: delivery,
    },
    Metric { name: "referred", meaning: "Sales that apps referred", unit: Unit::Yuan, of: referred },
    Metric {
        name: "matching",
        meaning: "Match between people and goods",
        unit: Unit::Fraction,
        of: |o, s| own(s, |p| o.matching[p]),
    },
    Metric {
        name: "service_profit",
        meaning: "What a service earned less what it cost",
        unit: Unit::Yuan,
        of: service_profit,
    },
    Metric {
        name: "service_margin",
        meaning: "A carrier's profit a parcel",
        unit: Unit::Yuan,
        of: |o, s| Some(ratio(service_profit(o, s)?, parcels(o, Scope { platform: None, ..s })?)),
    },
    Metric {
        name: "wallet_fees",
        meaning: "Wallet fees received",
        unit: Unit::Yuan,
        of: |o, s| own(s, |p| o.flow(p, Flow::WalletFees)),
    },
    Metric {
        name: "shipping",
        meaning: "Shipping received",
        unit: Unit::Yuan,
        of: |o, s| own(s, |p| o.flow(p, Flow::Shipping)),
    },
    Metric {
        name: "link_fees",
        meaning: "Link fees received less paid",
        unit: Unit::Yuan,
        of: |o, s| own(s, |p| o.flow(p, Flow::LinkFees)),
    },
    Metric {
        name: "visits",
        meaning: "Received for visits less paid",
        unit: Unit::Yuan,
        of: |o, s| own(s, |p| o.flow(p, Flow::Visits)),
    },
    Metric {
        name: "overflow",
        meaning: "Paid for what a crowd carries",
        unit: Unit::Yuan,
        of: |o, s| spent(o, s, Flow::Overflow),
    },
    Metric {
        name: "agreements",
        meaning: "Agreements in force",
        unit: Unit::Count,
        of: |o, s| own(s, |p| o.agreements[p]),
    },
    Metric {
        name: "opinion",
        meaning: "What others think of it, −1 to 1",
        unit: Unit::Ratio,
        of: |o, s| own(s, |p| o.opinion[p]),
    },
    Metric {
        name: "integrated",
        meaning: "Services of others in use",
        unit: Unit::Count,
        of: |o, s| own(s, |p| o.integrated[p]),
    },
    Metric {
        name: "projects",
        meaning: "Integration projects under way",
        unit: Unit::Count,
        of: |o, s| own(s, |p| o.projects[p]),
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
        Scope { platform: Some(platform), region: None, category: None, service: None } => {
            Some(value(platform))
        }
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
    of_no_service(scope)?;
    scope.platform?;
    Some(ratio(sales(outcome, scope), sales(outcome, Scope { platform: None, ..scope })))
}

fn hhi(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let of = |platform| share(outcome, Scope { platform: Some(platform), ..scope }).unwrap_or(0.0);
    scope.platform.is_none().then(|| outcome.platforms().map(|platform| of(platform) * of(platform)).sum())
}

fn users(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
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
    of_no_service(scope)?;
    let platform = scope.platform.filter(|_| scope.category.is_none())?;
    let regions = one_or_all(scope.region, outcome.online.len());
    let people = |region: usize| outcome.people[region] * outcome.online[region];
    let aware = regions.clone().map(|region| outcome.awareness[[region, platform]] * people(region)).sum();
    Some(ratio(aware, regions.map(people).sum()))
}

fn acquisition_cost(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = own(scope, |platform| platform as f64)? as usize;
    let paid = [Flow::Marketing, Flow::Visits, Flow::Invitations, Flow::Coupons];
    let paid: f64 = paid.into_iter().map(|flow| outcome.flow(platform, flow).min(0.0)).sum();
    let stayed = outcome.users_before[platform] - outcome.lost[platform];
    Some(ratio(0.0 - paid, outcome.user_count(platform) - stayed))
}

/// Nothing where a service is asked for.
fn of_no_service(scope: Scope) -> Option<()> {
    scope.service.is_none().then_some(())
}

/// Sums over the platforms of a scope.
fn over_platforms(outcome: &Outcome, scope: Scope, value: impl Fn(usize) -> f64) -> f64 {
    one_or_all(scope.platform, outcome.platforms().len()).map(value).sum()
}

/// The place of a scope's wallet, carrier or app; nothing where a region or category is asked for.
fn place(scope: Scope) -> Option<KindOfService> {
    if scope.region.is_some() || scope.category.is_some() { None } else { Some(scope.service?.kind) }
}

fn payments(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let KindOfService::Wallet(wallet) = place(scope)? else { return None };
    Some(over_platforms(outcome, scope, |platform| outcome.payments[[platform, wallet]]))
}

fn wallet_people(outcome: &Outcome, scope: Scope, part: &Grid<2>) -> Option<f64> {
    let KindOfService::Wallet(wallet) = place(Scope { region: None, ..scope })? else { return None };
    let regions = one_or_all(scope.region, outcome.online.len());
    let people = |region: usize| outcome.people[region] * outcome.online[region];
    let holders = regions.clone().map(|region| part[[region, wallet]] * people(region)).sum();
    scope.platform.is_none().then(|| ratio(holders, regions.map(people).sum()))
}

fn parcels(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let carriers = match scope.service {
        None if scope.region.is_none() && scope.category.is_none() => 0..outcome.room.len(),
        None => return None,
        Some(_) => match place(scope)? {
            KindOfService::Carrier(carrier) => carrier..carrier + 1,
            _ => return None,
        },
    };
    let of_platform = |platform| carriers.clone().map(|carrier| outcome.parcels[[platform, carrier]]).sum();
    Some(over_platforms(outcome, scope, of_platform))
}

fn utilisation(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let KindOfService::Carrier(carrier) = place(scope)? else { return None };
    let room = outcome.room[carrier].filter(|_| scope.platform.is_none())?;
    Some(ratio(parcels(outcome, scope)?, room))
}

/// Mean quality of deliveries over sales.
fn delivery(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = scope.platform.filter(|_| scope.service.is_none() && !outcome.room.is_empty())?;
    let [regions, categories, _] = outcome.sales.shape();
    let (mut sum, mut sold) = (0.0, 0.0);
    for region in one_or_all(scope.region, regions) {
        for category in one_or_all(scope.category, categories) {
            let at = [region, category, platform];
            sum += outcome.sales[at] * outcome.delivery[at];
            sold += outcome.sales[at];
        }
    }
    Some(ratio(sum, sold))
}

fn referred(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let apps = match scope.service {
        None if scope.region.is_none() && scope.category.is_none() => 0..outcome.referred.shape()[1],
        None => return None,
        Some(_) => match place(scope)? {
            KindOfService::App(app) => app..app + 1,
            _ => return None,
        },
    };
    Some(over_platforms(outcome, scope, |platform| {
        apps.clone().map(|app| outcome.referred[[platform, app]]).sum()
    }))
}

fn service_profit(outcome: &Outcome, scope: Scope) -> Option<f64> {
    place(scope)?;
    scope.platform.is_none().then_some(outcome.service_profit[scope.service?.number])
}

fn online(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    if scope.platform.is_some() || scope.category.is_some() {
        return None;
    }
    let regions = one_or_all(scope.region, outcome.online.len());
    let online = regions.clone().map(|region| outcome.people[region] * outcome.online[region]).sum();
    Some(ratio(online, regions.map(|region| outcome.people[region]).sum()))
}

fn merchants(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let platform = scope.platform.filter(|_| scope.region.is_none())?;
    let categories = one_or_all(scope.category, outcome.listed.shape()[0]);
    Some(categories.map(|category| outcome.listed[[category, platform]]).sum())
}

fn variety(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let platform = scope.platform.filter(|_| scope.region.is_none())?;
    let categories = one_or_all(scope.category, outcome.variety.shape()[0]);
    let count = categories.len() as f64;
    Some(categories.map(|category| outcome.variety[[category, platform]]).sum::<f64>() / count)
}

fn price(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let (platform, category) = (scope.platform?, scope.category?);
    scope.region.is_none().then(|| outcome.price[[category, platform]])
}

fn online_sales(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
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
