//! `strategies`: who can take a seat.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::status::WELL;
use super::tables::Table;
use crate::strategy::{self, STRATEGIES, Strategy};

/// List the strategies that can take a seat.
#[derive(Args)]
pub(super) struct Strategies {
    /// Say what one does and what it can be given
    #[arg(long, value_name = "NAME")]
    describe: Option<String>,
    /// Print one JSON array, or one object
    #[arg(long)]
    json: bool,
}

impl Strategies {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        if let Some(name) = &self.describe {
            let strategy = strategy::strategy(name)?.strategy();
            if self.json {
                writeln!(out, "{}", serde_json::to_string_pretty(&described(strategy))?)?;
            } else {
                describe(out, strategy)?;
            }
            return Ok(WELL);
        }
        if self.json {
            let all: Vec<Value> = STRATEGIES.iter().map(|strategy| described(*strategy)).collect();
            writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
            return Ok(WELL);
        }
        let width = STRATEGIES.iter().map(|strategy| strategy.name().len()).max().unwrap_or(0);
        for strategy in STRATEGIES {
            writeln!(out, "{:width$}  {}", strategy.name(), strategy.idea())?;
        }
        writeln!(
            out,
            "\nSeat one with `walled-gardens run LEVEL --seat PLATFORM=STRATEGY`; --describe NAME says what it can be given."
        )?;
        Ok(WELL)
    }
}

fn described(strategy: &dyn Strategy) -> Value {
    let parameters = strategy.parameters().iter().map(|parameter| {
        json!({
            "name": parameter.name,
            "meaning": parameter.meaning,
            "usual": parameter.usual,
            "least": parameter.least,
            "most": parameter.most,
        })
    });
    let parameters: Vec<Value> = parameters.collect();
    json!({
        "name": strategy.name(),
        "idea": strategy.idea(),
        "searches": strategy.searches(),
        "parameters": parameters,
    })
}

fn describe(out: &mut impl Write, strategy: &dyn Strategy) -> Result<()> {
    writeln!(out, "{}\n{}\n", strategy.name(), strategy.idea())?;
    if strategy.searches() {
        writeln!(out, "It tries orders out in imagined markets first: its matches take long.\n")?;
    }
    let parameters = strategy.parameters();
    if parameters.is_empty() {
        writeln!(out, "It has no parameters.")?;
        return Ok(());
    }
    let mut table = Table::new(&["<parameter", "usually", "from", "to", "<meaning"]);
    for parameter in parameters {
        table.row([
            parameter.name.to_owned(),
            parameter.usual.to_string(),
            parameter.least.to_string(),
            parameter.most.to_string(),
            parameter.meaning.to_owned(),
        ]);
    }
    write!(out, "{table}")?;
    let first = &parameters[0];
    writeln!(
        out,
        "\nWritten `{}({}: {})`, wherever a strategy is named on the command line or in a tournament's plan.",
        strategy.name(),
        first.name,
        first.usual
    )?;
    Ok(())
}
