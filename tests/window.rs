//! The window's panels, played without a window: controls are found by their labels, as a screen reader finds them.
#![cfg(feature = "gui")]

use bevy_egui::egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens::gui::desk::{Action, Desk, Screen, Tab};
use walled_gardens::gui::scene::layout::Layout;
use walled_gardens::gui::settings::Settings;
use walled_gardens::gui::{screens, theme};
use walled_gardens::order::Order;
use walled_gardens::play::{Difficulty, Session, Shelf};

/// A desk with a match on it, or none, and a folder of its own for saves.
struct Window {
    desk: Desk,
    dressed: bool,
    _folder: tempfile::TempDir,
}

fn window(level: Option<(&str, &str)>) -> Harness<'static, Window> {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings { reduced_motion: true, speed: 8.0, ..Settings::default() };
    let mut desk = Desk::new(settings, Shelf::at(folder.path()));
    if let Some((level, seat)) = level {
        desk.open(Session::begin(level, Some(seat), Some(3), Difficulty::Fair).expect("plays"));
    }
    let draw = |ui: &mut bevy_egui::egui::Ui, window: &mut Window| {
        if !window.dressed {
            theme::dress(ui.ctx());
            window.dressed = true;
            return;
        }
        window.desk.tick(0.05);
        screens::show(ui, &mut window.desk, &Layout::default());
    };
    let window = Window { desk, dressed: false, _folder: folder };
    let mut harness = Harness::builder().with_size(Vec2::new(1_280.0, 800.0)).build_ui_state(draw, window);
    harness.run_steps(4);
    harness
}

/// Draws until nothing is being worked out.
fn settle(harness: &mut Harness<Window>) {
    for _ in 0..4_000 {
        harness.run_steps(1);
        if !harness.state().desk.is_working() && harness.state().desk.watch.is_none() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("it does not settle");
}

fn orders(harness: &Harness<Window>) -> Vec<Order> {
    harness.state().desk.played.as_ref().expect("a match").draft.orders().to_vec()
}

/// Pulls the slider of a label to the right.
fn pull(harness: &mut Harness<Window>, label: &str, steps: usize) {
    let slider = harness.get_by_role_and_label(bevy_egui::egui::accesskit::Role::Slider, label);
    slider.focus();
    harness.run_steps(2);
    for _ in 0..steps {
        harness.key_press(Key::ArrowRight);
        harness.run_steps(2);
    }
}

#[test]
fn from_the_browser_to_the_first_report_by_keys_alone() {
    let mut harness = window(None);
    harness.get_by_label("Choose a level");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    harness.get_by_label_contains("Whose CEO");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Play);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Report);
    harness.get_by_label("Forecast against outcome");
    assert_eq!(harness.state().desk.shelf.list().len(), 1, "it is saved by itself");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().desk.screen, Screen::Play);
}

#[test]
fn looking_at_the_levers_orders_nothing_and_pulling_them_does() {
    let mut harness = window(Some(("tutorial/four-gardens", "lotus")));
    for tab in Tab::ALL {
        harness.state_mut().desk.act(Action::Tab(tab));
        harness.run_steps(4);
    }
    assert_eq!(orders(&harness), []);
    harness.state_mut().desk.act(Action::Tab(Tab::Prices));
    harness.run_steps(3);
    let levers = ["Commission", "Advert load", "Consumer fee", "Coupon"];
    for label in levers {
        pull(&mut harness, label, 3);
    }
    harness.state_mut().desk.act(Action::Tab(Tab::Invest));
    harness.run_steps(3);
    for label in ["Brand", "Governance"] {
        pull(&mut harness, label, 3);
    }
    let given = orders(&harness);
    assert_eq!(given.len(), 6, "{given:?}");
    assert!(matches!(given[0], Order::TakeRate { category: None, rate } if rate > 0.03), "{given:?}");
    assert!(matches!(given[5], Order::GovernanceBudget { .. }), "{given:?}");
    for left in (0..6).rev() {
        harness.get_by_label("Undo").click();
        harness.run_steps(3);
        // A lever pulled three times by keys was changed three times.
        while orders(&harness).len() > left {
            harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
            harness.run_steps(3);
        }
        assert_eq!(orders(&harness), given[..left]);
    }
}

#[test]
fn an_order_taken_off_the_list_is_gone_and_comes_back_by_undo() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    let order = Order::AdvertLoad { load: 0.1 };
    harness.state_mut().desk.act(Action::Order(order.clone()));
    harness.run_steps(3);
    harness.get_by_label("Remove Advert load").click();
    harness.run_steps(3);
    assert_eq!(orders(&harness), []);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    assert_eq!(orders(&harness), [order]);
}

#[test]
fn a_refused_order_says_why_in_the_plan() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    harness.state_mut().desk.act(Action::Order(Order::BrandBudget { amount: 1e15 }));
    harness.run_steps(3);
    harness.get_by_label_contains("there is ¥2.0 bn in cash");
}

#[test]
fn every_screen_draws_in_a_small_window_and_a_large_one() {
    for size in [Vec2::new(640.0, 480.0), Vec2::new(1_280.0, 800.0), Vec2::new(1_920.0, 1_080.0)] {
        let mut harness = window(Some(("history/china_2024", "tencent")));
        harness.set_size(size);
        settle(&mut harness);
        harness.get_by_label_contains("End month");
        harness.state_mut().desk.act(Action::EndTurn);
        settle(&mut harness);
        harness.get_by_label_contains("Who moved");
        for screen in [Screen::Browser, Screen::Briefing, Screen::End] {
            harness.state_mut().desk.act(Action::Go(screen));
            harness.run_steps(3);
        }
    }
}

#[test]
fn a_match_saved_and_loaded_stands_as_it_stood() {
    let mut harness = window(Some(("tutorial/two-gardens", "south")));
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Go(Screen::Play));
    harness.state_mut().desk.act(Action::Order(Order::AdvertLoad { load: 0.1 }));
    harness.state_mut().desk.act(Action::Save);
    let saved = harness.state().desk.shelf.list().pop().expect("is there");
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Load(saved));
    settle(&mut harness);
    let played = harness.state().desk.played.as_ref().expect("a match");
    assert_eq!((played.position.played(), played.draft.orders().len()), (1, 1));
}
