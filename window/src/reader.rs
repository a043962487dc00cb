//! Screen readers: what one wants done with a control reaches it as if it had been pressed. What is on the screen they
//! are told by `bevy_egui`.

use bevy::a11y::ActionRequest;
use bevy::prelude::*;
use bevy_egui::egui::Event;
use bevy_egui::{EguiInput, PrimaryEguiContext};

/// Hands over what screen readers ask for.
pub(super) fn answer(
    mut requests: MessageReader<ActionRequest>,
    mut inputs: Query<&mut EguiInput, With<PrimaryEguiContext>>,
) {
    let Ok(mut input) = inputs.single_mut() else { return };
    input.events.extend(requests.read().map(|request| Event::AccessKitActionRequest(request.0.clone())));
}
