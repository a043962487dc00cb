//! `experiment`: runs a published experiment.

use std::io::Write;

use anyhow::Result;
use clap::Args;

use super::WELL;

/// Run a published experiment and print its report.
#[derive(Args)]
pub(super) struct Experiment {
    /// Number of paired seeds
    #[arg(long, default_value_t = 24)]
    seeds: u32,
}

impl Experiment {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        writeln!(out, "{}", self.seeds)?;
        Ok(WELL)
    }
}
