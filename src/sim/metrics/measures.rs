//! What metrics are worked out by: each gives nothing where it has no meaning for the scope.

use super::{KindOfService, Scope};
use crate::sim::grid::Grid;
use crate::sim::ledger::Flow;
use crate::sim::outcome::Outcome;

/// Values that belong to one company as a whole.
pub(super) fn own(scope: Scope, value: impl Fn(usize) -> f64) -> Option<f64> {
    match scope {
        Scope { platform: Some(platform), region: None, category: None, service: None } => {
            Some(value(platform))
        }
        _ => None,
    }
}

/// A part of a whole; nothing where there is nothing to divide by.
pub(super) fn over(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// A value of a company that is about its sales; nothing where it has none.
pub(super) fn of_sales(outcome: &Outcome, scope: Scope, value: impl Fn(usize) -> f64) -> Option<f64> {
    own(scope, |platform| platform as f64)?;
    let platform = scope.platform.filter(|&platform| outcome.gmv(platform) > 0.0)?;
    Some(value(platform))
}

pub(super) fn spent(outcome: &Outcome, scope: Scope, flow: Flow) -> Option<f64> {
    own(scope, |platform| 0.0 - outcome.flow(platform, flow))
}

pub(super) fn whole(scope: Scope, value: Option<f64>) -> Option<f64> {
    if scope == Scope::MARKET { value } else { None }
}

pub(super) fn one_or_all(chosen: Option<usize>, all: usize) -> std::ops::Range<usize> {
    chosen.map_or(0..all, |index| index..index + 1)
}

pub(super) fn sales(outcome: &Outcome, scope: Scope) -> f64 {
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

pub(super) fn share(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    scope.platform?;
    over(sales(outcome, scope), sales(outcome, Scope { platform: None, ..scope }))
}

pub(super) fn hhi(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let of = |platform| share(outcome, Scope { platform: Some(platform), ..scope }).unwrap_or(0.0);
    let sold = scope.platform.is_none() && sales(outcome, scope) > 0.0;
    sold.then(|| outcome.platforms().map(|platform| of(platform) * of(platform)).sum())
}

pub(super) fn users(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let platform = scope.platform.filter(|_| scope.category.is_none())?;
    let regions = one_or_all(scope.region, outcome.users.shape()[0]);
    Some(regions.map(|region| outcome.users[[region, platform]]).sum())
}

pub(super) fn reach(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let people = one_or_all(scope.region, outcome.people.len()).map(|region| outcome.people[region]).sum();
    over(users(outcome, scope)?, people)
}

pub(super) fn churn(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = own(scope, |platform| platform as f64)? as usize;
    // Who was a user last turn either left or stayed; newcomers are not among them.
    over(outcome.lost[platform], outcome.users_before[platform])
}

pub(super) fn awareness(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let platform = scope.platform.filter(|_| scope.category.is_none())?;
    let regions = one_or_all(scope.region, outcome.online.len());
    let people = |region: usize| outcome.people[region] * outcome.online[region];
    let aware = regions.clone().map(|region| outcome.awareness[[region, platform]] * people(region)).sum();
    over(aware, regions.map(people).sum())
}

pub(super) fn acquisition_cost(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let platform = own(scope, |platform| platform as f64)? as usize;
    let paid = [Flow::Marketing, Flow::Visits, Flow::Invitations, Flow::Coupons];
    let paid: f64 = paid.into_iter().map(|flow| outcome.flow(platform, flow).min(0.0)).sum();
    let stayed = outcome.users_before[platform] - outcome.lost[platform];
    over(0.0 - paid, outcome.user_count(platform) - stayed)
}

/// Nothing where a service is asked for.
pub(super) fn of_no_service(scope: Scope) -> Option<()> {
    scope.service.is_none().then_some(())
}

/// Sums over the platforms of a scope.
pub(super) fn over_platforms(outcome: &Outcome, scope: Scope, value: impl Fn(usize) -> f64) -> f64 {
    one_or_all(scope.platform, outcome.platforms().len()).map(value).sum()
}

/// The place of a scope's wallet, carrier or app; nothing where a region or category is asked for.
pub(super) fn place(scope: Scope) -> Option<KindOfService> {
    if scope.region.is_some() || scope.category.is_some() { None } else { Some(scope.service?.kind) }
}

pub(super) fn payments(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let KindOfService::Wallet(wallet) = place(scope)? else { return None };
    Some(over_platforms(outcome, scope, |platform| outcome.payments[[platform, wallet]]))
}

pub(super) fn wallet_people(outcome: &Outcome, scope: Scope, part: &Grid<2>) -> Option<f64> {
    let KindOfService::Wallet(wallet) = place(Scope { region: None, ..scope })? else { return None };
    let regions = one_or_all(scope.region, outcome.online.len());
    let people = |region: usize| outcome.people[region] * outcome.online[region];
    let holders = regions.clone().map(|region| part[[region, wallet]] * people(region)).sum();
    if scope.platform.is_some() { None } else { over(holders, regions.map(people).sum()) }
}

pub(super) fn parcels(outcome: &Outcome, scope: Scope) -> Option<f64> {
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

pub(super) fn utilisation(outcome: &Outcome, scope: Scope) -> Option<f64> {
    let KindOfService::Carrier(carrier) = place(scope)? else { return None };
    let room = outcome.room[carrier].filter(|_| scope.platform.is_none())?;
    over(parcels(outcome, scope)?, room)
}

/// Mean quality of deliveries over sales.
pub(super) fn delivery(outcome: &Outcome, scope: Scope) -> Option<f64> {
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

pub(super) fn referred(outcome: &Outcome, scope: Scope) -> Option<f64> {
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

pub(super) fn service_profit(outcome: &Outcome, scope: Scope) -> Option<f64> {
    place(scope)?;
    scope.platform.is_none().then_some(outcome.service_profit[scope.service?.number])
}

pub(super) fn online(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    if scope.platform.is_some() || scope.category.is_some() {
        return None;
    }
    let regions = one_or_all(scope.region, outcome.online.len());
    let online = regions.clone().map(|region| outcome.people[region] * outcome.online[region]).sum();
    over(online, regions.map(|region| outcome.people[region]).sum())
}

pub(super) fn merchants(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let platform = scope.platform.filter(|_| scope.region.is_none())?;
    let categories = one_or_all(scope.category, outcome.listed.shape()[0]);
    Some(categories.map(|category| outcome.listed[[category, platform]]).sum())
}

pub(super) fn variety(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let platform = scope.platform.filter(|_| scope.region.is_none())?;
    let categories = one_or_all(scope.category, outcome.variety.shape()[0]);
    let count = categories.len() as f64;
    Some(categories.map(|category| outcome.variety[[category, platform]]).sum::<f64>() / count)
}

pub(super) fn price(outcome: &Outcome, scope: Scope) -> Option<f64> {
    of_no_service(scope)?;
    let (platform, category) = (scope.platform?, scope.category?);
    scope.region.is_none().then(|| outcome.price[[category, platform]])
}

pub(super) fn online_sales(outcome: &Outcome, scope: Scope) -> Option<f64> {
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
