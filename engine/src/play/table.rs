//! Several people at one machine. One decides after the other; what they see and plan is theirs alone, and the month is worked out once
//! all have ended it.

use super::forecast::Forecast;
use super::people::{Person, SavedPerson, Seen};
use super::session::Session;
use crate::sim::Orders;
use crate::strategy::PlatformView;

impl Session {
    /// The seats that people take, in the level's order.
    pub fn people(&self) -> Vec<usize> {
        let mut people: Vec<usize> = self.others.iter().map(|person| person.me).collect();
        people.push(self.me);
        people.sort_unstable();
        people
    }

    /// Whether several people take turns at the machine.
    pub fn is_shared(&self) -> bool {
        !self.others.is_empty()
    }

    /// Puts the plan of whoever is at the machine away, with what was forecast for it, and lets the next who has not ended the month sit down.
    /// Where all others have, nothing happens and the answer is no: the month can be ended.
    pub fn hand_over(&mut self, forecast: Option<Forecast>) -> bool {
        let Some(next) = self.others.iter().position(|person| !person.ended) else { return false };
        let Some(person) = self.others.remove(next) else { return false };
        self.seat(person, forecast, true);
        true
    }

    /// Lets another person sit down; whoever sat there goes to the end of the others.
    fn seat(&mut self, person: Person, forecast: Option<Forecast>, ended: bool) {
        let gone = Person {
            me: std::mem::replace(&mut self.me, person.me),
            turns: std::mem::replace(&mut self.turns, person.turns),
            record: std::mem::replace(&mut self.record, person.record),
            draft: std::mem::replace(&mut self.draft, person.draft),
            forecast,
            ended,
        };
        self.others.push_back(gone);
    }

    /// What everybody at the machine sees now, with what was forecast.
    pub(super) fn seen_by_all(&mut self, forecast: Option<Forecast>) -> Seen {
        let mine = (self.view(), forecast);
        let turns = self.setup().turns;
        let simulation = self.game.simulation();
        let others = self.others.iter_mut();
        let theirs =
            others.map(|person| (PlatformView::new(simulation, person.me, turns), person.forecast.take()));
        std::iter::once(mine).chain(theirs.collect::<Vec<_>>()).collect()
    }

    /// The plans of the others at the machine, which are ordered with the month.
    pub(super) fn take_other_plans(&mut self) -> Vec<(usize, Orders)> {
        self.others.iter_mut().map(|person| (person.me, person.draft.take())).collect()
    }

    /// Begins the next month with the first of all people.
    pub(super) fn begin_with_the_first(&mut self) {
        self.others.iter_mut().for_each(|person| person.ended = false);
        let first = self.people().first().copied();
        if let Some(place) = self.others.iter().position(|person| Some(person.me) == first)
            && let Some(person) = self.others.remove(place)
        {
            self.seat(person, None, false);
        }
        self.others.make_contiguous().sort_unstable_by_key(|person| person.me);
    }

    /// What the others at the machine forecast for a turn, as a file kept it: told before the turn is played again.
    pub(super) fn recall_forecasts(&mut self, saved: &[SavedPerson], turn: u32) {
        for saved in saved {
            if let Some(person) = self.others.iter_mut().find(|person| person.me == saved.me) {
                person.forecast = saved.forecasts.get(turn as usize - 1).cloned().flatten();
            }
        }
    }

    /// Puts the others back as a file kept them, after its turns have been played again.
    pub(super) fn restore_others(&mut self, saved: Vec<SavedPerson>) {
        for saved in saved {
            if let Some(person) = self.others.iter_mut().find(|person| person.me == saved.me) {
                (person.record, person.draft) = (saved.record, saved.draft);
                (person.forecast, person.ended) = (saved.forecast, saved.ended);
            }
        }
    }
}
