//! The bar above the map: when it is, how the company stands, and how to go on.

use bevy_egui::egui::{Align, Layout, RichText, Ui};

use crate::gui::desk::{Action, Desk, Overlay, Played, Screen};
use crate::gui::texts::say;
use crate::gui::widgets::Form;
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
        column(ui, &say!("month-of", turn = turn, turns = position.length), |ui| {
            ui.label(theme::strong(words::month(level, turn)).size(16.0));
        });
        let (now, before) = (position.now(), position.before());
        let buttons = if desk.screen == Screen::Report { BUTTONS + NAMED } else { BUTTONS };
        for &figure in Figure::of(level, position.me).iter().filter(|figure| **figure != Figure::Users) {
            // What does not fit beside the buttons is left out; the forecast and the report have every figure.
            if ui.available_width() < buttons {
                break;
            }
            let (form, explained, change) = match figure {
                Figure::Value => {
                    let value = play::value(&position.view.own, level.market.discount_rate);
                    (Form::Yuan, value, now.value[position.me] - before.value[position.me])
                }
                _ => {
                    let read = figure.read(now, position.me);
                    let form = if figure == Figure::Share { Form::Percent } else { Form::Yuan };
                    let change = read.total - figure.read(before, position.me).total;
                    (form, read, change)
                }
            };
            let change = if position.played() > 1
                || !matches!(figure, Figure::Profit | Figure::Value) && position.played() > 0
            {
                change
            } else {
                0.0
            };
            let name = words::figure(figure);
            if figure == Figure::Profit && position.played() == 0 {
                // No month has passed that could have brought any.
                column(ui, &name, |ui| {
                    ui.label(theme::strong(say!("none")).size(16.0).color(theme::palette().weak));
                });
                continue;
            }
            column(ui, &name, |ui| value(ui, level, form, &name, &explained, change));
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

fn value(ui: &mut Ui, level: &Level, form: Form, name: &str, explained: &Explained, change: f64) {
    let text = RichText::new(form.write(explained.total))
        .family(theme::semibold())
        .size(16.0)
        .color(theme::palette().text);
    widgets::number(ui, level, text, form, name, explained);
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
