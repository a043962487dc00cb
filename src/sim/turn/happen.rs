//! Events of the level: they happen after a turn, are answered in the next ones, and what they do ends again.

use std::sync::Arc;

use bevy::prelude::*;

use crate::level::events::{Change, Condition, Effect, LevelEvent, Rising};
use crate::level::{Bound, Entry, Level, Measure};
use crate::sim::metrics::measured;
use crate::sim::state::chronicle::{Chosen, Chronicle, Lasting, Waiting};
use crate::sim::state::events::{Event, News};
use crate::sim::state::files::{Files, OnFile, Wall};
use crate::sim::state::negotiations::{Agreement, Negotiations};
use crate::sim::state::outcome::Outcome;
use crate::sim::state::public::Public;
use crate::sim::state::world::{Answers, Clock, CurrentLevel};

/// Answers of this turn are acted on, and what nobody answered in time is decided by default.
pub(in crate::sim) fn decide(
    clock: Res<Clock>,
    mut level: ResMut<CurrentLevel>,
    mut chronicle: ResMut<Chronicle>,
    (mut public, mut files): (ResMut<Public>, ResMut<Files>),
    mut answers: ResMut<Answers>,
    mut news: ResMut<News>,
) {
    if chronicle.waiting.is_empty() {
        return;
    }
    let now = clock.turn;
    let before = Arc::clone(&level.0);
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
        let effects = &level.0.events[event].choices[choice].effects;
        let mut moved =
            Moved { level: &before, chronicle: &mut chronicle, public: &mut public, files: &mut files };
        moved.bring_about(effects, now, Some(by));
        chronicle.chosen.push(answer);
        news.0.push(Event::Chose { by, event, choice });
    }
    level.0 = chronicle.in_force(&level.0);
    news.0.extend(entered(&before, &level.0));
}

/// What has lasted long enough ends, and events happen whose time has come: in force from the next turn on.
pub(in crate::sim) fn happen(
    clock: Res<Clock>,
    mut level: ResMut<CurrentLevel>,
    mut chronicle: ResMut<Chronicle>,
    negotiations: Res<Negotiations>,
    (mut public, mut files): (ResMut<Public>, ResMut<Files>),
    mut outcome: ResMut<Outcome>,
) {
    if !level.0.is_eventful() {
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
    let entering: Vec<usize> = (0..level.0.platforms.len()).filter(|&p| scene.enters(p)).collect();
    if !ended && happening.is_empty() && entering.is_empty() {
        return;
    }
    let before: Arc<Level> = Arc::clone(&level.0);
    let enter = |platform| Effect::Change { change: Change::Enter { platform }, months: None };
    let let_in: Vec<Effect> = entering.into_iter().map(enter).collect();
    let mut moved =
        Moved { level: &before, chronicle: &mut chronicle, public: &mut public, files: &mut files };
    moved.bring_about(&let_in, now + 1, None);
    for &number in &happening {
        let event = &before.events[number];
        moved.bring_about(&event.effects, now + 1, event.seat);
    }
    level.0 = chronicle.in_force(&level.0);
    for number in happening {
        let event = &before.events[number];
        chronicle.happened[number] = Some(now);
        if !event.choices.is_empty() {
            let seats = event.seat.map_or(0..before.platforms.len(), |seat| seat..seat + 1);
            let asked = seats.filter(|&seat| level.0.platforms[seat].here);
            let until = now + event.answer_within;
            chronicle.waiting.extend(asked.map(|seat| Waiting { event: number, seat, until }));
        }
        outcome.news.push(Event::Happened { event: number });
    }
    outcome.news.extend(entered(&before, &level.0));
}

/// Who stands in a market that did not before.
fn entered(before: &Level, after: &Level) -> Vec<Event> {
    let platforms = before.platforms.iter().zip(&after.platforms).enumerate();
    let new = platforms.filter(|(_, (before, after))| !before.here && after.here);
    new.map(|(platform, _)| Event::Entered { platform }).collect()
}

/// What effects move: what lasts, what people think, and what is on file.
struct Moved<'a> {
    level: &'a Level,
    chronicle: &'a mut Chronicle,
    public: &'a mut Public,
    files: &'a mut Files,
}

impl Moved<'_> {
    /// Whom an effect moves; nobody who is not there yet.
    fn there(&self, of: Option<usize>, asked: Option<usize>) -> Option<usize> {
        of.or(asked).filter(|&platform| self.level.platforms[platform].here)
    }

    /// Brings effects about. What lasts does so from `first`, the next turn that is played, on; `asked` is who chose.
    fn bring_about(&mut self, effects: &[Effect], first: u32, asked: Option<usize>) {
        for effect in effects {
            match effect {
                Effect::Change { change, months } => {
                    let until = months.map(|months| first + months - 1);
                    self.chronicle.lasting.push(Lasting { change: change.clone(), until });
                }
                Effect::Pay { to, amount } => {
                    self.chronicle.owed.extend(to.or(asked).map(|platform| (platform, *amount)));
                }
                Effect::Flag { flag, up } => self.chronicle.flags[*flag] = *up,
                Effect::Opinion { of, by } => {
                    let Some(platform) = self.there(*of, asked) else { continue };
                    let opinion = &mut self.public.opinion[platform];
                    *opinion = (*opinion + by).clamp(-1.0, 1.0);
                }
                Effect::Attention { of, offence, weight } => {
                    let Some(platform) = self.there(*of, asked) else { continue };
                    let (turn, offence, weight) = (first - 1, *offence, *weight);
                    self.files.0[platform].deeds.push(OnFile { turn, offence, weight });
                }
                Effect::Remedy { of, months, open } => {
                    let Some(platform) = self.there(*of, asked) else { continue };
                    let there = |&other: &usize| other != platform && self.level.sells(other);
                    let others = self.level.shops().into_iter().filter(there);
                    let walls = others.flat_map(|to| open.iter().map(move |&service| Wall { service, to }));
                    self.files.0[platform].forbid(walls, first + months - 1);
                }
            }
        }
    }
}

/// Remembers what metrics are that conditions compare over months.
fn remember(level: &Level, chronicle: &mut Chronicle, outcome: &Outcome) {
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
struct Scene<'a> {
    level: &'a Level,
    chronicle: &'a Chronicle,
    negotiations: &'a Negotiations,
    outcome: &'a Outcome,
}

impl Scene<'_> {
    fn happens(&self, event: usize) -> bool {
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

    fn enters(&self, platform: usize) -> bool {
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
