//! What is wrong with a level file, and where.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::position::line_and_column;

/// A line longer than this is shown only around the place that matters.
const LONG_LINE: usize = 200;
/// How many characters of a long line are shown before the place.
const SHOWN_BEFORE: usize = 40;
/// How many characters of a long line are shown from the place on.
const SHOWN_AFTER: usize = 80;
/// Names longer than this are not compared letter by letter.
const LONGEST_NAME: usize = 100;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The level cannot be used.
    Error,
    /// The level can be used, but probably not as its author meant it.
    Warning,
}

/// One finding about a level file, for its author to act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The value it is about, like `platforms[1].take_rate`; empty for the whole file.
    pub path: String,
    /// The bytes of the text it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What would have been right.
    pub expected: Option<String>,
    /// What was probably meant, ready to be written in place of what is there.
    pub suggestion: Option<String>,
}

impl Diagnostic {
    /// A finding that makes the level unusable.
    #[must_use]
    pub fn error(path: impl Into<String>, span: Range<usize>, message: impl Into<String>) -> Self {
        Diagnostic {
            severity: Severity::Error,
            path: path.into(),
            span,
            message: message.into(),
            expected: None,
            suggestion: None,
        }
    }

    /// A finding that leaves the level usable.
    #[must_use]
    pub fn warning(path: impl Into<String>, span: Range<usize>, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Self::error(path, span, message) }
    }

    /// Adds what would have been right.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Adds what was probably meant.
    #[must_use]
    pub fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }
}

/// A level file that cannot be used, with everything found in it.
///
/// Shown as text, each finding comes with the line it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelError {
    /// The name of the file.
    pub file: String,
    /// What the file says.
    pub text: String,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl std::error::Error for LevelError {}

impl fmt::Display for LevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            self.show(diagnostic, f)?;
        }
        Ok(())
    }
}

impl LevelError {
    /// Where a span starts: its line and its column in characters, both from 1.
    ///
    /// A byte order mark does not count as a column.
    #[must_use]
    pub fn line_column(&self, span: &Range<usize>) -> (usize, usize) {
        line_and_column(&self.text, boundary(&self.text, span.start))
    }

    fn show(&self, diagnostic: &Diagnostic, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column(&diagnostic.span);
        let (source, span) = excerpt(&self.text, &diagnostic.span);
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let note = |name: &'static str| Level::NOTE.with_name(name);
        let mut group = Group::with_title(level.primary_title(printable(&diagnostic.message)))
            .element(Snippet::source(source).line_start(line).annotation(AnnotationKind::Primary.span(span)));
        if !diagnostic.path.is_empty() {
            let path = format!("`{}`", printable(&diagnostic.path));
            group = group.element(note("at").message(path));
        }
        if let Some(expected) = &diagnostic.expected {
            group = group.element(note("expected").message(printable(expected)));
        }
        if let Some(suggestion) = &diagnostic.suggestion {
            let question = format!("did you mean `{}`?", printable(suggestion));
            group = group.element(Level::HELP.message(question));
        }
        let shown = Renderer::plain().term_width(LONG_LINE).render(&[group]);
        // The renderer would count the column in the excerpt, so the place is
        // written here, under the message.
        let (title, rest) = shown.split_once('\n').unwrap_or((&shown, ""));
        let (file, indent) = (printable(&self.file), line.to_string().len());
        write!(f, "{title}\n{:indent$}--> {file}:{line}:{column}\n{rest}", "")
    }
}

/// The candidate that `found` was probably meant to be.
///
/// Spelling out a difference of more than a third of the letters would be
/// guessing, so then there is none. Case does not count as a difference.
pub fn nearest<'a>(found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = found.chars().count();
    if length == 0 || length > LONGEST_NAME {
        return None;
    }
    let lower = found.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| *candidate != found)
        .filter_map(|candidate| {
            let longest = candidate.chars().count().max(length);
            if longest > LONGEST_NAME {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance < longest && distance <= longest.max(3) / 3).then_some((distance, candidate))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// The last place at or before `at` where the text can be cut.
fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// The first line that `span` touches and where in it the span lies, both cut
/// down if the line is very long.
fn excerpt(text: &str, span: &Range<usize>) -> (String, Range<usize>) {
    let start = boundary(text, span.start);
    let (before, after) = text.split_at_checked(start).unwrap_or((text, ""));
    let before = before.rsplit('\n').next().unwrap_or_default();
    let before = before.trim_start_matches('\u{feff}');
    let after = after.split('\n').next().unwrap_or_default();
    let after = after.strip_suffix('\r').unwrap_or(after);
    let marked = boundary(after, span.end.saturating_sub(start));
    let (marked, after) = after.split_at_checked(marked).unwrap_or((after, ""));

    let mut left = (String::new(), before);
    let mut marked = (marked, "");
    let mut right = (after, "");
    let length = before.chars().count() + marked.0.chars().count() + after.chars().count();
    if length > LONG_LINE {
        if let Some((at, _)) = before.char_indices().rev().nth(SHOWN_BEFORE) {
            left = ("...".to_owned(), before.get(at..).unwrap_or_default());
        }
        marked = cut(marked.0, SHOWN_AFTER);
        // Behind a span that is cut off itself nothing more can be shown.
        right = if marked.1.is_empty() { cut(after, SHOWN_AFTER) } else { ("", marked.1) };
    }
    let mut line = left.0 + &without_controls(left.1);
    let from = line.len();
    line += &without_controls(marked.0);
    let span = from..line.len();
    line += &without_controls(right.0);
    line += right.1;
    (line, span)
}

/// The first `limit` characters, and dots if there are more.
fn cut(text: &str, limit: usize) -> (&str, &'static str) {
    match text.char_indices().nth(limit) {
        Some((at, _)) => (text.get(..at).unwrap_or_default(), "..."),
        None => (text, ""),
    }
}

/// The renderer has signs for the ASCII control characters but would let the
/// later ones through to the terminal.
fn without_controls(text: &str) -> String {
    text.replace(|c: char| c.is_control() && !c.is_ascii(), "\u{fffd}")
}

/// A text as it can be shown on one line of a terminal.
fn printable(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrong(text: &str, span: Range<usize>) -> LevelError {
        LevelError {
            file: "duel.ron".to_owned(),
            text: text.to_owned(),
            diagnostics: vec![Diagnostic::error("a", span, "wrong")],
        }
    }

    #[test]
    fn a_finding_is_shown_with_its_line_path_and_advice() {
        let text = "(\n    platforms: [\n        (take_rat: 0.1),\n    ],\n)\n";
        let error = LevelError {
            file: "duel.ron".to_owned(),
            text: text.to_owned(),
            diagnostics: vec![
                Diagnostic::error("platforms[0].take_rat", 28..36, "unknown field `take_rat`")
                    .expected("one of `id`, `take_rate`")
                    .suggest("take_rate"),
                Diagnostic::warning("", 0..1, "this level has no goal"),
            ],
        };
        assert_eq!(
            error.to_string(),
            "\
error: unknown field `take_rat`
 --> duel.ron:3:10
  |
3 |         (take_rat: 0.1),
  |          ^^^^^^^^
  |
  = at: `platforms[0].take_rat`
  = expected: one of `id`, `take_rate`
  = help: did you mean `take_rate`?

warning: this level has no goal
 --> duel.ron:1:1
  |
1 | (
  | ^"
        );
    }

    #[test]
    fn a_span_over_several_lines_is_marked_on_its_first() {
        let shown = wrong("(\n  a: (\n    b: 1,\n  ),\n)", 7..20).to_string();
        assert!(shown.contains("2 |   a: (\n  |      ^\n"), "{shown}");
        assert!(!shown.contains("b: 1"), "{shown}");
    }

    #[test]
    fn the_end_of_the_file_can_be_pointed_at() {
        assert!(wrong("(a: 1", 5..5).to_string().contains("1 | (a: 1\n  |      ^"));
        assert!(wrong("(a: 1", 90..95).to_string().contains("duel.ron:1:6"));
        assert!(wrong("(a: 1\n", 6..6).to_string().contains("duel.ron:2:1"));
        assert!(wrong("", 0..0).to_string().contains("duel.ron:1:1"));
    }

    #[test]
    fn an_empty_span_has_one_caret() {
        let shown = wrong("(a: 1 b: 2)", 5..5).to_string();
        assert!(shown.contains("1 | (a: 1 b: 2)\n  |      ^\n"), "{shown}");
    }

    #[test]
    fn a_very_long_line_is_shown_around_the_place() {
        let text = format!("({}here: 1,{})", "a: 1, ".repeat(500), "b: 2, ".repeat(500));
        let at = text.find("here").unwrap_or_default();
        let shown = wrong(&text, at..at + 4).to_string();
        assert!(shown.contains("here: 1"), "{shown}");
        assert!(shown.contains("-->"), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() < 140), "{shown}");
    }

    #[test]
    fn columns_count_characters_and_not_the_byte_order_mark() {
        let error = wrong("\u{feff}(a: \"é😀\", b: 1)\r\n", 0..0);
        let at = error.text.find("b:").unwrap_or_default();
        assert_eq!(error.line_column(&(at..at)), (1, 11));
        let shown = wrong(&error.text, at..at + 1).to_string();
        assert!(shown.contains("duel.ron:1:11"), "{shown}");
        assert!(!shown.contains('\r'), "{shown}");
    }

    #[test]
    fn a_near_miss_is_recognised() {
        let names = ["id", "take_rate", "cash"];
        assert_eq!(nearest("take_rat", names), Some("take_rate"));
        assert_eq!(nearest("TAKE_RATE", names), Some("take_rate"));
        assert_eq!(nearest("take-rate", names), Some("take_rate"));
        assert_eq!(nearest("csah", names), Some("cash"));
    }

    #[test]
    fn something_else_altogether_is_not_a_near_miss() {
        assert_eq!(nearest("budget", ["id", "take_rate", "cash"]), None);
        assert_eq!(nearest("", ["id"]), None);
        assert_eq!(nearest("a", ["b"]), None);
        assert_eq!(nearest("cash", ["cash"]), None);
        assert_eq!(nearest(&"a".repeat(10_000), ["a"]), None);
    }

    proptest! {
        #[test]
        fn any_span_of_any_text_can_be_shown(
            text in "(?s).{0,300}", start in 0_usize..700, len in 0_usize..50, message in any::<String>(),
        ) {
            let error = LevelError {
                file: message.clone(),
                text,
                diagnostics: vec![
                    Diagnostic::error(message.clone(), start..start + len, message.clone())
                        .expected(message.clone())
                        .suggest(message),
                ],
            };
            let shown = error.to_string();
            prop_assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{:?}", shown);
        }
    }
}
