//! The smallest window there is: what one needs next is in sight.

use bevy_egui::egui::{Key, Rect, Vec2, accesskit::Role, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_window::desk::{Action, Overlay, Screen, Tab};
use walled_gardens_window::hints::Finder;
use walled_gardens_window::panels::ring;

use super::painted::{is_read, painted};
use super::{Window, settle, window};

const SMALL: Vec2 = Vec2::new(640.0, 480.0);

fn small(level: Option<(&str, &str)>) -> Harness<'static, Window> {
    let mut harness = window(level);
    harness.set_size(SMALL);
    harness.run_steps(4);
    harness
}

fn is_seen(place: Rect) -> bool {
    Rect::from_min_size(pos2(0.0, 0.0), SMALL).contains_rect(place)
}

#[test]
fn a_briefing_begins_with_what_is_to_be_reached_and_the_way_on_is_in_sight() {
    let mut harness = small(None);
    for level in ["tutorial/first-game", "history/china_2024", "arena/two_ecosystems"] {
        harness.state_mut().desk.find(level, &[]);
        harness.state_mut().desk.act(Action::Go(Screen::Briefing));
        harness.run_steps(4);
        let begin = harness.get_by_label_contains("Run ").rect();
        assert!(is_seen(begin), "{level}: {begin}");
        let objectives = harness.get_by_label("Objectives").rect();
        assert!(is_seen(objectives) && objectives.bottom() < begin.top(), "{level}: {objectives}");
    }
}

#[test]
fn what_a_hint_speaks_of_is_scrolled_to_once_and_rung_only_while_it_is_seen() {
    let mut harness = small(Some(("tutorial/first-game", "lotus")));
    harness.state_mut().desk.act(Action::NextHint);
    harness.state_mut().desk.act(Action::Tab(Tab::Invest));
    settle(&mut harness);
    harness.run_steps(4);
    let label = Some("Marketing".to_owned());
    let lever = |harness: &Harness<Window>| harness.get_by_role_and_label(Role::Slider, "Marketing").rect();
    let rung = |harness: &Harness<Window>| {
        let found = Finder::find(&harness.ctx, label.as_deref());
        assert_eq!(found, Some(lever(harness)), "the hint speaks of it");
        ring::seen(&harness.ctx, label.clone(), found)
    };
    assert!(is_seen(lever(&harness)), "{}", lever(&harness));
    assert_eq!(rung(&harness), Some(lever(&harness)));
    // Whoever scrolls away is left in peace, and nothing else is rung.
    for _ in 0..6 {
        harness.get_by_role_and_label(Role::Slider, "Brand").scroll_to_me();
        harness.run_steps(2);
    }
    assert!(rung(&harness).is_none_or(is_seen), "{}", lever(&harness));
    assert_ne!(rung(&harness), Some(lever(&harness)));
}

#[test]
fn in_the_smallest_window_no_words_about_keys_and_settings_are_cut() {
    let mut harness = small(None);
    for overlay in [Overlay::Help, Overlay::Settings] {
        harness.state_mut().desk.act(Action::Over(Some(overlay)));
        harness.run_steps(20);
        let all = painted(&harness, SMALL);
        let cut = all.iter().filter(|text| text.place.right() > SMALL.x);
        let cut: Vec<&str> = cut.map(|text| text.text.as_str()).collect();
        assert!(cut.is_empty(), "{overlay:?}: {cut:?}");
    }
}

#[test]
fn in_the_smallest_window_the_buttons_of_the_browser_are_read_whole_and_pressed() {
    for size in [SMALL, SMALL / 1.3] {
        let mut harness = window(None);
        harness.set_size(size);
        harness.run_steps(4);
        for name in ["Keys", "Settings", "Load", "Briefing"] {
            assert!(is_read(&harness, size, name), "{name} at {size}");
        }
        harness.get_by_label_contains("Keys").click();
        harness.run_steps(4);
        assert_eq!(harness.state().desk.overlay, Some(Overlay::Help));
        assert!(is_read(&harness, size, "Go on: begin, end the month"));
        harness.key_press(Key::Escape);
        harness.run_steps(4);
        harness.get_by_label_contains("Briefing").click();
        harness.run_steps(4);
        assert_eq!(harness.state().desk.screen, Screen::Briefing);
    }
}
