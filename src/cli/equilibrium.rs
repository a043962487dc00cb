//! `equilibrium`: where competition settles when every platform knows the market.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::{Value, json};

use super::status::{BAD_OUTCOME, WELL};
use super::tables::Table;
use crate::equilibrium::{self, Deviation, Equilibrium as Found, Failure, Report};
use crate::level::{Conduct, Expectations, Level, MAX_MEMBERSHIP_FEE};
use crate::strategy;

/// Part of the people that is nobody.
const NOBODY: f64 = 1e-12;

/// Find the Nash equilibria of a level: the fees (or quantities) at which no platform gains by moving
#[derive(Args)]
pub(super) struct Equilibrium {
    /// A shipped level's name or a level file
    level: String,
    /// Change one value of the level, such as `market.logit_scale=0.5`; repeatable, the last wins
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Equilibrium {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let level = Level::find(&self.level, &self.set, &strategy::vocabulary())?;
        let report = equilibrium::solve(&level)
            .with_context(|| format!("no equilibrium of {} can be sought", level.id))?;
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&in_json(&level, &report))?)?;
        } else {
            show(out, &level, &report)?;
        }
        Ok(if report.equilibria().next().is_some() { WELL } else { BAD_OUTCOME })
    }
}

fn by_id(level: &Level, values: impl Fn(usize) -> Value) -> Value {
    let shops = level.shops().into_iter();
    shops
        .map(|platform| (level.platforms[platform].id.clone(), values(platform)))
        .collect::<BTreeMap<_, _>>()
        .into_iter()
        .collect()
}

fn deviation_in_json(level: &Level, deviation: &Deviation) -> Value {
    json!({
        "platform": level.platforms[deviation.platform].id,
        "membership_fee": deviation.membership_fee,
        "merchant_fee": deviation.merchant_fee,
        "gain": deviation.gain,
    })
}

fn found_in_json(level: &Level, found: &Found) -> Value {
    json!({
        "prices": by_id(level, |p| json!({
            "membership_fee": found.membership_fee[p],
            "merchant_fee": found.merchant_fee[p],
        })),
        "shares": by_id(level, |p| json!({ "members": found.members[p], "listings": found.listings[p] })),
        "profits": by_id(level, |p| json!(found.profit[p])),
        "within_orders": level.shops().iter().all(|&p| {
            (0.0..=MAX_MEMBERSHIP_FEE).contains(&found.membership_fee[p])
        }),
        "converged": true,
        "deviation": found.deviation.as_ref().map(|deviation| deviation_in_json(level, deviation)),
        "starts": found.starts,
        "rounds": found.rounds,
        "last_move": found.last_move,
    })
}

fn failure_in_json(level: &Level, failure: &Failure) -> Value {
    let iterates = failure
        .iterates
        .iter()
        .map(|fees| by_id(level, |p| json!({ "membership_fee": fees[p].0, "merchant_fee": fees[p].1 })));
    json!({
        "start": failure.start,
        "reason": failure.reason,
        "rounds": failure.rounds,
        "iterates": iterates.collect::<Vec<_>>(),
    })
}

/// The first result at the top, then all of them.
fn in_json(level: &Level, report: &Report) -> Value {
    let mut top = match report.found.first() {
        Some(first) => found_in_json(level, first),
        None => {
            json!({ "prices": null, "shares": null, "profits": null, "converged": false, "deviation": null })
        }
    };
    top["level"] = json!(level.id);
    top["conduct"] = json!(report.conduct);
    top["expectations"] = json!(report.expectations);
    top["found"] = report.found.iter().map(|found| found_in_json(level, found)).collect();
    top["failures"] = report.failures.iter().map(|failure| failure_in_json(level, failure)).collect();
    top
}

/// What platforms ask and have in a candidate, and what must be known to read it.
fn show_fees(out: &mut impl Write, level: &Level, found: &Found, merchants: bool) -> Result<()> {
    let mut headings = vec!["platform", "membership fee", "members", "profit a month"];
    if merchants {
        headings.extend(["merchant fee", "listings"]);
    }
    let mut table = Table::new(&headings);
    for platform in level.shops() {
        let mut row = vec![
            level.platforms[platform].id.clone(),
            format!("{:.6}", found.membership_fee[platform]),
            format!("{:.6}", found.members[platform]),
            format!("{:.6}", found.profit[platform]),
        ];
        if merchants {
            row.extend([
                format!("{:.6}", found.merchant_fee[platform]),
                format!("{:.6}", found.listings[platform]),
            ]);
        }
        table.row(row);
    }
    write!(out, "{table}")?;
    let beyond = |fee: &&f64| !(0.0..=MAX_MEMBERSHIP_FEE).contains(*fee);
    if level.shops().iter().any(|&platform| beyond(&&found.membership_fee[platform]))
        || merchants && level.shops().iter().any(|&platform| beyond(&&found.merchant_fee[platform]))
    {
        writeln!(out, "Orders allow fees from 0 to {MAX_MEMBERSHIP_FEE}: some of these lie outside.")?;
    }
    for platform in level.shops().into_iter().filter(|&platform| found.members[platform] < NOBODY) {
        let id = &level.platforms[platform].id;
        writeln!(out, "Next to nobody buys from {id}: what it sets decides nothing.")?;
    }
    Ok(())
}

fn show(out: &mut impl Write, level: &Level, report: &Report) -> Result<()> {
    let set = match report.conduct {
        Conduct::Price => "fees",
        Conduct::Quantity => "numbers of members",
    };
    let expect = match report.expectations {
        Expectations::Seen => "what they see",
        Expectations::Announced => "what shops announce",
    };
    writeln!(out, "{} ({}): platforms set {set}, consumers go by {expect}.", level.title, level.id)?;
    let merchants = level.setup.merchants > 0;
    for (number, found) in report.found.iter().enumerate() {
        let kind = if found.deviation.is_none() { "Equilibrium" } else { "No equilibrium" };
        writeln!(
            out,
            "\n{kind}{}: nobody moved after {} rounds from {} (last move {:.0e}).",
            if report.found.len() > 1 { format!(" {}", number + 1) } else { String::new() },
            found.rounds,
            found.starts.join(", "),
            found.last_move,
        )?;
        show_fees(out, level, found, merchants)?;
        match &found.deviation {
            None => writeln!(out, "No platform gains by any other fees within reach.")?,
            Some(deviation) => {
                let also = if merchants {
                    format!(" and a merchant fee of {:.6}", deviation.merchant_fee)
                } else {
                    String::new()
                };
                writeln!(
                    out,
                    "But {} gains {:.6} a month with a membership fee of {:.6}{also}.",
                    level.platforms[deviation.platform].id, deviation.gain, deviation.membership_fee,
                )?;
            }
        }
    }
    for failure in &report.failures {
        writeln!(
            out,
            "\nNothing settles from {}: {} ({} rounds). The last fees:",
            failure.start, failure.reason, failure.rounds
        )?;
        for fees in &failure.iterates {
            let each = level.shops().into_iter().map(|platform| {
                let (membership, merchant) = fees[platform];
                let id = &level.platforms[platform].id;
                if merchants {
                    format!("{id} {membership:.5} / {merchant:.5}")
                } else {
                    format!("{id} {membership:.5}")
                }
            });
            writeln!(out, "  {}", each.collect::<Vec<_>>().join("   "))?;
        }
    }
    if report.equilibria().next().is_none() {
        writeln!(out, "\nNo equilibrium in pure strategies was found.")?;
    }
    Ok(())
}
