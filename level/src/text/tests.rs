//! What is said of mistakes in a text: the parser's errors, put right by everything that this folder knows.
#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]
#![allow(dead_code, reason = "the fields are only there to be read into")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::parse::parse;

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
struct Sample {
    name: String,
    turns: u32,
    rate: f64,
    on: bool,
    sign: char,
    share: Share,
    market: Option<Market>,
    pair: Option<(f64, f64)>,
    platforms: Vec<Platform>,
    services: Vec<Service>,
    holders: BTreeMap<String, f64>,
    by_kind: BTreeMap<Kind, Platform>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Platform {
    id: String,
    take_rate: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Market {
    habit: f64,
}

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Goods,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
enum Service {
    Textbook,
    Wallet { id: String, size: u8 },
    Two(f64, f64),
    Wrap(Market),
}

#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "f64")]
struct Share(f64);

impl TryFrom<f64> for Share {
    type Error = String;

    fn try_from(share: f64) -> Result<Self, String> {
        let inside = (0.0..=1.0).contains(&share);
        inside.then_some(Share(share)).ok_or_else(|| format!("{share} is not a share"))
    }
}

/// A mistake: the text, the text that is pointed at, where it stands, the
/// path, the message, the expectation and the suggestion.
type Mistake = (
    &'static str,
    &'static str,
    (usize, usize),
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

fn explained(mistakes: &[Mistake]) {
    for &(text, pointed, place, path, message, expected, suggestion) in mistakes {
        let error = parse::<Sample>("duel.ron", text).unwrap_err();
        let [found] = error.diagnostics.as_slice() else { panic!("{text}: {error}") };
        assert_eq!(text.get(found.span.clone()), Some(pointed), "{text}");
        assert_eq!(error.line_column(&found.span), place, "{text}");
        assert_eq!(found.path, path, "{text}");
        assert_eq!(found.message, message, "{text}");
        let wanted = found.expected.as_deref().unwrap_or_default();
        assert!(wanted.contains(expected), "{text}: {wanted}");
        assert_eq!(found.suggestion.as_deref(), suggestion, "{text}");
    }
}

#[test]
fn a_good_level_comes_with_its_spans() {
    let text = "\u{feff}#![enable(unwrap_newtypes)]\r\n(name: \"a\", market: (habit: 1), \
                platforms: [(id: \"n\", take_rate: 0.1)],) // end";
    let (level, spans) = parse::<Sample>("duel.ron", text).unwrap();
    assert_eq!(level.name, "a");
    assert_eq!(spans.get("platforms[0].take_rate").and_then(|span| text.get(span)), Some("0.1"));
}

#[test]
#[rustfmt::skip] // A table has a line for each case.
fn wrong_names_are_pointed_at_and_put_right() {
    explained(&[
        ("(\n  turnz: 3,\n)", "turnz", (2, 3), "turnz", "unknown field `turnz`", "`turns`", Some("turns")),
        ("(name: \"é😀\", turnz: 3)", "turnz", (1, 14), "turnz", "unknown field `turnz`", "one of", Some("turns")),
        ("(\r\n  platforms: [(id: \"a\", take_rat: 1)]\r\n)", "take_rat", (2, 25), "platforms[0].take_rat",
            "unknown field `take_rat`", "one of `id`, `take_rate`", Some("take_rate")),
        ("(services: [Textbok])", "Textbok", (1, 13), "services[0]", "unknown variant `Textbok`", "`Two`", Some("Textbook")),
        ("(services: [Wallet(idd: 1)])", "idd", (1, 20), "services[0].idd", "unknown field `idd`", "`size`", Some("id")),
        ("(services: [\"Textbook\"])", "\"Textbook\"", (1, 13), "services[0]",
            "wrong type: found the quoted text `\"Textbook\"`", "without quotes", Some("Textbook")),
        ("(\"name\": 1)", "\"name\"", (1, 2), "", "wrong type: found the quoted text `\"name\"`", "without quotes", Some("name")),
        ("(na-me: 1)", "na-me", (1, 2), "", "`na-me` is not a name", "letters", Some("na_me")),
        ("(name: \"a\", name: \"b\")", "name", (1, 13), "name", "field `name` is given twice", "only once", None),
        ("(platforms: [\n  (id: \"a\"),\n])", "(", (2, 3), "platforms[0]", "missing field `take_rate`", "`Platform`", None),
        ("(services: [Wallet (id: \"a\")])", "Wallet (", (1, 13), "services[0]", "missing field `size`", "`Wallet`", None),
        ("(by_kind: {Goods: (id: \"a\")})", "(", (1, 19), "by_kind.Goods", "missing field `take_rate`", "`Platform`", None),
        ("(by_kind: {Good: ()})", "Good", (1, 12), "by_kind", "unknown variant `Good`", "`Goods`", Some("Goods")),
        ("Sampel()", "Sampel", (1, 1), "", "wrong type: found a `Sampel`", "`Sample(...)`", Some("Sample")),
        ("(platforms: [Platfrm(id: \"a\")])", "Platfrm", (1, 14), "platforms[0]", "wrong type: found a `Platfrm`", "Platform", Some("Platform")),
    ]);
}

#[test]
#[rustfmt::skip] // A table has a line for each case.
fn values_of_the_wrong_type_are_pointed_at_whole() {
    explained(&[
        ("(turns: \"abc\")", "\"abc\"", (1, 9), "turns", "wrong type: found the quoted text `\"abc\"`", "a whole number", None),
        ("(turns: \"5\")", "\"5\"", (1, 9), "turns", "wrong type: found the quoted text `\"5\"`", "a whole number", Some("5")),
        ("(turns: 3.5)", "3.5", (1, 9), "turns", "wrong type: found `3.5`", "a whole number", None),
        ("(turns: 1e3)", "1e3", (1, 9), "turns", "wrong type: found `1e3`", "a whole number", None),
        ("(turns: -3)", "-3", (1, 9), "turns", "`-3` is out of range", "below zero", None),
        ("(services: [Wallet(size: 300 )])", "300", (1, 26), "services[0].size", "`300` is out of range", "smaller", None),
        ("(rate: abc)", "abc", (1, 8), "rate", "wrong type: found `abc`", "a number", None),
        ("(rate: 5%)", "5%", (1, 8), "rate", "`5%` is not a number", "`0.05`", None),
        ("(rate: 1._5)", "1._5", (1, 8), "rate", "`1._5` is not a number", "between digits", None),
        ("(rate: , on: true)", ",", (1, 8), "rate", "missing value before `,`", "a number", None),
        ("(on: True)", "True", (1, 6), "on", "wrong type: found `True`", "`true` or `false`", Some("true")),
        ("(name: north)", "north", (1, 8), "name", "wrong type: found `north`", "in double quotes", Some("\"north\"")),
        ("(sign: 'ab')", "'ab'", (1, 8), "sign", "wrong type: found the quoted text `'ab'`", "one character", None),
        ("(share: 2.5)", "2.5", (1, 9), "share", "2.5 is not a share", "", None),
        ("(market: 5)", "5", (1, 10), "market", "wrong type: found `5`", "`Market`", None),
        ("(platforms: (id: 1))", "(", (1, 13), "platforms", "wrong type: found a struct or tuple", "a list", None),
        ("(holders: [1])", "[", (1, 11), "holders", "wrong type: found a list", "a map", None),
        ("(holders: {\"a b\": x})", "x", (1, 19), "holders[\"a b\"]", "wrong type: found `x`", "a number", None),
        ("(holders: {a: 1})", "a", (1, 12), "holders", "wrong type: found `a`", "double quotes", Some("\"a\"")),
        ("(by_kind: {Goods: (id: 1)})", "1", (1, 24), "by_kind.Goods.id", "wrong type: found `1`", "double quotes", None),
        ("(by_kind: {Goods: (idd: 1)})", "idd", (1, 20), "by_kind.Goods.idd", "unknown field `idd`", "`id`", Some("id")),
        ("(by_kind: {Goods: ( id: \"a\", take_rate: 1.5.5 )})", "1.5.5", (1, 41), "by_kind.Goods.take_rate", "wrong type: found `1.5.5`", "a number", None),
        ("(services: [Two(1, x)])", "x", (1, 20), "services[0][1]", "wrong type: found `x`", "a number", None),
        ("(services: [Two(1)])", "Two(1)", (1, 13), "services[0]", "wrong length: found 1 value", "2 elements", None),
        ("(services: [Wallet])", "Wallet", (1, 13), "services[0]", "`Wallet` lacks its values", "`Wallet(...)`", None),
        ("(services: [Textbook(1)])", "(", (1, 21), "services", "`Textbook` takes no values", "alone", None),
        ("(pair: (1, 2, 3))", "3", (1, 15), "pair", "too many values, from `3` on", "closing", None),
    ]);
}

#[test]
#[rustfmt::skip] // A table has a line for each case.
fn missing_and_misplaced_signs_are_pointed_at() {
    explained(&[
        ("(turns: 3\n  rate: 1)", "", (1, 10), "", "missing `,` before `rate`", "`,`", None),
        ("(turns 3)", "", (1, 7), "", "missing `:` before `3`", "`name: value`", None),
        ("(holders: {\"a\": 1)", ")", (1, 18), "holders", "`)` cannot close the `{` of line 1", "`}` before it", None),
        ("(turns: 3", "", (1, 10), "", "the file ends too early", "`)` for the `(` of line 1", None),
        ("(\nplatforms: [ // a\n\n", "", (2, 13), "platforms[0]", "the file ends too early", "`]` for the `[` of line 2", None),
        ("// nothing", "", (1, 11), "", "the file ends too early", "a level", None),
        ("() extra", "extra", (1, 4), "", "found `extra` after the end of the level", "nothing more", None),
        ("(name: \"a, turns: 3)\n", "\"a, turns: 3)\n", (1, 8), "name", "the string that starts here is never closed", "closing", None),
        ("(name: \"a\\qb\")", "\\q", (1, 10), "name", "wrong escape in a string: Unknown escape character", "`\\n`", None),
        ("(turns: 3) /* a", "/*", (1, 12), "", "the comment that starts here is never closed", "`*/`", None),
        ("#![enable(implicit_som)]\n()", "implicit_som", (1, 11), "", "unknown extension `implicit_som`", "one of", Some("implicit_some")),
        ("#![enabel]\n()", "enabel", (1, 4), "", "the header is not complete", "#![enable(...)]", None),
        ("(\0)", "\0", (1, 2), "", "found `\0`", "a name", None),
    ]);
}

#[test]
#[rustfmt::skip] // A table has a line for each case.
fn the_brackets_of_a_variant_are_those_of_its_value() {
    assert!(parse::<Sample>("a", "(market: Some(habit: 1), pair: Some(1, 2))").is_ok());
    explained(&[
        ("(market: Some((habit: 1)))", "(", (1, 15), "market", "one pair of brackets too many", "directly", None),
        ("(pair: Some((1, 2)))", "(", (1, 13), "pair[0]", "one pair of brackets too many", "directly", None),
        ("(services: [Wrap((habit: 1))])", "(", (1, 18), "services[0]", "one pair of brackets too many", "directly", None),
    ]);
}

const GOOD: &str = "#![enable(implicit_some)]\n(\n  name: \"é😀\", /* a */\n  turns: 3,\n  \
    market: Some(habit: 1.5), pair: (1, 2),\n  platforms: [(id: r#\"n\"#, take_rate: 0.1)],\n  \
    services: [Wallet(id: \"x\", size: 3), Two(1, 2), Wrap(habit: 1)],\n  holders: {\"a b\": 1},\n)\n";

proptest! {
    #[test]
    fn any_text_is_parsed_or_explained(text in "[()\\[\\]{},:a\"'r#b/*\\\\\n é1_.!-]{0,60}") {
        explains(&text)?;
    }

    #[test]
    fn any_damage_to_a_good_level_is_explained(at in 0_usize..400, len in 0_usize..9, new in "[()\\[\\]{},:a\"'/*\\\\ é1.-]{0,3}") {
        let start = GOOD.floor_char_boundary(at);
        let end = GOOD.floor_char_boundary(start + len);
        let mut text = GOOD.to_owned();
        text.replace_range(start..end, &new);
        explains(&text)?;
        explains(&format!("\u{feff}{text}"))?;
    }
}

/// The text is good, or its error points into it and can be shown.
fn explains(text: &str) -> Result<(), TestCaseError> {
    if let Err(error) = parse::<Sample>("duel.ron", text) {
        for diagnostic in &error.diagnostics {
            prop_assert!(text.get(diagnostic.span.clone()).is_some(), "{:?}", diagnostic);
            prop_assert!(!diagnostic.message.is_empty());
        }
        prop_assert!(error.to_string().contains("--> duel.ron:"));
    }
    Ok(())
}
