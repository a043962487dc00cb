//! A parser error and the text around it.
//!
//! The parser says where its cursor stood before and after its last step. Often
//! that is a blank before the trouble, or the place where it gave up on a
//! number, so the token to point at is looked up here.

use std::ops::Range;

use ron::Error;
use serde_path_to_error::Segment;

use super::path::{Step, written};
use super::spans::SpanMap;
use super::tokens::{self, Kind, Token, Tokens};

/// The value that was being read.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub(super) path: String,
    /// The parser was at a key, or after the last value, inside `path`.
    pub(super) between: bool,
    /// The parser had just read the name of a variant.
    pub(super) variant: bool,
}

impl Place {
    /// Variants are no part of a path here, and what cannot be named ends it.
    pub(super) fn of(path: &serde_path_to_error::Path) -> Place {
        let mut steps = Vec::new();
        let mut place = Place::default();
        for segment in path {
            place.variant = false;
            match segment {
                Segment::Seq { index } => steps.push(Step::Index(*index)),
                Segment::Map { key } => steps.push(Step::Name(key.clone())),
                Segment::Enum { .. } => place.variant = true,
                Segment::Unknown => {
                    place.between = true;
                    break;
                }
            }
        }
        place.path = written(&steps);
        place
    }
}

/// A parser error with the text around it.
pub(super) struct Trouble<'t> {
    pub(super) text: &'t str,
    pub(super) spans: &'t SpanMap,
    pub(super) place: Place,
    /// The parser's cursor before its last step.
    pub(super) start: usize,
    /// The parser's cursor.
    pub(super) cursor: usize,
    /// The last token that ends before the cursor.
    pub(super) before: Option<Token>,
    /// The token the cursor is in the middle of.
    pub(super) inside: Option<Token>,
    /// The first token from the cursor on.
    pub(super) after: Option<Token>,
    /// The innermost bracket that is open at the cursor.
    pub(super) open: Option<Token>,
    pub(super) unclosed_comment: Option<usize>,
}

impl<'t> Trouble<'t> {
    pub(super) fn new(
        text: &'t str,
        spans: &'t SpanMap,
        place: Place,
        error: &Error,
        (start, cursor): (usize, usize),
    ) -> Self {
        let mut trouble = Trouble {
            text,
            spans,
            place,
            start,
            cursor,
            before: None,
            inside: None,
            after: None,
            open: None,
            unclosed_comment: None,
        };
        let mut open = Vec::new();
        let mut tokens = Tokens::new(text);
        for token in tokens.by_ref() {
            if token.start >= cursor {
                trouble.after = Some(token);
                break;
            }
            if token.end > cursor {
                trouble.inside = Some(token);
                break;
            }
            match token.kind {
                Kind::Open(_) => open.push(token),
                Kind::Close(_) => drop(open.pop()),
                _ => {}
            }
            trouble.before = Some(token);
        }
        trouble.open = open.pop();
        trouble.unclosed_comment = tokens.unclosed_comment;
        trouble.name_place(error);
        trouble
    }

    /// Looks the value up in the text if its path could not be told because a
    /// key on the way is not a string.
    fn name_place(&mut self, error: &Error) {
        if !self.place.between || is_about_signs(error) {
            return;
        }
        if let Error::NoSuchStructField { .. } = error {
            self.place = Place { path: self.spans.at(self.start).0, ..Place::default() };
            return;
        }
        let next = self.inside.or(self.after).map_or(self.cursor, |token| token.start);
        let (to_read, value) = self.spans.at(next);
        if next >= value.start && to_read.len() > self.place.path.len() {
            self.place = Place { path: to_read, ..Place::default() };
            return;
        }
        let (just_read, value) = self.spans.at(self.start);
        if (value.start..value.end).contains(&self.start) && value.end == self.cursor {
            self.place = Place { path: just_read, ..Place::default() };
        }
    }

    /// Whether the brackets just before the cursor are those of a name: then
    /// they are also the brackets of the value in them, as in `Some(1, 2)`.
    pub(super) fn doubled(&self) -> bool {
        let Some(open) = self.open.filter(|_| self.open == self.before) else {
            return false;
        };
        let before = self.text.get(..open.start).unwrap_or_default().trim_end();
        before.ends_with(|c: char| c == '_' || c.is_alphanumeric())
    }

    /// The number the parser has given up on.
    pub(super) fn number(&self) -> Option<Token> {
        let just_read = self.before.filter(|token| token.end == self.cursor);
        self.inside.or(just_read).or(self.after)
    }

    /// The token at the cursor.
    pub(super) fn here(&self) -> Range<usize> {
        let end = self.before.map_or(self.cursor, |token| token.end);
        self.inside.or(self.after).map_or(end..end, Token::span)
    }

    /// The value that was read, only up to its opening bracket if it has one.
    pub(super) fn value(&self) -> Range<usize> {
        let known = self
            .spans
            .get(&self.place.path)
            .filter(|span| !span.is_empty() && !self.place.between && span.start <= self.cursor);
        let Some(span) = known else {
            return self.start..self.cursor;
        };
        let block = self.spans.block(&self.place.path);
        span.start..block.map_or(span.end, |block| block.open)
    }

    /// The opening of the struct that lacks something, and its path.
    pub(super) fn opening(&self) -> (String, Range<usize>) {
        if self.place.between {
            // The cursor is still inside the struct.
            let (path, span) = self.spans.at(self.cursor);
            let open = self.spans.block(&path).map_or(span.end, |block| block.open);
            return (path, span.start..open);
        }
        (self.place.path.clone(), self.value())
    }

    /// The name that was just read, quoted or not, or else the value.
    pub(super) fn name_span(&self, name: &str) -> Range<usize> {
        let read = self.start..self.cursor;
        if self.text.get(read.clone()) == Some(name) {
            return read;
        }
        let token = self.before.or(self.inside).filter(|token| {
            let written = token.of(self.text);
            tokens::plain_name(written) == name || tokens::unquote(written).as_deref() == Some(name)
        });
        token.map_or_else(|| self.value(), Token::span)
    }
}

/// Whether an error is about what stands between values, not in one.
fn is_about_signs(error: &Error) -> bool {
    matches!(
        error,
        Error::Eof
            | Error::ExpectedArrayEnd
            | Error::ExpectedComma
            | Error::ExpectedIdentifier
            | Error::ExpectedMapColon
            | Error::ExpectedMapEnd
            | Error::ExpectedOptionEnd
            | Error::ExpectedStructLikeEnd
            | Error::MissingStructField { .. }
            | Error::SuggestRawIdentifier(_)
            | Error::UnclosedBlockComment
    )
}
