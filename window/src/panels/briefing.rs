//! A level before it is played: what is at stake, whose CEO to be, how hard it is to be.

use bevy_egui::egui::{
    Button, ComboBox, Frame, Label, Margin, Panel, ScrollArea, Ui, WidgetInfo, WidgetType, vec2,
};

use super::{decided, objectives};
use crate::desk::{Action, Desk, Screen};
use crate::form;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::Difficulty;
use walled_gardens_engine::strategy::{STRATEGIES, strategy};

/// Width of the button by which somebody else takes a seat too.
const TOO: f32 = 84.0;
/// Below this width cards stand one above the other.
const NARROW: f32 = 900.0;

/// The briefing.
pub fn show(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    let Some(level) = desk.chosen_level() else { return };
    // However much there is to read, the way on stays in sight.
    let frame = Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO });
    let foot = Panel::bottom("begin").frame(frame).resizable(false).show_separator_line(false);
    foot.show(ui, |ui| ui.horizontal(|ui| ways_on(ui, desk, level, out)));
    let width = ui.available_width();
    if width < NARROW {
        ScrollArea::vertical().id_salt("briefing").auto_shrink([false, false]).show(ui, |ui| {
            ui.set_width(width - 12.0);
            title(ui, level);
            // What is to be reached comes first: who takes the seat that is offered need not scroll for it.
            narrow(ui, desk, level, out);
        });
    } else {
        title(ui, level);
        ui.horizontal_top(|ui| {
            widgets::column(ui, 0.5 * width, |ui| {
                widgets::card(ui, |ui| {
                    ScrollArea::vertical().id_salt("seats").show(ui, |ui| seats(ui, desk, level, out));
                });
            });
            ui.add_space(16.0);
            let rest = ui.available_width();
            widgets::column(ui, rest, |ui| {
                ScrollArea::vertical().id_salt("stakes").show(ui, |ui| choices(ui, desk, level, out));
            });
        });
    }
}

fn title(ui: &mut Ui, level: &Level) {
    ui.label(theme::title(of_level(&level.title)));
    ui.label(of_level(&level.summary));
    ui.add_space(8.0);
}

/// Back to the levels, or on into the match.
fn ways_on(ui: &mut Ui, desk: &Desk, level: &Level, out: &mut Vec<Action>) {
    let back = widgets::keyed(ui, &say!("back"), "Esc", !desk.is_busy());
    if back.on_disabled_hover_text(say!("opening-market")).clicked() {
        out.push(Action::Go(Screen::Browser));
    }
    let name = &of_level(&level.platforms[desk.seat].name);
    let label = match &desk.cast {
        _ if desk.is_busy() => say!("opening-market"),
        Some(_) => say!("watch-the-match"),
        None if desk.people().len() > 1 => say!("take-seats", count = desk.people().len()),
        None => say!("take-seat", who = name),
    };
    if widgets::primary(ui, &label, "Enter", !desk.is_busy()).clicked() {
        out.push(Action::Begin);
    }
    if desk.is_busy() {
        ui.spinner();
    }
}

/// Everything that there is to know and to choose, one below the other.
fn narrow(ui: &mut Ui, desk: &Desk, level: &Level, out: &mut Vec<Action>) {
    if desk.cast.is_none() {
        widgets::card(ui, |ui| aims(ui, desk, level));
        ui.add_space(8.0);
    }
    widgets::card(ui, |ui| seats(ui, desk, level, out));
    ui.add_space(8.0);
    match &desk.cast {
        Some(cast) => widgets::card(ui, |ui| casting(ui, level, cast, out)),
        None => conditions(ui, desk, level, out),
    }
}

/// What there is to choose and to know of the seat that is chosen; who decides where none is.
fn choices(ui: &mut Ui, desk: &Desk, level: &Level, out: &mut Vec<Action>) {
    if let Some(cast) = &desk.cast {
        widgets::card(ui, |ui| casting(ui, level, cast, out));
        return;
    }
    widgets::card(ui, |ui| aims(ui, desk, level));
    ui.add_space(8.0);
    conditions(ui, desk, level, out);
}

/// What is to be reached, and what was so far.
fn aims(ui: &mut Ui, desk: &Desk, level: &Level) {
    objectives::stakes(ui, level, desk.seat);
    decided::best(ui, desk, &level.id, &level.platforms[desk.seat].id);
}

/// How hard it is to be, and what is at stake.
fn conditions(ui: &mut Ui, desk: &Desk, level: &Level, out: &mut Vec<Action>) {
    widgets::card(ui, |ui| difficulty(ui, desk, out));
    ui.add_space(8.0);
    widgets::card(ui, |ui| stakes(ui, desk, level));
}

fn seats(ui: &mut Ui, desk: &Desk, level: &Level, out: &mut Vec<Action>) {
    match desk.cast {
        Some(_) => widgets::heading(ui, &say!("who-plays"), &say!("click-takes-seat")),
        None => widgets::heading(ui, &say!("whose-ceo"), &say!("share-and-cash")),
    }
    for (place, platform) in level.platforms.iter().enumerate() {
        let share = match &platform.shop {
            _ if !platform.here => words::opens(level, place),
            Some(shop) => form::percent(shop.share),
            None => say!("no-shop"),
        };
        let facts = match desk.cast.as_ref().and_then(|cast| cast.get(place)) {
            Some(strategy) => words::seat(strategy),
            None => say!("seat-facts", share = share, cash = form::yuan(platform.cash)),
        };
        let chosen = place == desk.seat && desk.cast.is_none();
        ui.horizontal(|ui| {
            ui.set_height(36.0);
            widgets::mark(ui, place);
            let room = if desk.cast.is_none() { TOO + ui.spacing().item_spacing.x } else { 0.0 };
            let size = vec2(ui.available_width() - room, 36.0);
            if widgets::row(ui, chosen, theme::strong(of_level(&platform.name)), facts, size).clicked() {
                out.push(Action::Seat(place));
            }
            if desk.cast.is_none() && !chosen {
                let too = Button::selectable(desk.guests.contains(&place), theme::small(say!("plays-too")));
                let meaning = say!("plays-too-meaning", who = of_level(&platform.name));
                if ui.add(too.min_size(vec2(TOO, 32.0))).on_hover_text(meaning).clicked() {
                    out.push(Action::Join(place));
                }
            }
        });
    }
    ui.horizontal(|ui| {
        ui.add_space(24.0);
        let size = vec2(ui.available_width(), 36.0);
        let (name, facts) = (theme::strong(say!("nobodys-ceo")), say!("strategies-play"));
        if widgets::row(ui, desk.cast.is_some(), name, facts, size).clicked() {
            out.push(Action::Spectate);
        }
    });
}

/// Who is to sit in each seat of a match that is watched.
fn casting(ui: &mut Ui, level: &Level, cast: &[String], out: &mut Vec<Action>) {
    widgets::heading(ui, &say!("who-decides"), &say!("strategies"));
    ui.label(theme::small(say!("casting-meaning")));
    for (place, (platform, holder)) in level.platforms.iter().zip(cast).enumerate() {
        ui.horizontal(|ui| {
            widgets::mark(ui, place);
            widgets::cell(ui, 0.45 * ui.available_width(), 32.0, |ui| {
                ui.add(Label::new(of_level(&platform.name)).truncate());
            });
            let list =
                ComboBox::from_id_salt(("cast", place)).width(ui.available_width() - 8.0).height(360.0);
            let shown = list.selected_text(words::seat(holder)).show_ui(ui, |ui| {
                for strategy in STRATEGIES {
                    let name = strategy.name();
                    let row =
                        Button::selectable(name == holder, words::seat(name)).min_size(vec2(200.0, 26.0));
                    if ui.add(row).on_hover_text(words::idea(strategy.idea())).clicked() {
                        out.push(Action::Cast(place, name.to_owned()));
                    }
                }
            });
            let label = say!("strategy-of", who = of_level(&platform.name));
            shown.response.widget_info(|| WidgetInfo::labeled(WidgetType::ComboBox, true, label.clone()));
        });
        let idea =
            strategy(holder).map(|contender| words::idea(contender.strategy().idea())).unwrap_or_default();
        ui.label(theme::small(idea).color(theme::palette().weak));
    }
}

fn difficulty(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    widgets::heading(ui, &say!("difficulty"), &say!("same-rules"));
    let all: Vec<_> = Difficulty::ALL.into_iter().map(|level| (level, words::difficulty(level).0)).collect();
    if let Some(chosen) = widgets::choices(ui, &all, desk.difficulty) {
        out.push(Action::Difficulty(chosen));
    }
    ui.label(theme::small(words::difficulty(desk.difficulty).1));
}

fn stakes(ui: &mut Ui, desk: &Desk, level: &Level) {
    let me = &level.platforms[desk.seat];
    widgets::heading(ui, &say!("at-stake"), "");
    ui.label(judged(level, desk.seat));
    match &me.shop {
        _ if !me.here => {
            ui.label(say!("stake-newcomer", when = words::you_enter(level, desk.seat)));
        }
        Some(shop) => {
            ui.label(standing(level, desk.seat, shop.share));
        }
        None => {
            ui.label(say!("stake-no-shop"));
        }
    }
    let own = level.services.iter().filter(|service| service.owner == Some(desk.seat));
    let names: Vec<String> = own.map(|service| of_level(&service.name)).collect();
    if !names.is_empty() {
        ui.label(say!("stake-services", services = words::list(&names)));
    }
    if !level.teaches.is_empty() {
        ui.label(theme::small(of_level(&level.teaches)));
    }
}

/// By what a seat is judged in the end, and when.
fn judged(level: &Level, seat: usize) -> String {
    let turns = words::months(level.setup.turns);
    let has_objectives = level.objectives.iter().any(|objective| objective.seat == seat);
    match (level.setup.aftermath, has_objectives) {
        (0, true) => say!("stake-objectives-at-once", turns = turns),
        (0, false) => say!("stake-value-at-once", turns = turns),
        (months, true) => say!("stake-objectives", turns = turns, aftermath = words::months(months)),
        (months, false) => say!("stake-value", turns = turns, aftermath = words::months(months)),
    }
}

/// Whether a seat leads by its share of sales, follows, or is level with others at the top: shares that are written alike are
/// nobody's lead.
fn standing(level: &Level, seat: usize, share: f64) -> String {
    let others = level.platforms.iter().enumerate().filter(|(place, _)| *place != seat);
    let others: Vec<(String, f64)> = others
        .filter_map(|(_, platform)| Some((of_level(&platform.name), platform.shop.as_ref()?.share)))
        .collect();
    let written = form::percent(share);
    let most = form::percent(others.iter().fold(share, |most, (_, other)| most.max(*other)));
    let alike = others.iter().filter(|(_, other)| form::percent(*other) == written);
    let alike: Vec<&str> = alike.map(|(name, _)| name.as_str()).collect();
    if written != most {
        say!("stake-follower", share = written, most = most)
    } else if alike.is_empty() {
        say!("stake-leader", share = written)
    } else {
        say!("stake-level", share = written, who = words::list(&alike))
    }
}
