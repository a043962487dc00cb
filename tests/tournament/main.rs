//! Tournaments as their users meet them: the same bytes however they are played, and nothing lost or overwritten.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod clusters;
mod folder;
mod page;
mod plans;
#[path = "../program/mod.rs"]
mod program;
mod refused;
mod reproducible;
mod sequential;
mod shared;
mod standings;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use program::{file, path, stdout};
use tempfile::TempDir;

/// A small tournament on both kinds of level.
const SMALL: &str = r#"(
    title: "Small",
    levels: ["arena/duel", "arena/six"],
    strategies: ["passive", "random", "premium", "premium(commission: 0.03)", "follower", "price-war"],
    blocks: 2, turns: 3, consumers: 300, merchants: 100, seed: 5,
)"#;

/// Every file of a folder and of those in it.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            let within = contents(&entry.path()).into_iter();
            files.extend(within.map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// Two folders hold the same bytes; if not, says where.
fn same(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>, how: &str) {
    assert!(found.keys().eq(expected.keys()), "{how}: {:?}", found.keys());
    for (name, expected) in expected {
        let (found, expected) = (String::from_utf8_lossy(&found[name]), String::from_utf8_lossy(expected));
        let differs = found.lines().zip(expected.lines()).position(|(found, expected)| found != expected);
        let lines = differs.map(|line| (found.lines().nth(line), expected.lines().nth(line)));
        assert!(found == expected, "{how}: {name} differs at line {differs:?}: {lines:.600?}");
    }
}

/// The small tournament, played whole into a folder.
fn played(folder: &TempDir, threads: &str) -> (String, String) {
    let plan = file(folder, "plan.ron", SMALL);
    let out = path(folder, &format!("whole-{threads}"));
    stdout(&["tournament", &plan, "--out", &out, "--threads", threads]);
    (plan, out)
}
