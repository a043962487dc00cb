//! Levels that the program writes.

use tempfile::TempDir;

use crate::program::{file, path, program, refused, stdout};

const SMALL: [&str; 6] = ["new", "random", "--size", "small", "--seed", "7"];

#[test]
fn a_random_market_is_written_checked_and_played_like_any_other_level() {
    let folder = TempDir::new().unwrap();
    let mine = path(&folder, "mine.ron");
    assert_eq!(stdout(&[&SMALL[..], &["--rivals", "2", "--turns", "6", &mine]].concat()), "");
    let text = std::fs::read_to_string(&mine).unwrap();
    assert_eq!(stdout(&[&SMALL[..], &["--rivals", "2", "--turns", "6"]].concat()), text);
    assert!(text.contains("id: \"random/small-2-6-7\""), "{text}");
    // The command that it says it was drawn by draws it again.
    let command = text.split('`').nth(1).unwrap();
    let arguments: Vec<&str> = command.split(' ').skip(1).collect();
    assert_eq!(stdout(&arguments), text);
    let checked = program(&["check", &mine]);
    assert!(checked.status.success() && checked.stderr.is_empty(), "{checked:?}");
    let story = stdout(&["run", &mine, "--turns", "2"]);
    assert!(story.contains("random/small-2-6-7") && story.contains("Objectives of"), "{story}");
}

#[test]
fn a_new_level_is_never_written_over_what_is_there() {
    let folder = TempDir::new().unwrap();
    let there = file(&folder, "there.ron", "mine");
    refused(&[&SMALL[..], &[&there]].concat(), &["there.ron", "is there already"]);
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "mine");
    refused(&[&SMALL[..], &[&folder.path().to_string_lossy()]].concat(), &["is there already"]);
    refused(
        &[&SMALL[..], &[&path(&folder, "nowhere/new.ron")]].concat(),
        &["cannot write", "nowhere/new.ron"],
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn settings_out_of_range_are_refused_with_their_range() {
    for (option, value, words) in [
        ("--rivals", "0", "1..=7"),
        ("--rivals", "8", "1..=7"),
        ("--turns", "5", "6..=60"),
        ("--turns", "61", "6..=60"),
        ("--turns", "many", "invalid digit"),
        ("--seed", "-1", "--seed"),
        ("--size", "huge", "small, usual, large"),
    ] {
        refused(&["new", "random", option, value], &[option, value, words]);
    }
    refused(&["new", "randum"], &["randum", "random"]);
    assert_eq!(program(&["new"]).status.code(), Some(2));
}
