//! Published experiments: each a function from seeds to a report in Markdown, kept under `docs/experiments/`.

mod compare;
pub mod equilibria;
mod forecast;
mod free_play;
mod last_orders;
mod market_sanity;
mod rating_coverage;
mod reference;
mod review;
mod seat_symmetry;
mod sequential_tests;
mod validation;

pub use compare::{Compared, Comparison, Effect, Refused, Scene, Side, compare};
pub use forecast::forecast_coverage;
pub use free_play::free_play;
pub use last_orders::last_orders;
pub use market_sanity::market_sanity;
pub use rating_coverage::rating_coverage;
pub use reference::{Criterion, Finding, play_reference};
pub use review::review;
pub use seat_symmetry::seat_symmetry;
pub use sequential_tests::sequential_tests;
pub use validation::{fingerprint as validation_fingerprint, validation};

use crate::game::{Match, Prepared, Seat, Setup};
use crate::level::{Level, Shipped, shipped};
use crate::sim::{Orders, Outcome};
use crate::strategy::{self, STRATEGIES, Strategy};

/// An experiment that can be run by name.
pub struct Experiment {
    /// Name on the command line and of the report's file.
    pub name: &'static str,
    /// The question it answers.
    pub question: &'static str,
    /// Runs it over a number of seeds and writes the report.
    pub run: fn(seeds: u32) -> Result<String, ExperimentError>,
}

/// Every experiment there is.
pub const EXPERIMENTS: &[Experiment] = &[
    Experiment {
        name: "equilibria",
        question: "Is every equilibrium that is reported one, and is every one reported?",
        run: equilibria::equilibria,
    },
    Experiment {
        name: "forecast",
        question: "How often does the band of a forecast cover what comes?",
        run: forecast_coverage,
    },
    Experiment {
        name: "free-play",
        question: "Who wins when strategies deal with each other, and what becomes of their agreements?",
        run: free_play,
    },
    Experiment {
        name: "last-orders",
        question: "Does an order of the last months win more matches than it is worth?",
        run: last_orders,
    },
    Experiment {
        name: "market-sanity",
        question: "Does the market answer to prices and investment as markets do?",
        run: market_sanity,
    },
    Experiment {
        name: "rating-coverage",
        question: "Are ratings as sure as their intervals say?",
        run: rating_coverage,
    },
    Experiment {
        name: "seat-symmetry",
        question: "Is every seat of an arena level as good as any other?",
        run: seat_symmetry,
    },
    Experiment {
        name: "sequential-tests",
        question: "Is a sequential test wrong as seldom as it says?",
        run: sequential_tests,
    },
    Experiment {
        name: "validation",
        question: "Does the market obey the textbook? The levels of levels/lab, each with its own seeds.",
        run: validation,
    },
];

/// The tag of levels whose seats are meant to be alike.
const SYMMETRIC: &str = "symmetric";

/// Why an experiment, or a level's reference, could not be played.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ExperimentError(String);

/// The first shipped level with a tag.
fn tagged(tag: &str) -> Result<Shipped, ExperimentError> {
    let found = shipped().find(|level| level.has_tag(tag));
    found.ok_or_else(|| ExperimentError(format!("no shipped level is tagged {tag}")))
}

/// A shipped level with some changes.
fn prepared(name: &str, changes: &[&str]) -> Result<Prepared, ExperimentError> {
    let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
    let level = Level::find(name, &changes, &strategy::vocabulary());
    level.map(Prepared::new).map_err(|error| ExperimentError(error.to_string()))
}

/// Plays a level with every seat passive but one, which gives these orders in the first turn and none after; the
/// outcomes of all turns.
fn play(
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

/// Whoever searches takes too long for so many matches.
fn those_that_do_not_search() -> impl Iterator<Item = &'static dyn Strategy> {
    STRATEGIES.iter().copied().filter(|strategy| !strategy.searches())
}
