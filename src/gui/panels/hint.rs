//! What a newcomer is told: a strip that takes its room from what is below, so that it covers nothing, and a ring round the control.

use bevy_egui::egui::{
    Align, Frame, Id, LayerId, Layout, Margin, Order, Panel, Stroke, StrokeKind, Ui, Vec2,
};

use crate::gui::desk::{Action, Desk};
use crate::gui::hints::{self, Finder};
use crate::gui::settings::Settings;
use crate::gui::texts::say;
use crate::gui::{theme, widgets};
use crate::level::Until;

/// The strip, if there is something to say.
pub fn show(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    let Some((number, level)) = hints::current(desk).filter(|_| desk.watch.is_none()) else { return };
    let step = &level.tutorial[number - 1];
    let frame = Frame::new().fill(theme::palette().raised).inner_margin(Margin::symmetric(16, 8));
    Panel::top("hint").frame(frame).resizable(false).show_separator_line(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            let count = say!("step-of", step = number, steps = level.tutorial.len());
            let buttons = if step.until == Until::Next { 190.0 } else { 110.0 };
            let width = (ui.available_width() - buttons).max(160.0);
            widgets::column(ui, width, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(theme::caption(count).color(theme::palette().accent));
                ui.label(step.text.clone());
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().button_padding.x = 8.0;
                if ui.button(theme::small(say!("hide-hints"))).clicked() {
                    out.push(Action::Set(Settings { hints: false, ..desk.settings.clone() }));
                }
                if step.until == Until::Next && ui.button(theme::strong(say!("next-step"))).clicked() {
                    out.push(Action::NextHint);
                }
            });
        });
    });
}

/// The ring round the control that the step speaks of.
pub fn ring(ui: &Ui, desk: &Desk) {
    let step =
        hints::current(desk).filter(|_| desk.watch.is_none() && desk.overlay.is_none() && !desk.is_busy());
    let label = step.and_then(|(number, level)| level.tutorial[number - 1].highlight.clone());
    if label.is_some() {
        ui.ctx().enable_accesskit();
    }
    let Some(place) = Finder::find(ui.ctx(), label.as_deref()) else { return };
    let layer = LayerId::new(Order::Foreground, Id::new("hint ring"));
    let swell = if desk.settings.reduced_motion {
        0.0
    } else {
        ui.ctx().request_repaint();
        1.5 + 1.5 * libm::sin(3.0 * ui.input(|input| input.time)) as f32
    };
    ui.ctx().layer_painter(layer).rect_stroke(
        place.expand2(Vec2::splat(4.0 + swell)),
        8.0,
        Stroke::new(2.5, theme::palette().warn),
        StrokeKind::Outside,
    );
}
