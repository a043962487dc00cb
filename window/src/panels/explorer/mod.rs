//! The market explorer: who left whom and why, where merchants list, who carries parcels, who pays with what. Public facts,
//! and what the player's company knows of itself; a part whose system a level does not have is absent.

mod carriers;
mod consumers;
mod course;
mod merchants;
mod parts;
mod wallets;

use bevy_egui::egui::{Key, Modifiers, Ui};

use crate::texts::say;
use crate::{theme, widgets};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::Position;

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
