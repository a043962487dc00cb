//! Buttons, lines and rows of choices.

use bevy_egui::egui::{
    Align2, Button, FontId, Frame, Margin, Response, RichText, Stroke, TextStyle, Ui, Vec2, WidgetInfo,
    WidgetType, vec2,
};

use super::layout::wide;
use crate::texts::say;
use crate::theme;

/// A key in a small frame.
pub(crate) fn key_label(shortcut: &str) -> RichText {
    RichText::new(shortcut).size(11.0).family(theme::semibold())
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
    counted(ui, all, chosen, |_| 0)
}

/// The same with a number on each of how much waits there; none where nothing does.
pub fn counted<T: PartialEq + Copy>(
    ui: &mut Ui,
    all: &[(T, String)],
    chosen: T,
    waiting: impl Fn(T) -> usize,
) -> Option<T> {
    let mut clicked = None;
    Frame::new().fill(theme::palette().extreme).corner_radius(6).inner_margin(Margin::same(2)).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing = vec2(BETWEEN, BETWEEN);
            let Fit { size, padding, rows } = fit(ui, all);
            ui.spacing_mut().button_padding.x = padding;
            let mut rest = all;
            for widths in rows {
                let (row, below) = rest.split_at(widths.len());
                rest = below;
                ui.horizontal(|ui| {
                    for ((value, label), width) in row.iter().zip(widths) {
                        let holds = *value == chosen;
                        let response = choice(ui, label, holds, vec2(width, 28.0), size);
                        badge(ui, &response, label, waiting(*value));
                        if response.clicked() {
                            clicked = Some(*value);
                        }
                    }
                });
            }
        },
    );
    clicked
}

/// Room between choices.
const BETWEEN: f32 = 2.0;
/// Sizes of their texts, the one to begin with first.
const SIZES: [f32; 5] = [13.0, 12.5, 12.0, 11.5, 11.0];

/// How choices fit into the room that there is.
struct Fit {
    size: f32,
    padding: f32,
    /// Widths of the choices, row by row.
    rows: Vec<Vec<f32>>,
}

/// All as wide as each other where that is enough for each; else as wide as each needs, in smaller letters, in two rows at last.
fn fit<T>(ui: &Ui, all: &[(T, String)]) -> Fit {
    // Six words stand where four have room.
    let (padding, first) = if all.len() > 5 { (1.0, 1) } else { (4.0, 0) };
    let room = |count: usize| ui.available_width() - BETWEEN * (count as f32 - 1.0);
    let needed = |size: f32| -> Vec<f32> {
        let font = FontId::new(size, theme::semibold());
        all.iter().map(|(_, label)| wide(ui, label, &font).ceil() + 2.0 * padding).collect()
    };
    let spread = |row: &[f32]| -> Option<Vec<f32>> {
        let equal = room(row.len()) / row.len().max(1) as f32;
        if row.iter().all(|needed| *needed <= equal) {
            return Some(vec![equal; row.len()]);
        }
        let left = room(row.len()) - row.iter().sum::<f32>();
        (left >= 0.0).then(|| row.iter().map(|needed| needed + left / row.len() as f32).collect())
    };
    let one_row = SIZES[first..].iter().find_map(|&size| Some((size, spread(&needed(size))?)));
    if let Some((size, row)) = one_row {
        return Fit { size, padding, rows: vec![row] };
    }
    let rows = needed(SIZES[first]);
    let rows = rows.chunks(rows.len().div_ceil(2)).map(|row| spread(row).unwrap_or_else(|| row.to_vec()));
    Fit { size: SIZES[first], padding, rows: rows.collect() }
}

fn choice(ui: &mut Ui, label: &str, holds: bool, size: Vec2, letters: f32) -> Response {
    let colours = theme::palette();
    let text = RichText::new(label).size(letters).color(if holds { colours.text } else { colours.text2 });
    let text = if holds { text.family(theme::semibold()) } else { text };
    let fill = if holds { colours.selected } else { colours.extreme };
    ui.add(Button::selectable(holds, text).fill(fill).min_size(size).corner_radius(4))
}

/// Width that a button with its key takes.
pub fn keyed_width(ui: &Ui, label: &str, key: &str) -> f32 {
    let key = wide(ui, key, &FontId::new(11.0, theme::semibold()));
    let spacing = ui.spacing();
    wide(ui, label, &TextStyle::Button.resolve(ui.style()))
        + spacing.icon_spacing
        + key
        + 2.0 * spacing.button_padding.x
}

/// A number at the upper right corner of a choice.
fn badge(ui: &Ui, choice: &Response, label: &str, count: usize) {
    if count == 0 {
        return;
    }
    let said = say!("tab-and-count", tab = label, count = count);
    choice.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &said));
    let (middle, colours) = (choice.rect.right_top() + vec2(-6.0, 3.0), theme::palette());
    ui.painter().circle_filled(middle, 7.5, colours.warn);
    let font = FontId::new(10.0, theme::semibold());
    ui.painter().text(middle, Align2::CENTER_CENTER, count.to_string(), font, colours.ink);
}
