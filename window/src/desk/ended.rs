//! A match that is over: whether it was the best so far, and what to play next.

use super::{Action, Desk, Listed, Screen};
use crate::texts::say;
use walled_gardens_engine::play::objectives::Medal;
use walled_gardens_engine::play::{Best, Position};

impl Desk {
    /// Takes down how a match ended. Of several people at one machine nobody's is taken down: they did not play against the level.
    pub(super) fn record_end(&mut self, position: &Position, best: Best) {
        if self.is_shared() {
            return;
        }
        let (level, seat) = (&position.level.id, &position.level.platforms[position.me].id);
        if self.bests.take(level, seat, best) {
            self.record = Some(position.number);
            if let Err(error) = self.bests.keep(self.shelf.folder()) {
                self.message = Some(say!("best-not-kept", reason = error));
            }
        }
    }

    /// Chooses a level to play next, and goes to its briefing.
    pub(super) fn play_next(&mut self, place: usize) {
        self.act(Action::Go(Screen::Browser));
        self.studies = self.levels.get(place).is_some_and(Listed::is_study);
        self.act(Action::Choose(place));
        self.act(Action::Go(Screen::Briefing));
    }

    /// The level to play next, by its place: of those to play the next that was never played to its end; where all were, the next without
    /// gold. Nothing where everything is won.
    pub fn next_level(&self) -> Option<usize> {
        let here = self.played.as_ref().map(|played| played.position.level.id.as_str());
        let id = |place: usize| self.levels[place].level.as_ref().ok().map(|level| level.id.as_str());
        let of_play: Vec<usize> = (0..self.levels.len())
            .filter(|&place| id(place).is_some() && !self.levels[place].is_study())
            .collect();
        let after = of_play.iter().position(|&place| id(place) == here).map_or(0, |now| now + 1);
        let around = of_play.iter().cycle().skip(after).take(of_play.len());
        let others: Vec<usize> = around.copied().filter(|&place| id(place) != here).collect();
        let new = |&&place: &&usize| id(place).is_some_and(|id| !self.bests.has_played(id));
        let open = |&&place: &&usize| id(place).is_some_and(|id| self.bests.medal(id) < Some(Medal::Gold));
        others.iter().find(new).or_else(|| others.iter().find(open)).copied()
    }
}
