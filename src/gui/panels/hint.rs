//! What a newcomer is told: a strip that takes its room from what is below, so that it covers nothing.

use bevy_egui::egui::{Align, Frame, Layout, Margin, Panel, Ui};

use crate::gui::desk::{Action, Desk};
use crate::gui::hints;
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
