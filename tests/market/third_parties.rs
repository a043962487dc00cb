//! Independent firms: they follow their margin, and nobody is left without.

use walled_gardens::game::{Match, Prepared};
use walled_gardens::sim::state::events::Event;
use walled_gardens::sim::{Flow, Outcome};

use crate::{prepared, setup};

const LEVEL: &str = "systems/s31_third_parties";
const EXPRESS: usize = 1;
const CHEAP: usize = 2;

fn played(prepared: &Prepared) -> Vec<Outcome> {
    let mut setup = setup(prepared, "passive");
    (setup.population.consumers, setup.population.merchants) = (1_000, 600);
    let mut game = Match::new(prepared, setup);
    let mut outcomes = vec![game.simulation().outcome().clone()];
    while !game.is_over() {
        outcomes.push(game.play_turn().outcome);
        assert_eq!(game.simulation().ledger().sum(), 0);
    }
    outcomes
}

fn with(changes: &[&str]) -> Vec<Outcome> {
    let mut all = vec!["reference=[]"];
    all.extend(changes);
    played(&prepared(LEVEL, &all))
}

fn room(outcome: &Outcome) -> f64 {
    outcome.room[EXPRESS].expect("it has room")
}

#[test]
fn a_carrier_that_is_full_and_earns_builds_as_long_as_it_is() {
    let outcomes = with(&[]);
    let rooms: Vec<f64> = outcomes.iter().map(room).collect();
    let first = rooms.iter().position(|&room| room > 3.5e6).expect("it builds");
    let earned = |turn: usize| outcomes[turn].service_profit[EXPRESS] > 0.0;
    assert!(
        (first - 3..first).all(earned) && !(first - 4..first).all(earned),
        "three months of gains: {first}"
    );
    assert!((rooms[first] / 3.5e6 - 1.06).abs() < 1e-9 && rooms.is_sorted(), "{rooms:?}");
    let last = outcomes.last().expect("24 turns");
    let sent: f64 = (0..2).map(|platform| last.parcels[[platform, EXPRESS]]).sum();
    assert!(sent / room(last) > 0.8, "no more than it needs: {}", sent / room(last));
}

#[test]
fn what_is_built_is_paid_and_is_no_loss() {
    // Whoever builds so fast pays more for it than a month brings, and goes on, since what it builds is needed.
    let outcomes =
        with(&["services.express.capacity=5e6", "market.third_party_response=0.2", "market.congestion=0"]);
    let built = |turn: usize| (room(&outcomes[turn]) - room(&outcomes[turn - 1])) * 20.0;
    let first = (1..24).find(|&turn| built(turn) > 0.0).expect("it builds");
    let profit = |turn: usize| outcomes[turn].service_profit[EXPRESS];
    assert!(profit(first) < 0.0 && profit(first) < profit(first - 1) - built(first), "{}", profit(first));
    assert!(built(first + 1) > 0.0, "a loss would have cost it three months");
}

#[test]
fn who_loses_money_gives_up_room_or_asks_for_more_and_closes_down_where_that_does_not_help() {
    // Far too much room for what merchants send.
    let idle = with(&["services.express.capacity=3e7"]);
    assert!(room(&idle[4]) < 3e7 && room(&idle[8]) < room(&idle[6]));
    // So dear that nothing can be earned: a year of losses is more than three times its patience.
    let hopeless = with(&["services.cheap.variable_cost=50", "services.cheap.price=1"]);
    let closed = |outcome: &&Outcome| outcome.news.contains(&Event::ClosedDown { service: CHEAP });
    let turn = hopeless.iter().find(closed).expect("it closes down").turn;
    assert_eq!(turn, 10, "after nine months of losses");
    let sent = |outcome: &Outcome| -> f64 { (0..2).map(|platform| outcome.parcels[[platform, CHEAP]]).sum() };
    assert!(sent(&hopeless[9]) > 0.0 && sent(&hopeless[10]) == 0.0);
    assert!(hopeless[12].flow(0, Flow::Commissions) > 0.9 * hopeless[8].flow(0, Flow::Commissions));
}

#[test]
fn nobody_closes_down_whom_somebody_needs() {
    let alone = "services=[Carrier(id: \"cheap\", supply: Franchise, price: 1, variable_cost: 50), Wallet(id: \"bank\", held: 0.9)]";
    let outcomes = with(&[alone]);
    assert!(outcomes.iter().all(|outcome| !outcome.news.contains(&Event::ClosedDown { service: 0 })));
    let margin = |turn: usize| outcomes[turn].service_profit[0];
    assert!(margin(24) > margin(4), "it asks for more instead");
}

#[test]
fn nobody_moves_where_the_market_does_not_say_so() {
    let outcomes = with(&["market.third_party_response=0", "services.express.capacity=3e7"]);
    assert!(outcomes.iter().all(|outcome| room(outcome) == 3e7));
}
