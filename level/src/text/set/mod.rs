//! Changing one value of a level file and nothing else in it.

mod assignment;
mod change;
mod insertion;
#[cfg(test)]
mod tests;

pub use assignment::SetError;
use change::{Change, Edit};

use super::block::{BlockKind, Node};
use super::diagnostic::nearest;
use super::path::{Step, join};
use super::spans::SpanMap;
use super::tokens;

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

impl Change<'_> {
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
}
