//! What a newcomer is told: a strip that takes its room from what is below, so that it covers nothing.

use bevy_egui::egui::{Align, Frame, Layout, Margin, Panel, ScrollArea, TextStyle, Ui};

use crate::desk::{Action, Desk};
use crate::hints;
use crate::settings::Settings;
use crate::texts::{of_level, say};
use crate::{theme, widgets};
use walled_gardens_engine::level::{Level, Step, Until};

/// How much of the window's height the strip takes at most, what of it is no text, and how high a text is at least: a longer one
/// is scrolled, and what it speaks of has its room.
const PART: f32 = 0.3;
const FRAME: f32 = 48.0;
const LEAST: f32 = 36.0;

/// The strip, if there is something to say.
pub fn show(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    let Some((number, level)) = hints::current(desk).filter(|_| desk.watch.is_none()) else { return };
    let step = &level.tutorial[number - 1];
    let frame = Frame::new().fill(theme::palette().raised).inner_margin(Margin::symmetric(16, 8));
    Panel::top("hint").frame(frame).resizable(false).show_separator_line(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            let count = say!("step-of", step = number, steps = level.tutorial.len());
            let (room, height) = (ui.available_width(), height(ui, &level, number - 1));
            widgets::column(ui, width(room, step), |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(theme::caption(count).color(theme::palette().accent));
                let text =
                    ScrollArea::vertical().id_salt(number).max_height(height).min_scrolled_height(height);
                text.auto_shrink([false, false]).show(ui, |ui| ui.label(of_level(&step.text)));
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

/// Width of a step's text beside its buttons.
fn width(room: f32, step: &Step) -> f32 {
    let buttons = if step.until == Until::Next { 190.0 } else { 110.0 };
    (room - buttons).max(160.0)
}

/// Height of a step's text: as high as the highest of those that it goes over into while one gives orders, so that no lever
/// moves under the pointer when a number is entered.
fn height(ui: &Ui, level: &Level, number: usize) -> f32 {
    let steps = &level.tutorial;
    let goes_over = |step: &Step| !matches!(step.until, Until::Next | Until::Turns(_));
    let first = steps[..number].iter().rposition(|step| !goes_over(step)).map_or(0, |place| place + 1);
    let last = steps[number..]
        .iter()
        .position(|step| !goes_over(step))
        .map_or(steps.len(), |more| number + more + 1);
    let font = TextStyle::Body.resolve(ui.style());
    let room = ui.available_width();
    let height = |step: &Step| {
        let (text, colour) = (of_level(&step.text), theme::palette().text);
        ui.painter().layout(text, font.clone(), colour, width(room, step)).size().y
    };
    let most = (PART * ui.ctx().content_rect().height() - FRAME).max(LEAST);
    steps[first..last].iter().map(height).fold(0.0, f32::max).min(most)
}
