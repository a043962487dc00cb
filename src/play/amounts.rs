//! Amounts in words and figures, three of them, for people.

/// Yuan with a unit that leaves three figures: ¥412.6 bn.
pub fn yuan(amount: f64) -> String {
    let sign = if amount < 0.0 { "−" } else { "" };
    format!("{sign}¥{}", scaled(amount.abs()))
}

/// The same with a sign in front, for differences.
pub fn change(amount: f64) -> String {
    if amount < 0.0 { yuan(amount) } else { format!("+{}", yuan(amount)) }
}

/// A count of people or shops: 742 M.
pub fn count(number: f64) -> String {
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
pub fn percent(fraction: f64) -> String {
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
