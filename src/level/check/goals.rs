//! Objectives and the steps of a tutorial.

use super::super::goals::{Deadline, MAX_OBJECTIVES, Objective, PLACES, Step, Until};
use super::super::raw::{RawLevel, RawObjective};
use super::super::{Bound, MAX_TURNS};
use super::reference::Written;
use super::{Checker, Vocabulary};
use crate::order::Order;

/// Longest text of a step: it stands above the map in three lines.
const LONGEST_STEP: usize = 240;

impl Checker<'_> {
    pub(super) fn objectives(&mut self, raw: &RawLevel, vocabulary: &Vocabulary) -> Vec<Objective> {
        let platforms: Vec<&str> = raw.platforms.iter().map(|platform| platform.id.as_str()).collect();
        let mut objectives: Vec<Objective> = Vec::new();
        for (index, objective) in raw.objectives.iter().enumerate() {
            let path = format!("objectives[{index}]");
            let seat = self.id(&format!("{path}.seat"), &objective.seat, &platforms);
            self.text(&format!("{path}.title"), &objective.title, 60);
            let deadline = self.deadline(raw, &path, objective);
            let RawObjective { metric, of, region, category, service, .. } = objective;
            let turn = Some(deadline.turn());
            let written = Written { metric, of, region, category, service, turn: None };
            let mut measure = self.measure(raw, &vocabulary.metrics, &path, &written, raw.setup.turns);
            measure.turn = turn;
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
            objectives.push(Objective { seat, title: objective.title.clone(), measure, bound, deadline });
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
        // A level that is shortened by `--set` or a case still plays: what is due later is due at its end.
        let last = raw.setup.turns;
        match deadline {
            Deadline::By(turn) => Deadline::By(turn.min(last)),
            Deadline::At(turn) => Deadline::At(turn.min(last)),
        }
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

    pub(super) fn tutorial(&mut self, raw: &RawLevel) -> Vec<Step> {
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
                    self.id(&until, kind, &Order::KINDS);
                }
                Until::Amount { order, from, to } => {
                    self.id(&format!("{until}.order"), order, &Order::KINDS);
                    self.between(&until, *from, *to);
                }
                Until::Turns(turns) => {
                    self.whole(&until, *turns, 1..=MAX_TURNS);
                }
            }
        }
        raw.tutorial.clone()
    }
}
