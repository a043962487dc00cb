//! What is worked on beside the desk, and what comes of it.

use super::action::Screen;
use walled_gardens_engine::play::{Programme, Session, Showing, Task, TaskState, Told};

pub(super) type Loaded = Result<Resumed, String>;

/// What a save turned out to be.
pub(super) enum Resumed {
    /// A match to be gone on with, and the first turn that now comes out differently.
    Played(Box<Session>, Option<u32>),
    /// A match between strategies: it can be watched.
    Watched(Programme),
}

/// A match being watched.
pub struct Viewing {
    /// The match.
    pub showing: Showing,
    /// Whether it goes on turn by turn.
    pub playing: bool,
    /// Where to go back to.
    pub back: Screen,
    pub(super) task: Task<Told>,
    /// Whether it has been told that the rules have changed.
    pub(super) warned: bool,
}

impl Viewing {
    /// Whether turns are still to come.
    pub fn is_working(&self) -> bool {
        self.showing.known() < self.showing.last()
    }
}

/// A match to be watched whose market is about to open.
pub(super) struct Raising {
    pub(super) task: Task<Told>,
    pub(super) back: Screen,
}

/// The thread died.
pub(super) struct Lost;

/// A task's answer, once there is one; the task is then over.
pub(super) fn answer<T: Send + 'static>(task: &mut Option<Task<T>>) -> Option<Result<T, Lost>> {
    let answer = match task.as_ref()?.poll() {
        TaskState::Running => return None,
        TaskState::Done(answer) => Ok(answer),
        TaskState::Failed => Err(Lost),
    };
    *task = None;
    Some(answer)
}
