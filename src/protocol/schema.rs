//! The JSON Schema of every message, made of the types.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::answers::Answer;
use super::guest::{FromBot, ToBot};
use super::requests::Request;

/// Everything that is said.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it is never made: its shape is all that is asked of it")]
#[schemars(title = "The protocol of Walled Gardens, version 1", untagged)]
enum Message<'a> {
    /// From the program to a bot.
    ToBot(ToBot<'a>),
    /// From a bot to the program.
    FromBot(FromBot),
    /// From a host to `serve`.
    Request(Request),
    /// From `serve` to a host.
    Answer(Answer<'a>),
}

/// The JSON Schema (draft 2020-12) of every message.
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Message>()
}
