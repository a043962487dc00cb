//! What an independent firm does about how it has fared. Nobody decides for it: it follows its margin.

use crate::level::Level;
use crate::level::services::{Carrier, CarrierSupply, ServiceKind};
use crate::order::Access;
use crate::sim::rules::standing::most_asked;
use crate::sim::state::services::ServiceState;

/// Part of its room that is used when a carrier thinks of more.
const BUSY: f64 = 0.9;
/// Times its patience that a firm goes on losing money before it closes down.
const LAST: f64 = 3.0;
/// Months in which new room must pay.
const YEAR: f64 = 12.0;

/// What a firm does.
#[derive(Clone, Debug, PartialEq)]
pub enum Response {
    /// Nothing.
    None,
    /// It has so much room from now on: parcels a month.
    Room(f64),
    /// It asks this, by platform.
    Prices(Vec<f64>),
    /// It serves nobody any more, and has no room.
    Closure,
}

/// What an independent firm does after so many months of gains, or, below 0, of losses.
pub fn response(level: &Level, services: &[&ServiceState], number: usize, months: i32) -> Response {
    let market = &level.market;
    let state = services[number];
    let (months, patience) = (f64::from(months), market.third_party_patience);
    if !serves_anybody(state) || months.abs() < patience {
        return Response::None;
    }
    let part = market.third_party_response;
    let room = match &level.services[number].kind {
        ServiceKind::Carrier(carrier) => {
            state.capacity.filter(|_| carrier.supply == CarrierSupply::Heavy).map(|room| (carrier, room))
        }
        _ => None,
    };
    let used = state.utilisation(level);
    match room {
        Some((carrier, room)) if months > 0.0 => {
            let pays = used >= BUSY && YEAR * margin(state, carrier) >= market.capacity_cost;
            let sent: f64 = state.parcels.iter().sum();
            // From no room at all a part more would lead nowhere.
            if pays { Response::Room((room * (1.0 + part)).max(part * sent)) } else { Response::None }
        }
        _ if months > 0.0 => Response::None,
        _ if months <= -LAST * patience && nobody_needs(level, services, number) => Response::Closure,
        // Idle room goes before those are asked who come nevertheless.
        Some((_, room)) if used < BUSY => {
            let sent: f64 = state.parcels.iter().sum();
            Response::Room((room * (1.0 - part)).max(sent / BUSY))
        }
        _ => Response::Prices(
            state.counterparts.iter().map(|known| dearer(level, number, known.price)).collect(),
        ),
    }
}

/// A price that a part more is asked for: of the price, and at least of what serving costs, for from nothing a part more would lead nowhere.
fn dearer(level: &Level, number: usize, price: f64) -> f64 {
    let part = level.market.third_party_response;
    let cost = match &level.services[number].kind {
        ServiceKind::Carrier(carrier) => carrier.variable_cost,
        ServiceKind::Wallet(wallet) => wallet.cost,
        ServiceKind::App(_) => 0.0,
    };
    let (most, _) = most_asked(&level.services[number].kind);
    (price * (1.0 + part)).max(price + part * cost).min(most)
}

fn serves_anybody(state: &ServiceState) -> bool {
    (0..state.counterparts.len()).any(|platform| state.serves(platform))
}

/// What a carrier earns with a parcel for which it has room, at the prices of those that it carries.
fn margin(state: &ServiceState, carrier: &Carrier) -> f64 {
    let sent: f64 = state.parcels.iter().sum();
    let earned = state.parcels.iter().zip(&state.counterparts).map(|(parcels, known)| parcels * known.price);
    earned.sum::<f64>() / sent.max(1.0) - carrier.variable_cost - carrier.fixed_cost
}

/// Whether everybody whom a firm serves has another of its kind: buyers can pay, and merchants can ship.
pub fn nobody_needs(level: &Level, services: &[&ServiceState], number: usize) -> bool {
    let alike = |other: usize| match (&level.services[number].kind, &level.services[other].kind) {
        (ServiceKind::Wallet(_), ServiceKind::Wallet(_)) | (ServiceKind::App(_), ServiceKind::App(_)) => true,
        (ServiceKind::Carrier(_), ServiceKind::Carrier(carrier)) => carrier.supply != CarrierSupply::Crowd,
        _ => false,
    };
    let served = |platform: &usize| services[number].counterparts[*platform].in_force() > Access::Blocked;
    let another = |platform: usize| {
        (0..services.len()).any(|other| other != number && alike(other) && services[other].serves(platform))
    };
    (0..level.platforms.len()).filter(served).all(another)
}
