//! Several people at one machine: who takes part, and who sits down next. Between two of them nothing of the match is shown.

use super::{Desk, NewsFilter, Screen, Tab, Watch};
use walled_gardens_engine::play::Session;

impl Desk {
    /// Somebody else takes a seat too, or leaves it.
    pub(super) fn join(&mut self, platform: usize) {
        match self.guests.iter().position(|&guest| guest == platform) {
            Some(place) => {
                self.guests.remove(place);
            }
            None if platform != self.seat => self.guests.push(platform),
            None => {}
        }
    }

    /// Everybody's seats, by platform.
    pub fn people(&self) -> Vec<usize> {
        let guests = self.guests.iter().copied().filter(|&guest| guest != self.seat);
        std::iter::once(self.seat).chain(guests).collect()
    }

    /// Whoever is at the machine leaves it: what was opened and begun there is nobody else's to see.
    pub(super) fn leave_seat(&mut self) {
        self.close_all();
        self.composed.clear();
        (self.proposal, self.weighing, self.watch, self.message) = (None, None, None, None);
        (self.news, self.tab, self.article) = (NewsFilter::default(), Tab::Prices, None);
        self.screen = Screen::HandOver;
    }

    /// The next sits down, and sees what the last month brought.
    pub(super) fn sit_down(&mut self) {
        let Some(played) = self.played.as_ref().filter(|_| self.screen == Screen::HandOver) else { return };
        let begun = played.position.played() > 0;
        self.screen = Screen::Play;
        self.watch = begun.then_some(Watch { clock: 0.0 });
    }

    /// Whether several people play the match on the desk, and it is not being worked out.
    pub(super) fn is_shared(&self) -> bool {
        let session = self.played.as_ref().and_then(|played| played.session.as_ref());
        session.is_some_and(Session::is_shared)
    }
}
