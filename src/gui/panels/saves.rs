//! Matches that were saved, to be gone on with; and the way out of this one.

use std::path::PathBuf;

use bevy_egui::egui::{Button, Label, ScrollArea, Ui, WidgetInfo, WidgetType, vec2};

use crate::gui::desk::{Action, Desk, Overlay, Screen};
use crate::gui::texts::say;
use crate::gui::{theme, widgets};

/// Width of the button that watches a match.
const WATCH: f32 = 92.0;

/// The window of saves.
pub fn show(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    // Buttons stand out from the window that they are in.
    ui.visuals_mut().widgets.inactive.weak_bg_fill = theme::palette().hover;
    ui.visuals_mut().widgets.hovered.weak_bg_fill = theme::palette().selected;
    ui.horizontal_wrapped(|ui| {
        if desk.position().is_some() {
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
    let (saves, replays) = (desk.shelf.list(), desk.shelf.replays());
    if saves.is_empty() && replays.is_empty() {
        ui.label(theme::small(say!("no-saves")));
    }
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        for path in saves {
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            ui.horizontal(|ui| {
                let width = ui.available_width() - WATCH;
                let row = Button::new(name.clone()).truncate().min_size(vec2(width, 30.0));
                let row = ui.add_enabled_ui(!desk.is_busy(), |ui| ui.add_sized(vec2(width, 30.0), row)).inner;
                if row.on_hover_text(say!("go-on-with")).clicked() {
                    out.push(Action::Load(path.clone()));
                }
                watch(ui, desk, &name, path, out);
            });
        }
        for path in replays {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            ui.horizontal(|ui| {
                let width = ui.available_width() - WATCH;
                widgets::cell(ui, width, 30.0, |ui| ui.add(Label::new(&name).truncate()));
                watch(ui, desk, &name, path, out);
            });
        }
    });
    ui.label(
        theme::small(say!("saves-folder", path = desk.shelf.folder().display())).color(theme::palette().weak),
    );
}

/// Watches a match from its beginning.
fn watch(ui: &mut Ui, desk: &Desk, name: &str, path: PathBuf, out: &mut Vec<Action>) {
    let button = ui.add_enabled(!desk.is_busy(), Button::new(say!("watch")));
    let label = say!("watch-match", what = name);
    button.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, label.clone()));
    if button.on_hover_text(say!("watch-meaning")).clicked() {
        out.push(Action::Watch(path));
    }
}
