//! What a text becomes, and what is refused.
#![allow(clippy::unwrap_used, reason = "a failed change is a failed test")]

use proptest::prelude::*;

use super::set;
use crate::text::spans::SpanMap;

const LEVEL: &str = "\
// A level.
(
    market: (habit: 1, churn: 0.1), // inline
    platforms: [
        (
            id: \"north\",
            cash: 5e9 /* rich */
            // no more
        ),
        (id: \"south\", take_rates: {\"goods\": 0.1}),
    ],
    holders: {},
    policy: None,
    kind: Some(Textbook),
)
";

/// Asserts that `assignment` turns `from` into `to` and nothing else.
fn changes(assignment: &str, from: &str, to: &str) {
    assert_eq!(LEVEL.matches(from).count(), 1, "{from}");
    assert_eq!(set(LEVEL, assignment), Ok(LEVEL.replace(from, to)), "{assignment}");
}

fn refuses(assignment: &str) -> String {
    let message = set(LEVEL, assignment).unwrap_err().to_string();
    assert!(message.starts_with(&format!("`{assignment}`: ")), "{message}");
    assert!(message.contains("expected "), "{message}");
    message
}

#[test]
fn a_value_is_replaced_in_place() {
    changes("market.habit=2", "habit: 1", "habit: 2");
    changes(" market.habit = 2 ", "habit: 1", "habit: 2");
    changes("platforms[0].cash=-1", "5e9", "-1");
    changes("kind=Other", "Some(Textbook)", "Other");
    changes("kind=Wallet(id: \"a, b\")", "Some(Textbook)", "Wallet(id: \"a, b\")");
    changes("holders={\"a\": [1, (2)]}", "{}", "{\"a\": [1, (2)]}");
}

#[test]
fn an_element_can_be_named_by_its_id() {
    changes("platforms.north.cash=5", "5e9", "5");
    changes("platforms.south.take_rates.goods=0.04", "0.1}", "0.04}");
}

#[test]
fn an_absent_field_is_added_where_the_others_are() {
    changes("market.fee=3", "churn: 0.1)", "churn: 0.1, fee: 3)");
    changes("setup=1", "Textbook),\n", "Textbook),\n    setup: 1,\n");
    changes(
        "platforms.north.share=0.5",
        "5e9 /* rich */\n            // no more\n",
        "5e9, /* rich */\n            // no more\n            share: 0.5,\n",
    );
}

#[test]
fn absent_structs_on_the_way_are_added() {
    changes("setup.turns=12", "Textbook),\n", "Textbook),\n    setup: (turns: 12),\n");
    changes("a.b.c=1", "Textbook),\n", "Textbook),\n    a: (b: (c: 1)),\n");
    changes("policy.tax.rate=1", "None", "(tax: (rate: 1))");
}

#[test]
fn an_absent_entry_is_added_to_its_map() {
    changes("holders.tier-1=0.9", "{}", "{\"tier-1\": 0.9}");
    changes("holders[\"a = b\"]=0.9", "{}", "{\"a = b\": 0.9}");
    changes("platforms[1].take_rates.ads=0.2", "0.1}", "0.1, \"ads\": 0.2}");
    assert_eq!(set("(m: {A: 1})", "m.B=2").unwrap(), "(m: {A: 1, B: 2})");
    assert_eq!(set("(m: {\"A\": 1,})", "m.B=2").unwrap(), "(m: {\"A\": 1, \"B\": 2,})");
}

#[test]
fn an_empty_level_gets_its_first_field() {
    assert_eq!(set("()", "a.b=1").unwrap(), "(a: (b: 1))");
    assert_eq!(set("\u{feff}Level(\n)\n", "a=1").unwrap(), "\u{feff}Level(\n    a: 1,\n)\n");
}

#[test]
fn windows_line_ends_stay_as_they_are() {
    assert_eq!(set("(\r\n  a: 1\r\n)\r\n", "b=2").unwrap(), "(\r\n  a: 1,\r\n  b: 2,\r\n)\r\n");
}

#[test]
fn an_absent_element_is_refused_with_those_there_are() {
    assert_eq!(
        refuses("platforms.nort.cash=5"),
        "`platforms.nort.cash=5`: there is no `platforms.nort`; expected one of \
         `platforms.north`, `platforms.south`; did you mean `platforms.north`?"
    );
    assert_eq!(
        refuses("platforms[2].cash=5"),
        "`platforms[2].cash=5`: there is no `platforms[2]`; expected one of \
         `platforms[0]`, `platforms[1]`"
    );
}

#[test]
fn what_is_not_an_assignment_is_refused() {
    assert!(refuses("market.habit").contains("there is no `=`"));
    assert!(refuses("=5").contains("the path is empty"));
    assert!(refuses("a..b=5").contains("empty"));
    assert!(refuses("market.habit=").contains("the value is empty"));
    assert!(refuses("kind.x=1").contains("`kind` is `Some(Textbook)`"));
    assert!(refuses("market: 5, x=1").contains("cannot be added as a field"));
    assert!(refuses("new[0]=1").contains("`[0]` cannot be added as a field"));
}

#[test]
fn a_value_cannot_bring_other_fields_along() {
    for value in [
        "1, churn: 2",
        "1)",
        "(1",
        "[1)",
        "\"a",
        "1 2",
        "a: 1",
        "// x",
        "1 // x",
        "1 /* x */",
        "/* x",
        ",",
        ":",
        "(a: 1) (b: 2)",
        "5 (1)",
        "'",
        "\"a\" \"b\"",
        "[1], [2]",
    ] {
        refuses(&format!("market.habit={value}"));
    }
}

#[test]
fn deep_nesting_is_refused_without_recursion() {
    let deep = "[".repeat(10_000);
    refuses(&format!("market.habit={deep}"));
    assert!(set(&deep, "a=1").is_err());
    assert!(set("(a: 1)", &format!("a={deep}{}", "]".repeat(10_000))).is_ok());
}

proptest! {
    #[test]
    fn what_was_set_can_be_read_back(
        path in "(market\\.[a-z]{1,5}|platforms\\.(north|south)\\.[a-z]{1,5}|holders\\.[a-z]{1,3}|[f-j]{2})",
        value in "(-?[0-9]{1,4}(\\.[0-9]{1,3})?|\"[a-z ,():é]{0,6}\"|[A-Z][a-z]{0,5}(\\([0-9]\\))?|\\[[0-9], [0-9]\\])",
    ) {
        let changed = set(LEVEL, &format!("{path}={value}")).unwrap();
        let indexed = path.replace(".north", "[0]").replace(".south", "[1]");
        let span = SpanMap::scan(&changed).get(&indexed).unwrap();
        prop_assert_eq!(changed.get(span).unwrap(), value);
    }

    #[test]
    fn all_other_values_stay_as_they_are(index in 0_usize..20, value in "[0-9]{1,3}") {
        let map = SpanMap::scan(LEVEL);
        let mut paths = vec![String::new()];
        let mut leaves = Vec::new();
        while let Some(path) = paths.pop() {
            if map.block(&path).is_none() {
                leaves.push(path.clone());
            }
            paths.extend(map.children(&path));
        }
        let path = leaves.iter().cycle().nth(index).unwrap();
        let span = map.get(path).unwrap();
        let changed = set(LEVEL, &format!("{path}={value}")).unwrap();
        let end = span.start + value.len();
        prop_assert_eq!(changed.get(..span.start), LEVEL.get(..span.start));
        prop_assert_eq!(changed.get(end..), LEVEL.get(span.end..));
    }

    #[test]
    fn nothing_panics(text in "[()\\[\\]{},:ab\"'r#/*\\\\\n é1=]{0,40}", change in "[()\\[\\]{},:ab\"'.=1]{0,12}") {
        let _ = set(&text, &change);
    }
}
