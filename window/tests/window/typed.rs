//! A number is typed, and then something else is clicked: both count, and nothing moves under the pointer.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{Event, Modifiers, PointerButton, Pos2, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use walled_gardens_engine::order::{Order, Term};
use walled_gardens_window::desk::{Action, Tab};

use super::input::typing;
use super::{Window, orders, settle, window};

const MARKETING: Order = Order::MarketingBudget { region: None, amount: 60e6 };

/// Clicks a place: at once, or as long as a hand takes.
fn click(harness: &mut Harness<Window>, pos: Pos2, frames: usize) {
    let button = |pressed| {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        Event::PointerButton { pos, button, pressed, modifiers }
    };
    harness.event(Event::PointerMoved(pos));
    harness.event(button(true));
    harness.run_steps(frames);
    harness.event(button(false));
    harness.run_steps(5);
}

/// Where all levers are.
fn levers(harness: &Harness<Window>) -> Vec<Rect> {
    harness.get_all_by_role(Role::Slider).map(|node| node.rect()).collect()
}

fn number(harness: &Harness<Window>, lever: &str) -> Rect {
    harness.get_by_role_and_label(Role::SpinButton, &format!("{lever}, in figures")).rect()
}

#[test]
fn a_click_on_the_next_number_is_on_that_number_however_long_it_takes_and_no_lever_moves() {
    for frames in [1, 2] {
        for next in ["Governance", "AI", "Category strength"] {
            let mut harness = typing("Marketing", "60 M");
            let before = levers(&harness);
            let place = number(&harness, next).center();
            click(&mut harness, place, frames);
            assert_eq!(orders(&harness), [MARKETING], "{next}");
            // And once more, as whoever wants to type there may.
            click(&mut harness, place, frames);
            assert_eq!(levers(&harness), before, "{next}");
            assert_eq!(orders(&harness), [MARKETING], "{next}");
            let focused = harness.ctx.memory(|memory| memory.focused()).is_some();
            assert!(focused && harness.ctx.text_edit_focused(), "{next} can be typed");
        }
    }
}

#[test]
fn a_click_on_a_slider_sets_that_slider_and_a_drag_ends_where_it_is_let_go() {
    for frames in [1, 2] {
        let mut harness = typing("Marketing", "60 M");
        let before = levers(&harness);
        let slider = harness.get_by_role_and_label(Role::Slider, "Governance").rect();
        click(&mut harness, slider.center(), frames);
        assert_eq!(levers(&harness), before);
        let given = orders(&harness);
        assert!(
            matches!(given[..], [MARKETING, Order::GovernanceBudget { amount }] if amount > 20e6),
            "{given:?}"
        );
    }
    let mut harness = typing("Marketing", "60 M");
    let slider = harness.get_by_role_and_label(Role::Slider, "Governance").rect();
    harness.drag_at(slider.left_center());
    harness.run_steps(6);
    harness.hover_at(slider.center());
    harness.run_steps(6);
    harness.drop_at(slider.center());
    harness.run_steps(6);
    let given = orders(&harness);
    assert!(matches!(given[..], [MARKETING, Order::GovernanceBudget { .. }]), "{given:?}");
}

#[test]
fn a_tab_a_list_and_the_end_of_the_month_are_what_they_are_and_the_number_counts() {
    for frames in [1, 2] {
        for tab in ["Prices", "Links", "Ledger"] {
            let mut harness = typing("Marketing", "60 M");
            let place = harness.get_by_label(tab).rect().center();
            click(&mut harness, place, frames);
            assert_eq!(format!("{:?}", harness.state().desk.tab), tab);
            assert_eq!(orders(&harness), [MARKETING], "{tab}");
        }
        let mut harness = typing("Marketing", "60 M");
        let place = harness.get_all_by_role(Role::ComboBox).next().expect("a list").rect().center();
        let buttons = |harness: &Harness<Window>| harness.query_all_by_role(Role::Button).count();
        let before = buttons(&harness);
        click(&mut harness, place, frames);
        assert_eq!(orders(&harness), [MARKETING]);
        assert!(buttons(&harness) > before, "the list is open");
        let mut harness = typing("Marketing", "60 M");
        let place = harness.get_by_label_contains("End month").rect().center();
        click(&mut harness, place, frames);
        settle(&mut harness);
        let played = harness.state().desk.played.as_ref().expect("a match");
        assert_eq!(played.position.turns.last().expect("was played").record.orders[0], [MARKETING]);
    }
}

/// An offer being composed, with a payment that is typed and not entered.
fn offering() -> Harness<'static, Window> {
    let mut harness = window(Some(("history/china_2024", "alibaba")));
    harness.state_mut().desk.act(Action::Tab(Tab::Deals));
    harness.run_steps(3);
    harness.get_by_label_contains("Offer to Tencent").click();
    harness.run_steps(4);
    let label = "You pay, in figures";
    harness.get_by_role_and_label(Role::SpinButton, label).focus();
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::SpinButton, label).type_text("¥5 M");
    harness.run_steps(2);
    harness
}

#[test]
fn a_box_that_is_ticked_and_the_button_that_sends_have_the_payment_that_was_typed() {
    let paid = Term::Payment { amount: 5e6 };
    for frames in [1, 2] {
        let mut harness = offering();
        let boxes = harness.get_all_by_role(Role::CheckBox);
        let place = boxes.filter(|node| !node.accesskit_node().is_disabled()).map(|node| node.rect()).next();
        click(&mut harness, place.expect("something can be offered").center(), frames);
        let deal = harness.state().desk.proposal.as_ref().expect("is composed").deal.clone();
        let what = (&harness.state().desk.message, harness.state().desk.overlay);
        assert!(deal.gives.contains(&paid) && deal.gives.len() + deal.asks.len() == 2, "{deal:?} {what:?}");
        let mut harness = offering();
        let place = harness.get_by_label_contains("Put it on the plan").rect().center();
        click(&mut harness, place, frames);
        let given = orders(&harness);
        assert!(
            matches!(&given[..], [Order::Offer { deal, .. }] if deal.gives == [paid.clone()]),
            "{given:?}"
        );
    }
}
