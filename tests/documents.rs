//! What the documents say is so.
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use walled_gardens::level::{MarketBase, MarketParameters};
use walled_gardens::sim::metrics::METRICS;
use walled_gardens::strategy::STRATEGIES;

const MODEL: &str = include_str!("../docs/model.md");

fn number(text: &str) -> f64 {
    text.trim().replace(',', "").replace('−', "-").parse().unwrap_or_else(|_| panic!("`{text}` is no number"))
}

#[test]
fn the_table_of_parameters_is_the_programs() {
    let standard = MarketParameters::of(MarketBase::Standard).numbers();
    let textbook = MarketParameters::of(MarketBase::Textbook).numbers();
    for ((name, standard, range), (_, textbook, _)) in standard.into_iter().zip(textbook) {
        let begins = format!("| `{name}` |");
        let row = MODEL.lines().rfind(|line| line.starts_with(&begins));
        let row = row.unwrap_or_else(|| panic!("`{name}` is missing"));
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        assert_eq!((number(cells[3]), number(cells[4])), (standard, textbook), "{name}");
        let (low, high) = cells[5].split_once(" to ").expect("a range");
        assert_eq!((number(low), number(high)), (*range.start(), *range.end()), "{name}");
    }
}

#[test]
fn every_metric_is_documented() {
    for metric in METRICS {
        assert!(MODEL.contains(&format!("`{}`", metric.name)), "`{}` is missing", metric.name);
    }
}

#[test]
fn the_validation_was_made_of_these_levels_and_this_model() {
    let fingerprint = walled_gardens::experiment::validation_fingerprint().expect("the levels play");
    let report = include_str!("../docs/validation.md");
    assert!(
        report.contains(&fingerprint),
        "docs/validation.md is stale: `walled-gardens experiment validation > docs/validation.md` makes it anew"
    );
    assert!(!report.contains("**fails**"), "docs/validation.md says that something fails");
}

#[test]
fn every_strategy_says_what_it_is_about() {
    for strategy in STRATEGIES {
        assert!(strategy.idea().len() > 20 && strategy.idea().ends_with(['.', ')']), "{}", strategy.name());
    }
}
