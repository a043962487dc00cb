//! What the documents say is so.
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use walled_gardens::experiment::review;
use walled_gardens::level::{Level, MarketBase, MarketParameters, parse_ron, read_plan, shipped};
use walled_gardens::sim::metrics::METRICS;
use walled_gardens::sim::possible;
use walled_gardens::strategy::{STRATEGIES, vocabulary};
use walled_gardens::tournament::{Plan, Tournament};

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
fn every_shipped_level_is_sound_and_bears_its_name() {
    for level in shipped() {
        let read =
            Level::from_text(level.name, level.text, &vocabulary()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(read.id, level.name);
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
fn the_solvers_of_equilibria_agree() {
    let report = include_str!("../docs/experiments/equilibria.md");
    assert!(
        report.contains("experiment equilibria --seeds 200`"),
        "docs/experiments/equilibria.md is of 200 markets"
    );
    assert!(
        report.contains("The solvers disagree nowhere."),
        "docs/experiments/equilibria.md says where they disagree"
    );
}

#[test]
fn every_strategy_says_what_it_is_about() {
    for strategy in STRATEGIES {
        assert!(strategy.idea().len() > 20 && strategy.idea().ends_with(['.', ')']), "{}", strategy.name());
    }
}

#[test]
fn the_schema_of_the_protocol_is_that_of_its_types() {
    let made = serde_json::to_string_pretty(&walled_gardens::protocol::schema()).expect("is plain");
    assert_eq!(
        include_str!("../docs/protocol.schema.json"),
        made + "\n",
        "docs/protocol.schema.json is stale: `walled-gardens schema > docs/protocol.schema.json` makes it anew"
    );
}

/// Every example of a language in the documents: where it is from, and its text.
fn examples(language: &str) -> Vec<(String, String)> {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut files = vec![format!("{root}/README.md")];
    let documents = std::fs::read_dir(format!("{root}/docs")).expect("documents");
    files.extend(documents.map(|entry| entry.expect("a document").path().to_string_lossy().into_owned()));
    let mut found = Vec::new();
    for file in files.into_iter().filter(|file| file.ends_with(".md")) {
        let text = std::fs::read_to_string(&file).expect("a document");
        let fence = format!("```{language}\n");
        for (place, begin) in text.match_indices(&fence) {
            let rest = &text[place + begin.len()..];
            let example = rest.split("\n```").next().expect("an example").to_owned();
            found.push((format!("{file}:{}", text[..place].matches('\n').count() + 2), example));
        }
    }
    found
}

/// A level around a section that a document shows: what the section does not say is said here.
fn framed(section: &str) -> String {
    let frame = [
        ("regions", "regions: [(id: \"city\", population: 1e7), (id: \"tier-4\", population: 1e7)],"),
        ("categories", "categories: [(id: \"goods\", monthly_spend: 300)],"),
        ("platforms", "platforms: [(id: \"north\", cash: 2e9), (id: \"south\", cash: 2e9)],"),
        (
            "services",
            "services: [Wallet(id: \"south-pay\", owner: \"south\", held: 0.5), Carrier(id: \"couriers\", supply: Franchise, price: 3), \
             Carrier(id: \"fleet\", owner: \"north\", supply: Heavy, price: 6, capacity: 1e7)],",
        ),
    ];
    let missing = frame.iter().filter(|(name, _)| !section.contains(&format!("{name}: [")));
    let missing: Vec<&str> = missing.map(|(_, text)| *text).collect();
    format!("(format: 1, meta: (id: \"x\", title: \"X\"),\n{}\n{section}\n)", missing.join("\n"))
}

#[test]
fn every_level_and_section_in_the_documents_is_sound() {
    let mut seen = 0;
    for (place, example) in examples("ron") {
        let begin = example.trim_start();
        let text = match begin {
            _ if begin.contains("format: 1") => example.clone(),
            _ if begin.starts_with(char::is_alphabetic) => framed(&example),
            _ => continue,
        };
        let level = Level::from_text(&place, &text, &vocabulary()).unwrap_or_else(|error| panic!("{error}"));
        review(&place, &level).unwrap_or_else(|error| panic!("{error}"));
        seen += 1;
    }
    assert!(seen >= 4, "{seen} levels and sections");
}

#[test]
fn every_list_of_orders_in_the_documents_can_be_carried_out_somewhere() {
    let levels: Vec<Level> = shipped()
        .map(|level| Level::find(level.name, &[], &vocabulary()).expect("a shipped level"))
        .collect();
    let mut seen = 0;
    for (place, example) in examples("ron").into_iter().filter(|(_, example)| example.starts_with('[')) {
        let somewhere = levels.iter().any(|level| {
            let Ok(plan) = read_plan(&place, &example, level, 0) else { return false };
            let mut orders =
                plan.iter().flat_map(|(seat, turns)| turns.iter().flatten().map(move |o| (*seat, o)));
            orders.all(|(seat, order)| possible(level, seat, order).is_ok())
        });
        assert!(somewhere, "{place} is legal in no shipped level");
        seen += 1;
    }
    assert!(seen >= 2, "{seen} lists");
}

#[test]
fn every_plan_in_the_documents_can_be_played() {
    let plans: Vec<_> =
        examples("ron").into_iter().filter(|(_, example)| example.contains("strategies: [")).collect();
    assert!(!plans.is_empty());
    for (place, example) in plans {
        let (plan, _) = parse_ron::<Plan>(&place, &example).unwrap_or_else(|error| panic!("{error}"));
        Tournament::new(plan).map(drop).unwrap_or_else(|error| panic!("{place}: {error:?}"));
    }
}
