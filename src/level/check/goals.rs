//! Objectives and the steps of a tutorial.

use super::super::goals::{Deadline, MAX_OBJECTIVES, Objective, PLACES, Step, Until};
use super::super::raw::{RawLevel, RawObjective};
use super::super::{Bound, MAX_TURNS};
use super::reference::Written;
use super::{Checker, Vocabulary};
use crate::order::Order;

/// What is measured of one service.
const OF_SERVICES: [&str; 3] = ["utilisation", "service_margin", "service_profit"];
/// What only a company with a shop has.
const OF_SHOPS: [&str; 14] = [
    "gmv",
    "share",
    "users",
    "reach",
    "churn",
    "awareness",
    "merchants",
    "variety",
    "price",
    "take_rate",
    "trust",
    "fraud",
    "online_sales",
    "matching",
];
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
            let written = Written { metric, of, region, category, service, turn: None };
            let measure = self.measure(raw, &vocabulary.metrics, &path, &written, raw.setup.turns);
            let bound = self.wanted(&path, objective);
            self.can_hold(vocabulary, &path, objective, bound);
            self.has_values(raw, &path, objective);
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

    /// A fraction lies between 0 and 1: a bound beyond that holds never, or always.
    fn can_hold(&mut self, vocabulary: &Vocabulary, path: &str, objective: &RawObjective, bound: Bound) {
        let fraction = vocabulary.fractions.contains(&objective.metric.as_str());
        let (field, number, never) = match bound {
            Bound::AtLeast(least) => ("at_least", least, least > 1.0),
            Bound::AtMost(most) => ("at_most", most, most < 0.0),
            Bound::Within(low, high) => {
                ("within", if low > 1.0 { low } else { high }, low > 1.0 || high < 0.0)
            }
        };
        if fraction && never {
            let message = format!("`{}` is a fraction and never {number}", objective.metric);
            self.complain(&format!("{path}.{field}"), message, "a number from 0 to 1");
        }
    }

    /// What a service does is measured of services, what a shop does of companies that have one.
    fn has_values(&mut self, raw: &RawLevel, path: &str, objective: &RawObjective) {
        if OF_SERVICES.contains(&objective.metric.as_str()) && objective.service.is_none() {
            let message = format!("`{}` is measured of a service", objective.metric);
            self.complain(&format!("{path}.metric"), message, "`service` beside it");
        }
        let without_shop =
            |id: &String| raw.platforms.iter().any(|platform| platform.id == *id && platform.shop.is_none());
        if let Some(of) = objective.of.as_ref().filter(|of| without_shop(of))
            && OF_SHOPS.contains(&objective.metric.as_str())
        {
            let message = format!("`{of}` has no shop, hence no `{}`", objective.metric);
            self.complain(&format!("{path}.of"), message, "a company with a shop");
        }
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
