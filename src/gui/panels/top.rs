//! The bar above the map: when it is, how the company stands, and how to go on.

use bevy_egui::egui::{Align, Layout, RichText, Ui};

use super::plan::form;
use crate::gui::desk::{Action, Desk, Overlay, Played, Screen};
use crate::gui::texts::say;
use crate::gui::{theme, widgets, words};
use crate::level::Level;
use crate::play::{self, Explained, Figure};

/// Width that the buttons take, and one more figure before them.
const BUTTONS: f32 = 400.0;
/// Width that a report's button takes more, since it names a month.
const NAMED: f32 = 60.0;
/// Widths of buttons that are left to their keys where there is no room for them.
const WATCH: f32 = 150.0;
const MARKET: f32 = 96.0;
/// Speeds of the walk.
pub(super) const SPEEDS: [f32; 3] = [1.0, 2.0, 4.0];

/// The top bar.
pub fn show(ui: &mut Ui, desk: &Desk, played: &Played, out: &mut Vec<Action>) {
    let position = &*played.told(desk.watch.is_some());
    let level = &position.level;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 18.0;
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                widgets::mark(ui, position.me);
                ui.label(theme::strong(level.platforms[position.me].name.clone()));
            });
            ui.label(theme::small(level.title.clone()).color(theme::palette().weak));
        });
        let turn = (position.played() + 1).min(position.length);
        let (of_all, month) = match level.setup.start {
            Some(_) => (say!("month-of", turn = turn, turns = position.length), words::month(level, turn)),
            None => (say!("month"), say!("turn-of", turn = turn, turns = position.length)),
        };
        column(ui, &of_all, |ui| {
            ui.label(theme::strong(month).size(16.0));
        });
        let (now, before) = (position.now(), position.before());
        let buttons = if desk.screen == Screen::Report { BUTTONS + NAMED } else { BUTTONS };
        for &figure in Figure::of(level, position.me).iter().filter(|figure| **figure != Figure::Users) {
            // What does not fit beside the buttons is left out; the forecast and the report have every figure.
            if ui.available_width() < buttons {
                break;
            }
            let name = words::figure(figure);
            let judged = matches!(figure, Figure::Profit | Figure::Value);
            if judged && position.played() == 0 {
                column(ui, &name, |ui| unknown(ui, figure));
                continue;
            }
            let explained = match figure {
                Figure::Value => play::value(&position.view.own, level.market.discount_rate),
                _ => figure.read(now, position.me),
            };
            let since = if judged { 2 } else { 1 };
            let change = if position.played() >= since {
                explained.total - figure.read(before, position.me).total
            } else {
                0.0
            };
            let note = if figure == Figure::Value { words::judgement(position) } else { String::new() };
            column(ui, &name, |ui| value(ui, level, figure, &explained, change, &note));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| next(ui, desk, played, out));
    });
}

fn column(ui: &mut Ui, caption: &str, contents: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(6.0);
        ui.label(theme::caption(caption));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            contents(ui);
        });
    });
}

/// What months are judged by, before there was one.
fn unknown(ui: &mut Ui, figure: Figure) {
    let why = if figure == Figure::Value { say!("no-month-to-judge") } else { say!("no-month-yet") };
    ui.label(theme::strong(say!("none")).size(16.0).color(theme::palette().weak)).on_hover_text(why);
}

fn value(ui: &mut Ui, level: &Level, figure: Figure, explained: &Explained, change: f64, note: &str) {
    let form = form(figure);
    let text = RichText::new(form.write(explained.total))
        .family(theme::semibold())
        .size(16.0)
        .color(theme::palette().text);
    widgets::number_noted(ui, level, text, form, &words::figure(figure), explained, note);
    if change != 0.0 && ui.ctx().content_rect().width() >= 1_200.0 {
        ui.label(widgets::change(form, change));
    }
}

/// The button that goes on, and the others.
fn next(ui: &mut Ui, desk: &Desk, played: &Played, out: &mut Vec<Action>) {
    let (over, busy) = (played.position.is_over(), desk.is_busy() || played.is_resolving());
    let (label, key, action) = match desk.screen {
        _ if desk.watch.is_some() => (say!("skip"), "Space", Action::Skip),
        Screen::Report if over => (say!("to-end"), "Enter", Action::Go(Screen::End)),
        Screen::Report => {
            let month = words::month(&played.position.level, played.position.played() + 1);
            (say!("plan-month", month = month), "Enter", Action::Go(Screen::Play))
        }
        _ if busy => (say!("resolving"), "", Action::EndTurn),
        _ => (say!("end-turn"), "Enter", Action::EndTurn),
    };
    if widgets::primary(ui, &label, key, !busy).clicked() {
        out.push(action);
    }
    if busy {
        ui.spinner();
    }
    ui.spacing_mut().item_spacing.x = 6.0;
    if desk.watch.is_some() {
        let place = SPEEDS.iter().position(|&speed| speed == desk.settings.speed).unwrap_or(0);
        if widgets::keyed(ui, &format!("×{}", desk.settings.speed), "S", true).clicked() {
            out.push(Action::Speed(SPEEDS[(place + 1) % SPEEDS.len()]));
        }
    }
    if ui.available_width() >= MARKET && widgets::keyed(ui, &say!("market"), "M", true).clicked() {
        out.push(Action::Over(Some(Overlay::Market)));
    }
    match desk.screen {
        _ if desk.watch.is_some() => {}
        Screen::Report => {
            let moves = !desk.settings.reduced_motion;
            if ui.available_width() >= WATCH {
                let again = widgets::keyed(ui, &say!("watch-again"), "W", moves);
                if again.on_disabled_hover_text(say!("reduced-motion-meaning")).clicked() {
                    out.push(Action::WatchAgain);
                }
            }
        }
        _ => {
            if ui.button(say!("menu")).clicked() {
                out.push(Action::Over(Some(Overlay::Saves)));
            }
        }
    }
}
