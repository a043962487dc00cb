//! What metrics are worked out by: each gives nothing where it has no meaning for the scope.

use crate::sim::grid::Grid;
use crate::sim::metrics::scope::{KindOfService, Scope};
use crate::sim::state::flow::Flow;
use crate::sim::state::outcome::Outcome;

/// Values that belong to one company as a whole.
pub(in crate::sim) fn own(scope: Scope, value: impl Fn(usize) -> f64) -> Option<f64> {
    match scope {
        Scope { platform: Some(platform), region: None, category: None, service: None } => {
            Some(value(platform))
        }
        _ => None,
    }
}

/// A part of a whole; nothing where there is nothing to divide by.
pub(in crate::sim) fn over(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// A value of a company that is about its sales; nothing where it has none.
pub(in crate::sim) fn of_sales(outcome: &Outcome, scope: Scope, value: impl Fn(usize) -> f64) -> Option<f64> {
    own(scope, |platform| platform as f64)?;
    let platform = scope.platform.filter(|&platform| outcome.gmv(platform) > 0.0)?;
    Some(value(platform))
}

pub(in crate::sim) fn spent(outcome: &Outcome, scope: Scope, flow: Flow) -> Option<f64> {
    own(scope, |platform| 0.0 - outcome.flow(platform, flow))
}

pub(in crate::sim) fn whole(scope: Scope, value: Option<f64>) -> Option<f64> {
    if scope == Scope::MARKET { value } else { None }
}

pub(in crate::sim) fn one_or_all(chosen: Option<usize>, all: usize) -> std::ops::Range<usize> {
    chosen.map_or(0..all, |index| index..index + 1)
}

pub(in crate::sim) fn sales(outcome: &Outcome, scope: Scope) -> f64 {
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

pub(in crate::sim) fn share(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    scope.platform?;
    over(sales(outcome, scope), sales(outcome, Scope { platform: None, ..scope }))
}

pub(in crate::sim) fn hhi(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let of = |platform| share(outcome, Scope { platform: Some(platform), ..scope }).unwrap_or(0.0);
    let sold = scope.platform.is_none() && sales(outcome, scope) > 0.0;
    sold.then(|| outcome.platforms().map(|platform| of(platform) * of(platform)).sum())
}

pub(in crate::sim) fn users(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let platform = scope.platform.filter(|_| scope.category.is_none())?;
    let regions = one_or_all(scope.region, outcome.users.shape()[0]);
    Some(regions.map(|region| outcome.users[[region, platform]]).sum())
}

pub(in crate::sim) fn reach(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let people = one_or_all(scope.region, outcome.people.len()).map(|region| outcome.people[region]).sum();
    over(users(outcome, scope)?, people)
}

pub(in crate::sim) fn churn(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = own(scope, |platform| platform as f64)? as usize;
    // Who was a user last turn either left or stayed; newcomers are not among them.
    over(outcome.lost[platform], outcome.users_before[platform])
}

pub(in crate::sim) fn awareness(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let platform = scope.platform.filter(|_| scope.category.is_none())?;
    let regions = one_or_all(scope.region, outcome.online.len());
    let people = |region: usize| outcome.people[region] * outcome.online[region];
    let aware = regions.clone().map(|region| outcome.awareness[[region, platform]] * people(region)).sum();
    over(aware, regions.map(people).sum())
}

pub(in crate::sim) fn acquisition_cost(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = own(scope, |platform| platform as f64)? as usize;
    let stayed = outcome.users_before[platform] - outcome.lost[platform];
    over(spent_on_buyers(outcome, platform), outcome.user_count(platform) - stayed)
}

/// The same for each more that it has: nothing where it has no more than before.
pub(in crate::sim) fn net_acquisition_cost(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = own(scope, |platform| platform as f64)? as usize;
    let more = outcome.user_count(platform) - outcome.users_before[platform];
    over(spent_on_buyers(outcome, platform), more.max(0.0))
}

/// What a platform paid to win buyers.
fn spent_on_buyers(outcome: &Outcome, platform: usize) -> f64 {
    let paid = [Flow::Marketing, Flow::Visits, Flow::Invitations, Flow::Coupons];
    0.0 - paid.into_iter().map(|flow| outcome.flow(platform, flow).min(0.0)).sum::<f64>()
}

/// Part of a platform's buyers who bought elsewhere too.
pub(in crate::sim) fn overlap(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = own(scope, |platform| platform as f64)? as usize;
    over(outcome.elsewhere.as_ref()?[platform], outcome.user_count(platform))
}

/// Nothing where a service is asked for.
pub(in crate::sim) fn of_no_service(scope: Scope) -> Option<()> {
    scope.service.is_none().then_some(())
}

/// Sums over the platforms of a scope.
pub(in crate::sim) fn over_platforms(outcome: &Outcome, scope: Scope, value: impl Fn(usize) -> f64) -> f64 {
    one_or_all(scope.platform, outcome.platforms().len()).map(value).sum()
}

/// The place of a scope's wallet, carrier or app; nothing where a region or category is asked for.
pub(in crate::sim) fn place(scope: Scope) -> Option<KindOfService> {
    if scope.region.is_some() || scope.category.is_some() { None } else { Some(scope.service?.kind) }
}

pub(in crate::sim) fn payments(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let KindOfService::Wallet(wallet) = place(scope)? else { return None };
    Some(over_platforms(outcome, scope, |platform| outcome.payments[[platform, wallet]]))
}

pub(in crate::sim) fn wallet_people(outcome: &Outcome, scope: Scope, part: &Grid<2>) -> Option<f64> {
    let KindOfService::Wallet(wallet) = place(Scope { region: None, ..scope })? else { return None };
    let regions = one_or_all(scope.region, outcome.online.len());
    let people = |region: usize| outcome.people[region] * outcome.online[region];
    let holders = regions.clone().map(|region| part[[region, wallet]] * people(region)).sum();
    if scope.platform.is_some() { None } else { over(holders, regions.map(people).sum()) }
}

pub(in crate::sim) fn parcels(outcome: &Outcome, scope: Scope) -> Option<f64> {
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

/// Parcels that a carrier has room for.
pub(in crate::sim) fn room(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let KindOfService::Carrier(carrier) = place(scope)? else { return None };
    outcome.room[carrier].filter(|_| scope.platform.is_none())
}

pub(in crate::sim) fn utilisation(outcome: &Outcome, scope: Scope) -> Option<f64> {
    over(parcels(outcome, scope)?, room(outcome, scope)?)
}

/// Mean quality of deliveries over sales.
pub(in crate::sim) fn delivery(outcome: &Outcome, scope: Scope) -> Option<f64> {
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
    over(sum, sold)
}

pub(in crate::sim) fn referred(outcome: &Outcome, scope: Scope) -> Option<f64> {
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

pub(in crate::sim) fn service_profit(outcome: &Outcome, scope: Scope) -> Option<f64> {
    place(scope)?;
    scope.platform.is_none().then_some(outcome.service_profit[scope.service?.number])
}

pub(in crate::sim) fn online(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    if scope.platform.is_some() || scope.category.is_some() {
        return None;
    }
    let regions = one_or_all(scope.region, outcome.online.len());
    let online = regions.clone().map(|region| outcome.people[region] * outcome.online[region]).sum();
    over(online, regions.map(|region| outcome.people[region]).sum())
}

pub(in crate::sim) fn merchants(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let platform = scope.platform.filter(|_| scope.region.is_none())?;
    let categories = one_or_all(scope.category, outcome.listed.shape()[0]);
    Some(categories.map(|category| outcome.listed[[category, platform]]).sum())
}

pub(in crate::sim) fn variety(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let platform = scope.platform.filter(|_| scope.region.is_none())?;
    let categories = one_or_all(scope.category, outcome.variety.shape()[0]);
    let count = categories.len() as f64;
    Some(categories.map(|category| outcome.variety[[category, platform]]).sum::<f64>() / count)
}

pub(in crate::sim) fn price(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let (platform, category) = (scope.platform?, scope.category?);
    scope.region.is_none().then(|| outcome.price[[category, platform]])
}

pub(in crate::sim) fn online_sales(outcome: &Outcome, scope: Scope) -> Option<f64> {
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
    over(sold, sold + offline)
}
