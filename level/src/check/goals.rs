//! Objectives and the steps of a tutorial.

use super::super::goals::{Deadline, MAX_OBJECTIVES, Objective, PLACES, Step, Until};
use super::super::raw::{RawLevel, RawObjective};
use super::super::{Bound, Level, MAX_TURNS, Measurable};
use super::checker::Checker;
use super::reference::Written;
use super::vocabulary::Vocabulary;
use crate::order::{KINDS, Kind};

/// Longest text of a step: it stands above the map in three lines.
const LONGEST_STEP: usize = 240;

impl Checker<'_> {
    pub(super) fn objectives(&mut self, raw: &RawLevel, vocabulary: &Vocabulary) -> Vec<Objective> {
        let platforms: Vec<&str> = raw.platforms.iter().map(|platform| platform.id.as_str()).collect();
        let metrics = vocabulary.names_of_metrics();
        let mut objectives: Vec<Objective> = Vec::new();
        for (index, objective) in raw.objectives.iter().enumerate() {
            let path = format!("objectives[{index}]");
            let seat = self.id(&format!("{path}.seat"), &objective.seat, &platforms);
            self.text(&format!("{path}.title"), &objective.title, 60);
            let deadline = self.deadline(raw, &path, objective);
            let RawObjective { metric, of, region, category, service, .. } = objective;
            let written = Written { metric, of, region, category, service, turn: None };
            let measure = self.measure(raw, &metrics, &path, &written, raw.setup.turns);
            let bound = self.wanted(&path, objective);
            let Some(seat) = seat else { continue };
            let others = || objectives.iter().filter(|other| other.seat == seat);
            if others().any(|other| other.title == objective.title) {
                let message = format!("{} has an objective of this title", objective.seat);
                self.complain(&format!("{path}.title"), message, "a title of its own");
            }
            if others().count() == MAX_OBJECTIVES {
                let message = format!("more than {MAX_OBJECTIVES} objectives for {}", objective.seat);
                self.complain(&path, message, &format!("at most {MAX_OBJECTIVES} for one seat"));
            }
            let title = objective.title.clone();
            let mut objective = Objective { seat, title, measure, bound, deadline, stated: deadline };
            // A level that is shortened by `--set` or a case still plays.
            objective.due_within(raw.setup.turns);
            objectives.push(objective);
        }
        objectives
    }

    fn deadline(&mut self, raw: &RawLevel, path: &str, objective: &RawObjective) -> Deadline {
        let (field, deadline) = match (objective.by, objective.at) {
            (Some(by), None) => ("by", Deadline::By(by)),
            (None, Some(at)) => ("at", Deadline::At(at)),
            (by, _) => {
                let how_many = if by.is_some() { "two deadlines" } else { "no deadline" };
                let expected = "`by`, the last turn that it may be reached after, or `at`, the turn after \
                                which it must be so";
                self.complain(path, format!("the objective has {how_many}"), expected);
                return Deadline::By(raw.setup.turns);
            }
        };
        self.whole(&format!("{path}.{field}"), deadline.turn(), 1..=MAX_TURNS);
        deadline
    }

    fn wanted(&mut self, path: &str, objective: &RawObjective) -> Bound {
        let RawObjective { at_least, at_most, within, .. } = *objective;
        let Some(bound) = self.one_bound(path, "objective", at_least, at_most, within) else {
            return Bound::AtLeast(0.0);
        };
        let mut finite = |field: &str, number: f64| {
            self.number(&format!("{path}.{field}"), number, f64::MIN..=f64::MAX);
        };
        match bound {
            Bound::AtLeast(least) => finite("at_least", least),
            Bound::AtMost(most) => finite("at_most", most),
            Bound::Within(low, high) => self.between(&format!("{path}.within"), low, high),
        }
        bound
    }

    /// Each objective is on something that its level has, and within what that can come to.
    pub(super) fn can_be_met(&mut self, level: &Level, vocabulary: &Vocabulary) {
        for (index, objective) in level.objectives.iter().enumerate() {
            let path = format!("objectives[{index}]");
            let named = |measurable: &&Measurable| measurable.name == objective.measure.metric;
            let Some(measurable) = vocabulary.metrics.iter().find(named) else { continue };
            if let Some(wrong) = measurable.unmeasurable(level, &objective.measure) {
                self.complain(&format!("{path}.{}", wrong.field), wrong.message, &wrong.expected);
            } else if let Some((field, number)) = measurable.never(objective.bound) {
                let message = format!("`{}` is a fraction and never {number}", measurable.name);
                self.complain(&format!("{path}.{field}"), message, "a number from 0 to 1");
            }
        }
    }

    pub(super) fn tutorial(&mut self, raw: &RawLevel) -> Vec<Step> {
        let kinds = KINDS.map(|kind| kind.name);
        for (index, step) in raw.tutorial.iter().enumerate() {
            let path = format!("tutorial[{index}]");
            self.text(&format!("{path}.text"), &step.text, LONGEST_STEP);
            if let Some(label) = &step.highlight {
                self.text(&format!("{path}.highlight"), label, 60);
            }
            let until = format!("{path}.until");
            match &step.until {
                Until::Next => {}
                Until::Open(place) => {
                    self.id(&until, place, &PLACES);
                }
                Until::Order(kind) => {
                    self.id(&until, kind, &kinds);
                }
                Until::Amount { order, from, to } => self.amount(&until, order, *from, *to, &kinds),
                Until::Turns(turns) => {
                    self.whole(&until, *turns, 1..=MAX_TURNS);
                }
            }
        }
        raw.tutorial.clone()
    }

    /// An amount that an order of the kind can have.
    fn amount(&mut self, until: &str, order: &str, from: f64, to: f64, kinds: &[&str]) {
        let path = format!("{until}.order");
        self.between(until, from, to);
        if self.id(&path, order, kinds).is_none() {
            return;
        }
        match Kind::named(order).and_then(|kind| kind.number) {
            None => {
                let message = format!("`{order}` has no amount");
                self.complain(&path, message, "an order that sets a number, or `Order` in place of `Amount`");
            }
            Some(number) if to < 0.0 || from > number.most => {
                let message = format!("`{order}` is never from {from} to {to}");
                let most =
                    if number.most.is_finite() { format!(" to {}", number.most) } else { " up".into() };
                self.complain(until, message, &format!("{} from 0{most}", number.unit));
            }
            Some(_) => {}
        }
    }
}
