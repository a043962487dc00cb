//! Explaining what is not RON at all: broken literals, missing signs.

use ron::Error;

use super::diagnostic::Diagnostic;
use super::explain::shorten;
use super::tokens::{self, Kind, Token, Tokens};
use super::trouble::Trouble;

impl Trouble<'_> {
    /// Numbers, strings and characters that are not written as they should be.
    pub(super) fn literals(&self, error: &Error) -> Option<Diagnostic> {
        let number = || self.number().map_or(self.start..self.cursor, Token::span);
        let shown = || shorten(self.text.get(number()).unwrap_or_default());
        match error {
            Error::IntegerOutOfBounds => {
                let wanted = if shown().starts_with('-') {
                    "a whole number in range; a count cannot be below zero"
                } else {
                    "a smaller whole number"
                };
                Some(self.at(number(), format!("`{}` is out of range", shown())).expected(wanted))
            }
            Error::InvalidIntegerDigit { .. } => Some(self.not_whole(self.number()?)),
            Error::ExpectedComma | Error::ExpectedMapEnd | Error::ExpectedArrayEnd => {
                self.inside.map(|token| self.not_whole(token))
            }
            Error::UnderscoreAtBeginning | Error::FloatUnderscore => {
                let message = format!("`{}` is not a number", shown());
                Some(self.at(number(), message).expected("underscores only between digits"))
            }
            Error::ExpectedStringEnd => {
                let start = self.inside.or(self.before).filter(|token| token.kind == Kind::Unclosed);
                let span = start.map_or(self.start..self.cursor, Token::span);
                let message = "the string that starts here is never closed";
                Some(self.at(span, message).expected("a closing `\"`"))
            }
            Error::InvalidEscape(reason) => {
                let before = self.text.get(..self.cursor).unwrap_or_default();
                let start = before.rfind('\\').unwrap_or(self.start);
                let message = format!("wrong escape in a string: {reason}");
                let wanted = "an escape such as `\\n`, `\\\"` or `\\\\`";
                Some(self.at(start..self.cursor, message).expected(wanted))
            }
            Error::UnclosedBlockComment => {
                let start = self.unclosed_comment.unwrap_or(self.start);
                let message = "the comment that starts here is never closed";
                Some(self.at(start..start + 2, message).expected("a closing `*/`"))
            }
            _ => None,
        }
    }

    /// The parser has read digits, and then something that does not belong.
    fn not_whole(&self, token: Token) -> Diagnostic {
        let found = token.of(self.text);
        let path = self.spans.at(token.start).0;
        let (message, wanted) = if found.parse::<f64>().is_ok() {
            (format!("wrong type: found `{}`", shorten(found)), "a whole number")
        } else {
            (format!("`{}` is not a number", shorten(found)), "a number such as `5` or `0.05`")
        };
        Diagnostic::error(path, token.span(), message).expected(wanted)
    }

    /// A number with a comma for its point, or with commas, blanks or quotes between its thousands.
    pub(super) fn separated_digits(&self) -> Option<Diagnostic> {
        let digits = |token: &Token| token.of(self.text).bytes().all(|byte| byte.is_ascii_digit());
        let tokens: Vec<Token> = Tokens::new(self.text).collect();
        let found = self.after.or(self.inside)?;
        // `1,4` reads as the number 1 and something called 4; `2 000` as a number behind another.
        let mut place = tokens.iter().position(|token| *token == found)?;
        if digits(&found) || found.kind == Kind::Quoted {
            place = place.checked_sub(1)?;
        }
        let (comma, first) = match tokens[place].kind {
            Kind::Comma => (true, place.checked_sub(1)?),
            _ => (false, place),
        };
        let begin = tokens[first];
        if !digits(&begin) {
            return None;
        }
        let mut groups = vec![begin.of(self.text)];
        let mut end = begin.end;
        let mut rest = &tokens[first + 1..];
        loop {
            let (group, after) = match rest {
                [sign, group, after @ ..] if comma && sign.kind == Kind::Comma && sign.start == end => {
                    (group, after)
                }
                [group, after @ ..] if !comma => (group, after),
                _ => break,
            };
            let text = group.of(self.text).trim_matches('\'');
            // A comma that stands between two values is followed by a blank, or by a name.
            if text.is_empty()
                || !text.bytes().all(|byte| byte.is_ascii_digit())
                || comma && group.start != end + 1
                || !comma && text.len() != 3
            {
                break;
            }
            groups.push(text);
            (end, rest) = (group.end, after);
        }
        let [whole, after @ ..] = &groups[..] else { return None };
        if after.is_empty() {
            return None;
        }
        let thousands =
            after.iter().all(|group| group.len() == 3) && !whole.starts_with('0') && whole.len() <= 3;
        let span = begin.start..end;
        let shown = shorten(self.text.get(span.clone()).unwrap_or_default());
        let wanted =
            "a point before decimals, as in `1.4`, and `_` or nothing between thousands, as in `6_000_000`";
        let diagnostic = self.at(span, format!("`{shown}` is not a number")).expected(wanted);
        Some(match after {
            _ if thousands => diagnostic.suggest(groups.join("_")),
            [decimals] => diagnostic.suggest(format!("{whole}.{decimals}")),
            _ => diagnostic,
        })
    }

    /// The text is over before the value is.
    pub(super) fn ends_early(&self) -> Option<Diagnostic> {
        if self.inside.is_some() || self.after.is_some() {
            return None;
        }
        let end = self.before.map_or(self.text.len(), |token| token.end);
        let diagnostic = self.at(end..end, "the file ends too early");
        Some(match self.open {
            Some(open) => diagnostic.expected(self.closing(open)),
            None => diagnostic.expected("a level: `( ... )`"),
        })
    }

    /// Commas, colons and brackets that are missing or too many.
    pub(super) fn punctuation(&self, error: &Error) -> Option<Diagnostic> {
        let found = self.after?;
        let shown = shorten(found.of(self.text));
        let before = self.before.map_or(self.start, |token| token.end);
        match error {
            Error::TrailingCharacters => {
                let message = format!("found `{shown}` after the end of the level");
                Some(self.at(found.span(), message).expected("nothing more"))
            }
            Error::ExpectedMapColon => {
                let message = format!("missing `:` before `{shown}`");
                Some(self.at(before..before, message).expected("`name: value`"))
            }
            Error::ExpectedComma
            | Error::ExpectedArrayEnd
            | Error::ExpectedMapEnd
            | Error::ExpectedOptionEnd
            | Error::ExpectedStructLikeEnd => Some(self.unseparated(error, found, &shown, before)),
            _ => None,
        }
    }

    fn unseparated(&self, error: &Error, found: Token, shown: &str, before: usize) -> Diagnostic {
        let wanted = self.open.map_or("`,`".to_owned(), |open| self.closing(open));
        let name = self.before.map_or("", |token| token.of(self.text));
        match found.kind {
            Kind::Open('(') if tokens::is_name(name) => {
                let message = format!("`{}` takes no values", shorten(name));
                self.at(found.span(), message).expected("the name alone")
            }
            Kind::Close(_) | Kind::Comma | Kind::Colon => {
                self.at(found.span(), format!("unexpected `{shown}`")).expected(wanted)
            }
            // The parser passes over the last comma before it wants the end.
            _ if *error != Error::ExpectedComma => {
                let message = format!("too many values, from `{shown}` on");
                self.at(found.span(), message).expected("the closing bracket")
            }
            _ => {
                let message = format!("missing `,` before `{shown}`");
                self.at(before..before, message).expected(wanted)
            }
        }
    }

    /// The bracket that would close `open`.
    fn closing(&self, open: Token) -> String {
        let Kind::Open(bracket) = open.kind else {
            return "`,`".to_owned();
        };
        let line = self.text.get(..open.start).unwrap_or_default().matches('\n').count() + 1;
        format!("`,`, or `{}` for the `{bracket}` of line {line}", tokens::closer(bracket))
    }
}
