//! Numbers that show what they are the sum of, and stay open when clicked; changes with their sign.

use bevy_egui::egui::{
    Align, Grid, Id, Label, Layout, Order, Pos2, Rect, RichText, Sense, Ui, Vec2, WidgetInfo, WidgetType,
    Window, pos2, vec2,
};

use super::topic::topic;
use crate::form::{self, Form};
use crate::texts::say;
use crate::{theme, words};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::Explained;

/// Size of a number that stays open, about.
const PINNED: Vec2 = vec2(260.0, 240.0);

/// A number that shows what it is the sum of when the pointer rests on it, and keeps showing it when clicked.
pub fn number(
    ui: &mut Ui,
    level: &Level,
    text: impl Into<RichText>,
    form: Form,
    name: &str,
    explained: &Explained,
) {
    number_noted(ui, level, text, form, name, explained, "");
}

/// A number whose parts need a word more.
pub fn number_noted(
    ui: &mut Ui,
    level: &Level,
    text: impl Into<RichText>,
    form: Form,
    name: &str,
    explained: &Explained,
    note: &str,
) {
    let response = ui.add(Label::new(text.into()).sense(Sense::click()));
    topic(&response, name);
    let written = form.write(explained.total);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, format!("{name} {written}")));
    let pinned = response.id.with("pinned");
    let mut open = ui.data(|data| data.get_temp::<bool>(pinned).unwrap_or(false));
    if response.clicked() {
        open = !open;
    }
    if open {
        let anchor = free_place(ui, pinned, response.rect.left_bottom() + vec2(0.0, 6.0));
        let mut stays = true;
        Window::new(name)
            .id(pinned)
            .open(&mut stays)
            .default_pos(anchor)
            .default_width(PINNED.x)
            .resizable(false)
            .collapsible(false)
            .show(ui.ctx(), |ui| {
                parts(ui, level, form, explained);
                noted(ui, note);
            });
        open = stays;
    } else {
        response.on_hover_ui(|ui| {
            ui.label(theme::strong(format!("{name}  {written}")));
            parts(ui, level, form, explained);
            noted(ui, note);
            ui.label(theme::small(say!("click-pins")).color(theme::palette().weak));
        });
    }
    ui.data_mut(|data| data.insert_temp(pinned, open));
}

fn noted(ui: &mut Ui, note: &str) {
    if !note.is_empty() {
        ui.set_max_width(320.0);
        ui.add(Label::new(theme::small(note)).wrap());
    }
}

/// Where a number that stays open lies: below it, or beside what lies there already, so that each can be read and closed.
fn free_place(ui: &Ui, pinned: Id, anchor: Pos2) -> Pos2 {
    let register = pinned_numbers();
    let mut all = ui.data(|data| data.get_temp::<Vec<Id>>(register)).unwrap_or_default();
    all.retain(|&id| id != pinned && ui.data(|data| data.get_temp(id)).unwrap_or(false));
    let taken = all.iter().filter_map(|&id| ui.ctx().memory(|memory| memory.area_rect(id)));
    let taken: Vec<Rect> = taken.collect();
    all.push(pinned);
    ui.data_mut(|data| data.insert_temp(register, all));
    let mut place = Rect::from_min_size(anchor, PINNED);
    // Each step leaves one of them behind.
    for _ in 0..taken.len() {
        let Some(other) = taken.iter().find(|other| other.intersects(place)) else { break };
        place = Rect::from_min_size(pos2(other.right() + 8.0, anchor.y), PINNED);
    }
    place.min
}

/// Where the numbers are known that stay open.
fn pinned_numbers() -> Id {
    Id::new("pinned numbers")
}

/// Closes the number that stays open in front of all else, if there is one in front.
pub(crate) fn unpin(ui: &Ui) -> bool {
    let front = ui.memory(|memory| memory.areas().top_layer_id(Order::Middle));
    let all = ui.data(|data| data.get_temp::<Vec<Id>>(pinned_numbers())).unwrap_or_default();
    let is_open = |id: Id| ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let found = all.into_iter().find(|&id| front.is_some_and(|front| front.id == id) && is_open(id));
    found.map(|id| ui.data_mut(|data| data.insert_temp(id, false))).is_some()
}

/// The parts of a number, the largest first.
pub fn parts(ui: &mut Ui, level: &Level, form: Form, explained: &Explained) {
    let mut sorted = explained.parts.clone();
    sorted.sort_by(|one, other| other.amount.abs().total_cmp(&one.amount.abs()));
    ui.spacing_mut().interact_size.y = 18.0;
    Grid::new("parts").num_columns(2).spacing(vec2(24.0, 4.0)).show(ui, |ui| {
        for part in &sorted {
            ui.label(theme::small(words::label(level, part.label)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(theme::small(form.write_change(part.amount)).color(theme::palette().text));
            });
            ui.end_row();
        }
    });
    if sorted.is_empty() {
        ui.label(theme::small(say!("no-parts")));
    }
}

/// What has grown and what has shrunk, with a sign besides the colour.
pub fn change(form: Form, number: f64) -> RichText {
    // What rounds to nothing is no change.
    let hundredths = matches!(form, Form::Percent | Form::Points);
    let least = match form {
        _ if hundredths => 0.0005,
        Form::Count => 0.5,
        _ => 0.0,
    };
    let number = if number.abs() < least { 0.0 } else { number };
    let (sign, colour) = match number {
        _ if number > 0.0 => ("▲", theme::palette().good),
        _ if number < 0.0 => ("▼", theme::palette().bad),
        _ => ("·", theme::palette().weak),
    };
    let size = match form {
        Form::Percent | Form::Points => form::decimal(100.0 * number.abs(), 1),
        _ => form.write(number.abs()),
    };
    RichText::new(format!("{sign}{size}")).color(colour).size(12.0)
}
