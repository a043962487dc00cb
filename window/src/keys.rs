//! Keys: each does what a button does.

use bevy_egui::egui::{Id, Key, Modifiers, Popup, Ui};

use super::desk::{Action, Desk, Overlay, Screen, Tab};
use super::panels::lever;
use super::{articles, widgets};

/// Keys of the tabs, in their order.
const TAB_KEYS: [Key; Tab::ALL.len()] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7];

/// Every key does what a button does.
pub(super) fn read(ui: &Ui, desk: &Desk, out: &mut Vec<Action>) {
    let press = |modifiers, key| widgets::pressed(ui, modifiers, key);
    let (none, control) = (Modifiers::NONE, Modifiers::COMMAND);
    let typing = was_typing(ui);
    let press_anywhere = |modifiers, key| widgets::taken(ui, modifiers, key);
    if press_anywhere(none, Key::F1) {
        let shown = desk.overlay == Some(Overlay::Help);
        out.push(Action::Over((!shown).then_some(Overlay::Help)));
    }
    if press_anywhere(none, Key::F2) {
        out.push(match desk.overlay {
            Some(Overlay::Encyclopedia) => Action::Over(None),
            _ => Action::Read(widgets::topic_of(ui).and_then(|name| articles::find(desk.level(), &name))),
        });
    }
    let looks_around = matches!(desk.screen, Screen::Play | Screen::Report | Screen::End | Screen::Watch);
    if looks_around && desk.position().is_some() && press(none, Key::M) {
        let shown = desk.overlay == Some(Overlay::Market);
        out.push(Action::Over((!shown).then_some(Overlay::Market)));
    }
    if press_anywhere(control, Key::L) {
        out.push(Action::Over(Some(Overlay::Saves)));
    }
    if press_anywhere(control, Key::S) {
        out.push(Action::Save);
    }
    // A field of text, a list that is open, and what is being drawn are left before anything behind them is.
    let drawing = ui.ctx().drag_stopped_id().is_some();
    let held = typing || drawing || Popup::is_any_open(ui.ctx());
    if !held && press(none, Key::Escape) && !widgets::unpin(ui) {
        out.push(match (&desk.message, desk.overlay, desk.screen) {
            (Some(_), ..) => Action::Dismiss,
            (_, Some(_), _) => Action::Over(None),
            (.., Screen::Briefing | Screen::SetUp) => Action::Go(Screen::Browser),
            (.., Screen::Browser) => return,
            (.., Screen::Watch) => Action::Go(desk.viewing.as_ref().map_or(Screen::Browser, |v| v.back)),
            _ => Action::Over(Some(Overlay::Saves)),
        });
    }
    if desk.overlay.is_some() || desk.is_busy() {
        return;
    }
    if press(none, Key::N) && desk.position().is_some() && desk.screen != Screen::Browser {
        out.push(Action::Over(Some(Overlay::News)));
    }
    of_screen(ui, desk, out);
}

fn typed() -> Id {
    Id::new("frame in which text was typed")
}

/// Remembers that a field of text has the keyboard at the end of a frame: Escape takes it away before the next is drawn.
pub(super) fn note_typing(ui: &Ui) {
    if ui.ctx().text_edit_focused() {
        let frame = ui.ctx().cumulative_frame_nr();
        ui.data_mut(|data| data.insert_temp(typed(), frame));
    }
}

fn was_typing(ui: &Ui) -> bool {
    let frame = ui.data(|data| data.get_temp::<u64>(typed()));
    frame.is_some_and(|frame| frame + 1 >= ui.ctx().cumulative_frame_nr())
}

/// What keys do on the screen that is shown.
fn of_screen(ui: &Ui, desk: &Desk, out: &mut Vec<Action>) {
    let press = |modifiers, key| widgets::pressed(ui, modifiers, key);
    let (none, control) = (Modifiers::NONE, Modifiers::COMMAND);
    // A focused button takes Enter and Space itself.
    let free = ui.ctx().memory(|memory| memory.focused()).is_none() || lever::is_held(ui);
    let enter = free && press(none, Key::Enter);
    match desk.screen {
        Screen::Browser if enter && desk.is_shown(desk.chosen) => out.push(Action::Go(Screen::Briefing)),
        Screen::Browser if press(none, Key::C) => {
            out.extend(desk.to_go_on_with().map(|kept| Action::Load(kept.path.clone())));
        }
        Screen::Browser if press(none, Key::R) => out.push(Action::Go(Screen::SetUp)),
        Screen::SetUp if enter => out.push(Action::TakeDrawn),
        Screen::Briefing if enter => out.push(Action::Begin),
        Screen::HandOver if enter => out.push(Action::SitDown),
        Screen::Play if desk.watch.is_some() => {
            if enter || free && press(none, Key::Space) {
                out.push(Action::Skip);
            }
            if press(none, Key::S) {
                out.push(Action::Speed(next_speed(desk)));
            }
        }
        Screen::Play => {
            if enter {
                out.push(Action::EndTurn);
            }
            for (tab, key) in Tab::ALL.into_iter().zip(TAB_KEYS) {
                if press(none, key) {
                    out.push(Action::Tab(tab));
                }
            }
            // However many of them a slow frame brings.
            while press(control | Modifiers::SHIFT, Key::Z) || press(control, Key::Y) {
                out.push(Action::Redo);
            }
            while press(control, Key::Z) {
                out.push(Action::Undo);
            }
        }
        Screen::Report => {
            if enter {
                out.push(Action::Go(Screen::Play));
            }
            if press(none, Key::W) && !desk.settings.reduced_motion {
                out.push(Action::WatchAgain);
            }
            if press(none, Key::F) {
                out.push(Action::Weigh(desk.position().map_or(0, |position| position.played())));
            }
        }
        Screen::End if enter => out.push(Action::Go(Screen::Browser)),
        Screen::Watch => watch_keys(ui, desk, free, out),
        _ => {}
    }
}

/// Keys of a match that is watched.
fn watch_keys(ui: &Ui, desk: &Desk, free: bool, out: &mut Vec<Action>) {
    let Some(viewing) = &desk.viewing else { return };
    let press = |key| widgets::pressed(ui, Modifiers::NONE, key);
    let (showing, turn) = (&viewing.showing, viewing.showing.turn());
    let turns = [
        (Key::ArrowLeft, turn.saturating_sub(1)),
        (Key::ArrowRight, turn + 1),
        (Key::Home, 0),
        (Key::End, showing.known()),
    ];
    for (key, turn) in turns {
        if press(key) {
            out.push(Action::Show(turn));
        }
    }
    if free && press(Key::Space) {
        out.push(Action::Pause);
    }
    if press(Key::S) {
        out.push(Action::Speed(next_speed(desk)));
    }
}

fn next_speed(desk: &Desk) -> f32 {
    if desk.settings.speed < 4.0 { desk.settings.speed * 2.0 } else { 1.0 }
}
