//! What orders were worth: those of the last month, or of half a year or a year ago, over the months since.

use bevy_egui::egui::{Align, Grid, Id, Label, Layout, ScrollArea, Ui};

use crate::desk::{Action, Desk, Played};
use crate::form::form;
use crate::texts::say;
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{OrderWorth, Position, SPANS, Span};

/// Below this width nothing stands beside a heading.
const SMALL: f32 = 480.0;
/// Widths of a switch's months, by name and by number.
const MONTH: f32 = 132.0;
const COUNT: f32 = 116.0;

/// The card.
pub fn show(ui: &mut Ui, desk: &Desk, played: &Played, out: &mut Vec<Action>) {
    let position = &played.position;
    let turn = month(ui, position);
    let given = orders_of(position, turn);
    let known = played.worth.as_ref().filter(|(known, _)| *known == turn).map(|(_, worth)| worth);
    let mut button = |ui: &mut Ui| {
        if known.is_none() && given > 0 {
            let label = if desk.is_weighing() { say!("weighing") } else { say!("weigh") };
            let key = if turn == position.played() { "F" } else { "" };
            let button = widgets::keyed(ui, &label, key, !desk.is_weighing());
            if button.on_disabled_hover_text(say!("weighing-meaning")).clicked() {
                out.push(Action::Weigh(turn));
            }
        }
    };
    if ui.available_width() < SMALL {
        ui.heading(say!("what-was-it-worth"));
        ui.label(theme::small(say!("same-month-without")));
        button(ui);
    } else {
        ui.horizontal(|ui| {
            ui.heading(say!("what-was-it-worth"));
            ui.label(theme::small(say!("same-month-without")));
            ui.with_layout(Layout::right_to_left(Align::Center), button);
        });
    }
    months(ui, position, turn);
    if given == 0 {
        ui.label(theme::small(say!("nothing-ordered")));
        return;
    }
    if let Some((worth, first)) = known.and_then(|worth| Some((worth, worth.first()?))) {
        let span = span(ui, first);
        table(ui, position, worth, span);
        ui.add(Label::new(theme::small(say!("worth-comes-later"))).wrap());
    }
}

/// How many orders a turn had.
pub fn orders_of(position: &Position, turn: u32) -> usize {
    let played = (turn as usize).checked_sub(1).and_then(|place| position.turns.get(place));
    played.map_or(0, |played| played.record.orders[position.me].len())
}

/// The turns whose orders can be looked at: the last, and the last of which half a year or a year is known, or the first.
fn turns(position: &Position) -> Vec<u32> {
    let last = position.played();
    let mut turns: Vec<u32> = SPANS.iter().map(|span| (last + 1).saturating_sub(*span).max(1)).collect();
    turns.dedup();
    turns
}

/// The turn whose orders are looked at.
pub fn month(ui: &Ui, position: &Position) -> u32 {
    let last = position.played();
    let chosen = ui.data(|data| data.get_temp::<(u32, u32)>(Id::new("orders that are weighed")));
    chosen.filter(|(of, _)| *of == last).map_or(last, |(_, turn)| turn)
}

fn months(ui: &mut Ui, position: &Position, turn: u32) {
    let named = |turn: u32| (turn, words::month(&position.level, turn));
    let turns: Vec<_> = turns(position).into_iter().map(named).collect();
    if turns.len() > 1 {
        let width = MONTH * turns.len() as f32;
        let width = width.min(ui.available_width());
        let chosen = widgets::cell(ui, width, 32.0, |ui| widgets::choices(ui, &turns, turn));
        if let Some(chosen) = chosen {
            let id = Id::new("orders that are weighed");
            ui.data_mut(|data| data.insert_temp(id, (position.played(), chosen)));
        }
    }
}

/// The span that is looked at, by its place: as long as is known unless another is chosen.
fn span(ui: &mut Ui, first: &OrderWorth) -> usize {
    let id = Id::new("span that is looked at");
    let last = first.spans.len().saturating_sub(1);
    let chosen = ui.data(|data| data.get_temp::<usize>(id)).unwrap_or(last).min(last);
    let named = |(place, span): (usize, &Span)| {
        let months = words::months(span.months);
        (place, if span.months < span.of { say!("span-so-far", months = months) } else { months })
    };
    let spans: Vec<_> = first.spans.iter().enumerate().map(named).collect();
    if spans.len() > 1 {
        let width = COUNT * spans.len() as f32;
        let width = width.min(ui.available_width());
        let clicked = widgets::cell(ui, width, 32.0, |ui| widgets::choices(ui, &spans, chosen));
        if let Some(clicked) = clicked {
            ui.data_mut(|data| data.insert_temp(id, clicked));
            return clicked;
        }
    }
    chosen
}

fn table(ui: &mut Ui, position: &Position, worth: &[OrderWorth], span: usize) {
    let Some(first) = worth.first().and_then(|order| order.spans.get(span)) else { return };
    ScrollArea::horizontal().id_salt("worth").show(ui, |ui| {
        let columns = 1 + first.worth.len() + first.objectives.len();
        Grid::new("worth").num_columns(columns).striped(true).spacing([24.0, 6.0]).show(ui, |ui| {
            ui.label("");
            for (figure, _) in &first.worth {
                ui.label(theme::caption(words::figure(*figure)));
            }
            for &(number, _) in &first.objectives {
                let measure = &position.level.objectives[number].measure;
                let title = theme::caption(words::measure(&position.level, measure, position.me));
                ui.label(title).on_hover_text(words::metric_meaning(&measure.metric));
            }
            ui.end_row();
            for order in worth {
                row(ui, position, order, span);
            }
        });
    });
}

fn row(ui: &mut Ui, position: &Position, order: &OrderWorth, span: usize) {
    let Some(told) = order.spans.get(span) else { return };
    let (what, much) = words::order(&position.level, &order.order);
    ui.vertical(|ui| {
        ui.set_width(280.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.label(theme::strong(what));
        ui.label(theme::small(much).color(theme::palette().weak));
    });
    for (figure, worth) in &told.worth {
        gain(ui, *worth, form(*figure).write_change_in_full(*worth));
    }
    for &(number, worth) in &told.objectives {
        let metric = &position.level.objectives[number].measure.metric;
        match worth {
            Some(worth) => gain(ui, worth, words::change(metric, worth)),
            None => gain(ui, 0.0, say!("none")),
        }
    }
    ui.end_row();
}

/// What an order changed, as it is written.
fn gain(ui: &mut Ui, worth: f64, written: String) {
    let is_nothing = !written.contains(|figure: char| figure.is_ascii_digit() && figure != '0');
    let colour = match worth {
        _ if is_nothing => theme::palette().weak,
        worth if worth > 0.0 => theme::palette().good,
        worth if worth < 0.0 => theme::palette().bad,
        _ => theme::palette().weak,
    };
    ui.label(theme::strong(written).color(colour));
}
