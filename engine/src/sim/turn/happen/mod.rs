//! Events of the level: they happen after a turn, are answered in the next ones, and what they do ends again.

mod conditions;
mod effects;

use std::sync::Arc;

use bevy::prelude::*;

use crate::level::Level;
use crate::level::events::{Change, Effect};
use crate::sim::state::chronicle::{Chosen, Chronicle, Waiting};
use crate::sim::state::events::{Event, News};
use crate::sim::state::files::Files;
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::public::Public;
use crate::sim::state::world::{Answers, Clock, CurrentLevel};
use conditions::{Scene, remember};
use effects::Moved;

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
