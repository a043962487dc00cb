//! What is left of a folder when a tournament ends on the way.

use super::*;
use crate::tournament::run::{Watcher, run};

/// Keeps records, and puts them in no order: as if the tournament ended on the way.
struct Keeper(Folder);

impl Watcher for Keeper {
    type Error = FolderError;

    fn round(&mut self, _: usize) {}

    fn finished(&mut self, place: Place, finish: &Finish) -> Result<(), FolderError> {
        self.0.add(place, finish)
    }
}

#[test]
fn a_folder_whose_first_line_was_cut_off_is_begun_again_and_one_that_is_played_in_is_not() {
    let names = ["passive", "premium"].map(str::to_owned).to_vec();
    let tournament = Tournament::new(Plan::of(vec!["arena/duel".to_owned()], names, 2)).expect("is sound");
    let scratch = tempfile::tempdir().expect("there is room");
    let path = scratch.path();
    for cut in ["", "{\"sum\":\"0123"] {
        fs::write(path.join(RECORDS), cut).expect("can be written");
        fs::write(path.join(".summary.json.a1B2c3"), "{").expect("can be written");
        assert!(!Folder::is_begun(path), "{cut:?}");
        let folder = Folder::create(path, &tournament, None).expect("nothing was begun");
        let left = fs::read_dir(path).expect("is there").count();
        assert_eq!(
            (Folder::is_begun(path), left),
            (true, 2),
            "{cut:?}: the first line is whole, and beside it are the levels"
        );
        let again = Folder::create(path, &tournament, None).expect_err("is being played");
        assert!(again.to_string().contains("is here already"), "{again}");
        drop(folder);
        fs::remove_dir_all(path.join(levels::LEVELS)).expect("is there");
        assert_eq!(Folder::plan(path).expect("is whole"), tournament.plan);
    }
    fs::remove_file(path.join(RECORDS)).expect("is there");
    fs::write(path.join("notes.txt"), "mine").expect("can be written");
    let taken = Folder::create(path, &tournament, None).expect_err("is somebody's").to_string();
    assert!(taken.contains("not empty"), "{taken}");
}

#[test]
fn records_that_wait_for_others_are_kept_when_a_tournament_ends_on_the_way() {
    let plan = Plan {
        turns: Some(1),
        consumers: Some(200),
        merchants: Some(60),
        ..Plan::of(vec!["arena/duel".to_owned()], ["passive", "premium"].map(str::to_owned).to_vec(), 2)
    };
    let tournament = Tournament::new(plan).expect("is sound");
    let scratch = tempfile::tempdir().expect("there is room");
    let path = scratch.path().join("league");
    let mut keeper = Keeper(Folder::create(&path, &tournament, None).expect("is new"));
    let done = Done::none(&tournament, Some);
    let played = run(&tournament, done, None, 1, &mut keeper).expect("can be written").finishes;
    // Nothing was written a moment ago any more: the next record does not wait.
    std::thread::sleep(WAIT);
    let (place, finish) = played.first_key_value().expect("four were played");
    keeper.0.add(*place, finish).expect("can be written");
    let lines = || fs::read_to_string(path.join(RECORDS)).expect("is there").lines().count();
    assert_eq!(lines(), 1 + played.len() + 1);
    keeper.0.add(*place, finish).expect("can be written");
    drop(keeper);
    assert_eq!(lines(), 1 + played.len() + 2);
    let mut done = Done::none(&tournament, Some);
    let resumed = Folder::resume(&path, &tournament, None, &mut done).expect("is this tournament");
    assert_eq!((done.finishes, resumed.damaged), (played, Damaged::new()));
}

#[test]
fn records_that_are_put_in_order_are_locked_all_the_while_and_a_lock_on_those_before_is_none() {
    let strategies = ["passive", "premium"].map(str::to_owned).to_vec();
    let tournament =
        Tournament::new(Plan::of(vec!["arena/duel".to_owned()], strategies, 1)).expect("is sound");
    let scratch = tempfile::tempdir().expect("there is room");
    let path = scratch.path().join("league");
    let busy = |file: &File| matches!(lock_records(file, &path), Err(FolderError::Busy(_)));
    let mut folder = Folder::create(&path, &tournament, None).expect("is new");
    let open = || File::open(path.join(RECORDS)).expect("is there");
    let before = open();
    folder.rewrite(&tournament).expect("can be written");
    assert!(busy(&open()), "the folder is still held");
    assert!(busy(&before), "what was opened before is nobody's records any more");
    drop(folder);
    assert!(busy(&before) && !busy(&open()));
}
