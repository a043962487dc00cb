//! What the program and a bot say to each other.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reading::{Misread, read_object};
use super::terms::Legal;
use super::version::{VERSION, program};
use crate::level::Level;
use crate::order::Orders;
use crate::strategy::{Notes, PlatformView};

/// What the program says to a bot.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToBot<'a> {
    /// The first thing of all.
    Hello(Hello),
    /// A match begins.
    Begin(Begin<'a>),
    /// Orders are asked for.
    Turn(Turn<'a>),
    /// A match is over.
    End(End),
}

/// Who speaks, and which version of the protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hello {
    /// The version.
    pub protocol: u32,
    /// The program and its version.
    pub program: String,
}

impl Hello {
    /// This program.
    pub fn ours() -> Self {
        Self { protocol: VERSION, program: program() }
    }
}

/// A match begins. Nothing is to be answered.
#[derive(Serialize, JsonSchema)]
pub struct Begin<'a> {
    /// Counts the matches of this process from 1.
    #[serde(rename = "match")]
    pub number: u32,
    /// Id of the platform that the bot decides for.
    pub seat: &'a str,
    /// The last turn.
    pub turns: u32,
    /// What the seat was given.
    pub parameters: &'a BTreeMap<String, f64>,
    /// A number below 2⁵³ from the match's chance for this seat.
    pub seed: u64,
    /// The level.
    pub level: &'a Level,
}

/// Orders are asked for.
#[derive(Serialize, JsonSchema)]
pub struct Turn<'a> {
    /// Which match.
    #[serde(rename = "match")]
    pub number: u32,
    /// Which turn, from 1.
    pub turn: u32,
    /// What the bot wanted to remember last.
    pub notes: &'a Notes,
    /// The level, if it has changed since it was last told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<&'a Level>,
    /// What the bot sees.
    pub view: &'a PlatformView,
    /// What it may order.
    pub legal: Vec<Legal>,
}

/// A match is over, or was left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct End {
    /// Which match.
    #[serde(rename = "match")]
    pub number: u32,
    /// The last turn that was asked for.
    pub turn: u32,
    /// What the company turned out to be worth, in yuan; nothing where the match was left.
    pub value: Option<f64>,
    /// Its place by that, from 1.
    pub rank: Option<usize>,
}

/// What a bot says.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromBot {
    /// It is there.
    Ready(Ready),
    /// Its orders for a turn.
    Orders(Decided),
}

/// The answer to `hello`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ready {
    /// The version of the protocol that the bot speaks.
    pub protocol: u32,
    /// What it calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The answer to `turn`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// Which match.
    #[serde(rename = "match")]
    pub number: u32,
    /// Which turn.
    pub turn: u32,
    /// What is ordered, carried out in this order.
    pub orders: Orders,
    /// What is to be remembered; as it was when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Notes>,
}

impl FromBot {
    /// Reads a line.
    ///
    /// # Errors
    /// It is nothing that a bot says.
    pub fn read(line: &str) -> Result<Self, Misread> {
        let object = read_object(line)?;
        match object.kind() {
            "ready" => object.fields().map(Self::Ready),
            "orders" => object.fields().map(Self::Orders),
            _ => Err(object.unknown(&["ready", "orders"])),
        }
    }
}
