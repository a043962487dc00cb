//! What the pages of the explorer share: heads, columns, and tables by shop.

use bevy_egui::egui::{Label, RichText, Ui, WidgetInfo, WidgetType, vec2};

use crate::texts::{has, of_level, say};
use crate::{theme, widgets};
use walled_gardens_engine::play::Position;

/// Width of a platform's name before its row.
pub(super) const NAME: f32 = 116.0;

/// Room below which what is beside each other stands below each other.
const WIDE: f32 = 900.0;

/// Two parts beside each other where there is room, the first so much of the width.
pub(super) fn beside(ui: &mut Ui, part: f32, mut contents: impl FnMut(&mut Ui, bool)) {
    let width = ui.available_width();
    if width < WIDE {
        contents(ui, false);
        ui.add_space(12.0);
        contents(ui, true);
        return;
    }
    ui.horizontal_top(|ui| {
        widgets::column(ui, part * width, |ui| contents(ui, false));
        ui.add_space(16.0);
        let rest = ui.available_width();
        widgets::column(ui, rest, |ui| contents(ui, true));
    });
}

/// The head of a column, with what it means when the pointer rests on it.
pub(super) fn head(ui: &mut Ui, key: &str) {
    let name = say!(key);
    let response = ui.label(theme::caption(name.clone()));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, name.clone()));
    if has(&format!("{key}-meaning")) {
        widgets::meaning(response, key);
    }
}

/// A table with a line for every shop: each cell as wide as there is room for, the words of heads and cells cut where they are
/// too long. What is said in a cell is handed over by shop and column.
pub(super) fn by_shop(
    ui: &mut Ui,
    position: &Position,
    heads: &[String],
    cell: impl Fn(usize, usize) -> RichText,
) {
    let width = ((ui.available_width() - NAME) / heads.len().max(1) as f32 - 8.0).clamp(52.0, 128.0);
    ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
    ui.horizontal(|ui| {
        widgets::cell(ui, NAME, 20.0, |_| ());
        for head in heads {
            let text = theme::small(head.clone()).color(theme::palette().text);
            widgets::cell(ui, width, 20.0, |ui| ui.add(Label::new(text).truncate()));
        }
    });
    for platform in position.shops() {
        ui.horizontal(|ui| {
            who(ui, position, platform, NAME);
            for column in 0..heads.len() {
                let text = cell(platform, column);
                widgets::cell(ui, width, 20.0, |ui| ui.add(Label::new(text).truncate()));
            }
        });
    }
}

/// A platform's mark and name at the left of a line; the player's own stands out.
pub(super) fn who(ui: &mut Ui, position: &Position, platform: usize, width: f32) {
    widgets::cell(ui, width, 22.0, |ui| {
        widgets::mark(ui, platform);
        let name = of_level(&position.level.platforms[platform].name);
        let text = if platform == position.me { theme::strong(name) } else { RichText::new(name) };
        ui.add(Label::new(text).truncate());
    });
}
