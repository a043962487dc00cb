//! Fees on buyers: who bears them, and that none is a free lunch.

use walled_gardens::game::{Match, Seat};
use walled_gardens::sim::{Order, Outcome};

use crate::{prepared, setup};

/// The last turn of a duel when the first company orders this in turn 1, over four seeds.
fn after(months: u32, orders: &[Order]) -> Vec<Outcome> {
    let prepared = prepared("arena/duel", &["setup.consumers=4000", "setup.merchants=1200", "objectives=[]"]);
    let play = |seed: u64| {
        let mut setup = setup(&prepared, "passive");
        (setup.turns, setup.population.seed) = (months, seed);
        setup.seats[0] = Seat::Recorded("orders".into(), vec![orders.to_vec()]);
        Match::new(&prepared, setup).play_out().clone()
    };
    (1..=4).map(play).collect()
}

fn mean(outcomes: &[Outcome], of: impl Fn(&Outcome) -> f64) -> f64 {
    outcomes.iter().map(of).sum::<f64>() / outcomes.len() as f64
}

#[test]
fn a_fee_on_buyers_drives_merchants_away_as_a_commission_does() {
    let listed = |orders: &[Order]| mean(&after(12, orders), |outcome| outcome.variety[[0, 0]]);
    let without = listed(&[]);
    let commission = listed(&[Order::TakeRate { category: None, rate: 0.07 }]);
    let fee = listed(&[Order::ConsumerFee { region: None, category: None, rate: 0.02 }]);
    assert!(commission < 0.9 * without, "{without} {commission}");
    assert!((fee - commission).abs() < 0.25 * (without - commission), "{without} {commission} {fee}");
}

#[test]
fn no_lone_fee_on_buyers_is_a_free_lunch() {
    let value = |orders: &[Order]| mean(&after(24, orders), |outcome| outcome.value[0]);
    let without = value(&[]);
    for order in [
        Order::ConsumerFee { region: None, category: None, rate: 0.02 },
        Order::ConsumerFee { region: None, category: None, rate: 0.06 },
        Order::MembershipFee { fee: 5.0 },
        Order::MembershipFee { fee: 20.0 },
    ] {
        let with = value(std::slice::from_ref(&order));
        assert!(with < 1.1 * without, "{order}: {with} {without}");
    }
}
