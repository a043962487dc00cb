//! The words and brackets of a RON text.
//!
//! This reads any text at all: what cannot be RON becomes a word, and what is
//! never closed runs to the end of the text.

use std::ops::Range;

/// What kind of thing a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A string, byte string, character or byte, with its quotes.
    Quoted,
    /// The same, but the closing quote never comes.
    Unclosed,
    /// A name, a number, or anything else between blanks and brackets.
    Word,
}

/// A piece of the text, by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

impl Token {
    /// The bytes this token covers.
    pub(super) fn span(self) -> Range<usize> {
        self.start..self.end
    }

    /// The token as it stands in `text`.
    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.span()).unwrap_or_default()
    }
}

/// Reads the tokens of a text one after another.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// Where the last comment that was passed over starts.
    pub comment: Option<usize>,
    /// Where a block comment starts that the end of the text cuts off.
    pub unclosed_comment: Option<usize>,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        // Some editors put a byte order mark first; it is no part of the level.
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Tokens { text, at, comment: None, unclosed_comment: None }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
            self.at += blank;
            let rest = self.rest();
            let comment = self.at;
            if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                let len = block_comment(rest);
                if len.is_none() {
                    self.unclosed_comment = Some(comment);
                }
                self.at += len.unwrap_or(rest.len());
            } else {
                return;
            }
            self.comment = Some(comment);
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_blanks();
        let rest = self.rest();
        let first = rest.chars().next()?;
        let (kind, len) = match first {
            '(' | '[' | '{' => (Kind::Open(first), 1),
            ')' | ']' | '}' => (Kind::Close(first), 1),
            ',' => (Kind::Comma, 1),
            ':' => (Kind::Colon, 1),
            _ => match quoted(rest) {
                Some(Ok(len)) => (Kind::Quoted, len),
                Some(Err(len)) => (Kind::Unclosed, len),
                None => (Kind::Word, word(rest)),
            },
        };
        let start = self.at;
        self.at += len;
        Some(Token { kind, start, end: self.at })
    }
}

/// The bracket that closes `open`.
pub(super) fn closer(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Whether a word is a name: of a field, a struct or a variant.
pub(super) fn is_name(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic())
        && chars.all(|c| c == '_' || c.is_alphanumeric())
}

/// The name a word stands for, without the `r#` that may mark an odd one.
pub(super) fn plain_name(word: &str) -> &str {
    word.strip_prefix("r#").unwrap_or(word)
}

/// What a quoted text says, or `None` if it is not a well-formed string.
pub(super) fn unquote(quoted: &str) -> Option<String> {
    ron::from_str(quoted).ok()
}

/// The blanks RON knows.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
}

/// The length of the block comment that `rest` starts with; they nest.
fn block_comment(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes.get(at..at + 2) {
            Some(b"/*") => {
                depth += 1;
                at += 2;
            }
            Some(b"*/") => {
                depth = depth.saturating_sub(1);
                at += 2;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => at += 1,
        }
    }
    None
}

/// The length of the quoted text that `rest` starts with: `Err` if it is never
/// closed, `None` if there is none.
fn quoted(rest: &str) -> Option<Result<usize, usize>> {
    let bare = rest.strip_prefix('b').unwrap_or(rest);
    let prefix = rest.len() - bare.len();
    let found = if bare.starts_with('"') {
        string(bare)
    } else if bare.starts_with('\'') {
        character(bare)
    } else {
        raw_string(bare)?
    };
    Some(found.map(|len| prefix + len).map_err(|len| prefix + len))
}

fn string(rest: &str) -> Result<usize, usize> {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Ok(at + 1),
            _ => {}
        }
    }
    Err(rest.len())
}

fn raw_string(rest: &str) -> Option<Result<usize, usize>> {
    let after_r = rest.strip_prefix('r')?;
    let body = after_r.trim_start_matches('#');
    let hashes = after_r.len() - body.len();
    let body = body.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let opening = rest.len() - body.len();
    Some(body.find(&end).map(|at| opening + at + end.len()).ok_or(rest.len()))
}

/// A character in single quotes. One that is not closed on its line is taken
/// to be a stray quote, so that it does not swallow the rest of the text.
fn character(rest: &str) -> Result<usize, usize> {
    let mut chars = rest.char_indices().skip(1);
    // What follows the opening quote is content even if it is a quote itself.
    match chars.next() {
        Some((_, '\\')) => drop(chars.next()),
        Some((_, '\'')) if !rest.starts_with("'''") => return Ok(2),
        _ => {}
    }
    chars.take_while(|&(_, c)| c != '\n').find(|&(_, c)| c == '\'').map(|(at, _)| at + 1).ok_or(1)
}

/// The length of the word that `rest` starts with, at least one character.
fn word(rest: &str) -> usize {
    rest.char_indices()
        .skip(1)
        .find(|&(at, c)| {
            let comment = c == '/' && rest.get(at + 1..).is_some_and(|next| next.starts_with(['/', '*']));
            comment || is_blank(c) || "()[]{},:\"'".contains(c)
        })
        .map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::needless_raw_string_hashes,
        reason = "the hashes keep the raw strings in the text apart from its own"
    )]
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<&str> {
        Tokens::new(text).map(|token| token.of(text)).collect()
    }

    #[test]
    fn comments_and_blanks_are_passed_over() {
        assert_eq!(all("a /* /* b */ c */ d // e\n f"), ["a", "d", "f"]);
    }

    #[test]
    fn strings_keep_their_brackets_to_themselves() {
        let text = r###"("a)\"", r#"b")"#, b"c)", br"d)", ')', '\'', ''', b'(')"###;
        let quoted: Vec<&str> = Tokens::new(text)
            .filter(|token| token.kind == Kind::Quoted)
            .map(|token| token.of(text))
            .collect();
        assert_eq!(
            quoted,
            [r#""a)\"""#, r##"r#"b")"#"##, "b\"c)\"", "br\"d)\"", "')'", "'\\''", "'''", "b'('"]
        );
    }

    #[test]
    fn a_raw_name_is_a_word() {
        assert_eq!(all("r#na-me: 3"), ["r#na-me", ":", "3"]);
    }

    #[test]
    fn an_unclosed_string_runs_to_the_end() {
        let last = Tokens::new("(a: \"b, c").last();
        assert_eq!(last, Some(Token { kind: Kind::Unclosed, start: 4, end: 9 }));
    }

    #[test]
    fn an_unclosed_comment_is_remembered() {
        let mut tokens = Tokens::new("a /* b");
        assert_eq!(tokens.by_ref().count(), 1);
        assert_eq!(tokens.unclosed_comment, Some(2));
    }

    proptest! {
        #[test]
        fn tokens_never_overlap_and_never_split_a_character(text in any::<String>()) {
            let mut last = 0;
            for token in Tokens::new(&text) {
                prop_assert!(token.start >= last && token.end > token.start);
                prop_assert!(text.get(token.span()).is_some());
                last = token.end;
            }
        }
    }
}
