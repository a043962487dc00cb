//! `compare`: what orders change, with intervals.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Serialize;

use super::measures::{default_measures, read_measure};
use super::setting::Setting;
use super::tables::{Table, count, percent, yuan};
use super::{BAD_OUTCOME, WELL};
use crate::experiment::{Compared, Comparison, Effect, Refused, Side, compare};
use crate::game::{Prepared, Setup, seat_of};
use crate::history::plan_of_file;
use crate::level::{Level, MAX_TURNS, Measure};
use crate::order::{Order, Plan};
use crate::sim::metrics::{Unit, metric};
use crate::statistics::Estimate;

/// Play a level with and without orders on the same seeds, and say what they change.
///
/// A file of orders is a RON list, [(turn: 1, by: "north", orders: [TakeRate(rate: 0.02)])], or a replay. A seat for which
/// either file has orders follows orders alone on both sides, so that nothing but the orders differs.
#[derive(Args)]
pub(super) struct Compare {
    /// A shipped level's name or a level file
    level: String,
    /// Orders to compare with; none when absent
    #[arg(long, value_name = "ORDERS")]
    base: Option<PathBuf>,
    /// Orders to compare
    #[arg(long, value_name = "ORDERS")]
    against: PathBuf,
    /// ID: whose the orders are that name nobody; the level's first platform when absent. ID=STRATEGY: who decides for
    /// another platform, on both sides; repeatable
    #[arg(long, value_name = "ID[=STRATEGY]")]
    seat: Vec<String>,
    /// Number of pairs, with seeds from 1 on; at least four: with fewer there is no interval to speak of
    #[arg(long, value_name = "N", default_value_t = 20, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(4..=100_000))]
    seeds: u32,
    /// What is measured, such as share:north, gmv:north@tier-4 or hhi@tea; repeatable. When absent: sales, profit and
    /// value of every platform, and the consumers' surplus
    #[arg(long, value_name = "NAME[:PLATFORM][@REGION][@CATEGORY][@SERVICE]")]
    metric: Vec<String>,
    /// Turn at which it is measured; the last when absent
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_TURNS)))]
    turn: Option<u32>,
    #[command(flatten)]
    setting: Setting,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Compare {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let level = self.setting.level(&self.level)?;
        let (given, plain): (Vec<&str>, Vec<&str>) =
            self.seat.iter().map(String::as_str).partition(|seat| seat.contains('='));
        let setup = self.setting.setup(&level, &given)?;
        let seat = match plain[..] {
            [] => 0,
            [id] => seat_of(&level, id).with_context(|| format!("--seat {id}"))?,
            [first, second, ..] => {
                bail!("--seat {first}, --seat {second}: orders that name nobody are by one")
            }
        };
        let base = self.base.as_deref().map(|file| plan_of_file(file, &level, seat)).transpose()?;
        let (base, against) = (base.unwrap_or_default(), plan_of_file(&self.against, &level, seat)?);
        self.refuse_misuse(&level, &setup, &given, &base, &against)?;
        let measures = self.measures(&level, &setup)?;
        let (prepared, seeds) = (Prepared::new(level), self.seeds);
        let comparison = Comparison {
            prepared: &prepared,
            setup: &setup,
            base: &base,
            against: &against,
            measures: &measures,
            seeds,
        };
        let compared = self.setting.pool()?.install(|| compare(&comparison))?;
        let level = &prepared.level;
        let last = self.turn.unwrap_or(setup.turns);
        if self.json {
            let report = Report::new(&comparison, &compared, last);
            writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
        } else {
            show(out, &comparison, &compared, last)?;
            for refused in &compared.refused {
                writeln!(out, "Refused: {}.", refused.in_words(level, seeds))?;
            }
            if !compared.refused.is_empty() {
                writeln!(out, "Orders were refused: these differences are not of the orders in the files.")?;
            }
            for (side, turns) in never_due(&base, &against, last) {
                let s = if turns == 1 { "" } else { "s" };
                writeln!(out, "{side}: orders of {turns} turn{s} after turn {last} were never due.")?;
            }
        }
        Ok(if compared.refused.is_empty() { WELL } else { BAD_OUTCOME })
    }

    /// What would be compared without a meaning.
    fn refuse_misuse(
        &self,
        level: &Level,
        setup: &Setup,
        given: &[&str],
        base: &Plan,
        against: &Plan,
    ) -> Result<()> {
        if against.values().flatten().all(Vec::is_empty) {
            bail!("{}: there are no orders to compare; expected at least one", self.against.display());
        }
        for (side, plan) in [("base", base), ("against", against)] {
            for &platform in plan.keys() {
                let id = &level.platforms[platform].id;
                let taken =
                    given.iter().find(|seat| seat.split_once('=').is_some_and(|(given, _)| given == id));
                if let Some(taken) = taken {
                    bail!("--seat {taken}: the orders of --{side} are by `{id}` too; expected another seat");
                }
            }
        }
        if let Some(turn) = self.turn.filter(|&turn| turn > setup.turns) {
            bail!("--turn {turn}: {} is played for {} turns; expected 1 to that", level.id, setup.turns);
        }
        Ok(())
    }

    fn measures(&self, level: &Level, setup: &Setup) -> Result<Vec<Measure>> {
        let mut measures = if self.metric.is_empty() {
            default_measures(level)
        } else {
            let read = |text: &String| read_measure(text, level).with_context(|| format!("--metric {text}"));
            self.metric.iter().map(read).collect::<Result<_>>()?
        };
        measures.iter_mut().for_each(|measure| measure.turn = Some(self.turn.unwrap_or(setup.turns)));
        Ok(measures)
    }
}

/// Turns with orders that were not reached, by side.
fn never_due(base: &Plan, against: &Plan, last: u32) -> Vec<(&'static str, usize)> {
    let late = |plan: &Plan| {
        let after = plan.values().flat_map(|turns| turns.iter().enumerate().skip(last as usize));
        let turns: BTreeSet<usize> =
            after.filter(|(_, orders)| !orders.is_empty()).map(|(turn, _)| turn).collect();
        turns.len()
    };
    let sides = [("base", late(base)), ("against", late(against))];
    sides.into_iter().filter(|&(_, turns)| turns > 0).collect()
}

fn show(out: &mut impl Write, comparison: &Comparison, compared: &Compared, turn: u32) -> Result<()> {
    let level = &comparison.prepared.level;
    let seeds = comparison.seeds;
    writeln!(out, "{}, turn {turn}, {seeds} pairs of the same seed:", level.id)?;
    let mut table =
        Table::new(&["<measure", "base", "against", "difference", "±", "relative", "±", "<verdict"]);
    for (measure, effect) in comparison.measures.iter().zip(&compared.effects) {
        let unit = metric(&measure.metric).map_or(Unit::Ratio, |metric| metric.unit);
        let relative = |text: fn(&Estimate) -> String| effect.relative.as_ref().map_or("–".to_owned(), text);
        table.row([
            measure.in_words(level),
            signed(effect.base, "", |size| shown(unit, size, "%")),
            signed(effect.against, "", |size| shown(unit, size, "%")),
            signed(effect.difference.mean, "+", |size| shown(unit, size, " pp")),
            shown(unit, effect.difference.half, " pp"),
            relative(|estimate| signed(estimate.mean, "+", percent)),
            relative(|estimate| percent(estimate.half)),
            verdict(effect).to_owned(),
        ]);
    }
    write!(out, "{table}")?;
    if comparison.base == comparison.against {
        writeln!(out, "Both sides are the same: they have the same orders.")?;
    }
    writeln!(out, "Differences are against less base; each ± is of a 95% interval for that line alone.")?;
    Ok(())
}

fn verdict(effect: &Effect) -> &'static str {
    match &effect.difference {
        up if up.above(0.0) => "up",
        down if down.below(0.0) => "down",
        _ => "no difference seen",
    }
}

/// A number's size with its unit; fractions in percent, or in points where they are differences.
fn shown(unit: Unit, size: f64, sign: &str) -> String {
    match unit {
        Unit::Yuan => yuan(size),
        Unit::Count => count(size),
        Unit::Fraction => format!("{:.3}{sign}", 100.0 * size),
        Unit::Ratio | Unit::Utility => format!("{size:.4}"),
    }
}

fn signed(number: f64, plus: &str, size: impl Fn(f64) -> String) -> String {
    format!("{}{}", if number < 0.0 { "−" } else { plus }, size(number.abs()))
}

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    level: &'a str,
    turn: u32,
    turns: u32,
    seeds: u32,
    consumers: u32,
    merchants: u32,
    differences: Vec<Row<'a>>,
    /// Whether both sides have the same orders.
    same: bool,
    refused: Vec<RefusedRow<'a>>,
    never_due: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Row<'a> {
    metric: &'a str,
    platform: Option<&'a str>,
    region: Option<&'a str>,
    category: Option<&'a str>,
    service: Option<&'a str>,
    base: f64,
    against: f64,
    difference: f64,
    half_width: f64,
    relative: Option<f64>,
    relative_half_width: Option<f64>,
    verdict: &'static str,
}

#[derive(Serialize)]
struct RefusedRow<'a> {
    side: Side,
    platform: &'a str,
    turn: u32,
    order: &'a Order,
    reason: &'a str,
    seeds: u32,
}

impl<'a> Report<'a> {
    fn new(comparison: &Comparison<'a>, compared: &'a Compared, turn: u32) -> Self {
        let (level, setup) = (&*comparison.prepared.level, comparison.setup);
        let row = |(measure, effect): (&'a Measure, &Effect)| Row {
            metric: &measure.metric,
            platform: measure.platform.map(|index| level.platforms[index].id.as_str()),
            region: measure.region.map(|index| level.regions[index].id.as_str()),
            category: measure.category.map(|index| level.categories[index].id.as_str()),
            service: measure.service.map(|index| level.services[index].id.as_str()),
            base: effect.base,
            against: effect.against,
            difference: effect.difference.mean,
            half_width: effect.difference.half,
            relative: effect.relative.map(|estimate| estimate.mean),
            relative_half_width: effect.relative.map(|estimate| estimate.half),
            verdict: verdict(effect),
        };
        let refused = |refused: &'a Refused| RefusedRow {
            side: refused.side,
            platform: &level.platforms[refused.platform].id,
            turn: refused.turn,
            order: &refused.refusal.order,
            reason: &refused.refusal.reason,
            seeds: refused.seeds,
        };
        Self {
            level: &level.id,
            turn,
            turns: setup.turns,
            seeds: comparison.seeds,
            consumers: setup.population.consumers,
            merchants: setup.population.merchants,
            differences: comparison.measures.iter().zip(&compared.effects).map(row).collect(),
            same: comparison.base == comparison.against,
            refused: compared.refused.iter().map(refused).collect(),
            never_due: never_due(comparison.base, comparison.against, turn).into_iter().collect(),
        }
    }
}
