//! Plays what a level says must come out, and compares.

use rayon::prelude::*;
use serde::Serialize;

use super::compare::{Comparison, Effect, Scene, asks_for_surplus, compare, last_turn, measured};
use super::playing::ExperimentError;
use super::review::changed;
use crate::equilibrium::{Equilibrium, Report, solve};
use crate::game::{Match, Prepared, Setup};
use crate::level::{Bound, Case, Difference, Expectation, Level, Measure};
use crate::statistics::Estimate;

/// One expected number or difference, and what was obtained over all seeds of its case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The case's name.
    pub case: String,
    /// Where the expected number is from.
    pub source: String,
    /// What was measured, where and when: `share of left at turn 12`.
    pub measure: String,
    /// What was to come out, and how far from it the seeds are.
    #[serde(flatten)]
    pub criterion: Criterion,
    /// Mean over seeds.
    pub obtained: f64,
    /// Number of seeds, from 1 on; none where an equilibrium is solved for.
    pub seeds: u32,
    /// Consumer agents; none where an equilibrium is solved for.
    pub consumers: u32,
    /// Whether it came out.
    pub holds: bool,
}

/// What has to come out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Criterion {
    /// A number, in every seed or equilibrium.
    Number {
        /// Expected number.
        expected: f64,
        /// Largest deviation allowed.
        tolerance: f64,
        /// Largest deviation of a seed.
        worst: f64,
    },
    /// A difference that orders make, over pairs of the same seed.
    Difference {
        /// How large it must be.
        #[serde(flatten)]
        bound: Bound,
        /// Half-width of its 95% interval.
        half_width: f64,
        /// Whether it is taken relative to the mean without the orders.
        relative: bool,
        /// Orders that were refused, and why: none of the case's differences holds then.
        refused: Vec<String>,
    },
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
    let prepared = Prepared::new(changed(level, case).map_err(|(_, error)| failed(error))?);
    let mut findings = play_expectations(&prepared, case).map_err(failed)?;
    if !case.differences.is_empty() {
        findings.extend(play_differences(&prepared, case).map_err(failed)?);
    }
    if !case.equilibrium.is_empty() {
        let report = solve(&prepared.level).map_err(|error| failed(error.to_string()))?;
        findings.extend(
            case.equilibrium.iter().map(|expectation| in_equilibrium(level, case, expectation, &report)),
        );
    }
    Ok(findings)
}

/// Numbers that every seed must have.
fn play_expectations(prepared: &Prepared, case: &Case) -> Result<Vec<Finding>, String> {
    let level = &prepared.level;
    let surplus = asks_for_surplus(case.expect.iter().map(|expectation| &expectation.measure));
    let play = |seed: u32| {
        let mut setup = Setup::of(level).map_err(|error| error.to_string())?;
        setup.population.seed = u64::from(seed);
        setup.population.measure_surplus = surplus;
        let mut game = Match::new(prepared, setup);
        let mut outcomes = Vec::new();
        while !game.is_over() {
            outcomes.push(game.play_turn().outcome);
        }
        let at_its_turn = |Expectation { measure, .. }: &Expectation| {
            let turn = measure.turn.map_or(outcomes.len(), |turn| turn as usize);
            let outcome = outcomes.get(turn - 1).ok_or_else(|| format!("turn {turn} is after the last"))?;
            measured(level, measure, outcome, u64::from(seed))
        };
        case.expect.iter().map(at_its_turn).collect()
    };
    let seeds = if case.expect.is_empty() { 0 } else { case.seeds };
    let by_seed: Vec<Vec<f64>> = (1..=seeds).into_par_iter().map(play).collect::<Result<_, String>>()?;
    let finding = |(index, expectation): (usize, &Expectation)| {
        let values: Vec<f64> = by_seed.iter().map(|values| values[index]).collect();
        let worst = values.iter().map(|value| (value - expectation.value).abs()).fold(0.0, f64::max);
        Finding {
            case: case.name.clone(),
            source: case.source.clone(),
            measure: with_turn(level, &expectation.measure),
            criterion: number(expectation, worst),
            obtained: values.iter().sum::<f64>() / values.len() as f64,
            seeds: case.seeds,
            consumers: level.setup.consumers,
            // A measure that is no number is no success.
            holds: worst <= expectation.tolerance && values.iter().all(|value| value.is_finite()),
        }
    };
    Ok(case.expect.iter().enumerate().map(finding).collect())
}

/// Differences that orders make.
fn play_differences(prepared: &Prepared, case: &Case) -> Result<Vec<Finding>, String> {
    let level = &prepared.level;
    let measures: Vec<Measure> =
        case.differences.iter().map(|difference| difference.measure.clone()).collect();
    let last = last_turn(&measures, level.setup.turns);
    for (side, plan) in [("base", &case.base), ("against", &case.against)] {
        if let Some(turn) = plan.values().map(Vec::len).max().filter(|&turn| turn > last as usize) {
            return Err(format!("`{side}` orders in turn {turn}, and only turns 1 to {last} are played"));
        }
    }
    let setup = Setup::of(level).map_err(|error| error.to_string())?;
    let scene = |plan| Scene { prepared, setup: &setup, plan, measures: &measures };
    let seeds: Vec<u64> = (1..=u64::from(case.seeds)).collect();
    let comparison = Comparison { base: scene(&case.base), against: scene(&case.against), seeds: &seeds };
    let compared = compare(&comparison).map_err(|error| error.to_string())?;
    let refused: Vec<String> =
        compared.refused.iter().map(|refused| refused.in_words(level, case.seeds as usize)).collect();
    let finding = |(difference, effect): (&Difference, &Effect)| {
        let Difference { measure, bound, relative } = difference;
        let estimate = match (*relative, effect.relative) {
            (false, _) => effect.difference,
            (true, Some(relative)) => relative,
            (true, None) => {
                let what = with_turn(level, measure);
                return Err(format!(
                    "{}: {what} has no relative change: without the orders it may be 0; expected more seeds, or \
                     a difference that is not relative",
                    case.name
                ));
            }
        };
        let lead = if *relative { "relative change" } else { "change" };
        Ok(Finding {
            case: case.name.clone(),
            source: case.source.clone(),
            measure: format!("{lead} of {}", with_turn(level, measure)),
            criterion: Criterion::Difference {
                bound: *bound,
                half_width: estimate.half,
                relative: *relative,
                refused: refused.clone(),
            },
            obtained: estimate.mean,
            seeds: case.seeds,
            consumers: level.setup.consumers,
            holds: refused.is_empty() && keeps(*bound, &estimate),
        })
    };
    case.differences.iter().zip(&compared.effects).map(finding).collect()
}

/// Whether a difference is on its side of zero beyond doubt and as large as wanted; or, where it must be small, whether
/// it is beyond doubt.
fn keeps(bound: Bound, estimate: &Estimate) -> bool {
    match bound {
        Bound::AtLeast(least) => estimate.above(0.0) && estimate.mean >= least,
        Bound::AtMost(most) => estimate.below(0.0) && estimate.mean <= most,
        Bound::Within(low, high) => estimate.within(low, high),
    }
}

fn number(expectation: &Expectation, worst: f64) -> Criterion {
    Criterion::Number { expected: expectation.value, tolerance: expectation.tolerance, worst }
}

fn with_turn(level: &Level, measure: &Measure) -> String {
    format!("{} at turn {}", measure.in_words(level), measure.turn.unwrap_or(level.setup.turns))
}

/// A number of the equilibrium: in every one that was found, which no seed moves.
fn in_equilibrium(level: &Level, case: &Case, expectation: &Expectation, report: &Report) -> Finding {
    let values: Vec<f64> = report.equilibria().filter_map(|found| solved(expectation, found)).collect();
    let worst = values.iter().map(|value| (value - expectation.value).abs()).fold(0.0, f64::max);
    Finding {
        case: case.name.clone(),
        source: case.source.clone(),
        measure: expectation.measure.in_words(level) + " in equilibrium",
        criterion: number(expectation, worst),
        obtained: values.iter().sum::<f64>() / values.len() as f64,
        seeds: 0,
        consumers: 0,
        holds: !values.is_empty() && worst <= expectation.tolerance,
    }
}

/// A number to five places; what rounds to nothing is 0, not −0.
pub fn to_five_places(number: f64) -> String {
    format!("{:.5}", (number * 1e5).round() / 1e5 + 0.0)
}

fn solved(expectation: &Expectation, found: &Equilibrium) -> Option<f64> {
    let list = match expectation.measure.metric.as_str() {
        "membership_fee" => &found.membership_fee,
        "merchant_fee" => &found.merchant_fee,
        "members" => &found.members,
        "listings" => &found.listings,
        "profit" => &found.profit,
        _ => return None,
    };
    Some(expectation.measure.platform.map_or_else(|| list.iter().sum(), |platform| list[platform]))
}
