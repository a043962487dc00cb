//! The page between two people at one machine: whose turn it is, and nothing else.

use bevy_egui::egui::{Align, Layout, Ui};

use crate::desk::{Action, Desk, Played};
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};

/// Whose turn it is.
pub fn show(ui: &mut Ui, desk: &Desk, played: &Played, out: &mut Vec<Action>) {
    let position = &played.position;
    let who = &of_level(&position.level.platforms[position.me].name);
    let month = words::month(&position.level, position.view.turn);
    ui.with_layout(Layout::top_down(Align::Center), |ui| {
        ui.add_space(0.25 * ui.available_height());
        ui.label(theme::title(say!("hand-over", who = who)));
        ui.add_space(8.0);
        ui.label(if position.is_over() {
            say!("hand-over-end")
        } else {
            say!("hand-over-month", month = month)
        });
        ui.label(theme::small(say!("hand-over-hides")).color(theme::palette().weak));
        ui.add_space(24.0);
        if widgets::primary(ui, &say!("sit-down", who = who), "Enter", !desk.is_busy()).clicked() {
            out.push(Action::SitDown);
        }
    });
}
