//! Where things stand: cells, columns, cards and headings.

use bevy_egui::egui::{Align, FontId, Frame, Label, Layout, Margin, Stroke, Ui, vec2};

use crate::theme;

/// A part of a line of a fixed width, its contents at the left.
pub fn cell<R>(ui: &mut Ui, width: f32, height: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(width, height), layout, |ui| {
        ui.set_min_width(width);
        ui.spacing_mut().item_spacing.x = 4.0;
        contents(ui)
    })
    .inner
}

/// A column of a fixed width.
pub fn column<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(width, ui.available_height());
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        contents(ui)
    })
    .inner
}

/// Width of a text in one line.
pub fn wide(ui: &Ui, text: &str, font: &FontId) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font.clone(), theme::palette().text).size().x
}

/// A card.
pub fn card<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let frame = Frame::new().fill(theme::palette().raised).corner_radius(8).inner_margin(Margin::same(12));
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            sunk(ui);
            contents(ui)
        })
        .inner
}

/// Boxes and rails that would vanish on a raised ground stand out from it.
pub fn sunk(ui: &mut Ui) {
    let inactive = &mut ui.visuals_mut().widgets.inactive;
    (inactive.bg_fill, inactive.bg_stroke) =
        (theme::palette().extreme, Stroke::new(1.0, theme::palette().stroke));
}

/// A heading with something said at its right.
pub fn heading(ui: &mut Ui, title: &str, aside: &str) {
    ui.horizontal(|ui| {
        ui.heading(title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            // In one line whatever it says: what lies below stays where it is.
            ui.add(Label::new(theme::small(aside).color(theme::palette().weak)).truncate());
        });
    });
}
