//! Seasons and the economy move what people spend, and nothing else by themselves.

use walled_gardens::game::Match;
use walled_gardens::sim::{Outcome, usual_month};

use crate::{play, prepared, setup};

/// A festival of apparel in the third month, and nothing else.
const FESTIVAL: [&str; 2] =
    [r#"seasons={"goods": [0.9,0.9,2.1,0.9,0.9,0.9,0.9,0.9,0.9,0.9,0.9,0.9]}"#, r#"setup.turns=15"#];

fn level_with(changes: &[&str]) -> Vec<Outcome> {
    let prepared = prepared("tutorial/two-gardens", changes);
    let setup = setup(&prepared, "passive");
    play(&prepared, setup).0
}

#[test]
fn in_a_festival_the_same_people_buy_more() {
    let (plain, festival) = (level_with(&["setup.turns=15"]), level_with(&FESTIVAL));
    for turn in 1..=3 {
        let factor = if turn == 3 { 2.1 } else { 0.9 };
        let sold = |outcomes: &[Outcome]| outcomes[turn].category_sales(0, 0);
        // Trust follows fraud, and fraud what is sold for each yuan that polices it: by and by choices differ a little.
        let found = sold(&festival) / sold(&plain);
        assert!((found / factor - 1.0).abs() < 0.01, "turn {turn}: {found}");
        assert!((festival[turn].spending[0] / factor - 1.0).abs() < 1e-12);
    }
}

#[test]
fn a_festival_is_no_triumph_and_the_month_after_no_ruin() {
    let outcomes = level_with(&FESTIVAL);
    let worth = |turn: usize| outcomes[turn].value[0] - outcomes[turn].cash[0];
    let profit = |turn: usize| outcomes[turn].profit[0];
    assert!(profit(3) > 1.5 * profit(2), "{} {}", profit(3), profit(2));
    let jump = worth(3) / worth(2);
    assert!((jump - 1.0).abs() < 0.05, "what is to come is worth {jump} times as much");
}

#[test]
fn a_usual_month_is_the_month_itself_where_there_is_no_calendar() {
    let prepared = prepared("arena/duel", &["setup.turns=2"]);
    let mut game = Match::new(&prepared, setup(&prepared, "random"));
    let outcome = game.play_out();
    let month = usual_month(&prepared.level, outcome, 1);
    assert_eq!((month.profit, month.sales, month.factor), (outcome.profit[1], outcome.gmv(1), 1.0));
}

#[test]
fn incomes_move_spending_by_its_elasticity() {
    let outcomes = level_with(&[
        "setup.turns=4",
        "economy=(path: [(2, 1.0), (4, 0.64)])",
        "categories[0].income_elasticity=0.5",
    ]);
    let spending: Vec<f64> = outcomes.iter().map(|outcome| outcome.spending[0]).collect();
    for (found, index) in spending.iter().zip([1.0f64, 1.0, 1.0, 0.82, 0.64]) {
        assert!((found - index.sqrt()).abs() < 1e-12, "{spending:?}");
    }
    assert!((outcomes[4].economy - 0.64).abs() < 1e-12);
}
