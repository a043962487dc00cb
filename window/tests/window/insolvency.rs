//! Companies that run out of money: their own seat is told, and everybody else may bid for what they own.

use bevy_egui::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::level::Level;
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play::{Difficulty, Session};
use walled_gardens_engine::strategy;
use walled_gardens_window::desk::{Action, Tab};

use super::{Window, window};

/// A match in which Harbour costs more than it takes, played until something holds.
fn until(seat: &str, holds: impl Fn(&Session) -> bool) -> Session {
    let changes = ["platforms.harbour.fixed_cost=3e8".to_owned()];
    let level = Level::find("systems/s29_distress", &changes, &strategy::vocabulary()).expect("is shipped");
    let mut session = Session::begin_level(&level, Some(seat), Some(1), Difficulty::Fair).expect("plays");
    while !holds(&session) {
        session.end_turn(None);
    }
    session
}

fn administered(session: &Session) -> bool {
    session.position().view.public.insolvencies.administered(2).is_some()
}

fn left(session: &Session) -> bool {
    session.position().view.level.platforms[2].left
}

fn open(session: Session, tab: Tab) -> Harness<'static, Window> {
    let mut harness = window(None);
    harness.state_mut().desk.open(session);
    harness.state_mut().desk.act(Action::Tab(tab));
    harness.run_steps(4);
    harness
}

#[test]
fn whoever_owes_money_is_told_how_long_it_may() {
    let owes = |session: &Session| session.now().cash[2] < 0.0;
    let harness = open(until("harbour", owes), Tab::Prices);
    harness.get_by_label_contains("You owe");
    harness.get_by_role_and_label(Role::Slider, "Commission");
}

#[test]
fn an_administrator_leaves_its_ceo_nothing_to_order() {
    let harness = open(until("harbour", administered), Tab::Prices);
    harness.get_by_label_contains("An administrator acts for you until");
    assert!(harness.query_by_role_and_label(Role::Slider, "Commission").is_none());
    let harness = open(until("harbour", left), Tab::Prices);
    harness.get_by_label("Your company has closed");
}

#[test]
fn everybody_else_may_bid_and_reads_what_it_is_worth() {
    let session = until("south", administered);
    let (lot, worth) = session.position().view.for_sale()[0];
    assert!(worth > lot.least && lot.least > 0.0);
    let mut harness = open(session, Tab::Prices);
    harness.get_by_label("For sale of Harbour: Harbour Pay");
    harness.get_by_label_contains("It earned");
    harness.get_by_role_and_label(Role::Slider, "Bid");
    let bid = Order::Bid { service: "harbour-pay".into(), price: lot.least + 1e6 };
    harness.state_mut().desk.act(Action::Order(bid));
    harness.run_steps(3);
    harness.get_by_label("Bid for Harbour Pay");
}

#[test]
fn rivals_read_that_it_has_closed() {
    let harness = open(until("south", left), Tab::Rivals);
    harness.get_by_label("has closed");
    assert!(harness.query_by_label("More about Harbour").is_none());
}
