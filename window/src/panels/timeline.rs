//! The turns of a match that is watched: a mark each, and a handle that can be put on any that is known.

use bevy_egui::egui::style::HandleShape;
use bevy_egui::egui::{
    Align, Color32, CornerRadius, Label, Layout, Painter, Rect, Response, Slider, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::top::SPEEDS;
use crate::desk::{Action, Viewing};
use crate::texts::say;
use crate::{theme, widgets, words};
use walled_gardens_engine::play::Showing;

/// Width of the month's name.
const MONTH: f32 = 148.0;
/// Room between two marks at least: where there is less, every so manieth turn has one.
const APART: f32 = 4.0;

/// The bar of turns.
pub fn show(ui: &mut Ui, speed: f32, viewing: &Viewing, out: &mut Vec<Action>) {
    let showing = &viewing.showing;
    let narrow = ui.available_width() < 760.0;
    ui.horizontal_centered(|ui| {
        let label = if viewing.playing { say!("pause") } else { say!("go-on") };
        let goes_on = widgets::keyed(ui, &label, "Space", showing.last() > 0);
        if goes_on.on_disabled_hover_text(say!("last-turn-shown")).clicked() {
            out.push(Action::Pause);
        }
        let place = SPEEDS.iter().position(|&known| known == speed).unwrap_or(0);
        if widgets::keyed(ui, &format!("×{speed}"), "S", true).on_hover_text(say!("walk-speed")).clicked() {
            out.push(Action::Speed(SPEEDS[(place + 1) % SPEEDS.len()]));
        }
        if !narrow {
            let (turn, known) = (showing.turn(), showing.known());
            let earlier = widgets::keyed(ui, &say!("turn-before"), "←", turn > 0);
            if earlier.on_disabled_hover_text(say!("first-turn-shown")).clicked() {
                out.push(Action::Show(turn - 1));
            }
            let later = widgets::keyed(ui, &say!("turn-after"), "→", turn < known);
            if later.on_disabled_hover_text(say!("last-turn-shown")).clicked() {
                out.push(Action::Show(turn + 1));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let width = if narrow { 0.75 * MONTH } else { MONTH };
            widgets::cell(ui, width, 40.0, |ui| {
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.add_space(3.0);
                    let month = words::month(&showing.position().level, showing.turn());
                    ui.add(Label::new(theme::strong(month)).truncate());
                    ui.label(theme::small(say!("turn-of", turn = showing.turn(), turns = showing.last())));
                });
            });
            track(ui, showing, out);
        });
    });
}

/// The marks, and the handle on them.
fn track(ui: &mut Ui, showing: &Showing, out: &mut Vec<Action>) {
    let mut turn = showing.turn();
    let there = showing.last() > 0;
    let response = ui.scope(|ui| {
        // The rail and the handle are drawn below: they show what is known.
        let widgets = &mut ui.visuals_mut().widgets;
        for widget in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
            (widget.bg_fill, widget.bg_stroke, widget.fg_stroke) =
                (Color32::TRANSPARENT, Stroke::NONE, Stroke::NONE);
        }
        ui.spacing_mut().slider_width = ui.available_width() - 16.0;
        let slider = Slider::new(&mut turn, 0..=showing.last().max(1)).show_value(false).trailing_fill(false);
        ui.add_enabled(there, slider.handle_shape(HandleShape::Circle))
    });
    let response = response.inner;
    response.widget_info(|| WidgetInfo::slider(there, f64::from(showing.turn()), say!("turn-shown")));
    // The handle's middle goes from one of these to the other.
    let radius = response.rect.height() / 2.5;
    let middle = response.rect.center().y - 4.0;
    let rail = Rect::from_min_max(
        pos2(response.rect.left() + radius, middle - 2.0),
        pos2(response.rect.right() - radius, middle + 2.0),
    );
    marks(ui.painter(), rail, showing, &response);
    if response.changed() && turn != showing.turn() {
        out.push(Action::Show(turn.min(showing.known())));
    }
    if let Some(pointer) = response.hover_pos() {
        let part = ((pointer.x - rail.left()) / rail.width()).clamp(0.0, 1.0);
        let turn = (part * showing.last() as f32).round() as u32;
        let month = words::month(&showing.position().level, turn);
        let text = if turn > showing.known() { say!("not-yet-known", month = month) } else { month };
        response.on_hover_text_at_pointer(text);
    }
}

/// The rail, filled as far as it is known; a mark for each turn below it, longer where a year begins; the handle.
fn marks(painter: &Painter, rail: Rect, showing: &Showing, handle: &Response) {
    let last = showing.last().max(1);
    let x = |turn: u32| rail.left() + rail.width() * turn as f32 / last as f32;
    painter.rect(
        rail,
        CornerRadius::same(2),
        theme::palette().extreme,
        Stroke::new(1.0, theme::palette().stroke),
        StrokeKind::Outside,
    );
    painter.rect_filled(rail.with_max_x(x(showing.known())), CornerRadius::same(2), theme::palette().weak);
    painter.rect_filled(rail.with_max_x(x(showing.turn())), CornerRadius::same(2), theme::palette().accent);
    let step = (APART / (rail.width() / last as f32)).ceil().max(1.0) as usize;
    let first = showing.position().level.setup.start.map_or(0, |(_, month)| (13 - month) % 12);
    for turn in (0..=last).step_by(step) {
        let year = turn > 0 && (turn + 11 - first).is_multiple_of(12);
        let colour = if turn <= showing.known() { theme::palette().text2 } else { theme::palette().stroke };
        let top = pos2(x(turn), rail.bottom() + 8.0);
        let length = if year || turn == 0 { 10.0 } else { 5.0 };
        painter.line_segment([top, top + vec2(0.0, length)], Stroke::new(1.0, colour));
    }
    let middle = pos2(x(showing.turn()), rail.center().y);
    let size = if handle.hovered() || handle.dragged() { 9.0 } else { 7.5 };
    painter.circle(middle, size, theme::palette().accent, Stroke::new(1.5, theme::palette().panel));
    if handle.has_focus() {
        painter.circle_stroke(middle, size + 3.0, Stroke::new(2.0, theme::palette().accent));
    }
}
