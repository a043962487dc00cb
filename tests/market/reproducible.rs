//! The same from the same seed: on any number of threads, in a used world, in any build.

use std::sync::Arc;

use walled_gardens::game::Match;

use crate::{play, prepared, setup};

#[test]
fn the_same_seed_gives_the_same_world_on_any_number_of_threads() {
    let prepared = prepared("history/china_2024", &["setup.consumers=50000", "setup.turns=6"]);
    let with_threads = |threads: usize| {
        let mut setup = setup(&prepared, "random");
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        setup.population.threads = (threads > 1).then(|| Arc::new(pool));
        play(&prepared, setup)
    };
    let (outcomes, hash) = with_threads(1);
    assert_eq!((outcomes.clone(), hash), with_threads(1));
    assert_eq!((outcomes, hash), with_threads(2));
}

#[test]
fn another_seed_gives_another_world() {
    let prepared = prepared("arena/duel", &[]);
    let seeded = |seed| {
        let mut setup = setup(&prepared, "passive");
        setup.population.seed = seed;
        play(&prepared, setup).1
    };
    assert_ne!(seeded(1), seeded(2));
}

#[test]
fn a_match_in_a_used_world_is_the_match_in_a_new_one() {
    let (duel, six) = (prepared("arena/duel", &[]), prepared("arena/six", &["setup.turns=3"]));
    let fresh = play(&duel, setup(&duel, "random"));
    let mut game = Match::new(&six, setup(&six, "random"));
    game.play_out();
    game.restart(&duel, setup(&duel, "random"));
    let outcome = game.play_out().clone();
    assert_eq!((Some(&outcome), game.simulation().state_hash()), (fresh.0.last(), fresh.1));
}

#[test]
fn the_state_is_the_same_in_debug_and_release_builds() {
    // Floating point must not depend on the optimiser, the machine's vector unit or its mathematics library.
    let prepared = prepared("arena/six", &["setup.turns=8"]);
    let (_, hash) = play(&prepared, setup(&prepared, "random"));
    assert_eq!(hash.to_hex().as_str(), include_str!("../fixtures/arena_six_random_8.hash").trim());
}
