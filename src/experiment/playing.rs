//! What experiments play with: levels by their tags, companies that order once, strategies that do not search.

use crate::game::{Match, Prepared, Seat, Setup};
use crate::level::{Level, Shipped, shipped};
use crate::sim::{Orders, Outcome};
use crate::strategy;
use crate::strategy::{STRATEGIES, Strategy};

/// The tag of levels whose seats are meant to be alike.
pub(super) const SYMMETRIC: &str = "symmetric";

/// Why an experiment, or a level's reference, could not be played.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ExperimentError(pub(super) String);

/// The first shipped level with a tag.
pub(super) fn tagged(tag: &str) -> Result<Shipped, ExperimentError> {
    let found = shipped().find(|level| level.has_tag(tag));
    found.ok_or_else(|| ExperimentError(format!("no shipped level is tagged {tag}")))
}

/// A shipped level with some changes.
pub(super) fn prepared(name: &str, changes: &[&str]) -> Result<Prepared, ExperimentError> {
    let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
    let level = Level::find(name, &changes, &strategy::vocabulary());
    level.map(Prepared::new).map_err(|error| ExperimentError(error.to_string()))
}

/// Plays a level with every seat passive but one, which gives these orders in the first turn and none after; the
/// outcomes of all turns.
pub(super) fn play(
    prepared: &Prepared,
    seed: u64,
    platform: usize,
    orders: Orders,
) -> Result<Vec<Outcome>, ExperimentError> {
    let mut setup = Setup::of(&prepared.level).map_err(|error| ExperimentError(error.to_string()))?;
    setup.population.seed = seed;
    setup.population.measure_surplus = false;
    setup.seats[platform] = Seat::Recorded("orders".into(), vec![orders]);
    let mut game = Match::new(prepared, setup);
    let mut outcomes = Vec::new();
    while !game.is_over() {
        outcomes.push(game.play_turn().outcome);
    }
    Ok(outcomes)
}

/// Plays a level with every seat giving the orders of its plan, a list for each turn; the outcomes of all turns.
pub(super) fn play_all(
    prepared: &Prepared,
    seed: u64,
    plans: &[Vec<Orders>],
) -> Result<Vec<Outcome>, ExperimentError> {
    let mut setup = Setup::of(&prepared.level).map_err(|error| ExperimentError(error.to_string()))?;
    setup.population.seed = seed;
    setup.population.measure_surplus = false;
    setup.seats = plans.iter().map(|plan| Seat::Recorded("orders".into(), plan.clone())).collect();
    let mut game = Match::new(prepared, setup);
    let mut outcomes = Vec::new();
    while !game.is_over() {
        let turn = game.play_turn();
        if let Some(refused) = turn.refusals.iter().flatten().next() {
            return Err(ExperimentError(format!("{}: {}", refused.order, refused.reason)));
        }
        outcomes.push(turn.outcome);
    }
    Ok(outcomes)
}

/// Whoever searches takes too long for so many matches.
pub(super) fn those_that_do_not_search() -> impl Iterator<Item = &'static dyn Strategy> {
    STRATEGIES.iter().copied().filter(|strategy| !strategy.searches())
}
