//! Services: how carriers work, how deep access goes, and what is asked.

use crate::form;
use crate::texts::say;
use walled_gardens_engine::level::Level;
use walled_gardens_engine::level::services::{CarrierSupply, Delivery, ServiceKind, Speed};
use walled_gardens_engine::order::Access;

/// How a carrier is organised.
pub fn supply(supply: CarrierSupply) -> String {
    match supply {
        CarrierSupply::Heavy => say!("supply-heavy"),
        CarrierSupply::Franchise => say!("supply-franchise"),
        CarrierSupply::Crowd => say!("supply-crowd"),
    }
}

/// How soon a carrier delivers.
pub fn speed(speed: Speed) -> String {
    match speed {
        Speed::Standard => say!("speed-standard"),
        Speed::NextDay => say!("speed-next-day"),
        Speed::Hourly => say!("speed-hourly"),
        Speed::Instant => say!("speed-instant"),
    }
}

/// Where a carrier delivers.
pub fn door(delivery: Delivery) -> String {
    match delivery {
        Delivery::Door => say!("to-the-door"),
        Delivery::Station => say!("to-a-station"),
    }
}

/// A depth of access.
pub fn access(access: Access) -> String {
    match access {
        Access::Blocked => say!("access-blocked"),
        Access::Advert => say!("access-advert"),
        Access::Jump => say!("access-jump"),
        Access::MiniProgram => say!("access-mini-program"),
        Access::Native => say!("access-native"),
    }
}

/// What a service asks, by its number.
pub(super) fn service_price(level: &Level, number: usize, price: f64) -> String {
    asked(level, &level.services[number].id, price)
}

/// What a service asks: a carrier yuan for a parcel, every other a part of what is sold.
pub(super) fn asked(level: &Level, id: &str, price: f64) -> String {
    let known = level.services.iter().find(|service| service.id == id);
    match known.map(|known| &known.kind) {
        Some(ServiceKind::Carrier(_)) => form::yuan(price),
        _ => form::percent_to(price, 2),
    }
}
