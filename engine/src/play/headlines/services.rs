//! Services: carriers without room, wallets and habits, what services ask, and who stops using them.

use super::month::Month;
use super::steps::stepped;
use super::story::Story;
use crate::level::services::ServiceKind;
use crate::order::Access;
use crate::sim::Outcome;
use crate::sim::state::outcome::ratio;

/// Habits are told of by steps of so much.
const STEP: f64 = 0.01;

/// What services did.
pub(super) fn stories(month: &Month) -> Vec<Story> {
    let mut told: Vec<Story> = carriers(month).collect();
    told.extend(habits(month));
    told.extend(first_wallet(month));
    told.extend(prices(month));
    told.extend(dropped(month));
    told
}

/// Carriers whose parcels came to be more than their room, or not any more.
fn carriers<'a>(month: &'a Month) -> impl Iterator<Item = Story> + 'a {
    month.level().carriers().into_iter().enumerate().filter_map(|(place, (service, _))| {
        let load = |outcome: &Outcome| {
            let parcels: f64 = outcome.platforms().map(|platform| outcome.parcels[[platform, place]]).sum();
            outcome.room.get(place).copied().flatten().map(|room| ratio(parcels, room))
        };
        let (before, load) = (load(month.before)?, load(month.now)?);
        let carriers = month.level().carriers().len();
        let mine = month.me.map_or(1.0, |me| {
            let all: f64 = (0..carriers).map(|carrier| month.now.parcels[[me, carrier]]).sum();
            ratio(month.now.parcels[[me, place]], all)
        });
        ((before > 1.0) != (load > 1.0)).then_some(Story::Crowded { service, load, mine })
    })
}

/// Wallets that came to be the habit of one more in a hundred, or one less.
fn habits<'a>(month: &'a Month) -> impl Iterator<Item = Story> + 'a {
    month.level().wallets().into_iter().enumerate().filter_map(|(place, (service, _))| {
        let (from, to) = (habit(month.before, place), habit(month.now, place));
        stepped(from, to, STEP).then_some(Story::Habit { service, from, to })
    })
}

/// Part of all people online whose habit a wallet is.
fn habit(outcome: &Outcome, place: usize) -> f64 {
    let regions = 0..outcome.people.len();
    let online = |region: usize| outcome.people[region] * outcome.online[region];
    let with = regions.clone().map(|region| online(region) * outcome.habitual[[region, place]]);
    ratio(with.sum(), regions.map(online).sum())
}

fn first_wallet(month: &Month) -> Option<Story> {
    let wallets = month.level().wallets();
    let first = |outcome: &Outcome| {
        let paid = |place: usize| outcome.platforms().map(|p| outcome.payments[[p, place]]).sum::<f64>();
        let most = (0..wallets.len()).max_by(|&a, &b| paid(a).total_cmp(&paid(b)))?;
        (paid(most) > 0.0).then_some(wallets[most].0)
    };
    let (from, service) = (first(month.before)?, first(month.now)?);
    (from != service).then_some(Story::FirstWallet { service, from })
}

/// What services of others ask of the player's shop, where that changed.
fn prices(month: &Month) -> Vec<Story> {
    let Some(me) = month.my_shop() else { return Vec::new() };
    let level = month.level();
    let place = |all: Vec<usize>, service: usize| all.iter().position(|&known| known == service);
    let others =
        (0..level.services.len()).filter(|&service| month.view.level.services[service].owner != Some(me));
    let priced = others.filter_map(|service| {
        let counterpart =
            |view: &crate::strategy::PlatformView| view.public.ecosystem.services[service].counterparts[me];
        let (from, to) = (counterpart(month.seen).price, counterpart(month.view).price);
        let now = month.now;
        let volume = match level.services[service].kind {
            ServiceKind::Wallet(_) => {
                let wallets = level.wallets().into_iter().map(|(number, _)| number).collect();
                now.payments[[me, place(wallets, service)?]]
            }
            ServiceKind::Carrier(_) => {
                let carriers = level.carriers().into_iter().map(|(number, _)| number).collect();
                now.parcels[[me, place(carriers, service)?]]
            }
            ServiceKind::App(_) => {
                let apps = level.apps().into_iter().map(|(number, _)| number).collect();
                now.referred[[me, place(apps, service)?]]
            }
        };
        (from != to).then_some(Story::ServicePrice { service, from, to, volume })
    });
    priced.collect()
}

/// Rivals that use a service no longer that is open to them.
fn dropped(month: &Month) -> Vec<Story> {
    let services = 0..month.level().services.len();
    let pairs = services.flat_map(|service| month.others().map(move |by| (service, by)));
    let used = |view: &crate::strategy::PlatformView, service: usize, by: usize| {
        view.public.ecosystem.services[service].counterparts[by].used > Access::Blocked
    };
    pairs
        .filter(|&(service, by)| used(month.seen, service, by) && !used(month.view, service, by))
        .map(|(service, by)| Story::Dropped { by, service })
        .collect()
}
