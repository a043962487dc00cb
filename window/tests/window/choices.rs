//! An event that asks: beside each choice stands what it changes.

use egui_kittest::kittest::Queryable;
use walled_gardens_window::desk::Action;

use super::{after, settle, window};

#[test]
fn a_choice_is_weighed_beside_the_window_and_dropped_when_the_month_ends() {
    let mut harness = window(None);
    harness.state_mut().desk.open(after("arena/festivals", "kite", 3));
    harness.run_steps(3);
    harness.get_by_label("Sellers ask for a charter");
    assert!(harness.query_by_label("Value in a year").is_none(), "nobody waits for it");
    settle(&mut harness);
    harness.get_by_label("Value in a year");
    harness.get_by_label_contains("−¥60.0\u{a0}M ±");
    let played = |harness: &egui_kittest::Harness<super::Window>| {
        let played = harness.state().desk.played.as_ref().expect("a match");
        (played.choices.len(), played.is_choosing())
    };
    assert_eq!(played(&harness), (1, false), "the default is what the other is weighed against");
    harness.state_mut().desk.act(Action::EndTurn);
    assert!(!played(&harness).1);
    settle(&mut harness);
    let told = &harness.state().desk.played.as_ref().expect("a match").choices;
    assert!(told.len() <= 1, "nothing is left of last month: {told:?}");
}
