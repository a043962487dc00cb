//! Matches that were saved, to be gone on with; and the way out of this one.

use bevy_egui::egui::{Button, ScrollArea, Ui, vec2};

use crate::gui::desk::{Action, Desk, Overlay, Screen};
use crate::gui::texts::say;
use crate::gui::{theme, widgets};

/// The window of saves.
pub fn show(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        if desk.played.is_some() {
            if widgets::keyed(ui, &say!("save-match"), "Ctrl S", !desk.is_busy()).clicked() {
                out.push(Action::Save);
            }
            if widgets::keyed(ui, &say!("to-levels"), "", !desk.is_busy()).clicked() {
                out.push(Action::Over(None));
                out.push(Action::Go(Screen::Browser));
            }
        }
        if widgets::keyed(ui, &say!("settings"), "", true).clicked() {
            out.push(Action::Over(Some(Overlay::Settings)));
        }
        if widgets::keyed(ui, &say!("keys"), "F1", true).clicked() {
            out.push(Action::Over(Some(Overlay::Help)));
        }
        if widgets::keyed(ui, &say!("quit"), "", true).clicked() {
            out.push(Action::Quit);
        }
    });
    ui.separator();
    ui.heading(say!("saved-matches"));
    let saves = desk.shelf.list();
    if saves.is_empty() {
        ui.label(theme::small(say!("no-saves")));
    }
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        for path in saves {
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let row = Button::new(name).min_size(vec2(ui.available_width() - 8.0, 30.0));
            if ui.add_enabled(!desk.is_busy(), row).clicked() {
                out.push(Action::Load(path));
            }
        }
    });
    ui.label(
        theme::small(say!("saves-folder", path = desk.shelf.folder().display())).color(theme::palette().weak),
    );
}
