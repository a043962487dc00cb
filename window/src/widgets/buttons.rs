//! Buttons, lines and rows of choices.

use bevy_egui::egui::{
    Align2, Button, FontId, Frame, Margin, Response, RichText, Stroke, Ui, Vec2, WidgetInfo, WidgetType, vec2,
};

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
                    let response = ui.add(button);
                    badge(ui, &response, label, waiting(*value));
                    if response.clicked() {
                        clicked = Some(*value);
                    }
                }
            });
        },
    );
    clicked
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
