//! What orders, strategies or changes to a level change: both sides played on the same seeds, and the differences with intervals. Luck that both sides
//! share falls out of a difference.

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::playing::ExperimentError;
use crate::game::{Match, Prepared, Seat, Setup};
use crate::history::TurnRecord;
use crate::level::{Level, Measure};
use crate::order::Plan;
use crate::sim::metrics;
use crate::sim::{Outcome, Refusal};
use crate::statistics::Estimate;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// What is compared with.
    Base,
    /// What is compared.
    Against,
}

/// How one side is played, and what is measured of it.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The level.
    pub prepared: &'a Prepared,
    /// How it is played. Its seed and threads do not matter: seeds are the comparison's, and go in parallel.
    pub setup: &'a Setup,
    /// Orders.
    pub plan: &'a Plan,
    /// What is measured, in this level's numbers: as many as of the other side, and the same in the same order.
    pub measures: &'a [Measure],
}

/// Two sides to be played on the same seeds.
#[derive(Clone, Copy)]
pub struct Comparison<'a> {
    /// What is compared with.
    pub base: Scene<'a>,
    /// What is compared.
    pub against: Scene<'a>,
    /// The seeds, each once.
    pub seeds: &'a [u64],
}

impl Comparison<'_> {
    /// Whether the sides differ in nothing: neither in level, nor in seats, nor in orders.
    pub fn is_of_the_same(&self) -> bool {
        let (base, against) = (&self.base, &self.against);
        let seats =
            |scene: &Scene| scene.setup.seats.iter().map(|seat| seat.name().to_owned()).collect::<Vec<_>>();
        base.prepared.level.text == against.prepared.level.text
            && seats(base) == seats(against)
            && base.plan == against.plan
    }
}

/// What came out of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// For each measure.
    pub effects: Vec<Effect>,
    /// Orders of the plans, and of other recorded seats, that were refused. If there are any, the plans were not played.
    pub refused: Vec<Refused>,
}

/// One measure on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// By seed: what came out on the one side, and on the other.
    pub values: Vec<(f64, f64)>,
    /// Mean on the one side.
    pub base: f64,
    /// Mean on the other.
    pub against: f64,
    /// The other less the one, over pairs.
    pub difference: Estimate,
    /// The same relative to the mean of the one; nothing where the interval of that mean holds zero: what is to be divided
    /// by may then be of either sign, or nothing.
    pub relative: Option<Estimate>,
}

/// An order that was refused, over all seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// On which side.
    pub side: Side,
    /// By which platform.
    pub platform: usize,
    /// In which turn.
    pub turn: u32,
    /// The order, and why it was refused in the first of the seeds.
    pub refusal: Refusal,
    /// In how many seeds.
    pub seeds: u32,
}

impl Refused {
    /// A sentence: what, whose, when, why and how often.
    pub fn in_words(&self, level: &Level, seeds: usize) -> String {
        let side = if self.side == Side::Base { "base" } else { "against" };
        let (id, times) = (&level.platforms[self.platform].id, self.seeds);
        let Refusal { order, reason } = &self.refusal;
        let turn = self.turn;
        format!("{side}, turn {turn}: {order} by {id} was refused in {times} of {seeds} seeds: {reason}")
    }
}

/// One side in one seed: a value for each measure, and what was refused.
struct Played {
    values: Vec<f64>,
    refused: Vec<(u32, usize, Refusal)>,
}

/// Plays both sides. A seat for which either side has orders follows orders alone on both, so that nothing but the
/// orders differs; everybody else is as the side's setup has it. Turns after the last that is measured are not played.
///
/// # Errors
/// A measure has no value for what it is taken of, or is taken after the last turn.
pub fn compare(comparison: &Comparison) -> Result<Compared, ExperimentError> {
    for Scene { setup, measures, .. } in [comparison.base, comparison.against] {
        for measure in measures {
            if let Some(turn) = measure.turn.filter(|turn| !(1..=setup.turns).contains(turn)) {
                let message = format!("turn {turn} is out of range: turns 1 to {} are played", setup.turns);
                return Err(ExperimentError(message));
            }
        }
    }
    let (base, against) = (seated(comparison, Side::Base), seated(comparison, Side::Against));
    let one_level = Arc::ptr_eq(&comparison.base.prepared.level, &comparison.against.prepared.level);
    let pair = |&seed: &u64| {
        let with_seed = |setup: &Setup| {
            let mut setup = setup.clone();
            setup.population.seed = seed;
            setup
        };
        let mut game = Match::new(comparison.base.prepared, with_seed(&base));
        let base = play(&mut game, comparison.base.measures, seed)?;
        let prepared = comparison.against.prepared;
        if one_level {
            game.restart(prepared, with_seed(&against));
        } else {
            game = Match::new(prepared, with_seed(&against));
        }
        Ok((base, play(&mut game, comparison.against.measures, seed)?))
    };
    let pairs: Vec<(Played, Played)> =
        comparison.seeds.par_iter().map(pair).collect::<Result<_, String>>().map_err(ExperimentError)?;
    let measures = comparison.base.measures.len();
    Ok(Compared {
        effects: (0..measures).map(|index| effect(&pairs, index)).collect(),
        refused: refused(pairs),
    })
}

/// The turn after which nothing is measured.
pub(super) fn last_turn<'a>(measures: impl IntoIterator<Item = &'a Measure>, turns: u32) -> u32 {
    measures.into_iter().map(|measure| measure.turn.unwrap_or(turns)).max().unwrap_or(turns)
}

/// Whether the consumers' surplus is asked for: it costs a logarithm a choice.
pub(super) fn asks_for_surplus<'a>(measures: impl IntoIterator<Item = &'a Measure>) -> bool {
    measures.into_iter().any(|measure| measure.metric.starts_with("consumer_") || measure.metric == "overlap")
}

/// A measure of one turn's outcome.
pub(super) fn measured(
    level: &Level,
    measure: &Measure,
    outcome: &Outcome,
    seed: u64,
) -> Result<f64, String> {
    metrics::measured(level, measure, outcome).ok_or_else(|| {
        let (what, turn) = (measure.in_words(level), outcome.turn);
        format!("{what} has no value at turn {turn} of seed {seed}: there was nothing to divide by")
    })
}

/// Seats for which either side has orders follow orders alone on both.
fn seated(comparison: &Comparison, side: Side) -> Setup {
    let (own, other) = match side {
        Side::Base => (comparison.base, comparison.against),
        Side::Against => (comparison.against, comparison.base),
    };
    let mut seated = own.setup.clone();
    seated.population.threads = None;
    seated.population.measure_surplus = asks_for_surplus(own.measures);
    let level = &own.prepared.level;
    let here = |platform: &usize| {
        let id = &other.prepared.level.platforms[*platform].id;
        level.platforms.iter().position(|row| row.id == *id)
    };
    for platform in own.plan.keys().copied().chain(other.plan.keys().filter_map(here)) {
        let orders = own.plan.get(&platform).cloned().unwrap_or_default();
        seated.seats[platform] = Seat::Recorded("orders".to_owned(), orders);
    }
    seated
}

fn play(game: &mut Match, measures: &[Measure], seed: u64) -> Result<Played, String> {
    let turns = game.setup().turns;
    let last = last_turn(measures, turns);
    let mut played = Played { values: vec![f64::NAN; measures.len()], refused: Vec::new() };
    // Strategies know how long the match is, so a shorter one would be another: it is broken off instead.
    while game.simulation().outcome().turn < last {
        let TurnRecord { outcome, refusals, .. } = game.play_turn();
        for (value, measure) in played.values.iter_mut().zip(measures) {
            if outcome.turn == measure.turn.unwrap_or(turns) {
                *value = measured(game.simulation().level(), measure, &outcome, seed)?;
            }
        }
        for (platform, refusals) in refusals.into_iter().enumerate() {
            if matches!(game.setup().seats[platform], Seat::Recorded(..)) {
                played.refused.extend(refusals.into_iter().map(|refusal| (outcome.turn, platform, refusal)));
            }
        }
    }
    Ok(played)
}

fn effect(pairs: &[(Played, Played)], index: usize) -> Effect {
    let base: Vec<f64> = pairs.iter().map(|(base, _)| base.values[index]).collect();
    let against: Vec<f64> = pairs.iter().map(|(_, against)| against.values[index]).collect();
    let differences: Vec<f64> = against.iter().zip(&base).map(|(against, base)| against - base).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    Effect {
        values: base.iter().copied().zip(against.iter().copied()).collect(),
        base: mean(&base),
        against: mean(&against),
        difference: Estimate::of(&differences),
        relative: Estimate::relative(&differences, &base).filter(|_| !Estimate::of(&base).covers(0.0)),
    }
}

/// Each refused order once, in the order of sides and turns.
fn refused(pairs: Vec<(Played, Played)>) -> Vec<Refused> {
    let mut all: Vec<Refused> = Vec::new();
    for (base, against) in pairs {
        for (side, played) in [(Side::Base, base), (Side::Against, against)] {
            let mut counted = vec![false; all.len()];
            for (turn, platform, refusal) in played.refused {
                let same = |known: &Refused| {
                    (known.side, known.turn, known.platform) == (side, turn, platform)
                        && known.refusal.order == refusal.order
                };
                match all.iter().position(same) {
                    Some(index) => {
                        if !std::mem::replace(&mut counted[index], true) {
                            all[index].seeds += 1;
                        }
                    }
                    None => {
                        all.push(Refused { side, platform, turn, refusal, seeds: 1 });
                        counted.push(true);
                    }
                }
            }
        }
    }
    all.sort_by_key(|refused| (refused.side == Side::Against, refused.turn, refused.platform));
    all
}
