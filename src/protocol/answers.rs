//! What the program answers to a host.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;

use super::guest::Hello;
use super::reading::Misread;
use super::requests::RewardName;
use super::terms::Legal;
use crate::level::Level;
use crate::strategy::PlatformView;

/// An answer, one line.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
// Offers have answers too.
#[schemars(rename = "Reply")]
pub enum Answer<'a> {
    /// The first thing of all, unasked.
    Hello(Hello),
    /// How matches stand.
    Turns(Turns),
    /// A saved match.
    State(State),
    /// What companies turned out to be worth.
    Judged(Judged),
    /// A match has ended.
    Closed(Closed),
    /// What there is to see and to do in a level.
    Described(Described<'a>),
    /// Nothing was done.
    Error(Failure),
}

/// How matches stand, in the order of the request.
#[derive(Serialize, JsonSchema)]
pub struct Turns {
    /// Each of them: written where it was played, beside the others.
    #[schemars(with = "Vec<Standing<'static>>")]
    pub matches: Vec<Box<RawValue>>,
    /// What learning agents get of all of them.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub vectors: Option<Vectors>,
}

/// How a match stands, or why it is not known.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Standing<'a> {
    /// It stands so.
    Played(Played<'a>),
    /// It failed.
    Failed {
        /// Its number.
        #[serde(rename = "match")]
        number: u32,
        /// Why.
        error: Failure,
    },
}

/// How a match stands.
#[derive(Serialize, JsonSchema)]
pub struct Played<'a> {
    /// Its number.
    #[serde(rename = "match")]
    pub number: u32,
    /// Turns played.
    pub turn: u32,
    /// Whether they are all.
    pub over: bool,
    /// The level, where it is new or has changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<&'a Level>,
    /// How each seat stands, by platform id; nothing beside vectors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seats: Option<BTreeMap<&'a str, SeatFigures<'a>>>,
}

/// How a seat stands after the last turn.
#[derive(Serialize, JsonSchema)]
pub struct SeatFigures<'a> {
    /// Whether the host decides for it.
    pub host: bool,
    /// Whether it has anything to decide.
    pub acts: bool,
    /// What the company is worth, yuan.
    pub value: f64,
    /// Profit of the turn, yuan.
    pub profit: f64,
    /// Share of all platforms' sales.
    pub share: f64,
    /// Cash, yuan.
    pub cash: f64,
    /// The reward of the turn, of the host's seats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reward: Option<f64>,
    /// What it sees and may order, where that was asked for.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observed<'a>>,
}

/// What a seat sees and may order.
#[derive(Serialize, JsonSchema)]
pub struct Observed<'a> {
    /// What it sees.
    pub view: &'a PlatformView,
    /// What it may order.
    pub legal: Vec<Legal>,
}

/// Rows of numbers in base64, little-endian: a row for each of the host's seats, match by match in the order of the request and seat by
/// seat in the level's order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Vectors {
    /// How many rows.
    pub rows: usize,
    /// float32: what each seat sees.
    pub observations: String,
    /// int8: which actions are legal.
    pub masks: String,
    /// float32: the reward of the turn.
    pub rewards: String,
    /// float64: value, profit, share and cash.
    pub figures: String,
    /// int8: whether the seat has anything to decide.
    pub acts: String,
}

/// A saved match.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct State {
    /// Which match.
    #[serde(rename = "match")]
    pub number: u32,
    /// The bytes of a saved match, in base64.
    pub save: String,
}

/// A match has ended.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Closed {
    /// Which.
    #[serde(rename = "match")]
    pub number: u32,
}

/// What companies turned out to be worth.
#[derive(Serialize, JsonSchema)]
pub struct Judged {
    /// By match, in the order of the request.
    pub matches: Vec<JudgedMatch>,
}

/// What the companies of a match turned out to be worth.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub enum JudgedMatch {
    /// This.
    Seats {
        /// Which match.
        #[serde(rename = "match")]
        number: u32,
        /// By platform id.
        seats: BTreeMap<String, Worth>,
    },
    /// It failed.
    Failed {
        /// Which match.
        #[serde(rename = "match")]
        number: u32,
        /// Why.
        error: Failure,
    },
}

/// What a company turned out to be worth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Worth {
    /// Yuan.
    pub value: f64,
    /// Its place by that, from 1.
    pub rank: usize,
}

/// What there is to see and to do in a level.
#[derive(Serialize, JsonSchema)]
pub struct Described<'a> {
    /// The level.
    pub level: &'a Level,
    /// Ids of its platforms.
    pub seats: Vec<&'a str>,
    /// What the numbers of an observation are.
    pub observation: Vec<Feature>,
    /// What the actions are.
    pub actions: Vec<ActionTemplate>,
    /// What agents can be rewarded for.
    pub rewards: Vec<RewardName>,
}

/// A number of an observation.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// What it counts in before it is scaled.
    pub unit: &'static str,
    /// What it is divided by.
    pub scale: f64,
    /// Whether it is then squashed by tanh, because nature does not bound it.
    pub squashed: bool,
    /// The least that it can be.
    pub low: f32,
    /// The most that it can be.
    pub high: f32,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ActionTemplate {
    /// Its name.
    pub name: String,
    /// What it does.
    pub meaning: String,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Failure {
    /// What is wrong.
    pub what: String,
    /// Where in the request.
    #[serde(rename = "where")]
    pub at: String,
    /// What would be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
}

impl Failure {
    /// Something wrong at a place of the request.
    pub fn new(at: impl Into<String>, what: impl Into<String>) -> Self {
        Self { what: what.into(), at: at.into(), expected: None }
    }

    /// With what would be right.
    pub fn expected(self, expected: impl Into<String>) -> Self {
        Self { expected: Some(expected.into()), ..self }
    }
}

impl From<Misread> for Failure {
    fn from(misread: Misread) -> Self {
        Self { what: misread.what, at: misread.at, expected: misread.expected }
    }
}
