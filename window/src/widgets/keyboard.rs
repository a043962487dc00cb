//! Keys that are pressed, and who takes them.

use bevy_egui::egui::{Event, Key, Modifiers, Ui};

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
pub(crate) fn drop_repeats(ui: &Ui) {
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
