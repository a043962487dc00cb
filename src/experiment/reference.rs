//! Plays what a level says must come out, and compares.

use rayon::prelude::*;
use serde::Serialize;

use super::ExperimentError;
use crate::equilibrium::{Equilibrium, Report, solve};
use crate::game::{Match, Prepared, Setup};
use crate::level::{Case, Expectation, Level, set};
use crate::sim::Outcome;
use crate::sim::metrics::{Scope, metric};
use crate::strategy;

/// One expected number, and what was obtained over all seeds of its case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The case's name.
    pub case: String,
    /// Where the expected number is from.
    pub source: String,
    /// What was measured, where and when: `share of left at turn 12`.
    pub measure: String,
    /// Expected number.
    pub expected: f64,
    /// Largest deviation allowed.
    pub tolerance: f64,
    /// Mean over seeds.
    pub obtained: f64,
    /// Largest deviation of a seed.
    pub worst: f64,
    /// Number of seeds, from 1 on; none where an equilibrium is solved for.
    pub seeds: u32,
    /// Consumer agents; none where an equilibrium is solved for.
    pub consumers: u32,
    /// Whether every seed came out.
    pub holds: bool,
}

/// Plays every reference case of a level.
///
/// # Errors
/// A case's change does not apply, makes the level unsound, or asks for what cannot be measured.
pub fn play_reference(level: &Level) -> Result<Vec<Finding>, ExperimentError> {
    let mut findings = Vec::new();
    for case in &level.reference {
        findings.extend(play_case(level, case)?);
    }
    Ok(findings)
}

fn play_case(level: &Level, case: &Case) -> Result<Vec<Finding>, ExperimentError> {
    let place = format!("{}: reference case \"{}\"", level.id, case.name);
    let failed = |error: String| ExperimentError(format!("{place}: {error}"));
    let mut text = level.text.clone();
    for change in &case.change {
        text = set(&text, change).map_err(|error| failed(error.to_string()))?;
    }
    let changed = Level::from_text(&level.id, &text, &strategy::vocabulary());
    let prepared = Prepared::new(changed.map_err(|error| failed(format!("after its changes:\n{error}")))?);
    // Surplus costs a logarithm a choice: it is measured where it is asked for.
    let surplus = case.expect.iter().any(|expectation| expectation.metric.starts_with("consumer_"));
    let play = |seed: u32| {
        let mut setup = Setup::of(&prepared.level).map_err(|error| failed(error.to_string()))?;
        setup.population.seed = u64::from(seed);
        setup.population.measure_surplus = surplus;
        let mut game = Match::new(&prepared, setup);
        let mut outcomes = Vec::new();
        while !game.is_over() {
            outcomes.push(game.play_turn().outcome);
        }
        case.expect.iter().map(|expectation| measured(expectation, &outcomes).map_err(failed)).collect()
    };
    let seeds = if case.expect.is_empty() { 0 } else { case.seeds };
    let by_seed: Vec<Vec<f64>> = (1..=seeds).into_par_iter().map(play).collect::<Result<_, _>>()?;
    let finding = |(index, expectation): (usize, &Expectation)| {
        let values: Vec<f64> = by_seed.iter().map(|values| values[index]).collect();
        let worst = values.iter().map(|value| (value - expectation.value).abs()).fold(0.0, f64::max);
        Finding {
            case: case.name.clone(),
            source: case.source.clone(),
            measure: named(
                level,
                expectation,
                &format!("at turn {}", expectation.turn.unwrap_or(prepared.level.setup.turns)),
            ),
            expected: expectation.value,
            tolerance: expectation.tolerance,
            obtained: values.iter().sum::<f64>() / values.len() as f64,
            worst,
            seeds: case.seeds,
            consumers: prepared.level.setup.consumers,
            // A measure that is no number is no success.
            holds: worst <= expectation.tolerance && values.iter().all(|value| value.is_finite()),
        }
    };
    let mut findings: Vec<Finding> = case.expect.iter().enumerate().map(finding).collect();
    if !case.equilibrium.is_empty() {
        let report = solve(&prepared.level).map_err(|error| failed(error.to_string()))?;
        findings.extend(
            case.equilibrium.iter().map(|expectation| in_equilibrium(level, case, expectation, &report)),
        );
    }
    Ok(findings)
}

/// A number of the equilibrium: in every one that was found, which no seed moves.
fn in_equilibrium(level: &Level, case: &Case, expectation: &Expectation, report: &Report) -> Finding {
    let values: Vec<f64> = report.equilibria().filter_map(|found| solved(expectation, found)).collect();
    let worst = values.iter().map(|value| (value - expectation.value).abs()).fold(0.0, f64::max);
    Finding {
        case: case.name.clone(),
        source: case.source.clone(),
        measure: named(level, expectation, "in equilibrium"),
        expected: expectation.value,
        tolerance: expectation.tolerance,
        obtained: values.iter().sum::<f64>() / values.len() as f64,
        worst,
        seeds: 0,
        consumers: 0,
        holds: !values.is_empty() && worst <= expectation.tolerance,
    }
}

fn solved(expectation: &Expectation, found: &Equilibrium) -> Option<f64> {
    let list = match expectation.metric.as_str() {
        "membership_fee" => &found.membership_fee,
        "merchant_fee" => &found.merchant_fee,
        "members" => &found.members,
        "listings" => &found.listings,
        "profit" => &found.profit,
        _ => return None,
    };
    Some(expectation.platform.map_or_else(|| list.iter().sum(), |platform| list[platform]))
}

fn measured(expectation: &Expectation, outcomes: &[Outcome]) -> Result<f64, String> {
    let turn = expectation.turn.map_or(outcomes.len(), |turn| turn as usize);
    let outcome = outcomes.get(turn - 1).ok_or_else(|| format!("turn {turn} is after the last"))?;
    let Expectation { platform, region, category, .. } = *expectation;
    let value = metric(&expectation.metric)
        .and_then(|metric| (metric.of)(outcome, Scope { platform, region, category }));
    value.ok_or_else(|| format!("`{}` has no value for what it is taken of", expectation.metric))
}

fn named(level: &Level, expectation: &Expectation, when: &str) -> String {
    let mut text = expectation.metric.clone();
    if let Some(platform) = expectation.platform {
        text += &format!(" of {}", level.platforms[platform].id);
    }
    if let Some(region) = expectation.region {
        text += &format!(" in {}", level.regions[region].id);
    }
    if let Some(category) = expectation.category {
        text += &format!(" for {}", level.categories[category].id);
    }
    text + " " + when
}
