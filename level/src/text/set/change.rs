//! A change that is asked of a text: which value is to become what.

use super::assignment::{SetError, one_value};
use crate::text::block::Node;
use crate::text::path::{Step, steps};
use crate::text::spans::SpanMap;

/// New text for some bytes.
pub(super) struct Edit {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) text: String,
}

/// An assignment, taken apart, and the text that it is about.
pub(super) struct Change<'t> {
    pub(super) text: &'t str,
    pub(super) assignment: &'t str,
    pub(super) steps: Vec<Step>,
    pub(super) value: &'t str,
    pub(super) map: SpanMap,
}

impl<'t> Change<'t> {
    pub(super) fn read(text: &'t str, assignment: &'t str) -> Result<Self, SetError> {
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

    pub(super) fn text_of(&self, node: &Node) -> &'t str {
        self.text.get(node.value.clone()).unwrap_or_default()
    }
}
