//! Companies that enter later: nobody is shown them as if they stood in the market, and who runs one is told to wait.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::play::{Difficulty, Session};
use walled_gardens_window::desk::{Action, Tab};
use walled_gardens_window::scene::layout::Layout;

use super::{Window, settle, window};

const LEVEL: &str = "systems/s32_newcomer";

fn after(seat: &str, months: u32) -> Session {
    let mut session = Session::begin(LEVEL, Some(seat), Some(1), Difficulty::Fair).expect("plays");
    (0..months).for_each(|_| {
        session.end_turn(None);
    });
    session
}

fn open(session: Session, tab: Tab) -> Harness<'static, Window> {
    let mut harness = window(None);
    harness.state_mut().desk.open(session);
    harness.state_mut().desk.act(Action::Tab(tab));
    harness.run_steps(4);
    harness
}

#[test]
fn ground_waits_for_a_newcomer_until_it_enters() {
    let empty = |months: u32| {
        let layout = Layout::of(&after("north", months).position(), vec2(640.0, 600.0));
        layout.gardens.iter().map(|garden| garden.empty).collect::<Vec<_>>()
    };
    assert_eq!(empty(5), [false, false, true]);
    assert_eq!(empty(6), [false; 3], "its first month is the next");
}

#[test]
fn rivals_read_when_it_opens_and_deal_with_nobody_who_is_not_there() {
    let mut harness = open(after("north", 0), Tab::Rivals);
    harness.get_by_label("opens in Month 7");
    assert!(harness.query_by_label("More about Bamboo").is_none());
    harness.state_mut().desk.act(Action::Tab(Tab::Deals));
    harness.run_steps(3);
    harness.get_by_label_contains("Offer to South Gate");
    assert!(harness.query_by_label_contains("Offer to Bamboo").is_none());
    assert!(harness.query_by_label("Bamboo").is_none(), "it has no row among the shares");
    let harness = open(after("north", 6), Tab::Rivals);
    harness.get_by_label("More about Bamboo");
}

#[test]
fn whoever_runs_it_reads_why_no_lever_works_and_ends_months_until_one_does() {
    let mut harness = open(after("bamboo", 5), Tab::Prices);
    harness.get_by_label("You enter in Month 7");
    assert!(harness.query_by_role_and_label(Role::Slider, "Commission").is_none());
    settle(&mut harness);
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Go(walled_gardens_window::desk::Screen::Play));
    harness.run_steps(3);
    assert!(harness.query_by_label("You enter in Month 7").is_none());
    harness.get_by_role_and_label(Role::Slider, "Commission");
    settle(&mut harness);
    let forecast = harness.state().desk.played.as_ref().and_then(|played| played.forecast.clone());
    let share = &forecast.expect("is there").figures[0];
    assert!(share.band.middle > 0.0, "somebody is expected: {share:?}");
}
