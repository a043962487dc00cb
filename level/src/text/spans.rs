//! Where in a level's text each value stands.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::block::{Block, BlockKind, Node};
use crate::text::path::{Step, steps};
use crate::text::scan::scan;

/// Where each value of a RON text stands, by its path.
///
/// It can be made of any text. Of one that is not RON it locates what it can.
#[derive(Clone, Debug)]
pub struct SpanMap {
    nodes: Vec<Node>,
    length: usize,
}

impl SpanMap {
    /// Locates the values of a text.
    #[must_use]
    pub fn scan(text: &str) -> SpanMap {
        SpanMap { nodes: scan(text), length: text.len() }
    }

    /// The bytes of the value at `path`; the empty path is the whole value.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Range<usize>> {
        self.find(path).map(|node| node.value.clone())
    }

    /// The bytes of the name of the value at `path`, if it has one.
    #[must_use]
    pub fn key(&self, path: &str) -> Option<Range<usize>> {
        self.find(path)?.key.clone()
    }

    /// The brackets of the value at `path`, if it has any.
    #[must_use]
    pub fn block(&self, path: &str) -> Option<&Block> {
        self.find(path)?.block.as_deref()
    }

    /// The keys of maps that are given again: the path, where the key stands first, and where it stands again.
    #[must_use]
    pub fn repeated(&self) -> Vec<(String, Range<usize>, Range<usize>)> {
        let mut found = Vec::new();
        self.look_for_repeated(0, "", &mut found);
        found
    }

    fn look_for_repeated(
        &self,
        node: usize,
        path: &str,
        found: &mut Vec<(String, Range<usize>, Range<usize>)>,
    ) {
        let Some(node) = self.nodes.get(node) else { return };
        let is_map = node.block.as_deref().is_some_and(|block| block.kind == BlockKind::Map);
        let mut first: BTreeMap<&str, Range<usize>> = BTreeMap::new();
        for (step, child) in &node.children {
            let mut inside = path.to_owned();
            step.append_to(&mut inside);
            let key = self.nodes.get(*child).and_then(|child| child.key.clone());
            if let (true, Step::Name(name), Some(key)) = (is_map, step, key) {
                match first.get(name.as_str()) {
                    Some(before) => found.push((inside.clone(), before.clone(), key)),
                    None => {
                        first.insert(name, key);
                    }
                }
            }
            self.look_for_repeated(*child, &inside, found);
        }
    }

    /// The paths of the values directly inside the one at `path`, in the order
    /// of the text: how tests walk a whole map.
    #[cfg(test)]
    pub fn children(&self, path: &str) -> impl Iterator<Item = String> {
        let parent = path.to_owned();
        let children = self.find(path).map(|node| node.children.as_slice()).unwrap_or_default();
        children.iter().map(move |(step, _)| {
            let mut path = parent.clone();
            step.append_to(&mut path);
            path
        })
    }

    /// The longest start of `path` that exists, with the bytes of its value.
    #[must_use]
    pub fn nearest_ancestor(&self, path: &str) -> (String, Range<usize>) {
        let mut found = String::new();
        let mut node = 0;
        // Of a path that is broken at the end, the start can still be used.
        let broken = |_| {
            let mut cut = path.char_indices().rev().filter(|&(_, c)| matches!(c, '.' | '['));
            cut.find_map(|(at, _)| steps(path.get(..at)?).ok()).unwrap_or_default()
        };
        for step in steps(path).unwrap_or_else(broken) {
            let Some(child) = self.child(node, &step) else {
                break;
            };
            step.append_to(&mut found);
            node = child;
        }
        (found, self.span(node))
    }

    /// The innermost value at a byte of the text, its name included.
    #[must_use]
    pub fn at(&self, offset: usize) -> (String, Range<usize>) {
        let mut path = String::new();
        let mut node = 0;
        while let Some((step, child)) = self.child_at(node, offset) {
            step.append_to(&mut path);
            node = child;
        }
        (path, self.span(node))
    }

    fn child_at(&self, node: usize, offset: usize) -> Option<(&Step, usize)> {
        let children = &self.nodes.get(node)?.children;
        let next = children.partition_point(|&(_, child)| self.start(child) <= offset);
        let (step, child) = children.get(next.checked_sub(1)?)?;
        (offset < self.nodes.get(*child)?.value.end).then_some((step, *child))
    }

    fn start(&self, node: usize) -> usize {
        self.nodes.get(node).map_or(0, |node| node.key.as_ref().map_or(node.value.start, |key| key.start))
    }

    fn span(&self, node: usize) -> Range<usize> {
        let value = self.nodes.get(node).map(|node| node.value.clone());
        value.filter(|value| !value.is_empty()).unwrap_or(0..self.length)
    }

    /// The value numbered `node`; the whole is number 0.
    pub(super) fn node(&self, node: usize) -> Option<&Node> {
        self.nodes.get(node)
    }

    /// The number of the value that one step leads to.
    pub(super) fn child(&self, node: usize, step: &Step) -> Option<usize> {
        let node = self.nodes.get(node)?;
        match step {
            Step::Name(name) => node.named.get(name).copied(),
            Step::Index(index) => {
                let (found, child) = node.children.get(*index)?;
                (found == step).then_some(*child)
            }
        }
    }

    fn find(&self, path: &str) -> Option<&Node> {
        let mut node = 0;
        for step in steps(path).ok()? {
            node = self.child(node, &step)?;
        }
        self.nodes.get(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text of the value at `path`.
    fn value<'t>(text: &'t str, path: &str) -> Option<&'t str> {
        text.get(SpanMap::scan(text).get(path)?)
    }

    const LEVEL: &str = r##"#![enable(implicit_some)]
// A comment with (brackets: and "quotes".
Level(
    setup: (turns: 12 /* a /* nested */ one */, name: "a \"(b\" c"),
    platforms: [
        (id: "north", take_rate: 0.3),
        Platform(id: r#"so"uth"#, take_rate: -1.5e3,),
    ],
    holders: {"tier-1": 0.9, 'c': 1, Textbook: 2, (1, 2): 3, "a b": 4},
    services: [Wallet(id: "x"), Some((deep: [1, 2])), Num(5), Two(1, (2)), Textbook],
    r#odd: Some(3),
    pair: (1.0, b'('),
    unit: (),
)
"##;

    #[test]
    fn every_value_has_its_path() {
        for (path, wanted) in [
            ("setup.turns", "12"),
            ("setup.name", r#""a \"(b\" c""#),
            ("platforms[0].take_rate", "0.3"),
            ("platforms[1].id", r##"r#"so"uth"#"##),
            ("platforms[1].take_rate", "-1.5e3"),
            ("holders.tier-1", "0.9"),
            ("holders[\"'c'\"]", "1"),
            ("holders.Textbook", "2"),
            ("holders[\"(1, 2)\"]", "3"),
            ("holders[\"a b\"]", "4"),
            ("services[0].id", "\"x\""),
            ("services[0]", "Wallet(id: \"x\")"),
            ("services[1].deep[1]", "2"),
            ("services[2]", "Num(5)"),
            ("services[3][0]", "1"),
            ("services[3][1][0]", "2"),
            ("services[4]", "Textbook"),
            ("odd", "Some(3)"),
            ("pair[1]", "b'('"),
            ("unit", "()"),
        ] {
            assert_eq!(value(LEVEL, path), Some(wanted), "{path}");
        }
        for absent in ["setup.turn", "platforms[2]", "services[2][0]", "platforms.north", "a..b"] {
            assert_eq!(value(LEVEL, absent), None, "{absent}");
        }
    }

    #[test]
    fn names_have_spans_too() {
        let map = SpanMap::scan(LEVEL);
        let key = |path: &str| map.key(path).and_then(|span| LEVEL.get(span));
        assert_eq!(key("platforms[1].take_rate"), Some("take_rate"));
        assert_eq!(key("holders.tier-1"), Some("\"tier-1\""));
        assert_eq!(key("odd"), Some("r#odd"));
        assert_eq!(key("platforms[1]"), None);
    }

    #[test]
    fn blocks_know_their_kind_and_their_end() {
        let text = "(a: [1, 2,], b: {}, c: Wrap(x: 1), d: (1, 2))";
        let map = SpanMap::scan(text);
        let block = |path: &str| {
            let block = map.block(path)?;
            let close = text.get(block.close..=block.close)?;
            Some((block.kind, close, block.trailing_comma.is_some(), block.empty))
        };
        assert_eq!(block(""), Some((BlockKind::Struct, ")", false, false)));
        assert_eq!(block("a"), Some((BlockKind::List, "]", true, false)));
        assert_eq!(block("b"), Some((BlockKind::Map, "}", false, true)));
        assert_eq!(block("c"), Some((BlockKind::Struct, ")", false, false)));
        assert_eq!(block("d"), Some((BlockKind::List, ")", false, false)));
        assert_eq!(block("c.x"), None);
    }

    #[test]
    fn an_absent_path_has_its_longest_present_start() {
        let map = SpanMap::scan("(a: (b: 1))");
        assert_eq!(map.nearest_ancestor("a.c.d"), ("a".to_owned(), 4..10));
        assert_eq!(map.nearest_ancestor("a.b"), ("a.b".to_owned(), 8..9));
        assert_eq!(map.nearest_ancestor("a.b[x"), ("a.b".to_owned(), 8..9));
        assert_eq!(map.nearest_ancestor("x"), (String::new(), 0..11));
        assert_eq!(SpanMap::scan("  ").nearest_ancestor("x"), (String::new(), 0..2));
    }

    #[test]
    fn a_byte_belongs_to_the_innermost_value_around_it() {
        let map = SpanMap::scan("(a: [(b: 10), 2])");
        assert_eq!(map.at(10), ("a[0].b".to_owned(), 9..11));
        assert_eq!(map.at(6).0, "a[0].b");
        assert_eq!(map.at(4).0, "a");
        assert_eq!(map.at(99).0, "");
    }

    #[test]
    fn deep_nesting_is_passed_over_without_recursion() {
        for bracket in ["[", "(", "{", "Some("] {
            let text = format!("(a: {}, b: 1)", bracket.repeat(10_000));
            assert_eq!(value(&text, "a[0][0]").is_some(), bracket == "[" || bracket == "(");
        }
        let text = format!("(a: {}{}, b: 1)", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(value(&text, "b"), Some("1"));
    }

    #[test]
    fn windows_line_ends_and_a_byte_order_mark_are_no_part_of_values() {
        assert_eq!(value("\u{feff}(\r\n  a: 1\r\n)\r\n", "a"), Some("1"));
        assert_eq!(value("\u{feff}(a: 1)", ""), Some("(a: 1)"));
    }

    proptest! {
        #[test]
        fn any_text_can_be_scanned(text in any::<String>()) {
            check(&text)?;
        }

        #[test]
        fn any_heap_of_brackets_can_be_scanned(text in "[()\\[\\]{},:a\"'r#b/*\\\\\n é1]{0,60}") {
            check(&text)?;
        }
    }

    /// Every path found leads to a span inside the text and its parent.
    fn check(text: &str) -> Result<(), TestCaseError> {
        let map = SpanMap::scan(text);
        let mut paths = vec![String::new()];
        while let Some(path) = paths.pop() {
            let span = map.get(&path);
            prop_assert!(span.and_then(|span| text.get(span)).is_some(), "{:?}", path);
            prop_assert!(map.key(&path).is_none_or(|key| text.get(key).is_some()));
            paths.extend(map.children(&path));
        }
        for offset in 0..=text.len() {
            let (path, span) = map.at(offset);
            prop_assert!(path.is_empty() || span.start <= text.len());
        }
        Ok(())
    }
}
