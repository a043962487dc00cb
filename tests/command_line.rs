//! The program as its users meet it: what it prints, what it refuses and how, and what it leaves on the disk.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod program;

use std::path::{Path, PathBuf};
use std::time::Duration;

use program::{file, program, refused, stdout};
use serde_json::Value;
use tempfile::TempDir;

const SMALLEST: &str = include_str!("../levels/tutorial/two-gardens.ron");

/// A level made from the smallest one by replacing a piece of its text is refused with these words.
fn changed(from: &str, to: &str, words: &[&str]) {
    assert!(SMALLEST.contains(from), "{from:?} is not in the level");
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "level.ron", SMALLEST.replacen(from, to, 1));
    refused(&["run", &path], words);
}

#[test]
fn without_a_command_the_default_level_is_played() {
    let story = stdout(&[]);
    assert!(
        story.contains("tutorial/four-gardens") && story.contains("turn 24") && story.contains("wins by"),
        "{story}"
    );
}

#[test]
fn a_story_says_who_plays_how_it_went_and_why() {
    let story =
        stdout(&["run", "history/china_2024", "--turns", "3", "--consumers", "2000", "--merchants", "600"]);
    for words in
        ["Alibaba", "no shop of its own", "2024-03", "share of sales", "Profit of the last month, against"]
    {
        assert!(story.contains(words), "no {words:?} in\n{story}");
    }
}

#[test]
fn the_json_report_has_the_promised_shape() {
    let text = stdout(&[
        "run",
        "history/china_2024",
        "--turns",
        "2",
        "--consumers",
        "2000",
        "--seed",
        "7",
        "--json",
    ]);
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["level"], "history/china_2024");
    assert_eq!(
        (&report["seed"], &report["consumers"], &report["merchants"]),
        (&7.into(), &2000.into(), &6000.into())
    );
    assert_eq!(report["seats"]["jd"], "passive");
    assert_eq!(report["turns"].as_array().unwrap().len(), 2);
    assert_eq!(report["turns"][0]["turn"], 1);
    assert!(report["turns"][0]["hhi"].as_f64().unwrap() < 1.0);
    let jd = &report["turns"][1]["platforms"]["jd"];
    for key in ["gmv", "share", "users", "merchants", "take_rate", "profit", "cash", "value"] {
        assert!(jd[key].as_f64().unwrap().is_finite(), "{key}");
    }
    assert!((jd["take_rate"].as_f64().unwrap() - 0.04).abs() < 1e-6);
    assert!(
        jd["categories"]["electronics"].as_f64().unwrap() > jd["categories"]["apparel"].as_f64().unwrap()
    );
    assert!(jd["regions"]["tier-1"].as_f64().unwrap() > jd["regions"]["tier-4"].as_f64().unwrap());
    let shares: f64 = ["alibaba", "jd", "pinduoduo", "douyin", "kuaishou", "tencent"]
        .iter()
        .map(|id| report["turns"][1]["platforms"][id]["share"].as_f64().unwrap())
        .sum();
    assert!((shares - 1.0).abs() < 1e-9);
    assert!(report["winner"].is_string());
    assert_eq!(report["state_hash"].as_str().unwrap().len(), 64);
    assert!(report["seconds"].as_f64().unwrap() >= 0.0);
}

#[test]
fn the_state_does_not_depend_on_threads() {
    let hash = |threads: &str| {
        let text = stdout(&[
            "run",
            "arena/six",
            "--turns",
            "3",
            "--consumers",
            "30000",
            "--threads",
            threads,
            "--json",
        ]);
        serde_json::from_str::<Value>(&text).unwrap()["state_hash"].clone()
    };
    assert_eq!(hash("1"), hash("2"));
}

#[test]
fn the_table_has_a_row_for_each_turn_and_platform() {
    let table = stdout(&["run", "arena/duel", "--turns", "3", "--csv"]);
    assert_eq!(table.lines().count(), 1 + 3 * 2);
    assert!(table.starts_with("turn,platform,gmv,share"), "{table}");
}

#[test]
fn levels_and_strategies_are_listed() {
    let levels = stdout(&["levels"]);
    for level in
        ["arena/duel", "arena/six", "history/china_2024", "lab/logit_duopoly", "tutorial/two-gardens"]
    {
        assert!(levels.contains(level), "{levels}");
    }
    assert!(
        serde_json::from_str::<Value>(&stdout(&["levels", "--json"])).unwrap().as_array().unwrap().len() >= 5
    );
    assert!(
        serde_json::from_str::<Value>(&stdout(&["strategies", "--json"])).unwrap().as_array().unwrap().len()
            >= 8
    );
    assert_eq!(stdout(&["levels", "--print", "tutorial/two-gardens"]), SMALLEST);
}

#[test]
fn seats_are_given_away_on_the_command_line() {
    let story = stdout(&[
        "run",
        "arena/duel",
        "--seat",
        "north=price-war",
        "--seat",
        "south=follower",
        "--turns",
        "2",
    ]);
    assert!(story.contains("price-war") && story.contains("follower"), "{story}");
}

#[test]
fn one_value_of_a_level_can_be_changed() {
    let story =
        stdout(&["run", "arena/duel", "--set", "setup.turns=2", "--set", "platforms.north.name=\"Nordic\""]);
    assert!(story.contains("Nordic") && story.contains("turn 2") && !story.contains("turn 3"), "{story}");
    refused(&["run", "--set", "market.habbit=2"], &["habbit", "did you mean `habit`"]);
    refused(&["run", "arena/duel", "--set", "platforms.nord.cash=2"], &["platforms.nord.cash=2", "north"]);
    refused(&["run", "--set", "setup.turns"], &["setup.turns"]);
}

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
fn orders_can_be_written_by_hand() {
    let folder = TempDir::new().unwrap();
    let orders =
        file(&folder, "orders.ron", "[(turn: 2, orders: [TakeRate(rate: 0.01), AdvertLoad(load: 0.0)])]");
    let seat = format!("north=orders:{orders}");
    let text = stdout(&["run", "arena/duel", "--turns", "3", "--json", "--seat", &seat]);
    let report: Value = serde_json::from_str(&text).unwrap();
    let rate = |turn: usize| report["turns"][turn]["platforms"]["north"]["take_rate"].as_f64().unwrap();
    assert!((rate(0) - 0.04).abs() < 1e-9 && (rate(1) - 0.01).abs() < 1e-9, "{} {}", rate(0), rate(1));
    let wrong = file(&folder, "wrong.ron", "[(turn: 2, orders: [TakeRat(rate: 0.01)])]");
    refused(
        &["run", "arena/duel", "--seat", &format!("north=orders:{wrong}")],
        &["wrong.ron:1:", "did you mean `TakeRate`"],
    );
    let zero = file(&folder, "zero.ron", "[(turn: 0, orders: [])]");
    refused(&["run", "arena/duel", "--seat", &format!("north=orders:{zero}")], &["turn 0"]);
}

#[test]
fn files_that_are_no_levels_are_refused() {
    let folder = TempDir::new().unwrap();
    refused(&["run", "nowhere.ron"], &["nowhere.ron"]);
    refused(&["run", "arena/dual"], &["arena/dual", "did you mean `arena/duel`"]);
    refused(&["run", &folder.path().to_string_lossy()], &["directory"]);
    refused(&["run", &file(&folder, "empty.ron", "")], &["empty.ron", "empty"]);
    refused(&["run", &file(&folder, "binary.ron", b"(format: 1, \xff\xfe)")], &["binary.ron", "UTF-8"]);
    let huge = folder.path().join("huge.ron");
    std::fs::File::create(&huge).unwrap().set_len(100 << 20).unwrap();
    refused(&["run", &huge.to_string_lossy()], &["huge.ron", "4 MiB"]);
    refused(&["run", &file(&folder, "deep.ron", "[".repeat(100_000))], &["deep.ron"]);
    refused(
        &["run", &file(&folder, "nested.ron", format!("(format: 1, meta: {})", "(".repeat(500)))],
        &["nested.ron"],
    );
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "secret.ron", SMALLEST);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read anything; then there is nothing to refuse.
    if std::fs::read(&path).is_err() {
        refused(&["run", &path], &["secret.ron"]);
    }
}

#[test]
fn what_is_wrong_with_a_level_is_said_with_its_place() {
    changed("turns: 24", "turns: 24,,", &["level.ron:6:23"]);
    changed("turns: 24", "turnz: 24", &["level.ron:6:13", "unknown field `turnz`", "did you mean `turns`"]);
    changed("format: 1,", "", &["missing field `format`", "level.ron:"]);
    changed("turns: 24", "turns: \"many\"", &["level.ron:6:20", "setup.turns"]);
    changed("turns: 24", "turns: 0", &["level.ron:6:20", "setup.turns", "from 1 to 1200"]);
    changed("format: 1", "format: 9", &["level.ron:4:13", "format 9", "1"]);
    changed("id: \"south\"", "id: \"north\"", &["level.ron:11:14", "platforms[1].id", "`north` is taken"]);
    changed("id: \"south\"", "id: \"so uth\"", &["platforms[1].id", "letters, digits"]);
    changed("population: 10_000_000", "population: -5", &["regions[0].population", "level.ron:7:40", "-5"]);
    changed("population: 10_000_000", "population: NaN", &["regions[0].population", "finite"]);
    changed("population: 10_000_000", "population: inf", &["regions[0].population", "finite"]);
    changed("cash: 2_000_000_000", "cash: 1e300", &["platforms[0].cash", "out of range"]);
    changed(
        "cash: 2_000_000_000",
        "strategy: \"pasive\", cash: 1",
        &["platforms[0].strategy", "did you mean `passive`"],
    );
    changed("cash: 2_000_000_000", "cash: 1, shop: (share: 1.5)", &["platforms[0].shop.share", "1.5"]);
    changed("cash: 2_000_000_000", "cash: 1, shop: (share: 1)", &["leave nothing"]);
    changed("cash: 2_000_000_000", "cash: 1, shop: (appeal: 1)", &["platforms[1]", "appeal"]);
    changed(
        "cash: 2_000_000_000",
        "cash: 1, shop: (category_strength: {\"godds\": 2})",
        &["platforms[0].shop.category_strength.godds", "did you mean `goods`"],
    );
    changed(
        "cash: 2_000_000_000",
        "cash: 1, shop: (take_rates: {\"goods\": -1})",
        &["take_rates.goods", "-1"],
    );
    changed("setup: (turns: 24)", "market: (reconsideration: 2)", &["market.reconsideration", "from 0 to 1"]);
    changed("setup: (turns: 24)", "setup: (start: \"soon\")", &["setup.start", "2024-01"]);
    changed("monthly_spend: 300", "monthly_spend: 1e9", &["fit the ledger"]);
    changed("North Gate", "North \\u{1b}[31mGate", &["platforms[0].name", "control characters"]);
}

#[test]
fn everything_wrong_with_a_level_is_said_at_once() {
    let text = SMALLEST.replace("10_000_000", "-1").replace("300", "-2").replace("2_000_000_000", "-3");
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "level.ron", text);
    let places =
        ["regions[0].population", "categories[0].monthly_spend", "platforms[0].cash", "platforms[1].cash"];
    refused(&["run", &path], &places);
}

#[test]
fn more_than_fits_is_refused() {
    let rows =
        |row: &str, count: usize| (0..count).map(|n| row.replace('#', &n.to_string())).collect::<String>();
    let platforms = format!("platforms: [{}", rows("(id: \"p#\", cash: 1),", 16));
    changed("platforms: [", &platforms, &["18 platforms", "from 1 to 16"]);
    let categories = format!("categories: [{}", rows("(id: \"c#\", monthly_spend: 1),", 16));
    changed("categories: [", &categories, &["17 categories", "from 1 to 16"]);
}

#[test]
fn bad_use_is_refused() {
    refused(&["run", "arena/duel", "--seat", "north=nobody"], &["nobody"]);
    refused(&["run", "arena/duel", "--seat", "north=pasive"], &["did you mean `passive`"]);
    refused(&["run", "arena/duel", "--seat", "nroth=passive"], &["nroth", "did you mean `north`"]);
    refused(&["run", "arena/duel", "--seat", "north"], &["PLATFORM=STRATEGY"]);
    refused(&["run", "arena/duel", "--seat", "north=orders:nowhere.ron"], &["nowhere.ron"]);
    refused(&["run", "arena/duel", "--seat", "north=passive", "--seat", "north=random"], &["twice"]);
    refused(&["run", "arena/six", "--consumers", "3"], &["at least 8"]);
    refused(&["run", "--turns", "-1"], &["--turns"]);
    refused(&["run", "--turns", "0"], &["--turns", "1"]);
    refused(&["run", "--consumers", "0"], &["--consumers", "1"]);
    refused(&["run", "--threads", "0"], &["--threads"]);
    refused(&["run", "--seed", "x"], &["--seed"]);
    refused(&["experiment", "market-santy"], &["did you mean `market-sanity`"]);
    refused(&["paly"], &["paly"]);
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

#[test]
fn check_says_what_is_sound_and_what_came_out() {
    let folder = TempDir::new().unwrap();
    file(&folder, "good.ron", SMALLEST);
    let all = folder.path().to_string_lossy().into_owned();
    assert!(stdout(&["check", &all]).contains("good.ron: sound"));
    file(&folder, "bad.ron", SMALLEST.replace("24", "0"));
    let output = program(&["check", &all]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("bad.ron:6:20"));
    let case = |value: &str| {
        let case = format!(
            "(name: \"halves\", seeds: 2, expect: [(metric: \"share\", of: \"north\", value: {value}, tolerance: 0.1)])"
        );
        SMALLEST.replace("    platforms: [", &format!("    reference: [{case}],\n    platforms: ["))
    };
    assert!(stdout(&["check", "--play", &file(&folder, "holds.ron", case("0.5"))]).contains("holds"));
    let fails = file(&folder, "fails.ron", case("0.9"));
    let output = program(&["check", "--play", &fails]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("FAILS"));
    let unknown = case("0.5").replace("\"share\"", "\"shares\"");
    refused(&["check", &file(&folder, "metric.ron", unknown)], &["metric.ron:", "did you mean `share`"]);
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
fn equilibrium_prints_what_nobody_would_change() {
    let found: Value =
        serde_json::from_str(&stdout(&["equilibrium", "lab/logit_oligopoly", "--json"])).unwrap();
    assert_eq!(found["converged"], true);
    assert!(found["deviation"].is_null());
    for id in ["a", "b", "c", "d", "e"] {
        let fee = found["prices"][id]["membership_fee"].as_f64().unwrap();
        assert!((fee - 1.625).abs() < 1e-5, "{id}: {fee}");
        assert!((found["shares"][id]["members"].as_f64().unwrap() - 0.2).abs() < 1e-6);
        assert!((found["profits"][id].as_f64().unwrap() - 12_500.0).abs() < 0.5);
    }
}

#[test]
fn equilibrium_knows_an_undercut_that_pays_and_shows_answers_that_do_not_settle() {
    // Hotelling's shops near the middle have no equilibrium (d'Aspremont, Gabszewicz and Thisse 1979).
    let near = ["--set", "platforms.left.shop.taste=0.4", "--set", "platforms.right.shop.taste=0.6"];
    let output = program(&[&["equilibrium", "lab/hotelling", "--json"], &near[..]].concat());
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let deviation = &found["deviation"];
    assert!(deviation.is_null() || deviation["gain"].as_f64().unwrap() > 0.0);
    let failures = found["failures"].as_array().unwrap();
    assert!(!failures.is_empty());
    assert!(failures.iter().all(|failure| !failure["iterates"].as_array().unwrap().is_empty()));
    let shown = program(&[&["equilibrium", "lab/hotelling"], &near[..]].concat());
    let text = String::from_utf8(shown.stdout).unwrap();
    assert!(text.contains("No equilibrium in pure strategies was found"), "{text}");
    assert!(text.contains("Nothing settles from"), "{text}");
}

#[test]
fn equilibrium_says_which_parameter_it_cannot_work_with() {
    refused(&["equilibrium", "arena/duel"], &["market.forgetting"]);
    refused(
        &["equilibrium", "tutorial/four-gardens", "--set", "market.forgetting=0"],
        &["market.multi_homing", "market.merchant_noise"],
    );
    refused(&["equilibrium", "history/china_2024"], &["`services`"]);
    // Large merchants may serve several shops where typical ones do not.
    let slope = ["--set", "market.forgetting=0", "--set", "market.multi_homing=0"];
    refused(&[&["equilibrium", "arena/duel"], &slope[..]].concat(), &["market.multi_homing_slope"]);
    refused(
        &["equilibrium", "lab/hotelling", "--set", "market.conduct=Quantity"],
        &["quantities", "offline option"],
    );
    refused(&["equilibrium", "lab/hoteling"], &["did you mean `lab/hotelling`"]);
}

#[test]
fn announced_sizes_must_be_announced() {
    let message = "announced";
    refused(
        &["equilibrium", "lab/hotelling", "--set", "market.expectations=Announced"],
        &[message, "platforms[0]"],
    );
}

#[test]
fn a_level_says_what_is_wrong_with_its_services() {
    let folder = tempfile::tempdir().expect("a folder");
    let with = |services: &str| {
        let text = format!(
            "(format: 1, meta: (id: \"x\", title: \"X\"), regions: [(id: \"city\", population: 1e6)],\n\
             categories: [(id: \"goods\", monthly_spend: 300)],\n\
             platforms: [(id: \"north\", cash: 1e9), (id: \"south\", cash: 1e9)],\n{services})"
        );
        file(&folder, "services.ron", &text)
    };
    let cases: [(&str, &[&str]); 7] = [
        (
            "services: [Carrier(id: \"f\", supply: Heavy, price: 7, capacity: -1)]",
            &["services[0].capacity", "-1 is out of range"],
        ),
        ("services: [Carrier(id: \"f\", supply: Heavy, price: 7)]", &["`capacity`, in parcels a month"]),
        (
            "services: [Carrier(id: \"f\", owner: \"north\", supply: Franchise, price: 7)]",
            &["no merchant of `south` could ship"],
        ),
        ("services: [Wallet(id: \"w\", owner: \"norht\")]", &["did you mean `north`", "services[0].owner"]),
        ("services: [Wallet(id: \"w\", held: 0, accepted_by: [\"south\"])]", &["nobody holds it"]),
        (
            "integration: {\"wallet\": (requires: [\"data\"]), \"data\": (requires: [\"wallet\"])}",
            &["wallet → data → wallet"],
        ),
        ("integration: {\"walet\": (effort: 3)}", &["did you mean `wallet`"]),
    ];
    for (services, expected) in cases {
        refused(&["check", &with(services)], expected);
    }
}
