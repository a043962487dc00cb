//! The market explorer, the encyclopedia and the settings, played by their labels without a window.

use bevy_egui::egui::{Event, Key, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play::{Difficulty, Session, Shelf};
use walled_gardens_window::desk::{Action, Desk, Overlay, Screen, Tab};
use walled_gardens_window::palette::Colours;
use walled_gardens_window::scene::layout::Layout;
use walled_gardens_window::settings::Settings;
use walled_gardens_window::{screens, theme};

/// A desk, whether it is dressed, and a folder of its own.
type Window = (Desk, bool, tempfile::TempDir);

fn window(session: Option<Session>, size: Vec2) -> Harness<'static, Window> {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings { reduced_motion: true, speed: 8.0, ..Settings::default() };
    let mut desk = Desk::new(settings, Shelf::at(folder.path()));
    if let Some(session) = session {
        desk.open(session);
    }
    let draw = |ui: &mut bevy_egui::egui::Ui, (desk, dressed, _): &mut Window| {
        if !*dressed {
            theme::dress(ui.ctx());
            *dressed = true;
            return;
        }
        desk.tick(0.05);
        screens::show(ui, desk, &Layout::default());
    };
    let mut harness = Harness::builder().with_size(size).build_ui_state(draw, (desk, false, folder));
    harness.run_steps(4);
    harness
}

const USUAL: Vec2 = Vec2::new(1_280.0, 800.0);

fn china(turns: u32) -> Session {
    let mut session =
        Session::begin("history/china_2024", Some("jd"), Some(3), Difficulty::Fair).expect("plays");
    for _ in 0..turns {
        session.end_turn(None);
    }
    session
}

fn press(harness: &mut Harness<Window>, key: Key) {
    harness.key_press(key);
    harness.run_steps(3);
}

fn overlay(harness: &Harness<Window>) -> Option<Overlay> {
    harness.state().0.overlay
}

#[test]
fn the_explorer_opens_by_its_key_and_every_part_by_its_number() {
    let mut harness = window(Some(china(2)), USUAL);
    press(&mut harness, Key::M);
    assert_eq!(overlay(&harness), Some(Overlay::Market));
    harness.get_by_label("Why from JD.com to anywhere");
    press(&mut harness, Key::Num2);
    harness.get_by_label_contains("Shops listed on JD.com 8.");
    press(&mut harness, Key::Num4);
    harness.get_by_label("Who has which wallet");
}

#[test]
fn a_crowd_that_is_clicked_is_explained() {
    let mut harness = window(Some(china(2)), USUAL);
    press(&mut harness, Key::M);
    harness.get_by_label_contains("JD.com to Pinduoduo: ").click();
    harness.run_steps(3);
    harness.get_by_label("Why from JD.com to Pinduoduo");
    harness.get_by_label("Merchants' prices");
    harness.get_by_label_contains("nobody shows theirs");
    harness.get_by_label("12 months").click();
    harness.run_steps(3);
    harness.get_by_label("Why from JD.com to Pinduoduo");
    // The same by keys alone.
    harness.get_by_label_contains("Alibaba to Douyin: ").focus();
    harness.run_steps(2);
    press(&mut harness, Key::Enter);
    harness.get_by_label("Why from Alibaba to Douyin");
    assert_eq!(harness.state().0.screen, Screen::Play, "Enter ended no month");
    press(&mut harness, Key::M);
    assert_eq!(overlay(&harness), None);
}

#[test]
fn only_what_a_level_has_is_shown() {
    let session = Session::begin("tutorial/two-gardens", Some("north"), Some(3), Difficulty::Fair);
    let mut harness = window(Some(session.expect("plays")), USUAL);
    press(&mut harness, Key::M);
    harness.get_by_label_contains("Why from");
    assert!(harness.query_by_label("Wallets").is_none());
    assert!(harness.query_by_label("Carriers").is_none());
    for key in [Key::Num3, Key::Num4] {
        press(&mut harness, key);
        harness.get_by_label_contains("Why from");
    }
}

#[test]
fn the_explorer_draws_in_every_size_before_and_after_the_first_month() {
    for turns in [0, 1] {
        let mut harness = window(Some(china(turns)), USUAL);
        press(&mut harness, Key::M);
        for size in [Vec2::new(640.0, 480.0), USUAL, Vec2::new(1_920.0, 1_080.0)] {
            harness.set_size(size);
            for (key, label) in [
                (Key::Num2, "On how many platforms they list"),
                (Key::Num3, "Who ships with whom"),
                (Key::Num4, "Who has which wallet"),
                (Key::Num1, "Who left whom"),
            ] {
                press(&mut harness, key);
                assert!(harness.query_all_by_label(label).count() > 0, "{label} at {size:?}");
            }
        }
    }
}

#[test]
fn the_encyclopedia_is_searched_and_opens_at_what_is_focused() {
    let mut harness = window(Some(china(0)), USUAL);
    press(&mut harness, Key::F2);
    assert_eq!(overlay(&harness), Some(Overlay::Encyclopedia));
    let field = harness.get_by_role(bevy_egui::egui::accesskit::Role::TextInput);
    field.focus();
    harness.run_steps(2);
    harness.event(Event::Text("alipay".to_owned()));
    harness.run_steps(3);
    harness.get_by_label_contains("It belongs to Alibaba.");
    harness.event(Event::Text(" nonsense".to_owned()));
    harness.run_steps(3);
    harness.get_by_label("No article has all of these words.");
    // Escape leaves the field first, and then the window.
    press(&mut harness, Key::Escape);
    assert_eq!(overlay(&harness), Some(Overlay::Encyclopedia));
    press(&mut harness, Key::Escape);
    assert_eq!(overlay(&harness), None);
    harness.state_mut().0.act(Action::Tab(Tab::Prices));
    harness.run_steps(3);
    let lever = harness.get_by_role_and_label(bevy_egui::egui::accesskit::Role::Slider, "Advert load");
    lever.focus();
    harness.run_steps(2);
    press(&mut harness, Key::F2);
    assert_eq!(harness.state().0.article.as_deref(), Some("advert-load"));
    press(&mut harness, Key::F2);
    assert_eq!(overlay(&harness), None);
}

#[test]
fn the_encyclopedia_is_reached_from_the_keys_and_its_list_opens_articles() {
    let mut harness = window(None, USUAL);
    press(&mut harness, Key::F1);
    harness.get_by_label_contains("Encyclopedia").click();
    harness.run_steps(3);
    assert_eq!(overlay(&harness), Some(Overlay::Encyclopedia));
    harness.get_by_label("Governance").click();
    harness.run_steps(3);
    assert_eq!(harness.state().0.article.as_deref(), Some("governance"));
    harness.get_by_label_contains("Polices sellers");
}

#[test]
fn colours_are_chosen_in_the_settings_and_kept() {
    let mut harness = window(None, USUAL);
    let file = harness.state().2.path().join("settings.ron");
    harness.state_mut().0.settings.file = Some(file.clone());
    harness.state_mut().0.act(Action::Over(Some(Overlay::Settings)));
    harness.run_steps(3);
    harness.get_by_label("High contrast").click();
    harness.run_steps(3);
    assert_eq!(harness.state().0.settings.colours, Colours::Contrast);
    assert_eq!(Settings::read(file).colours, Colours::Contrast);
    harness.get_by_role_and_label(bevy_egui::egui::accesskit::Role::Slider, "Speed of the walk");
}

#[test]
fn a_refusal_names_services_as_the_window_does() {
    let mut harness = window(Some(china(0)), USUAL);
    let order = Order::Adopt { service: "alipay".into() };
    harness.state_mut().0.act(Action::Order(order));
    harness.run_steps(3);
    harness.get_by_label_contains("has not opened Alipay to you");
    assert!(harness.query_by_label_contains("`alipay`").is_none());
}
