//! Matches a second on the smallest arena: what a tournament is made of.

use rayon::prelude::*;

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::level::{Level, shipped};
use walled_gardens::strategy;

use super::timing::{median, rate, seconds};

/// Matches in a round.
const MATCHES: u64 = 1_000;

/// The line of the table.
pub fn report(rounds: usize) -> String {
    let name = "arena/duel";
    let duel = shipped().find(|level| level.name == name).expect("the arena is shipped");
    let level = Level::from_text(duel.name, duel.text, &strategy::vocabulary()).expect("the level is sound");
    let prepared = Prepared::new(level);
    let mut setup = Setup::of(&prepared.level).expect("the level names known strategies");
    let seat = |name| Seat::Strategy(strategy::strategy(name).expect("the strategy is registered"));
    setup.seats = vec![seat("passive"), seat("follower")];
    setup.population.measure_surplus = false;
    let with_seed = |seed: u64| {
        let mut setup = setup.clone();
        setup.population.seed = seed;
        setup
    };
    let play_one = |threads: usize| {
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        let time = pool.install(|| {
            seconds(|| {
                (0..MATCHES).into_par_iter().for_each_init(
                    || Match::new(&prepared, with_seed(0)),
                    |game, seed| {
                        game.restart(&prepared, with_seed(seed));
                        std::hint::black_box(game.play_out());
                    },
                );
            })
        });
        MATCHES as f64 / time
    };
    let at = |threads| median((0..rounds.min(5)).map(|_| play_one(threads)).collect());
    format!(
        "Matches: {} on one thread, {} on two: {name}, {} consumers, {} merchants, {} turns, passive against follower, worlds \
         reused",
        rate(at(1)),
        rate(at(2)),
        prepared.level.setup.consumers,
        prepared.level.setup.merchants,
        prepared.level.setup.turns,
    )
}
