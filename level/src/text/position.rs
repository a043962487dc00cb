//! Lines and columns of a text, and the bytes that they stand for.

use ron::error::{Position, Span};

/// Line and column of a byte, in characters from 1 on. A byte order mark is no column.
pub(super) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, body(line).chars().count() + 1)
}

/// The bytes of a span that is given in lines and characters.
pub(super) fn span_bytes(text: &str, span: &Span) -> (usize, usize) {
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

/// The text without the byte order mark that some editors put first.
pub(super) fn body(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let text = "\u{feff}one\n\u{e9}two";
        let places = ["one", "two"].map(|word| line_and_column(text, text.find(word).expect("it is there")));
        assert_eq!(places, [(1, 1), (2, 2)]);
    }
}
