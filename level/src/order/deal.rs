//! What two companies may agree on, and how an offer is answered.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::access::Access;
use super::objection::Objection;

/// What two companies may agree on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deal {
    /// What the one who proposes it grants.
    #[serde(default)]
    pub gives: Vec<Term>,
    /// What it asks for in return.
    #[serde(default)]
    pub asks: Vec<Term>,
    /// How long it holds.
    #[serde(default = "a_year")]
    pub months: u32,
    /// How long it still holds when one of them ends it.
    #[serde(default = "a_quarter")]
    pub notice: u32,
    /// Yuan that whoever breaks it pays the other.
    #[serde(default)]
    pub penalty: f64,
}

/// One thing that a company grants another for as long as an agreement holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Term {
    /// The use of an own service.
    Service {
        /// Service id.
        service: String,
        /// How far; of consequence for apps alone.
        #[serde(default = "Access::whole")]
        access: Access,
        /// Its price; that for everybody when absent.
        #[serde(default)]
        price: Option<f64>,
    },
    /// What it knows of its buyers.
    Data,
    /// That it closes nothing that is open.
    NonBlocking,
    /// Money.
    Payment {
        /// Yuan a month.
        amount: f64,
    },
    /// What passes through its wallets, carriers and apps from the other's shop, to police it by.
    Insight,
    /// That it opens nothing further to a third company.
    Front {
        /// Id of that company.
        against: String,
    },
    /// New shares of its own, paid for once: everybody else has the less of it from then on.
    NewShares {
        /// Fraction of the enlarged company.
        part: f64,
        /// Yuan for all of them.
        price: f64,
    },
    /// Shares of a third company that it owns, paid for once.
    Stake {
        /// Id of that company.
        of: String,
        /// Fraction of that company.
        part: f64,
        /// Yuan for all of them.
        price: f64,
    },
}

/// An answer to an offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Answer {
    /// It is in force from this turn on.
    Accept,
    /// No.
    Refuse,
    /// No, but this instead: an offer the other way.
    Counter(Deal),
    /// No, and why.
    RefuseBecause(Objection),
}

fn a_year() -> u32 {
    12
}

fn a_quarter() -> u32 {
    3
}
