//! The same bytes however a tournament is played, and the same states when a match of it is played again.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{path, stdout};
use crate::{contents, played, same};

#[test]
fn threads_shards_and_kills_change_no_byte() {
    let folder = TempDir::new().unwrap();
    let (plan, whole) = played(&folder, "1");
    let expected = contents(Path::new(&whole));
    let names: Vec<&str> = expected.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "levels.csv",
            "levels/1-arena-duel.ron",
            "levels/2-arena-six.ron",
            "matches.csv",
            "matches.jsonl",
            "report.html",
            "standings.csv",
            "summary.json",
            "turns.csv"
        ]
    );

    let (_, threads) = played(&folder, "2");
    same(&contents(Path::new(&threads)), &expected, "two threads");

    let parts: Vec<String> = (0..3).map(|index| path(&folder, &format!("part-{index}"))).collect();
    for (index, part) in parts.iter().enumerate() {
        stdout(&["shard", &plan, "--of", "3", "--index", &index.to_string(), "--out", part]);
    }
    let merged = path(&folder, "merged");
    stdout(&["merge", &parts[2], &parts[0], &parts[1], "--out", &merged]);
    same(&contents(Path::new(&merged)), &expected, "three parts, in another order");

    // Killed wherever it happens to be, several times over, then let go on.
    let killed = path(&folder, "killed");
    for attempt in 0..6 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_walled-gardens"));
        command.args(["tournament", &plan, "--out", &killed]).stdout(Stdio::null()).stderr(Stdio::null());
        if attempt > 0 {
            command.arg("--resume");
        }
        let mut child = command.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(40 + 70 * attempt));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    stdout(&["tournament", &plan, "--out", &killed, "--resume"]);
    let mut found = contents(Path::new(&killed));
    found.remove("damaged.txt");
    same(&found, &expected, "killed and gone on with");
}

#[test]
fn the_replay_of_a_match_ends_in_the_recorded_state() {
    let folder = TempDir::new().unwrap();
    let (_, out) = played(&folder, "2");
    let mut rows = csv::Reader::from_path(Path::new(&out).join("matches.csv")).unwrap();
    let headings = rows.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    for row in [&rows[0], &rows[rows.len() - 1]] {
        // As a shell would split it: the names here hold no quotes of their own.
        let command = row[at("replay")].replace('\'', "");
        let (words, mut arguments) = (command.split(" --seat ").collect::<Vec<_>>(), Vec::new());
        arguments.extend(words[0].split(' ').skip(1));
        words[1..].iter().for_each(|seat| arguments.extend(["--seat", *seat]));
        arguments.push("--json");
        let report: Value = serde_json::from_str(&stdout(&arguments)).unwrap();
        assert_eq!(report["state_hash"], row[at("hash")], "{command}");
    }
}
