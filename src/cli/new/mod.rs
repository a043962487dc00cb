//! `new`: writes a level, by one template or another.

mod place;
mod random;

use std::io::Write;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::status::WELL;

/// Write a level to start from, or one that is drawn.
#[derive(Args)]
pub(super) struct New {
    #[command(subcommand)]
    template: Template,
}

/// What a level is made by.
#[derive(Subcommand)]
enum Template {
    /// A market that is drawn from a seed: the same settings give the same level, for whoever names them
    Random(random::Random),
}

impl New {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        match &self.template {
            Template::Random(random) => random.place.put(&random.text(), out)?,
        }
        Ok(WELL)
    }
}
