//! What a parser error means for the author of a level.

use std::ops::Range;

use ron::Error;

use super::diagnostic::{Diagnostic, nearest};
use super::path::join;
use super::tokens::{self, Kind, Token};
use super::trouble::Trouble;

/// The header words that the parser knows.
const EXTENSIONS: [&str; 4] =
    ["unwrap_newtypes", "implicit_some", "unwrap_variant_newtypes", "explicit_struct_names"];
/// How much of the text is quoted in a message.
const QUOTED: usize = 40;

impl Trouble<'_> {
    /// Says what is wrong, where, and what to do about it.
    pub(super) fn explain(&self, error: &Error) -> Diagnostic {
        self.separated_digits()
            .or_else(|| self.names(error))
            .or_else(|| self.literals(error))
            .or_else(|| self.values(error))
            .or_else(|| self.ends_early())
            .or_else(|| self.punctuation(error))
            .or_else(|| self.header(error))
            .unwrap_or_else(|| self.at(self.here(), error.to_string()))
    }

    pub(super) fn at(&self, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.place.path.clone(), span, message)
    }

    /// Fields, variants and structs by names that are wrong, missing or double.
    fn names(&self, error: &Error) -> Option<Diagnostic> {
        match error {
            Error::NoSuchStructField { expected, found, .. } => {
                let none = "no fields at all";
                let found_at = self.name_span(found);
                Some(self.unknown("field", found, expected, none, found_at))
            }
            Error::NoSuchEnumVariant { expected, found, .. } => {
                let found_at = self.name_span(found);
                Some(self.unknown("variant", found, expected, "nothing", found_at))
            }
            Error::MissingStructField { field, outer } => {
                let of = outer.as_ref().map(|name| format!(" of `{name}`")).unwrap_or_default();
                let message = format!("missing field `{field}`");
                let expected = format!("`{field}: ...` among the fields{of}");
                let (path, span) = self.opening();
                Some(Diagnostic::error(path, span, message).expected(expected))
            }
            Error::DuplicateStructField { field, .. } => {
                let path = join(&self.place.path, field);
                let message = format!("field `{field}` is given twice");
                let span = self.name_span(field);
                Some(Diagnostic::error(path, span, message).expected("each field only once"))
            }
            Error::ExpectedDifferentStructName { expected, found } => {
                let message = format!("wrong type: found a `{}`", shorten(found));
                let span = self.name_span(found);
                let wanted = format!("`{expected}(...)`, or `(...)` without a name");
                Some(self.at(span, message).expected(wanted).suggest(*expected))
            }
            Error::ExpectedIdentifier => self.no_name(),
            Error::SuggestRawIdentifier(found) => {
                let message = format!("`{}` is not a name", shorten(found));
                let wanted = "a name of letters, digits and `_`";
                let plain = found.replace(['-', '+', '.'], "_");
                let diagnostic = self.at(self.here(), message).expected(wanted);
                Some(if tokens::is_name(&plain) { diagnostic.suggest(plain) } else { diagnostic })
            }
            _ => None,
        }
    }

    fn unknown(
        &self,
        what: &str,
        found: &str,
        expected: &[&str],
        none: &str,
        span: Range<usize>,
    ) -> Diagnostic {
        let wanted = match expected {
            [] => none.to_owned(),
            [one] => format!("`{one}`"),
            _ => format!("one of `{}`", expected.join("`, `")),
        };
        let message = format!("unknown {what} `{}`", shorten(found));
        let diagnostic = self.at(span, message).expected(wanted);
        match nearest(found, expected.iter().copied()) {
            Some(name) => diagnostic.suggest(name),
            None => diagnostic,
        }
    }

    /// Something else stands where a field's or variant's name should.
    fn no_name(&self) -> Option<Diagnostic> {
        let found = self.after?;
        let shown = shorten(found.of(self.text));
        let unquoted = tokens::unquote(found.of(self.text)).filter(|name| tokens::is_name(name));
        match (found.kind, unquoted) {
            (Kind::Quoted, Some(name)) => {
                let message = format!("wrong type: found the quoted text `{shown}`");
                let diagnostic = self.at(found.span(), message);
                Some(diagnostic.expected("a name without quotes").suggest(name))
            }
            (Kind::Open('('), _) if self.doubled() => Some(self.too_many_brackets(found)),
            (Kind::Close(_), _) => None,
            _ => Some(self.at(found.span(), format!("found `{shown}`")).expected("a name")),
        }
    }

    fn too_many_brackets(&self, found: Token) -> Diagnostic {
        let wanted = "what is in them directly, as in `Some(field: value)`";
        self.at(found.span(), "one pair of brackets too many").expected(wanted)
    }

    /// Values of the wrong type or size.
    fn values(&self, error: &Error) -> Option<Diagnostic> {
        match error {
            Error::Message(message) => Some(self.at(self.value(), message)),
            Error::InvalidValueForType { expected, found } => {
                let message = format!("wrong type: found {}", shorten(found));
                Some(self.at(self.value(), message).expected(expected))
            }
            Error::ExpectedDifferentLength { expected, found } => {
                let values = if *found == 1 { "value" } else { "values" };
                let message = format!("wrong length: found {found} {values}");
                Some(self.at(self.value(), message).expected(expected))
            }
            Error::ExceededRecursionLimit => {
                let wanted = "fewer brackets inside one another";
                Some(self.at(self.here(), "nested too deeply").expected(wanted))
            }
            Error::ExpectedStructLike if self.place.variant => {
                let name = self.before.map_or("", |token| token.of(self.text));
                let span = self.before.map_or(self.here(), Token::span);
                let message = format!("`{}` lacks its values", shorten(name));
                Some(self.at(span, message).expected(format!("`{}(...)`", shorten(name))))
            }
            _ => {
                let wanted = wanted(error)?;
                let found = self.inside.or(self.after)?;
                Some(self.wrong_type(found, &wanted))
            }
        }
    }

    fn wrong_type(&self, found: Token, wanted: &str) -> Diagnostic {
        if found.kind == Kind::Open('(') && self.doubled() {
            return self.too_many_brackets(found);
        }
        let written = found.of(self.text);
        let shown = shorten(written);
        let message = match found.kind {
            Kind::Close(_) | Kind::Comma | Kind::Colon => format!("missing value before `{shown}`"),
            Kind::Open('[') => "wrong type: found a list".to_owned(),
            Kind::Open('{') => "wrong type: found a map".to_owned(),
            Kind::Open(_) => "wrong type: found a struct or tuple".to_owned(),
            Kind::Quoted => format!("wrong type: found the quoted text `{shown}`"),
            _ => format!("wrong type: found `{shown}`"),
        };
        let diagnostic = self.at(found.span(), message).expected(wanted);
        let meant = match wanted {
            TEXT if tokens::is_name(written) => Some(format!("\"{written}\"")),
            NUMBER | WHOLE => tokens::unquote(written).filter(|text| text.parse::<f64>().is_ok()),
            YES_NO => nearest(written, ["true", "false"]).map(str::to_owned),
            _ => None,
        };
        match meant {
            Some(meant) => diagnostic.suggest(meant),
            None => diagnostic,
        }
    }

    /// `#![enable(...)]` and the like.
    fn header(&self, error: &Error) -> Option<Diagnostic> {
        match error {
            Error::NoSuchExtension(name) => {
                let span = self.name_span(name);
                Some(self.unknown("extension", name, &EXTENSIONS, "nothing", span))
            }
            Error::ExpectedAttribute | Error::ExpectedAttributeEnd => {
                let wanted = "`#![enable(...)]`, or no header at all";
                Some(self.at(self.here(), "the header is not complete").expected(wanted))
            }
            _ => None,
        }
    }
}

const TEXT: &str = "a text in double quotes";
const NUMBER: &str = "a number";
const WHOLE: &str = "a whole number";
const YES_NO: &str = "`true` or `false`";

/// What the parser wanted to read, in words.
fn wanted(error: &Error) -> Option<String> {
    let wanted = match error {
        Error::ExpectedArray => "a list: `[...]`",
        Error::ExpectedBoolean => YES_NO,
        Error::ExpectedByteLiteral => "a byte such as `b'a'`",
        Error::ExpectedByteString => "a byte string such as `b\"abc\"`",
        Error::ExpectedChar => "one character in single quotes",
        Error::ExpectedFloat => NUMBER,
        Error::ExpectedInteger => WHOLE,
        Error::ExpectedMap => "a map: `{ \"key\": value }`",
        Error::ExpectedNamedStructLike(name) if !name.is_empty() => {
            return Some(format!("a `{name}`: `(field: value)`"));
        }
        Error::ExpectedNamedStructLike(_) | Error::ExpectedStructLike => "values in `(` and `)`",
        Error::ExpectedOption => "`Some(...)` or `None`",
        Error::ExpectedRangeSyntax => "a range such as `1..5`",
        Error::ExpectedString => TEXT,
        Error::ExpectedUnit => "`()`",
        _ => return None,
    };
    Some(wanted.to_owned())
}

/// The start of a text, fit for a message.
pub(super) fn shorten(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("{}...", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
