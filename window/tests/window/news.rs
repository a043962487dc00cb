//! News: all months, grouped, searched and muted.

use bevy_egui::egui::{Key, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::order::{Access, Order};
use walled_gardens_window::desk::{Action, NewsKind, Screen};

use super::{Window, against, settle};

/// A match in which the player opens a service in the first month and another in the second.
fn told() -> Harness<'static, Window> {
    let mut harness = against("arena/two_ecosystems", "east", ("west", "reciprocator"));
    for (service, access) in [("east-pay", Access::Native), ("east-talk", Access::Jump)] {
        let order = Order::Open { service: service.to_owned(), to: Some("west".to_owned()), access };
        harness.state_mut().desk.act(Action::Go(Screen::Play));
        harness.state_mut().desk.act(Action::Order(order));
        harness.state_mut().desk.act(Action::EndTurn);
        settle(&mut harness);
    }
    harness.state_mut().desk.act(Action::Go(Screen::Play));
    harness.run_steps(3);
    harness
}

fn seen(harness: &Harness<Window>, text: &str) -> bool {
    harness.query_all_by_label(text).next().is_some()
}

const FIRST: &str = "East Garden opens its service East Pay to West Garden.";
const LAST: &str = "East Garden opens its service East Talk to West Garden.";

#[test]
fn all_months_are_told_the_newest_first() {
    let mut harness = told();
    assert!(seen(&harness, LAST), "last month's own stand below the map");
    harness.key_press(Key::N);
    harness.run_steps(4);
    let height = |text: &str| harness.query_all_by_label(text).next().expect(text).rect().top();
    assert!(height("MONTH 2") < height("MONTH 1"), "the newest month first");
    assert!(height("MONTH 1") < height(FIRST));
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert!(harness.state().desk.overlay.is_none());
}

#[test]
fn news_are_searched_by_words_and_by_month() {
    let mut harness = told();
    harness.get_by_label_contains("All ").click();
    harness.run_steps(4);
    let search = |harness: &mut Harness<Window>, words: &str| {
        let mut filter = harness.state().desk.news.clone();
        filter.search = words.to_owned();
        harness.state_mut().desk.act(Action::News(filter));
        harness.run_steps(3);
    };
    harness.get_by_role(bevy_egui::egui::accesskit::Role::TextInput).focus();
    harness.run_steps(2);
    harness.get_by_role(bevy_egui::egui::accesskit::Role::TextInput).type_text("opens east talk");
    harness.run_steps(4);
    assert_eq!(harness.state().desk.news.search, "opens east talk");
    assert!(seen(&harness, LAST));
    search(&mut harness, "east talk month 2");
    assert!(seen(&harness, LAST) && !seen(&harness, "MONTH 1"));
    search(&mut harness, "month 1 opens its service east pay");
    assert!(seen(&harness, "MONTH 1") && !seen(&harness, "MONTH 2"));
    search(&mut harness, "nobody says this");
    harness.get_by_label_contains("Nothing of all that happened is like that");
}

#[test]
fn a_kind_that_is_muted_is_not_told_until_it_is_wanted_again_and_another_match_begins_anew() {
    let mut harness = told();
    harness.key_press(Key::N);
    harness.run_steps(4);
    harness.get_by_label("By kind").click();
    harness.run_steps(3);
    assert!(seen(&harness, "GATES"));
    harness.get_by_label_contains("Gates ").click();
    harness.run_steps(3);
    assert!(!seen(&harness, "GATES") && !seen(&harness, FIRST));
    assert!(harness.state().desk.news.muted.contains(&NewsKind::Gates));
    harness.state_mut().desk.act(Action::Over(None));
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    assert!(harness.state().desk.news.muted.contains(&NewsKind::Gates), "kept for the match");
    harness.state_mut().desk.act(Action::Go(Screen::Play));
    harness.key_press(Key::N);
    harness.run_steps(4);
    harness.get_by_label_contains("Gates ").click();
    harness.run_steps(3);
    assert!(seen(&harness, FIRST));
    harness.get_by_label_contains("Gates ").click();
    harness.run_steps(3);
    let other =
        walled_gardens_engine::play::Session::begin("tutorial/two-gardens", None, None, Default::default());
    harness.state_mut().desk.open(other.expect("plays"));
    assert!(harness.state().desk.news.muted.is_empty());
}

#[test]
fn the_lines_below_the_map_stay_within_their_strip() {
    let mut harness = told();
    harness.set_size(Vec2::new(1_280.0, 800.0));
    harness.run_steps(3);
    let strip = 800.0 - walled_gardens_window::theme::NEWS;
    for text in ["News", LAST] {
        let place = harness.query_all_by_label(text).next().expect(text).rect();
        assert!(place.top() >= strip && place.bottom() <= 800.0, "{text}: {place:?}");
    }
}
