//! The report: what was forecast, what came and why; who moved.

use std::cmp::Ordering;

use bevy_egui::egui::{
    Align, Align2, Color32, CornerRadius, FontId, Grid, Label, Layout, Rect, ScrollArea, Sense, Stroke, Ui,
    pos2, vec2,
};

use super::moved;
use super::news;
use super::objectives::{self, Beside};
use super::worth;
use crate::desk::{Action, Desk, Played, WALK};
use crate::form::Form;
use crate::form::form;
use crate::texts::say;
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{Figure, Line, Part, Position, Report};

/// Parts of a miss that have a column of their own at most, and the width that one needs for its words.
const COLUMNS: usize = 6;
const COLUMN: f32 = 78.0;
/// How high the picture of who moved is at least and at most; what stands beside it ends where it ends.
const LOWEST: f32 = 380.0;
const HIGHEST: f32 = 720.0;
/// Height of a card without the picture in it.
const FRAME: f32 = 88.0;
/// Below this width cards stand one above the other.
const NARROW: f32 = 960.0;
/// Stories that stand below the headline at most.
const STORIES: usize = 3;
/// Below this width nothing stands beside a heading.
const SMALL: f32 = 480.0;

/// The screen.
pub fn show(ui: &mut Ui, desk: &Desk, played: &Played, out: &mut Vec<Action>) {
    let Some(report) = &played.report else { return };
    let position = &played.position;
    let page = ui.available_height();
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        let headline = headline(ui, position, report);
        ui.add(Label::new(theme::title(headline)).wrap());
        ui.label(theme::small(verdict(report)));
        news::of_the_month(ui, position, STORIES);
        ui.add_space(8.0);
        if !objectives::standing(position).is_empty() {
            widgets::card(ui, |ui| objectives::strip(ui, position, Beside::Change));
            ui.add_space(8.0);
        }
        let width = ui.available_width();
        if width < NARROW {
            widgets::card(ui, |ui| forecasts(ui, position, report, LOWEST));
            ui.add_space(8.0);
            widgets::card(ui, |ui| moved::show(ui, position, LOWEST));
        } else {
            // What is left below the cards' other lines goes to the pictures.
            let given = worth::orders_of(position, worth::month(ui, position));
            let below = 96.0 + if played.worth.is_some() { 48.0 * (given as f32 + 1.0) } else { 0.0 };
            let used = ui.cursor().top() - ui.min_rect().top();
            let high = (page - used - FRAME - below).clamp(LOWEST, HIGHEST);
            ui.horizontal_top(|ui| {
                let left = 0.54 * width;
                let card = |ui: &mut Ui| widgets::card(ui, |ui| forecasts(ui, position, report, high));
                widgets::column(ui, left, card);
                let rest = ui.available_width();
                widgets::column(ui, rest, |ui| widgets::card(ui, |ui| moved::show(ui, position, high)));
            });
        }
        ui.add_space(8.0);
        news::own(ui, position, STORIES);
        widgets::card(ui, |ui| worth::show(ui, desk, played, out));
        refusals(ui, position);
    });
}

/// What happened, in a line: the weightiest news, or, where there are none, how many came and went.
fn headline(ui: &Ui, position: &Position, report: &Report) -> String {
    let month = words::month(&position.level, report.turn);
    if let Some(what) = news::headline(ui, position) {
        return say!("headline", month = month, what = what);
    }
    let Some(turn) = position.turns.last() else { return month };
    let me = position.me;
    let movement = &turn.movement;
    let commons = position.level.platforms.len();
    let came: f64 = (0..=commons).filter(|&from| from != me).map(|from| movement.people[from][me]).sum();
    let left: f64 = (0..=commons).filter(|&to| to != me).map(|to| movement.people[me][to]).sum();
    let net = came - left;
    let people = Form::Count.write(net.abs());
    match net {
        _ if position.level.platforms[me].shop.is_none() => month,
        _ if net > 0.0 => say!("headline-came", month = month, people = people),
        _ if net < 0.0 => say!("headline-left", month = month, people = people),
        _ => say!("headline-nobody", month = month),
    }
}

/// Where the outcome lies: below the band, in it or above, as far as the numbers that are written can tell.
fn against_band(line: &Line) -> Ordering {
    let form = form(line.figure);
    let found = line.found.total;
    let as_written = |bound: f64| form.write(bound) == form.write(found);
    if found > line.band.high && !as_written(line.band.high) {
        Ordering::Greater
    } else if found < line.band.low && !as_written(line.band.low) {
        Ordering::Less
    } else {
        Ordering::Equal
    }
}

/// How a figure stands against the same month of the year before: a season is no success.
fn year_on_year(line: &Line) -> Option<String> {
    let change = form(line.figure).write_change_in_full(line.found.total - line.year_ago?);
    Some(say!("year-on-year", change = change))
}

/// How the forecast fared, in a line.
fn verdict(report: &Report) -> String {
    let mut words = Vec::new();
    for line in &report.lines {
        let name = words::figure(line.figure);
        match against_band(line) {
            Ordering::Greater => words.push(say!("came-above", what = name)),
            Ordering::Less => words.push(say!("came-below", what = name)),
            Ordering::Equal => {}
        }
    }
    if words.is_empty() { say!("all-as-forecast") } else { words::sentences(&words) }
}

fn forecasts(ui: &mut Ui, position: &Position, report: &Report, high: f32) {
    let foot = ui.cursor().top() + high + 62.0;
    // In the smallest window the numbers and their reasons go before the bands.
    let small = ui.available_width() < SMALL;
    let name = if small { 92.0 } else { 128.0 };
    let band = if small { 60.0 } else { (0.36 * ui.available_width() - 90.0).clamp(150.0, 340.0) };
    let row = (38.0 + 0.035 * (high - LOWEST)).clamp(38.0, 48.0);
    widgets::heading(ui, &say!("forecast-against-outcome"), &say!("forecast-legend"));
    let level = &position.level;
    Grid::new("lines").num_columns(4).striped(true).spacing(vec2(12.0, 6.0)).min_row_height(row).show(
        ui,
        |ui| {
            for line in &report.lines {
                let form = form(line.figure);
                ui.vertical(|ui| {
                    ui.set_width(name);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.label(theme::strong(words::figure(line.figure)));
                    let range =
                        say!("range", low = form.write(line.band.low), high = form.write(line.band.high));
                    ui.label(theme::small(range).color(theme::palette().weak));
                });
                widgets::band(ui, band, None, &line.band, Some(line.found.total));
                let (sign, colour) = match against_band(line) {
                    Ordering::Greater => ("▲ ", theme::palette().good),
                    Ordering::Less => ("▼ ", theme::palette().bad),
                    Ordering::Equal => ("", theme::palette().text),
                };
                let text = theme::strong(format!("{sign}{}", form.write(line.found.total))).color(colour);
                let note =
                    if line.figure == Figure::Value { words::judgement(position) } else { String::new() };
                let name = words::figure(line.figure);
                widgets::number_noted(ui, level, text, form, &name, &line.found, &note);
                let reason = match line.reason() {
                    Some(part) if !is_nothing(form, part.amount) => why(position, form, part),
                    _ => say!("as-forecast"),
                };
                let year = year_on_year(line).map(|year| format!("\n{year}")).unwrap_or_default();
                ui.add(Label::new(theme::small(format!("{reason}{year}"))).wrap());
                ui.end_row();
            }
        },
    );
    let missed = report.lines.iter().find(|line| line.figure == Figure::Profit);
    if let Some(line) = missed.filter(|line| !is_nothing(Form::Yuan, line.miss.total)) {
        ui.add_space(4.0);
        let miss = Form::Yuan.write_change(line.miss.total);
        widgets::heading(ui, &say!("why-profit-differs", miss = miss), &say!("terms-add-up"));
        waterfall(ui, position, line, (foot - ui.cursor().top()).clamp(150.0, 420.0));
    }
}

/// Whether an amount is written like none.
fn is_nothing(form: Form, amount: f64) -> bool {
    form.write_change(amount.abs()) == form.write_change(0.0)
}

/// The largest part of a miss.
fn why(position: &Position, form: Form, part: Part) -> String {
    let what = words::label(&position.level, part.label);
    say!("mostly", what = what, much = form.write_change_in_full(part.amount))
}

/// From the forecast to the outcome, part by part.
fn waterfall(ui: &mut Ui, position: &Position, line: &Line, high: f32) {
    let mut parts = line.miss.parts.clone();
    parts.sort_by(|one, other| other.amount.abs().total_cmp(&one.amount.abs()));
    let fit = ((ui.available_width() / COLUMN) as usize).saturating_sub(3).clamp(1, COLUMNS);
    let rest: f64 = parts.iter().skip(fit).map(|part| part.amount).sum();
    let mut columns: Vec<(String, f64)> = Vec::new();
    for part in parts.iter().take(fit) {
        columns.push((words::label(&position.level, part.label), part.amount));
    }
    if parts.len() > fit {
        columns.push((say!("all-else"), rest));
    }
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
    let painter = ui.painter_at(place);
    let first = line.band.middle;
    let mut sums = vec![first];
    for (_, amount) in &columns {
        sums.push(sums.last().copied().unwrap_or(first) + amount);
    }
    let (least, most) = sums.iter().fold((f64::MAX, f64::MIN), |(a, b), &x| (a.min(x), b.max(x)));
    // Where steps would be too small to see, the scale is cut off below, and what stands on it is shown broken.
    let cut = least > 3.0 * (most - least);
    let (least, most) = if cut { (least, most) } else { (least.min(0.0), most.max(0.0)) };
    let span = (most - least).max(1e-9);
    let y = |x: f64| place.bottom() - 42.0 - (high - 66.0) * ((x - least) / span) as f32;
    let count = columns.len() + 2;
    let step = place.width() / count as f32;
    let body = |number: usize, from: f32, to: f32, colour: Color32| {
        let x = place.left() + step * number as f32;
        let bar = Rect::from_x_y_ranges(
            x + 0.16 * step..=x + 0.84 * step,
            from.min(to)..=from.max(to).max(from.min(to) + 2.0),
        );
        painter.rect_filled(bar, CornerRadius::same(2), colour);
        bar
    };
    let foot = place.bottom() - 32.0;
    let ground = if cut { foot } else { y(0.0) };
    let whole = |number: usize, top: f32| {
        let bar = body(number, top, ground, theme::mix(theme::palette().text2, 0.6, theme::palette().raised));
        if cut {
            let (left, middle) = (bar.left() - 3.0, foot - 8.0);
            let ends = [pos2(left, middle + 4.0), pos2(bar.right() + 3.0, middle - 4.0)];
            painter.line_segment(ends, Stroke::new(4.0, theme::palette().panel));
        }
    };
    painter.hline(place.x_range(), ground, Stroke::new(1.0, theme::palette().stroke));
    let label = |number: usize, top: f32, name: &str, value: String| {
        let x = place.left() + step * (number as f32 + 0.5);
        painter.text(
            pos2(x, top - 3.0),
            Align2::CENTER_BOTTOM,
            value,
            FontId::new(11.0, theme::semibold()),
            theme::palette().text,
        );
        let galley =
            painter.layout(name.to_owned(), FontId::proportional(11.0), theme::palette().text2, step - 4.0);
        painter.galley(pos2(x - 0.5 * galley.size().x, foot + 3.0), galley, theme::palette().text2);
    };
    whole(0, y(first));
    label(0, y(first), &say!("forecast"), Form::Yuan.write(first));
    for (number, (name, amount)) in columns.iter().enumerate() {
        let colour = if *amount >= 0.0 { theme::palette().good } else { theme::palette().bad };
        let bar = body(number + 1, y(sums[number]), y(sums[number + 1]), colour);
        label(number + 1, bar.top(), name, Form::Yuan.write_change(*amount));
    }
    let last = sums.last().copied().unwrap_or(first);
    whole(count - 1, y(last));
    label(count - 1, y(last), &say!("outcome"), Form::Yuan.write(line.found.total));
}

/// What came, in a few lines: beside the map while people walk.
pub fn brief(ui: &mut Ui, desk: &Desk, played: &Played) {
    let (position, Some(report)) = (&played.position, &played.report) else { return };
    widgets::heading(ui, &words::month(&position.level, report.turn), &say!("as-it-came"));
    ui.add_space(8.0);
    // What was expected stands there; what came is told while people walk, one figure after the other, and the last with the last of them.
    let part =
        if desk.settings.reduced_motion { 1.0 } else { desk.watch.map_or(1.0, |watch| watch.clock / WALK) };
    let count = report.lines.len() as f32;
    for (place, line) in report.lines.iter().enumerate() {
        let form = form(line.figure);
        let came = part >= 0.9 * (place as f32 + 1.0) / count;
        ui.horizontal(|ui| {
            widgets::cell(ui, 60.0, 28.0, |ui| ui.label(words::figure(line.figure)));
            widgets::band(ui, 130.0, None, &line.band, came.then_some(line.found.total));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let text = if came { form.write(line.found.total) } else { say!("not-yet") };
                ui.label(theme::strong(text));
            });
        });
    }
}

/// Orders that were not carried out, and why.
fn refusals(ui: &mut Ui, position: &Position) {
    let refused = position.turns.last().map_or(&[][..], |turn| &turn.record.refusals[position.me]);
    if refused.is_empty() {
        return;
    }
    ui.add_space(8.0);
    widgets::card(ui, |ui| {
        widgets::heading(ui, &say!("refused-orders"), "");
        for refusal in refused {
            let (what, _) = words::order(&position.level, &refusal.order);
            ui.label(
                theme::small(say!(
                    "refused-because",
                    what = what,
                    reason = words::refusal(&position.level, &refusal.reason)
                ))
                .color(theme::palette().warn),
            );
        }
    });
}
