//! Services: wallets, carriers and apps. What a level file may say of them, and what is known once it is checked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::order::Access;

/// Most wallets in one level: those that a consumer holds are a mask of 8 bits.
pub const MAX_WALLETS: usize = 8;

/// Most carriers in one level.
pub const MAX_CARRIERS: usize = 8;

/// Most apps in one level: every set of apps that people use makes cells of their own.
pub const MAX_APPS: usize = 4;

/// A service that platforms may use, their own or another's.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Service {
    /// Identifier, unique among services.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// Platform index of the company that owns it; none for an independent firm, which serves everybody.
    pub owner: Option<usize>,
    /// By platform, at the opening.
    pub counterparts: Vec<Counterpart>,
    /// What it does.
    pub kind: ServiceKind,
}

/// How a service and a platform stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Counterpart {
    /// What the service's owner allows.
    pub granted: Access,
    /// What the platform has built and wants.
    pub used: Access,
    /// What the service asks for: a fraction of what a wallet pays or of the sales that an app refers, or yuan a parcel.
    pub price: f64,
}

impl Counterpart {
    /// What is in force: it takes both.
    pub fn in_force(&self) -> Access {
        self.granted.min(self.used)
    }
}

/// What a service does.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub enum ServiceKind {
    /// Pays.
    Wallet(Wallet),
    /// Delivers.
    Carrier(Carrier),
    /// Holds people's attention, and can lead them into shops.
    App(App),
}

/// A wallet at the opening. Lists are by region.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Wallet {
    /// Cost of a payment, over what is paid.
    pub cost: f64,
    /// What a habitual user brings in beyond checkout, yuan a month.
    pub income: f64,
    /// Fraction of online people who hold it.
    pub holders: Vec<f64>,
    /// Relative chance that a holder pays with it habitually.
    pub habit: f64,
}

/// A carrier at the opening.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Carrier {
    /// How it is organised.
    pub supply: CarrierSupply,
    /// How soon it delivers.
    pub speed: Speed,
    /// Where it delivers.
    pub delivery: Delivery,
    /// Quality of its deliveries by region, 0 to 1.
    pub quality: Vec<f64>,
    /// Cost of a parcel, yuan.
    pub variable_cost: f64,
    /// Cost of room for one parcel a month, used or not, yuan.
    pub fixed_cost: f64,
    /// Parcels a month; none where it hires as it needs.
    pub capacity: Option<f64>,
    /// Part of the room that works: all of it, but for what happens.
    pub working: f64,
}

/// How a carrier is organised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum CarrierSupply {
    /// Own warehouses, vehicles and people: capacity that costs whether it is used or not.
    Heavy,
    /// Partners paid by the parcel: nothing is fixed.
    Franchise,
    /// Whoever has time: takes what others cannot, at a surcharge. No merchant has a contract with it.
    Crowd,
}

/// How soon a carrier delivers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Speed {
    /// Three days or more.
    #[default]
    Standard,
    /// The next day.
    NextDay,
    /// Within hours.
    Hourly,
    /// Within the hour.
    Instant,
}

/// Where a carrier delivers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Delivery {
    /// To the door.
    Door,
    /// To a pick-up station.
    #[default]
    Station,
}

impl CarrierSupply {
    /// Usual costs: of a parcel, and of room for one, yuan.
    pub(super) fn usual_costs(self) -> (f64, f64) {
        match self {
            Self::Heavy => (3.5, 2.5),
            Self::Franchise => (2.5, 0.0),
            Self::Crowd => (6.0, 0.0),
        }
    }
}

impl Carrier {
    /// Usual quality of a delivery of this kind, 0 to 1: from what a parcel at a station after some days is worth to
    /// one at the door within the hour.
    pub(super) fn usual_quality(speed: Speed, delivery: Delivery) -> f64 {
        let by_speed = match speed {
            Speed::Standard => 0.44,
            Speed::NextDay => 0.66,
            Speed::Hourly => 0.80,
            Speed::Instant => 0.86,
        };
        by_speed + if delivery == Delivery::Door { 0.14 } else { 0.0 }
    }
}

/// An app at the opening.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct App {
    /// Fraction of people who use it, by region.
    pub users: Vec<f64>,
    /// What it earns by adverts with the attention of a user, yuan a month.
    pub advert_income: f64,
    /// What a visit to a shop costs that pays for visits, yuan.
    pub visit_price: f64,
}

/// A step of engineering that joins two companies' systems.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct IntegrationStep {
    /// Work, in engineer-months.
    pub effort: f64,
    /// Months that it takes at least, however many work on it.
    pub months: u32,
    /// Steps that must be done with the same company before.
    pub requires: Vec<Step>,
}

/// Kinds of integration steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Links that jump into the shop.
    Jump,
    /// The shop inside the app.
    MiniProgram,
    /// A wallet at the checkout.
    Wallet,
    /// A carrier for the merchants.
    Carrier,
    /// Shared data.
    Data,
}

impl Step {
    /// Every step, in the order of their numbers.
    pub const ALL: [Self; 5] = [Self::Jump, Self::MiniProgram, Self::Wallet, Self::Carrier, Self::Data];

    /// What it is called in levels.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jump => "jump",
            Self::MiniProgram => "mini-program",
            Self::Wallet => "wallet",
            Self::Carrier => "carrier",
            Self::Data => "data",
        }
    }

    /// The step as it is where a level does not say otherwise.
    pub fn usual(self) -> IntegrationStep {
        let (effort, months, requires) = match self {
            Self::Jump => (50.0, 1, vec![]),
            Self::MiniProgram => (150.0, 2, vec![Self::Jump]),
            Self::Wallet => (200.0, 2, vec![]),
            Self::Carrier => (150.0, 2, vec![]),
            Self::Data => (250.0, 3, vec![]),
        };
        IntegrationStep { effort, months, requires }
    }
}
