//! Small things that panels are made of.

use bevy_egui::egui::{
    Align, Button, Color32, CornerRadius, Event, Frame, Id, Key, Label, Layout, Margin, Modifiers, Order,
    Painter, Pos2, Rect, Response, RichText, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    WidgetType, pos2, vec2,
};

use crate::gui::form::Form;
use crate::gui::texts::say;
use crate::gui::{texts, theme, words};
use crate::level::Level;
use crate::play::{Band, Explained};

/// Fills a platform's mark.
pub fn paint_mark(painter: &Painter, middle: Pos2, size: f32, platform: usize) {
    let outline = theme::platform_outline(platform);
    let count = if outline.corners == 0 { 24 } else { outline.corners as usize };
    let corner = |point: usize| {
        let angle = outline.turn + point as f32 / count as f32 * std::f32::consts::TAU;
        let reach = if outline.corners == 4 { 1.1 } else { 1.0 };
        middle + Vec2::new(angle.cos(), -angle.sin()) * size * reach
    };
    painter.add(Shape::convex_polygon(
        (0..count).map(corner).collect(),
        theme::colour(platform),
        Stroke::NONE,
    ));
}

/// A platform's mark in a line of text.
pub fn mark(ui: &mut Ui, platform: usize) {
    let (place, _) = ui.allocate_exact_size(vec2(16.0, 20.0), Sense::hover());
    paint_mark(ui.painter(), place.center(), 6.5, platform);
}

/// A key in a small frame.
pub(super) fn key_label(shortcut: &str) -> RichText {
    RichText::new(shortcut).size(11.0).family(theme::semibold())
}

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

/// The button that goes on: there is one on a screen.
pub fn primary(ui: &mut Ui, label: &str, key: &str, enabled: bool) -> Response {
    let text = RichText::new(label).color(theme::palette().ink).family(theme::semibold());
    let button =
        Button::new(text).fill(theme::palette().accent).stroke(Stroke::NONE).min_size(vec2(0.0, 36.0));
    let key_colour = theme::mix(theme::palette().ink, 0.8, theme::palette().accent);
    let button = if key.is_empty() { button } else { button.right_text(key_label(key).color(key_colour)) };
    ui.add_enabled(enabled, button)
}

/// A button with its key.
pub fn keyed(ui: &mut Ui, label: &str, key: &str, enabled: bool) -> Response {
    let button = Button::new(label).min_size(vec2(0.0, 32.0));
    let button =
        if key.is_empty() { button } else { button.right_text(key_label(key).color(theme::palette().text2)) };
    ui.add_enabled(enabled, button)
}

/// A line to be chosen, so large, with what is known of it at its right: where there is no room for all, its name is cut.
pub fn row(ui: &mut Ui, chosen: bool, name: RichText, facts: String, size: Vec2) -> Response {
    let row = Button::selectable(chosen, name).truncate().min_size(size).right_text(theme::small(facts));
    ui.scope(|ui| {
        ui.set_max_width(size.x);
        ui.add(row)
    })
    .inner
}

/// A row of choices of which one holds; the one clicked, if any.
pub fn choices<T: PartialEq + Copy>(ui: &mut Ui, all: &[(T, String)], chosen: T) -> Option<T> {
    let mut clicked = None;
    Frame::new().fill(theme::palette().extreme).corner_radius(6).inner_margin(Margin::same(2)).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            // Six words stand where four have room.
            let (padding, size) = if all.len() > 5 { (1.0, 12.5) } else { (4.0, 13.0) };
            ui.spacing_mut().button_padding.x = padding;
            let width = (ui.available_width() - 2.0 * (all.len() as f32 - 1.0)) / all.len().max(1) as f32;
            ui.horizontal(|ui| {
                for (value, label) in all {
                    let holds = *value == chosen;
                    let text = RichText::new(label).size(size).color(if holds {
                        theme::palette().text
                    } else {
                        theme::palette().text2
                    });
                    let text = if holds { text.family(theme::semibold()) } else { text };
                    let fill = if holds { theme::palette().selected } else { theme::palette().extreme };
                    let button = Button::selectable(holds, text)
                        .fill(fill)
                        .min_size(vec2(width, 28.0))
                        .corner_radius(4);
                    if ui.add(button).clicked() {
                        clicked = Some(*value);
                    }
                }
            });
        },
    );
    clicked
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

/// A bar from the left, so much of it filled.
pub fn bar(ui: &mut Ui, width: f32, part: f64, colour: Color32) {
    let (place, _) = ui.allocate_exact_size(vec2(width, 20.0), Sense::hover());
    let rail = Rect::from_center_size(place.center(), vec2(width, 8.0));
    ui.painter().rect_filled(rail, CornerRadius::same(2), theme::palette().extreme);
    let filled = rail.with_max_x(rail.left() + width * part.clamp(0.0, 1.0) as f32);
    ui.painter().rect_filled(filled, CornerRadius::same(2), colour);
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
        Form::Percent | Form::Points => format!("{:.1}", 100.0 * number.abs()),
        _ => form.write(number.abs()),
    };
    RichText::new(format!("{sign}{size}")).color(colour).size(12.0)
}

/// What the article of a key says, when the pointer rests on something; the key of the encyclopedia opens it there.
pub fn meaning(response: Response, key: &str) -> Response {
    topic(&response, &say!(key));
    response.on_hover_text(texts::text(&format!("{key}-meaning")))
}

/// Where the name is kept of what the pointer or the keyboard rests on.
fn topic_id() -> Id {
    Id::new("topic")
}

/// Remembers what the pointer or the keyboard rests on, by its name.
pub fn topic(response: &Response, name: &str) {
    if response.hovered() || response.has_focus() {
        let frame = response.ctx.cumulative_frame_nr();
        response.ctx.data_mut(|data| data.insert_temp(topic_id(), (name.to_owned(), frame)));
    }
}

/// The name of what the pointer or the keyboard rests on, as the last frame was drawn.
pub fn topic_of(ui: &Ui) -> Option<String> {
    let (name, frame) = ui.data(|data| data.get_temp::<(String, u64)>(topic_id()))?;
    (frame + 1 >= ui.ctx().cumulative_frame_nr()).then_some(name)
}

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
        bevy_egui::egui::Window::new(name)
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

/// The parts of a number, the largest first.
pub fn parts(ui: &mut Ui, level: &Level, form: Form, explained: &Explained) {
    let mut sorted = explained.parts.clone();
    sorted.sort_by(|one, other| other.amount.abs().total_cmp(&one.amount.abs()));
    ui.spacing_mut().interact_size.y = 18.0;
    bevy_egui::egui::Grid::new("parts").num_columns(2).spacing(vec2(24.0, 4.0)).show(ui, |ui| {
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

/// Where a band, what is now and what came lie on a common scale.
pub fn band(ui: &mut Ui, width: f32, now: Option<f64>, band: &Band, found: Option<f64>) {
    let (place, response) = ui.allocate_exact_size(vec2(width, 24.0), Sense::hover());
    response.on_hover_ui(|ui| band_meaning(ui, now.is_some(), found.is_some()));
    let marks = [now, found].into_iter().flatten().chain([band.low, band.high]);
    let (least, most) = marks.fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
    let span = (most - least).max(1e-12);
    let at = |x: f64| {
        let part = 0.08 + 0.84 * ((x - least) / span) as f32;
        pos2(place.left() + part * width, place.center().y)
    };
    let painter = ui.painter();
    painter.hline(place.x_range(), place.center().y, Stroke::new(1.0, theme::palette().stroke));
    let shade = theme::mix(theme::palette().accent, 0.4, theme::palette().raised);
    let inside = Rect::from_x_y_ranges(
        at(band.low).x..=at(band.high).x,
        place.center().y - 5.0..=place.center().y + 5.0,
    );
    painter.rect_filled(inside, CornerRadius::same(2), shade);
    let middle = Rect::from_center_size(at(band.middle), vec2(3.0, 12.0));
    painter.rect_filled(middle, CornerRadius::same(1), theme::palette().accent);
    if let Some(now) = now {
        painter.circle(at(now), 4.0, theme::palette().panel, Stroke::new(1.5, theme::palette().text));
    }
    if let Some(found) = found {
        let colour = match found {
            _ if found > band.high => theme::palette().good,
            _ if found < band.low => theme::palette().bad,
            _ => theme::palette().text,
        };
        painter.circle_filled(at(found), 5.0, colour);
    }
}

/// What the marks of a band mean.
fn band_meaning(ui: &mut Ui, now: bool, found: bool) {
    let shade = theme::mix(theme::palette().accent, 0.4, theme::palette().raised);
    let mut line = |text: String, draw: &dyn Fn(&Painter, Pos2)| {
        ui.horizontal(|ui| {
            let (place, _) = ui.allocate_exact_size(vec2(22.0, 16.0), Sense::hover());
            draw(ui.painter(), place.center());
            ui.label(theme::small(text));
        });
    };
    line(say!("band-wide"), &|painter, at| {
        painter.rect_filled(Rect::from_center_size(at, vec2(20.0, 10.0)), CornerRadius::same(2), shade);
    });
    line(say!("band-middle"), &|painter, at| {
        let mark = Rect::from_center_size(at, vec2(3.0, 12.0));
        painter.rect_filled(mark, CornerRadius::same(1), theme::palette().accent);
    });
    if now {
        line(say!("band-now"), &|painter, at| {
            painter.circle(at, 4.0, theme::palette().panel, Stroke::new(1.5, theme::palette().text));
        });
    }
    if found {
        line(say!("band-found"), &|painter, at| {
            painter.circle_filled(at, 5.0, theme::palette().text);
        });
    }
}

/// Whether a key was pressed that no field of text wanted.
pub fn pressed(ui: &Ui, modifiers: Modifiers, key: Key) -> bool {
    !ui.ctx().text_edit_focused() && taken(ui, modifiers, key)
}

/// Takes one press of a key, also where a field of text has the keyboard: for chords and keys that are no text. What is held
/// with a chord is just what it says; a key alone is the same with Shift, as some keyboards need it for figures. A key that is
/// held is pressed once.
pub fn taken(ui: &Ui, modifiers: Modifiers, key: Key) -> bool {
    let chord = modifiers.any();
    ui.input_mut(|input| {
        let is_it = |event: &Event| match event {
            Event::Key { key: found, pressed: true, repeat: false, modifiers: held, .. } => {
                let fits =
                    if chord { held.matches_exact(modifiers) } else { held.matches_logically(modifiers) };
                *found == key && fits
            }
            _ => false,
        };
        let place = input.events.iter().position(is_it);
        place.map(|place| input.events.remove(place)).is_some()
    })
}

/// One press is one step: what a held key repeats reaches nothing but fields of text, and arrow keys.
pub(super) fn drop_repeats(ui: &Ui) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    let moves = [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown];
    ui.input_mut(|input| {
        input
            .events
            .retain(|event| !matches!(event, Event::Key { key, repeat: true, .. } if !moves.contains(key)));
    });
}

/// Closes the number that stays open in front of all else, if there is one in front.
pub(super) fn unpin(ui: &Ui) -> bool {
    let front = ui.memory(|memory| memory.areas().top_layer_id(Order::Middle));
    let all = ui.data(|data| data.get_temp::<Vec<Id>>(pinned_numbers())).unwrap_or_default();
    let is_open = |id: Id| ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let found = all.into_iter().find(|&id| front.is_some_and(|front| front.id == id) && is_open(id));
    found.map(|id| ui.data_mut(|data| data.insert_temp(id, false))).is_some()
}

/// Where the numbers are known that stay open.
fn pinned_numbers() -> Id {
    Id::new("pinned numbers")
}

/// A line round something chosen.
pub fn ring(ui: &Ui, place: Rect) {
    ui.painter().rect_stroke(
        place,
        CornerRadius::same(6),
        Stroke::new(2.0, theme::palette().accent),
        StrokeKind::Inside,
    );
}
