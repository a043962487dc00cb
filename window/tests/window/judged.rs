//! What people and the regulator hold against companies: the own company is told what, what comes next and what to do.

use bevy_egui::egui::Key;
use bevy_egui::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::level::Level;
use walled_gardens_engine::order::{Access, Order};
use walled_gardens_engine::play::{Difficulty, Session};
use walled_gardens_engine::strategy::vocabulary;
use walled_gardens_window::desk::{Action, Tab};

use super::{Window, orders, window};

/// A dominant company after so many months in which its merchants were bound.
fn bound(months: u32) -> Harness<'static, Window> {
    let begun = Session::begin("systems/s13_antitrust", Some("tower"), Some(1), Difficulty::Fair);
    let mut session = begun.expect("plays");
    session.draft.set(Order::Exclusivity { on: true });
    (0..months).for_each(|_| {
        session.end_turn(None);
    });
    let mut harness = window(None);
    harness.state_mut().desk.open(session);
    harness.state_mut().desk.act(Action::Tab(Tab::Public));
    harness.run_steps(4);
    harness
}

#[test]
fn whoever_was_warned_reads_why_what_comes_next_and_stops_it_with_a_click() {
    let mut harness = bound(3);
    harness.get_by_label("Exclusivity");
    harness.get_by_label("The regulator has warned");
    harness.get_by_label_contains("After Month 5 it probes, with 1.5 points or more on file");
    harness.get_by_label_contains("calls 50.0% of sales in any region or category dominant");
    harness.get_by_role_and_label(Role::Button, "Let merchants list elsewhere").click();
    harness.run_steps(3);
    assert_eq!(orders(&harness), [Order::Exclusivity { on: false }]);
}

#[test]
fn whoever_has_nothing_on_file_is_told_so_and_rivals_open_by_a_click() {
    let mut harness = bound(0);
    harness.get_by_label("Nothing is held against you.");
    let told =
        |harness: &Harness<Window>| harness.query_all_by_label("It warns at 0.8 points on file.").count();
    assert_eq!(told(&harness), 1, "of the own company alone");
    harness.get_by_role_and_label(Role::Button, "What is held against Market").click();
    harness.run_steps(3);
    assert_eq!(told(&harness), 2);
}

#[test]
fn a_wall_on_file_is_opened_where_it_is_told() {
    let written = Level::find("systems/s12_public_opinion", &[], &vocabulary()).expect("is shipped");
    let text = written.text.replace("platforms: [", "regulator: (dominance: 0.3), platforms: [");
    let level = Level::from_text("walls", &text, &vocabulary()).expect("reads");
    let begun = Session::begin_level(&level, Some("north"), Some(1), Difficulty::Fair);
    let mut session = begun.expect("plays");
    session.draft.set(Order::Close { service: "north-pay".into(), to: Some("south".into()) });
    session.end_turn(None);
    let mut harness = window(None);
    harness.state_mut().desk.open(session);
    harness.state_mut().desk.act(Action::Tab(Tab::Public));
    harness.run_steps(4);
    harness.get_by_label("North Pay is closed to South Gate");
    harness.get_by_label("Closed a service");
    harness.get_by_role_and_label(Role::Button, "Open North Pay to South Gate").click();
    harness.run_steps(3);
    let (service, to) = ("north-pay".into(), Some("south".into()));
    assert_eq!(orders(&harness), [Order::Open { service, to, access: Access::Native }]);
}

#[test]
fn a_fine_is_told_with_its_month_before_it_is_due() {
    let harness = bound(6);
    harness.get_by_label_contains("The regulator probes until");
    harness.get_by_label_contains("it decides: a fine of about ¥");
}

#[test]
fn where_nobody_judges_companies_there_is_no_such_tab() {
    let mut harness = window(Some(("lab/interconnection", "left")));
    assert!(harness.query_by_role_and_label(Role::Button, "Public").is_none());
    harness.key_press(Key::Num6);
    harness.run_steps(2);
    harness.key_press(Key::Num7);
    harness.run_steps(2);
    assert_eq!(harness.state().desk.tab, Tab::Ledger, "its key does nothing");
}
