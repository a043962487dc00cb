//! Settings: text size, motion, hints, speed.

use bevy_egui::egui::{Slider, Ui};

use crate::gui::desk::Action;
use crate::gui::settings::{Settings, TEXT_SIZES};
use crate::gui::texts::say;
use crate::gui::widgets;

/// The window of settings.
pub fn show(ui: &mut Ui, settings: &Settings, out: &mut Vec<Action>) {
    let mut changed = settings.clone();
    ui.label(say!("text-size"));
    let sizes = [0.9, 1.0, 1.15, 1.3, 1.5].map(|size| (size, format!("{:.0}%", 100.0 * size)));
    if let Some(size) = widgets::choices(ui, &sizes, settings.text_size) {
        changed.text_size = size.clamp(*TEXT_SIZES.start(), *TEXT_SIZES.end());
    }
    ui.checkbox(&mut changed.reduced_motion, say!("reduced-motion"))
        .on_hover_text(say!("reduced-motion-meaning"));
    ui.checkbox(&mut changed.hints, say!("hints")).on_hover_text(say!("hints-meaning"));
    ui.label(say!("walk-speed"));
    ui.add(Slider::new(&mut changed.speed, 0.5..=8.0).logarithmic(true));
    if changed != *settings {
        out.push(Action::Set(changed));
    }
}
