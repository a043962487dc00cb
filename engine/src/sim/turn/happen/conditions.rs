//! When something happens: what conditions look at, and what they remember.

use crate::level::events::{Condition, LevelEvent, Rising};
use crate::level::{Bound, Entry, Level, Measure};
use crate::sim::metrics::measured;
use crate::sim::state::chronicle::Chronicle;
use crate::sim::state::negotiations::{Agreement, Negotiations};
use crate::sim::state::outcome::Outcome;

/// Remembers what metrics are that conditions compare over months.
pub(super) fn remember(level: &Level, chronicle: &mut Chronicle, outcome: &Outcome) {
    for part in level.conditions().flat_map(Condition::parts) {
        if let Condition::Rising(Rising { measure, over, number, .. }) = part {
            let past = &mut chronicle.past[*number];
            past.push(measured(level, measure, outcome));
            // One more than the months between: the first and the last are compared.
            let over = past.len().saturating_sub(*over as usize + 1);
            past.drain(..over);
        }
    }
}

/// What conditions look at.
pub(super) struct Scene<'a> {
    pub level: &'a Level,
    pub chronicle: &'a Chronicle,
    pub negotiations: &'a Negotiations,
    pub outcome: &'a Outcome,
}

impl Scene<'_> {
    /// Whether an event happens now.
    pub fn happens(&self, event: usize) -> bool {
        let LevelEvent { when, cooldown, seat, choices, .. } = &self.level.events[event];
        // A question waits until there is somebody to be asked.
        if seat.is_some_and(|seat| !choices.is_empty() && !self.level.platforms[seat].here) {
            return false;
        }
        let rested = match (self.chronicle.happened[event], cooldown) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(last), Some(months)) => self.outcome.turn >= last + months,
        };
        // Nobody is asked twice at once.
        let asked = self.chronicle.waiting.iter().any(|waiting| waiting.event == event);
        rested && !asked && self.holds(when)
    }

    /// Whether a newcomer enters now.
    pub fn enters(&self, platform: usize) -> bool {
        let platform = &self.level.platforms[platform];
        !platform.here
            && match &platform.enters {
                Some(Entry::Turn(turn)) => self.outcome.turn + 1 >= *turn,
                Some(Entry::When(condition)) => self.holds(condition),
                Some(Entry::Event) | None => false,
            }
    }

    fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(list) => list.iter().all(|one| self.holds(one)),
            Condition::Any(list) => list.iter().any(|one| self.holds(one)),
            Condition::Not(one) => !self.holds(one),
            Condition::Turn(turn) => self.outcome.turn >= *turn,
            Condition::Every(months) => self.outcome.turn.is_multiple_of(*months),
            Condition::Metric(measure, bound) => {
                self.value(measure).is_some_and(|value| meets(*bound, value))
            }
            Condition::Rising(Rising { over, by, number, .. }) => {
                let past = &self.chronicle.past[*number];
                match (past.first(), past.last()) {
                    (Some(&Some(first)), Some(&Some(last))) if past.len() > *over as usize => {
                        if *by >= 0.0 {
                            last - first >= *by
                        } else {
                            last - first <= *by
                        }
                    }
                    _ => false,
                }
            }
            Condition::Flag(flag) => self.chronicle.flags[*flag],
            Condition::Agreement { between: [one, other], service } => {
                let opens = |agreement: &Agreement| {
                    service.is_none_or(|number| agreement.opened.iter().any(|opened| opened.0 == number))
                };
                let between = |agreement: &&Agreement| agreement.partner_of(*one) == Some(*other);
                self.negotiations.agreements.iter().filter(between).any(opens)
            }
            Condition::Happened { event, choice: None } => self.chronicle.happened[*event].is_some(),
            Condition::Happened { event, choice: Some(choice) } => {
                self.chronicle.chosen.iter().any(|made| (made.event, made.choice) == (*event, *choice))
            }
        }
    }

    fn value(&self, measure: &Measure) -> Option<f64> {
        measured(self.level, measure, self.outcome)
    }
}

fn meets(bound: Bound, value: f64) -> bool {
    match bound {
        Bound::AtLeast(least) => value >= least,
        Bound::AtMost(most) => value <= most,
        Bound::Within(low, high) => (low..=high).contains(&value),
    }
}
