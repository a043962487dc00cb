//! Lines of a name and a number, with a bar between them or without.

use bevy_egui::egui::{Align, Color32, Layout, Response, Ui};

use crate::{theme, widgets};

/// Width of a name before a bar, and of the bar.
const NAME: f32 = 92.0;
pub(super) const BAR: f32 = 112.0;
/// What weighs less is nothing to speak of.
pub(super) const NOTABLE: f64 = 5e-3;

/// A name, a bar and a number.
pub(super) fn line(ui: &mut Ui, name: &str, bar: impl FnOnce(&mut Ui), number: String) -> Response {
    let line = ui.horizontal(|ui| {
        ui.set_height(18.0);
        let label = widgets::cell(ui, NAME, 18.0, |ui| ui.label(theme::small(name)));
        widgets::topic(&label, name);
        bar(ui);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::strong(number).size(12.0));
        });
    });
    line.response
}

/// What the lines below are about.
pub(super) fn caption(ui: &mut Ui, what: String) {
    ui.add_space(4.0);
    ui.label(theme::caption(what));
}

/// A fact, and how much it is.
pub(super) fn weighed(ui: &mut Ui, what: &str, much: String, colour: Color32) {
    ui.horizontal(|ui| {
        ui.set_height(16.0);
        ui.label(theme::small(capital(what)).color(theme::palette().text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::small(much).color(colour));
        });
    });
}

/// With a capital, as a line begins.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
