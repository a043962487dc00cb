//! What a level says must come out.

use super::super::raw::{RawExpectation, RawLevel};
use super::super::{Case, Expectation, MAX_TURNS};
use super::{Checker, Vocabulary};

impl Checker<'_> {
    pub(super) fn reference(&mut self, raw: &RawLevel, vocabulary: &Vocabulary) -> Vec<Case> {
        let mut cases = Vec::new();
        for (index, case) in raw.reference.iter().enumerate() {
            let path = format!("reference[{index}]");
            self.whole(&format!("{path}.seeds"), case.seeds, 1..=100_000);
            self.text(&format!("{path}.name"), &case.name, 80);
            if case.expect.is_empty() && case.equilibrium.is_empty() {
                self.complain(
                    &format!("{path}.expect"),
                    "nothing is expected".into(),
                    "at least one number here or in `equilibrium`",
                );
            }
            let mut list = |field: &str, expected: &[RawExpectation], known: &[&'static str]| {
                let numbered = expected.iter().enumerate();
                numbered
                    .map(|(place, one)| {
                        self.expectation(raw, known, &format!("{path}.{field}[{place}]"), one)
                    })
                    .collect()
            };
            let expect = list("expect", &case.expect, &vocabulary.metrics);
            let equilibrium = list("equilibrium", &case.equilibrium, &vocabulary.equilibrium);
            cases.push(Case {
                name: case.name.clone(),
                source: case.source.clone(),
                change: case.change.clone(),
                seeds: case.seeds,
                expect,
                equilibrium,
            });
        }
        cases
    }

    fn expectation(
        &mut self,
        raw: &RawLevel,
        metrics: &[&'static str],
        path: &str,
        expectation: &RawExpectation,
    ) -> Expectation {
        self.id(&format!("{path}.metric"), &expectation.metric, metrics);
        let platforms: Vec<&str> = raw.platforms.iter().map(|platform| platform.id.as_str()).collect();
        let regions: Vec<&str> = raw.regions.iter().map(|region| region.id.as_str()).collect();
        let categories: Vec<&str> = raw.categories.iter().map(|category| category.id.as_str()).collect();
        let mut index = |field: &str, id: &Option<String>, ids: &[&str]| {
            id.as_ref().and_then(|id| self.id(&format!("{path}.{field}"), id, ids))
        };
        let platform = index("of", &expectation.of, &platforms);
        let region = index("region", &expectation.region, &regions);
        let category = index("category", &expectation.category, &categories);
        self.number(&format!("{path}.value"), expectation.value, f64::MIN..=f64::MAX);
        self.number(&format!("{path}.tolerance"), expectation.tolerance, 0.0..=f64::MAX);
        if let Some(turn) = expectation.turn {
            self.whole(&format!("{path}.turn"), turn, 1..=MAX_TURNS);
        }
        Expectation {
            metric: expectation.metric.clone(),
            platform,
            region,
            category,
            turn: expectation.turn,
            value: expectation.value,
            tolerance: expectation.tolerance,
        }
    }
}
