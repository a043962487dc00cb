//! The months to come, in a strip: a bar for what people spend in each, a line for the economy, and signs for what comes by its
//! date. Where no month is unlike another there is none.

use bevy_egui::egui::{
    Align2, CornerRadius, FontId, Frame, Grid, Margin, Painter, Panel, Pos2, Rect, Sense, Shape, Stroke,
    StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use crate::form;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{Coming, MonthAhead, Position, months_ahead, months_differ};

/// Height of the strip, of the signs above the bars, and of the months' names below them.
const HIGH: f32 = 50.0;
const SIGNS: f32 = 12.0;
const NAMES: f32 = 13.0;
/// Width of what the strip says of itself, and of a month at least.
const CAPTION: f32 = 72.0;
const COLUMN: f32 = 26.0;
/// Columns of a full strip.
const COLUMNS: f32 = 12.0;
/// Room that it is worth.
const ROOM: [f32; 2] = [6.0 * COLUMN, 260.0];
/// How far the scale of the bars reaches at least, and what half of it is of the economy.
const LEAST: f64 = 0.15;
const ECONOMY: f64 = 0.1;

/// The strip above the map, where there is anything to say and room to say it.
pub fn show(ui: &mut Ui, position: &Position) {
    let room = ui.available_size();
    if room.x < ROOM[0] || room.y < ROOM[1] {
        return;
    }
    let months = months_ahead(position);
    if !months_differ(&months) {
        return;
    }
    let frame = Frame::new().fill(theme::palette().faint).inner_margin(Margin::symmetric(16, 4));
    let strip = Panel::top("calendar").resizable(false).show_separator_line(false).frame(frame);
    strip.show(ui, |ui| ui.horizontal(|ui| strip_of(ui, position, months)));
}

fn strip_of(ui: &mut Ui, position: &Position, mut months: Vec<MonthAhead>) {
    ui.spacing_mut().item_spacing.x = 0.0;
    if ui.available_width() >= CAPTION + COLUMNS * COLUMN {
        caption(ui, position);
    }
    let width = ui.available_width();
    let columns = (width / COLUMN).floor().min(COLUMNS);
    months.truncate(columns as usize);
    let scale = Scale::of(&months);
    let places: Vec<Rect> =
        months.iter().map(|month| column(ui, position, month, &scale, width / columns)).collect();
    if !position.level.calendar.economy.is_empty() {
        let at = |(place, month): (&Rect, &MonthAhead)| {
            pos2(place.center().x, scale.economy(place, month.economy))
        };
        let line: Vec<Pos2> = places.iter().zip(&months).map(at).collect();
        ui.painter().line(line, Stroke::new(1.5, theme::palette().traffic));
    }
}

/// What bars and line are.
fn caption(ui: &mut Ui, position: &Position) {
    let p = theme::palette();
    let (place, response) = ui.allocate_exact_size(vec2(CAPTION, HIGH), Sense::hover());
    let text = |row: f32, text: String| {
        let at = place.left_top() + vec2(14.0, row);
        ui.painter().text(at, Align2::LEFT_CENTER, text, FontId::proportional(11.0), p.text2);
    };
    let sign = |row: f32, size: bevy_egui::egui::Vec2| {
        Rect::from_center_size(place.left_top() + vec2(4.0, row), size)
    };
    let economy = !position.level.calendar.economy.is_empty();
    let row = if economy { 0.32 * HIGH } else { 0.5 * HIGH };
    ui.painter().rect_filled(sign(row, vec2(6.0, 9.0)), CornerRadius::same(1), p.accent);
    text(row, say!("spending"));
    if economy {
        ui.painter().rect_filled(sign(0.68 * HIGH, vec2(9.0, 2.0)), CornerRadius::ZERO, p.traffic);
        text(0.68 * HIGH, say!("economy"));
    }
    response.on_hover_text(say!("months-ahead"));
}

/// How high bars are: round what is usual.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(months: &[MonthAhead]) -> Self {
        let low = months.iter().fold(1.0 - LEAST, |low, month| low.min(month.spending));
        let high = months.iter().fold(1.0 + LEAST, |high, month| high.max(month.spending));
        Self { low, high }
    }

    /// Where a month's spending is, in its column.
    fn at(&self, place: &Rect, spending: f64) -> f32 {
        let part = ((spending - self.low) / (self.high - self.low)).clamp(0.0, 1.0) as f32;
        let (top, bottom) = (place.top() + SIGNS, place.bottom() - NAMES);
        bottom - part * (bottom - top)
    }

    /// Where the economy is: its ups and downs are smaller, and have a scale of their own round the same line.
    fn economy(&self, place: &Rect, index: f64) -> f32 {
        let half = 0.5 * (place.height() - SIGNS - NAMES);
        let off = ((index - 1.0) / ECONOMY).clamp(-1.0, 1.0) as f32;
        (self.at(place, 1.0) - off * half).clamp(place.top() + SIGNS, place.bottom() - NAMES)
    }
}

/// A month; where it stands.
fn column(ui: &mut Ui, position: &Position, month: &MonthAhead, scale: &Scale, width: f32) -> Rect {
    let p = theme::palette();
    let (place, response) = ui.allocate_exact_size(vec2(width, HIGH), Sense::hover());
    let painter = ui.painter();
    let now = month.turn == position.played() + 1;
    if now || response.hovered() {
        let fill = if now { p.raised } else { p.hover };
        painter.rect_filled(place.shrink2(vec2(1.0, 0.0)), CornerRadius::same(4), fill);
    }
    let (usual, end) = (scale.at(&place, 1.0), scale.at(&place, month.spending));
    let half = (0.28 * width).min(9.0);
    let across = place.center().x - half..=place.center().x + half;
    let colour = if month.spending >= 1.0 { p.accent } else { p.text2 };
    let bar = Rect::from_x_y_ranges(across, usual.min(end)..=usual.max(end));
    painter.rect_filled(bar, CornerRadius::same(1), colour);
    painter.hline(place.x_range(), usual, Stroke::new(1.0, p.stroke));
    let name = words::short_month(&position.level, month.turn);
    let (font, colour) = if now {
        (FontId::new(11.0, theme::semibold()), p.text)
    } else {
        (FontId::proportional(11.0), p.text2)
    };
    painter.text(place.center_bottom(), Align2::CENTER_BOTTOM, name, font, colour);
    for (number, &coming) in month.comes.iter().enumerate() {
        let shift = number as f32 - 0.5 * (month.comes.len() as f32 - 1.0);
        sign(painter, pos2(place.center().x + 11.0 * shift, place.top() + 0.5 * SIGNS), coming);
    }
    if month.comes.contains(&Coming::Ends) {
        painter.vline(place.right(), place.y_range(), Stroke::new(1.5, p.text2));
    }
    let said = words::month_ahead(&position.level, month);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, said.clone()));
    response.on_hover_ui(|ui| details(ui, position, month));
    place
}

/// A sign for what comes: a platform's mark where it enters, a sheet in the partner's colour where an agreement runs out, a ring
/// where an objective is due, a flag at the end.
fn sign(painter: &Painter, middle: Pos2, coming: Coming) {
    let p = theme::palette();
    match coming {
        Coming::Enters(platform) => widgets::paint_mark(painter, middle, 5.0, platform),
        Coming::RunsOut(_, partner) => {
            let sheet = Rect::from_center_size(middle, vec2(7.0, 9.0));
            let line = Stroke::new(1.5, theme::colour(partner));
            painter.rect_stroke(sheet, CornerRadius::ZERO, line, StrokeKind::Inside);
        }
        Coming::Due(_) => {
            painter.circle_stroke(middle, 4.0, Stroke::new(1.5, p.accent));
        }
        Coming::Ends => {
            let flag = [vec2(-3.0, -5.0), vec2(4.0, -2.0), vec2(-3.0, 1.0)].map(|corner| middle + corner);
            painter.add(Shape::convex_polygon(flag.to_vec(), p.text, Stroke::NONE));
            painter.line_segment(
                [middle + vec2(-3.0, -5.0), middle + vec2(-3.0, 5.0)],
                Stroke::new(1.5, p.text),
            );
        }
    }
}

/// A month in full.
fn details(ui: &mut Ui, position: &Position, month: &MonthAhead) {
    let level = &position.level;
    ui.label(theme::strong(words::month(level, month.turn)));
    ui.label(theme::small(say!("spending-in-all", change = words::changed_by(month.spending))));
    ui.spacing_mut().interact_size.y = 16.0;
    Grid::new("month ahead").num_columns(2).spacing(vec2(24.0, 2.0)).show(ui, |ui| {
        for (category, factor) in level.categories.iter().zip(&month.by_category) {
            ui.label(theme::small(of_level(&category.name)));
            ui.label(theme::small(words::changed_by(*factor)).color(theme::palette().text));
            ui.end_row();
        }
    });
    if !level.calendar.economy.is_empty() {
        ui.label(theme::small(say!("economy-at", index = form::decimal(month.economy, 2))));
    }
    for &coming in &month.comes {
        ui.horizontal(|ui| {
            let (place, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
            sign(ui.painter(), place.center(), coming);
            ui.label(theme::small(words::coming(level, coming)).color(theme::palette().text));
        });
    }
}
