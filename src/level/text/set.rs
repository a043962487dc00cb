//! Changing one value of a level file and nothing else in it.

pub use super::assignment::SetError;
use super::assignment::one_value;
use super::block::{Block, BlockKind, Node};
use super::diagnostic::nearest;
use super::path::{Step, join, steps, written};
use super::spans::SpanMap;
use super::tokens;

/// The indentation of a field that has no neighbours to follow.
const INDENT: &str = "    ";

/// Sets one value in the text of a level, as `path=value` says.
///
/// An element of a list can be named by its index, `platforms[0].cash=5`, or by
/// its field `id`, `platforms.north.cash=5`. A field that is not there is added
/// to its struct, together with the structs on the way to it, and an entry to
/// its map. All the rest of the text stays as it is, to the byte.
///
/// # Errors
///
/// If the assignment is not of that form, its value is not exactly one value,
/// or its path leads to an element that is not there.
pub fn set(text: &str, assignment: &str) -> Result<String, SetError> {
    let change = Change::read(text, assignment)?;
    let (path, edits) = change.edits()?;
    let mut changed = text.to_owned();
    // From the last to the first, so that the earlier places stay where they are.
    for edit in edits.iter().rev() {
        changed.replace_range(edit.from..edit.to, &edit.text);
    }
    // Whatever the text around it, the value must come out as it went in.
    let map = SpanMap::scan(&changed);
    let read = map.get(&path).and_then(|span| changed.get(span));
    if read == Some(change.value) {
        Ok(changed)
    } else {
        Err(SetError::Unsafe { assignment: assignment.to_owned(), path })
    }
}

/// New text for some bytes.
struct Edit {
    from: usize,
    to: usize,
    text: String,
}

struct Change<'t> {
    text: &'t str,
    assignment: &'t str,
    steps: Vec<Step>,
    value: &'t str,
    map: SpanMap,
}

impl<'t> Change<'t> {
    fn read(text: &'t str, assignment: &'t str) -> Result<Self, SetError> {
        let mut quoted = false;
        let equals = assignment.find(|c| {
            quoted ^= c == '"';
            c == '=' && !quoted
        });
        let Some((path, value)) = equals.and_then(|at| assignment.split_at_checked(at)) else {
            return Err(SetError::NoEquals { assignment: assignment.to_owned() });
        };
        let bad_path = |reason| SetError::BadPath { assignment: assignment.to_owned(), reason };
        let steps = steps(path.trim()).map_err(bad_path)?;
        if steps.is_empty() {
            return Err(bad_path("the path is empty".to_owned()));
        }
        let value = value.strip_prefix('=').unwrap_or_default().trim();
        if let Err(reason) = one_value(value) {
            return Err(SetError::BadValue { assignment: assignment.to_owned(), reason });
        }
        Ok(Change { text, assignment, steps, value, map: SpanMap::scan(text) })
    }

    /// The path of the value with indices in place of ids, and the edits.
    fn edits(&self) -> Result<(String, Vec<Edit>), SetError> {
        let mut node = 0;
        let mut path = String::new();
        for (at, step) in self.steps.iter().enumerate() {
            let Some((found, child)) = self.child(node, &path, step)? else {
                return self.insert(node, &path, self.steps.get(at..).unwrap_or_default());
            };
            found.append_to(&mut path);
            node = child;
        }
        let span = self.map.get(&path).unwrap_or_default();
        let edit = Edit { from: span.start, to: span.end, text: self.value.to_owned() };
        Ok((path, vec![edit]))
    }

    /// The child one step on, or `None` if it can be added.
    fn child(&self, node: usize, path: &str, step: &Step) -> Result<Option<(Step, usize)>, SetError> {
        if let Some(child) = self.map.child(node, step) {
            return Ok(Some((step.clone(), child)));
        }
        let Some(inside) = self.map.node(node) else {
            return Ok(None);
        };
        match (inside.block.as_ref().map(|block| block.kind), step) {
            (Some(BlockKind::List), Step::Name(id)) => match self.by_id(inside, id) {
                Some(found) => Ok(Some(found)),
                None => Err(self.no_element(inside, path, step)),
            },
            (Some(_), Step::Index(_)) => Err(self.no_element(inside, path, step)),
            (Some(_), Step::Name(_)) => Ok(None),
            (None, Step::Name(_)) if self.text_of(inside) == "None" => Ok(None),
            (None, _) => Err(SetError::NothingInside {
                assignment: self.assignment.to_owned(),
                path: path.to_owned(),
                found: self.text_of(inside).to_owned(),
            }),
        }
    }

    fn text_of(&self, node: &Node) -> &'t str {
        self.text.get(node.value.clone()).unwrap_or_default()
    }

    /// The element of a list whose field `id` is this.
    fn by_id(&self, list: &Node, id: &str) -> Option<(Step, usize)> {
        let mut elements = list.children.iter();
        elements.find(|(_, child)| self.id(*child).is_some_and(|found| found == id)).cloned()
    }

    fn id(&self, element: usize) -> Option<String> {
        let id = self.map.child(element, &Step::Name("id".to_owned()))?;
        let written = self.text_of(self.map.node(id)?);
        Some(tokens::unquote(written).unwrap_or_else(|| written.to_owned()))
    }

    fn no_element(&self, inside: &Node, path: &str, step: &Step) -> SetError {
        let children = inside.children.iter();
        let available: Vec<(Step, String)> = match step {
            Step::Name(_) => children
                .map(|(index, child)| match self.id(*child) {
                    Some(id) => (Step::Name(id.clone()), id),
                    None => (index.clone(), String::new()),
                })
                .collect(),
            Step::Index(_) => children.map(|(step, _)| (step.clone(), String::new())).collect(),
        };
        let at = |step: &Step| {
            let mut path = path.to_owned();
            step.append_to(&mut path);
            path
        };
        let meant = match step {
            Step::Name(id) => nearest(id, available.iter().map(|(_, id)| id.as_str())),
            Step::Index(_) => None,
        };
        SetError::NoElement {
            assignment: self.assignment.to_owned(),
            path: at(step),
            suggestion: meant.map(|id| join(path, id)),
            available: available.iter().map(|(step, _)| at(step)).collect(),
        }
    }

    /// Adds the first of `missing` to the value `node` at `path`, with the
    /// others inside it.
    fn insert(&self, node: usize, path: &str, missing: &[Step]) -> Result<(String, Vec<Edit>), SetError> {
        let unsafe_here =
            || SetError::Unsafe { assignment: self.assignment.to_owned(), path: path.to_owned() };
        let parent = self.map.node(node).ok_or_else(unsafe_here)?;
        let (Some(first), rest) = (missing.first(), missing.get(1..).unwrap_or_default()) else {
            return Err(unsafe_here());
        };
        let mut value = self.value.to_owned();
        for step in rest.iter().rev() {
            value = format!("({}: {value})", self.field(step)?);
        }
        let mut full = path.to_owned();
        for step in missing {
            step.append_to(&mut full);
        }
        let Some(block) = &parent.block else {
            // It is `None`, and becomes the struct that has the field.
            let text = format!("({}: {value})", self.field(first)?);
            return Ok((full, vec![Edit { from: parent.value.start, to: parent.value.end, text }]));
        };
        let entry = match block.kind {
            BlockKind::Map => format!("{}: {value}", self.map_key(parent, first)?),
            BlockKind::Struct | BlockKind::List => format!("{}: {value}", self.field(first)?),
        };
        Ok((full, self.insertion(parent, block, &entry)))
    }

    /// The name of a field as it is written in a struct.
    fn field<'s>(&self, step: &'s Step) -> Result<&'s str, SetError> {
        match step {
            Step::Name(name) if tokens::is_name(name) => Ok(name),
            _ => Err(SetError::BadPath {
                assignment: self.assignment.to_owned(),
                reason: format!("`{}` cannot be added as a field", written(std::slice::from_ref(step))),
            }),
        }
    }

    /// A key as the other keys of the map are written, quoted or not.
    fn map_key(&self, map: &Node, step: &Step) -> Result<String, SetError> {
        let Step::Name(name) = step else {
            return self.field(step).map(str::to_owned);
        };
        let keys = map.children.iter().filter_map(|(_, child)| self.map.node(*child)?.key.clone());
        let bare = keys.take(1).any(|key| {
            let first = self.text.get(key).unwrap_or_default();
            !first.starts_with(['"', 'r'])
        });
        match one_value(name) {
            Ok(()) if bare => Ok(name.clone()),
            _ => Ok(format!("{name:?}")),
        }
    }

    /// The edits that put an entry behind the last one of a block: on a line of
    /// its own if the closing bracket is on one, otherwise on the same line.
    fn insertion(&self, parent: &Node, block: &Block, entry: &str) -> Vec<Edit> {
        let add = |at: usize, text: String| Edit { from: at, to: at, text };
        let last = parent.children.last().and_then(|(_, child)| self.map.node(*child));
        let behind_last = last.map_or(block.open, |last| last.value.end);
        let (line, indent) = self.line_of(block.close);
        if line < block.open {
            let text = match block.trailing_comma {
                Some(comma) => return vec![add(comma, format!(" {entry},"))],
                None if last.is_some() => format!(", {entry}"),
                None => entry.to_owned(),
            };
            return vec![add(behind_last, text)];
        }
        let mut edits = Vec::new();
        if last.is_some() && block.trailing_comma.is_none() {
            edits.push(add(behind_last, ",".to_owned()));
        }
        let neighbour = last.map(|last| {
            let start = last.key.as_ref().map_or(last.value.start, |key| key.start);
            self.line_of(start)
        });
        let indent = match neighbour {
            Some((start, indent)) if start > block.open => indent.to_owned(),
            _ => format!("{indent}{INDENT}"),
        };
        let before = self.text.get(..line).unwrap_or_default();
        let end = if before.ends_with("\r\n") { "\r\n" } else { "\n" };
        edits.push(add(line, format!("{indent}{entry},{end}")));
        edits
    }

    /// Where the line of a byte starts and the blanks it starts with, if there
    /// is nothing else between; otherwise the start of the text.
    fn line_of(&self, at: usize) -> (usize, &'t str) {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        match before.get(line..) {
            Some(blanks) if blanks.trim().is_empty() => (line, blanks),
            _ => (0, ""),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed change is a failed test")]
    use super::*;
    use proptest::prelude::*;

    const LEVEL: &str = "\
// A level.
(
    market: (habit: 1, churn: 0.1), // inline
    platforms: [
        (
            id: \"north\",
            cash: 5e9 /* rich */
            // no more
        ),
        (id: \"south\", take_rates: {\"goods\": 0.1}),
    ],
    holders: {},
    policy: None,
    kind: Some(Textbook),
)
";

    /// Asserts that `assignment` turns `from` into `to` and nothing else.
    fn changes(assignment: &str, from: &str, to: &str) {
        assert_eq!(LEVEL.matches(from).count(), 1, "{from}");
        assert_eq!(set(LEVEL, assignment), Ok(LEVEL.replace(from, to)), "{assignment}");
    }

    fn refuses(assignment: &str) -> String {
        let message = set(LEVEL, assignment).unwrap_err().to_string();
        assert!(message.starts_with(&format!("`{assignment}`: ")), "{message}");
        assert!(message.contains("expected "), "{message}");
        message
    }

    #[test]
    fn a_value_is_replaced_in_place() {
        changes("market.habit=2", "habit: 1", "habit: 2");
        changes(" market.habit = 2 ", "habit: 1", "habit: 2");
        changes("platforms[0].cash=-1", "5e9", "-1");
        changes("kind=Other", "Some(Textbook)", "Other");
        changes("kind=Wallet(id: \"a, b\")", "Some(Textbook)", "Wallet(id: \"a, b\")");
        changes("holders={\"a\": [1, (2)]}", "{}", "{\"a\": [1, (2)]}");
    }

    #[test]
    fn an_element_can_be_named_by_its_id() {
        changes("platforms.north.cash=5", "5e9", "5");
        changes("platforms.south.take_rates.goods=0.04", "0.1}", "0.04}");
    }

    #[test]
    fn an_absent_field_is_added_where_the_others_are() {
        changes("market.fee=3", "churn: 0.1)", "churn: 0.1, fee: 3)");
        changes("setup=1", "Textbook),\n", "Textbook),\n    setup: 1,\n");
        changes(
            "platforms.north.share=0.5",
            "5e9 /* rich */\n            // no more\n",
            "5e9, /* rich */\n            // no more\n            share: 0.5,\n",
        );
    }

    #[test]
    fn absent_structs_on_the_way_are_added() {
        changes("setup.turns=12", "Textbook),\n", "Textbook),\n    setup: (turns: 12),\n");
        changes("a.b.c=1", "Textbook),\n", "Textbook),\n    a: (b: (c: 1)),\n");
        changes("policy.tax.rate=1", "None", "(tax: (rate: 1))");
    }

    #[test]
    fn an_absent_entry_is_added_to_its_map() {
        changes("holders.tier-1=0.9", "{}", "{\"tier-1\": 0.9}");
        changes("holders[\"a = b\"]=0.9", "{}", "{\"a = b\": 0.9}");
        changes("platforms[1].take_rates.ads=0.2", "0.1}", "0.1, \"ads\": 0.2}");
        assert_eq!(set("(m: {A: 1})", "m.B=2").unwrap(), "(m: {A: 1, B: 2})");
        assert_eq!(set("(m: {\"A\": 1,})", "m.B=2").unwrap(), "(m: {\"A\": 1, \"B\": 2,})");
    }

    #[test]
    fn an_empty_level_gets_its_first_field() {
        assert_eq!(set("()", "a.b=1").unwrap(), "(a: (b: 1))");
        assert_eq!(set("\u{feff}Level(\n)\n", "a=1").unwrap(), "\u{feff}Level(\n    a: 1,\n)\n");
    }

    #[test]
    fn windows_line_ends_stay_as_they_are() {
        assert_eq!(set("(\r\n  a: 1\r\n)\r\n", "b=2").unwrap(), "(\r\n  a: 1,\r\n  b: 2,\r\n)\r\n");
    }

    #[test]
    fn an_absent_element_is_refused_with_those_there_are() {
        assert_eq!(
            refuses("platforms.nort.cash=5"),
            "`platforms.nort.cash=5`: there is no `platforms.nort`; expected one of \
             `platforms.north`, `platforms.south`; did you mean `platforms.north`?"
        );
        assert_eq!(
            refuses("platforms[2].cash=5"),
            "`platforms[2].cash=5`: there is no `platforms[2]`; expected one of \
             `platforms[0]`, `platforms[1]`"
        );
    }

    #[test]
    fn what_is_not_an_assignment_is_refused() {
        assert!(refuses("market.habit").contains("there is no `=`"));
        assert!(refuses("=5").contains("the path is empty"));
        assert!(refuses("a..b=5").contains("empty"));
        assert!(refuses("market.habit=").contains("the value is empty"));
        assert!(refuses("kind.x=1").contains("`kind` is `Some(Textbook)`"));
        assert!(refuses("market: 5, x=1").contains("cannot be added as a field"));
        assert!(refuses("new[0]=1").contains("`[0]` cannot be added as a field"));
    }

    #[test]
    fn a_value_cannot_bring_other_fields_along() {
        for value in [
            "1, churn: 2",
            "1)",
            "(1",
            "[1)",
            "\"a",
            "1 2",
            "a: 1",
            "// x",
            "1 // x",
            "1 /* x */",
            "/* x",
            ",",
            ":",
            "(a: 1) (b: 2)",
            "5 (1)",
            "'",
            "\"a\" \"b\"",
            "[1], [2]",
        ] {
            refuses(&format!("market.habit={value}"));
        }
    }

    #[test]
    fn deep_nesting_is_refused_without_recursion() {
        let deep = "[".repeat(10_000);
        refuses(&format!("market.habit={deep}"));
        assert!(set(&deep, "a=1").is_err());
        assert!(set("(a: 1)", &format!("a={deep}{}", "]".repeat(10_000))).is_ok());
    }

    proptest! {
        #[test]
        fn what_was_set_can_be_read_back(
            path in "(market\\.[a-z]{1,5}|platforms\\.(north|south)\\.[a-z]{1,5}|holders\\.[a-z]{1,3}|[f-j]{2})",
            value in "(-?[0-9]{1,4}(\\.[0-9]{1,3})?|\"[a-z ,():é]{0,6}\"|[A-Z][a-z]{0,5}(\\([0-9]\\))?|\\[[0-9], [0-9]\\])",
        ) {
            let changed = set(LEVEL, &format!("{path}={value}")).unwrap();
            let indexed = path.replace(".north", "[0]").replace(".south", "[1]");
            let span = SpanMap::scan(&changed).get(&indexed).unwrap();
            prop_assert_eq!(changed.get(span).unwrap(), value);
        }

        #[test]
        fn all_other_values_stay_as_they_are(index in 0_usize..20, value in "[0-9]{1,3}") {
            let map = SpanMap::scan(LEVEL);
            let mut paths = vec![String::new()];
            let mut leaves = Vec::new();
            while let Some(path) = paths.pop() {
                if map.block(&path).is_none() {
                    leaves.push(path.clone());
                }
                paths.extend(map.children(&path));
            }
            let path = leaves.iter().cycle().nth(index).unwrap();
            let span = map.get(path).unwrap();
            let changed = set(LEVEL, &format!("{path}={value}")).unwrap();
            let end = span.start + value.len();
            prop_assert_eq!(changed.get(..span.start), LEVEL.get(..span.start));
            prop_assert_eq!(changed.get(end..), LEVEL.get(span.end..));
        }

        #[test]
        fn nothing_panics(text in "[()\\[\\]{},:ab\"'r#/*\\\\\n é1=]{0,40}", change in "[()\\[\\]{},:ab\"'.=1]{0,12}") {
            let _ = set(&text, &change);
        }
    }
}
