//! A match that is watched on the desk: as far as it has been told of, and which turn of it is shown.

use std::sync::Arc;

use super::tasks::{Raising, Viewing};
use super::{Desk, Look, Screen, Watch};
use crate::texts::{of_level, say};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::{Position, Programme, Save, Showing, TaskState, Told};

impl Desk {
    /// The match that is on the screen: the one watched, or the one played.
    pub fn position(&self) -> Option<&Position> {
        match (self.screen, &self.viewing) {
            (Screen::Watch, Some(viewing)) => Some(viewing.showing.position()),
            // Whoever sits down next is not to see what another saw.
            (Screen::HandOver, _) => None,
            _ => self.played.as_ref().map(|played| &played.position),
        }
    }

    /// Watches a match, once its market is open.
    pub fn raise(&mut self, programme: Programme) {
        let back = self.viewing.as_ref().map_or(self.screen, |viewing| viewing.back);
        self.close_all();
        match programme.start() {
            Ok(task) => self.raising = Some(Raising { task, back }),
            Err(error) => self.message = Some(error.to_string()),
        }
    }

    /// Watches the match that was played here.
    pub(super) fn watch_match(&mut self) {
        let session = self.played.as_ref().and_then(|played| played.session.as_ref());
        let Some(session) = session else { return };
        let name = of_level(&session.level().title);
        self.raise(Programme::Recorded(name, Box::new(Save::of(session))));
    }

    /// Watches the chosen level, played by the strategies it is cast with.
    pub(super) fn watch_level(&mut self, level: Arc<Level>, cast: Vec<String>) {
        self.raise(Programme::Between(level, cast, self.seed));
    }

    /// Shows the turn that somebody asked for, who wants to stay there.
    pub(super) fn show_turn(&mut self, turn: u32) {
        let Some(viewing) = &mut self.viewing else { return };
        viewing.playing = false;
        self.turn_to(turn);
    }

    /// Shows a turn; whoever goes on by one sees people walk.
    fn turn_to(&mut self, turn: u32) {
        let Some(viewing) = &mut self.viewing else { return };
        let next = turn == viewing.showing.turn() + 1;
        viewing.showing.show(turn);
        let walks = next && viewing.showing.turn() == turn && !self.settings.reduced_motion;
        self.watch = (walks || viewing.playing && turn > 0).then_some(Watch { clock: 0.0 });
    }

    /// Goes on turn by turn, from the beginning if all have been shown; or stops.
    pub(super) fn pause(&mut self) {
        let Some(viewing) = &mut self.viewing else { return };
        viewing.playing = !viewing.playing;
        let showing = &mut viewing.showing;
        if viewing.playing && showing.turn() >= showing.last() {
            showing.show(0);
            self.watch = None;
        }
    }

    /// Keeps the match that is watched.
    pub(super) fn save_viewing(&mut self) {
        let Some(viewing) = &self.viewing else { return };
        if viewing.showing.save().has_person() {
            return self.tell(say!("recording-is-kept"));
        }
        let save = viewing.showing.save();
        let name = say!("watched-name", what = save.called());
        let kept = self.shelf.keep(&name, save);
        self.tell_of(kept);
    }

    /// Takes in what has been told since the last frame, and goes on to the next turn once people have walked.
    pub(super) fn tick_viewing(&mut self) {
        if let Some(raising) = self.raising.take() {
            match raising.task.poll() {
                TaskState::Running => self.raising = Some(raising),
                TaskState::Done(Told::Opened(showing)) => self.view(raising, *showing),
                TaskState::Done(Told::Refused(error)) => self.message = Some(error),
                TaskState::Done(Told::Turn(_)) | TaskState::Failed => {
                    self.message = Some(say!("task-failed"));
                }
            }
        }
        let Some(viewing) = &mut self.viewing else { return };
        while viewing.is_working() {
            match viewing.task.poll() {
                TaskState::Running => break,
                TaskState::Done(Told::Turn(turn)) => viewing.showing.add(*turn),
                TaskState::Done(_) | TaskState::Failed => {
                    self.viewing = None;
                    self.screen = Screen::Browser;
                    self.message = Some(say!("task-failed"));
                    return;
                }
            }
        }
        if let Some(turn) = viewing.showing.differs().filter(|_| !viewing.warned) {
            viewing.warned = true;
            self.message = Some(say!("replay-differs", turn = turn));
        }
        let (next, known) = (viewing.showing.turn() + 1, viewing.showing.known());
        viewing.playing &= next <= viewing.showing.last();
        if viewing.playing && self.watch.is_none() && next <= known {
            self.turn_to(next);
        }
    }

    fn view(&mut self, raising: Raising, showing: Showing) {
        let Raising { task, back } = raising;
        // Who wants nothing to move starts it by hand.
        let playing = !self.settings.reduced_motion;
        self.viewing = Some(Viewing { showing, playing, back, task, warned: false });
        (self.screen, self.watch, self.message) = (Screen::Watch, None, None);
        self.look = Look::default();
        self.close_all();
    }
}
