//! A random market: set up, played, and kept as a file that others can play.

use bevy_egui::egui::Key;
use bevy_egui::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::level::{Level, RandomMarket, Size};
use walled_gardens_engine::strategy::vocabulary;
use walled_gardens_window::desk::{Action, Screen};

use super::{settle, window};

#[test]
fn a_random_market_is_set_up_and_played_and_is_the_same_for_whoever_names_the_same_settings() {
    let mut harness = window(None);
    harness.key_press(Key::R);
    harness.run_steps(3);
    assert_eq!(harness.state().desk.screen, Screen::SetUp);
    let asked = RandomMarket { rivals: 2, turns: 12, seed: 77, size: Size::Small };
    harness.state_mut().desk.act(Action::Draw(asked));
    harness.run_steps(3);
    let drawn = Level::from_text("", &asked.text(), &vocabulary()).expect("reads");
    harness.get_by_label(&drawn.title);
    harness.get_by_role_and_label(Role::Button, "Large").click();
    harness.get_by_label("Another").click();
    harness.run_steps(3);
    let market = harness.state().desk.drawn.as_ref().map(|drawn| drawn.market).expect("is drawn");
    assert!(market.size == Size::Large && market.seed != asked.seed, "{market:?}");
    harness.state_mut().desk.act(Action::Draw(asked));
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().desk.screen, Screen::Briefing);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    let desk = &harness.state().desk;
    assert_eq!(
        (desk.screen, desk.position().map(|at| at.level.text.clone())),
        (Screen::Play, Some(drawn.text))
    );
    // It is listed among the levels to play, once, however often it is taken.
    let listed = |harness: &egui_kittest::Harness<super::Window>| {
        harness.state().desk.levels.iter().filter(|listed| listed.name == asked.id()).count()
    };
    assert_eq!(listed(&harness), 1);
    harness.state_mut().desk.act(Action::Go(Screen::SetUp));
    harness.state_mut().desk.act(Action::TakeDrawn);
    assert_eq!(listed(&harness), 1);
}

#[test]
fn a_random_market_is_kept_as_a_level_file_and_never_over_another() {
    let levels = tempfile::tempdir().expect("a folder");
    let mut harness = window(None);
    let asked = RandomMarket { rivals: 1, turns: 6, seed: 5, size: Size::Small };
    harness.state_mut().desk.act(Action::Draw(asked));
    harness.state_mut().desk.act(Action::KeepDrawn);
    assert!(
        harness.state().desk.message.as_ref().is_some_and(|told| told.contains("new random")),
        "no folder"
    );
    harness.state_mut().desk.list_folder(levels.path());
    harness.state_mut().desk.act(Action::KeepDrawn);
    let file = levels.path().join("random-small-1-6-5.ron");
    assert_eq!(std::fs::read_to_string(&file).expect("is kept"), asked.text());
    assert!(
        harness.state().desk.message.as_ref().is_some_and(|told| told.contains("random-small-1-6-5.ron"))
    );
    // Whatever it holds, and be it no text.
    for own in [&b"somebody's own"[..], &[0xff, 0xfe, 0x00]] {
        std::fs::write(&file, own).expect("is written");
        harness.state_mut().desk.act(Action::KeepDrawn);
        assert_eq!(std::fs::read(&file).expect("is there"), own);
        let told = harness.state().desk.message.as_ref();
        assert!(told.is_some_and(|told| told.contains("nothing was written")), "{told:?}");
    }
}
