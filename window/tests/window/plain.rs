//! What a new player stumbles over: where things are, what they are called, and when they are told.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use walled_gardens_engine::order::{Deal, Order, Term};
use walled_gardens_engine::play::amounts;
use walled_gardens_window::desk::{Action, Overlay, Screen, Tab};

use super::{Window, settle, window};

/// Ends a month, and draws until people walk.
fn walk(harness: &mut Harness<Window>) {
    harness.state_mut().desk.settings.reduced_motion = false;
    harness.state_mut().desk.settings.speed = 0.5;
    harness.state_mut().desk.act(Action::EndTurn);
    for _ in 0..4_000 {
        harness.run_steps(1);
        if harness.state().desk.watch.is_some() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("nobody walks");
}

#[test]
fn the_bar_tells_nothing_of_a_month_before_people_have_walked() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    settle(&mut harness);
    harness.get_by_label("1 of 24");
    harness.get_by_label("Cash ¥2.00\u{a0}bn");
    walk(&mut harness);
    harness.run_steps(2);
    harness.get_by_label("1 of 24");
    harness.get_by_label("Cash ¥2.00\u{a0}bn");
    harness.get_by_label_contains("Skip").click();
    harness.run_steps(4);
    assert_eq!(harness.state().desk.screen, Screen::Report);
    harness.get_by_label("1 of 24");
    assert!(harness.query_by_label("Cash ¥2.00\u{a0}bn").is_none());
    harness.state_mut().desk.act(Action::Go(Screen::Play));
    harness.run_steps(2);
    harness.get_by_label("2 of 24");
}

#[test]
fn a_month_that_is_being_worked_out_is_not_ended_again() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    settle(&mut harness);
    harness.state_mut().desk.act(Action::EndTurn);
    harness.run_steps(1);
    if harness.state().desk.is_busy() {
        assert!(harness.query_by_label_contains("End month").is_none());
        harness.get_by_label_contains("The market answers");
    }
    settle(&mut harness);
}

#[test]
fn levers_stay_where_they_are_as_orders_are_added() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    settle(&mut harness);
    let top = |harness: &Harness<Window>| harness.get_by_label("Orders this month").rect().top();
    let before = top(&harness);
    let orders = [
        Order::AdvertLoad { load: 0.1 },
        Order::TakeRate { category: None, rate: 0.02 },
        Order::BrandBudget { amount: 1e6 },
        Order::GovernanceBudget { amount: 1e6 },
    ];
    for order in orders {
        harness.state_mut().desk.act(Action::Order(order));
        harness.run_steps(3);
        assert_eq!(top(&harness), before);
    }
}

#[test]
fn what_orders_were_worth_comes_into_sight() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    harness.state_mut().desk.act(Action::Order(Order::AdvertLoad { load: 0.1 }));
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Weigh(1));
    harness.run_steps(1);
    if harness.state().desk.is_weighing() {
        harness.get_by_label_contains("Playing it again");
    }
    settle(&mut harness);
    harness.run_steps(4);
    let order = harness.get_by_label("Advert load").rect();
    assert!(order.bottom() <= 800.0, "{order}");
}

#[test]
fn a_report_says_how_objectives_moved_and_what_orders_did_for_them() {
    let mut harness = window(Some(("tutorial/first-game", "lotus")));
    harness.state_mut().desk.act(Action::Order(Order::MarketingBudget { region: None, amount: 6e7 }));
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Report);
    harness.get_by_label_contains("A name people know: ");
    assert!(
        harness
            .query_all_by_label_contains(" points")
            .any(|node| { node.value().is_some_and(|text| text.starts_with("▲ ")) })
    );
    harness.state_mut().desk.act(Action::Weigh(1));
    settle(&mut harness);
    harness.run_steps(4);
    for column in ["AWARENESS", "TRUST"] {
        harness.get_by_label_contains(column);
    }
    harness.get_by_label_contains("sells in later ones");
}

#[test]
fn a_report_tells_of_an_offer_that_was_made() {
    let mut harness = window(Some(("arena/two_ecosystems", "east")));
    let deal = Deal { gives: Vec::new(), asks: vec![Term::Data], months: 12, notice: 3, penalty: 0.0 };
    let offer = Order::Offer { to: "west".to_owned(), deal };
    harness.state_mut().desk.act(Action::Order(offer));
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Report);
    harness.get_by_label_contains("makes West Garden an offer");
}

#[test]
fn the_market_can_be_opened_wherever_a_month_is_looked_at() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    harness.get_by_label_contains("Market M");
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Report);
    harness.get_by_label_contains("Market M").click();
    harness.run_steps(3);
    assert_eq!(harness.state().desk.overlay, Some(Overlay::Market));
}

#[test]
fn the_browsers_word_to_newcomers_goes_when_another_level_is_chosen() {
    let mut harness = window(None);
    harness.get_by_label_contains("New here?");
    harness.get_by_label_contains("Two gardens").click();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("New here?").is_none());
}

#[test]
fn whoever_watches_is_told_who_plays_each_seat() {
    let mut harness = window(None);
    harness.state_mut().desk.find("arena/duel", &[]);
    harness.state_mut().desk.act(Action::Go(Screen::Briefing));
    harness.run_steps(3);
    harness.get_by_label("Whose CEO are you?");
    harness.state_mut().desk.act(Action::Spectate);
    harness.run_steps(3);
    harness.get_by_label("Who plays each seat");
    assert!(harness.query_by_label("Whose CEO are you?").is_none());
}

#[test]
fn nobody_leads_where_shares_are_level() {
    let mut harness = window(None);
    harness.state_mut().desk.find("tutorial/two-gardens", &[]);
    harness.state_mut().desk.act(Action::Go(Screen::Briefing));
    harness.run_steps(3);
    harness.get_by_label_contains("50.0% of all sales, as much as South");
    assert!(harness.query_by_label_contains("You lead").is_none());
}

#[test]
fn trust_is_written_alike_everywhere() {
    let mut harness = window(Some(("tutorial/first-game", "lotus")));
    harness.get_by_label_contains("A place to trust: 83.8%");
    harness.state_mut().desk.act(Action::Tab(Tab::Rivals));
    harness.run_steps(3);
    let played = harness.state().desk.played.as_ref().expect("a match");
    let trust = amounts::percent(played.position.view.public.trust[1]);
    assert!(harness.get_all_by_label(&trust).count() >= 2, "{trust}");
}

#[test]
fn saves_are_listed_by_level_seat_and_month() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Over(Some(Overlay::Saves)));
    for _ in 0..400 {
        harness.run_steps(1);
        if !harness.state().desk.kept.is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    harness.run_steps(2);
    harness.get_by_label("Two gardens · North Gate · Month 2 · autosave · just now").click();
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Play);
}

#[test]
fn every_term_that_cannot_be_offered_says_why() {
    let mut harness = window(Some(("history/china_2024", "jd")));
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Tab(Tab::Deals));
    harness.run_steps(3);
    harness.get_by_label_contains("Offer to Tencent").click();
    harness.run_steps(4);
    let said = |harness: &Harness<Window>| -> Vec<String> {
        harness.get_all_by_role(Role::Label).filter_map(|node| node.value()).collect()
    };
    let disabled = |harness: &Harness<Window>| -> Vec<Rect> {
        let boxes = harness.get_all_by_role(Role::CheckBox);
        boxes.filter(|node| node.accesskit_node().is_disabled()).map(|node| node.rect()).collect()
    };
    let boxes = disabled(&harness);
    assert!(!boxes.is_empty(), "somebody who reads no data can promise none");
    for place in boxes {
        let before = said(&harness);
        harness.hover_at(place.left_center() + vec2(8.0, 0.0));
        harness.run_steps(40);
        let why = said(&harness).into_iter().find(|text| !before.contains(text));
        assert!(why.as_deref().is_some_and(|why| why.len() > 10), "{place}: {why:?}");
        harness.remove_cursor();
        harness.run_steps(4);
    }
}

#[test]
fn numbers_that_stay_open_lie_beside_each_other() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Go(Screen::Play));
    harness.run_steps(3);
    for number in ["Profit ¥", "Cash ¥"] {
        harness.get_by_label_contains(number).click();
        harness.run_steps(4);
    }
    harness.remove_cursor();
    harness.run_steps(4);
    let lines: Vec<Rect> = harness.get_all_by_label("Commissions").map(|node| node.rect()).collect();
    assert_eq!(lines.len(), 2, "both are open");
    assert!((lines[0].left() - lines[1].left()).abs() > 200.0, "{lines:?}");
}

#[test]
fn what_a_number_or_a_lever_stands_for_is_said_where_the_pointer_rests() {
    let mut harness = window(None);
    harness.get_by_label("People").hover();
    harness.run_steps(40);
    harness.get_by_label_contains("8000 of them are simulated one by one");
    let mut harness = window(Some(("tutorial/first-game", "lotus")));
    harness.state_mut().desk.act(Action::Tab(Tab::Invest));
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::Slider, "Category strength").hover();
    harness.run_steps(40);
    harness.get_by_label_contains("assortment, quality, know-how. It builds up");
}
