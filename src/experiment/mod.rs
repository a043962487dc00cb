//! Published experiments: each a function from seeds to a report in Markdown, kept under `docs/experiments/`.

mod a_year;
mod ai;
mod announcements;
mod answers;
mod compare;
mod credit;
mod difficulty;
pub mod equilibria;
mod forecast;
mod free_play;
mod last_orders;
mod lone_prices;
mod market_sanity;
mod playing;
mod rating_coverage;
mod reference;
mod review;
mod seat_symmetry;
mod sequential_tests;
mod validation;

pub use a_year::a_year;
pub use ai::ai;
pub use announcements::announcements;
pub use answers::answers_to_offers;
pub use compare::{Compared, Comparison, Effect, Refused, Scene, Side, compare};
pub use credit::credit;
pub use difficulty::difficulty;
pub use forecast::forecast_coverage;
pub use free_play::free_play;
pub use last_orders::last_orders;
pub use lone_prices::lone_prices;
pub use market_sanity::market_sanity;
pub use playing::ExperimentError;
pub use rating_coverage::rating_coverage;
pub use reference::{Criterion, Finding, play_reference, to_five_places};
pub use review::review;
pub use seat_symmetry::seat_symmetry;
pub use sequential_tests::sequential_tests;
pub use validation::{fingerprint as validation_fingerprint, validation};

/// An experiment that can be run by name.
pub struct Experiment {
    /// Name on the command line, and how the name of the report's file begins.
    pub name: &'static str,
    /// The question it answers.
    pub question: &'static str,
    /// Runs it over a number of seeds and writes the report.
    pub run: fn(seeds: u32) -> Result<String, ExperimentError>,
}

/// Every experiment there is.
pub const EXPERIMENTS: &[Experiment] = &[
    Experiment {
        name: "a-year",
        question: "Does every month of a year bring something that was not there the month before?",
        run: a_year,
    },
    Experiment { name: "ai", question: "Is AI an equaliser or a divider?", run: ai },
    Experiment {
        name: "announcements",
        question: "Does value follow the news, by as much as then comes?",
        run: announcements,
    },
    Experiment {
        name: "answers",
        question: "Is an offer accepted as often as the player is told that it may be?",
        run: answers_to_offers,
    },
    Experiment {
        name: "credit",
        question: "What do lower standards of loans bring, and does credit amplify a downturn?",
        run: credit,
    },
    Experiment {
        name: "difficulty",
        question: "Is a match harder the harder it says it is?",
        run: difficulty,
    },
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
        name: "lone-prices",
        question: "Is a price that one company sets and never moves again a free lunch?",
        run: lone_prices,
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
