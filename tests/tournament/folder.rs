//! A folder that is gone on with, made longer or merged, and what it says of damage, changed levels and missing parts.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use walled_gardens::level::shipped;

use crate::program::{file, path, program, refused, stdout};
use crate::{contents, played, same};

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
