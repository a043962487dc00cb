//! Whatever can be pressed, drawn or typed in can be reached by the mouse: in the smallest window, and there with the largest
//! text. What is beyond the edge is scrolled to; then the pointer at its middle rests on it and on nothing else, and all of it
//! is to be seen.

use std::sync::Arc;

use bevy_egui::egui::accesskit::{NodeId, Role};
use bevy_egui::egui::{self, Event, Modifiers, Order as Layer, Popup, Rect, Sense, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use walled_gardens_engine::level::{Level, set, shipped};
use walled_gardens_engine::order::{Access, Deal, Order, Term};
use walled_gardens_engine::play::{Difficulty, Session};
use walled_gardens_engine::sim::state::negotiations::{Agreement, PendingOffer};
use walled_gardens_engine::strategy;
use walled_gardens_window::desk::{Action, Overlay, Proposal, Screen, Tab};

use super::{Window, settle, window};

const SMALL: Vec2 = Vec2::new(640.0, 480.0);
/// The smallest window, in points: with the usual text, and with the largest.
const SIZES: [Vec2; 2] = [SMALL, Vec2::new(640.0 / 1.6, 480.0 / 1.6)];

const ROLES: [Role; 7] = [
    Role::Button,
    Role::CheckBox,
    Role::Slider,
    Role::SpinButton,
    Role::ComboBox,
    Role::TextInput,
    // A number that opens.
    Role::Label,
];

/// Something that takes the pointer.
#[derive(Clone, Debug)]
struct Control {
    node: NodeId,
    name: String,
    role: Role,
    place: Rect,
    /// What is to be seen of it.
    seen: Rect,
    enabled: bool,
}

/// Everything that takes the pointer in the panels, in the windows over them, or in lists that are open.
fn controls(harness: &Harness<Window>, layer: Layer) -> Vec<Control> {
    let nodes = ROLES.into_iter().flat_map(|role| {
        harness.query_all_by_role(role).map(move |node| {
            let node = node.accesskit_node();
            let name = node.label().or(node.value()).unwrap_or_default();
            (node.locate().0, role, name, node.is_disabled())
        })
    });
    let nodes: Vec<_> = nodes.collect();
    harness.ctx.viewport(|viewport| {
        let drawn = viewport.prev_pass.widgets.layers().filter(|(id, _)| id.order == layer);
        let drawn = drawn.flat_map(|(_, widgets)| widgets);
        let found = drawn.filter_map(|widget| {
            let node = widget.id.accesskit_id();
            let (_, role, name, disabled) = nodes.iter().find(|(known, ..)| *known == node)?;
            let (role, name, enabled) = (*role, name.clone(), !disabled);
            let takes = widget.sense != Sense::hover() && widget.sense != Sense::focusable_noninteractive();
            (takes || role != Role::Label).then_some(Control {
                node,
                name,
                role,
                place: widget.rect,
                seen: widget.interact_rect,
                enabled,
            })
        });
        found.collect()
    })
}

fn found(harness: &Harness<Window>, layer: Layer, wanted: &Control) -> Option<Control> {
    controls(harness, layer).into_iter().find(|control| control.node == wanted.node)
}

/// Whether the pointer at its middle rests on it; nothing is under the pointer of what cannot be pressed now, but what it says.
fn is_under_the_pointer(harness: &mut Harness<Window>, control: &Control) -> bool {
    harness.hover_at(control.place.center());
    harness.run_steps(1);
    harness.ctx.interaction_snapshot(|snapshot| {
        let all = if control.enabled { &snapshot.hovered } else { &snapshot.contains_pointer };
        all.iter().any(|id| id.accesskit_id() == control.node)
    })
}

/// Why a control cannot be reached; nothing where it can.
fn why_not(harness: &mut Harness<Window>, layer: Layer, control: &Control, size: Vec2) -> Option<String> {
    let screen = Rect::from_min_size(Default::default(), size).expand(0.5);
    let is_whole = |control: &Control| {
        let (place, seen) = (control.place.size(), control.seen.intersect(screen).size());
        // What is higher than there is room for is scrolled along.
        let high = place.y - seen.y < 1.0 || place.y > 0.4 * size.y;
        place.x - seen.x < 1.0 && high
    };
    let mut now = control.clone();
    if !is_whole(&now) || !is_under_the_pointer(harness, &now) {
        let nodes = harness.query_all_by_role(control.role);
        nodes
            .filter(|node| node.accesskit_node().locate().0 == control.node)
            .for_each(|node| node.scroll_to_me());
        harness.run_steps(3);
        now = found(harness, layer, control)?;
        // An area within another takes what is scrolled to for itself: the wheel moves both.
        for _ in 0..40 {
            if is_whole(&now) {
                break;
            }
            let away = size.to_pos2() / 2.0 - now.place.center();
            let far = |way: f32| if way.abs() < 8.0 { 0.0 } else { way.clamp(-40.0, 40.0) };
            harness.hover_at((size * Vec2::new(0.5, 0.6)).to_pos2());
            harness.event(Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: Vec2::new(far(away.x), far(away.y)),
                phase: egui::TouchPhase::Move,
                modifiers: Modifiers::NONE,
            });
            harness.run_steps(3);
            now = found(harness, layer, control)?;
        }
    }
    let what = format!("{:?} “{}” at {} seen {}", control.role, control.name, now.place, now.seen);
    if !is_whole(&now) {
        return Some(format!("{what}: cut"));
    }
    (!is_under_the_pointer(harness, &now)).then(|| format!("{what}: not under the pointer"))
}

/// Of lines of a long list that are all alike the first, a few and the last.
fn some_of_many(all: Vec<Control>) -> Vec<Control> {
    let alike = |one: &Control, other: &Control| {
        one.role == other.role && (one.place.size() - other.place.size()).length() < 1.0
    };
    let lists = all.chunk_by(alike).flat_map(|list| {
        let last = list.len() - 1;
        list.iter().enumerate().filter(move |&(place, _)| last < 4 || place % 8 == 0 || place == last)
    });
    lists.map(|(_, control)| control.clone()).collect()
}

/// Everything that cannot be reached in what is shown now, and in the lists that it opens.
fn out_of_reach(harness: &mut Harness<Window>, layer: Layer, size: Vec2, what: &str, bad: &mut Vec<String>) {
    harness.run_steps(4);
    let all = some_of_many(controls(harness, layer));
    assert!(!all.is_empty(), "{what}: nothing is shown");
    let mut note = |why: Option<String>, what: &str| {
        bad.extend(why.map(|why| format!("{what} at {size}: {why}")));
    };
    for control in &all {
        note(why_not(harness, layer, control, size), what);
        if control.role == Role::ComboBox && control.enabled {
            harness
                .query_all_by_role(Role::ComboBox)
                .filter(|node| node.accesskit_node().locate().0 == control.node)
                .for_each(|node| node.click());
            harness.run_steps(4);
            for entry in controls(harness, Layer::Foreground) {
                note(why_not(harness, Layer::Foreground, &entry, size), &format!("{what}, {}", control.name));
            }
            Popup::close_all(&harness.ctx);
            harness.run_steps(2);
        }
    }
    harness.remove_cursor();
    harness.run_steps(2);
}

/// A match of few people, which opens at once.
fn few(level: &str, seat: &str) -> Session {
    let text = shipped().find(|known| known.name == level).expect("is shipped").text;
    let text = ["setup.consumers=400", "setup.merchants=80"]
        .iter()
        .fold(text.to_owned(), |text, change| set(&text, change).unwrap_or(text));
    let level = Level::from_text(level, &text, &strategy::vocabulary()).expect("reads");
    Session::begin_level(&level, Some(seat), Some(1), Difficulty::Fair).expect("plays")
}

/// A month of a market in which there is much of everything, played.
fn at(size: Vec2, level: &str, seat: &str) -> Harness<'static, Window> {
    let mut harness = window(None);
    harness.set_size(size);
    harness.state_mut().desk.open(few(level, seat));
    harness.run_steps(4);
    harness.state_mut().desk.act(Action::Order(Order::AdvertLoad { load: 0.1 }));
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    harness
}

/// Looks at the first game, which has hints, where room is tightest, and at the level with most in it at both sizes.
fn of_two_levels(look: impl Fn(&mut Harness<Window>, Vec2, &mut Vec<String>)) {
    of("tutorial/first-game", "lotus", &SIZES[1..], &look);
    of_china(look);
}

fn of_china(look: impl Fn(&mut Harness<Window>, Vec2, &mut Vec<String>)) {
    of("history/china_2024", "alibaba", &SIZES, &look);
}

fn of(level: &str, seat: &str, sizes: &[Vec2], look: &impl Fn(&mut Harness<Window>, Vec2, &mut Vec<String>)) {
    let mut bad = Vec::new();
    for &size in sizes {
        look(&mut at(size, level, seat), size, &mut bad);
    }
    assert!(bad.is_empty(), "{} of {level} cannot be reached:\n{}", bad.len(), bad.join("\n"));
}

/// Offers that wait for an answer and an agreement in force: as many as a month may bring.
fn deal(harness: &mut Harness<Window>) {
    let position = &mut harness.state_mut().desk.played.as_mut().expect("a match").position;
    let me = position.me;
    let mut view = (*position.view).clone();
    let gives = vec![Term::Data, Term::NonBlocking, Term::Payment { amount: 1e6 }];
    let deal = Deal { gives: gives.clone(), asks: gives.clone(), months: 12, notice: 3, penalty: 1e6 };
    let negotiations = &mut view.public.ecosystem.negotiations;
    for from in (0..view.level.platforms.len()).filter(|&other| other != me) {
        negotiations.offers.push(PendingOffer { from, to: me, deal: deal.clone() });
        negotiations.agreements.push(Agreement {
            number: 1 + from as u32,
            parties: [from, me],
            gives: [gives.clone(), gives.clone()],
            months: 9,
            notice: 3,
            penalty: 1e6,
            ending: false,
            opened: Vec::new(),
        });
    }
    position.view = Arc::new(view);
}

/// Presses the last of the buttons whose names have some words in them.
fn press_last(harness: &mut Harness<Window>, words: &str) {
    let last = harness
        .query_all_by_role(Role::Button)
        .rfind(|node| node.accesskit_node().label().is_some_and(|label| label.contains(words)));
    if let Some(node) = last {
        node.click_accesskit();
    }
    harness.run_steps(4);
}

#[test]
fn on_every_page() {
    of_two_levels(|harness, size, bad| {
        let panels = Layer::Background;
        out_of_reach(harness, panels, size, "the report", bad);
        harness.state_mut().desk.act(Action::Weigh(1));
        settle(harness);
        out_of_reach(harness, panels, size, "the report with orders' worth", bad);
        harness.state_mut().desk.find("history/china_2024", &[]);
        for screen in [Screen::Browser, Screen::SetUp, Screen::Briefing, Screen::End] {
            harness.state_mut().desk.act(Action::Go(screen));
            out_of_reach(harness, panels, size, &format!("{screen:?}"), bad);
        }
        harness.state_mut().desk.act(Action::Go(Screen::Briefing));
        harness.state_mut().desk.act(Action::Spectate);
        out_of_reach(harness, panels, size, "the briefing of who watches", bad);
        harness.state_mut().desk.act(Action::WatchMatch);
        settle(harness);
        out_of_reach(harness, panels, size, "a match that is watched", bad);
    });
}

#[test]
fn in_every_panel_of_the_plan() {
    of_two_levels(|harness, size, bad| {
        harness.state_mut().desk.act(Action::Go(Screen::Play));
        deal(harness);
        for tab in Tab::ALL {
            harness.state_mut().desk.act(Action::Tab(tab));
            out_of_reach(harness, Layer::Background, size, &format!("{tab:?}"), bad);
            if tab == Tab::Links {
                // With a gate and a service that are picked there is more to press.
                for words in [" to ", ": "] {
                    press_last(harness, words);
                }
                out_of_reach(harness, Layer::Background, size, "picked gates", bad);
            }
        }
        // A number that stays open is put away again.
        harness.query_all_by_label_contains("Cash ¥").for_each(|node| node.click());
        harness.run_steps(4);
        out_of_reach(harness, Layer::Middle, size, "a number that stays open", bad);
    });
}

#[test]
fn in_every_window_over_the_page() {
    of_china(|harness, size, bad| {
        harness.state_mut().desk.act(Action::Go(Screen::Play));
        for _ in 0..3 {
            harness.state_mut().desk.act(Action::Save);
        }
        for overlay in
            [Overlay::Help, Overlay::Settings, Overlay::Saves, Overlay::News, Overlay::Encyclopedia]
        {
            harness.state_mut().desk.act(Action::Over(Some(overlay)));
            // Saves are listed once they are read, beside the window.
            while overlay == Overlay::Saves && harness.state().desk.kept.is_empty() {
                harness.run_steps(1);
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            out_of_reach(harness, Layer::Middle, size, &format!("{overlay:?}"), bad);
            harness.state_mut().desk.act(Action::Over(None));
            harness.run_steps(2);
        }
    });
}

#[test]
fn in_every_part_of_the_market() {
    of_china(|harness, size, bad| {
        harness.state_mut().desk.act(Action::Over(Some(Overlay::Market)));
        harness.run_steps(4);
        for key in [egui::Key::Num1, egui::Key::Num2, egui::Key::Num3, egui::Key::Num4] {
            harness.key_press(key);
            out_of_reach(harness, Layer::Middle, size, &format!("the market, {key:?}"), bad);
        }
    });
}

#[test]
fn in_an_offer_in_which_everything_is_ticked() {
    of_china(|harness, size, bad| {
        harness.state_mut().desk.act(Action::Go(Screen::Play));
        let me = harness.state().desk.played.as_ref().expect("a match").position.me;
        let level = harness.state().desk.played.as_ref().expect("a match").position.level.clone();
        let with = level.platforms.iter().position(|platform| platform.id == "tencent").expect("is there");
        let of = |by: usize| -> Vec<Term> {
            let own = level.services.iter().filter(|service| service.owner == Some(by));
            let open =
                |id: &str| Term::Service { service: id.to_owned(), access: Access::Native, price: None };
            own.map(|service| open(&service.id)).chain([Term::Data, Term::NonBlocking]).collect()
        };
        let nothing = Deal { gives: Vec::new(), asks: Vec::new(), months: 12, notice: 3, penalty: 0.0 };
        let all = Deal { gives: of(me), asks: of(with), ..nothing.clone() };
        for deal in [nothing, all] {
            let proposal = Proposal { with, counter: false, deal };
            harness.state_mut().desk.act(Action::Compose(proposal.clone()));
            harness.state_mut().desk.act(Action::Propose(proposal));
            out_of_reach(harness, Layer::Middle, size, "an offer", bad);
        }
    });
}

#[test]
fn below_a_message_however_long_it_is() {
    let mut bad = Vec::new();
    for size in SIZES {
        let mut harness = window(Some(("tutorial/two-gardens", "north")));
        harness.set_size(size);
        harness.state_mut().desk.message =
            Some("A sentence of what went wrong, and why, and where. ".repeat(30));
        out_of_reach(&mut harness, Layer::Foreground, size, "a message", &mut bad);
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
