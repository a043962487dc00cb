//! Chords as they were pressed: on a slow frame several keys arrive at once, and each belongs to what was held when it went
//! down, not to what is held when the frame begins.

use bevy::input::keyboard::{Key, KeyboardFocusLost, KeyboardInput};
use bevy::prelude::*;
use bevy_egui::egui::{Event, Modifiers};
use bevy_egui::{EguiInput, PrimaryEguiContext, helpers};

/// What is held while keys are read one by one.
#[derive(Default)]
pub(super) struct Held(Modifiers);

impl Held {
    /// What is held once a key went up or down.
    fn after(&mut self, key: &Key, pressed: bool) -> Modifiers {
        let held = &mut self.0;
        match key {
            Key::Shift => held.shift = pressed,
            Key::Control => held.ctrl = pressed,
            Key::Alt => held.alt = pressed,
            Key::Super | Key::Meta => held.mac_cmd = pressed && cfg!(target_os = "macos"),
            _ => {}
        }
        held.command = if cfg!(target_os = "macos") { held.mac_cmd } else { held.ctrl };
        *held
    }
}

/// Gives every key of the frame what was held with it.
pub(super) fn tell_apart(
    mut keys: MessageReader<KeyboardInput>,
    mut lost: MessageReader<KeyboardFocusLost>,
    mut held: Local<Held>,
    mut inputs: Query<&mut EguiInput, With<PrimaryEguiContext>>,
) {
    if lost.read().count() > 0 {
        *held = Held::default();
    }
    let with: Vec<Modifiers> = keys
        .read()
        .filter_map(|message| {
            let with = held.after(&message.logical_key, message.state.is_pressed());
            helpers::bevy_to_egui_key(&message.logical_key).map(|_| with)
        })
        .collect();
    let Ok(mut input) = inputs.single_mut() else { return };
    assign(&mut input.events, &with);
}

/// Keys' modifiers, in their order; a letter of a chord is no text.
fn assign(events: &mut Vec<Event>, with: &[Modifiers]) {
    let keys = events.iter().filter(|event| matches!(event, Event::Key { .. })).count();
    if keys != with.len() {
        // Somebody else gave keys too, whose modifiers are right.
        return;
    }
    let mut with = with.iter();
    let mut kept: Vec<Event> = Vec::with_capacity(events.len());
    for mut event in events.drain(..) {
        if let Event::Key { modifiers, pressed, .. } = &mut event
            && let Some(held) = with.next()
        {
            *modifiers = *held;
            let chord = *pressed && (held.ctrl || held.command);
            if chord && matches!(kept.last(), Some(Event::Text(_))) {
                kept.pop();
            }
        }
        kept.push(event);
    }
    *events = kept;
}

#[cfg(test)]
mod tests {
    use bevy_egui::egui;

    use super::*;

    fn key(key: egui::Key, pressed: bool) -> Event {
        let (physical_key, repeat, modifiers) = (None, false, Modifiers::NONE);
        Event::Key { key, physical_key, pressed, repeat, modifiers }
    }

    #[test]
    fn a_chord_on_a_slow_frame_is_a_chord_and_what_follows_it_is_not() {
        let s = Key::Character("s".into());
        let pressed = [(&Key::Control, true), (&s, true), (&s, false), (&Key::Control, false), (&s, true)];
        let mut held = Held::default();
        let with: Vec<Modifiers> = pressed
            .iter()
            .map(|(key, down)| (*key == &s, held.after(key, *down)))
            .filter_map(|(is_letter, with)| is_letter.then_some(with))
            .collect();
        let text = || Event::Text("s".to_owned());
        let mut events =
            vec![text(), key(egui::Key::S, true), key(egui::Key::S, false), text(), key(egui::Key::S, true)];
        assign(&mut events, &with);
        let chords: Vec<bool> = events
            .iter()
            .filter_map(|event| match event {
                Event::Key { pressed: true, modifiers, .. } => Some(modifiers.command || modifiers.ctrl),
                _ => None,
            })
            .collect();
        assert_eq!(chords, [true, false]);
        assert_eq!(events.iter().filter(|event| matches!(event, Event::Text(_))).count(), 1);
    }
}
