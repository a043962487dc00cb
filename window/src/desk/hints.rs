//! How far a newcomer is in a level's tutorial.

use std::sync::Arc;

use crate::settings::Settings;
use walled_gardens_engine::level::Level;

/// How far a newcomer is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hints {
    /// The level whose tutorial it is. Kept here, since panels are drawn while the match is off the desk.
    pub(crate) level: Option<Arc<Level>>,
    /// Steps done.
    pub(crate) done: usize,
}

impl Hints {
    /// The player has read what a step says.
    pub fn next(&mut self) {
        self.done += 1;
    }
}

/// Whether a level's tutorial has been gone through.
pub(super) fn is_finished(settings: &Settings, level: &Level) -> bool {
    !level.tutorial.is_empty()
        && settings.tutorials.get(&level.id).is_some_and(|&done| done >= level.tutorial.len())
}
