//! The market as a whole: the same from the same seed, balanced to the fen, and where its level says it starts.
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod ai;
mod any_orders;
mod calendar;
mod capital;
mod closed_forms;
mod credit;
mod events;
mod expectations;
mod fees;
mod insolvency;
mod metrics;
mod money;
mod newcomers;
mod opening;
mod regulator;
mod reproducible;
mod third_parties;
mod welfare;

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::level::Level;
use walled_gardens::sim::Outcome;
use walled_gardens::strategy;

fn prepared(name: &str, changes: &[&str]) -> Prepared {
    let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
    let level = Level::find(name, &changes, &strategy::vocabulary());
    Prepared::new(level.unwrap_or_else(|error| panic!("{name}: {error}")))
}

fn setup(prepared: &Prepared, seats: &str) -> Setup {
    let mut setup = Setup::of(&prepared.level).expect("the level's strategies exist");
    let seat = Seat::Strategy(strategy::strategy(seats).expect("a strategy of that name"));
    setup.seats.fill(seat);
    setup
}

fn play(prepared: &Prepared, setup: Setup) -> (Vec<Outcome>, blake3::Hash) {
    let mut game = Match::new(prepared, setup);
    let mut outcomes = vec![game.simulation().outcome().clone()];
    while !game.is_over() {
        outcomes.push(game.play_turn().outcome);
        assert_eq!(game.simulation().ledger().sum(), 0);
    }
    (outcomes, game.simulation().state_hash())
}
