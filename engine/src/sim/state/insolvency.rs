//! Companies that run out of money: how far each has gone, and what an administrator sells of it. Public.

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A service that an administrator sells.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Lot {
    /// Service, by number.
    pub service: usize,
    /// What it earned in the last month less what it cost, in yuan.
    pub earned: f64,
    /// The least that is taken for it, in yuan.
    pub least: f64,
}

/// How a company stands with those whom it owes money.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Solvency {
    /// Months in a row that ended with less than no cash.
    pub overdrawn: u32,
    /// Months in a row that ended beyond its credit line.
    pub beyond: u32,
    /// The last turn in which an administrator acts for it; nothing where its CEO does.
    pub until: Option<u32>,
    /// What the administrator sells.
    pub lots: Vec<Lot>,
}

/// Every company's, by platform; an empty list as long as nobody owes anything. Whoever has closed owes nothing any more.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Insolvencies(pub Vec<Solvency>);

impl Insolvencies {
    /// How a company stands; nothing where nobody is in debt.
    pub fn of(&self, platform: usize) -> Option<&Solvency> {
        self.0.get(platform)
    }

    /// The last turn in which an administrator acts for a company, where one does.
    pub fn administered(&self, platform: usize) -> Option<u32> {
        self.of(platform)?.until
    }

    /// Everything that is for sale, and whose it is, by the seller and then as its services are numbered.
    pub fn lots(&self) -> impl Iterator<Item = (usize, Lot)> + '_ {
        let of = |(seller, solvency): (usize, &Solvency)| {
            solvency.lots.iter().map(move |lot| (seller, *lot)).collect::<Vec<_>>()
        };
        self.0.iter().enumerate().flat_map(of)
    }

    /// A service that is for sale, and whose it is.
    pub fn lot(&self, service: usize) -> Option<(usize, Lot)> {
        self.lots().find(|(_, lot)| lot.service == service)
    }
}

/// A sealed bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedBid {
    /// Whose.
    pub by: usize,
    /// For which service.
    pub service: usize,
    /// Fen.
    pub price: i128,
}

/// This month's bids; opened, and gone, at its end.
#[derive(Resource, Clone, Debug, Default)]
pub struct Bids(pub Vec<SealedBid>);
