//! What a host asks of the program.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reading::{Misread, read_object};
use crate::order::Orders;

/// A request of a host.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Request {
    /// Begins matches.
    Reset(Reset),
    /// Plays one turn of matches.
    Step(Step),
    /// Makes another match that stands where one does.
    Clone(Copied),
    /// A match as a saved match.
    State(One),
    /// Makes a match of a saved match.
    Restore(Restore),
    /// What companies turn out to be worth.
    Judge(Judge),
    /// Ends a match.
    Close(One),
    /// What there is to see and to do in a level.
    Describe(Describe),
}

/// What is added to an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Observe {
    /// Nothing.
    None,
    /// What the host's seats see, and may order.
    #[default]
    View,
    /// Vectors for learning agents.
    Vector,
}

/// What a learning agent is rewarded for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RewardName {
    /// Change of the company's value over its value after the first month; nothing in that month.
    #[default]
    Value,
    /// Profit over the company's value after the first month.
    Profit,
    /// Change of its share of all platforms' sales.
    Share,
    /// Nothing until the last turn; then the part of its rivals that it ends above.
    Win,
}

impl RewardName {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Value, Self::Profit, Self::Share, Self::Win];
}

/// `reset`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reset {
    /// The matches.
    pub matches: Vec<MatchSetup>,
    /// What is added to the answer.
    #[serde(default)]
    pub observe: Observe,
}

/// How a match is to be played.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchSetup {
    /// Its number, of the host's choice.
    #[serde(rename = "match")]
    pub number: u32,
    /// A shipped level's name or a level file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// A level's text, in place of `level`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Changes to the level, such as `market.habit=2`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<String>,
    /// Who decides, by platform id: `host`, a strategy, or `cmd:…`; as in the level for the others.
    #[serde(default)]
    pub seats: BTreeMap<String, String>,
    /// Number of turns; the level's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turns: Option<u32>,
    /// Seed of every draw; the level's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Consumer agents; the level's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumers: Option<u32>,
    /// Merchant agents; the level's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merchants: Option<u32>,
    /// What the host's seats are rewarded for.
    #[serde(default)]
    pub reward: RewardName,
}

/// `step`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is ordered in each match.
    pub matches: Vec<MatchOrders>,
    /// What is added to the answer.
    #[serde(default)]
    pub observe: Observe,
}

/// What is ordered in a match.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchOrders {
    /// Its number.
    #[serde(rename = "match")]
    pub number: u32,
    /// Orders by platform id, of the host's seats.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub orders: BTreeMap<String, Orders>,
    /// Numbers of order templates, one for each of the host's seats in the level's order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actions: Option<Vec<u32>>,
}

/// `clone`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Copied {
    /// Of which match.
    #[serde(rename = "match")]
    pub number: u32,
    /// The new match's number.
    pub to: u32,
    /// What is added to the answer.
    #[serde(default)]
    pub observe: Observe,
}

/// `state` and `close`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct One {
    /// Which match.
    #[serde(rename = "match")]
    pub number: u32,
}

/// `restore`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// The new match's number.
    #[serde(rename = "match")]
    pub number: u32,
    /// What `state` answered, in base64.
    pub save: String,
    /// Who has the seats from now on, where it is somebody else.
    #[serde(default)]
    pub seats: BTreeMap<String, String>,
    /// What the host's seats are rewarded for.
    #[serde(default)]
    pub reward: RewardName,
    /// What is added to the answer.
    #[serde(default)]
    pub observe: Observe,
}

/// `judge`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Judge {
    /// Which matches.
    pub matches: Vec<u32>,
}

/// `describe`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Describe {
    /// A shipped level's name or a level file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// A level's text, in place of `level`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Changes to the level.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<String>,
}

impl Request {
    /// Reads a line.
    ///
    /// # Errors
    /// It is no request.
    pub fn read(line: &str) -> Result<Self, Misread> {
        const KNOWN: [&str; 8] = ["reset", "step", "clone", "state", "restore", "judge", "close", "describe"];
        let object = read_object(line)?;
        match object.kind() {
            "reset" => object.fields().map(Self::Reset),
            "step" => object.fields().map(Self::Step),
            "clone" => object.fields().map(Self::Clone),
            "state" => object.fields().map(Self::State),
            "restore" => object.fields().map(Self::Restore),
            "judge" => object.fields().map(Self::Judge),
            "close" => object.fields().map(Self::Close),
            "describe" => object.fields().map(Self::Describe),
            _ => Err(object.unknown(&KNOWN)),
        }
    }
}
