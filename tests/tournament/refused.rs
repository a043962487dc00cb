//! Bad use: refused with what would be right, and nothing is overwritten.

use std::path::Path;

use tempfile::TempDir;

use crate::program::{file, path, refused, stdout};
use crate::{contents, played};

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
