//! Matches that were saved, to be gone on with; and the way out of this one.

use std::path::PathBuf;
use std::time::SystemTime;

use bevy_egui::egui::{Align, Button, Label, Layout, ScrollArea, Ui, WidgetInfo, WidgetType, vec2};

use crate::desk::{Action, Desk, Overlay, Screen};
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{Kept, Shelf};

/// Width of the button that watches a match.
const WATCH: f32 = 92.0;

/// Height of the list at most, and of a window that is too low for a list in it.
const HIGHEST: f32 = 320.0;
const LOW: f32 = 400.0;

/// The window of saves.
pub fn show(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    // Buttons stand out from the window that they are in.
    ui.visuals_mut().widgets.inactive.weak_bg_fill = theme::palette().hover;
    ui.visuals_mut().widgets.hovered.weak_bg_fill = theme::palette().selected;
    ui.horizontal_wrapped(|ui| {
        if desk.position().is_some() {
            let save = widgets::keyed(ui, &say!("save-match"), "Ctrl S", !desk.is_busy());
            if save.on_disabled_hover_text(say!("still-working")).clicked() {
                out.push(Action::Save);
            }
            let levels = widgets::keyed(ui, &say!("to-levels"), "", !desk.is_busy());
            if levels.on_disabled_hover_text(say!("still-working")).clicked() {
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
    // Where there is little room all of the window scrolls, and nothing in it by itself.
    let low = ui.ctx().content_rect().height() < LOW;
    let list = ScrollArea::vertical().max_height(if low { f32::INFINITY } else { HIGHEST });
    list.show(ui, |ui| {
        for path in saves {
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let (title, when) = told(desk.known_of(&path), &name);
            let what = what_and_when(&title, &when);
            ui.horizontal(|ui| {
                let width = ui.available_width() - WATCH;
                let row = Button::new(title).truncate().min_size(vec2(width, 30.0));
                let row = if when.is_empty() { row } else { row.right_text(theme::small(when)) };
                let row = ui.add_enabled_ui(!desk.is_busy(), |ui| ui.add_sized(vec2(width, 30.0), row)).inner;
                row.widget_info(|| WidgetInfo::labeled(WidgetType::Button, !desk.is_busy(), what.clone()));
                let row = row.on_disabled_hover_text(say!("still-working"));
                if row.on_hover_text(say!("go-on-with", name = name)).clicked() {
                    out.push(Action::Load(path.clone()));
                }
                watch(ui, desk, &of_file(&what, &name), path, out);
            });
        }
        for path in replays {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let (title, when) = told(desk.known_of(&path), &name);
            ui.horizontal(|ui| {
                let what = what_and_when(&title, &when);
                let room = ui.available_width() - WATCH;
                let label = widgets::cell(ui, room, 30.0, |ui| {
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        ui.label(theme::small(when));
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                            ui.add(Label::new(title).truncate())
                        })
                        .inner
                    })
                    .inner
                });
                label.on_hover_text(say!("only-watched", name = name));
                watch(ui, desk, &of_file(&what, &name), path, out);
            });
        }
    });
    ui.label(
        theme::small(say!("saves-folder", path = desk.shelf.folder().display())).color(theme::palette().weak),
    );
}

/// What a file is of; how far it has been played, and when it was written, for which there is always room. Its name, as long as
/// no more is known.
pub(super) fn told(kept: Option<&Kept>, name: &str) -> (String, String) {
    let Some(Kept { found: Ok(found), written, .. }) = kept else { return (name.to_owned(), String::new()) };
    let level = &found.level;
    let who = found.person.map_or_else(|| say!("strategies"), |seat| of_level(&level.platforms[seat].name));
    let month = match found.played {
        played if played >= found.turns => say!("played-to-end"),
        played => words::month(level, played + 1),
    };
    let ago = written.map_or_else(String::new, |written| words::ago(age(written)));
    let when = if Shelf::is_automatic(name) { say!("saved-by-itself", when = ago) } else { ago };
    (say!("save-of", level = of_level(&level.title), who = who), what_and_when(&month, &when))
}

fn what_and_when(title: &str, when: &str) -> String {
    if when.is_empty() { title.to_owned() } else { say!("what-and-when", what = title, when = when) }
}

/// With the name of its file, where that is not all that is known.
fn of_file(what: &str, name: &str) -> String {
    if what == name { name.to_owned() } else { say!("what-of-file", what = what, name = name) }
}

/// Seconds since something was written.
#[allow(clippy::disallowed_methods, reason = "how old a file is said to be changes no match")]
fn age(written: SystemTime) -> u64 {
    SystemTime::now().duration_since(written).unwrap_or_default().as_secs()
}

/// Watches a match from its beginning.
fn watch(ui: &mut Ui, desk: &Desk, what: &str, path: PathBuf, out: &mut Vec<Action>) {
    let button = ui.add_enabled(!desk.is_busy(), Button::new(say!("watch")));
    let button = button.on_disabled_hover_text(say!("still-working"));
    let label = say!("watch-match", what = what);
    button.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, label.clone()));
    if button.on_hover_text(say!("watch-meaning")).clicked() {
        out.push(Action::Watch(path));
    }
}
