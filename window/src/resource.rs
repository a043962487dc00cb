//! The desk in the world that draws it.

use bevy::prelude::*;

use super::desk::Desk;

/// The desk, where Bevy's systems find it.
#[derive(Resource)]
pub struct DeskResource(pub Desk);
