//! Whom and what a metric is asked of.

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
