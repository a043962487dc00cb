//! What may happen in a level: when, what it does, and what seats may choose.

mod condition;
mod in_force;
pub(super) mod raw;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::regulator::Offence;

pub use condition::{Condition, Rising};
pub use in_force::mood_after;

/// Most events of a level, and most choices of one of them: they stand in one list.
pub const MAX_EVENTS: usize = 200;
/// Most choices of an event.
pub const MAX_CHOICES: usize = 5;
/// Most months that an answer may take.
pub const MAX_ANSWER: u32 = 12;

/// Something that may happen. Ids are resolved: indices follow the level's order.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LevelEvent {
    /// Identifier; orders name it.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// What it is about.
    pub text: String,
    /// It happens after a turn for which this holds.
    pub when: Condition,
    /// Months before it may happen again; never again when absent.
    pub cooldown: Option<u32>,
    /// Who chooses; everybody when absent.
    pub seat: Option<usize>,
    /// What it does, from the next turn on.
    pub effects: Vec<Effect>,
    /// What may be chosen; nothing where nobody is asked.
    pub choices: Vec<Choice>,
    /// The choice that is taken when nobody answers, by place.
    pub default: usize,
    /// Months in which it can be answered.
    pub answer_within: u32,
}

/// One of the answers to an event.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Choice {
    /// Identifier; orders name it.
    pub id: String,
    /// What is chosen, in a few words.
    pub text: String,
    /// What it does, from the turn in which it is chosen.
    pub effects: Vec<Effect>,
}

/// What an event does. None of them states an outcome: people and companies answer to each.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub enum Effect {
    /// A level's numbers are others, for some months or for good.
    Change {
        /// Which.
        change: Change,
        /// How long; for good when absent.
        months: Option<u32>,
    },
    /// Money comes to a company from outside, or goes there.
    Pay {
        /// Which company; whoever is asked when absent.
        to: Option<usize>,
        /// Yuan; below 0 it pays.
        amount: f64,
    },
    /// People think better or worse of a company.
    Opinion {
        /// Which company; whoever is asked when absent.
        of: Option<usize>,
        /// By how much.
        by: f64,
    },
    /// A deed of a company is put on file.
    Attention {
        /// Which company; whoever is asked when absent.
        of: Option<usize>,
        /// What it is said to have done.
        offence: Offence,
        /// How much it weighs.
        weight: f64,
    },
    /// The regulator forbids a company what it forbids those it has judged.
    Remedy {
        /// Which company; whoever is asked when absent.
        of: Option<usize>,
        /// Months in which it must have stopped.
        months: u32,
        /// Services that it must open to every shop by then.
        open: Vec<usize>,
    },
    /// A flag is set or taken down: conditions read it.
    Flag {
        /// Its number.
        flag: usize,
        /// Whether it is set.
        up: bool,
    },
}

/// Numbers of a level that are others for a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub enum Change {
    /// People spend so many times as much.
    Spending {
        /// On this category; on everything when absent.
        category: Option<usize>,
        /// How many times.
        factor: f64,
    },
    /// A parameter of the market is so many times what it was.
    Market {
        /// Its name.
        parameter: String,
        /// How many times.
        factor: f64,
    },
    /// Only so much of a carrier's room works.
    Room {
        /// Service.
        service: usize,
        /// Part of it.
        factor: f64,
    },
    /// A newcomer is there.
    Enter {
        /// Which.
        platform: usize,
    },
    // New kinds stand last: what lasts is kept by their place. No level states these two; insolvency brings them about.
    /// A service is somebody else's.
    Own {
        /// Service.
        service: usize,
        /// Whose; an independent firm's when absent.
        owner: Option<usize>,
    },
    /// A company has closed.
    Leave {
        /// Which.
        platform: usize,
    },
}

/// The parameter that companies are valued by: no event changes it, so that values of two months can be compared.
pub const JUDGED_BY: &str = "discount_rate";

/// Parameters of the market that are looked at when it opens and never again: what they made lasts.
pub const SETTLED: [&str; 13] = [
    "price_sensitivity",
    "price_sensitivity_spread",
    "merchant_margin",
    "merchant_margin_spread",
    "listing_cost",
    "multi_homing",
    "multi_homing_slope",
    "pass_through",
    "opening_investment",
    "opening_governance",
    "opening_take_rate",
    "opening_advert_load",
    "opening_online_share",
];
