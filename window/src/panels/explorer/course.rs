//! A crowd month by month: what it netted to.

use bevy_egui::egui::{Align2, CornerRadius, FontId, Rect, Sense, Ui, pos2, vec2};

use crate::form::Form;
use crate::texts::say;
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{People, Position, flows_of};

/// Height of the picture.
const HIGH: f32 = 96.0;
/// Months shown at most: the latest.
const MONTHS: usize = 36;

/// What a garden gained from others, or lost to them, month by month; `to` is the other one, or all of them.
pub fn show(ui: &mut Ui, position: &Position, people: People, from: usize, to: Option<usize>) {
    let skipped = position.turns.len().saturating_sub(MONTHS);
    let turns = &position.turns[skipped..];
    if turns.len() < 2 {
        return;
    }
    let net: Vec<f64> = turns
        .iter()
        .map(|turn| {
            let flows = flows_of(turn, people);
            let ends = (0..flows.len()).filter(|&end| end != from && to.is_none_or(|to| to == end));
            ends.map(|end| flows[end][from] - flows[from][end]).sum()
        })
        .collect();
    ui.add_space(8.0);
    let who = words::garden(&position.level, from);
    widgets::heading(ui, &say!("net-by-month"), &say!("net-of", who = who));
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), HIGH), Sense::hover());
    let p = theme::palette();
    let painter = ui.painter_at(place);
    painter.rect_filled(place, CornerRadius::same(4), p.extreme);
    let most = net.iter().fold(1.0, |most: f64, net| most.max(net.abs()));
    let (middle, step) = (place.center().y, place.width() / net.len() as f32);
    let bar = |month: usize| {
        let left = place.left() + step * month as f32;
        let end = middle - (0.5 * HIGH - 8.0) * (net[month] / most) as f32;
        let (left, right) = (left + 0.15 * step, left + 0.85 * step);
        Rect::from_x_y_ranges(left..=right, middle.min(end)..=middle.max(end))
    };
    let hovered = response.hover_pos().map(|pointer| ((pointer.x - place.left()) / step) as usize);
    for month in 0..net.len() {
        let colour = if net[month] >= 0.0 { p.good } else { p.bad };
        let part = if hovered.is_none_or(|hovered| hovered == month) { 1.0 } else { 0.5 };
        painter.rect_filled(bar(month), CornerRadius::same(1), theme::mix(colour, part, p.extreme));
    }
    painter.hline(place.x_range(), middle, (1.0, p.stroke));
    let text = |at, align, text: String| painter.text(at, align, text, FontId::proportional(11.0), p.text2);
    let month = |month: usize| words::month(&position.level, turns[month].record.outcome.turn);
    match hovered.filter(|&hovered| hovered < net.len()) {
        Some(hovered) => {
            let much = Form::Count.write_change(net[hovered]);
            let shown = say!("month-and-event", month = month(hovered), what = much);
            text(place.left_top() + vec2(6.0, 4.0), Align2::LEFT_TOP, shown);
        }
        None => {
            let scale = format!("±{}", Form::Count.write(most));
            text(place.left_top() + vec2(6.0, 4.0), Align2::LEFT_TOP, scale);
            text(pos2(place.left() + 6.0, place.bottom() - 4.0), Align2::LEFT_BOTTOM, month(0));
            let last = month(net.len() - 1);
            text(pos2(place.right() - 6.0, place.bottom() - 4.0), Align2::RIGHT_BOTTOM, last);
        }
    }
}
