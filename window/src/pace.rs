//! How often a frame is drawn: as fast as the screen shows them while something moves, a few times a second while something is worked out
//! or passes by itself, and otherwise when something happens. Where nothing moves, nothing is drawn.

use std::time::Duration;

use bevy::prelude::*;
use bevy::winit::{UpdateMode, WinitSettings};
use bevy_egui::egui;

use super::desk::Desk;
use super::resource::DeskResource;
use bevy_egui::{EguiContexts, EguiInput, PrimaryEguiContext};

/// Seconds after which nothing that somebody did still moves: fades are over, and hints that come late have come.
const SETTLED: f32 = 1.0;
/// How often is looked at what nobody did: files of levels that come to lie in a folder.
const RESTING: Duration = Duration::from_secs(5);

/// How fast frames follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Something moves.
    Moving,
    /// Something is worked out, or will pass by itself.
    Waiting,
    /// Nothing is to come.
    Resting,
}

impl Pace {
    /// The pace of a desk; `since` is how many seconds ago somebody did something, and `typing` whether a cursor blinks.
    pub fn of(desk: &Desk, since: f32, typing: bool) -> Self {
        let walks = desk.watch.is_some() && !desk.settings.reduced_motion;
        match () {
            () if walks || since < SETTLED => Self::Moving,
            () if desk.is_working() || desk.is_passing() || typing => Self::Waiting,
            () => Self::Resting,
        }
    }

    /// The longest time between two frames.
    pub fn wait(self) -> Duration {
        match self {
            Self::Moving => Duration::from_millis(16),
            Self::Waiting => Duration::from_millis(100),
            Self::Resting => RESTING,
        }
    }
}

/// Keeps the pace. Nothing is to be read from how long nobody did anything but what is said here.
pub(super) fn keep(
    desk: Res<DeskResource>,
    time: Res<Time<Real>>,
    scripted: Option<Res<Scripted>>,
    mut inputs: Query<&mut EguiInput, With<PrimaryEguiContext>>,
    mut contexts: EguiContexts,
    mut settings: ResMut<WinitSettings>,
    (mut since, mut held): (Local<f32>, Local<egui::Modifiers>),
) {
    for mut input in &mut inputs {
        drop_what_did_not_change(&mut input.events, &mut held);
    }
    let touched = inputs.iter().any(|input| !input.events.is_empty());
    *since = if touched || scripted.is_some() { 0.0 } else { *since + time.delta_secs() };
    let typing = contexts.ctx_mut().is_ok_and(|context: &mut egui::Context| context.text_edit_focused());
    let mode = UpdateMode::reactive_low_power(Pace::of(&desk.0, *since, typing).wait());
    if settings.focused_mode != mode {
        *settings = WinitSettings { focused_mode: mode, unfocused_mode: mode };
    }
}

/// Drops what is said of modifiers that are held as they were: `bevy_egui` says it in every frame, and egui asks for another frame after each
/// in which it was told anything.
fn drop_what_did_not_change(events: &mut Vec<egui::Event>, held: &mut egui::Modifiers) {
    events.retain(|event| match event {
        egui::Event::ModifiersChanged(now) => std::mem::replace(held, *now) != *now,
        _ => true,
    });
}

/// A script drives the window: it counts time by frames.
#[derive(Resource)]
pub(super) struct Scripted;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use walled_gardens_engine::play::Shelf;

    #[test]
    fn modifiers_are_told_of_when_they_change() {
        use egui::{Event, Modifiers};
        let mut held = Modifiers::NONE;
        let mut left = |now: Modifiers| {
            let mut events = vec![Event::ModifiersChanged(now), Event::PointerGone];
            drop_what_did_not_change(&mut events, &mut held);
            events.len()
        };
        assert_eq!(
            [Modifiers::NONE, Modifiers::SHIFT, Modifiers::SHIFT, Modifiers::NONE].map(&mut left),
            [1, 2, 1, 2]
        );
    }

    #[test]
    fn what_moves_is_drawn_at_once_and_what_rests_hardly_ever() {
        let mut desk = Desk::new(Settings::default(), Shelf::at(std::env::temp_dir()));
        assert_eq!(Pace::of(&desk, 0.1, false), Pace::Moving, "somebody has just done something");
        assert_eq!(Pace::of(&desk, 9.0, false), Pace::Resting);
        assert_eq!(Pace::of(&desk, 9.0, true), Pace::Waiting, "a cursor blinks");
        desk.watch = Some(crate::desk::Watch { clock: 0.0 });
        assert_eq!(Pace::of(&desk, 9.0, false), Pace::Moving, "people walk");
        desk.settings.reduced_motion = true;
        assert_ne!(Pace::of(&desk, 9.0, false), Pace::Moving, "and stand where they do not");
    }
}
