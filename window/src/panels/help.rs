//! Every key, in one place.

use bevy_egui::egui::{Label, Ui};

use crate::desk::Action;
use crate::texts::say;
use crate::{theme, widgets};

/// Width of a key before what it does.
const KEY: f32 = 112.0;

/// The overview of keys.
pub fn show(ui: &mut Ui, out: &mut Vec<Action>) {
    ui.label(theme::small(say!("keys-and-articles")));
    let keys = [
        ("Enter", say!("key-enter")),
        ("Esc", say!("key-escape")),
        ("1 … 7", say!("key-tabs")),
        ("Ctrl Z", say!("key-undo")),
        ("Ctrl Y", say!("key-redo")),
        ("Space", say!("key-space")),
        ("S", say!("key-speed")),
        ("W", say!("key-watch")),
        ("F", say!("key-weigh")),
        ("M", say!("key-market")),
        ("N", say!("key-news")),
        ("← →", say!("key-arrows")),
        ("← → Home End", say!("key-turns")),
        ("Ctrl S", say!("key-save")),
        ("Ctrl L", say!("key-load")),
        ("C", say!("key-go-on")),
        ("R", say!("key-random-market")),
        ("Tab", say!("key-focus")),
        ("F1", say!("key-help")),
        ("F2", say!("key-encyclopedia")),
    ];
    if widgets::keyed(ui, &say!("encyclopedia"), "F2", true).clicked() {
        out.push(Action::Read(None));
    }
    ui.add_space(8.0);
    ui.spacing_mut().interact_size.y = 20.0;
    for (key, meaning) in keys {
        ui.horizontal_top(|ui| {
            widgets::column(ui, KEY, |ui| ui.label(theme::strong(key)));
            ui.add(Label::new(meaning).wrap());
        });
    }
}
