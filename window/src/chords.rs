//! Keys as they were pressed: on a slow frame several arrive at once, and each belongs to what was held when it went down, not
//! to what is held when the frame begins. `bevy_egui` tells all keys of a frame by the latter, so this stands in its place.

use bevy::input::keyboard::{Key, KeyboardFocusLost, KeyboardInput};
use bevy::prelude::*;
use bevy_egui::egui::{self, Event};
use bevy_egui::input::{EguiInputEvent, ModifierKeysState};
use bevy_egui::{EguiClipboard, EguiGlobalSettings, EguiInputSet, PrimaryEguiContext, helpers};

/// Reads keys one by one, instead of by the frame.
pub(super) fn add(app: &mut App) {
    let mut settings = app.world_mut().resource_mut::<EguiGlobalSettings>();
    settings.input_system_settings.run_write_keyboard_input_messages_system = false;
    app.add_systems(PreUpdate, read.in_set(EguiInputSet::ReadBevyMessages));
}

fn read(
    mut keys: MessageReader<KeyboardInput>,
    mut lost: MessageReader<KeyboardFocusLost>,
    mut held: Local<ModifierKeysState>,
    mut clipboard: ResMut<EguiClipboard>,
    mut out: MessageWriter<EguiInputEvent>,
    contexts: Query<Entity, With<PrimaryEguiContext>>,
) {
    if lost.read().count() > 0 {
        // What is let go elsewhere is not told.
        *held = ModifierKeysState::default();
    }
    let Ok(context) = contexts.single() else { return };
    for message in keys.read() {
        let events = told(&mut held, message, &mut || clipboard.get_text());
        out.write_batch(events.into_iter().map(|event| EguiInputEvent { context, event }));
    }
}

/// What one key is to egui: with what is held by then, as text, as a key, as a chord of the clipboard.
fn told(
    held: &mut ModifierKeysState,
    message: &KeyboardInput,
    clipboard: &mut dyn FnMut() -> Option<String>,
) -> Vec<Event> {
    let pressed = message.state.is_pressed();
    match message.logical_key {
        Key::Shift => held.shift = pressed,
        Key::Control => held.ctrl = pressed,
        Key::Alt => held.alt = pressed,
        Key::Super | Key::Meta => held.win = pressed,
        _ => {}
    }
    let modifiers = held.to_egui_modifiers();
    let mut events = Vec::new();
    if pressed && held.text_input_is_allowed() {
        match &message.logical_key {
            Key::Character(text) if !text.contains(char::is_control) => {
                events.push(Event::Text(text.to_string()));
            }
            Key::Space => events.push(Event::Text(" ".to_owned())),
            _ => {}
        }
    }
    let physical_key = helpers::bevy_to_egui_physical_key(&message.key_code);
    // Keyboards without Latin letters have chords where others have them.
    let Some(key) = helpers::bevy_to_egui_key(&message.logical_key).or(physical_key) else { return events };
    // egui finds out by itself what is repeated.
    events.push(Event::Key { key, physical_key, pressed, repeat: false, modifiers });
    if pressed && modifiers.command {
        match key {
            egui::Key::C => events.push(Event::Copy),
            egui::Key::X => events.push(Event::Cut),
            egui::Key::V => events.extend(clipboard().map(Event::Paste)),
            _ => {}
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use bevy::input::ButtonState;
    use bevy::input::keyboard::KeyCode;

    use super::*;

    fn message(logical_key: Key, key_code: KeyCode, pressed: bool) -> KeyboardInput {
        let state = if pressed { ButtonState::Pressed } else { ButtonState::Released };
        KeyboardInput { key_code, logical_key, state, text: None, repeat: false, window: Entity::PLACEHOLDER }
    }

    /// What is told of keys that go down and up within one frame.
    fn frame(keys: &[(&str, KeyCode, bool)]) -> Vec<Event> {
        let mut held = ModifierKeysState::default();
        let key = |name: &str| match name {
            "Control" => Key::Control,
            letter => Key::Character(letter.into()),
        };
        let told = |&(name, code, pressed): &(&str, KeyCode, bool)| {
            told(&mut held, &message(key(name), code, pressed), &mut || Some("kept".to_owned()))
        };
        keys.iter().flat_map(told).collect()
    }

    #[test]
    fn a_chord_within_a_slow_frame_is_the_chord_and_a_letter_beside_it_is_the_letter() {
        let clipboard =
            [("c", Some(Event::Copy)), ("x", Some(Event::Cut)), ("v", Some(Event::Paste("kept".to_owned())))];
        for (letter, code) in [
            ("c", KeyCode::KeyC),
            ("x", KeyCode::KeyX),
            ("v", KeyCode::KeyV),
            ("s", KeyCode::KeyS),
            ("z", KeyCode::KeyZ),
        ] {
            let control = |pressed| ("Control", KeyCode::ControlLeft, pressed);
            let (down, up) = ((letter, code, true), (letter, code, false));
            let wanted =
                clipboard.iter().find(|(other, _)| *other == letter).and_then(|(_, event)| event.clone());
            let is_clipboard = |event: &&Event| matches!(event, Event::Copy | Event::Cut | Event::Paste(_));
            let held = |events: &[Event]| -> Vec<bool> {
                let held = events.iter().filter_map(|event| match event {
                    Event::Key { pressed: true, modifiers, key, .. } if key.name().len() == 1 => {
                        Some(modifiers.command)
                    }
                    _ => None,
                });
                held.collect()
            };
            let texts =
                |events: &[Event]| events.iter().filter(|event| matches!(event, Event::Text(_))).count();
            // The whole chord, over before the frame begins, and then the letter alone.
            let events = frame(&[control(true), down, up, control(false), down, up]);
            assert_eq!((held(&events), texts(&events)), (vec![true, false], 1), "{letter}");
            assert_eq!(events.iter().find(is_clipboard).cloned(), wanted, "{letter}");
            // The letter, and then the chord's beginning alone.
            let events = frame(&[down, up, control(true)]);
            assert_eq!((held(&events), texts(&events)), (vec![false], 1), "{letter}");
            assert_eq!(events.iter().find(is_clipboard), None, "{letter}");
        }
    }

    #[test]
    fn a_keyboard_without_latin_letters_has_the_chords_where_others_have_them() {
        let events = frame(&[("Control", KeyCode::ControlLeft, true), ("с", KeyCode::KeyC, true)]);
        assert!(events.contains(&Event::Copy), "{events:?}");
    }
}
