//! A comparison as a table for people, as one JSON object, and as a table for programs.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::cli::tables::{Table, count, percent, yuan};
use crate::experiment::{Compared, Comparison, Effect, Refused, Side};
use crate::level::{Level, Measure};
use crate::order::{Order, Plan};
use crate::sim::metrics::{Unit, metric};
use crate::statistics::Estimate;

/// The turns at which something is measured.
fn turns(comparison: &Comparison) -> Vec<u32> {
    let mut turns: Vec<u32> = comparison
        .base
        .measures
        .iter()
        .map(|measure| measure.turn.unwrap_or(comparison.base.setup.turns))
        .collect();
    turns.sort_unstable();
    turns.dedup();
    turns
}

fn side_of<'a>(comparison: &Comparison<'a>, side: Side) -> &'a Level {
    match side {
        Side::Base => &comparison.base.prepared.level,
        Side::Against => &comparison.against.prepared.level,
    }
}

/// Turns with orders that were not reached, by side.
fn never_due(comparison: &Comparison, last: u32) -> Vec<(&'static str, usize)> {
    let late = |plan: &Plan| {
        let after = plan.values().flat_map(|turns| turns.iter().enumerate().skip(last as usize));
        let turns: BTreeSet<usize> =
            after.filter(|(_, orders)| !orders.is_empty()).map(|(turn, _)| turn).collect();
        turns.len()
    };
    let sides = [("base", late(comparison.base.plan)), ("against", late(comparison.against.plan))];
    sides.into_iter().filter(|&(_, turns)| turns > 0).collect()
}

/// A table with a row for each measure and turn, and what has to be known to read it.
pub(super) fn show(out: &mut impl Write, comparison: &Comparison, compared: &Compared) -> Result<()> {
    let (level, other) = (side_of(comparison, Side::Base), side_of(comparison, Side::Against));
    let (turns, seeds) = (turns(comparison), comparison.seeds.len());
    let levels =
        if level.id == other.id { level.id.clone() } else { format!("{} against {}", other.id, level.id) };
    let several = turns.len() > 1;
    let named: Vec<String> = turns.iter().map(u32::to_string).collect();
    writeln!(
        out,
        "{levels}, turn{} {}, {seeds} pairs of the same seed:",
        if several { "s" } else { "" },
        named.join(", ")
    )?;
    let mut headings = vec!["<measure", "base", "against", "difference", "±", "relative", "±", "<verdict"];
    if several {
        headings.insert(1, "turn");
    }
    let mut table = Table::new(&headings);
    for (measure, effect) in comparison.base.measures.iter().zip(&compared.effects) {
        let unit = metric(&measure.metric).map_or(Unit::Ratio, |metric| metric.unit);
        let relative = |text: fn(&Estimate) -> String| effect.relative.as_ref().map_or("–".to_owned(), text);
        let mut row = vec![
            measure.in_words(level),
            signed(effect.base, "", |size| shown(unit, size, "%")),
            signed(effect.against, "", |size| shown(unit, size, "%")),
            signed(effect.difference.mean, "+", |size| shown(unit, size, " pp")),
            shown(unit, effect.difference.half, " pp"),
            relative(|estimate| signed(estimate.mean, "+", percent)),
            relative(|estimate| percent(estimate.half)),
            verdict(effect).to_owned(),
        ];
        if several {
            row.insert(1, measure.turn.map_or_else(String::new, |turn| turn.to_string()));
        }
        table.row(row);
    }
    write!(out, "{table}")?;
    if comparison.is_of_the_same() {
        writeln!(out, "Both sides are the same: they have the same level, seats and orders.")?;
    }
    writeln!(out, "Differences are against less base; each ± is of a 95% interval for that line alone.")?;
    for refused in &compared.refused {
        writeln!(out, "Refused: {}.", refused.in_words(side_of(comparison, refused.side), seeds))?;
    }
    if !compared.refused.is_empty() {
        writeln!(out, "Orders were refused: these differences are not of the orders in the files.")?;
    }
    let last = turns.last().copied().unwrap_or_default();
    for (side, turns) in never_due(comparison, last) {
        let s = if turns == 1 { "" } else { "s" };
        writeln!(out, "{side}: orders of {turns} turn{s} after turn {last} were never due.")?;
    }
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
pub(super) struct Report<'a> {
    /// Of the base.
    level: &'a str,
    against_level: &'a str,
    /// The last that is measured.
    turn: u32,
    turns: u32,
    /// How many.
    seeds: usize,
    consumers: u32,
    merchants: u32,
    differences: Vec<Row<'a>>,
    /// Whether the sides differ in nothing.
    same: bool,
    refused: Vec<RefusedRow<'a>>,
    never_due: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    what: What<'a>,
    base: f64,
    against: f64,
    difference: f64,
    half_width: f64,
    relative: Option<f64>,
    relative_half_width: Option<f64>,
    verdict: &'static str,
    by_seed: Vec<Pair>,
}

/// What is measured, by ids.
#[derive(Clone, Copy, Serialize)]
struct What<'a> {
    metric: &'a str,
    platform: Option<&'a str>,
    region: Option<&'a str>,
    category: Option<&'a str>,
    service: Option<&'a str>,
    turn: u32,
}

impl<'a> What<'a> {
    fn new(level: &'a Level, turns: u32, measure: &'a Measure) -> Self {
        Self {
            metric: &measure.metric,
            platform: measure.platform.map(|index| level.platforms[index].id.as_str()),
            region: measure.region.map(|index| level.regions[index].id.as_str()),
            category: measure.category.map(|index| level.categories[index].id.as_str()),
            service: measure.service.map(|index| level.services[index].id.as_str()),
            turn: measure.turn.unwrap_or(turns),
        }
    }
}

/// What came out on both sides of one seed.
#[derive(Serialize)]
struct Pair {
    seed: u64,
    base: f64,
    against: f64,
}

fn pairs<'a>(seeds: &'a [u64], effect: &'a Effect) -> impl Iterator<Item = Pair> + 'a {
    seeds.iter().zip(&effect.values).map(|(&seed, &(base, against))| Pair { seed, base, against })
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
    pub(super) fn new(comparison: &Comparison<'a>, compared: &'a Compared) -> Self {
        let (level, setup) = (side_of(comparison, Side::Base), comparison.base.setup);
        let row = |(measure, effect): (&'a Measure, &Effect)| Row {
            what: What::new(level, setup.turns, measure),
            base: effect.base,
            against: effect.against,
            difference: effect.difference.mean,
            half_width: effect.difference.half,
            relative: effect.relative.map(|estimate| estimate.mean),
            relative_half_width: effect.relative.map(|estimate| estimate.half),
            verdict: verdict(effect),
            by_seed: pairs(comparison.seeds, effect).collect(),
        };
        let refused = |refused: &'a Refused| RefusedRow {
            side: refused.side,
            platform: &side_of(comparison, refused.side).platforms[refused.platform].id,
            turn: refused.turn,
            order: &refused.refusal.order,
            reason: &refused.refusal.reason,
            seeds: refused.seeds,
        };
        let turn = turns(comparison).last().copied().unwrap_or(setup.turns);
        Self {
            level: &level.id,
            against_level: &side_of(comparison, Side::Against).id,
            turn,
            turns: setup.turns,
            seeds: comparison.seeds.len(),
            consumers: setup.population.consumers,
            merchants: setup.population.merchants,
            differences: comparison.base.measures.iter().zip(&compared.effects).map(row).collect(),
            same: comparison.is_of_the_same(),
            refused: compared.refused.iter().map(refused).collect(),
            never_due: never_due(comparison, turn).into_iter().collect(),
        }
    }
}

/// What `--csv` prints: a row for each measure, turn and seed.
pub(super) fn table(comparison: &Comparison, compared: &Compared) -> Result<Vec<u8>> {
    let (level, turns) = (side_of(comparison, Side::Base), comparison.base.setup.turns);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "metric", "platform", "region", "category", "service", "turn", "seed", "base", "against",
    ])?;
    for (measure, effect) in comparison.base.measures.iter().zip(&compared.effects) {
        let What { metric, platform, region, category, service, turn } = What::new(level, turns, measure);
        for Pair { seed, base, against } in pairs(comparison.seeds, effect) {
            let places = [Some(metric), platform, region, category, service].map(Option::unwrap_or_default);
            // Adding zero takes the sign from one.
            let numbers =
                [turn.to_string(), seed.to_string(), (base + 0.0).to_string(), (against + 0.0).to_string()];
            writer.write_record(places.into_iter().map(str::to_owned).chain(numbers))?;
        }
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}
