//! Reading a level file and turning its text into values.

use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use ron::error::{Position, Span, SpannedError};
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::brackets::{Unpaired, unpaired};
use super::diagnostic::{Diagnostic, LevelError};
use super::spans::SpanMap;
use super::trouble::{Place, Trouble};

/// The largest level file that is read, in bytes.
pub const LARGEST: u64 = 4 * 1024 * 1024;

/// Why a level file could not be read as text.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing at the path.
    #[error("{}: there is no such file; expected a text file", .path.display())]
    NotFound {
        /// Where the file was looked for.
        path: PathBuf,
    },
    /// The path leads to a directory.
    #[error("{}: this is a directory; expected a text file", .path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
    },
    /// The path leads to a pipe, a device or the like.
    #[error("{}: this is not a regular file; expected a text file", .path.display())]
    NotAFile {
        /// Where the special file is.
        path: PathBuf,
    },
    /// The file is there but cannot be read.
    #[error("{}: cannot be read: {source}; expected a readable level file", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is far larger than any level.
    #[error("{}: {bytes} bytes are too many; expected a text file of at most {} MiB", .path.display(), LARGEST >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size, as far as it is known.
        bytes: u64,
    },
    /// The file is not text.
    #[error("{}: byte {offset}, in line {line}, is not text; expected a text file in UTF-8", .path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The first byte that is not UTF-8, counted from 0.
        offset: usize,
        /// The line it is in, counted from 1.
        line: usize,
    },
    /// The file has nothing in it but blanks.
    #[error("{}: the file is empty; expected a level: `( ... )`", .path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

/// Reads the text of a level file.
///
/// # Errors
///
/// If it is not a regular file, is too large, is empty or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    let unreadable = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound { path: path.to_owned() },
        _ => ReadError::Unreadable { path: path.to_owned(), source },
    };
    // Opening a pipe would wait for someone to write to it, so look first.
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(ReadError::Directory { path: path.to_owned() });
    }
    if !metadata.is_file() {
        return Err(ReadError::NotAFile { path: path.to_owned() });
    }
    if metadata.len() > LARGEST {
        return Err(ReadError::TooLarge { path: path.to_owned(), bytes: metadata.len() });
    }
    // The size can have changed since, and some files do not tell it.
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(ReadError::TooLarge { path: path.to_owned(), bytes: bytes.len() as u64 });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = error.as_bytes().iter().take(offset);
        let line = before.filter(|&&byte| byte == b'\n').count() + 1;
        ReadError::NotUtf8 { path: path.to_owned(), offset, line }
    })?;
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(ReadError::Empty { path: path.to_owned() });
    }
    Ok(text)
}

/// Turns the text of a level file into a value, and says where in the text
/// each part of the value stands.
///
/// `file` is only the name that the error shows.
///
/// # Errors
///
/// If the text is not RON, or not RON for a `T`.
pub fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<(T, SpanMap), LevelError> {
    let spans = SpanMap::scan(text);
    match deserialize(text) {
        Ok(value) => {
            // The reader keeps the last of several: which of them is meant, nobody can tell.
            let twice = |(path, first, again): (String, Range<usize>, Range<usize>)| {
                let key = text.get(again.clone()).unwrap_or_default().trim_matches('"');
                let (line, column) = line_and_column(text, first.start);
                let message =
                    format!("the key `{key}` is given twice: first in line {line}, column {column}");
                Diagnostic::error(path, again, message).expected("each key only once")
            };
            let diagnostics: Vec<Diagnostic> = spans.repeated().into_iter().map(twice).collect();
            if diagnostics.is_empty() {
                return Ok((value, spans));
            }
            Err(LevelError { file: file.to_owned(), text: text.to_owned(), diagnostics })
        }
        Err(trouble) => {
            let (place, error) = *trouble;
            let span = span_bytes(text, &error.span);
            let trouble = Trouble::new(text, &spans, place, &error.code, span);
            // What the parser stumbles over behind an unpaired bracket is a consequence of it.
            let unpaired = unpaired(text).filter(|unpaired| trouble.here().start >= unpaired.shows);
            let diagnostic = match unpaired {
                Some(Unpaired { diagnostic, .. }) => {
                    let path = spans.at(diagnostic.span.start).0;
                    Diagnostic { path, ..diagnostic }
                }
                None => trouble.explain(&error.code),
            };
            Err(LevelError { file: file.to_owned(), text: text.to_owned(), diagnostics: vec![diagnostic] })
        }
    }
}

/// Line and column of a byte, in characters from 1 on.
fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

fn deserialize<T: DeserializeOwned>(text: &str) -> Result<T, Box<(Place, SpannedError)>> {
    let options = ron::Options::default().with_default_extension(
        Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES | Extensions::UNWRAP_VARIANT_NEWTYPES,
    );
    let mut deserializer = ron::Deserializer::from_str_with_options(body(text), &options)
        .map_err(|error| Box::new((Place::default(), error)))?;
    match serde_path_to_error::deserialize(&mut deserializer) {
        Ok(value) => match deserializer.end() {
            Ok(()) => Ok(value),
            Err(code) => Err(Box::new((Place::default(), deserializer.span_error(code)))),
        },
        Err(error) => {
            let place = Place::of(error.path());
            Err(Box::new((place, deserializer.span_error(error.into_inner()))))
        }
    }
}

/// The text without the byte order mark that some editors put first.
fn body(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The bytes of a span that is given in lines and characters.
fn span_bytes(text: &str, span: &Span) -> (usize, usize) {
    let start = byte_at(text, &span.start);
    (start, byte_at(text, &span.end).max(start))
}

fn byte_at(text: &str, position: &Position) -> usize {
    let body = body(text);
    let mark = text.len() - body.len();
    let lines = body.split_inclusive('\n');
    let before: usize = lines.take(position.line.saturating_sub(1)).map(str::len).sum();
    let line = body.get(before..).unwrap_or_default();
    let column = line.char_indices().nth(position.col.saturating_sub(1));
    mark + before + column.map_or(line.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]
    #![allow(dead_code, reason = "the fields are only there to be read into")]
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

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

    #[test]
    fn deep_nesting_is_an_error() {
        #[derive(Debug, Deserialize)]
        struct Nest(Vec<Nest>);
        for text in ["[".repeat(10_000), "[".repeat(10_000) + &"]".repeat(10_000)] {
            let error = parse::<Nest>("deep.ron", &text).unwrap_err();
            assert!(error.to_string().starts_with("error: nested too deeply\n"), "{error}");
            assert!(error.to_string().contains("deep.ron:1:"), "{error}");
            assert!(parse::<serde::de::IgnoredAny>("deep.ron", &text).is_err());
        }
    }

    #[test]
    fn a_level_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("duel.ron");
        fs::write(&path, "\u{feff}(turns: 3)\r\n").unwrap();
        assert_eq!(read_text(&path).unwrap(), "\u{feff}(turns: 3)\r\n");
    }

    #[test]
    fn what_is_not_a_level_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let refused = |name: &str, content: &[u8], wanted: &str| {
            let path = folder.path().join(name);
            fs::write(&path, content).unwrap();
            let message = read_text(&path).unwrap_err().to_string();
            assert!(message.starts_with(&path.display().to_string()), "{message}");
            assert!(message.contains(wanted) && message.contains("expected "), "{message}");
        };
        refused("empty.ron", b"", "is empty");
        refused("blank.ron", b"\xef\xbb\xbf \r\n\t", "is empty");
        refused("latin.ron", b"(\n\"\xe9\")", "byte 3, in line 2, is not text");
        let missing = read_text(&folder.path().join("none.ron"));
        assert!(matches!(missing, Err(ReadError::NotFound { .. })));
        assert!(matches!(read_text(folder.path()), Err(ReadError::Directory { .. })));
        let large = folder.path().join("large.ron");
        File::create(&large).unwrap().set_len(100 * 1024 * 1024).unwrap();
        assert!(matches!(read_text(&large), Err(ReadError::TooLarge { bytes: 104_857_600, .. })));
        let below = large.join("duel.ron");
        assert!(matches!(read_text(&below), Err(ReadError::Unreadable { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_special_file_is_refused_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(matches!(read_text(&socket), Err(ReadError::NotAFile { .. })));
        assert!(matches!(read_text(Path::new("/dev/zero")), Err(ReadError::NotAFile { .. })));
        let pipe = folder.path().join("pipe");
        if std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|made| made.success()) {
            assert!(matches!(read_text(&pipe), Err(ReadError::NotAFile { .. })));
        }
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

    #[test]
    fn a_key_of_any_map_that_is_given_twice_is_told_with_both_places() {
        type Maps = BTreeMap<String, BTreeMap<String, f64>>;
        for (text, path, span, words) in [
            (
                "{\"a\": {}, \"b\": {},\n \"a\": {}}",
                "a",
                (20, 23),
                "`a` is given twice: first in line 1, column 2",
            ),
            (
                "{\"a\": {\"x\": 1, \"x\": 1}}",
                "a.x",
                (15, 18),
                "`x` is given twice: first in line 1, column 8",
            ),
        ] {
            let error = parse::<Maps>("maps.ron", text).unwrap_err();
            let [diagnostic] = &error.diagnostics[..] else { panic!("{error}") };
            assert_eq!((diagnostic.path.as_str(), diagnostic.span.clone()), (path, span.0..span.1), "{text}");
            assert!(diagnostic.message.contains(words), "{}", diagnostic.message);
        }
        assert!(parse::<Maps>("maps.ron", "{\"a\": {\"x\": 1}, \"b\": {\"x\": 1}}").is_ok());
    }
}
