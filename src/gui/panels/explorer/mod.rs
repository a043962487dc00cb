//! The market explorer: who left whom and why, where merchants list, who carries parcels, who pays with what. Public facts,
//! and what the player's company knows of itself; a part whose system a level does not have is absent.

mod carriers;
mod consumers;
mod course;
mod merchants;
mod wallets;

use bevy_egui::egui::{Key, Label, Modifiers, RichText, Ui, WidgetInfo, WidgetType, vec2};

use crate::gui::texts::{has, say};
use crate::gui::{theme, widgets};
use crate::level::Level;
use crate::play::Position;

/// A part of the explorer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Consumers,
    Merchants,
    Carriers,
    Wallets,
}

/// Keys of the parts, in their order.
const KEYS: [Key; 4] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4];

/// The parts that a level has, with their names.
fn parts(level: &Level) -> Vec<(Part, String)> {
    let mut parts = vec![(Part::Consumers, say!("explorer-consumers"))];
    if level.setup.merchants > 0 {
        parts.push((Part::Merchants, say!("explorer-merchants")));
    }
    if !level.carriers().is_empty() {
        parts.push((Part::Carriers, say!("explorer-carriers")));
    }
    if !level.wallets().is_empty() {
        parts.push((Part::Wallets, say!("explorer-wallets")));
    }
    parts
}

/// The explorer.
pub fn show(ui: &mut Ui, position: &Position) {
    let parts = parts(&position.level);
    let id = ui.id().with("part");
    let mut part = ui.data(|data| data.get_temp(id)).unwrap_or(Part::Consumers);
    for ((other, _), key) in parts.iter().zip(KEYS) {
        if widgets::pressed(ui, Modifiers::NONE, key) {
            part = *other;
        }
    }
    if !parts.iter().any(|(known, _)| *known == part) {
        part = Part::Consumers;
    }
    if parts.len() > 1
        && let Some(chosen) = widgets::choices(ui, &parts, part)
    {
        part = chosen;
    }
    ui.data_mut(|data| data.insert_temp(id, part));
    if position.played() == 0 {
        ui.label(theme::small(say!("nobody-moved-yet")).color(theme::palette().weak));
    }
    match part {
        Part::Consumers => consumers::show(ui, position),
        Part::Merchants => merchants::show(ui, position),
        Part::Carriers => carriers::show(ui, position),
        Part::Wallets => wallets::show(ui, position),
    }
}

/// Width of a platform's name before its row.
const NAME: f32 = 116.0;
/// Room below which what is beside each other stands below each other.
const WIDE: f32 = 900.0;

/// Two parts beside each other where there is room, the first so much of the width.
fn beside(ui: &mut Ui, part: f32, mut contents: impl FnMut(&mut Ui, bool)) {
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
fn head(ui: &mut Ui, key: &str) {
    let name = say!(key);
    let response = ui.label(theme::caption(name.clone()));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, name.clone()));
    if has(&format!("{key}-meaning")) {
        widgets::meaning(response, key);
    }
}

/// A table with a line for every shop: each cell as wide as there is room for, the words of heads and cells cut where they are
/// too long. What is said in a cell is handed over by shop and column.
fn by_shop(ui: &mut Ui, position: &Position, heads: &[String], cell: impl Fn(usize, usize) -> RichText) {
    let width = ((ui.available_width() - NAME) / heads.len().max(1) as f32 - 4.0).clamp(52.0, 120.0);
    ui.spacing_mut().item_spacing = vec2(2.0, 4.0);
    ui.horizontal(|ui| {
        widgets::cell(ui, NAME, 20.0, |_| ());
        for head in heads {
            let text = theme::small(head.clone()).color(theme::palette().text);
            widgets::cell(ui, width, 20.0, |ui| ui.add(Label::new(text).truncate()));
        }
    });
    for platform in position.level.shops() {
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
fn who(ui: &mut Ui, position: &Position, platform: usize, width: f32) {
    widgets::cell(ui, width, 22.0, |ui| {
        widgets::mark(ui, platform);
        let name = position.level.platforms[platform].name.clone();
        let text = if platform == position.me { theme::strong(name) } else { RichText::new(name) };
        ui.add(Label::new(text).truncate());
    });
}
