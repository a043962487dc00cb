//! What may happen: when, what it does, who chooses.

use super::checker::Checker;
use super::ranges::AMOUNT;
use super::reference::Written;
use super::vocabulary::Vocabulary;
use crate::level::events::raw::{RawChoice, RawCondition, RawEffect, RawEvent};
use crate::level::events::{
    Change, Choice, Condition, Effect, JUDGED_BY, LevelEvent, MAX_ANSWER, MAX_CHOICES, MAX_EVENTS, Rising,
    SETTLED,
};
use crate::level::raw::RawLevel;
use crate::level::services::ServiceKind;
use crate::level::{Bound, Level, MAX_TURNS, Measurable, Measure};

/// Longest headline.
const LONGEST_TITLE: usize = 60;
/// Longest text.
const LONGEST_TEXT: usize = 500;
/// By how much spending or a parameter may be multiplied, at most.
const MOST: f64 = 10.0;

/// What the events of a level are checked against.
struct Scene<'a> {
    raw: &'a RawLevel,
    level: &'a Level,
    vocabulary: &'a Vocabulary,
    platforms: Vec<&'a str>,
    categories: Vec<&'a str>,
    services: Vec<&'a str>,
    events: Vec<&'a str>,
    flags: Vec<&'a str>,
}

impl<'a> Scene<'a> {
    fn of(raw: &'a RawLevel, level: &'a Level, vocabulary: &'a Vocabulary) -> Self {
        let effects = |event: &'a RawEvent| {
            event.effects.iter().chain(event.choices.iter().flat_map(|choice| &choice.effects))
        };
        let mut flags: Vec<&str> = Vec::new();
        for effect in raw.events.iter().flat_map(effects) {
            if let RawEffect::SetFlag(flag) = effect
                && !flags.contains(&flag.as_str())
            {
                flags.push(flag);
            }
        }
        Self {
            platforms: raw.platforms.iter().map(|platform| platform.id.as_str()).collect(),
            categories: raw.categories.iter().map(|category| category.id.as_str()).collect(),
            services: raw.services.iter().map(|service| service.common().id).collect(),
            events: raw.events.iter().map(|event| event.id.as_str()).collect(),
            raw,
            level,
            vocabulary,
            flags,
        }
    }
}

impl Checker<'_> {
    /// The events of a level, and the names of its flags.
    pub(super) fn events(
        &mut self,
        raw: &RawLevel,
        level: &Level,
        vocabulary: &Vocabulary,
    ) -> (Vec<LevelEvent>, Vec<String>) {
        self.count("events", raw.events.len(), 0..=MAX_EVENTS);
        self.ids("events", raw.events.iter().map(|event| event.id.as_str()));
        let scene = Scene::of(raw, level, vocabulary);
        let mut risings = 0;
        let events = raw.events.iter().enumerate();
        let events = events.map(|(index, event)| self.event(&scene, index, event, &mut risings)).collect();
        (events, scene.flags.into_iter().map(str::to_owned).collect())
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
        let effects = self.effects(scene, &path, &event.effects, seat.is_some());
        let (choices, default) = self.choices(scene, &path, &event.choices);
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

    fn choices(&mut self, scene: &Scene, path: &str, choices: &[RawChoice]) -> (Vec<Choice>, usize) {
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
                effects: self.effects(scene, &path, &choice.effects, true),
            });
        }
        (checked, choices.iter().position(|choice| choice.default).unwrap_or(0))
    }

    fn condition(
        &mut self,
        scene: &Scene,
        path: &str,
        condition: &RawCondition,
        risings: &mut usize,
    ) -> Condition {
        match condition {
            RawCondition::All(list) => Condition::All(self.conditions(scene, path, list, risings)),
            RawCondition::Any(list) => Condition::Any(self.conditions(scene, path, list, risings)),
            RawCondition::Not(one) => {
                Condition::Not(Box::new(self.condition(scene, &format!("{path}[0]"), one, risings)))
            }
            RawCondition::Turn(turn) => Condition::Turn(self.whole(path, *turn, 1..=MAX_TURNS)),
            RawCondition::Every(months) => Condition::Every(self.whole(path, *months, 1..=MAX_TURNS)),
            RawCondition::Metric { metric, of, region, category, service, at_least, at_most } => {
                let written = Written { metric, of, region, category, service, turn: None };
                let measure = self.measurable(scene, path, &written);
                let bound = self.one_bound(path, "condition", *at_least, *at_most, None);
                Condition::Metric(measure, bound.unwrap_or(Bound::AtLeast(0.0)))
            }
            RawCondition::Rising { metric, of, region, category, service, over, by } => {
                let written = Written { metric, of, region, category, service, turn: None };
                let number = *risings;
                *risings += 1;
                Condition::Rising(Rising {
                    measure: self.measurable(scene, path, &written),
                    over: self.whole(&format!("{path}.over"), *over, 1..=120),
                    by: self.number(&format!("{path}.by"), *by, f64::MIN..=f64::MAX),
                    number,
                })
            }
            RawCondition::Flag(flag) => Condition::Flag(self.flag(scene, path, flag)),
            RawCondition::Agreement { between: (one, other), service } => {
                let mut platform = |place: usize, id: &str| {
                    self.id(&format!("{path}.between[{place}]"), id, &scene.platforms).unwrap_or(0)
                };
                let between = [platform(0, one), platform(1, other)];
                if one == other {
                    let message = format!("`{one}` has no agreement with itself");
                    self.complain(&format!("{path}.between"), message, "two platforms");
                }
                let service = service.as_ref();
                let service = service.and_then(|id| self.id(&format!("{path}.service"), id, &scene.services));
                Condition::Agreement { between, service }
            }
            RawCondition::Happened { event, choice } => {
                let found = self.id(&format!("{path}.event"), event, &scene.events);
                let choices = found.map_or(&[][..], |event| &scene.raw.events[event].choices);
                let ids: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
                let choice = choice.as_ref().filter(|_| found.is_some());
                let choice = choice.and_then(|id| self.id(&format!("{path}.choice"), id, &ids));
                Condition::Happened { event: found.unwrap_or(0), choice }
            }
        }
    }

    fn conditions(
        &mut self,
        scene: &Scene,
        path: &str,
        list: &[RawCondition],
        risings: &mut usize,
    ) -> Vec<Condition> {
        if list.is_empty() {
            self.complain(path, "no conditions at all".to_owned(), "at least one");
        }
        let conditions = list.iter().enumerate();
        conditions
            .map(|(place, condition)| {
                self.condition(scene, &format!("{path}[0][{place}]"), condition, risings)
            })
            .collect()
    }

    /// A measure that has a value in the level.
    fn measurable(&mut self, scene: &Scene, path: &str, written: &Written) -> Measure {
        let metrics = scene.vocabulary.names_of_metrics();
        let before = self.found.len();
        let measure = self.measure(scene.raw, &metrics, path, written, MAX_TURNS);
        let named = |known: &&Measurable| known.name == measure.metric;
        let known = scene.vocabulary.metrics.iter().find(named).filter(|_| self.found.len() == before);
        if let Some(wrong) = known.and_then(|known| known.unmeasurable(scene.level, &measure)) {
            self.complain(&format!("{path}.{}", wrong.field), wrong.message, &wrong.expected);
        }
        measure
    }

    fn flag(&mut self, scene: &Scene, path: &str, flag: &str) -> usize {
        let found = scene.flags.iter().position(|known| *known == flag);
        if found.is_none() {
            let nearest = crate::level::nearest(flag, scene.flags.iter().copied()).map(str::to_owned);
            let message = format!("no event sets a flag `{flag}`");
            self.complain(path, message, "a flag that some `SetFlag` sets").suggestion = nearest;
        }
        found.unwrap_or(0)
    }

    /// `asked` says whether there is somebody who chooses, and whose money it may be.
    fn effects(&mut self, scene: &Scene, path: &str, effects: &[RawEffect], asked: bool) -> Vec<Effect> {
        let list = effects.iter().enumerate();
        list.map(|(place, effect)| self.effect(scene, &format!("{path}.effects[{place}]"), effect, asked))
            .collect()
    }

    fn effect(&mut self, scene: &Scene, path: &str, effect: &RawEffect, asked: bool) -> Effect {
        let (change, months) = match effect {
            RawEffect::Pay { to, amount } => {
                let to = to.as_ref().map(|id| self.id(&format!("{path}.to"), id, &scene.platforms));
                if to.is_none() && !asked {
                    let message = "money for nobody: the event is everybody's".to_owned();
                    self.complain(path, message, "`to`: the id of a platform");
                }
                self.number(&format!("{path}.amount"), *amount, -AMOUNT.end()..=*AMOUNT.end());
                return Effect::Pay { to: to.flatten(), amount: *amount };
            }
            RawEffect::SetFlag(flag) => {
                return Effect::Flag { flag: self.flag(scene, path, flag), up: true };
            }
            RawEffect::ClearFlag(flag) => {
                return Effect::Flag { flag: self.flag(scene, path, flag), up: false };
            }
            RawEffect::Spending { category, factor, months } => {
                let category = category.as_ref();
                let category =
                    category.and_then(|id| self.id(&format!("{path}.category"), id, &scene.categories));
                let factor = self.number(&format!("{path}.factor"), *factor, 1.0 / MOST..=MOST);
                (Change::Spending { category, factor }, months)
            }
            RawEffect::Market { parameter, factor, months } => {
                self.parameter(scene, path, parameter, *factor);
                (Change::Market { parameter: parameter.clone(), factor: *factor }, months)
            }
            RawEffect::Room { service: id, factor, months } => {
                let at = format!("{path}.service");
                let service = self.id(&at, id, &scene.services);
                let room = |number: usize| match &scene.level.services[number].kind {
                    ServiceKind::Carrier(carrier) => carrier.capacity.is_some(),
                    _ => false,
                };
                if service.is_some_and(|number| !room(number)) {
                    self.complain(&at, format!("`{id}` has no room"), "a carrier with a `capacity`");
                }
                let factor = self.number(&format!("{path}.factor"), *factor, 0.0..=1.0);
                (Change::Room { service: service.unwrap_or(0), factor }, months)
            }
        };
        if let Some(months) = months {
            self.whole(&format!("{path}.months"), *months, 1..=MAX_TURNS);
        }
        Effect::Change { change, months: *months }
    }

    /// A parameter that can change while a market goes on.
    fn parameter(&mut self, scene: &Scene, path: &str, name: &str, factor: f64) {
        let numbers = scene.level.market.numbers();
        let names: Vec<&str> = numbers.iter().map(|(name, ..)| *name).collect();
        let at = format!("{path}.parameter");
        let Some(place) = self.id(&at, name, &names) else { return };
        if SETTLED.contains(&name) {
            let message = format!("`{name}` is settled when the market opens");
            self.complain(&at, message, "a parameter that is looked at every month");
        }
        if name == JUDGED_BY {
            let message = format!("`{name}` is what companies are judged by, the same through a match");
            self.complain(&at, message, "a parameter that people or companies answer to");
        }
        let (_, value, range) = &numbers[place];
        self.number(&format!("{path}.factor"), factor, 0.0..=MOST);
        if *value == 0.0 {
            let message = format!("`{name}` is 0 here, and stays so however often it is taken");
            self.complain(&at, message, "a parameter that is switched on");
        } else if !range.contains(&(value * factor)) {
            let (low, high) = (range.start(), range.end());
            let message = format!("`{name}` would be {}", value * factor);
            self.complain(&format!("{path}.factor"), message, &format!("a result from {low} to {high}"));
        }
    }
}
