//! `experiment`: runs a published experiment.

use std::io::Write;

use anyhow::{Result, anyhow};
use clap::Args;

use super::status::WELL;
use crate::experiment::EXPERIMENTS;
use crate::level::nearest;

/// Run a published experiment and print its report, as it stands in docs/experiments.
#[derive(Args)]
pub(super) struct Experiment {
    /// Which one; absent: list them
    name: Option<String>,
    /// Number of seeds, at least four: with fewer there is no interval to speak of
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(4..=100_000))]
    seeds: u32,
}

impl Experiment {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let Some(name) = &self.name else {
            for experiment in EXPERIMENTS {
                writeln!(out, "{}  {}", experiment.name, experiment.question)?;
            }
            return Ok(WELL);
        };
        let names = || EXPERIMENTS.iter().map(|experiment| experiment.name);
        let experiment = EXPERIMENTS.iter().find(|experiment| experiment.name == name).ok_or_else(|| {
            let hint =
                nearest(name, names()).map(|known| format!(" (did you mean `{known}`?)")).unwrap_or_default();
            anyhow!("no experiment `{name}`{hint}; there are: {}", names().collect::<Vec<_>>().join(", "))
        })?;
        write!(out, "{}", (experiment.run)(self.seeds)?)?;
        Ok(WELL)
    }
}
