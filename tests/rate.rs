//! Anybody's results, rated: any table, of any size, by results alone.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

#[path = "program/mod.rs"]
mod program;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use program::{file, path, refused, stdout};
use serde_json::Value;
use tempfile::TempDir;

#[test]
fn anybodys_results_are_rated_and_bad_ones_refused() {
    let folder = TempDir::new().unwrap();
    let mut table = "match,seat,player,score\n".to_owned();
    for number in 0..60 {
        let (a, b, c) = if number % 3 == 0 { (1, 2, 0) } else { (2, 1, 0) };
        table += &format!("{number},1,ann,{a}\n{number},2,bob,{b}\n{number},3,cleo,{c}\n");
    }
    let results = file(&folder, "results.csv", &table);
    for model in ["plackett-luce", "bradley-terry", "mean-score"] {
        let text = stdout(&["rate", &results, "--model", model, "--json"]);
        let ratings: Value = serde_json::from_str(&text).unwrap();
        let all = ratings["ratings"].as_array().unwrap();
        let order: Vec<&str> = all.iter().map(|one| one["player"].as_str().unwrap()).collect();
        assert_eq!(order, ["ann", "bob", "cleo"], "{model}");
        assert_eq!((ratings["seed"].as_u64(), ratings["draws"].as_u64()), (Some(1), Some(1000)), "{model}");
        assert_eq!(ratings["pairs"].as_array().unwrap().len(), 3, "{model}");
        assert_eq!(all[2]["ranks"], serde_json::json!([3, 3]), "{model}");
    }
    for (text, words) in [
        ("match,seat,player\n1,1,ann\n", vec!["bad.csv:1:1", "no column `score`"]),
        ("match,seat,player,scoer\n1,1,ann,1\n", vec!["bad.csv:1:19", "did you mean it by `scoer`?"]),
        ("match,seat,player,score\n1,1,ann,2\n1,2,bob,x\n", vec!["bad.csv:3:9", "`x` is not a number"]),
        ("match,seat,player,score\n1,1,ann,2\n2,1,ann,1\n2,2,bob,0\n", vec!["match 1", "one player"]),
        ("match,seat,player,score\n1,1,ann,2\n1,1,bob,1\n", vec!["match 1", "seat 1 is there twice"]),
        ("match,seat,player,score\n1,1,ann,2\n1,2,ann,1\n", vec!["ann has two seats"]),
        ("match,seat,player,score\n1,1,ann,NaN\n1,2,bob,1\n", vec!["not a number"]),
        ("match,seat,player,score\n", vec!["no two players"]),
    ] {
        refused(&["rate", &file(&folder, "bad.csv", text)], &words);
    }
    refused(&["rate", &path(&folder, "absent.csv")], &["no such file"]);
}

#[test]
fn who_has_too_few_blocks_is_unranked_and_told_how_many_more() {
    let folder = TempDir::new().unwrap();
    let mut table = "match,seat,player,score\n".to_owned();
    for number in 0..12 {
        let third = if number < 3 { "cleo" } else { "dan" };
        table += &format!("{number},1,ann,{}\n{number},2,bob,1\n{number},3,{third},9\n", number % 3);
    }
    let results = file(&folder, "results.csv", &table);
    let ratings: Value = serde_json::from_str(&stdout(&["rate", &results, "--json"])).unwrap();
    let ranks: Vec<(&str, Option<u64>)> = ratings["ratings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["player"].as_str().unwrap(), one["rank"].as_u64()))
        .collect();
    assert_eq!(ranks[0], ("dan", Some(1)));
    assert_eq!(ranks[3], ("cleo", None), "who never lost, but in three blocks, comes last");
    let said = stdout(&["rate", &results]);
    assert!(said.contains("fewer than 8 blocks") && said.contains("cleo 5."), "{said}");
}

#[test]
fn who_never_met_is_ranked_apart() {
    let folder = TempDir::new().unwrap();
    let mut table = "match,seat,player,score\n".to_owned();
    for number in 0..20 {
        let (ann, cleo) = (i32::from(number < 14), i32::from(number < 19));
        table += &format!("ab{number},1,ann,{ann}\nab{number},2,bob,{}\n", 1 - ann);
        table += &format!("cd{number},1,cleo,{cleo}\ncd{number},2,dan,{}\n", 1 - cleo);
    }
    let results = file(&folder, "results.csv", &table);
    for model in ["plackett-luce", "bradley-terry", "mean-score"] {
        let said = stdout(&["rate", &results, "--model", model]);
        assert!(said.contains("2 groups of players"), "{said}");
        let rated: Value =
            serde_json::from_str(&stdout(&["rate", &results, "--model", model, "--json"])).unwrap();
        let all = rated["ratings"].as_array().unwrap();
        let told: Vec<(u64, u64, &str)> = all
            .iter()
            .map(|one| {
                (
                    one["group"].as_u64().unwrap(),
                    one["rank"].as_u64().unwrap(),
                    one["player"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(told, [(1, 1, "ann"), (1, 2, "bob"), (2, 1, "cleo"), (2, 2, "dan")], "{model}");
    }
}

#[test]
fn results_of_any_kind_are_rated_from_standard_input_quickly_and_by_results_alone() {
    use std::io::Write;
    let rate = |table: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_walled-gardens"));
        command.args(["rate", "-", "--json", "--threads", "2"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(table.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    // A hundred players with marks from 0 to 10, ten times.
    let rows: Vec<String> = (0..1000)
        .map(|row: usize| format!("{},{},p{},{}\n", row / 100, row % 100, row % 100, row * 7919 % 97 % 11))
        .collect();
    let table = |rows: &[String]| format!("match,seat,player,score\n{}", rows.concat());
    let rated = rate(&table(&rows));
    let turned: Vec<String> = rows.chunks(100).flat_map(|game| game.iter().rev().cloned()).collect();
    let again = rate(&table(&turned));
    let value = |rated: &Value, name: &str| {
        let all = rated["ratings"].as_array().unwrap();
        all.iter().find(|one| one["player"] == name).unwrap()["rating"]["value"].as_f64().unwrap()
    };
    for number in 0..100 {
        let name = format!("p{number}");
        assert!((value(&rated, &name) - value(&again, &name)).abs() < 1e-6, "{name}");
    }
    assert_eq!(rated["notes"], serde_json::json!([]));
    let winners: Vec<String> = (0..400)
        .map(|row: usize| {
            format!("{},{},p{},{}\n", row / 4, row % 4, row % 4, u8::from(row % 4 == row / 4 % 3))
        })
        .collect();
    let note = rate(&table(&winners))["notes"][0].as_str().unwrap().to_owned();
    assert!(note.starts_with("Every match names its winner alone"), "{note}");
}
#[test]
fn a_tournaments_own_matches_are_rated_as_the_tournament_was() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "out");
    let field = "passive,random,premium,premium(commission: 0.03),follower,price-war";
    let what = ["tournament", "--level", "arena/duel", "--level", "arena/six", "--strategies", field];
    let size = ["--blocks", "2", "--turns", "3", "--consumers", "300", "--merchants", "100", "--seed", "5"];
    stdout(&[&what[..], &size[..], &["--out", &out]].concat());
    let summary: Value =
        serde_json::from_str(&fs::read_to_string(Path::new(&out).join("summary.json")).unwrap()).unwrap();
    let table = Path::new(&out).join("matches.csv");
    let rated: Value =
        serde_json::from_str(&stdout(&["rate", &table.to_string_lossy(), "--seed", "5", "--json"])).unwrap();
    assert_eq!(rated["blocks"], summary["blocks"], "blocks of different levels are different blocks");
    for one in rated["ratings"].as_array().unwrap() {
        let all = summary["contenders"].as_array().unwrap();
        let there = all.iter().find(|there| there["name"] == one["player"]).unwrap();
        for part in ["value", "low", "high"] {
            let (rating, strength) =
                (one["rating"][part].as_f64().unwrap(), there["strength"][part].as_f64().unwrap());
            assert!((rating - strength).abs() < 0.5, "{part} of {one}: {there}");
        }
        assert_eq!(one["score"], there["score"]);
    }
}
