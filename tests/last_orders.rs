//! A match is not won by an order of its last months that is worth less than it brings.
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::level::Level;
use walled_gardens::order::{Order, Orders};
use walled_gardens::strategy;

const SEEDS: std::ops::RangeInclusive<u64> = 1..=6;
const RIVALS: [&str; 3] = ["closed-ecosystem", "open-door", "steady-investor"];

/// In how many matches `premium` ends above its rival, in hindsight and at once, if it orders this in the last months too.
fn won(prepared: &Prepared, months: u32, orders: &Orders) -> [usize; 2] {
    let mut won = [0; 2];
    for (seed, rival) in SEEDS.flat_map(|seed| RIVALS.map(|rival| (seed, rival))) {
        let mut setup = Setup::of(&prepared.level).expect("the level's strategies exist");
        setup.population.seed = seed;
        setup.population.measure_surplus = false;
        let seat = |name| Seat::Strategy(strategy::strategy(name).expect("exists"));
        setup.seats = vec![seat("premium"), seat(rival)];
        let turns = setup.turns;
        let mut game = Match::new(prepared, setup);
        while !game.is_over() {
            let mut all = game.decide();
            if game.simulation().outcome().turn + months >= turns {
                all[0].extend(orders.iter().cloned());
            }
            game.play_orders(all);
        }
        let outcome = game.judge();
        won[0] += usize::from(outcome.worth()[0] > outcome.worth()[1]);
        won[1] += usize::from(outcome.value[0] > outcome.value[1]);
    }
    won
}

#[test]
fn what_ruins_a_company_wins_no_match_however_late_it_is_ordered() {
    let level = Level::find("arena/duel", &[], &strategy::vocabulary()).expect("is shipped");
    let prepared = Prepared::new(level);
    let [without, at_once] = won(&prepared, 0, &Orders::new());
    assert!(without > 0, "there is something to lose");
    let commission = |rate| Order::TakeRate { category: None, rate };
    let saved = vec![
        Order::BrandBudget { amount: 0.0 },
        Order::CategoryBudget { category: None, amount: 0.0 },
        Order::MarketingBudget { region: None, amount: 0.0 },
        Order::GovernanceBudget { amount: 0.0 },
    ];
    let ruin = [
        vec![commission(0.2)],
        vec![commission(0.1)],
        vec![Order::MerchantFee { fee: 1_000.0 }],
        vec![Order::MembershipFee { fee: 1_000.0 }],
        [saved, vec![commission(0.1)]].concat(),
    ];
    for orders in &ruin {
        for months in [1, 2, 4, 6] {
            let [with, _] = won(&prepared, months, orders);
            assert!(with <= without, "{orders:?} in the last {months}: {with} won, {without} without");
        }
    }
    // Judged at once, the first of them would win.
    assert!(won(&prepared, 1, &ruin[0])[1] > at_once);
}
