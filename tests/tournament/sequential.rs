//! Sequential tests: when they end, and what they say.

use tempfile::TempDir;

use crate::program::{file, program};

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
