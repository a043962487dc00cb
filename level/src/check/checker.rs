//! What every check is made of: a complaint with its place, and the checks of a number, a text, an id or a sum.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::text::diagnostic::{Diagnostic, nearest};
use crate::text::path::join;
use crate::text::spans::SpanMap;

/// How far stated shares may be from summing to one: figures rounded to a tenth of a percent pass.
pub(super) const SUM_SLACK: f64 = 5e-3;

/// A level that is being checked: where its values stand, and what has been found wrong.
pub(super) struct Checker<'a> {
    pub(super) spans: &'a SpanMap,
    pub(super) found: Vec<Diagnostic>,
}

impl Checker<'_> {
    pub(super) fn complain(&mut self, path: &str, message: String, expected: &str) -> &mut Diagnostic {
        let span = self.spans.get(path).unwrap_or_else(|| self.spans.nearest_ancestor(path).1);
        self.found.push(Diagnostic::error(path, span, message).expected(expected));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// A number in its range; `NaN` is in none. Returns the number, so that a check reads as an assignment.
    pub(super) fn number(&mut self, path: &str, value: f64, range: RangeInclusive<f64>) -> f64 {
        if !range.contains(&value) {
            let (low, high) = (range.start(), range.end());
            let message = if value.is_finite() {
                format!("{} is out of range", plain(value))
            } else {
                format!("{value} is not a finite number")
            };
            self.complain(path, message, &format!("a number from {} to {}", plain(*low), plain(*high)));
        }
        value
    }

    pub(super) fn whole(&mut self, path: &str, value: u32, range: RangeInclusive<u32>) -> u32 {
        if !range.contains(&value) {
            let expected = format!("a whole number from {} to {}", range.start(), range.end());
            self.complain(path, format!("{value} is out of range"), &expected);
        }
        value
    }

    pub(super) fn count(&mut self, section: &str, found: usize, range: RangeInclusive<usize>) {
        if !range.contains(&found) {
            let expected = format!("from {} to {}", range.start(), range.end());
            self.complain(section, format!("{found} {}", section.replace('_', " ")), &expected);
        }
    }

    /// Identifiers: short, plain and unique, since they stand in paths, orders and columns.
    pub(super) fn ids<'i>(&mut self, section: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            let path = format!("{section}[{index}].id");
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
                let begin: String = id.chars().take(40).filter(|c| !c.is_control()).collect();
                let message = format!("`{begin}` cannot be an id");
                self.complain(&path, message, "1 to 40 letters, digits, `-` or `_`");
            }
            if !seen.insert(id) {
                self.complain(
                    &path,
                    format!("the id `{id}` is taken"),
                    &format!("an id unique among {section}"),
                );
            }
        }
    }

    /// The index of an id, or a complaint.
    pub(super) fn id(&mut self, path: &str, id: &str, ids: &[&str]) -> Option<usize> {
        let found = ids.iter().position(|known| *known == id);
        if found.is_none() {
            let suggestion = nearest(id, ids.iter().copied()).map(str::to_owned);
            let expected = format!("one of {}", ids.join(", "));
            self.complain(path, format!("there is no `{id}`"), &expected).suggestion = suggestion;
        }
        found
    }

    /// A map from ids to numbers, as a list in the order of `ids`.
    pub(super) fn by_id(
        &mut self,
        path: &str,
        map: &BTreeMap<String, f64>,
        ids: &[&str],
        absent: f64,
        range: RangeInclusive<f64>,
    ) -> Vec<f64> {
        let mut list = vec![absent; ids.len()];
        for (id, &value) in map {
            let entry = join(path, id);
            self.number(&entry, value, range.clone());
            if let Some(index) = self.key(&entry, id, ids) {
                list[index] = value;
            }
        }
        list
    }

    /// The index of an id that is the key of a map's entry, or a complaint at the key.
    pub(super) fn key(&mut self, entry: &str, id: &str, ids: &[&str]) -> Option<usize> {
        let key = self.spans.key(entry);
        let found = ids.iter().position(|known| *known == id);
        if found.is_none() {
            let expected = format!("one of {}", ids.join(", "));
            let suggestion = nearest(id, ids.iter().copied()).map(str::to_owned);
            let diagnostic = self.complain(entry, format!("there is no `{id}`"), &expected);
            diagnostic.suggestion = suggestion;
            diagnostic.span = key.unwrap_or(diagnostic.span.clone());
        }
        found
    }

    /// Names that are shown to people.
    pub(super) fn names<'i>(&mut self, section: &str, names: impl Iterator<Item = &'i Option<String>>) {
        for (index, name) in names.enumerate() {
            if let Some(name) = name {
                self.text(&format!("{section}[{index}].name"), name, 40);
            }
        }
    }

    /// Text that is shown to people: of a length that fits, and nothing that a terminal would act on.
    pub(super) fn text(&mut self, path: &str, text: &str, longest: usize) {
        let length = text.chars().count();
        if length == 0 || length > longest || text.chars().any(char::is_control) {
            let message = format!("a text of {length} characters cannot be shown here");
            self.complain(
                path,
                message,
                &format!("1 to {longest} characters, none of them control characters"),
            );
        }
    }

    /// Parts of a whole must sum to one.
    pub(super) fn sums_to_one(&mut self, section: &str, field: &str, parts: &[f64]) {
        let sum: f64 = parts.iter().sum();
        if (sum - 1.0).abs() > SUM_SLACK {
            let path = format!("{section}[{}].{field}", parts.len() - 1);
            self.complain(&path, format!("the {field}s of all {section} sum to {sum:.4}"), "a sum of 1");
        }
    }
}

/// A number as a person would write it: no three hundred digits.
pub(super) fn plain(value: f64) -> String {
    if value != 0.0 && !(1e-6..1e15).contains(&value.abs()) {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}
