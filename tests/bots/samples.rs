//! The samples play, in every language that this machine has.

use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::program::{path, stdout};
use super::recorded;

/// Turns of a match with a bot in a seat, in which nothing went wrong.
fn played(seat: &str, turns: &str) -> Value {
    let text =
        stdout(&["run", "arena/duel", "--turns", turns, "--consumers", "300", "--seat", seat, "--json"]);
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report.get("faults"), None, "{report}");
    report["turns"].clone()
}

#[test]
fn the_one_in_javascript_undercuts_its_rival() {
    needs!("node");
    let sample = format!("{}/examples/bots/cheaper.mjs", env!("CARGO_MANIFEST_DIR"));
    let turns = played(&format!("north=cmd:node {sample} (step: 0.004)"), "2");
    let rate = |turn: usize| turns[turn]["platforms"]["north"]["take_rate"].as_f64().unwrap();
    let rival = turns[0]["platforms"]["south"]["take_rate"].as_f64().unwrap();
    assert!(rate(0) < rival - 0.0039, "{turns}");
}

#[test]
fn the_one_in_c_spends_more_on_its_brand_each_quarter() {
    let folder = TempDir::new().unwrap();
    let bot = path(&folder, "patient");
    let sample = format!("{}/examples/bots/patient.c", env!("CARGO_MANIFEST_DIR"));
    let built = Command::new("cc").args(["-O1", "-Wall", "-Werror", "-o", &bot, &sample]).status().unwrap();
    assert!(built.success());
    let replay = path(&folder, "a.replay");
    let seat = format!("north=cmd:{bot}");
    recorded(&seat, &replay);
    let replay = walled_gardens::history::Replay::read(std::path::Path::new(&replay)).unwrap();
    let ordered: Vec<usize> = replay.orders_of(0).iter().map(Vec::len).collect();
    assert_eq!(ordered, [1, 0, 0, 1]);
}

#[test]
fn none_is_longer_than_a_page() {
    for sample in ["steady.py", "cheaper.mjs", "patient.c"] {
        let path = format!("{}/examples/bots/{sample}", env!("CARGO_MANIFEST_DIR"));
        assert!(std::fs::read_to_string(path).unwrap().lines().count() < 60, "{sample}");
    }
}
