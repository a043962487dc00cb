//! The program as its users meet it: what it prints, what it refuses and how, and what it leaves on the disk.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod bad_levels;
mod in_vain;
mod new;
mod outputs;
#[path = "../program/mod.rs"]
mod program;

use program::{file, program, refused, stdout};
use serde_json::Value;
use tempfile::TempDir;

const SMALLEST: &str = include_str!("../../levels/tutorial/two-gardens.ron");

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
fn who_are_worth_exactly_the_same_share_a_place() {
    let story = stdout(&["run", "lab/bass", "--turns", "2", "--consumers", "300"]);
    assert!(story.contains("worth exactly the same"), "{story}");
    let rows = story.lines().skip_while(|line| !line.starts_with('#')).skip(1).take(2);
    let places: Vec<&str> = rows.map(|row| row.split(' ').next().unwrap()).collect();
    assert_eq!(places, ["1", "1"], "{story}");
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
    // A commission of 3%, and what adverts on 4% of the screen bring.
    let take_rate = jd["take_rate"].as_f64().unwrap();
    assert!((take_rate - 0.0401).abs() < 1e-4, "{take_rate}");
    assert!(
        jd["categories"]["electronics"].as_f64().unwrap() > jd["categories"]["apparel"].as_f64().unwrap()
    );
    assert!(jd["regions"]["tier-1"].as_f64().unwrap() > jd["regions"]["tier-4"].as_f64().unwrap());
    let shares: f64 = ["alibaba", "jd", "pinduoduo", "douyin", "kuaishou", "tencent"]
        .iter()
        .map(|id| report["turns"][1]["platforms"][id]["share"].as_f64().unwrap())
        .sum();
    assert!((shares - 1.0).abs() < 1e-9);
    let later = report["in_hindsight"].as_object().unwrap();
    let first = later.iter().max_by(|a, b| a.1.as_f64().unwrap().total_cmp(&b.1.as_f64().unwrap())).unwrap();
    assert_eq!((later.len(), &report["winner"]), (6, &first.0.as_str().into()));
    assert_ne!(later["jd"], jd["value"]);
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

/// Two who deal, in a level where there is something to deal in.
const DEALING: [&str; 8] =
    ["run", "arena/six", "--turns", "8", "--seat", "bamboo=dealmaker", "--seat", "amber=open-door"];

#[test]
fn the_json_report_tells_what_services_carried_and_what_companies_did_to_each_other() {
    let report: Value = serde_json::from_str(&stdout(&[&DEALING[..], &["--json"]].concat())).unwrap();
    let turns = report["turns"].as_array().unwrap();
    let services = turns[7]["services"].as_object().unwrap();
    let paid: f64 = services.values().filter_map(|service| service["wallet_share"].as_f64()).sum();
    assert!((0.5..=1.0 + 1e-9).contains(&paid), "parts of sales paid with wallets: {paid}");
    assert!(services.values().any(|service| service["parcels"].as_f64() > Some(0.0)));
    assert!(services.values().all(|service| service["service_profit"].is_f64()));
    let events: Vec<&Value> = turns.iter().flat_map(|turn| turn["events"].as_array().unwrap()).collect();
    let opened = events.iter().find(|event| event["event"] == "opened").unwrap();
    assert!(services.contains_key(opened["service"].as_str().unwrap()), "{opened}");
    assert_eq!(opened["by"], "amber");
}

#[test]
fn a_story_tells_news_and_what_services_carried() {
    let text = stdout(&DEALING);
    assert!(
        text.lines().any(|line| line.trim_start().starts_with("· ") && line.contains(" opens ")),
        "{text}"
    );
    assert!(text.contains("of payments") && text.contains(" parcels"), "{text}");
}

#[test]
fn the_table_has_a_row_for_each_turn_and_platform() {
    let table = stdout(&["run", "arena/duel", "--turns", "3", "--csv"]);
    assert_eq!(table.lines().count(), 1 + (1 + 3) * 2);
    assert!(table.starts_with("level,seed,turn,seat,strategy,gmv,share"), "{table}");
    assert!(table.contains(",market_consumer_surplus"), "{table}");
    assert!(table.lines().any(|line| line.starts_with("arena/duel,1,0,north,")), "{table}");
    let cells = table.lines().flat_map(|line| line.split(','));
    let zero = |cell: &str| cell.starts_with('-') && cell.bytes().all(|byte| b"-0.".contains(&byte));
    assert!(!cells.into_iter().any(zero), "a zero has a sign: {table}");
}

#[test]
fn what_can_be_measured_changed_and_ordered_is_listed() {
    for (command, known) in
        [("metrics", "consumer_surplus"), ("parameters", "logit_scale"), ("orders", "TakeRate")]
    {
        assert!(stdout(&[command]).contains(known));
        let list: Value = serde_json::from_str(&stdout(&[command, "--json"])).unwrap();
        assert!(list.as_array().unwrap().iter().any(|row| row["name"] == known), "{list}");
    }
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
fn orders_can_be_written_by_hand() {
    let folder = TempDir::new().unwrap();
    let orders =
        file(&folder, "orders.ron", "[(turn: 2, orders: [TakeRate(rate: 0.01), AdvertLoad(load: 0.0)])]");
    let seat = format!("north=orders:{orders}");
    let text = stdout(&["run", "arena/duel", "--turns", "3", "--json", "--seat", &seat]);
    let report: Value = serde_json::from_str(&text).unwrap();
    let rate = |turn: usize| report["turns"][turn]["platforms"]["north"]["take_rate"].as_f64().unwrap();
    assert!((rate(0) - 0.0601).abs() < 1e-4 && (rate(1) - 0.01).abs() < 1e-9, "{} {}", rate(0), rate(1));
    let wrong = file(&folder, "wrong.ron", "[(turn: 2, orders: [TakeRat(rate: 0.01)])]");
    refused(
        &["run", "arena/duel", "--seat", &format!("north=orders:{wrong}")],
        &["wrong.ron:1:", "did you mean `TakeRate`"],
    );
    let zero = file(&folder, "zero.ron", "[(turn: 0, orders: [])]");
    refused(&["run", "arena/duel", "--seat", &format!("north=orders:{zero}")], &["turn 0"]);
}

#[test]
fn bad_use_is_refused() {
    refused(&["run", "arena/duel", "--seat", "north=nobody"], &["--seat north=nobody"]);
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

#[test]
fn two_levels_of_one_id_are_told_apart_by_nobody_and_check_says_so() {
    let folder = TempDir::new().unwrap();
    let all = folder.path().to_string_lossy().into_owned();
    file(&folder, "one.ron", SMALLEST);
    file(&folder, "same.ron", SMALLEST);
    assert!(stdout(&["check", &all]).contains("same.ron: sound"), "a copy is the same level");
    let other = file(&folder, "two.ron", SMALLEST.replace("24", "12"));
    let output = program(&["check", &all]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    for word in ["two.ron:5", "tutorial/two-gardens", "one.ron", "an id of its own"] {
        assert!(told.contains(word), "{word}: {told}");
    }
    // Alone it is sound, with a word about the level that comes with the program.
    let output = program(&["check", &other]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("warning: "), "{output:?}");
    let mine = stdout(&["levels", "--print", "tutorial/two-gardens", "--id", "mine"]);
    let output = program(&["check", &file(&folder, "mine.ron", mine.replace("24", "12"))]);
    assert!(output.stderr.is_empty() && mine.contains("id: \"mine\""), "{output:?}");
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
fn equilibrium_says_what_decides_nothing_what_orders_forbid_and_what_has_no_bound() {
    let nobody = stdout(&["equilibrium", "lab/outside_option", "--set", "platforms.right.shop.appeal=-1000"]);
    assert!(nobody.contains("Next to nobody buys from right: what it sets decides nothing."), "{nobody}");
    assert_eq!(nobody.matches("Equilibrium").count(), 1, "{nobody}");
    let dear = ["equilibrium", "lab/outside_option", "--set", "market.logit_scale=1000"];
    let shown = stdout(&dear);
    assert!(shown.contains("Orders allow fees from 0 to 1000: some of these lie outside."), "{shown}");
    let found: Value = serde_json::from_str(&stdout(&[&dear[..], &["--json"]].concat())).unwrap();
    assert_eq!(found["within_orders"], false);
    // Everybody must buy, and from one platform: no fee is too high.
    let alone = program(&["equilibrium", "lab/logit_duopoly", "--set", "platforms.right.shop=None"]);
    assert_eq!(alone.status.code(), Some(1));
    let text = String::from_utf8(alone.stdout).unwrap();
    assert!(text.contains("fees rise without bound"), "{text}");
    assert!(text.contains("No equilibrium in pure strategies was found."), "{text}");
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
