//! Standings: of every level, in any order of the list, and between whom nothing compares.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::played;
use crate::program::{file, stdout};

#[test]
fn every_level_has_standings_of_its_own() {
    let folder = TempDir::new().unwrap();
    let (plan, out) = played(&folder, "2");
    let mut rows = csv::Reader::from_path(Path::new(&out).join("levels.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let of = |level: &str| rows.iter().filter(|row| &row[0] == level).count();
    assert_eq!((of("arena/duel"), of("arena/six"), rows.len()), (6, 6, 12));
    // What is said of one level of several is what a tournament on that level alone says.
    let alone: Value =
        serde_json::from_str(&stdout(&["tournament", &plan, "--level", "arena/duel", "--json"])).unwrap();
    for contender in alone["contenders"].as_array().unwrap() {
        let row =
            rows.iter().find(|row| row[0] == *"arena/duel" && row[4] == *contender["name"].as_str().unwrap());
        let strength: f64 = row.unwrap()[7].parse().unwrap();
        assert_eq!(strength, contender["strength"]["value"].as_f64().unwrap(), "{contender}");
    }
    let said = stdout(&["tournament", &plan, "--out", &out, "--resume"]);
    assert!(said.contains("arena/duel  strength  arena/six  strength"), "{said}");
}

#[test]
fn standings_do_not_depend_on_the_order_of_the_list() {
    let standings = |strategies: &str| {
        let text = stdout(&[
            "tournament",
            "--level",
            "arena/duel",
            "--strategies",
            strategies,
            "--blocks",
            "8",
            "--turns",
            "4",
            "--consumers",
            "300",
            "--merchants",
            "100",
            "--json",
        ]);
        let summary: Value = serde_json::from_str(&text).unwrap();
        let all = summary["contenders"].as_array().unwrap().clone();
        all.into_iter()
            .map(|one| (one["name"].as_str().unwrap().to_owned(), one["strength"].clone()))
            .collect::<BTreeMap<_, _>>()
    };
    let one = standings("passive,premium,price-war");
    let other = standings("price-war,passive,premium");
    for (name, strength) in &one {
        for part in ["value", "low", "high"] {
            let (one, other) = (strength[part].as_f64().unwrap(), other[name][part].as_f64().unwrap());
            assert!((one - other).abs() < 1e-6, "{name}: {part} is {one} or {other}");
        }
    }
}

#[test]
fn the_same_strategy_in_all_seats_is_rated_equal() {
    for (level, strategies) in [
        ("arena/duel", "premium,premium"),
        ("arena/two_ecosystems", "passive,passive"),
        ("arena/six", "random,random,random,random,random,random"),
    ] {
        let text = stdout(&[
            "tournament",
            "--level",
            level,
            "--strategies",
            strategies,
            "--blocks",
            "30",
            "--turns",
            "4",
            "--consumers",
            "600",
            "--merchants",
            "200",
            "--json",
        ]);
        let summary: Value = serde_json::from_str(&text).unwrap();
        let names: Vec<&str> = summary["contenders"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["name"].as_str().unwrap())
            .collect();
        assert!(names.iter().all(|name| name.contains('#')), "{names:?}");
        for contender in summary["contenders"].as_array().unwrap() {
            let strength = &contender["strength"];
            let (low, high) = (strength["low"].as_f64().unwrap(), strength["high"].as_f64().unwrap());
            // Ten intervals at 95% would not all cover by luck alone; at 99.5% each, half as wide again, they do.
            let (middle, reach) = ((low + high) / 2.0, 1.5 * (high - low) / 2.0);
            assert!(middle.abs() <= reach, "{level}: {strength}");
        }
    }
}

#[test]
fn a_round_between_pairs_that_never_met_says_so() {
    let folder = TempDir::new().unwrap();
    // One round of a Swiss tournament between four: two pairs.
    let what = ["tournament", "--level", "arena/duel", "--strategies", "passive,premium,random,follower"];
    let text = "(format: Swiss(rounds: 1), levels: [\"arena/duel\"], strategies: [\"passive\", \"premium\", \"random\", \"follower\"], \
                blocks: 8, turns: 2, consumers: 200, merchants: 60)";
    let said = stdout(&["tournament", &file(&folder, "swiss.ron", text)]);
    assert!(said.contains("There are 2 groups") && said.contains("group 2: "), "{said}");
    let whole = stdout(
        &[&what[..], &["--blocks", "1", "--turns", "2", "--consumers", "200", "--merchants", "60"]].concat(),
    );
    assert!(!whole.contains("group"), "{whole}");
}
