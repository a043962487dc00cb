//! Brackets that are not in pairs. What a parser says of them comes lines later and is about something else, so they are
//! looked for by themselves: by what they close, and by how far lines are indented.

use super::diagnostic::Diagnostic;
use super::tokens::{Kind, Token, Tokens, closer};

/// What is wrong with a text's brackets.
pub(super) struct Unpaired {
    /// Where it shows: from here on, what a parser says is a consequence.
    pub(super) shows: usize,
    pub(super) diagnostic: Diagnostic,
}

/// A token with the line that it stands in, from 1, and how many blanks that line begins with.
#[derive(Clone, Copy)]
struct Placed {
    token: Token,
    line: usize,
    indent: usize,
}

/// The first bracket without its other half; nothing where all are in pairs, or where a quote runs to the end of the text.
pub(super) fn unpaired(text: &str) -> Option<Unpaired> {
    let placed = placed(text);
    if placed.iter().any(|placed| placed.token.kind == Kind::Unclosed) {
        return None;
    }
    let wrong = first_wrong(&placed)?;
    outdented(text, &placed).or_else(|| by_pairs(text, wrong))
}

fn placed(text: &str) -> Vec<Placed> {
    let blanks = |begin: usize| {
        let line = text.get(begin..).unwrap_or_default();
        line.chars().take_while(|c| *c == ' ' || *c == '\t').count()
    };
    let (mut read, mut line, mut indent) = (0, 1, blanks(0));
    let place = |token: Token| {
        let between = text.get(read..token.start).unwrap_or_default();
        if let Some(last) = between.rfind('\n') {
            line += between.matches('\n').count();
            indent = blanks(read + last + 1);
        }
        read = token.start;
        Placed { token, line, indent }
    };
    Tokens::new(text).map(place).collect()
}

/// What does not pair: an opening bracket, the token that does not close it, or both.
type Wrong = (Option<Placed>, Option<Placed>);

fn first_wrong(tokens: &[Placed]) -> Option<Wrong> {
    let mut open: Vec<Placed> = Vec::new();
    for &placed in tokens {
        match placed.token.kind {
            Kind::Open(_) => open.push(placed),
            Kind::Close(bracket) => match open.pop() {
                Some(opened) if closed_by(opened) == bracket => {}
                opened => return Some((opened, Some(placed))),
            },
            _ => {}
        }
    }
    open.pop().map(|opened| (Some(opened), None))
}

/// A line that is indented no more than the line in which the innermost bracket was opened, and does not begin by closing
/// it: there the bracket should have been closed.
fn outdented(text: &str, tokens: &[Placed]) -> Option<Unpaired> {
    // Where not even what is in the first bracket is indented, lines tell nothing.
    let first = tokens.first()?;
    tokens.iter().find(|placed| placed.line > first.line).filter(|placed| placed.indent > first.indent)?;
    let mut open: Vec<Placed> = Vec::new();
    let mut line_before = 0;
    for &placed in tokens {
        if placed.line != line_before
            && let Some(&opened) = open.last()
            && opened.line != placed.line
            && placed.indent <= opened.indent
            && placed.token.kind != Kind::Close(closed_by(opened))
        {
            return Some(never_closed(text, opened, placed));
        }
        line_before = placed.line;
        match placed.token.kind {
            Kind::Open(_) => open.push(placed),
            Kind::Close(_) => drop(open.pop()),
            _ => {}
        }
    }
    None
}

/// What does not pair, where it shows before the end: that a file ends too early, the parser says itself.
fn by_pairs(text: &str, (opened, found): Wrong) -> Option<Unpaired> {
    let found = found?;
    let diagnostic = match opened {
        Some(opened) => {
            let (shown, line) = (opened.token.of(text), opened.line);
            let message = format!("`{}` cannot close the `{shown}` of line {line}", found.token.of(text));
            let expected = format!("`{}` before it or in its place, or nothing here", closed_by(opened));
            Diagnostic::error("", found.token.span(), message).expected(expected)
        }
        None => Diagnostic::error("", found.token.span(), "this bracket closes nothing")
            .expected("as many brackets closed as opened"),
    };
    Some(Unpaired { shows: found.token.start, diagnostic })
}

fn never_closed(text: &str, opened: Placed, before: Placed) -> Unpaired {
    let message = format!("this `{}` is never closed", opened.token.of(text));
    let found: String = before.token.of(text).chars().take(40).collect();
    let expected = format!("a `{}` before the `{found}` of line {}", closed_by(opened), before.line);
    Unpaired {
        shows: before.token.start,
        diagnostic: Diagnostic::error("", opened.token.span(), message).expected(expected),
    }
}

fn closed_by(opened: Placed) -> char {
    if let Kind::Open(bracket) = opened.token.kind { closer(bracket) } else { ')' }
}
