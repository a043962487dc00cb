//! The bar above the map: when it is, how the company stands, and how to go on.

use bevy_egui::egui::{Align, FontId, Label, Layout, RichText, Ui, vec2};

use crate::desk::{Action, Desk, Overlay, Played, Screen};
use crate::form::form;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{self, Explained, Figure, Position};

/// Width that the buttons take.
const BUTTONS: f32 = 330.0;
/// Width that a report's button takes more, since it names a month.
const NAMED: f32 = 60.0;
/// Width below which a company is told by its mark alone, and of its changes nothing.
const NARROW: f32 = 520.0;
const CHANGES: f32 = 1_200.0;
/// Room between what stands beside each other.
const APART: f32 = 18.0;
/// Speeds of the walk.
pub(super) const SPEEDS: [f32; 3] = [1.0, 2.0, 4.0];

/// The top bar; the company's figures stand in it where they fit beside the buttons.
pub fn show(ui: &mut Ui, desk: &Desk, played: &Played, beside: bool, out: &mut Vec<Action>) {
    let position = &*played.told(desk.watch.is_some());
    let level = &position.level;
    let narrow = ui.available_width() < NARROW;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = APART;
        let name = of_level(&level.platforms[position.me].name);
        if narrow {
            widgets::mark(ui, position.me);
        } else {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add_space(6.0);
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 4.0;
                    widgets::mark(ui, position.me);
                    ui.label(theme::strong(name));
                });
                // As long as it may be, the way on has its room.
                ui.set_max_width((ui.available_width() - buttons(desk) - 96.0).max(64.0));
                ui.add(
                    Label::new(theme::small(of_level(&level.title)).color(theme::palette().weak)).truncate(),
                );
            });
        }
        let (of_all, month) = month(position, desk.screen);
        column(ui, &of_all, |ui| {
            ui.label(theme::strong(month).size(16.0));
        });
        if beside {
            for figure in shown(position) {
                column(ui, &words::figure(figure), |ui| value(ui, position, figure));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| next(ui, desk, played, out));
    });
}

/// The company's figures in a line of their own, where they do not fit above.
pub fn below(ui: &mut Ui, position: &Position) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 0.0);
        ui.spacing_mut().interact_size.y = 20.0;
        for figure in shown(position) {
            ui.label(theme::caption(words::figure(figure)));
            value(ui, position, figure);
            ui.add_space(6.0);
        }
    });
}

/// Whether the company's figures fit between its name and the buttons.
pub fn fits(ui: &Ui, desk: &Desk, position: &Position) -> bool {
    let level = &position.level;
    let wide =
        |text: String, font: FontId| ui.painter().layout_no_wrap(text, font, theme::palette().text).size().x;
    let strong = |text: String, size: f32| wide(text, FontId::new(size, theme::semibold()));
    let caption = |text: &str| strong(text.to_uppercase(), 11.0) + 0.66 * text.chars().count() as f32;
    let name = strong(of_level(&level.platforms[position.me].name), 14.0) + 20.0;
    let name = name.max(wide(of_level(&level.title), FontId::proportional(12.0)));
    let (of_all, month) = month(position, desk.screen);
    let figures = shown(position).map(|figure| {
        let (explained, change) = read(position, figure);
        let form = form(figure);
        let change = if change == 0.0 || !tells_changes(ui) {
            0.0
        } else {
            6.0 + wide(widgets::change(form, change).text().to_owned(), FontId::proportional(12.0))
        };
        caption(&words::figure(figure)).max(strong(form.write(explained.total), 16.0) + change) + APART
    });
    let needed = name + APART + caption(&of_all).max(strong(month, 16.0)) + APART + figures.sum::<f32>();
    needed + buttons(desk) <= ui.available_width() - 32.0
}

/// Width that the buttons take.
fn buttons(desk: &Desk) -> f32 {
    if desk.screen == Screen::Report { BUTTONS + NAMED } else { BUTTONS }
}

/// Which month it is of all, in the words of the level: the one that is planned, or on a report the one that it is of.
fn month(position: &Position, screen: Screen) -> (String, String) {
    let planned = u32::from(screen != Screen::Report);
    let turn = (position.played() + planned).clamp(1, position.length);
    match position.level.setup.start {
        Some(_) => {
            (say!("month-of", turn = turn, turns = position.length), words::month(&position.level, turn))
        }
        None => (say!("month"), say!("turn-of", turn = turn, turns = position.length)),
    }
}

/// The figures that a company has, without the people: they stand on the map.
fn shown(position: &Position) -> impl Iterator<Item = Figure> {
    Figure::of(&position.level, position.me).iter().copied().filter(|figure| *figure != Figure::Users)
}

/// A figure as it now is, and by how much it changed.
fn read(position: &Position, figure: Figure) -> (Explained, f64) {
    let me = position.me;
    let explained = match figure {
        Figure::Value => play::value(&position.view.own, position.level.market.discount_rate),
        _ => figure.read(position.now(), me),
    };
    let since = if figure.is_judged() { 2 } else { 1 };
    let before = (position.played() >= since).then(|| figure.read(position.before(), me).total);
    let change = before.map_or(0.0, |before| explained.total - before);
    (explained, change)
}

fn tells_changes(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() >= CHANGES
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

fn value(ui: &mut Ui, position: &Position, figure: Figure) {
    if figure.is_judged() && position.played() == 0 {
        return unknown(ui, figure);
    }
    let (explained, change) = read(position, figure);
    let note = if figure == Figure::Value { words::judgement(position) } else { String::new() };
    let form = form(figure);
    let text = RichText::new(form.write(explained.total))
        .family(theme::semibold())
        .size(16.0)
        .color(theme::palette().text);
    widgets::number_noted(ui, &position.level, text, form, &words::figure(figure), &explained, &note);
    if change != 0.0 && tells_changes(ui) {
        ui.label(widgets::change(form, change));
    }
}

/// Whether there is room for a button; where there is none it is left to its key.
fn has_room(ui: &Ui, label: &str, key: &str) -> bool {
    ui.available_width() >= widgets::keyed_width(ui, label, key)
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
    if has_room(ui, &say!("market"), "M") && widgets::keyed(ui, &say!("market"), "M", true).clicked() {
        out.push(Action::Over(Some(Overlay::Market)));
    }
    match desk.screen {
        _ if desk.watch.is_some() => {}
        Screen::Report => {
            let moves = !desk.settings.reduced_motion;
            if has_room(ui, &say!("watch-again"), "W") {
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
