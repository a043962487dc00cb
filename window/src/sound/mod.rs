//! What is heard: a few sounds that say what the eye may miss. They are worked out, and no file holds them.

mod speaker;
mod tones;

use bevy::prelude::*;

use speaker::Speaker;

use super::resource::DeskResource;

/// Plays what is to be heard.
pub(super) struct SoundPlugin;

impl Plugin for SoundPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<Speaker>().add_systems(Last, play);
    }
}

fn play(mut desk: ResMut<DeskResource>, mut speaker: ResMut<Speaker>) {
    if desk.0.sounds.is_empty() {
        return;
    }
    let sounds = std::mem::take(&mut desk.0.sounds);
    if desk.0.settings.sound {
        speaker.play(tones::together(&sounds));
    }
}
