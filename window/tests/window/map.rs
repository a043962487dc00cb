//! The map is played on: what is clicked opens, and it is drawn along and brought nearer.

use bevy_egui::egui::{Event, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_window::desk::{Action, Look, Overlay, Screen, Tab};

use super::{Window, against, settle};

/// Where the map is on the window: what is said of it says how many are still outside.
pub(super) fn map(harness: &Harness<Window>) -> Rect {
    harness.get_by_label_contains(" outside, ").rect()
}

fn button(harness: &mut Harness<Window>, pos: Pos2, pressed: bool) {
    harness.event(Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(2);
}

fn click(harness: &mut Harness<Window>, at: Pos2) {
    harness.hover_at(at);
    harness.run_steps(2);
    button(harness, at, true);
    button(harness, at, false);
    // A second click long after the first is no double click.
    harness.run_steps(60);
}

#[test]
fn what_is_clicked_on_the_map_opens() {
    let mut harness = against("arena/two_ecosystems", "east", ("west", "passive"));
    settle(&mut harness);
    // What the forecast advises takes room of the map, which is drawn anew.
    harness.run_steps(3);
    let place = map(&harness);
    let middle = |harness: &Harness<Window>, platform: usize| {
        let state = harness.state();
        state.desk.look.at(place, state.layout.gardens[platform].middle)
    };
    let (own, other) = (middle(&harness, 0), middle(&harness, 1));
    harness.hover_at(other);
    harness.run_steps(30);
    harness.get_by_label("A click opens all that is known of it.");
    click(&mut harness, other);
    assert_eq!(harness.state().desk.tab, Tab::Rivals);
    harness.get_by_label("ITS GATES TO YOU");
    click(&mut harness, own);
    assert_eq!(harness.state().desk.tab, Tab::Prices);
    // Between two gardens that no bridge joins there is room for an offer, and what it may be worth is said.
    let mut harness = against("arena/six", "amber", ("fern", "passive"));
    settle(&mut harness);
    // What the forecast advises takes room of the map, which is drawn anew.
    harness.run_steps(3);
    let gardens = &harness.state().layout.gardens;
    let far = |other: usize| (gardens[other].middle - gardens[0].middle).length();
    let next = (1..6).min_by(|&one, &other| far(one).total_cmp(&far(other))).expect("five others");
    // Half of the way from wall to wall.
    let (way, length) = (gardens[next].middle - gardens[0].middle, far(next));
    let along = 0.5 * (length + gardens[0].radius - gardens[next].radius) / length;
    let gap = harness.state().desk.look.at(map(&harness), gardens[0].middle + along * way);
    harness.hover_at(gap);
    harness.run_steps(30);
    harness.get_by_label_contains("If both opened to each other all that they have: ");
    click(&mut harness, gap);
    assert_eq!(harness.state().desk.overlay, Some(Overlay::Offer));
    assert_eq!(harness.state().desk.proposal.as_ref().map(|proposal| proposal.with), Some(next));
}

#[test]
fn the_map_is_drawn_along_and_brought_nearer_and_a_double_click_shows_all_of_it() {
    let mut harness = against("arena/two_ecosystems", "east", ("west", "passive"));
    settle(&mut harness);
    // What the forecast advises takes room of the map, which is drawn anew.
    harness.run_steps(3);
    let place = map(&harness);
    let corner = place.min + 0.1 * place.size();
    harness.hover_at(corner);
    harness.run_steps(2);
    let before = harness.state().desk.look.place(place, corner);
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: Vec2::new(0.0, 200.0),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(30);
    let near = harness.state().desk.look;
    assert!(near.near > 1.3, "{near:?}");
    assert!((near.place(place, corner) - before).length() < 1.0, "what is pointed at stays where it is");
    button(&mut harness, corner, true);
    harness.hover_at(corner + Vec2::new(0.3 * place.width(), 0.0));
    harness.run_steps(2);
    button(&mut harness, corner + Vec2::new(0.3 * place.width(), 0.0), false);
    assert!(harness.state().desk.look.middle.x < near.middle.x, "{:?}", harness.state().desk.look);
    assert_eq!(harness.state().desk.tab, Tab::Prices, "who draws the map along clicks on nothing");
    let last = place.right_bottom() - 0.05 * place.size();
    harness.hover_at(last);
    harness.run_steps(60);
    // A step is a quarter of a second, and every press is in one of its own.
    harness.ctx.options_mut(|options| options.input_options.max_double_click_delay = 2.0);
    for pressed in [true, false, true, false] {
        button(&mut harness, last, pressed);
    }
    assert_eq!(harness.state().desk.look, Look::default());
    // Another match is seen as a whole, however near the last was looked at.
    harness.state_mut().desk.act(Action::Look(near));
    harness.state_mut().desk.act(Action::WatchMatch);
    settle(&mut harness);
    let desk = &harness.state().desk;
    assert_eq!((desk.screen, desk.look), (Screen::Watch, Look::default()));
}
