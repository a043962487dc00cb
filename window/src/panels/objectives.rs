//! Objectives: what a seat is to reach before a match, how far it is in one, and the medal at the end.

use bevy_egui::egui::{
    Color32, Grid, Label, Painter, Pos2, Rect, RichText, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo,
    WidgetType, vec2,
};

use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::level::{Deadline, Level};
use walled_gardens_engine::play::objectives::{Medal, Progress, Status, medal, progress};
use walled_gardens_engine::play::{Explained, Figure, Position};
use walled_gardens_engine::sim::Outcome;

/// How the seat that is looked at stands with each.
pub fn standing(position: &Position) -> Vec<Progress<'_>> {
    progress(&position.level, position.me, &position.outcomes().collect::<Vec<_>>())
}

/// What a seat is to reach, for the briefing.
pub fn stakes(ui: &mut Ui, level: &Level, seat: usize) {
    let all = progress(level, seat, &[]);
    widgets::heading(
        ui,
        &say!("objectives"),
        &if all.is_empty() { String::new() } else { say!("objectives-aside") },
    );
    if all.is_empty() {
        ui.label(theme::small(say!("objectives-none")));
    }
    for one in &all {
        ui.horizontal(|ui| {
            sign(ui, one.status);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.label(theme::strong(of_level(&one.objective.title)));
                let wanted = words::wanted_when(level, one.objective);
                ui.label(theme::small(wanted));
            });
        });
    }
}

/// What a strip says of each objective besides its number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Nothing: there is little room.
    Nothing,
    /// By how much it changed in the last month.
    Change,
}

/// How far the seat is, in a strip: three beside each other.
pub fn strip(ui: &mut Ui, position: &Position, beside: Beside) {
    let all = standing(position);
    let columns = all.len().clamp(1, if ui.available_width() < 480.0 { 2 } else { 3 });
    let gap = 16.0;
    let width = (ui.available_width() - gap * (columns as f32 - 1.0)) / columns as f32;
    for row in all.chunks(columns) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            row.iter().for_each(|one| chip(ui, position, one, beside, width));
        });
    }
}

fn chip(ui: &mut Ui, position: &Position, one: &Progress, beside: Beside, width: f32) {
    let inner = ui.allocate_ui(vec2(width, 40.0), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing = vec2(6.0, 0.0);
        ui.vertical(|ui| {
            ui.horizontal(|ui| {
                sign(ui, one.status);
                let title = theme::small(of_level(&one.objective.title)).color(theme::palette().text);
                ui.add(Label::new(title).truncate());
            });
            let (line, _) = ui.allocate_exact_size(vec2(width, 4.0), Sense::hover());
            let rail = line.with_max_y(line.top() + 3.0);
            ui.painter().rect_filled(rail, 1.5, theme::palette().extreme);
            let filled = rail.with_max_x(rail.left() + rail.width() * one.part() as f32);
            ui.painter().rect_filled(filled, 1.5, bar_colour(one));
            ui.horizontal(|ui| {
                // A number that stands still would look as if it were today's.
                if one.status != Status::Open {
                    ui.label(theme::small(status(one)).color(colour(one.status)));
                    let was = say!("objective-was", now = now(one));
                    ui.add(Label::new(theme::small(was).color(theme::palette().weak)).truncate());
                    return;
                }
                ui.label(theme::small(now(one)).color(theme::palette().text));
                if let Some(change) = (beside == Beside::Change).then(|| change(one, position)).flatten() {
                    ui.label(change);
                }
                let much = words::much(one.objective);
                let wanted = say!("objective-wanted", much = much, when = words::deadline(one.objective));
                ui.add(Label::new(theme::small(wanted)).truncate());
            });
        });
    });
    let response = inner.response.interact(Sense::hover());
    let said = say!(
        "title-and-status",
        title = of_level(&one.objective.title),
        status = words::list(&[now(one), status(one)])
    );
    response.widget_info(|| WidgetInfo::labeled(WidgetType::ProgressIndicator, true, &said));
    response.on_hover_ui(|ui| details(ui, position, one));
}

/// The number behind an objective, and what is still missing.
fn details(ui: &mut Ui, position: &Position, one: &Progress) {
    let (level, objective) = (&position.level, one.objective);
    ui.label(theme::strong(of_level(&objective.title)));
    ui.label(theme::small(words::wanted_when(level, objective)));
    ui.label(theme::small(words::metric_meaning(&objective.measure.metric)).color(theme::palette().weak));
    Grid::new("objective").num_columns(2).spacing(vec2(24.0, 4.0)).show(ui, |ui| {
        let decided = one.status != Status::Open;
        let last = if decided { say!("objective-when-decided") } else { say!("objective-today") };
        for (name, value) in [(say!("objective-opening"), one.opening), (last, one.now)] {
            ui.label(theme::small(name));
            ui.label(theme::small(number(one, value)).color(theme::palette().text));
            ui.end_row();
        }
    });
    ui.label(theme::small(status(one)).color(colour(one.status)));
    if let Some(explained) = explained(one, position.now(), level) {
        widgets::parts(ui, level, words::form(&objective.measure.metric), &explained);
    }
}

/// What the number now is the sum of, where it is one of a whole company's figures.
fn explained(one: &Progress, now: &Outcome, level: &Level) -> Option<Explained> {
    let measure = &one.objective.measure;
    let platform = measure.platform.filter(|_| one.status == Status::Open)?;
    let figure = Figure::measured_by(measure)?;
    Figure::of(level, platform).contains(&figure).then(|| figure.read(now, platform))
}

/// The medal that is won, and for how many objectives.
pub fn verdict(all: &[Progress]) -> String {
    let met = all.iter().filter(|one| matches!(one.status, Status::Met(_))).count();
    say!("objectives-count", medal = words::medal(medal(all)), met = met, all = all.len())
}

/// The medal and every objective with its number, for the end.
pub fn medals(ui: &mut Ui, position: &Position) {
    let all = standing(position);
    if all.is_empty() {
        return;
    }
    let level = &position.level;
    let won = medal(&all);
    ui.horizontal(|ui| {
        let (place, _) = ui.allocate_exact_size(Vec2::splat(56.0), Sense::hover());
        paint_medal(ui.painter(), place, won);
        ui.vertical(|ui| {
            ui.label(theme::strong(say!("objectives")));
            ui.label(theme::small(say!("objectives-aside")));
        });
    });
    for one in &all {
        ui.horizontal(|ui| {
            sign(ui, one.status);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.label(theme::strong(say!(
                    "title-and-status",
                    title = of_level(&one.objective.title),
                    status = status(one)
                )));
                let wanted = words::wanted_when(level, one.objective);
                let was = say!("objective-was", now = now(one));
                ui.label(theme::small(format!("{wanted} · {was}")));
            });
        })
        .response
        .on_hover_ui(|ui| details(ui, position, one));
    }
}

fn number(one: &Progress, value: Option<f64>) -> String {
    value.map_or_else(
        || say!("objective-not-measured"),
        |value| words::measured(&one.objective.measure.metric, value),
    )
}

fn now(one: &Progress) -> String {
    number(one, one.now)
}

/// How it stands, in words.
fn status(one: &Progress) -> String {
    match (one.status, one.missing) {
        (Status::Met(turn), _) => say!("objective-met", turn = turn),
        (Status::Failed(_), _) => say!("objective-failed"),
        (Status::Open, Some(missing)) if missing > 0.0 => {
            say!("objective-missing", missing = words::difference(&one.objective.measure.metric, missing))
        }
        (Status::Open, Some(_)) if matches!(one.objective.deadline, Deadline::At(_)) => {
            say!("objective-holds")
        }
        (Status::Open, Some(_)) => words::deadline(one.objective),
        (Status::Open, None) => say!("objective-not-measured"),
    }
}

/// By how much it changed in the last month; nothing where it was decided before, or is as it was.
fn change(one: &Progress, position: &Position) -> Option<RichText> {
    let by = one.change_in(position.played())?;
    let written = words::difference(&one.objective.measure.metric, by.abs());
    let nothing = words::difference(&one.objective.measure.metric, 0.0);
    let sign = if by < 0.0 { "▼" } else { "▲" };
    (written != nothing).then(|| theme::small(format!("{sign} {written}")).color(theme::palette().text))
}

/// As of its status; of what was reached at the opening and is not any more, a warning: it is nearly full.
fn bar_colour(one: &Progress) -> Color32 {
    let slipped = one.status == Status::Open && one.has_slipped();
    if slipped { theme::palette().warn } else { colour(one.status) }
}

fn colour(status: Status) -> Color32 {
    match status {
        Status::Open => theme::palette().accent,
        Status::Met(_) => theme::palette().good,
        Status::Failed(_) => theme::palette().bad,
    }
}

/// An open ring, a tick or a cross.
fn sign(ui: &mut Ui, status: Status) {
    let (place, _) = ui.allocate_exact_size(vec2(16.0, 20.0), Sense::hover());
    let (middle, painter) = (place.center(), ui.painter());
    let stroke = Stroke::new(2.0, colour(status));
    let at = |x: f32, y: f32| middle + vec2(x, y);
    match status {
        Status::Open => {
            painter.circle_stroke(middle, 5.0, stroke);
        }
        Status::Met(_) => {
            painter.line(vec![at(-5.0, 0.0), at(-1.5, 4.0), at(5.5, -4.5)], stroke);
        }
        Status::Failed(_) => {
            painter.line_segment([at(-4.5, -4.5), at(4.5, 4.5)], stroke);
            painter.line_segment([at(-4.5, 4.5), at(4.5, -4.5)], stroke);
        }
    }
}

/// A medal beside a line of text; as much room where there is none.
pub fn small_medal(ui: &mut Ui, won: Option<Medal>) {
    let (place, _) = ui.allocate_exact_size(Vec2::splat(22.0), Sense::hover());
    paint_medal(ui.painter(), place, won);
}

/// A disc on a ribbon, with three stars on it, two or one, and an empty ring where nothing was won: numbers besides colours.
fn paint_medal(painter: &Painter, place: Rect, won: Option<Medal>) {
    let p = theme::palette();
    let size = 0.34 * place.width();
    let middle = place.center_bottom() - vec2(0.0, size + 1.0);
    let (metal, stars) = match won {
        Some(Medal::Gold) => (p.gold, 3),
        Some(Medal::Silver) => (p.silver, 2),
        Some(Medal::Bronze) => (p.bronze, 1),
        None => {
            painter.circle_stroke(place.center(), size, Stroke::new(2.0, p.weak));
            return;
        }
    };
    for side in [-1.0, 1.0] {
        let (top, foot) = (vec2(side * 0.95 * size, -1.95 * size), vec2(side * 0.3 * size, -0.6 * size));
        let wide = vec2(0.28 * size, 0.0);
        let ribbon =
            vec![middle + top - wide, middle + top + wide, middle + foot + wide, middle + foot - wide];
        painter.add(Shape::convex_polygon(ribbon, p.accent, Stroke::NONE));
    }
    painter.circle(middle, size, metal, Stroke::new(1.5, p.ground));
    painter.circle_stroke(middle, 0.8 * size, Stroke::new(1.0, theme::mix(p.ground, 0.45, metal)));
    for number in 0..stars {
        let shift = (number as f32 - 0.5 * (stars - 1) as f32) * 0.5 * size;
        star(painter, middle + vec2(shift, 0.0), 0.26 * size, theme::mix(p.ground, 0.75, metal));
    }
}

/// A star is not convex: five kites from its middle are.
fn star(painter: &Painter, middle: Pos2, size: f32, colour: Color32) {
    let point = |number: usize| {
        let angle = number as f32 / 10.0 * std::f32::consts::TAU;
        let reach = if number.is_multiple_of(2) { 1.0 } else { 0.45 };
        middle + vec2(angle.sin(), -angle.cos()) * size * reach
    };
    for tip in (0..10).step_by(2) {
        let kite = vec![middle, point(tip + 9), point(tip), point(tip + 1)];
        painter.add(Shape::convex_polygon(kite, colour, Stroke::NONE));
    }
}

#[cfg(test)]
mod tests {
    use bevy_egui::egui::{Context, RawInput};

    use super::*;
    use walled_gardens_engine::sim::metrics::METRICS;

    #[test]
    fn medals_tell_each_other_apart_by_what_is_on_them() {
        let drawn = |won: Option<Medal>| {
            let place = Rect::from_min_size(Pos2::ZERO, Vec2::splat(56.0));
            let context = Context::default();
            let mut output = context.run_ui(RawInput::default(), |ui| paint_medal(ui.painter(), place, won));
            // Nothing is drawn from these; dropped as they are, they count as lost.
            output.textures_delta.clear();
            output.shapes.len()
        };
        let medals = [None, Some(Medal::Bronze), Some(Medal::Silver), Some(Medal::Gold)].map(drawn);
        // Five kites a star, on two rings and two ribbons.
        assert_eq!(
            medals.map(|shapes| shapes - medals[0]).map(|more| more.saturating_sub(3)),
            [0, 5, 10, 15]
        );
    }

    #[test]
    fn every_metric_has_a_name_and_a_meaning() {
        for metric in METRICS {
            let name = words::metric(metric.name);
            assert!(!name.starts_with("metric-"), "{name}");
            assert!(!words::metric_meaning(metric.name).starts_with("metric-"), "{name}");
        }
    }
}
