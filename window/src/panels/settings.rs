//! Settings: language, text size, colours, motion, hints, speed.

use bevy_egui::egui::{Slider, Ui, WidgetInfo};

use crate::desk::Action;
use crate::form;
use crate::palette::Colours;
use crate::settings::{SPEEDS, Settings, TEXT_SIZES};
use crate::texts::say;
use crate::{theme, widgets};
use walled_gardens_engine::play::Language;

/// Marks of platforms shown, to see the colours by.
const MARKS: usize = 8;

/// The window of settings.
pub fn show(ui: &mut Ui, settings: &Settings, out: &mut Vec<Action>) {
    let mut changed = settings.clone();
    widgets::sunk(ui);
    ui.spacing_mut().slider_width = 0.6 * ui.available_width();
    ui.label(say!("language"));
    let languages = Language::ALL.map(|language| (language, language.name().to_owned()));
    if let Some(language) = widgets::choices(ui, &languages, settings.language()) {
        (changed.language, changed.asked) = (Some(language), None);
    }
    ui.label(say!("text-size"));
    let sizes = [0.9, 1.0, 1.15, 1.3, 1.5].map(|size| (size, form::percent_to(size.into(), 0)));
    if let Some(size) = widgets::choices(ui, &sizes, settings.text_size) {
        changed.text_size = size.clamp(*TEXT_SIZES.start(), *TEXT_SIZES.end());
    }
    ui.label(say!("colours"));
    let colours = Colours::ALL.map(|colours| (colours, name(colours)));
    if let Some(colours) = widgets::choices(ui, &colours, settings.colours) {
        changed.colours = colours;
    }
    ui.horizontal(|ui| (0..MARKS).for_each(|platform| widgets::mark(ui, platform)));
    ui.checkbox(&mut changed.reduced_motion, say!("reduced-motion"))
        .on_hover_text(say!("reduced-motion-meaning"));
    ui.checkbox(&mut changed.sound, say!("sound")).on_hover_text(say!("sound-meaning"));
    ui.checkbox(&mut changed.hints, say!("hints")).on_hover_text(say!("hints-meaning"));
    ui.label(say!("speed-of-walk", times = form::decimal(changed.speed.into(), 1)));
    let speed = ui.add(Slider::new(&mut changed.speed, SPEEDS).logarithmic(true).show_value(false));
    speed.widget_info(|| WidgetInfo::slider(true, changed.speed.into(), say!("walk-speed")));
    ui.label(theme::small(say!("window-remembered")).color(theme::palette().weak));
    if changed != *settings {
        out.push(Action::Set(changed));
    }
}

/// A palette's name.
fn name(colours: Colours) -> String {
    match colours {
        Colours::Night => say!("colours-night"),
        Colours::Contrast => say!("colours-contrast"),
    }
}
