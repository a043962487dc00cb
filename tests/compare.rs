//! What orders change: the command `compare`, and levels that say what must come of orders.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod program;

use program::{file, program, refused, stdout};
use serde_json::Value;
use tempfile::TempDir;

const SMALLEST: &str = include_str!("../levels/tutorial/two-gardens.ron");
/// A brand that nobody overlooks, and no other change.
const BRAND: &str = "[(turn: 1, orders: [BrandBudget(amount: 3e7)])]";

fn compared(arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(&[&["compare", "tutorial/two-gardens", "--json"], arguments].concat()))
        .unwrap()
}

fn difference(report: &Value, index: usize) -> f64 {
    report["differences"][index]["difference"].as_f64().unwrap()
}

#[test]
fn a_comparison_says_what_orders_change_and_by_how_much() {
    let folder = TempDir::new().unwrap();
    let orders = file(&folder, "brand.ron", BRAND);
    let table =
        stdout(&["compare", "tutorial/two-gardens", "--against", &orders, "--seeds", "8", "--turn", "6"]);
    let line = |begins: &str| table.lines().find(|line| line.starts_with(begins)).unwrap().to_owned();
    assert!(line("share of north").ends_with("up"), "{table}");
    assert!(line("share of south").ends_with("down"), "{table}");
    for measure in ["gmv of north", "profit of south", "value of south", "consumer_surplus"] {
        line(measure);
    }
}

#[test]
fn the_pairs_are_the_same_on_any_number_of_threads_and_turned_round() {
    let folder = TempDir::new().unwrap();
    let (brand, nothing) = (
        file(&folder, "brand.ron", BRAND),
        file(&folder, "take.ron", "[(turn: 1, orders: [TakeRate(rate: 0.1)])]"),
    );
    let asked = [
        "--seeds",
        "5",
        "--turn",
        "4",
        "--metric",
        "share:north",
        "--metric",
        "gmv:south@city@goods",
        "--metric",
        "hhi",
    ];
    let forth =
        compared(&[&asked[..], &["--base", &nothing, "--against", &brand, "--threads", "1"]].concat());
    let again =
        compared(&[&asked[..], &["--base", &nothing, "--against", &brand, "--threads", "2"]].concat());
    let back = compared(&[&asked[..], &["--base", &brand, "--against", &nothing]].concat());
    assert_eq!(forth, again);
    assert_eq!(forth["differences"].as_array().unwrap().len(), 3);
    assert_eq!(forth["differences"][1]["region"], "city");
    for index in 0..3 {
        let (forth, back) = (difference(&forth, index), difference(&back, index));
        assert!(forth != 0.0 && (forth + back).abs() <= 1e-9 * forth.abs(), "{forth} {back}");
    }
}

#[test]
fn the_same_orders_on_both_sides_make_no_difference() {
    let folder = TempDir::new().unwrap();
    let orders = file(&folder, "brand.ron", BRAND);
    let report = compared(&["--base", &orders, "--against", &orders, "--seeds", "4", "--turns", "3"]);
    for row in report["differences"].as_array().unwrap() {
        assert_eq!((row["difference"].as_f64(), row["half_width"].as_f64()), (Some(0.0), Some(0.0)));
        assert_eq!(row["verdict"], "no difference seen");
    }
}

#[test]
fn one_file_orders_for_several_seats() {
    let folder = TempDir::new().unwrap();
    let both = "[(turn: 1, by: \"north\", orders: [AdvertLoad(load: 0.0), TakeRate(rate: 0.1)]), (turn: 1, orders: [AdvertLoad(load: 0.0), TakeRate(rate: 0.2)])]";
    let orders = file(&folder, "both.ron", both);
    let rates = ["--metric", "take_rate:north", "--metric", "take_rate:south", "--turn", "1", "--seeds", "4"];
    let report = compared(&[&rates[..], &["--against", &orders, "--seat", "south"]].concat());
    let rate = |index: usize| report["differences"][index]["against"].as_f64().unwrap();
    assert!((rate(0) - 0.1).abs() < 1e-6 && (rate(1) - 0.2).abs() < 1e-6, "{report}");
    // `run` takes the orders of the seat it is given for.
    let seat = format!("south=orders:{orders}");
    let text = stdout(&["run", "tutorial/two-gardens", "--turns", "1", "--json", "--seat", &seat]);
    let played: Value = serde_json::from_str(&text).unwrap();
    let rate = |id: &str| played["turns"][0]["platforms"][id]["take_rate"].as_f64().unwrap();
    assert!((rate("south") - 0.2).abs() < 1e-6 && rate("north") < 0.1, "{text}");
    let north = file(&folder, "north.ron", "[(turn: 1, by: \"north\", orders: [TakeRate(rate: 0.1)])]");
    refused(
        &["run", "tutorial/two-gardens", "--seat", &format!("south=orders:{north}")],
        &["north.ron", "no orders by `south`"],
    );
}

#[test]
fn a_comparison_whose_orders_were_refused_is_a_bad_outcome() {
    let folder = TempDir::new().unwrap();
    let orders = file(&folder, "dear.ron", "[(turn: 2, by: \"south\", orders: [TakeRate(rate: 0.9)])]");
    let output =
        program(&["compare", "tutorial/two-gardens", "--against", &orders, "--seeds", "4", "--turns", "3"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text.contains("against, turn 2: TakeRate(rate: 0.9) by south was refused in 4 of 4 seeds"),
        "{text}"
    );
}

#[test]
fn a_comparison_that_makes_no_sense_is_refused() {
    let folder = TempDir::new().unwrap();
    let brand = file(&folder, "brand.ron", BRAND);
    let with = |more: &[&str], words: &[&str]| {
        refused(&[&["compare", "tutorial/two-gardens", "--against", &brand], more].concat(), words);
    };
    with(&["--metric", "shar:north"], &["--metric shar:north", "did you mean `share`"]);
    with(&["--metric", "share:norht"], &["did you mean `north`"]);
    with(&["--metric", "share:north@citty"], &["did you mean `city`"]);
    with(&["--metric", "share:north@city@city"], &["one too many"]);
    with(&["--metric", "share:north@place=city"], &["`region`"]);
    with(&["--metric", "share"], &["`share` has no value", "measured of a company"]);
    with(&["--turn", "25"], &["--turn 25", "24 turns"]);
    with(&["--seeds", "3"], &["--seeds", "4"]);
    with(&["--seeds", "1,2,3"], &["--seeds 1,2,3", "at least 4"]);
    with(&["--seeds", "9-2"], &["--seeds 9-2", "goes down"]);
    with(&["--turn", "2,x"], &["--turn 2,x", "`x`"]);
    with(&["--against-set", "market.habbit=2"], &["did you mean `habit`"]);
    with(&["--against-seat", "south=premum"], &["--against-seat south=premum", "did you mean `premium`"]);
    with(&["--against-seat", "north=follower"], &["--against-seat north=follower", "`north` too"]);
    with(&["--against-level", "arena/dual"], &["did you mean `arena/duel`"]);
    with(&["--json", "--csv"], &["--csv"]);
    with(&["--seat", "nroth"], &["did you mean `north`"]);
    with(&["--seat", "north", "--seat", "south"], &["are by one"]);
    with(&["--seat", "north=follower"], &["--seat north=follower", "`north` too"]);
    with(&["--base", "nowhere.ron"], &["nowhere.ron"]);
    let nobody = file(&folder, "nobody.ron", BRAND.replace("turn: 1,", "turn: 1, by: \"nort\","));
    refused(
        &["compare", "tutorial/two-gardens", "--against", &nobody],
        &["nobody.ron:1:", "did you mean `north`"],
    );
    let nothing = file(&folder, "nothing.ron", "[(turn: 1, orders: [])]");
    refused(&["compare", "tutorial/two-gardens", "--against", &nothing], &["nothing.ron", "no orders"]);
    refused(&["compare", "tutorial/two-gardens"], &["--against"]);
}

#[test]
fn sides_may_differ_by_level_seat_and_change() {
    let by = |more: &[&str]| {
        compared(&[&["--seeds", "6", "--turn", "4", "--metric", "profit:north"], more].concat())
    };
    let dear = by(&["--against-set", "platforms.north.fixed_cost=1e6"]);
    assert!((difference(&dear, 0) + 1e6).abs() < 1e-3, "{dear}");
    let seat = by(&["--against-seat", "north=price-war"]);
    assert!(difference(&seat, 0) < 0.0, "{seat}");
    let folder = TempDir::new().unwrap();
    let other =
        file(&folder, "other.ron", SMALLEST.replace("(id: \"north\", ", "(id: \"north\", fixed_cost: 1e6, "));
    let level = by(&["--against-level", &other]);
    assert_eq!(level["differences"], dear["differences"]);
    let same =
        by(&["--against-set", "platforms.north.fixed_cost=0", "--set", "platforms.north.fixed_cost=0"]);
    assert_eq!((&same["same"], difference(&same, 0)), (&true.into(), 0.0));
    let table = stdout(&[
        "compare",
        "tutorial/two-gardens",
        "--seeds",
        "4",
        "--turn",
        "2",
        "--against-seat",
        "north=passive",
    ]);
    assert!(table.contains("Both sides are the same"), "{table}");
}

#[test]
fn several_turns_and_any_seeds_are_told_one_by_one() {
    let folder = TempDir::new().unwrap();
    let brand = file(&folder, "brand.ron", BRAND);
    let of = |seeds: &str, turn: &str, more: &[&str]| {
        let asked = ["--against", &brand, "--metric", "share:north", "--seeds", seeds, "--turn", turn];
        [&asked[..], more].concat().iter().map(|text| (*text).to_owned()).collect::<Vec<String>>()
    };
    let run = |arguments: Vec<String>| compared(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let report = run(of("3,7-9", "2,4", &[]));
    let rows = report["differences"].as_array().unwrap();
    assert_eq!(rows.iter().map(|row| row["turn"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 4]);
    let seeds: Vec<u64> =
        rows[0]["by_seed"].as_array().unwrap().iter().map(|pair| pair["seed"].as_u64().unwrap()).collect();
    assert_eq!(seeds, [3, 7, 8, 9]);
    let mean =
        rows[1]["by_seed"].as_array().unwrap().iter().map(|pair| pair["base"].as_f64().unwrap()).sum::<f64>()
            / 4.0;
    assert!((mean - rows[1]["base"].as_f64().unwrap()).abs() < 1e-12);
    // One turn alone is what it is among others, and so is a seed.
    assert_eq!(run(of("3,7-9", "4", &[]))["differences"][0], rows[1]);
    let asked = of("3,7-9", "2,4", &["--csv"]);
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    let csv = stdout(&[&["compare", "tutorial/two-gardens"], &asked[..]].concat());
    assert!(
        csv.starts_with(
            "metric,platform,region,category,service,turn,seed,base,against\nshare,north,,,,2,3,"
        ),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 1 + 2 * 4);
}

/// The smallest level with a reference case of these fields.
fn with_case(fields: &str) -> String {
    let case = format!("    reference: [(name: \"brand\", seeds: 8, {fields})],\n    platforms: [");
    SMALLEST.replace("    platforms: [", &case)
}

const AGAINST: &str = "against: [(turn: 1, by: \"north\", orders: [BrandBudget(amount: 3e7)])]";

#[test]
fn a_level_can_say_what_orders_must_change() {
    let folder = TempDir::new().unwrap();
    let differences = "[(metric: \"share\", of: \"north\", turn: 6, at_least: 0.01), \
         (metric: \"gmv\", of: \"south\", region: \"city\", turn: 6, at_most: -0.01, relative: true), \
         (metric: \"online\", turn: 3, within: (-0.01, 0.01))]";
    let right = file(&folder, "right.ron", with_case(&format!("{AGAINST}, differences: {differences}")));
    let table = stdout(&["check", "--play", &right]);
    assert!(
        table.contains("≥ 0.01") && table.contains("relative change of gmv of south in city at turn 6"),
        "{table}"
    );
    assert_eq!(table.matches("holds").count(), 3, "{table}");
    let report: Value = serde_json::from_str(&stdout(&["check", "--play", "--json", &right])).unwrap();
    let finding = &report[0]["findings"][0];
    assert_eq!((&finding["at_least"], &finding["holds"]), (&0.01.into(), &true.into()));
    assert!(finding["half_width"].as_f64().unwrap() > 0.0);
}

#[test]
fn a_difference_in_the_wrong_direction_fails() {
    let folder = TempDir::new().unwrap();
    // The wrong way; the right way and too small; not as small as said.
    for bound in ["at_most: -0.001", "at_least: 0.9", "within: (-0.001, 0.001)"] {
        let fields =
            format!("{AGAINST}, differences: [(metric: \"share\", of: \"north\", turn: 6, {bound})]");
        let output = program(&["check", "--play", &file(&folder, "wrong.ron", with_case(&fields))]);
        assert_eq!(output.status.code(), Some(1), "{bound}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("FAILS"));
    }
}

#[test]
fn a_case_whose_orders_are_refused_fails_and_says_which() {
    let folder = TempDir::new().unwrap();
    let base = "base: [(turn: 2, by: \"south\", orders: [BrandBudget(amount: 1e12)])]";
    let fields = format!(
        "{base}, {AGAINST}, differences: [(metric: \"share\", of: \"north\", turn: 6, at_least: 0.01)]"
    );
    let output = program(&["check", "--play", &file(&folder, "refused.ron", with_case(&fields))]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{text}");
    for words in
        ["FAILS", "base, turn 2: BrandBudget(amount: 1000000000000.0) by south was refused", "in cash"]
    {
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn what_is_wrong_with_a_comparison_in_a_level_is_said_with_its_place() {
    let folder = TempDir::new().unwrap();
    let wrong = |fields: &str, words: &[&str]| {
        refused(
            &["check", &file(&folder, "case.ron", with_case(fields))],
            &[&["case.ron:9:"], words].concat(),
        );
    };
    let of = |bound: &str| format!("{AGAINST}, differences: [(metric: \"share\", of: \"north\", {bound})]");
    wrong(&of("at_least: 0"), &["reference[0].differences[0].at_least", "above 0"]);
    wrong(&of("at_most: 0.1"), &["reference[0].differences[0].at_most", "below 0"]);
    wrong(&of("within: (1, -1)"), &["nothing between 1 and -1"]);
    wrong(&of("at_least: 0.1, within: (0, 1)"), &["several bounds"]);
    wrong(&of("turn: 3"), &["no bound", "one of `at_least`, `at_most` and `within`"]);
    wrong(&of("turn: 25, at_least: 0.1"), &["differences[0].turn", "from 1 to 24"]);
    wrong(&of("at_least: 0.1").replace("share", "shar"), &["did you mean `share`"]);
    wrong(
        &of("at_least: 0.1").replace("by: \"north\"", "by: \"nort\""),
        &["against[0].by", "did you mean `north`"],
    );
    wrong(&of("at_least: 0.1").replace("turn: 1", "turn: 30"), &["against[0].turn", "turn 30", "1 to 24"]);
    wrong(&of("at_least: 0.1").replace("BrandBudget", "BrandBudge"), &["did you mean `BrandBudget`"]);
    wrong(&of("at_least: 0.1").replace("BrandBudget(amount: 3e7)", ""), &["no orders at all in `against`"]);
    wrong("differences: [(metric: \"hhi\", at_least: 0.1)]", &["`differences` without `against`"]);
    wrong(AGAINST, &["no difference is expected"]);
    let expect = "expect: [(metric: \"hhi\", value: 0.5, tolerance: 0.1)]";
    wrong(&format!("{AGAINST}, {expect}"), &["reference[0].expect", "`expect` in a case with `against`"]);
    wrong(&format!("base: [(turn: 1, orders: [])], {expect}"), &["`base` without `against`"]);
    let late = of("turn: 3, at_least: 0.1").replace("turn: 1", "turn: 5");
    let late = file(&folder, "late.ron", with_case(&late));
    refused(&["check", "--play", &late], &["reference[0].against[0].turn", "turn 5", "from 1 to 3"]);
}
