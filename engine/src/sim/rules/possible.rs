//! What no state of a market makes legal: names that are nobody's, numbers out of range, services of others. What is left
//! depends on cash, on what is open and on what was agreed.

use crate::level::services::ServiceKind;
use crate::level::{Level, Regulator, nearest};
use crate::order::{Access, Answer, Deal, MAX_ISSUE, Order, Term};
use crate::sim::grid::Grid;
use crate::sim::rules::insolvency::is_on;
use crate::sim::rules::standing::{self, Standing, service, service_price};
use crate::sim::state::companies::{Budgets, Coupon, Policy, Prices};
use crate::sim::state::loans::Credit;
use crate::sim::state::negotiations::{MAX_MONTHS, MAX_PROMISE};

/// Most parcels a month that a carrier can have room for.
const MAX_ROOM: f64 = 1e13;

/// Whether an order could be legal in some state of a market.
///
/// # Errors
/// Why it is legal in none, in words for the CEO.
pub fn possible(level: &Level, me: usize, order: &Order) -> Result<(), String> {
    match order {
        Order::Open { service, to, access } => {
            openable(level, perhaps_own(level, me, service)?, *access)?;
            whom(level, me, to.as_ref()).map(drop)
        }
        Order::Close { service, to } => {
            perhaps_own(level, me, service)?;
            whom(level, me, to.as_ref()).map(drop)
        }
        Order::Block { platform } => other(level, me, platform).map(drop),
        Order::ServicePrice { service, to, price } => {
            service_price(level, perhaps_own(level, me, service)?, *price)?;
            whom(level, me, to.as_ref()).map(drop)
        }
        Order::Capacity { service, parcels } => room(level, perhaps_own(level, me, service)?, *parcels),
        Order::Adopt { service: id } => {
            service(level, id)?;
            adopter(level, me)
        }
        Order::Drop { service: id } | Order::Abort { service: id } => service(level, id).map(drop),
        Order::Offer { to, deal } => sound(level, me, other(level, me, to)?, deal),
        Order::Answer { from, answer } => {
            let from = other(level, me, from)?;
            if let Answer::Counter(deal) = answer { sound(level, me, from, deal) } else { Ok(()) }
        }
        Order::End { .. } => Ok(()),
        Order::Dividend { part } => a_part("of profits", *part, 0.0, 1.0),
        Order::Issue { part, least } => new_shares(*part).and(yuan("raise", *least)),
        Order::List { service, part, least } => {
            own(level, me, service)?;
            some_of("a service", *part).and(yuan("bring", *least))
        }
        Order::Buy { of, part, most } => {
            other(level, me, of)?;
            some_of("a company", *part).and(yuan("cost", most.unwrap_or(0.0)))
        }
        Order::Sell { of, part, least } => {
            other(level, me, of)?;
            some_of("a company", *part).and(yuan("bring", *least))
        }
        Order::Exclusivity { .. } => binder(level, me),
        Order::Comply | Order::Contest => judged(level).map(drop),
        Order::Choose { event, choice } => answer_to(level, me, event, choice).map(drop),
        Order::Bid { service: id, price } => bidder(level, me, service(level, id)?, *price),
        _ => {
            let sales = vec![0.0; level.categories.len()];
            let standing = Standing { level, platform: me, cash: f64::INFINITY, sales: &sales };
            standing.apply(order, &mut nothing(level))
        }
    }
}

/// Whether a part lies in its range.
fn a_part(of: &str, part: f64, least: f64, most: f64) -> Result<(), String> {
    let fits = (least..=most).contains(&part);
    if fits { Ok(()) } else { Err(format!("a part {of} is a fraction from {least} to {most}, not {part:?}")) }
}

/// Whether there is something in a part, and no more than all.
fn some_of(what: &str, part: f64) -> Result<(), String> {
    if part > 0.0 && part <= 1.0 {
        return Ok(());
    }
    Err(format!("a part of {what} is a fraction above 0, at most 1, not {part:?}"))
}

/// Whether a company can issue so many new shares at once.
fn new_shares(part: f64) -> Result<(), String> {
    some_of("a company", part)?;
    a_part("of a company in new shares", part, 0.0, MAX_ISSUE)
}

/// Whether a limit is a number of yuan.
fn yuan(what: &str, limit: f64) -> Result<(), String> {
    if (0.0..=f64::MAX).contains(&limit) {
        return Ok(());
    }
    Err(format!("what it must {what} is a number of yuan from 0 up, not {limit:?}"))
}

/// Whether a price is one that a company may promise.
fn promised(price: f64) -> Result<(), String> {
    if (0.0..=MAX_PROMISE).contains(&price) {
        return Ok(());
    }
    Err(format!("a price is from 0 to {MAX_PROMISE:e} yuan, not {price:?}"))
}

/// A policy of no fees and no budgets.
fn nothing(level: &Level) -> Policy {
    let (regions, categories) = (level.regions.len(), level.categories.len());
    Policy {
        prices: Prices {
            take_rates: vec![0.0; categories],
            consumer_fees: Grid::filled([regions, categories], 0.0),
            coupons: Grid::filled([regions, categories], Coupon::default()),
            advert_load: 0.0,
            membership_fee: 0.0,
            merchant_fee: 0.0,
            exclusive: false,
            credit: Credit::default(),
        },
        budgets: Budgets {
            brand: 0.0,
            categories: vec![0.0; categories],
            marketing: vec![0.0; regions],
            governance: 0.0,
            engineering: 0.0,
            invitations: 0.0,
            visits: vec![0.0; level.apps().len()],
            stores: vec![0.0; regions],
            ai: 0.0,
        },
    }
}

/// Another platform of an id.
pub(in crate::sim) fn other(level: &Level, me: usize, id: &str) -> Result<usize, String> {
    let ids = || level.platforms.iter().map(|platform| platform.id.as_str());
    match ids().position(|known| known == id) {
        Some(found) if found == me => Err("that would be with oneself".into()),
        Some(found) => Ok(found),
        None => {
            let hint = nearest(id, ids()).map(|known| format!("; did you mean `{known}`?"));
            let begin: String = id.chars().take(40).filter(|c| !c.is_control()).collect();
            Err(format!("there is no platform `{begin}`{}", hint.unwrap_or_default()))
        }
    }
}

/// One platform, or all others.
pub(in crate::sim) fn whom(level: &Level, me: usize, to: Option<&String>) -> Result<Vec<usize>, String> {
    match to {
        Some(id) => Ok(vec![other(level, me, id)?]),
        None => Ok((0..level.platforms.len()).filter(|&platform| platform != me).collect()),
    }
}

/// An event that a platform may be asked about, and the place of one of its choices.
pub(in crate::sim) fn answer_to(
    level: &Level,
    me: usize,
    event: &str,
    choice: &str,
) -> Result<(usize, usize), String> {
    let place = |what: &str, id: &str, ids: Vec<&str>| {
        ids.iter().position(|known| *known == id).ok_or_else(|| {
            let hint = nearest(id, ids.iter().copied()).map(|known| format!("; did you mean `{known}`?"));
            let begin: String = id.chars().take(40).filter(|c| !c.is_control()).collect();
            format!("there is no {what} `{begin}`{}", hint.unwrap_or_default())
        })
    };
    let number = place("event", event, level.events.iter().map(|event| event.id.as_str()).collect())?;
    let event = &level.events[number];
    if event.choices.is_empty() {
        return Err(format!("`{}` leaves nothing to choose", event.id));
    }
    if event.seat.is_some_and(|seat| seat != me) {
        return Err(format!("`{}` is not for you to answer", event.id));
    }
    let ids = event.choices.iter().map(|choice| choice.id.as_str()).collect();
    Ok((number, place("choice", choice, ids)?))
}

/// Whether a platform has merchants that it could bind.
pub(in crate::sim) fn binder(level: &Level, me: usize) -> Result<(), String> {
    if level.platforms[me].shop.is_none() || level.setup.merchants == 0 {
        return Err("a company without merchants has nobody to bind".into());
    }
    if level.shops().len() < 2 {
        return Err("there is no other shop to list on".into());
    }
    Ok(())
}

/// The regulator of a level, by whom a company may be judged.
pub(in crate::sim) fn judged(level: &Level) -> Result<&Regulator, String> {
    level.regulator.as_ref().ok_or_else(|| "there is no regulator here".to_owned())
}

/// An own service of an id.
pub(in crate::sim) fn own(level: &Level, me: usize, id: &str) -> Result<usize, String> {
    let number = service(level, id)?;
    if level.services[number].owner == Some(me) { Ok(number) } else { Err(format!("`{id}` is not yours")) }
}

/// The same where a service may be one's own at some time: where companies can become insolvent, whoever bids most may have it.
fn perhaps_own(level: &Level, me: usize, id: &str) -> Result<usize, String> {
    if is_on(&level.market) { service(level, id) } else { own(level, me, id) }
}

/// Whether a company could ever bid so much for a service.
pub(in crate::sim) fn bidder(level: &Level, me: usize, number: usize, price: f64) -> Result<(), String> {
    let row = &level.services[number];
    if !is_on(&level.market) {
        return Err("no company becomes insolvent here, and nothing is for sale".into());
    }
    if row.owner == Some(me) {
        return Err(format!("`{}` is yours", row.id));
    }
    if !(0.0..=MAX_PROMISE).contains(&price) {
        return Err(format!("a bid is from 0 to {MAX_PROMISE:e} yuan, not {price:?}"));
    }
    Ok(())
}

/// Whether a service can be opened that far.
pub(in crate::sim) fn openable(level: &Level, number: usize, access: Access) -> Result<(), String> {
    let service = &level.services[number];
    let app = matches!(service.kind, ServiceKind::App(_));
    if access == Access::Blocked || !app && access != Access::Native {
        return Err(format!("`{}` cannot be opened as far as {access:?}", service.id));
    }
    Ok(())
}

/// Whether a service can have room for so many parcels a month.
pub(in crate::sim) fn room(level: &Level, number: usize, parcels: f64) -> Result<(), String> {
    let service = &level.services[number];
    if !matches!(&service.kind, ServiceKind::Carrier(carrier) if carrier.capacity.is_some()) {
        return Err(format!("`{}` has no room to build or give up", service.id));
    }
    if !(0.0..=MAX_ROOM).contains(&parcels) {
        return Err(format!("room is a number of parcels a month from 0 up, not {parcels:?}"));
    }
    Ok(())
}

/// Whether a company can use services of others.
pub(in crate::sim) fn adopter(level: &Level, me: usize) -> Result<(), String> {
    match level.platforms[me].shop {
        Some(_) => Ok(()),
        None => Err("a company without a shop has nobody to serve with it".into()),
    }
}

/// Whether a deal can be kept by both.
pub(in crate::sim) fn sound(level: &Level, me: usize, to: usize, deal: &Deal) -> Result<(), String> {
    if deal.gives.is_empty() && deal.asks.is_empty() {
        return Err("there is nothing in the deal".into());
    }
    if !(1..=MAX_MONTHS).contains(&deal.months) || deal.notice > MAX_MONTHS {
        return Err(format!("a deal holds from 1 to {MAX_MONTHS} months, its notice no longer"));
    }
    if !(0.0..=MAX_PROMISE).contains(&deal.penalty) {
        return Err(format!("a penalty is from 0 to {MAX_PROMISE:e} yuan, not {:?}", deal.penalty));
    }
    grantable(level, me, to, &deal.gives)?;
    grantable(level, to, me, &deal.asks)
}

/// Whether every term is one that a company can grant.
///
/// # Errors
/// The first that it cannot, and why.
pub fn grantable(level: &Level, by: usize, to: usize, terms: &[Term]) -> Result<(), String> {
    for (place, term) in terms.iter().enumerate() {
        if terms[..place].contains(term) {
            return Err("the same term stands twice".into());
        }
        match term {
            Term::Service { service, access, price } => {
                let number = standing::service(level, service)?;
                let row = &level.services[number];
                if row.owner != Some(by) {
                    let name = &level.platforms[by].name;
                    return Err(format!("`{service}` is not {name}'s to open"));
                }
                let app = matches!(row.kind, ServiceKind::App(_));
                if *access == Access::Blocked || !app && *access != Access::Native {
                    return Err(format!("`{service}` cannot be opened as far as {access:?}"));
                }
                if let Some(price) = price {
                    service_price(level, number, *price)?;
                }
            }
            Term::Payment { amount } => {
                if !(0.0..=MAX_PROMISE).contains(amount) {
                    return Err(format!(
                        "a payment is from 0 to {MAX_PROMISE:e} yuan a month, not {amount:?}"
                    ));
                }
            }
            Term::Data => {
                if [by, to].iter().any(|&party| level.platforms[party].shop.is_none()) {
                    return Err("data are shared between companies with shops".into());
                }
            }
            Term::Insight => {
                if !level.services.iter().any(|service| service.owner == Some(by)) {
                    return Err(format!("nothing passes through {}", level.platforms[by].name));
                }
                if level.platforms[to].shop.is_none() {
                    return Err("a company without a shop has nothing to police".into());
                }
            }
            Term::Front { against } => {
                let third = other(level, by, against)?;
                if third == to {
                    return Err("a front is against somebody else".into());
                }
            }
            Term::NonBlocking => {}
            Term::NewShares { part, price } => new_shares(*part).and(promised(*price))?,
            Term::Stake { of, part, price } => {
                let third = other(level, by, of)?;
                if third == to {
                    return Err(format!("{} cannot own a part of itself", level.platforms[to].name));
                }
                some_of("a company", *part).and(promised(*price))?;
            }
        }
    }
    Ok(())
}
