//! Services as a level file writes them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Carrier, CarrierSupply, Delivery, Speed};
use crate::order::Access;

/// A service as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "service")]
pub enum RawService {
    /// A wallet.
    Wallet(RawWallet),
    /// A carrier.
    Carrier(RawCarrier),
    /// An app.
    App(RawApp),
}

/// What every service has.
pub struct RawCommon<'a> {
    /// Identifier.
    pub id: &'a str,
    /// Name shown; the id when absent.
    pub name: Option<&'a String>,
    /// Id of the platform that owns it.
    pub owner: Option<&'a String>,
    /// What it asks for.
    pub price: f64,
    /// What it asks of single platforms.
    pub prices: &'a BTreeMap<String, f64>,
}

impl RawService {
    /// What every service has.
    pub fn common(&self) -> RawCommon<'_> {
        let (id, name, owner, price, prices) = match self {
            Self::Wallet(raw) => (&raw.id, &raw.name, &raw.owner, raw.fee, &raw.fees),
            Self::Carrier(raw) => (&raw.id, &raw.name, &raw.owner, raw.price, &raw.prices),
            Self::App(raw) => (&raw.id, &raw.name, &raw.owner, raw.link_fee, &raw.link_fees),
        };
        RawCommon { id, name: name.as_ref(), owner: owner.as_ref(), price, prices }
    }
}

/// A wallet as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "wallet")]
pub struct RawWallet {
    /// Identifier, unique among services.
    pub id: String,
    /// Name shown; the id when absent.
    pub name: Option<String>,
    /// Id of the platform that owns it; an independent firm when absent.
    pub owner: Option<String>,
    /// What merchants pay, over what is paid.
    #[serde(default = "wallet_fee")]
    pub fee: f64,
    /// Fees on single platforms that differ.
    #[serde(default)]
    pub fees: BTreeMap<String, f64>,
    /// Cost of a payment, over what is paid.
    #[serde(default = "wallet_cost")]
    pub cost: f64,
    /// What a habitual user brings in beyond checkout, yuan a month.
    #[serde(default = "wallet_income")]
    pub income: f64,
    /// Fraction of online people who hold it, by region; the rest of the regions have `held`.
    #[serde(default)]
    pub holders: BTreeMap<String, f64>,
    /// The same where no region says otherwise.
    #[serde(default = "half")]
    pub held: f64,
    /// Relative chance that a holder pays with it habitually.
    #[serde(default = "one")]
    pub habit: f64,
    /// Platforms at whose checkout it is taken; the owner's, or everybody's if it is nobody's or its owner has no shop.
    pub accepted_by: Option<Vec<String>>,
    /// Platforms that may take it although they do not; more may be let in by orders.
    #[serde(default)]
    pub open_to: Vec<String>,
}

/// A carrier as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "carrier")]
pub struct RawCarrier {
    /// Identifier, unique among services.
    pub id: String,
    /// Name shown; the id when absent.
    pub name: Option<String>,
    /// Id of the platform that owns it; an independent firm when absent.
    pub owner: Option<String>,
    /// How it is organised.
    pub supply: CarrierSupply,
    /// How soon it delivers.
    #[serde(default)]
    pub speed: Speed,
    /// Where it delivers.
    #[serde(default)]
    pub delivery: Delivery,
    /// Yuan a parcel.
    pub price: f64,
    /// Prices to single platforms' merchants that differ.
    #[serde(default)]
    pub prices: BTreeMap<String, f64>,
    /// Quality by region; the usual one of its speed and place where absent.
    #[serde(default)]
    pub quality: BTreeMap<String, f64>,
    /// Cost of a parcel, yuan; usual for its supply when absent.
    pub variable_cost: Option<f64>,
    /// Cost of room for a parcel a month, yuan; usual for its supply when absent.
    pub fixed_cost: Option<f64>,
    /// Parcels a month; without bound when absent, which heavy supply may not be.
    pub capacity: Option<f64>,
    /// Platforms whose merchants may ship with it; the owner's, or everybody's if it is nobody's or its owner has no shop.
    pub used_by: Option<Vec<String>>,
    /// Platforms that may use it although they do not.
    #[serde(default)]
    pub open_to: Vec<String>,
}

impl RawCarrier {
    /// Quality where no region says otherwise.
    pub fn usual_quality(&self) -> f64 {
        Carrier::usual_quality(self.speed, self.delivery)
    }

    /// Cost of a parcel, and of room for one, yuan.
    pub fn costs(&self) -> (f64, f64) {
        let (variable, fixed) = self.supply.usual_costs();
        (self.variable_cost.unwrap_or(variable), self.fixed_cost.unwrap_or(fixed))
    }
}

/// An app as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "app")]
pub struct RawApp {
    /// Identifier, unique among services.
    pub id: String,
    /// Name shown; the id when absent.
    pub name: Option<String>,
    /// Id of the platform that owns it; an independent firm when absent.
    pub owner: Option<String>,
    /// Fraction of people who use it, by region; the rest of the regions have `used`.
    #[serde(default)]
    pub users: BTreeMap<String, f64>,
    /// The same where no region says otherwise.
    #[serde(default = "half")]
    pub used: f64,
    /// What it earns by adverts with the attention of a user, yuan a month.
    #[serde(default = "advert_income")]
    pub advert_income: f64,
    /// What it takes of the sales that it refers.
    #[serde(default = "link_fee")]
    pub link_fee: f64,
    /// What it takes of single platforms.
    #[serde(default)]
    pub link_fees: BTreeMap<String, f64>,
    /// What a paid visit costs, yuan.
    #[serde(default = "visit_price")]
    pub visit_price: f64,
    /// How deep links to each platform go; the rest have `link`. Its owner's shop is part of it.
    #[serde(default)]
    pub links: BTreeMap<String, Access>,
    /// The same where no platform says otherwise.
    #[serde(default = "advert_link")]
    pub link: Access,
}

/// An integration step as written; what is absent is as usual.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename = "integration step")]
pub struct RawIntegrationStep {
    /// Work, in engineer-months.
    pub effort: Option<f64>,
    /// Months that it takes at least.
    pub months: Option<u32>,
    /// Steps that must be done before.
    pub requires: Option<Vec<String>>,
}

fn wallet_fee() -> f64 {
    0.004
}

fn wallet_cost() -> f64 {
    0.0015
}

fn wallet_income() -> f64 {
    12.0
}

fn advert_income() -> f64 {
    5.0
}

fn link_fee() -> f64 {
    0.02
}

fn visit_price() -> f64 {
    1.0
}

fn half() -> f64 {
    0.5
}

fn one() -> f64 {
    1.0
}

fn advert_link() -> Access {
    Access::Advert
}
