//! `metrics`, `parameters` and `orders`: what there is to be measured, changed and ordered.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::status::WELL;
use super::tables::Table;
use crate::level::{MarketBase, MarketParameters};
use crate::order::KINDS;
use crate::sim::metrics::{METRICS, Unit};

/// List what can be measured
#[derive(Args)]
pub(super) struct Metrics {
    /// Print one JSON array
    #[arg(long)]
    json: bool,
}

/// List the parameters of a market, with their ranges and defaults
#[derive(Args)]
pub(super) struct Parameters {
    /// Print one JSON array
    #[arg(long)]
    json: bool,
}

/// List the orders that a platform can give
#[derive(Args)]
pub(super) struct Orders {
    /// Print one JSON array
    #[arg(long)]
    json: bool,
}

impl Metrics {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let unit = |unit: Unit| match unit {
            Unit::Fraction => "fraction",
            Unit::Ratio => "ratio",
            Unit::Yuan => "yuan",
            Unit::Count => "count",
            Unit::Utility => "utility",
        };
        let rows = METRICS.iter().map(
            |metric| json!({ "name": metric.name, "unit": unit(metric.unit), "meaning": metric.meaning }),
        );
        list(out, self.json, &["name", "<unit", "<meaning"], rows.collect())
    }
}

impl Parameters {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let textbook = MarketParameters::of(MarketBase::Textbook).numbers();
        let standard = MarketParameters::of(MarketBase::Standard).numbers();
        let rows = standard.into_iter().zip(textbook).map(|((name, standard, range), (_, textbook, _))| {
            json!({
                "name": name,
                "standard": standard,
                "textbook": textbook,
                "least": range.start(),
                "most": range.end(),
            })
        });
        list(out, self.json, &["name", "standard", "textbook", "least", "most"], rows.collect())
    }
}

impl Orders {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let rows = KINDS.iter().map(|kind| {
            json!({
                "name": kind.name,
                "sets": kind.number.map(|number| number.field),
                "unit": kind.number.map(|number| number.unit),
                // Where cash alone sets a limit there is none to be named.
                "most": kind.number.map(|number| number.most).filter(|most| most.is_finite()),
                "meaning": kind.meaning,
            })
        });
        list(out, self.json, &["name", "<sets", "<unit", "most", "<meaning"], rows.collect())
    }
}

/// Objects as an array, or as a table of the columns whose names they have.
fn list(out: &mut impl Write, in_json: bool, columns: &[&str], rows: Vec<Value>) -> Result<u8> {
    if in_json {
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
        return Ok(WELL);
    }
    let mut table = Table::new(columns);
    for row in &rows {
        table.row(columns.iter().map(|column| match &row[column.trim_start_matches('<')] {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        }));
    }
    write!(out, "{table}")?;
    Ok(WELL)
}
