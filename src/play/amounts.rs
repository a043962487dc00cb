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

/// A count of people or shops: 742 M. There is no part of one.
pub fn count(number: f64) -> String {
    if number.abs() < 999.5 { format!("{number:.0}") } else { scaled(number) }
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
    format!("{}{unit}", grouped(&format!("{number:.decimals$}")))
}

/// A number in digits, with commas between thousands.
pub fn grouped(number: &str) -> String {
    let whole = number.find('.').unwrap_or(number.len());
    let begin = usize::from(number.starts_with('-'));
    let mut grouped = String::with_capacity(number.len() + whole / 3);
    for (place, digit) in number.char_indices() {
        if place > begin && place < whole && (whole - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A fraction as percent with one decimal.
pub fn percent(fraction: f64) -> String {
    format!("{:.1}%", 100.0 * fraction)
}

/// What somebody typed: as it is written here, or more shortly, "60m" or "¥ 1.2 bn"; a number alone is in percent where
/// percent is what is asked for. Nothing where it is no number.
pub fn read(text: &str, percent: bool) -> Option<f64> {
    let plain: String =
        text.trim().replace('−', "-").chars().filter(|c| !"¥, _\u{a0}".contains(*c)).collect();
    let end = plain.find(|c: char| !(c.is_ascii_digit() || "+-.".contains(c))).unwrap_or(plain.len());
    let (number, unit) = plain.split_at(end);
    let number = number.parse::<f64>().ok()?;
    let unit = unit.to_lowercase();
    let times = match unit.as_str() {
        _ if unit.starts_with('%') => 0.01,
        "" if percent => 0.01,
        "tn" | "trillion" => 1e12,
        "bn" | "b" | "billion" => 1e9,
        "m" | "million" => 1e6,
        "k" | "thousand" => 1e3,
        "" => 1.0,
        // "a parcel", as a price is written.
        _ if unit.starts_with("aparcel") => 1.0,
        _ => return None,
    };
    Some(number * times).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_typed_is_read_as_it_is_meant() {
        for (typed, number) in [
            ("60 M", 60e6),
            ("60m", 60e6),
            ("¥1.2 bn", 1.2e9),
            ("1,500", 1_500.0),
            ("−3 k", -3_000.0),
            ("2.5%", 0.025),
            ("¥2.30 a parcel", 2.3),
        ] {
            assert_eq!(read(typed, false), Some(number), "{typed}");
        }
        assert_eq!(read("2.5", true), Some(0.025));
        assert_eq!(read("0.60% of payments", true), Some(0.006));
        for nothing in ["", "many", "3 x", "1.2.3", "--4"] {
            assert_eq!(read(nothing, false), None, "{nothing}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(amount in -1e13..1e13f64) {
            let typed = read(&yuan(amount), false).expect("a number");
            prop_assert!((typed - amount).abs() <= 0.006 * amount.abs().max(1.0), "{} → {typed}", yuan(amount));
        }
    }

    #[test]
    fn amounts_show_three_figures_and_never_a_thousand_of_a_unit() {
        let shown =
            [(0.0, "¥0"), (999.4, "¥999"), (999.6, "¥1.00 k"), (8_600.0, "¥8.60 k"), (51_600.0, "¥51.6 k")];
        let larger = [
            (999_600.0, "¥1.00 M"),
            (-412.6e9, "−¥413 bn"),
            (1.4e12, "¥1.40 tn"),
            (38.3e9, "¥38.3 bn"),
            (9e16, "¥90,000 tn"),
            (-1.234567e18, "−¥1,234,567 tn"),
        ];
        for (amount, text) in shown.into_iter().chain(larger) {
            assert_eq!(yuan(amount), text);
        }
    }
}
