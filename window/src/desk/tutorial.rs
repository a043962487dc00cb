//! The tutorial follows what is done on the desk.

use std::sync::Arc;

use super::hints::{Hints, is_finished};
use super::{Desk, Screen};
use crate::texts::say;
use walled_gardens_engine::level::{Level, Step, Until};
use walled_gardens_engine::order::Order;

impl Desk {
    /// Sees which steps have been done since the last frame.
    pub(super) fn follow_tutorial(&mut self) {
        // Whoever watches a match learns nothing of the tutorial's, and forgets nothing.
        if self.screen == Screen::Watch {
            return;
        }
        let Some(level) = self.level_of_tutorial() else {
            self.hints = Hints::default();
            return;
        };
        let before = self.hints.level.as_ref();
        // Two levels may have one name: it is another tutorial where it has other steps.
        let same = before.is_some_and(|before| before.id == level.id && before.tutorial == level.tutorial);
        let done = match same && self.screen != Screen::Browser {
            true => self.hints.done,
            // Who has been through it has been through it.
            false if is_finished(&self.settings, &level) => level.tutorial.len(),
            false => 0,
        };
        self.hints = Hints { level: Some(Arc::clone(&level)), done };
        // Whoever ends a month without having done what was said before is not told of it any more.
        let turns = |step: &Step| matches!(step.until, Until::Turns(_)) && self.has_done(step);
        let past = level.tutorial.iter().rposition(turns).map_or(0, |place| place + 1);
        self.hints.done = self.hints.done.max(past);
        while level.tutorial.get(self.hints.done).is_some_and(|step| self.has_done(step)) {
            self.hints.done += 1;
        }
        self.remember_steps(&level);
    }

    /// Keeps how far a newcomer is: what was done is not to be done again after a restart.
    fn remember_steps(&mut self, level: &Level) {
        let done = self.hints.done;
        if done <= self.settings.tutorials.get(&level.id).copied().unwrap_or(0) {
            return;
        }
        self.settings.tutorials.insert(level.id.clone(), done);
        if let Err(error) = self.settings.keep() {
            self.message = Some(say!("settings-not-kept", reason = error));
        }
    }

    /// Goes on with the tutorial of a match that is loaded, where it was left.
    pub(super) fn resume_tutorial(&mut self) {
        let Some(level) = self.level_of_tutorial() else { return };
        let done = self.settings.tutorials.get(&level.id).copied().unwrap_or(0);
        self.hints = Hints { level: Some(level), done };
    }

    /// The level on the screen.
    fn level_of_tutorial(&self) -> Option<Arc<Level>> {
        let level = match self.screen {
            Screen::Browser | Screen::Briefing => self.chosen_level(),
            _ => self.played.as_ref().map(|played| &played.position.level),
        };
        level.filter(|level| !level.tutorial.is_empty()).map(Arc::clone)
    }

    fn has_done(&self, step: &Step) -> bool {
        let played = self.played.as_ref();
        match &step.until {
            Until::Next => false,
            Until::Open(place) => self.has_open(place),
            Until::Order(kind) => self.has_ordered(|order| order.kind() == kind),
            Until::Amount { order: kind, from, to } => self.has_ordered(|order| {
                order.kind() == kind && order.number().is_some_and(|number| (*from..=*to).contains(&number))
            }),
            Until::Turns(turns) => played.is_some_and(|played| played.position.played() >= *turns),
        }
    }

    /// Whether such an order is in the plan, or was given.
    fn has_ordered(&self, is_such: impl Fn(&Order) -> bool) -> bool {
        self.played.as_ref().is_some_and(|played| {
            let me = played.position.me;
            let given = played.position.turns.iter().flat_map(|turn| &turn.record.orders[me]);
            played.draft.orders().iter().chain(given).any(is_such)
        })
    }

    /// Whether a place of [`PLACES`](walled_gardens_engine::level::PLACES) is open. Whoever is beyond a briefing has seen it.
    fn has_open(&self, place: &str) -> bool {
        let planning = self.screen == Screen::Play && self.watch.is_none() && !self.is_busy();
        match place {
            "briefing" => self.screen != Screen::Browser,
            "play" => planning,
            "report" => self.screen == Screen::Report,
            "end" => self.screen == Screen::End,
            tab => planning && format!("{:?}", self.tab).eq_ignore_ascii_case(tab),
        }
    }
}
