//! `serve` as its users call it, with a bot among the seats.

use std::time::Duration;

use assert_cmd::Command;
use serde_json::{Value, json};

use super::python;

/// What it answers to these lines.
fn served(lines: &[u8]) -> Vec<Value> {
    let output = Command::cargo_bin("walled-gardens")
        .unwrap()
        .args(["serve", "--threads", "2", "--bot-turn", "10"])
        .write_stdin(lines)
        .timeout(Duration::from_secs(60))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn it_says_who_it_is_and_goes_home_at_the_end_of_its_input() {
    let answers = served(b"\xff\xfe\n\n{\"type\":\"close\",\"match\":1}\n");
    assert_eq!(answers[0]["type"], "hello");
    assert_eq!(answers[0]["protocol"], 1);
    assert!(answers[1]["what"].as_str().unwrap().contains("no UTF-8"), "{answers:?}");
    assert_eq!((&answers[2]["type"], answers.len()), (&json!("error"), 3), "an empty line is no request");
}

#[test]
fn a_bot_plays_beside_the_host_as_the_strategy_that_it_copies() {
    needs!("python3");
    let played = |south: &str| {
        let matches: Vec<Value> = (0..3)
            .map(|number| {
                json!({
                    "match": number, "level": "arena/duel", "turns": 3, "consumers": 300, "seed": number,
                    "seats": {"north": "host", "south": south},
                })
            })
            .collect();
        let all: Vec<Value> = (0..3).map(|number| json!({"match": number})).collect();
        let mut lines = vec![json!({"type": "reset", "matches": matches, "observe": "none"})];
        lines.extend((0..3).map(|_| json!({"type": "step", "matches": all, "observe": "none"})));
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let mut answers = served(text.as_bytes());
        answers.pop().unwrap()
    };
    let steady = python("examples/bots/steady.py");
    let end = played(&steady);
    assert_eq!(end["matches"][2]["over"], true);
    assert_eq!(end, played("steady-investor"));
}
