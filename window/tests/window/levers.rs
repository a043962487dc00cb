//! Levers beyond the first prices and budgets, and numbers that stay open.

use bevy_egui::egui::{Key, Modifiers, accesskit::Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::order::Order;
use walled_gardens_window::desk::{Action, Screen, Tab};

use super::{Window, enter, orders, pull, settle, window};

#[test]
fn fees_for_members_and_for_listing_are_ordered_in_yuan_a_month() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    for label in ["Membership fee", "Listing fee"] {
        pull(&mut harness, label, 4);
    }
    let given = orders(&harness);
    assert!(
        matches!(given[..], [Order::MembershipFee { fee }, Order::MerchantFee { fee: listing }]
            if fee > 0.0 && fee < 50.0 && listing > 0.0 && listing < 200.0),
        "{given:?}"
    );
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    let played = harness.state().desk.played.as_ref().expect("a match");
    let turn = played.position.turns.last().expect("a month");
    assert_eq!(turn.record.orders[0], given);
    assert!(turn.record.refusals[0].is_empty(), "{:?}", turn.record.refusals[0]);
}

#[test]
fn a_number_is_typed_as_it_is_meant_and_looking_at_it_changes_nothing() {
    let mut harness = window(Some(("tutorial/first-game", "lotus")));
    enter(&mut harness, "Commission", "3.5");
    assert_eq!(orders(&harness), [Order::TakeRate { category: None, rate: 0.035 }], "percent is meant");
    enter(&mut harness, "Commission", "no idea");
    assert_eq!(orders(&harness), [Order::TakeRate { category: None, rate: 0.035 }]);
    enter(&mut harness, "Listing fee", "¥1.2 k");
    let fee = Order::MerchantFee { fee: 1_200.0 };
    assert_eq!(orders(&harness).last(), Some(&fee), "beyond where the slider ends");
    let before = orders(&harness);
    for label in ["Commission", "Listing fee", "Advert load"] {
        harness.get_by_role_and_label(Role::SpinButton, &format!("{label}, in figures")).focus();
        harness.run_steps(3);
        harness.key_press(Key::Enter);
        harness.run_steps(3);
    }
    assert_eq!(orders(&harness), before);
}

#[test]
fn a_lever_drawn_back_to_where_it_stands_is_no_order() {
    let mut harness = window(Some(("tutorial/first-game", "lotus")));
    enter(&mut harness, "Commission", "3.5");
    assert_eq!(orders(&harness).len(), 1);
    enter(&mut harness, "Commission", "3");
    assert_eq!(orders(&harness), []);
    harness.get_by_label_contains("None yet: everything stays as it is");
}

#[test]
fn whoever_has_drawn_a_slider_goes_on_with_arrow_keys_and_ends_the_month_with_enter() {
    let mut harness = window(Some(("tutorial/first-game", "lotus")));
    let slider = harness.get_by_role_and_label(Role::Slider, "Commission").rect();
    harness.drag_at(slider.center());
    harness.run_steps(2);
    harness.drop_at(slider.center() + vec2(20.0, 0.0));
    harness.run_steps(3);
    let rate = |harness: &Harness<Window>| match orders(harness)[..] {
        [Order::TakeRate { rate, .. }] => rate,
        ref other => panic!("{other:?}"),
    };
    let drawn = rate(&harness);
    harness.key_press(Key::ArrowLeft);
    harness.run_steps(3);
    assert!((drawn - rate(&harness) - 0.0005).abs() < 1e-9, "{drawn} {}", rate(&harness));
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Report);
}

#[test]
fn a_slider_that_was_clicked_leaves_the_window_its_keys() {
    let mut harness = window(Some(("tutorial/first-game", "lotus")));
    // A display without a window manager never gives a window the desktop's focus, and sends it keys all the same.
    harness.input_mut().focused = false;
    harness.get_by_role_and_label(Role::Slider, "Advert load").click();
    harness.run_steps(4);
    let given = orders(&harness);
    assert_eq!(given.len(), 1);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    assert_eq!(orders(&harness), []);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    harness.run_steps(3);
    assert_eq!(orders(&harness), given);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Report);
}

#[test]
fn ai_is_a_lever_wherever_there_is_a_shop() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    harness.state_mut().desk.act(Action::Tab(Tab::Invest));
    harness.run_steps(3);
    pull(&mut harness, "AI", 2);
    let given = orders(&harness);
    assert!(matches!(given[..], [Order::AiBudget { amount }] if amount > 0.0), "{given:?}");
}

#[test]
fn budgets_that_apps_make_possible_are_there_where_there_are_apps_and_name_the_app() {
    let mut harness = window(Some(("history/china_2024", "jd")));
    harness.state_mut().desk.act(Action::Tab(Tab::Invest));
    harness.run_steps(3);
    for label in ["Invitations", "Visits from WeChat", "Engineers", "Stores"] {
        pull(&mut harness, label, 2);
    }
    let given = orders(&harness);
    let kinds: Vec<&str> = given.iter().map(Order::kind).collect();
    assert_eq!(kinds, ["InvitationBudget", "VisitBudget", "EngineeringBudget", "StoreBudget"], "{given:?}");
    assert!(
        matches!(&given[1], Order::VisitBudget { service, amount } if service == "wechat" && *amount > 0.0)
    );
    // Where there are no apps nobody can be brought by one.
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    harness.state_mut().desk.act(Action::Tab(Tab::Invest));
    harness.run_steps(3);
    for label in ["Invitations", "Engineers"] {
        assert!(harness.query_by_role_and_label(Role::Slider, label).is_none(), "{label}");
    }
}

#[test]
fn a_number_that_is_clicked_stays_open_and_shows_what_it_is_the_sum_of() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Go(Screen::Play));
    harness.run_steps(3);
    assert!(harness.query_by_label("Commissions").is_none());
    harness.get_by_label_contains("Profit ¥").click();
    harness.run_steps(4);
    harness.get_by_label("Commissions");
    harness.remove_cursor();
    harness.run_steps(4);
    harness.get_by_label("Commissions");
    harness.get_by_label_contains("Profit ¥").click();
    harness.run_steps(4);
    harness.remove_cursor();
    harness.run_steps(40);
    assert!(harness.query_by_label("Commissions").is_none(), "another click puts it away");
}
