//! Turning the text of a level file into values.

use std::ops::Range;

use ron::error::SpannedError;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::brackets::{Unpaired, unpaired};
use super::diagnostic::{Diagnostic, LevelError};
use super::position::{body, line_and_column, span_bytes};
use super::spans::SpanMap;
use super::trouble::{Place, Trouble};

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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[test]
    fn deep_nesting_is_an_error() {
        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "the field is only there to be read into")]
        struct Nest(Vec<Nest>);
        for text in ["[".repeat(10_000), "[".repeat(10_000) + &"]".repeat(10_000)] {
            let error = parse::<Nest>("deep.ron", &text).unwrap_err();
            assert!(error.to_string().starts_with("error: nested too deeply\n"), "{error}");
            assert!(error.to_string().contains("deep.ron:1:"), "{error}");
            assert!(parse::<serde::de::IgnoredAny>("deep.ron", &text).is_err());
        }
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
