//! What a level says must come out.

use super::super::raw::{RawCase, RawDifference, RawExpectation, RawLevel};
use super::super::{Bound, Case, Difference, Expectation, MAX_TURNS, Measure};
use super::checker::Checker;
use super::vocabulary::Vocabulary;
use crate::order::{Plan, TurnOrders};

/// With fewer seeds there is no interval to speak of.
const FEWEST_PAIRS: u32 = 4;

/// What is measured, as written: fields that expectations, differences and objectives share.
pub(super) struct Written<'a> {
    pub(super) metric: &'a str,
    pub(super) of: &'a Option<String>,
    pub(super) region: &'a Option<String>,
    pub(super) category: &'a Option<String>,
    pub(super) service: &'a Option<String>,
    pub(super) turn: Option<u32>,
}

impl Checker<'_> {
    pub(super) fn reference(&mut self, raw: &RawLevel, vocabulary: &Vocabulary) -> Vec<Case> {
        let mut cases = Vec::new();
        let metrics = vocabulary.names_of_metrics();
        for (index, case) in raw.reference.iter().enumerate() {
            let path = format!("reference[{index}]");
            let fewest = if case.against.is_some() { FEWEST_PAIRS } else { 1 };
            self.whole(&format!("{path}.seeds"), case.seeds, fewest..=100_000);
            self.text(&format!("{path}.name"), &case.name, 80);
            self.kind_of_case(case, &path);
            let mut list = |field: &str, expected: &[RawExpectation], known: &[&'static str]| {
                let numbered = expected.iter().enumerate();
                numbered
                    .map(|(place, one)| {
                        self.expectation(raw, known, &format!("{path}.{field}[{place}]"), one)
                    })
                    .collect()
            };
            let expect = list("expect", &case.expect, &metrics);
            let equilibrium = list("equilibrium", &case.equilibrium, &vocabulary.equilibrium);
            // A case may change how long the level is; only playing it tells then.
            let turns = match case.change.iter().any(|change| change.trim_start().starts_with("setup")) {
                true => MAX_TURNS,
                false => raw.setup.turns,
            };
            let differences = case.differences.iter().enumerate().map(|(place, difference)| {
                let path = format!("{path}.differences[{place}]");
                self.difference(raw, vocabulary, &path, difference, turns)
            });
            let differences = differences.collect();
            cases.push(Case {
                name: case.name.clone(),
                source: case.source.clone(),
                change: case.change.clone(),
                seeds: case.seeds,
                expect,
                equilibrium,
                base: self.orders(raw, &format!("{path}.base"), &case.base, turns),
                against: self.orders(
                    raw,
                    &format!("{path}.against"),
                    case.against.as_deref().unwrap_or_default(),
                    turns,
                ),
                differences,
            });
        }
        cases
    }

    /// A case expects numbers of a level as it is, or differences that orders make.
    fn kind_of_case(&mut self, case: &RawCase, path: &str) {
        let orders = |list: &[TurnOrders]| list.iter().any(|entry| !entry.orders.is_empty());
        let mut complain = |field: &str, message: &str, expected: &str| {
            self.complain(&format!("{path}.{field}"), message.into(), expected);
        };
        match &case.against {
            Some(against) => {
                if !orders(against) {
                    complain("against", "no orders at all in `against`", "the orders whose effect is meant");
                }
                let apart = "`differences`, or a case of its own without orders";
                if !case.expect.is_empty() {
                    complain("expect", "`expect` in a case with `against`", apart);
                }
                if !case.equilibrium.is_empty() {
                    complain("equilibrium", "`equilibrium` in a case with `against`", apart);
                }
                if case.differences.is_empty() && case.expect.is_empty() && case.equilibrium.is_empty() {
                    complain("against", "orders, and no difference is expected", "`differences`");
                }
            }
            None => {
                let expected = "`against`: the orders whose effect is meant";
                if !case.differences.is_empty() {
                    complain("differences", "`differences` without `against`", expected);
                } else if !case.base.is_empty() {
                    complain("base", "`base` without `against`", expected);
                } else if case.expect.is_empty() && case.equilibrium.is_empty() {
                    let expected = "at least one number here, in `equilibrium` or in `differences`";
                    complain("expect", "nothing is expected", expected);
                }
            }
        }
    }

    /// What names nobody is by the level's first platform, as in files of orders.
    fn orders(&mut self, raw: &RawLevel, path: &str, list: &[TurnOrders], turns: u32) -> Plan {
        let ids: Vec<&str> = raw.platforms.iter().map(|platform| platform.id.as_str()).collect();
        self.plan(path, list, &ids, 0, turns)
    }

    pub(super) fn measure(
        &mut self,
        raw: &RawLevel,
        metrics: &[&'static str],
        path: &str,
        written: &Written,
        turns: u32,
    ) -> Measure {
        self.id(&format!("{path}.metric"), written.metric, metrics);
        let platforms: Vec<&str> = raw.platforms.iter().map(|platform| platform.id.as_str()).collect();
        let regions: Vec<&str> = raw.regions.iter().map(|region| region.id.as_str()).collect();
        let categories: Vec<&str> = raw.categories.iter().map(|category| category.id.as_str()).collect();
        let mut index = |field: &str, id: &Option<String>, ids: &[&str]| {
            id.as_ref().and_then(|id| self.id(&format!("{path}.{field}"), id, ids))
        };
        let platform = index("of", written.of, &platforms);
        let region = index("region", written.region, &regions);
        let category = index("category", written.category, &categories);
        let services: Vec<&str> = raw.services.iter().map(|service| service.common().id).collect();
        let service = index("service", written.service, &services);
        if let Some(turn) = written.turn {
            self.whole(&format!("{path}.turn"), turn, 1..=turns);
        }
        Measure { metric: written.metric.to_owned(), platform, region, category, service, turn: written.turn }
    }

    fn expectation(
        &mut self,
        raw: &RawLevel,
        metrics: &[&'static str],
        path: &str,
        expectation: &RawExpectation,
    ) -> Expectation {
        let RawExpectation { metric, of, region, category, service, turn, value, tolerance } = expectation;
        let written = Written { metric, of, region, category, service, turn: *turn };
        Expectation {
            measure: self.measure(raw, metrics, path, &written, MAX_TURNS),
            value: self.number(&format!("{path}.value"), *value, f64::MIN..=f64::MAX),
            tolerance: self.number(&format!("{path}.tolerance"), *tolerance, 0.0..=f64::MAX),
        }
    }

    fn difference(
        &mut self,
        raw: &RawLevel,
        vocabulary: &Vocabulary,
        path: &str,
        difference: &RawDifference,
        turns: u32,
    ) -> Difference {
        let RawDifference { metric, of, region, category, service, turn, .. } = difference;
        let written = Written { metric, of, region, category, service, turn: *turn };
        Difference {
            measure: self.measure(raw, &vocabulary.names_of_metrics(), path, &written, turns),
            bound: self.bound(path, difference),
            relative: difference.relative,
        }
    }

    fn bound(&mut self, path: &str, difference: &RawDifference) -> Bound {
        let RawDifference { at_least, at_most, within, .. } = *difference;
        let Some(bound) = self.one_bound(path, "difference", at_least, at_most, within) else {
            return Bound::Within(f64::NEG_INFINITY, f64::INFINITY);
        };
        let mut complain = |field: &str, message: String, expected: &str| {
            self.complain(&format!("{path}{field}"), message, expected);
        };
        match bound {
            Bound::AtLeast(least) if !(least > 0.0 && least.is_finite()) => {
                let expected = "a number above 0; for an effect that must be small, `within`";
                complain(".at_least", format!("{least} is no least rise"), expected);
            }
            Bound::AtMost(most) if !(most < 0.0 && most.is_finite()) => {
                let expected = "a number below 0; for an effect that must be small, `within`";
                complain(".at_most", format!("{most} is no least fall"), expected);
            }
            Bound::Within(low, high) => self.between(&format!("{path}.within"), low, high),
            _ => {}
        }
        bound
    }

    /// The one bound that is given, or a complaint.
    pub(super) fn one_bound(
        &mut self,
        path: &str,
        what: &str,
        at_least: Option<f64>,
        at_most: Option<f64>,
        within: Option<(f64, f64)>,
    ) -> Option<Bound> {
        let within = within.map(|(low, high)| Bound::Within(low, high));
        let all = [at_least.map(Bound::AtLeast), at_most.map(Bound::AtMost), within];
        let mut given: Vec<Bound> = all.into_iter().flatten().collect();
        if given.len() == 1 {
            return given.pop();
        }
        let how_many = if given.is_empty() { "no bound" } else { "several bounds" };
        let message = format!("the {what} has {how_many}");
        self.complain(path, message, "one of `at_least`, `at_most` and `within`");
        None
    }

    /// There must be something between two numbers.
    pub(super) fn between(&mut self, path: &str, low: f64, high: f64) {
        if !(low < high && low.is_finite() && high.is_finite()) {
            let message = format!("there is nothing between {low} and {high}");
            let expected = "two numbers, the lower first: (-0.01, 0.01)";
            self.complain(path, message, expected);
        }
    }
}
