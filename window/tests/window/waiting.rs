//! What waits for an answer: cards over the map, numbers on tabs, and a month that is not ended over it unasked.

use bevy_egui::egui::{Key, Rect, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::level::Level;
use walled_gardens_engine::order::{Answer, Order};
use walled_gardens_engine::play::{Difficulty, Session, Waiting, waiting};
use walled_gardens_engine::strategy;
use walled_gardens_window::desk::{Action, Screen, Tab};

use super::{Window, after, settle, window};

/// A match in which a rival that deals has just made the player an offer.
fn offered() -> (Harness<'static, Window>, String) {
    let changes = ["platforms.west.strategy=\"dealmaker\"".to_owned()];
    let level = Level::find("arena/two_ecosystems", &changes, &strategy::vocabulary()).expect("is shipped");
    let begun = Session::begin_level(&level, Some("east"), Some(3), Difficulty::Fair);
    let mut session = begun.expect("plays");
    let offer = |session: &Session| match waiting(&session.position()).first() {
        Some(Waiting::Offer { from }) => Some(level.platforms[*from].id.clone()),
        _ => None,
    };
    while offer(&session).is_none() {
        assert!(!session.is_over(), "nobody offers anything");
        session.end_turn(None);
    }
    let from = offer(&session).expect("is there");
    let mut harness = window(None);
    harness.state_mut().desk.open(session);
    harness.run_steps(4);
    (harness, from)
}

fn month(harness: &Harness<Window>) -> u32 {
    harness.state().desk.played.as_ref().expect("a match").position.played()
}

#[test]
fn an_offer_has_a_card_over_the_map_and_a_number_on_its_tab_until_it_is_answered() {
    let (mut harness, from) = offered();
    settle(&mut harness);
    harness.get_by_label_contains("Deals: 1 waiting");
    harness.get_by_label_contains("offers a deal, this month").click();
    harness.run_steps(4);
    assert_eq!(harness.state().desk.tab, Tab::Deals);
    harness.get_by_label("Accept").click();
    harness.run_steps(4);
    let given = super::orders(&harness);
    assert_eq!(given, [Order::Answer { from, answer: Answer::Accept }]);
    assert!(harness.query_by_label_contains("offers a deal").is_none());
    harness.get_by_label("Deals");
}

#[test]
fn cards_leave_the_players_own_garden_in_sight() {
    let begun = Session::begin("history/china_2024", Some("jd"), Some(1), Difficulty::Fair);
    let mut session = begun.expect("plays");
    while waiting(&session.position()).len() < 2 {
        session.end_turn(None);
    }
    let mut harness = window(None);
    harness.state_mut().desk.open(session);
    settle(&mut harness);
    let state = harness.state();
    let map = super::map::map(&harness);
    let own = &state.layout.gardens[state.desk.position().expect("is played").me];
    // Its edge may be touched, not where it is told whose it is and how many are there.
    let garden = Rect::from_center_size(map.center() + own.middle, Vec2::splat(own.radius));
    let cards = || harness.query_all_by_label_contains("offers a deal, this month");
    assert!(cards().count() > 1);
    for card in cards() {
        let card = card.rect();
        assert!(map.contains_rect(card), "{card}");
        assert!(!card.intersects(garden), "{card} hides {garden}");
    }
}

#[test]
fn the_end_of_the_month_asks_once_where_an_offer_would_lapse() {
    let (mut harness, _) = offered();
    settle(&mut harness);
    let before = month(&harness);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(month(&harness), before, "it asks first");
    harness.get_by_label_contains("unless you answer");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(month(&harness), before + 1);
    assert!(harness.state().desk.message.is_none(), "what was asked is no more");
}

#[test]
fn whoever_has_answered_is_asked_nothing() {
    let (mut harness, from) = offered();
    settle(&mut harness);
    let before = month(&harness);
    harness.state_mut().desk.act(Action::Order(Order::Answer { from, answer: Answer::Refuse }));
    harness.run_steps(3);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(month(&harness), before + 1);
    assert_eq!(harness.state().desk.screen, Screen::Report);
}

#[test]
fn an_event_has_a_card_too_and_is_found_where_it_is_answered() {
    let mut harness = window(None);
    harness.state_mut().desk.open(after("arena/festivals", "kite", 3));
    harness.run_steps(4);
    settle(&mut harness);
    harness.get_by_label_contains("Sellers ask for a charter, ").click();
    harness.run_steps(4);
    harness.get_by_label("Sellers ask for a charter");
}
