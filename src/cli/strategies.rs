//! `strategies`: who can take a seat.

use std::io::Write;

use anyhow::Result;
use clap::Args;

use super::WELL;
use crate::strategy::STRATEGIES;

/// List the strategies that can take a seat.
#[derive(Args)]
pub(super) struct Strategies {
    /// Print one JSON array
    #[arg(long)]
    json: bool,
}

impl Strategies {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        if self.json {
            let all: Vec<_> = STRATEGIES
                .iter()
                .map(|strategy| serde_json::json!({"name": strategy.name(), "idea": strategy.idea()}))
                .collect();
            writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
            return Ok(WELL);
        }
        let width = STRATEGIES.iter().map(|strategy| strategy.name().len()).max().unwrap_or(0);
        for strategy in STRATEGIES {
            writeln!(out, "{:width$}  {}", strategy.name(), strategy.idea())?;
        }
        writeln!(out, "\nSeat one with `walled-gardens run LEVEL --seat PLATFORM=STRATEGY`.")?;
        Ok(WELL)
    }
}
