//! Plain tables and numbers for people.

use std::fmt;

pub(super) use crate::play::amounts::{change, count, percent, yuan};

/// Columns of text, as wide as they need to be. A heading that begins with `<` is set to the left.
pub(super) struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(headings: &[impl AsRef<str>]) -> Self {
        let headings = headings.iter().map(|heading| heading.as_ref().to_owned()).collect();
        Self { headings, rows: Vec::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heading = |column: usize| self.headings[column].trim_start_matches('<');
        let width = |column: usize| {
            let cells = self.rows.iter().map(|row| row[column].chars().count());
            cells.chain([heading(column).chars().count()]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.headings.len()).map(width).collect();
        let line = |cell: &dyn Fn(usize) -> String| {
            let cells = widths.iter().enumerate().map(|(column, &width)| {
                let left = column == 0 || self.headings[column].starts_with('<');
                let text = cell(column);
                if left { format!("{text:width$}") } else { format!("{text:>width$}") }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        writeln!(f, "{}", line(&|column| heading(column).to_owned()))?;
        for row in &self.rows {
            writeln!(f, "{}", line(&|column| row[column].clone()))?;
        }
        Ok(())
    }
}
