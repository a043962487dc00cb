//! What is written: files, replays, and what is left when writing them fails.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::SMALLEST;
use crate::program::{file, program, refused, stdout};

#[test]
fn a_replay_verifies_and_its_orders_play_again() {
    let folder = TempDir::new().unwrap();
    let replay = folder.path().join("duel.replay").to_string_lossy().into_owned();
    let match_played = ["--seat", "north=random", "--seat", "south=price-war", "--turns", "6"];
    let hash = |arguments: &[&str]| {
        let text = stdout(&[&["run", "arena/duel", "--json"], arguments].concat());
        serde_json::from_str::<Value>(&text).unwrap()["state_hash"].clone()
    };
    let played = hash(&[&match_played[..], &["--replay", &replay]].concat());
    assert!(stdout(&["replay", &replay, "--verify"]).contains("6 turns, every state as recorded"));
    assert!(stdout(&["replay", &replay]).contains("price-war"));
    let (north, south) = (format!("north=orders:{replay}"), format!("south=orders:{replay}"));
    assert_eq!(played, hash(&["--seat", &north, "--seat", &south, "--turns", "6"]));
}

#[test]
fn a_replay_that_does_not_come_out_the_same_names_the_turn() {
    use walled_gardens::history::Replay;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("duel.replay");
    let name = path.to_string_lossy().into_owned();
    stdout(&["run", "arena/duel", "--seat", "north=random", "--turns", "5", "--replay", &name]);
    let mut replay = Replay::read(&path).unwrap();
    replay.orders[2][0] = vec![walled_gardens::sim::Order::TakeRate { category: None, rate: 0.2 }];
    std::fs::write(&path, replay.to_bytes().unwrap()).unwrap();
    let output = program(&["replay", &name, "--verify"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("turn 3 differs"));
}

#[test]
fn a_truncated_altered_or_foreign_replay_is_refused() {
    let folder = TempDir::new().unwrap();
    let good = folder.path().join("good.replay").to_string_lossy().into_owned();
    stdout(&["run", "--turns", "3", "--replay", &good]);
    let bytes = std::fs::read(&good).unwrap();
    for length in [0, 5, 8, 20, 44, bytes.len() / 2, bytes.len() - 1] {
        let path = file(&folder, "cut.replay", &bytes[..length]);
        refused(&["replay", &path, "--verify"], &["cut.replay"]);
    }
    for position in (0..bytes.len()).step_by(7) {
        let mut altered = bytes.clone();
        altered[position] ^= 0x10;
        let path = file(&folder, "altered.replay", altered);
        refused(&["replay", &path], &["altered.replay"]);
    }
    refused(&["replay", &file(&folder, "level.ron", SMALLEST)], &["not a replay"]);
    refused(&["replay", "nowhere.replay"], &["nowhere.replay"]);
}

#[test]
fn a_recorded_match_given_to_play_is_watched_or_told_and_a_bad_one_is_refused() {
    let folder = TempDir::new().unwrap();
    let good = folder.path().join("good.replay").to_string_lossy().into_owned();
    stdout(&["run", "tutorial/two-gardens", "--turns", "3", "--replay", &good]);
    // There is no display here: it is told as `replay` tells it.
    assert_eq!(stdout(&["play", &good]), stdout(&["replay", &good]));
    refused(&["play", &good, "--seed", "3"], &["good.replay", "recorded match", "--seed"]);
    refused(&["play", &good, "--seat", "north"], &["good.replay", "recorded match", "--seat"]);
    let bytes = std::fs::read(&good).unwrap();
    refused(&["play", &file(&folder, "cut.replay", &bytes[..60])], &["cut.replay", "damaged"]);
    refused(&["play", &file(&folder, "no_name", &bytes[..60])], &["no_name", "damaged"]);
    refused(&["play", &file(&folder, "diary.wgsave", "Dear diary")], &["diary.wgsave", "not a saved match"]);
    refused(&["play", "gone.wgsave"], &["gone.wgsave"]);
    refused(&["play", "arena/duel", "--watch", "--seat", "north"], &["--watch", "--seat"]);
    refused(&["play", "--watch"], &["LEVEL"]);
    refused(&["play", "arena/duel", "--seat", "nrth"], &["--seat", "did you mean `north`?"]);
    refused(&["play", "arena/duel", "--seat", "north", "--seat", "north"], &["`north` is taken twice"]);
    refused(
        &["play", "--language", "zh"],
        &["--language", "there is no language `zh`", "did you mean `zh-Hans`?", "vi"],
    );
}

#[test]
fn an_output_that_cannot_be_written_is_refused_before_anything_is_played() {
    let folder = TempDir::new().unwrap();
    let nowhere = folder.path().join("no/such/folder/file").to_string_lossy().into_owned();
    refused(&["run", "--replay", &nowhere], &["cannot write", "no/such/folder"]);
    refused(&["run", &format!("--json={nowhere}")], &["cannot write"]);
    refused(&["run", &format!("--csv={nowhere}")], &["cannot write"]);
    refused(&["run", "--replay", &folder.path().to_string_lossy()], &["folder"]);
    refused(&["run", "--json", "--csv"], &["standard output"]);
}

#[test]
fn no_output_takes_the_place_of_an_input_or_of_another_output() {
    let folder = TempDir::new().unwrap();
    let level = file(&folder, "level.ron", SMALLEST);
    let orders = file(&folder, "orders.ron", "[]");
    refused(&["run", &level, &format!("--json={level}")], &["already used"]);
    refused(
        &["run", &level, "--seat", &format!("north=orders:{orders}"), "--replay", &orders],
        &["already used"],
    );
    let one = folder.path().join("one").to_string_lossy().into_owned();
    refused(&["run", &format!("--json={one}"), &format!("--csv={one}")], &["already used"]);
    assert_eq!(std::fs::read_to_string(&level).unwrap(), SMALLEST);
}

#[cfg(unix)]
#[test]
fn pipes_and_links_are_neither_waited_for_nor_replaced() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("pipe").to_string_lossy().into_owned();
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    refused(&["run", &pipe], &["pipe"]);
    refused(&["replay", &pipe, "--verify"], &["pipe"]);
    refused(&["run", "arena/duel", "--seat", &format!("north=orders:{pipe}")], &["pipe"]);
    refused(&["run", &format!("--json={pipe}")], &["no regular file"]);
    let target = file(&folder, "target", "old");
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    refused(&["run", &format!("--csv={}", link.display())], &["no regular file"]);
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "old");
}

fn names(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn an_interrupted_run_leaves_no_file() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (replay, json, csv) = (at("a.replay"), at("a.json"), at("a.csv"));
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("walled-gardens"))
        .args(["run", "arena/six", "--consumers", "200000", "--turns", "1000", "--replay", &replay])
        .args([format!("--json={json}"), format!("--csv={csv}")])
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(700));
    assert!(child.try_wait().unwrap().is_none(), "it should still be running");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(names(folder.path()), Vec::<PathBuf>::new());
}

#[test]
fn outputs_replace_what_was_there_only_when_complete() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "a.json", "old");
    refused(&["run", &format!("--json={path}"), "--set", "market.habit=-1"], &["market.habit"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
    stdout(&["run", &format!("--json={path}"), "--turns", "1"]);
    assert!(std::fs::read_to_string(&path).unwrap().contains("state_hash"));
    assert_eq!(names(folder.path()).len(), 1);
}

#[test]
fn objectives_are_decided_by_a_shorter_match_however_it_is_shortened() {
    for level in ["tutorial/first-game", "arena/duel"] {
        for turns in ["1", "6", "30"] {
            let told = |arguments: &[&str]| {
                let text = stdout(
                    &[&["run", level, "--consumers", "500", "--merchants", "100"][..], arguments].concat(),
                );
                let begin = text.find("Objectives of ").expect("the level has objectives");
                text[begin..text.find("State ").expect("a state")].to_owned()
            };
            let (option, set) =
                (told(&["--turns", turns]), told(&["--set", &format!("setup.turns={turns}")]));
            assert_eq!(option, set, "{level}");
            assert!(!option.contains(": open"), "{option}");
        }
    }
}
