//! When something happens.

use super::scene::Scene;
use crate::check::checker::Checker;
use crate::check::reference::Written;
use crate::events::raw::RawCondition;
use crate::events::{Condition, Rising};
use crate::{Bound, MAX_TURNS, Measurable, Measure};

impl Checker<'_> {
    pub(super) fn condition(
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

    pub(super) fn flag(&mut self, scene: &Scene, path: &str, flag: &str) -> usize {
        let found = scene.flags.iter().position(|known| *known == flag);
        if found.is_none() {
            let nearest = crate::nearest(flag, scene.flags.iter().copied()).map(str::to_owned);
            let message = format!("no event sets a flag `{flag}`");
            self.complain(path, message, "a flag that some `SetFlag` sets").suggestion = nearest;
        }
        found.unwrap_or(0)
    }
}
