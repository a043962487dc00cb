//! A month begins: people have what they spend in it.

use bevy::prelude::*;

use crate::sim::state::cells::Cells;
use crate::sim::state::world::{Clock, CurrentLevel};

/// Sets what people spend to the season, the economy and the mood that events have left.
pub(in crate::sim) fn begin(level: Res<CurrentLevel>, clock: Res<Clock>, mut cells: ResMut<Cells>) {
    // Where a mood has just ended the calendar is even again.
    if !level.0.calendar.is_even() || !level.0.events.is_empty() {
        cells.turn_to(&level.0, clock.turn);
    }
}
