//! Adding what is not there: a field to a struct, with the structs on the way to it, or an entry to a map.

use super::assignment::{SetError, one_value};
use super::change::{Change, Edit};
use crate::text::block::{Block, BlockKind, Node};
use crate::text::path::{Step, written};
use crate::text::tokens;

/// The indentation of a field that has no neighbours to follow.
const INDENT: &str = "    ";

impl<'t> Change<'t> {
    /// Adds the first of `missing` to the value `node` at `path`, with the
    /// others inside it.
    pub(super) fn insert(
        &self,
        node: usize,
        path: &str,
        missing: &[Step],
    ) -> Result<(String, Vec<Edit>), SetError> {
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
