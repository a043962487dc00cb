//! The folder of saves: what is kept there and what is never written over.

use walled_gardens::order::Order;
use walled_gardens::play::{AUTOSAVES, Difficulty, Save, Session, Shelf};

use crate::{TWO, begin};

#[test]
fn the_last_ten_autosaves_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let shelf = Shelf::at(folder.path().join("saves"));
    let session = begin(TWO, None);
    let save = Save::of(&session);
    shelf.write("by hand", &save).expect("writes");
    for _ in 0..AUTOSAVES + 3 {
        shelf.autosave(&save).expect("writes");
    }
    let list = shelf.list();
    assert_eq!(list.len(), AUTOSAVES + 1);
    let name = |place: usize| list[place].file_name().expect("has a name").to_string_lossy().into_owned();
    assert!(name(0).starts_with("autosave-000013 tutorial-two-gardens north seed "), "{list:?}");
    assert!(list[1].ends_with("by hand.wgsave"), "what was saved by hand is not buried");
    assert_eq!(Save::read(&list[0]).expect("reads"), save);
}

#[test]
fn autosaves_are_kept_by_match_and_no_match_takes_the_place_of_another() {
    let folder = tempfile::tempdir().expect("a folder");
    // Two windows on one folder, and two matches that are begun alike.
    let (mine, theirs) = (Shelf::at(folder.path()), Shelf::at(folder.path()));
    let mut first = begin(TWO, None);
    first.end_turn(None);
    let waiting = Save::of(&first);
    mine.autosave(&waiting).expect("writes");
    let other = Save::of(&begin(TWO, None));
    assert_ne!(waiting.number, other.number, "begun alike, and two matches all the same");
    for _ in 0..2 * AUTOSAVES {
        theirs.autosave(&other).expect("writes");
    }
    let kept: Vec<Save> = mine.list().iter().map(|path| Save::read(path).expect("reads")).collect();
    assert_eq!(kept.len(), AUTOSAVES + 1);
    assert_eq!(kept.last(), Some(&waiting), "the match that waits is still there");
    // However many others are played, the newest of a match that is not over stays; of one that is over it goes.
    let mut over = Save { number: 1, turns: 0, ..other.clone() };
    mine.autosave(&over).expect("writes");
    assert!(over.is_over());
    for number in 2..130 {
        over.number = number;
        mine.autosave(&over).expect("writes");
    }
    let kept: Vec<Save> = mine.list().iter().map(|path| Save::read(path).expect("reads")).collect();
    assert!(kept.contains(&waiting));
    assert!(kept.len() <= 102 && !kept.iter().any(|save| save.number == 1), "{}", kept.len());
}

#[test]
fn a_save_never_writes_over_anything_but_the_same_months_of_the_same_match() {
    let folder = tempfile::tempdir().expect("a folder");
    let shelf = Shelf::at(folder.path());
    let match_of = |seat: &str, seed: u64| {
        let mut session = Session::begin(TWO, Some(seat), Some(seed), Difficulty::Fair).expect("plays");
        session.end_turn(None);
        session
    };
    let matches = [match_of("north", 1), match_of("south", 77), match_of("north", 2), match_of("north", 1)];
    let saves: Vec<Save> = matches.iter().map(Save::of).collect();
    let keep = |save: &Save| shelf.keep(&save.called(), save).expect("writes");
    let paths: Vec<_> = saves.iter().map(keep).collect();
    for (path, save) in paths.iter().zip(&saves) {
        assert_eq!(Save::read(path).expect("reads"), *save, "{path:?}");
    }
    let name = |place: usize| paths[place].file_stem().expect("has a name").to_string_lossy().into_owned();
    assert_eq!(name(0), "tutorial-two-gardens north seed 1 month 1");
    assert_eq!(name(3), "tutorial-two-gardens north seed 1 month 1 (2)", "begun alike, and another match");
    // The same months with another plan take the place of what was saved; other months of the match do not.
    let mut planned = saves[0].clone();
    planned.draft.set(Order::AdvertLoad { load: 0.1 });
    assert_eq!(keep(&planned), paths[0]);
    let mut elsewhere = Session::begin(TWO, Some("north"), Some(1), Difficulty::Fair).expect("plays");
    elsewhere.draft.set(Order::AdvertLoad { load: 0.1 });
    elsewhere.end_turn(None);
    let elsewhere = Save { number: planned.number, ..Save::of(&elsewhere) };
    assert!(!paths.contains(&keep(&elsewhere)), "gone back, and played on otherwise");
    // Nor does what is no save at all.
    std::fs::write(&paths[1], "a letter").expect("writes");
    assert_ne!(keep(&saves[1]), paths[1]);
    assert_eq!(std::fs::read_to_string(&paths[1]).expect("is there"), "a letter");
}

#[test]
fn a_shelf_that_cannot_be_written_says_so_and_keeps_what_there_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("in the way");
    std::fs::write(&file, "here").expect("writes");
    let shelf = Shelf::at(&file);
    assert!(shelf.autosave(&Save::of(&begin(TWO, None))).is_err());
    assert_eq!(std::fs::read_to_string(&file).expect("is there"), "here");
    assert!(shelf.list().is_empty());
}
