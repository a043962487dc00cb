//! Objectives and medals of the shipped levels.

use std::sync::Arc;

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::level::{Deadline, Level, shipped};
use walled_gardens::order::Order;
use walled_gardens::play::objectives::{Medal, medal, progress};
use walled_gardens::play::{Difficulty, Session};
use walled_gardens::sim::Outcome;
use walled_gardens::strategy;

/// Plays a level to its end with one order list in the first month for a seat, and hands back that seat's medal.
fn medal_of(level: &str, seat: &str, orders: &[Order], seed: u64) -> Option<Medal> {
    let mut session = Session::begin(level, Some(seat), Some(seed), Difficulty::Fair).expect("plays");
    for order in orders {
        session.draft.set(order.clone());
    }
    while !session.is_over() {
        session.end_turn(None);
    }
    let position = session.position();
    medal(&progress(&position.level, position.me, &position.outcomes().collect::<Vec<_>>()))
}

#[test]
fn a_simple_plan_wins_a_medal_in_the_tutorial_and_standing_still_does_not() {
    let level = "tutorial/first-game";
    let (marketing, governance) =
        (Order::MarketingBudget { region: None, amount: 6e7 }, Order::GovernanceBudget { amount: 4e7 });
    for seed in 1..=3 {
        assert_eq!(medal_of(level, "lotus", &[], seed), None, "seed {seed}");
        let won = medal_of(level, "lotus", &[marketing.clone(), governance.clone()], seed);
        assert_eq!(won, Some(Medal::Gold), "seed {seed}: as the tutorial says");
        let one = medal_of(level, "lotus", std::slice::from_ref(&marketing), seed);
        assert!(one >= Some(Medal::Bronze), "seed {seed}: {one:?}");
    }
}

/// Claims that a seat's objectives are all measured at the opening, that none is reached there which a single month may win, and at
/// most a third of them hold.
pub fn is_to_be_won(level: &Level, seat: usize, opening: &Outcome) {
    // As if it were a month's: what only months are judged by is to be won too.
    let month = Outcome { turn: 1, ..opening.clone() };
    let all = progress(level, seat, &[&month]);
    let held = all.iter().filter(|one| one.holds()).count();
    let name = &level.platforms[seat].id;
    assert!(3 * held <= all.len(), "{}: {held} of {} of {name}", level.id, all.len());
    for one in all {
        let title = &one.objective.title;
        assert!(one.opening.is_some(), "{}: {title} is not measured", level.id);
        let by = matches!(one.objective.deadline, Deadline::By(_));
        assert!(!by || !one.holds(), "{}: {title} holds already", level.id);
    }
}

/// A match in which nobody orders anything, played to its end: the level, its opening, and what came of each turn.
pub fn standing_still(level: Level, mut setup: Setup) -> (Arc<Level>, Vec<Outcome>) {
    let nobody = |_| Seat::Recorded("nobody".to_owned(), Vec::new());
    setup.seats = level.platforms.iter().map(nobody).collect();
    let prepared = Prepared::new(level);
    let mut game = Match::new(&prepared, setup);
    let mut outcomes = vec![game.simulation().outcome().clone()];
    while !game.is_over() {
        outcomes.push(game.play_turn().outcome);
    }
    (prepared.level, outcomes)
}

#[test]
fn no_objective_is_met_from_the_start_and_nobody_wins_gold_by_standing_still() {
    let mut seats = 0;
    for shipped in shipped().filter(|level| level.text.contains("objectives: [")) {
        let level = Level::from_text(shipped.name, shipped.text, &strategy::vocabulary()).expect("reads");
        let mut setup = Setup::of(&level).expect("plays");
        setup.population.consumers = setup.population.consumers.min(3_000);
        setup.population.merchants = setup.population.merchants.min(1_000);
        let (level, outcomes) = standing_still(level, setup);
        let outcomes: Vec<_> = outcomes.iter().collect();
        for seat in 0..level.platforms.len() {
            is_to_be_won(&level, seat, outcomes[0]);
            let all = progress(&level, seat, &outcomes);
            assert!(medal(&all) < Some(Medal::Gold), "{}: {seat}", shipped.name);
            seats += usize::from(!all.is_empty());
        }
    }
    assert!(seats >= 10, "{seats}");
}
