//! A match as data: what `run --json` and `run --csv` print.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::game::{Fault, Match, winner};
use crate::history::TurnRecord;
use crate::level::{Level, Measure};
use crate::sim::Outcome;
use crate::sim::metrics::{METRICS, Metric, Unit, booked, measured, metric};
use crate::sim::metrics::{OfService, Scope};
use crate::sim::state::events::Event;

/// What `--json` prints. Meanings and units: `docs/model.md`.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    level: &'a str,
    seed: u64,
    consumers: u32,
    merchants: u32,
    seats: &'a BTreeMap<String, String>,
    turns: Vec<TurnReport>,
    in_hindsight: Option<BTreeMap<&'a str, f64>>,
    winner: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    faults: BTreeMap<&'a str, &'a Vec<Fault>>,
    state_hash: String,
    seconds: f64,
}

#[derive(Serialize)]
struct TurnReport {
    turn: u32,
    hhi: Option<f64>,
    online: Option<f64>,
    consumer_utility: Option<f64>,
    consumer_surplus: Option<f64>,
    platforms: BTreeMap<String, PlatformReport>,
    services: BTreeMap<String, BTreeMap<&'static str, f64>>,
    events: Vec<EventReport>,
}

/// Something that happened between companies, by ids.
#[derive(Serialize)]
struct EventReport {
    event: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agreement: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<String>,
}

impl EventReport {
    fn new(level: &Level, event: &Event) -> Self {
        let platform = |platform: usize| level.platforms[platform].id.clone();
        Self {
            event: event.kind(),
            by: event.by().map(platform),
            to: event.towards().map(platform),
            agreement: event.agreement(),
            service: event.service().map(|service| level.services[service].id.clone()),
        }
    }
}

#[derive(Serialize)]
struct PlatformReport {
    gmv: Option<f64>,
    share: Option<f64>,
    users: Option<f64>,
    merchants: Option<f64>,
    take_rate: Option<f64>,
    profit: Box<RawValue>,
    cash: Box<RawValue>,
    value: Option<f64>,
    churn: Option<f64>,
    trust: Option<f64>,
    awareness: Option<f64>,
    agreements: Option<f64>,
    categories: BTreeMap<String, Option<f64>>,
    regions: BTreeMap<String, Option<f64>>,
    refused: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(
        game: &'a Match,
        records: &[TurnRecord],
        hash: &blake3::Hash,
        seconds: f64,
    ) -> Result<Self> {
        let level = game.simulation().level();
        let population = &game.setup().population;
        let turns = records.iter().map(|record| TurnReport::new(level, record)).collect::<Result<_>>()?;
        let faults = level.platforms.iter().map(|platform| platform.id.as_str()).zip(game.faults());
        Ok(Self {
            faults: faults.filter(|(_, faults)| !faults.is_empty()).collect(),
            level: &level.id,
            seed: population.seed,
            consumers: population.consumers,
            merchants: population.merchants,
            seats: game.seat_names(),
            turns,
            in_hindsight: game.simulation().outcome().in_hindsight.as_ref().map(|later| {
                level
                    .platforms
                    .iter()
                    .map(|platform| platform.id.as_str())
                    .zip(later.value.iter().copied())
                    .collect()
            }),
            winner: winner(game.simulation().outcome()).map(|platform| level.platforms[platform].id.as_str()),
            state_hash: hash.to_hex().to_string(),
            seconds,
        })
    }
}

impl TurnReport {
    fn new(level: &Level, record: &TurnRecord) -> Result<Self> {
        let outcome = &record.outcome;
        let platform = |platform: usize| {
            let report = PlatformReport::new(level, outcome, platform, record.refusals[platform].len())?;
            Ok((level.platforms[platform].id.clone(), report))
        };
        // Whatever is measured of a service as a whole.
        let service = |number: usize| {
            let scope = Scope { service: Some(OfService::of(level, number)), ..Scope::MARKET };
            let values =
                METRICS.iter().filter_map(|metric| Some((metric.name, (metric.of)(outcome, scope)?)));
            (level.services[number].id.clone(), values.collect())
        };
        Ok(Self {
            turn: outcome.turn,
            hhi: measured(level, &Measure::of_market("hhi"), outcome),
            online: measured(level, &Measure::of_market("online"), outcome),
            consumer_utility: outcome.consumer_utility,
            consumer_surplus: outcome.consumer_surplus,
            platforms: outcome.platforms().map(platform).collect::<Result<_>>()?,
            services: (0..level.services.len()).map(service).collect(),
            events: outcome.news.iter().map(|event| EventReport::new(level, event)).collect(),
        })
    }
}

impl PlatformReport {
    fn new(level: &Level, outcome: &Outcome, platform: usize, refused: usize) -> Result<Self> {
        let value = |name: &str| measured(level, &Measure::of_platform(name, platform), outcome);
        let share = |region, category| {
            measured(level, &Measure { region, category, ..Measure::of_platform("share", platform) }, outcome)
        };
        let categories = level.categories.iter().enumerate();
        let regions = level.regions.iter().enumerate();
        Ok(Self {
            gmv: value("gmv"),
            share: value("share"),
            users: value("users"),
            merchants: value("merchants"),
            take_rate: value("take_rate"),
            profit: RawValue::from_string(in_yuan(outcome.profit_in_fen(platform)))?,
            cash: RawValue::from_string(in_yuan(outcome.cash_in_fen[platform]))?,
            value: value("value"),
            churn: value("churn"),
            trust: value("trust"),
            awareness: value("awareness"),
            agreements: value("agreements"),
            categories: categories.map(|(c, row)| (row.id.clone(), share(None, Some(c)))).collect(),
            regions: regions.map(|(r, row)| (row.id.clone(), share(Some(r), None))).collect(),
            refused,
        })
    }
}

/// Fen as yuan with two decimals.
fn in_yuan(fen: i128) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

/// A number as tables have it; zero has no sign.
fn written(unit: Unit, value: f64) -> String {
    let text = if unit == Unit::Yuan { format!("{value:.2}") } else { value.to_string() };
    let is_zero = text.starts_with('-') && text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
    if is_zero { text[1..].to_owned() } else { text }
}

/// A row per turn and seat, the opening included: who plays what from which seed, then a column for every metric that
/// companies have, its share of each category, and one for every metric of the market. What has no value is empty.
pub(super) fn turns_table(game: &Match, opening: &Outcome, records: &[TurnRecord]) -> Result<Vec<u8>> {
    let level = game.simulation().level();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let has = |measure: Measure| {
        metric(&measure.metric).is_some_and(|m| m.measurable().unmeasurable(level, &measure).is_none())
    };
    let own = METRICS.iter().filter(|metric| {
        (0..level.platforms.len()).any(|platform| has(Measure::of_platform(metric.name, platform)))
    });
    let market = METRICS.iter().filter(|metric| has(Measure::of_market(metric.name)));
    let (own, market): (Vec<&Metric>, Vec<&Metric>) = (own.collect(), market.collect());
    let mut heading: Vec<String> = ["level", "seed", "turn", "seat", "strategy"].map(str::to_owned).to_vec();
    heading.extend(own.iter().map(|metric| metric.name.to_owned()));
    heading.extend(level.categories.iter().map(|category| format!("share_{}", category.id)));
    heading.extend(market.iter().map(|metric| format!("market_{}", metric.name)));
    writer.write_record(heading)?;
    let seed = game.setup().population.seed.to_string();
    for outcome in std::iter::once(opening).chain(records.iter().map(|record| &record.outcome)) {
        let cell = |measure: Measure| cell(level, &measure, outcome);
        for (platform, company) in level.platforms.iter().enumerate() {
            let strategy = game.seat_names().get(&company.id).cloned().unwrap_or_default();
            let mut row =
                vec![level.id.clone(), seed.clone(), outcome.turn.to_string(), company.id.clone(), strategy];
            row.extend(own.iter().map(|metric| cell(Measure::of_platform(metric.name, platform))));
            row.extend((0..level.categories.len()).map(|category| {
                cell(Measure { category: Some(category), ..Measure::of_platform("share", platform) })
            }));
            row.extend(market.iter().map(|metric| cell(Measure::of_market(metric.name))));
            writer.write_record(row)?;
        }
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}

/// A measure as tables have it: exact where it is booked, empty where it has no value.
fn cell(level: &Level, measure: &Measure, outcome: &Outcome) -> String {
    let Some(value) = measured(level, measure, outcome) else { return String::new() };
    if let Some(fen) = measure.platform.and_then(|platform| booked(&measure.metric, outcome, platform)) {
        return in_yuan(fen);
    }
    written(metric(&measure.metric).map_or(Unit::Ratio, |metric| metric.unit), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_at_any_size_and_nothing_is_minus_zero() {
        assert_eq!(in_yuan(-9_000_000_000_000_000_001), "-90000000000000000.01");
        assert_eq!(in_yuan(7), "0.07");
        assert_eq!(in_yuan(0), "0.00");
        assert_eq!(in_yuan(i128::MAX), "1701411834604692317316873037158841057.27");
        assert_eq!(written(Unit::Yuan, -0.001), "0.00");
        assert_eq!(written(Unit::Fraction, -0.0), "0");
        assert_eq!(written(Unit::Fraction, -0.5), "-0.5");
    }
}
