//! A bot in a seat is a strategy like any other.

use serde_json::Value;
use tempfile::TempDir;
use walled_gardens::tournament::{Finish, Finishes, Plan, Tournament, plays_otherwise};

use super::program::{file, path, program, refused, stdout};
use super::{python, recorded, running};

fn state(arguments: &[&str]) -> String {
    let report: Value = serde_json::from_str(&stdout(arguments)).unwrap();
    assert_eq!(report.get("faults"), None, "{arguments:?}");
    report["state_hash"].as_str().unwrap().to_owned()
}

#[test]
fn the_sample_does_exactly_what_the_built_in_strategy_does() {
    needs!("python3");
    let steady = python("examples/bots/steady.py");
    // A newcomer, events and services among them.
    for (level, seat, turns) in [
        ("arena/duel", "north", "24"),
        ("arena/duel", "south", "24"),
        ("arena/festivals", "kite", "12"),
        ("systems/s32_newcomer", "", "14"),
        ("history/china_2024", "jd", "3"),
    ] {
        let seat = if seat.is_empty() { newcomer(level) } else { seat.to_owned() };
        for seed in ["1", "2"] {
            let common = ["run", level, "--seed", seed, "--turns", turns, "--consumers", "2000", "--json"];
            let with = |who: &str| state(&[&common[..], &["--seat", &format!("{seat}={who}")]].concat());
            assert_eq!(with(&steady), with("steady-investor"), "{level}, {seat}, seed {seed}");
        }
    }
}

/// The seat of a level that enters later.
fn newcomer(level: &str) -> String {
    use walled_gardens::level::Level;
    let level = Level::find(level, &[], &walled_gardens::strategy::vocabulary()).unwrap();
    level.platforms.iter().find(|platform| platform.enters.is_some()).expect("has one").id.clone()
}

#[test]
fn its_parameters_are_handed_over() {
    needs!("python3");
    let common = ["run", "arena/duel", "--turns", "3", "--consumers", "300", "--json", "--seat"];
    let with = |who: &str| state(&[&common[..], &[&format!("north={who}")]].concat());
    let steady = python("examples/bots/steady.py");
    let eager = with(&format!("{steady} (brand: 0.02)"));
    assert_eq!(eager, with("steady-investor(brand: 0.02)"));
    assert_ne!(eager, with(&steady));
}

#[test]
fn a_replay_needs_no_bot() {
    needs!("python3");
    let folder = TempDir::new().unwrap();
    let (bot, replay) = (path(&folder, "bot.py"), path(&folder, "a.replay"));
    std::fs::copy(format!("{}/examples/bots/steady.py", env!("CARGO_MANIFEST_DIR")), &bot).unwrap();
    let seat = format!("north=cmd:python3 {bot}");
    recorded(&seat, &replay);
    std::fs::remove_file(&bot).unwrap();
    stdout(&["replay", &replay, "--verify"]);
    let again = format!("north=orders:{replay}");
    stdout(&["run", "arena/duel", "--turns", "4", "--consumers", "300", "--seat", &again]);
}

#[test]
fn a_tournament_is_gone_on_with_where_the_bots_matches_are_played_without_it() {
    needs!("python3");
    let folder = TempDir::new().unwrap();
    let (bot, out) = (path(&folder, "bot.py"), path(&folder, "league"));
    std::fs::copy(format!("{}/examples/bots/steady.py", env!("CARGO_MANIFEST_DIR")), &bot).unwrap();
    let players = [format!("cmd:python3 {bot}"), "passive".to_owned()];
    let (strategies, plan) =
        (players.join(","), Plan::of(vec!["arena/duel".to_owned()], players.to_vec(), 2));
    let arguments =
        ["tournament", "--level", "arena/duel", "--blocks", "2", "--turns", "3", "--consumers", "200"];
    stdout(&[&arguments[..], &["--strategies", &strategies, "--out", &out]].concat());
    let records = std::fs::read_to_string(format!("{out}/matches.jsonl")).unwrap();
    // It is still named, and must not be needed: it would only fail now.
    std::fs::write(&bot, "raise SystemExit('nobody calls me')").unwrap();
    stdout(&["tournament", "--out", &out, "--resume"]);
    assert_eq!(std::fs::read_to_string(format!("{out}/matches.jsonl")).unwrap(), records);
    // Each is held against its match, played by what is recorded of the bot.
    let finishes = records.lines().filter_map(|line| {
        let record: Value = serde_json::from_str(line).unwrap();
        serde_json::from_value::<Finish>(record.get("match")?.clone()).ok()
    });
    let mut finishes: Finishes =
        finishes.map(|finish| ((0, finish.block, finish.rotation), finish)).collect();
    let plan = Plan { turns: Some(3), consumers: Some(200), ..plan };
    let tournament = Tournament::new(plan).unwrap();
    assert_eq!((finishes.len(), plays_otherwise(&tournament, &finishes)), (4, None));
    let guest = &mut finishes.values_mut().next().unwrap().guests[0];
    guest.orders[0].clear();
    assert!(plays_otherwise(&tournament, &finishes).is_some(), "orders that were struck out are missed");
}

#[test]
fn a_bot_that_is_gone_is_missed_only_where_it_has_to_play() {
    needs!("python3");
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let steady = format!("{}/examples/bots/steady.py", env!("CARGO_MANIFEST_DIR"));
    let bot = file(&folder, "bot", format!("#!/bin/sh\nexec python3 '{steady}'\n"));
    std::fs::set_permissions(&bot, std::fs::Permissions::from_mode(0o755)).unwrap();
    let (out, strategies) = (path(&folder, "league"), format!("cmd:{bot},passive"));
    let arguments =
        ["tournament", "--level", "arena/duel", "--blocks", "1", "--turns", "2", "--consumers", "200"];
    let begin = [&arguments[..], &["--strategies", &strategies, "--out", &out]].concat();
    stdout(&begin);
    let records = std::fs::read_to_string(format!("{out}/matches.jsonl")).unwrap();
    std::fs::remove_file(&bot).unwrap();
    stdout(&["tournament", "--out", &out, "--resume"]);
    assert_eq!(std::fs::read_to_string(format!("{out}/matches.jsonl")).unwrap(), records);
    refused(
        &["tournament", "--out", &out, "--resume", "--blocks", "2"],
        &["matches are missing", "there is no program"],
    );
    refused(&begin[..begin.len() - 2], &["strategies", "there is no program"]);
}

#[test]
fn a_bot_sees_neither_the_callers_environment_nor_its_folder() {
    needs!("python3");
    let folder = TempDir::new().unwrap();
    let text = r#"
import json, os, sys
sys.stderr.write("ENV %s HERE %s HOME %s\n" % (sorted(os.environ), os.listdir("."), os.environ["HOME"] == os.getcwd()))
sys.stderr.flush()
raise SystemExit(4)
"#;
    let bot = file(&folder, "nosy.py", text);
    let story = stdout(&[
        "run",
        "arena/duel",
        "--turns",
        "1",
        "--consumers",
        "300",
        "--seat",
        &format!("north=cmd:python3 {bot}"),
    ]);
    assert!(story.contains("lost turn 1: its process ended with status 4; it has lost its seat."), "{story}");
    assert!(story.contains("It wrote to standard error:"), "{story}");
    assert!(story.contains("HERE [] HOME True"), "{story}");
    for kept in ["'PATH'", "'LANG'", "'HOME'", "'TMPDIR'"] {
        assert!(story.contains(kept), "{story}");
    }
    assert!(!story.contains("CARGO"), "{story}");
}

#[test]
fn what_is_no_bot_is_said_before_anything_is_played() {
    let seat = |who: &str| {
        vec!["run".to_owned(), "arena/duel".to_owned(), "--seat".to_owned(), format!("north={who}")]
    };
    for (who, words) in [
        ("cmd:", "expected a program"),
        ("cmd:no-such-program-anywhere x", "there is no program"),
        ("cmd:./README.md", "cannot be executed"),
        ("cmd:sh 'a", "not closed"),
        ("cmd:sh (a: b)", "expected `name: number`"),
    ] {
        let arguments = seat(who);
        refused(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), &["north", words]);
    }
    let plan =
        ["tournament", "--level", "arena/duel", "--strategies", "passive,cmd:no-such-program-anywhere"];
    refused(&plan, &["strategies", "there is no program"]);
}

#[test]
fn a_level_starts_no_program() {
    refused(
        &["run", "arena/duel", "--set", "platforms.north.strategy=\"cmd:sh\""],
        &["a level starts no program", "expected: a strategy"],
    );
}

#[test]
fn a_check_says_what_is_wrong_with_a_bot() {
    needs!("python3");
    let good = python("examples/bots/steady.py");
    let said = stdout(&["bot", "check", &good]);
    assert!(said.contains("Nothing is wrong."), "{said}");
    let bad = python("tests/bots/zoo/twice.py");
    let output = program(&["bot", "check", &bad]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("wrong: two shops: turn 2: answered turn 1 of match 1"), "{said}");
    let stays = program(&["bot", "check", &python("tests/bots/zoo/ignores_the_end.py")]);
    assert!(String::from_utf8_lossy(&stays.stdout).contains("does not go home"), "{stays:?}");
    refused(&["bot", "check", "no-such-program-anywhere"], &["there is no program"]);
}

#[test]
fn nothing_is_left_when_the_program_is_killed() {
    needs!("python3");
    let bot = python("tests/bots/zoo/forks_and_sleeps.py");
    let seat = format!("north={bot}");
    let mut run = std::process::Command::new(assert_cmd::cargo::cargo_bin("walled-gardens"))
        .args(["run", "arena/duel", "--consumers", "300", "--seat", &seat])
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let until = |wanted: &dyn Fn(usize) -> bool| {
        for _ in 0..200 {
            let found = running("sleep 86398").len() + running("forks_and_sleeps.py").len();
            if wanted(found) {
                return true;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        false
    };
    // The program, the keeper, the bot, and what it has started.
    assert!(until(&|found| found >= 4 && !running("sleep 86398").is_empty()), "it plays");
    run.kill().unwrap();
    run.wait().unwrap();
    assert!(
        until(&|found| found == 0),
        "left: {:?} {:?}",
        running("sleep 86398"),
        running("forks_and_sleeps.py")
    );
}
