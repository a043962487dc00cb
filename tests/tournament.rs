//! Tournaments as their users meet them: the same bytes however they are played, and nothing lost or overwritten.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

#[path = "program/mod.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use program::{file, path, program, refused, stdout};
use serde_json::Value;
use tempfile::TempDir;
use walled_gardens::level::shipped;
use walled_gardens::strategy::STRATEGIES;
use walled_gardens::tournament::{PLANS, Plan, Tournament};

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
fn a_record_that_was_altered_or_cut_short_is_named_and_played_again() {
    let folder = TempDir::new().unwrap();
    let (plan, out) = played(&folder, "2");
    let expected = contents(Path::new(&out));
    let records = Path::new(&out).join("matches.jsonl");
    let mut text = fs::read_to_string(&records).unwrap();
    let place = text.match_indices("\"value\":").nth(3).unwrap().0 + 9;
    text.replace_range(place..=place, if &text[place..=place] == "1" { "2" } else { "1" });
    text.truncate(text.len() - 40);
    fs::write(&records, &text).unwrap();
    let output = program(&["tournament", &plan, "--out", &out, "--resume"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let last = text.lines().count();
    for words in
        ["matches.jsonl:3: altered", &format!("matches.jsonl:{last}: cut short"), "counts as not played"]
    {
        assert!(said.contains(words), "no {words:?} in\n{said}");
    }
    let mut found = contents(Path::new(&out));
    let aside = String::from_utf8(found.remove("damaged.txt").unwrap()).unwrap();
    assert_eq!(aside.lines().count(), 2, "what was there is set aside, not lost");
    same(&found, &expected, "the rest is kept and the two are played again");
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

#[test]
fn a_folder_is_gone_on_with_by_its_own_plan_and_made_longer() {
    let folder = TempDir::new().unwrap();
    for format in ["round-robin", "gauntlet", "sprt"] {
        let out = |name: &str| path(&folder, &format!("{format}-{name}"));
        let (short, long) = (out("short"), out("long"));
        let play = |blocks: &str, to: &str| {
            let strategies = if format == "sprt" {
                "premium,premium"
            } else {
                "passive,premium,follower,random,price-war,premium"
            };
            let size =
                ["--turns", "2", "--consumers", "200", "--merchants", "60", "--blocks", blocks, "--out", to];
            let what = ["tournament", "--format", format, "--strategies", strategies];
            program(&[&what[..], &size[..]].concat())
        };
        let begun = play("3", &short);
        let before = contents(Path::new(&short));
        let again = program(&["tournament", "--out", &short, "--resume"]);
        assert_eq!(again.stdout, begun.stdout, "{format}: nothing is missing, so the same is said");
        same(&contents(Path::new(&short)), &before, "gone on with by its own plan");

        program(&["tournament", "--out", &short, "--resume", "--blocks", "11"]);
        play("11", &long);
        same(&contents(Path::new(&short)), &contents(Path::new(&long)), &format!("{format} made longer"));
        refused(
            &["tournament", "--out", &short, "--resume", "--blocks", "3"],
            &["11 blocks, not 3", "made longer and not shorter"],
        );
        same(&contents(Path::new(&short)), &contents(Path::new(&long)), "a refusal changes nothing");
    }
    let (swiss, part) = (path(&folder, "swiss"), path(&folder, "part"));
    let size = ["--turns", "2", "--consumers", "200", "--merchants", "60", "--blocks", "1"];
    let what = ["--level", "arena/duel", "--strategies", "passive,premium,random"];
    stdout(&[&["tournament", "--format", "swiss", "--out", &swiss], &what[..], &size[..]].concat());
    refused(
        &["tournament", "--out", &swiss, "--resume", "--blocks", "2"],
        &["rounds follow from those before"],
    );
    stdout(&[&["shard", "--of", "2", "--index", "0", "--out", &part], &what[..], &size[..]].concat());
    refused(
        &["shard", "--of", "2", "--index", "0", "--out", &part, "--resume", "--blocks", "2"],
        &["parts of different lengths"],
    );
    refused(
        &["tournament", "--out", &path(&folder, "nowhere"), "--resume"],
        &["no tournament to go on with"],
    );
}

#[test]
fn a_folder_keeps_its_levels_and_says_which_has_changed() {
    let folder = TempDir::new().unwrap();
    let text = shipped().find(|level| level.name == "arena/duel").unwrap().text.to_owned();
    let level = file(&folder, "mine.ron", &text);
    let size = ["--turns", "2", "--consumers", "200", "--merchants", "60", "--blocks", "1"];
    let what = ["--level", &level, "--strategies", "passive,premium"];
    let (out, part) = (path(&folder, "out"), path(&folder, "part"));
    stdout(&[&["tournament", "--out", &out], &what[..], &size[..]].concat());
    stdout(&[&["shard", "--of", "1", "--index", "0", "--out", &part], &what[..], &size[..]].concat());
    let kept = Path::new(&out).join("levels/1-arena-duel.ron");
    assert_eq!(fs::read_to_string(&kept).unwrap(), text);
    // One that was lost, or altered, is put back.
    fs::write(&kept, "altered").unwrap();
    stdout(&["tournament", "--out", &out, "--resume"]);
    assert_eq!(fs::read_to_string(&kept).unwrap(), text);

    let before = text.lines().take_while(|line| !line.contains("turns: 24")).count();
    fs::write(&level, text.replace("turns: 24", "turns: 25")).unwrap();
    let changed = format!("mine.ron has changed since, from line {} on", before + 1);
    let expected = [&changed, "levels/1-arena-duel.ron is as it was", "put that back"];
    refused(&["tournament", "--out", &out, "--resume"], &expected);
    refused(&["merge", &part, "--out", &path(&folder, "merged")], &expected);
    fs::remove_file(&level).unwrap();
    refused(&["tournament", "--out", &out, "--resume"], &["levels as they were are in its folder `levels`"]);
    // What a folder says can be played again from it alone.
    fs::copy(&kept, &level).unwrap();
    stdout(&["tournament", "--out", &out, "--resume"]);
}

#[test]
fn a_merge_names_the_parts_that_are_missing() {
    let folder = TempDir::new().unwrap();
    let size = ["--turns", "2", "--consumers", "200", "--merchants", "60", "--blocks", "2"];
    let what = ["--level", "arena/duel", "--strategies", "passive,premium,random"];
    let part = |index: usize| path(&folder, &format!("part-{index}"));
    for index in [0, 2] {
        let number = index.to_string();
        stdout(
            &[&["shard", "--of", "3", "--index", &number, "--out", &part(index)], &what[..], &size[..]]
                .concat(),
        );
    }
    let merged = path(&folder, "merged");
    refused(
        &["merge", &part(0), &part(2), "--out", &merged],
        &["4 of 12 matches", "part 1 of 3 is not among them and has 4 (shard … --of 3 --index 1)"],
    );
    // Cut off after two records.
    let records = Path::new(&part(2)).join("matches.jsonl");
    let text = fs::read_to_string(&records).unwrap();
    fs::write(&records, text.lines().take(3).map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    let lacks =
        format!("part 2 of 3 in {} was cut off and lacks 2 (go on with it: shard … --resume)", part(2));
    refused(
        &["merge", &part(0), &part(2), "--out", &merged],
        &["6 of 12 matches", "part 1 of 3 is not", &lacks],
    );
    refused(
        &["merge", &path(&folder, "absent"), "--out", &merged],
        &["absent", "no part of a tournament here"],
    );
    assert!(!Path::new(&merged).exists(), "nothing is begun that cannot be ended");
}

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
fn strategies_alone_play_where_they_can_be_seated() {
    let size = ["--turns", "2", "--consumers", "200", "--merchants", "60"];
    let played = program(&[&["tournament", "--strategies", "passive,premium", "--json"], &size[..]].concat());
    let summary: Value = serde_json::from_slice(&played.stdout).unwrap();
    assert_eq!(summary["plan"]["levels"], serde_json::json!(["arena/duel"]));
    assert_eq!(summary["blocks"], 20, "enough to be ranked, as with a level");
    let said = String::from_utf8_lossy(&played.stderr).into_owned();
    assert!(said.contains("Left out: arena/six has 6 seats for 2 strategies; list 4 more"), "{said}");
    refused(&["tournament", "league", "--strategies", "passive,premium"], &["arena/six has 6 seats"]);
}

#[test]
fn whoever_is_listed_first_has_a_colour_of_its_own() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "out");
    let field =
        "harvester,passive,premium,random,follower,price-war,dealmaker,grudger,open-door,steady-investor";
    let what =
        ["tournament", "--level", "arena/duel", "--format", "gauntlet", "--strategies", field, "--out", &out];
    let size = ["--blocks", "8", "--consumers", "200", "--merchants", "60"];
    stdout(&[&what[..], &size[..]].concat());
    let page = fs::read_to_string(Path::new(&out).join("report.html")).unwrap();
    let heading = page.split("<h2>").find(|heading| heading.contains("</span>harvester")).unwrap();
    let mark = heading.split("</h2>").next().unwrap();
    assert!(mark.contains("background:#") && !mark.contains("#9a9a9a"), "{mark}");
    for heading in ["Head to head", "Circles", "Level by level"] {
        assert!(!page.contains(heading), "a gauntlet says nothing of the others among themselves: {heading}");
    }
    let mut curves = page.split("<polyline").map(|rest| rest.split('>').next().unwrap());
    let curve = curves.find(|curve| curve.contains("class=\"about\"")).unwrap();
    assert!(!curve.contains("#9a9a9a") && curve.contains("points=\"0.0,"), "{curve}");
    let legend = page.split("class=\"legend\"").nth(1).unwrap().split("</ul>").next().unwrap();
    assert!(legend.contains("harvester") && legend.contains("the others"), "{legend}");
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
fn a_sequential_test_ends_when_it_is_clear_and_says_so_by_its_status() {
    let test = |strategies: &str| {
        program(&[
            "tournament",
            "--level",
            "arena/duel",
            "--format",
            "sprt",
            "--strategies",
            strategies,
            "--blocks",
            "200",
            "--consumers",
            "400",
            "--merchants",
            "120",
        ])
    };
    let better = test("steady-investor,harvester");
    let said = String::from_utf8_lossy(&better.stdout).into_owned();
    assert_eq!(better.status.code(), Some(0), "{said}");
    assert!(said.contains("steady-investor is better than harvester"), "{said}");
    for words in [
        "H0: by 0 normalised Elo at most. H1: by 50 at least. α = 1%",
        "β = 5%",
        "H1 accepted after 32 blocks",
    ] {
        assert!(said.contains(words), "no {words:?} in {said}");
    }
    let worse = test("harvester,steady-investor");
    let said = String::from_utf8_lossy(&worse.stdout).into_owned();
    assert_eq!(worse.status.code(), Some(1), "{said}");
    assert!(said.contains("harvester is not better"), "{said}");
}

#[test]
fn swiss_rounds_and_gauntlets_are_played_whole() {
    let common =
        ["--level", "arena/duel", "--blocks", "2", "--turns", "2", "--consumers", "200", "--merchants", "60"];
    let field = ["--strategies", "passive,premium,random,follower,price-war"];
    let play = |format: &str| -> Value {
        let arguments =
            [vec!["tournament", "--format", format, "--json"], common.to_vec(), field.to_vec()].concat();
        serde_json::from_str(&stdout(&arguments)).unwrap()
    };
    let gauntlet = play("gauntlet");
    assert_eq!(gauntlet["matches"], 2 * 4 * 2);
    let hero =
        gauntlet["contenders"].as_array().unwrap().iter().find(|one| one["name"] == "passive").unwrap();
    assert_eq!(hero["blocks"], 8, "the first is in every block");
    for one in gauntlet["contenders"].as_array().unwrap() {
        assert!(one["rank"].is_null() && one["nash"].is_null() && one["alpha"].is_null(), "{one}");
    }
    assert_eq!(gauntlet["pairs"].as_array().unwrap().len(), 4);
    let swiss = play("swiss");
    assert_eq!(swiss["matches"], 5 * 3 * 2 * 2, "five rounds of three pairs, two blocks each");
}

#[test]
fn bad_use_is_refused_with_what_would_be_right_and_overwrites_nothing() {
    let folder = TempDir::new().unwrap();
    let (plan, out) = played(&folder, "2");
    let before = contents(Path::new(&out));
    refused(&["tournament", &plan, "--out", &out], &["a tournament is here already", "--resume"]);
    refused(
        &["tournament", &plan, "--out", &out, "--seed", "6", "--resume"],
        &["another tournament", "seed: 5, not 6"],
    );
    refused(
        &["shard", &plan, "--of", "2", "--index", "0", "--out", &out, "--resume"],
        &["another tournament", "part 0 of 2"],
    );
    refused(&["merge", &out, "--out", &out], &["a tournament is here already"]);
    assert!(contents(Path::new(&out)) == before, "nothing is overwritten");

    let other = file(&folder, "notes.txt", "mine");
    refused(&["tournament", &plan, "--out", &other], &["this is a file"]);
    refused(&["tournament", &plan, "--out", &path(&folder, "")], &["not empty"]);
    refused(&["shard", &plan, "--of", "2", "--index", "2", "--out", &path(&folder, "x")], &["the last is 1"]);
    refused(
        &["shard", "search", "--of", "2", "--index", "0", "--out", &path(&folder, "x")],
        &["cannot be played in parts"],
    );
    refused(&["merge", &path(&folder, "absent"), "--out", &path(&folder, "x")], &["absent"]);

    fn flags<'a>(more: &[&'a str]) -> Vec<&'a str> {
        let mut all = vec!["tournament", "--level", "arena/duel", "--strategies"];
        all.extend(more);
        all
    }
    refused(&flags(&["passive,premum"]), &["--strategies", "did you mean `premium`?"]);
    refused(&flags(&["passive,premium(comission: 1)"]), &["did you mean `commission`?"]);
    refused(&flags(&["passive,premium(commission: 2)"]), &["from 0 to 0.5"]);
    refused(&flags(&["passive"]), &["at least two"]);
    refused(&flags(&["passive,premium", "--blocks", "0"]), &["--blocks", "from 1"]);
    refused(&flags(&["passive,premium", "--format", "swis"]), &["did you mean `swiss`?"]);
    refused(&flags(&["passive,premium,random", "--format", "sprt"]), &["a test is between two"]);
    refused(&flags(&["passive,premium", "--level", "arena/six"]), &["6 seats for 2 strategies"]);
    refused(&flags(&["passive,premium", "--others", "random"]), &["--others", "nobody of these would play"]);
    refused(
        &flags(&["passive,premium", "--others", "random", "--format", "sprt"]),
        &["--others", "1 are named and 0 have a seat"],
    );
    let copy = stdout(&["levels", "--print", "arena/duel"]).replace("turns: 24", "turns: 20");
    let copy = file(&folder, "copy.ron", &copy);
    refused(
        &flags(&["passive,premium", "--level", &copy]),
        &["two levels with the id \"arena/duel\"", "copy.ron"],
    );
    refused(&flags(&["passive,premium", "--level", "arena/duel"]), &["arena/duel is listed twice"]);
    refused(&["tournament", "leage"], &["did you mean `league`?"]);

    for (text, words) in [
        (
            "(levels: [\"arena/duel\"], strategies: [\"passive\", \"premum\"], blocks: 2)",
            vec!["bad.ron:1:", "premum"],
        ),
        (
            "(levels: [\"arena/duel\"], strategies: [\"passive\"], blocks: 2, block: 3)",
            vec!["bad.ron:1:", "block"],
        ),
        (
            "(levels: [\"arena/duel\"], strategies: [\"passive\", \"random\"], blocks: 0)",
            vec!["bad.ron:1:", "from 1"],
        ),
        ("(levels: [\"arena/duo\"], strategies: [\"passive\", \"random\"], blocks: 1)", vec!["arena/duo"]),
        ("(levels: [", vec!["bad.ron:1:"]),
        (
            "(levels: [\"arena/duel\"], weights: [1.0, 2.0], strategies: [\"passive\", \"random\"], blocks: 1)",
            vec!["bad.ron:1:", "2 weights for 1 levels"],
        ),
        (
            "(levels: [\"arena/duel\"], weights: [-1.0], strategies: [\"passive\", \"random\"], blocks: 1)",
            vec!["bad.ron:1:", "-1: expected a number above 0"],
        ),
        (
            "(format: Sprt(none: 0, some: 0.000001), levels: [\"arena/duel\"], strategies: [\"passive\", \"random\"], blocks: 1)",
            vec!["bad.ron:1:", "nothing to decide"],
        ),
    ] {
        refused(&["tournament", &file(&folder, "bad.ron", text)], &words);
    }
}

#[test]
fn shipped_plans_can_be_played() {
    for shipped in PLANS {
        let (plan, _) = walled_gardens::level::parse_ron::<Plan>(shipped.name, shipped.text).unwrap();
        let tournament = Tournament::new(plan).unwrap_or_else(|fault| panic!("{}: {fault}", shipped.name));
        assert!(tournament.entries.len() > 1);
    }
    assert!(STRATEGIES.len() >= 18);
    // The default names everybody who does not search, so that it ends within a minute.
    let league = PLANS[0];
    for strategy in STRATEGIES {
        assert_eq!(
            league.text.contains(&format!("\"{}\"", strategy.name())),
            !strategy.searches(),
            "{}",
            strategy.name()
        );
    }
}

#[test]
fn a_strategy_is_described_with_what_it_can_be_given() {
    let text = stdout(&["strategies", "--describe", "premium"]);
    for words in ["commission", "0.045", "from", "premium(governance: 0.006)"] {
        assert!(text.contains(words), "no {words:?} in\n{text}");
    }
    assert!(stdout(&["strategies", "--describe", "passive"]).contains("no parameters"));
    refused(&["strategies", "--describe", "premum"], &["did you mean `premium`?"]);
}

#[test]
fn a_bold_test_between_a_bad_and_a_good_strategy_does_not_call_the_bad_one_better() {
    let folder = TempDir::new().unwrap();
    let plan = |none: i32, some: i32, strategies: &str| {
        let text = format!(
            "(format: Sprt(none: {none}, some: {some}), levels: [\"arena/duel\"], strategies: [{strategies}], blocks: 64, consumers: 400, \
             merchants: 120)"
        );
        program(&["tournament", &file(&folder, "plan.ron", &text)])
    };
    let worse = plan(0, 250, "\"random\", \"premium\"");
    let said = String::from_utf8_lossy(&worse.stdout).into_owned();
    assert_eq!(worse.status.code(), Some(1), "{said}");
    assert!(said.contains("H0 accepted") && said.contains("random is not better than premium"), "{said}");
    let level = plan(-400, -300, "\"premium\", \"random\"");
    let said = String::from_utf8_lossy(&level.stdout).into_owned();
    assert_eq!(level.status.code(), Some(0), "{said}");
    assert!(said.contains("premium is at most 300 normalised Elo worse than random"), "{said}");
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
