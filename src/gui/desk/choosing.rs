//! Who is to run what: the seat, the strategies in seats that nobody takes, and a match played before chosen again.

use super::{Desk, Listed, Screen};
use crate::level::Level;
use crate::play::Difficulty;

impl Desk {
    /// No seat is taken: strategies have them all, the level's own or those of a fair match.
    pub fn spectate(&mut self) {
        self.cast = self.chosen_level().map(|level| Difficulty::Fair.cast(level));
    }

    /// The place in the list of the level that was played; nothing where it is not listed any more.
    pub fn listed_again(&self, level: &Level) -> Option<usize> {
        let same = |listed: &Listed| listed.level.as_ref().is_ok_and(|known| known.id == level.id);
        let chosen = Some(self.chosen).filter(|&place| self.levels.get(place).is_some_and(same));
        chosen.or_else(|| self.levels.iter().position(same))
    }

    /// Chooses the level that was played, with the seat it was played in.
    fn choose_again(&mut self) -> bool {
        let Some(played) = &self.played else { return false };
        let (level, me) = (&played.position.level, played.position.me);
        let Some(place) = self.listed_again(level) else { return false };
        let difficulty = played.position.difficulty;
        (self.chosen, self.seat, self.cast, self.difficulty) = (place, me, None, difficulty);
        self.refresh_seat();
        true
    }

    pub(super) fn again(&mut self) {
        if self.choose_again() {
            self.begin();
        }
    }

    pub(super) fn another_ceo(&mut self) {
        if self.choose_again() {
            let seats = self.chosen_level().map_or(1, |level| level.platforms.len());
            self.seat = (self.seat + 1) % seats;
            self.go(Screen::Briefing);
        }
    }

    /// The level chosen may have fewer seats than before.
    pub(super) fn refresh_seat(&mut self) {
        let seats = self.chosen_level().map_or(0, |level| level.platforms.len());
        self.seat = if self.seat < seats { self.seat } else { 0 };
        self.cast = self.cast.take().filter(|cast| cast.len() == seats);
    }
}
