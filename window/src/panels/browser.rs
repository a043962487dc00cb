//! Levels to choose from, with search; one that does not read says what is wrong with it.

use bevy_egui::egui::{Grid, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::saves;
use crate::desk::{Action, Desk, Listed, Overlay, Screen};
use crate::form;
use crate::hints;
use crate::library::MOST;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::level::Level;

/// Width of the buttons beside the title.
const BUTTONS: f32 = 330.0;
/// Width of the choice between levels to play and those for studies.
const KINDS: f32 = 360.0;
/// Height below which a page is low.
const LOW: f32 = 300.0;
/// Height of the button that goes on, with what is above it.
const ON: f32 = 46.0;

/// The level browser.
pub fn show(ui: &mut Ui, desk: &mut Desk, out: &mut Vec<Action>) {
    // In a low window the levels have the room, and no words about them; keys and the search reach what is left out.
    let low = ui.available_height() < LOW;
    ui.horizontal_wrapped(|ui| {
        if !low {
            ui.label(theme::title(say!("browser-title")));
            if ui.available_width() < BUTTONS {
                ui.end_row();
            }
        }
        ui.with_layout(bevy_egui::egui::Layout::right_to_left(bevy_egui::egui::Align::Center), |ui| {
            if widgets::keyed(ui, &say!("keys"), "F1", true).clicked() {
                out.push(Action::Over(Some(Overlay::Help)));
            }
            if widgets::keyed(ui, &say!("settings"), "", true).clicked() {
                out.push(Action::Over(Some(Overlay::Settings)));
            }
            if widgets::keyed(ui, &say!("load"), "Ctrl L", true).clicked() {
                out.push(Action::Over(Some(Overlay::Saves)));
            }
        });
    });
    // Whoever has chosen another level has found one; where hints are hidden nobody is new.
    let leads = desk.chosen_level().is_some_and(|level| !level.tutorial.is_empty());
    let newcomer = leads && hints::current(desk).is_some();
    if !low {
        ui.label(theme::small(if newcomer { say!("browser-hint") } else { say!("browser-choose") }));
    }
    if let Some(kept) = desk.to_go_on_with().filter(|_| !low) {
        let name = kept.path.file_stem().unwrap_or_default().to_string_lossy();
        let (what, when) = saves::told(Some(kept), &name);
        let label = say!("last-match", what = what);
        if widgets::keyed(ui, &label, "C", !desk.is_busy()).on_hover_text(when).clicked() {
            out.push(Action::Load(kept.path.clone()));
        }
        ui.add_space(8.0);
    }
    let search = TextEdit::singleline(&mut desk.search).hint_text(say!("search-levels")).desired_width(360.0);
    if ui.add(search.margin(vec2(10.0, 8.0))).changed() && !desk.is_shown(desk.chosen) {
        // What is chosen is among what is found.
        out.extend((0..desk.levels.len()).find(|&place| desk.is_shown(place)).map(Action::Choose));
    }
    ui.add_space(8.0);
    if !low && desk.search.trim().is_empty() {
        ui.horizontal_wrapped(|ui| {
            let kinds = KINDS.min(ui.available_width());
            ui.allocate_ui(vec2(kinds, 32.0), |ui| {
                let kinds = [(false, say!("levels-to-play")), (true, say!("levels-for-studies"))];
                if let Some(studies) = widgets::choices(ui, &kinds, desk.studies) {
                    out.push(Action::Studies(studies));
                }
            });
            let market = widgets::keyed(ui, &say!("random-market"), "R", true);
            if market.on_hover_text(say!("random-market-meaning")).clicked() {
                out.push(Action::Go(Screen::SetUp));
            }
        });
        ui.add_space(4.0);
    }
    let width = ui.available_width();
    ui.horizontal_top(|ui| {
        widgets::column(ui, 0.55 * width, |ui| list(ui, desk, out));
        ui.add_space(16.0);
        let rest = ui.available_width();
        widgets::column(ui, rest, |ui| widgets::card(ui, |ui| detail(ui, desk, out)));
    });
}

fn list(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        let mut folder = "";
        let mut any = false;
        for (place, listed) in desk.levels.iter().enumerate().filter(|(place, _)| desk.is_shown(*place)) {
            any = true;
            let (below, _) = listed.name.rsplit_once('/').unwrap_or(("", &listed.name));
            if below != folder {
                folder = below;
                ui.add_space(6.0);
                ui.label(theme::caption(of_level(folder)));
            }
            let (title, colour) = match &listed.level {
                Ok(level) => (of_level(&level.title), theme::palette().text),
                Err(_) => (format!("! {}", listed.name), theme::palette().bad),
            };
            let chosen = place == desk.chosen;
            let text = RichText::new(title).color(colour);
            let size = vec2(ui.available_width() - 12.0, 30.0);
            if widgets::row(ui, chosen, text, facts(desk, listed), size).clicked() {
                out.push(Action::Choose(place));
            }
        }
        if !any {
            ui.label(theme::small(say!("no-level-found")));
        }
        if desk.unlisted {
            ui.label(theme::small(say!("too-many-levels", most = MOST)).color(theme::palette().warn));
        }
    });
}

/// The size of a level in a few words, and the best medal that was won in it.
fn facts(desk: &Desk, listed: &Listed) -> String {
    match &listed.level {
        Ok(_) if listed.broken.is_some() => say!("does-not-read-now"),
        Ok(level) => {
            let size = say!(
                "level-facts",
                platforms = level.platforms.len(),
                turns = words::months(level.setup.turns)
            );
            match desk.bests.medal(&level.id) {
                Some(medal) => format!("{} · {size}", words::medal(Some(medal))),
                None => size,
            }
        }
        Err(_) => say!("does-not-read"),
    }
}

fn detail(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    let Some(listed) = desk.levels.get(desk.chosen).filter(|_| desk.is_shown(desk.chosen)) else { return };
    match &listed.level {
        Ok(level) => {
            // However much there is to read, the way on stays in sight.
            let high = ui.available_height() - ON;
            ScrollArea::vertical()
                .id_salt(&listed.name)
                .max_height(high)
                .min_scrolled_height(0.0)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    about(ui, listed, level);
                });
            if widgets::primary(ui, &say!("to-briefing"), "Enter", true).clicked() {
                out.push(Action::Go(Screen::Briefing));
            }
        }
        Err(error) => {
            ui.label(theme::strong(listed.name.clone()).color(theme::palette().bad));
            ScrollArea::both().max_height(420.0).show(ui, |ui| ui.monospace(error));
        }
    }
}

fn about(ui: &mut Ui, listed: &Listed, level: &Level) {
    ui.label(theme::title(of_level(&level.title)));
    ui.label(theme::small(listed.name.clone()).color(theme::palette().weak));
    ui.label(of_level(&level.summary));
    if !level.teaches.is_empty() {
        ui.label(theme::small(of_level(&level.teaches)));
    }
    if let Some(error) = &listed.broken {
        ui.label(theme::small(say!("last-good")).color(theme::palette().warn));
        ScrollArea::both().max_height(160.0).id_salt("broken").show(ui, |ui| ui.monospace(error));
    }
    ui.separator();
    Grid::new("facts").num_columns(2).spacing(vec2(24.0, 6.0)).show(ui, |ui| {
        let mut row = |name: String, value: String| {
            let name = ui.label(theme::small(name).color(theme::palette().weak));
            let row = name | ui.label(theme::small(value).color(theme::palette().text));
            ui.end_row();
            row
        };
        row(say!("people"), form::count(level.population())).on_hover_text(words::stand_ins(level));
        row(say!("months-title"), level.setup.turns.to_string());
        row(say!("tags"), words::tags(level));
    });
    ui.add_space(4.0);
    for (place, platform) in level.platforms.iter().enumerate() {
        ui.horizontal(|ui| {
            widgets::mark(ui, place);
            ui.label(of_level(&platform.name));
            if !platform.here {
                ui.label(theme::small(words::opens(level, place)).color(theme::palette().weak));
            } else if let Some(shop) = &platform.shop {
                ui.label(theme::small(form::percent(shop.share)).color(theme::palette().weak));
            } else {
                ui.label(theme::small(say!("no-shop")).color(theme::palette().weak));
            }
        });
    }
}
