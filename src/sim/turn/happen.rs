//! Events of the level: they happen after a turn, are answered in the next ones, and what they do ends again.

use std::sync::Arc;

use bevy::prelude::*;

use crate::level::Level;
use crate::level::events::{Condition, LevelEvent, Rising};
use crate::level::{Bound, Measure};
use crate::sim::metrics::measured;
use crate::sim::state::chronicle::{Chosen, Chronicle, Waiting};
use crate::sim::state::events::{Event, News};
use crate::sim::state::negotiations::{Agreement, Negotiations};
use crate::sim::state::outcome::Outcome;
use crate::sim::state::world::{Answers, Clock, CurrentLevel};

/// Answers of this turn are acted on, and what nobody answered in time is decided by default.
pub(in crate::sim) fn decide(
    clock: Res<Clock>,
    mut level: ResMut<CurrentLevel>,
    mut chronicle: ResMut<Chronicle>,
    mut answers: ResMut<Answers>,
    mut news: ResMut<News>,
) {
    if chronicle.waiting.is_empty() {
        return;
    }
    let now = clock.turn;
    let mut given = std::mem::take(&mut answers.0);
    let due = |waiting: &&Waiting| waiting.until <= now;
    for waiting in chronicle.waiting.iter().filter(due) {
        if !given.iter().any(|answer| (answer.event, answer.by) == (waiting.event, waiting.seat)) {
            let choice = level.0.events[waiting.event].default;
            given.push(Chosen { event: waiting.event, by: waiting.seat, choice, turn: now });
        }
    }
    // By event, then by seat: who ordered first decides nothing.
    given.sort_by_key(|answer| (answer.event, answer.by));
    for answer in given {
        let Chosen { event, by, choice, .. } = answer;
        chronicle.waiting.retain(|waiting| (waiting.event, waiting.seat) != (event, by));
        chronicle.bring_about(&level.0.events[event].choices[choice].effects, now, Some(by));
        chronicle.chosen.push(answer);
        news.0.push(Event::Chose { by, event, choice });
    }
    level.0 = chronicle.in_force(&level.0);
}

/// What has lasted long enough ends, and events happen whose time has come: in force from the next turn on.
pub(in crate::sim) fn happen(
    clock: Res<Clock>,
    mut level: ResMut<CurrentLevel>,
    mut chronicle: ResMut<Chronicle>,
    negotiations: Res<Negotiations>,
    mut outcome: ResMut<Outcome>,
) {
    if level.0.events.is_empty() {
        return;
    }
    let now = clock.turn;
    let lasted = chronicle.lasting.len();
    chronicle.lasting.retain(|lasting| lasting.until.is_none_or(|until| until > now));
    let ended = chronicle.lasting.len() < lasted;
    remember(&level.0, &mut chronicle, &outcome);
    // What happens at once is judged by what was before: the order of events decides nothing.
    let scene =
        Scene { level: &level.0, chronicle: &chronicle, negotiations: &negotiations, outcome: &outcome };
    let happening: Vec<usize> = (0..level.0.events.len()).filter(|&event| scene.happens(event)).collect();
    if !ended && happening.is_empty() {
        return;
    }
    let written: Arc<Level> = Arc::clone(&level.0);
    for number in happening {
        let event = &written.events[number];
        chronicle.happened[number] = Some(now);
        chronicle.bring_about(&event.effects, now + 1, event.seat);
        if !event.choices.is_empty() {
            let seats = event.seat.map_or(0..written.platforms.len(), |seat| seat..seat + 1);
            let until = now + event.answer_within;
            chronicle.waiting.extend(seats.map(|seat| Waiting { event: number, seat, until }));
        }
        outcome.news.push(Event::Happened { event: number });
    }
    level.0 = chronicle.in_force(&level.0);
}

/// Remembers what metrics are that conditions compare over months.
fn remember(level: &Level, chronicle: &mut Chronicle, outcome: &Outcome) {
    let parts = level.events.iter().flat_map(|event| event.when.parts());
    for part in parts {
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
struct Scene<'a> {
    level: &'a Level,
    chronicle: &'a Chronicle,
    negotiations: &'a Negotiations,
    outcome: &'a Outcome,
}

impl Scene<'_> {
    fn happens(&self, event: usize) -> bool {
        let LevelEvent { when, cooldown, .. } = &self.level.events[event];
        let rested = match (self.chronicle.happened[event], cooldown) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(last), Some(months)) => self.outcome.turn >= last + months,
        };
        // Nobody is asked twice at once.
        let asked = self.chronicle.waiting.iter().any(|waiting| waiting.event == event);
        rested && !asked && self.holds(when)
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
