//! Who is to run what: the seat, the strategies in seats that nobody takes, and a match played before chosen again.

use std::sync::Arc;

use super::{Desk, Screen};
use crate::texts::{of_level, say};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::{Difficulty, Position, Save};

impl Desk {
    /// No seat is taken: strategies have them all, the level's own or those of a fair match.
    pub fn spectate(&mut self) {
        let seed = self.seed;
        self.cast =
            self.chosen_level().map(|level| Difficulty::Fair.cast(level, seed.unwrap_or(level.setup.seed)));
    }

    /// The place in the list of the level that was played; nothing where none of its name is listed any more. Several
    /// may have one name: it is the one with the text that was played, or else one that has become another since.
    pub fn listed_again(&self, played: &Position) -> Option<usize> {
        let named =
            |&place: &usize| self.levels[place].level.as_ref().is_ok_and(|known| known.id == played.level.id);
        let chosen = Some(self.chosen).filter(|&place| place < self.levels.len());
        let places = || chosen.into_iter().chain(0..self.levels.len()).filter(named);
        places().find(|&place| self.is_unchanged(place, played)).or_else(|| places().next())
    }

    /// Whether a level of the list is the one that was played, letter by letter.
    fn is_unchanged(&self, place: usize, played: &Position) -> bool {
        let same = |level: &Arc<Level>| {
            played.difficulty.change(&level.text).is_ok_and(|text| text == played.level.text)
        };
        self.levels[place].level.as_ref().is_ok_and(same)
    }

    /// Chooses the level that was played, with the seat it was played in; says so where the level is another by now.
    fn choose_again(&mut self) -> bool {
        let Some(played) = &self.played else { return false };
        let position = &played.position;
        let Some(place) = self.listed_again(position) else { return false };
        if !self.is_unchanged(place, position) {
            self.message = Some(say!("level-has-changed"));
        }
        let (me, difficulty) = (position.me, position.difficulty);
        (self.chosen, self.seat, self.cast, self.difficulty) = (place, me, None, difficulty);
        self.refresh_seat();
        true
    }

    /// Plays the match again from its beginning: the level as it was then, whatever has become of its file, with the same seed.
    pub(super) fn again(&mut self) {
        let Some(played) = &self.played else { return };
        let Some(session) = &played.session else {
            self.message = Some(say!("still-working"));
            return;
        };
        let (save, name) = (Save::of(session), of_level(&session.level().title));
        let listed = self.listed_again(&played.position);
        let changed = !listed.is_some_and(|place| self.is_unchanged(place, &played.position));
        let words = changed.then(|| say!("played-as-it-was"));
        self.beginning = self.start("opening", move || {
            let session = save.anew(&name).map_err(|error| error.to_string())?;
            Ok((session, words))
        });
    }

    pub(super) fn another_ceo(&mut self) {
        if self.choose_again() {
            let seats = self.chosen_level().map_or(1, |level| level.platforms.len());
            self.seat = (self.seat + 1) % seats;
            self.go(Screen::Briefing);
        } else {
            self.message = Some(say!("level-is-gone"));
        }
    }

    /// The level chosen may have fewer seats than before.
    pub(super) fn refresh_seat(&mut self) {
        let seats = self.chosen_level().map_or(0, |level| level.platforms.len());
        self.seat = if self.seat < seats { self.seat } else { 0 };
        self.cast = self.cast.take().filter(|cast| cast.len() == seats);
    }
}
