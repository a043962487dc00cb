//! Plain tables and numbers for people.

use std::fmt;

/// Columns of text, as wide as they need to be. A heading that begins with `<` is set to the left.
pub(super) struct Table {
    headings: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(headings: &[&'static str]) -> Self {
        Self { headings: headings.to_vec(), rows: Vec::new() }
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

/// Yuan with a unit that leaves three figures: ¥412.6 bn.
pub(super) fn yuan(amount: f64) -> String {
    let sign = if amount < 0.0 { "−" } else { "" };
    format!("{sign}¥{}", scaled(amount.abs()))
}

/// The same with a sign in front, for differences.
pub(super) fn change(amount: f64) -> String {
    if amount < 0.0 { yuan(amount) } else { format!("+{}", yuan(amount)) }
}

/// A count of people or shops: 742 M.
pub(super) fn count(number: f64) -> String {
    scaled(number)
}

fn scaled(size: f64) -> String {
    // What rounds up to a thousand takes the next unit.
    let (number, unit) = match size {
        _ if size >= 999.5e9 => (size / 1e12, " tn"),
        _ if size >= 999.5e6 => (size / 1e9, " bn"),
        _ if size >= 999.5e3 => (size / 1e6, " M"),
        _ if size >= 999.5 => (size / 1e3, " k"),
        _ => (size, ""),
    };
    let whole = number == 0.0 || number >= 100.0;
    let decimals = if whole { 0 } else { 1 + usize::from(number < 10.0) };
    format!("{number:.decimals$}{unit}")
}

/// A fraction as percent with one decimal.
pub(super) fn percent(fraction: f64) -> String {
    format!("{:.1}%", 100.0 * fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_show_three_figures_and_never_a_thousand_of_a_unit() {
        let shown =
            [(0.0, "¥0"), (999.4, "¥999"), (999.6, "¥1.00 k"), (8_600.0, "¥8.60 k"), (51_600.0, "¥51.6 k")];
        let larger =
            [(999_600.0, "¥1.00 M"), (-412.6e9, "−¥413 bn"), (1.4e12, "¥1.40 tn"), (38.3e9, "¥38.3 bn")];
        for (amount, text) in shown.into_iter().chain(larger) {
            assert_eq!(yuan(amount), text);
        }
    }
}
