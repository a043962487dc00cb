//! `schema`: the messages of the protocol.

use std::io::Write;

use anyhow::Result;
use clap::Args;

use super::status::WELL;
use crate::protocol;

/// Print the JSON Schema of the messages that bots, hosts and the program exchange.
#[derive(Args)]
pub(super) struct Schema {}

impl Schema {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        writeln!(out, "{}", serde_json::to_string_pretty(&protocol::schema())?)?;
        Ok(WELL)
    }
}
