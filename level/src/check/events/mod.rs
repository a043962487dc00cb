//! What may happen: when, what it does, who chooses.

mod condition;
mod effect;
mod entries;
mod scene;

use super::checker::Checker;
use super::vocabulary::Vocabulary;
use crate::events::raw::{RawChoice, RawEvent};
use crate::events::{Choice, LevelEvent, MAX_ANSWER, MAX_CHOICES, MAX_EVENTS};
use crate::raw::RawLevel;
use crate::{Level, MAX_TURNS};
use effect::Asked;
use scene::Scene;

/// Longest headline.
const LONGEST_TITLE: usize = 60;
/// Longest text.
const LONGEST_TEXT: usize = 500;

impl Checker<'_> {
    /// Completes a level by its events, the names of their flags, and when newcomers enter.
    pub(super) fn events(&mut self, raw: &RawLevel, level: &mut Level, vocabulary: &Vocabulary) {
        self.count("events", raw.events.len(), 0..=MAX_EVENTS);
        self.ids("events", raw.events.iter().map(|event| event.id.as_str()));
        let scene = Scene::of(raw, level, vocabulary);
        let mut risings = 0;
        let events = raw.events.iter().enumerate();
        let events: Vec<LevelEvent> =
            events.map(|(index, event)| self.event(&scene, index, event, &mut risings)).collect();
        let entries = self.entries(&scene, &events, &mut risings);
        level.flags = scene.flags.into_iter().map(str::to_owned).collect();
        level.events = events;
        level.platforms.iter_mut().zip(entries).for_each(|(platform, enters)| platform.enters = enters);
    }

    fn event(&mut self, scene: &Scene, index: usize, event: &RawEvent, risings: &mut usize) -> LevelEvent {
        let path = format!("events[{index}]");
        self.text(&format!("{path}.title"), &event.title, LONGEST_TITLE);
        if !event.text.is_empty() {
            self.text(&format!("{path}.text"), &event.text, LONGEST_TEXT);
        }
        let seat = event.seat.as_ref();
        let seat = seat.and_then(|id| self.id(&format!("{path}.seat"), id, &scene.platforms));
        if event.seat.is_some() && event.choices.is_empty() {
            let message = "an event of one seat that has nothing to choose".to_owned();
            self.complain(&format!("{path}.seat"), message, "`choices`, or no `seat`");
        }
        if let Some(cooldown) = event.cooldown {
            self.whole(&format!("{path}.cooldown"), cooldown, 1..=MAX_TURNS);
        }
        let effects = self.effects(scene, &path, &event.effects, Asked { is_somebody: seat.is_some(), seat });
        let (choices, default) = self.choices(scene, &path, &event.choices, seat);
        LevelEvent {
            id: event.id.clone(),
            title: event.title.clone(),
            text: event.text.clone(),
            when: self.condition(scene, &format!("{path}.when"), &event.when, risings),
            cooldown: event.cooldown,
            seat,
            effects,
            choices,
            default,
            answer_within: self.whole(&format!("{path}.answer_within"), event.answer_within, 1..=MAX_ANSWER),
        }
    }

    fn choices(
        &mut self,
        scene: &Scene,
        path: &str,
        choices: &[RawChoice],
        seat: Option<usize>,
    ) -> (Vec<Choice>, usize) {
        let section = format!("{path}.choices");
        if choices.is_empty() {
            return (Vec::new(), 0);
        }
        if !(2..=MAX_CHOICES).contains(&choices.len()) {
            let message = format!("{} choices", choices.len());
            self.complain(&section, message, &format!("from 2 to {MAX_CHOICES}, or none"));
        }
        self.ids(&section, choices.iter().map(|choice| choice.id.as_str()));
        let defaults = choices.iter().filter(|choice| choice.default).count();
        if defaults != 1 {
            let message = format!("{defaults} of the choices are the default");
            self.complain(&section, message, "one with `default: true`: what is done when nobody answers");
        }
        let mut checked = Vec::new();
        for (place, choice) in choices.iter().enumerate() {
            let path = format!("{section}[{place}]");
            self.text(&format!("{path}.text"), &choice.text, LONGEST_TITLE);
            checked.push(Choice {
                id: choice.id.clone(),
                text: choice.text.clone(),
                effects: self.effects(scene, &path, &choice.effects, Asked { is_somebody: true, seat }),
            });
        }
        (checked, choices.iter().position(|choice| choice.default).unwrap_or(0))
    }
}
