//! Windows over the screen: each opens at its top and stays where it is, Escape closes the one in front, and nothing that was
//! composed, typed or saved in one is lost.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{Key, Modifiers, Rect, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use walled_gardens_engine::play::Save;
use walled_gardens_window::desk::{Action, Overlay, Screen, Tab};

use super::painted::{is_read, painted};
use super::{Window, orders, settle, window};

const USUAL: Vec2 = Vec2::new(1_280.0, 800.0);
const SMALL: Vec2 = Vec2::new(640.0, 480.0);

/// An offer to Tencent that is being composed.
fn composing() -> Harness<'static, Window> {
    let mut harness = window(Some(("history/china_2024", "alibaba")));
    harness.state_mut().desk.act(Action::Tab(Tab::Deals));
    harness.run_steps(3);
    harness.get_by_label_contains("Offer to Tencent").click();
    harness.run_steps(4);
    harness
}

/// Boxes that can be ticked, and where they are.
fn boxes(harness: &Harness<Window>) -> Vec<Rect> {
    let boxes = harness.get_all_by_role(Role::CheckBox);
    boxes.filter(|node| !node.accesskit_node().is_disabled()).map(|node| node.rect()).collect()
}

fn press(harness: &mut Harness<Window>, key: Key) {
    harness.key_press(key);
    harness.run_steps(4);
}

#[test]
fn the_offer_stays_where_it_is_whatever_is_ticked_and_drawn_in_it() {
    for size in [USUAL, SMALL] {
        let mut harness = composing();
        harness.set_size(size);
        harness.run_steps(4);
        let conditions = |harness: &Harness<Window>| -> Vec<Rect> {
            let sliders = ["Holds for", "Notice", "Cost of a breach"].into_iter();
            sliders.map(|name| harness.get_by_role_and_label(Role::Slider, name).rect()).collect()
        };
        let send = |harness: &Harness<Window>| harness.get_by_label_contains("Put it on the plan").rect();
        let before = (conditions(&harness), send(&harness));
        for place in 0..boxes(&harness).len() {
            let boxed = boxes(&harness)[place];
            // What has been scrolled away is not clicked here.
            if !Rect::from_min_size(Default::default(), size).contains(boxed.center()) {
                continue;
            }
            harness.hover_at(boxed.left_center() + Vec2::new(8.0, 0.0));
            harness.run_steps(2);
            harness
                .get_all_by_role(Role::CheckBox)
                .filter(|node| node.rect() == boxed)
                .for_each(|node| node.click());
            harness.run_steps(4);
            assert_eq!(boxes(&harness)[place], boxed, "it stays under the pointer");
            assert_eq!((conditions(&harness), send(&harness)), before, "{size}");
        }
        for _ in 0..6 {
            harness.get_by_role_and_label(Role::Slider, "Holds for").focus();
            harness.run_steps(1);
            press(&mut harness, Key::ArrowRight);
            assert_eq!((conditions(&harness), send(&harness)), before, "{size}");
        }
    }
}

#[test]
fn escape_closes_the_window_in_front_and_what_was_composed_is_there_again() {
    let mut harness = composing();
    let place = boxes(&harness)[0];
    harness.get_all_by_role(Role::CheckBox).filter(|node| node.rect() == place).for_each(|node| node.click());
    harness.run_steps(4);
    let composed = harness.state().desk.proposal.clone().expect("is composed");
    assert_eq!(composed.deal.gives.len() + composed.deal.asks.len(), 1);
    // In a field it leaves the field.
    let label = "You pay, in figures";
    harness.get_by_role_and_label(Role::SpinButton, label).focus();
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::SpinButton, label).type_text("¥5 M");
    harness.run_steps(2);
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().desk.overlay, Some(Overlay::Offer));
    assert_eq!(harness.state().desk.proposal.as_ref(), Some(&composed));
    // Before a window that was opened over it, it is there still.
    for key in [Key::F1, Key::F2] {
        press(&mut harness, key);
        assert_ne!(harness.state().desk.overlay, Some(Overlay::Offer));
        press(&mut harness, Key::Escape);
        assert_eq!(harness.state().desk.overlay, Some(Overlay::Offer), "{key:?}");
        assert_eq!(harness.state().desk.proposal.as_ref(), Some(&composed));
    }
    // Another offer is composed meanwhile, and both are closed.
    harness.get_all_by_role_and_label(Role::Button, "JD.com").last().expect("in the window").click();
    harness.run_steps(4);
    assert_ne!(harness.state().desk.proposal.as_ref(), Some(&composed));
    press(&mut harness, Key::Escape);
    assert_eq!((harness.state().desk.overlay, orders(&harness)), (None, vec![]));
    harness.get_by_label_contains("Offer to Tencent").click();
    harness.run_steps(4);
    assert_eq!(harness.state().desk.proposal.as_ref(), Some(&composed));
    // What is sent is on the plan.
    harness.get_by_label_contains("Put it on the plan").click();
    harness.run_steps(4);
    assert_eq!((harness.state().desk.overlay, orders(&harness).len()), (None, 1));
}

#[test]
fn escape_closes_every_window_alone_and_goes_back_to_the_one_it_was_opened_from() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    for overlay in [
        Overlay::Help,
        Overlay::Settings,
        Overlay::Market,
        Overlay::Encyclopedia,
        Overlay::News,
        Overlay::Saves,
    ] {
        harness.state_mut().desk.act(Action::Over(Some(Overlay::Saves)));
        harness.state_mut().desk.act(Action::Over(Some(overlay)));
        harness.run_steps(3);
        assert_eq!(harness.state().desk.overlay, Some(overlay));
        press(&mut harness, Key::Escape);
        if overlay != Overlay::Saves {
            assert_eq!(harness.state().desk.overlay, Some(Overlay::Saves), "{overlay:?}");
            press(&mut harness, Key::Escape);
        }
        assert_eq!(harness.state().desk.overlay, None);
        assert_eq!(harness.state().desk.screen, Screen::Play);
    }
}

#[test]
fn escape_gives_up_a_slider_that_is_being_drawn_and_nothing_else() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    let slider = harness.get_by_role_and_label(Role::Slider, "Commission").rect();
    harness.drag_at(slider.center());
    harness.run_steps(2);
    harness.hover_at(slider.right_center());
    harness.run_steps(2);
    press(&mut harness, Key::Escape);
    harness.drop_at(slider.right_center());
    harness.run_steps(4);
    assert_eq!((orders(&harness), harness.state().desk.overlay), (vec![], None));
}

#[test]
fn a_window_opens_at_its_top_however_it_was_left() {
    for overlay in [Overlay::Help, Overlay::Encyclopedia] {
        let mut harness = window(Some(("tutorial/two-gardens", "north")));
        harness.set_size(SMALL);
        harness.state_mut().desk.act(Action::Over(Some(overlay)));
        harness.run_steps(4);
        let texts = |harness: &Harness<Window>| -> Vec<String> {
            painted(harness, SMALL).into_iter().map(|painted| painted.text).collect()
        };
        let before = texts(&harness);
        harness.hover_at(Rect::from_min_size(Default::default(), SMALL).center());
        for _ in 0..10 {
            harness.event(bevy_egui::egui::Event::MouseWheel {
                unit: bevy_egui::egui::MouseWheelUnit::Point,
                delta: Vec2::new(0.0, -200.0),
                phase: bevy_egui::egui::TouchPhase::Move,
                modifiers: Modifiers::NONE,
            });
            harness.run_steps(2);
        }
        harness.run_steps(10);
        assert_ne!(texts(&harness), before, "{overlay:?} has been scrolled");
        harness.remove_cursor();
        harness.state_mut().desk.act(Action::Over(None));
        harness.run_steps(4);
        harness.state_mut().desk.act(Action::Over(Some(overlay)));
        harness.run_steps(6);
        assert_eq!(texts(&harness), before, "{overlay:?}");
    }
}

#[test]
fn saves_are_listed_with_their_months_to_be_read_at_every_size() {
    for size in [USUAL, SMALL, SMALL / 1.3] {
        let mut harness = window(Some(("history/china_2024", "kuaishou")));
        harness.set_size(size);
        harness.state_mut().desk.act(Action::EndTurn);
        settle(&mut harness);
        harness.state_mut().desk.act(Action::Save);
        let replay = harness.state().folder.path().join("of somebody else with a long name.replay");
        let save = Save::read(&harness.state().desk.shelf.list()[0]).expect("reads");
        std::fs::write(replay, save.replay.to_bytes().expect("encodes")).expect("is written");
        harness.state_mut().desk.act(Action::Over(Some(Overlay::Saves)));
        for _ in 0..400 {
            harness.run_steps(1);
            if harness.state().desk.kept.len() >= 3 {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        harness.run_steps(20);
        let months = painted(&harness, size);
        let read = months.iter().filter(|painted| painted.text.contains("2024 ·") && !painted.hidden).count();
        let said: Vec<&str> = months.iter().map(|painted| painted.text.as_str()).collect();
        // As many of them as the smallest window shows at once.
        assert!(read >= if size.x < 600.0 { 1 } else { 3 }, "{size}: {said:?}");
    }
}

#[test]
fn what_went_well_is_said_in_passing_and_what_went_wrong_stays() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run_steps(3);
    harness.get_by_label_contains("Saved: tutorial-two-gardens north seed 3 month 0");
    assert!(is_read(&harness, USUAL, "Saved: "));
    assert!(harness.query_by_label_contains("Dismiss").is_none(), "nobody has to dismiss it");
    // Escape is for something else meanwhile.
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().desk.overlay, Some(Overlay::Saves));
    harness.run_steps(200);
    assert!(harness.query_by_label_contains("Saved: ").is_none(), "ten seconds later");
    harness.state_mut().desk.message = Some("Something went wrong.".to_owned());
    harness.run_steps(200);
    harness.get_by_label_contains("Dismiss");
}
