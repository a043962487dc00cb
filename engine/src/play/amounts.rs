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

/// What somebody typed: as it is written here, or more shortly, "60m" or "¥ 1.2 bn", with a point or a comma before decimals;
/// a number alone is in percent where percent is what is asked for. Nothing where it is no such number.
pub fn read(text: &str, percent: bool) -> Option<f64> {
    let plain: String =
        text.trim().replace('−', "-").chars().filter(|c| !"¥ _\u{a0}\u{202f}".contains(*c)).collect();
    let end = plain.find(|c: char| !(c.is_ascii_digit() || "+-.,".contains(c))).unwrap_or(plain.len());
    let (number, unit) = plain.split_at(end);
    let unit = unit.to_lowercase();
    // "a parcel" and "a month" stand behind, as prices and payments are written.
    let unit = ["aparcel", "amonth"].iter().find_map(|of| unit.strip_suffix(of)).unwrap_or(&unit);
    let parts = unit == "%" || unit.starts_with("%of");
    let number = plain_number(number, percent || parts)?;
    let times = match unit {
        _ if parts => 0.01,
        "" if percent => 0.01,
        "tn" | "trillion" => 1e12,
        "bn" | "b" | "billion" => 1e9,
        "m" | "million" => 1e6,
        "k" | "thousand" => 1e3,
        "" => 1.0,
        _ => return None,
    };
    Some(number * times).filter(|number| number.is_finite())
}

/// A number with its decimals after a point or a comma, and thousands grouped by the other. A comma alone before three digits
/// groups, as it does where amounts are written here; in percent, where there are no thousands, it stands before decimals.
fn plain_number(text: &str, percent: bool) -> Option<f64> {
    let grouped = |whole: &str, by: char| {
        let digits = whole.trim_start_matches(['+', '-']);
        let mut groups = digits.split(by);
        let first = groups.next().unwrap_or_default();
        let sound = (1..=3).contains(&first.len()) && first != "0" && groups.all(|group| group.len() == 3);
        sound.then(|| whole.replace(by, ""))
    };
    let number = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => {
            format!("{}.{}", grouped(&text[..comma], '.')?, &text[comma + 1..])
        }
        (Some(_), Some(point)) => format!("{}{}", grouped(&text[..point], ',')?, &text[point..]),
        (Some(comma), None) => match grouped(text, ',') {
            Some(whole) if !percent => whole,
            _ => format!("{}.{}", &text[..comma], &text[comma + 1..]),
        },
        (None, _) => text.to_owned(),
    };
    number.parse().ok()
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
        for (typed, number) in
            [("2,5%", 0.025), ("2,5", 0.025), ("0,125%", 0.00125), ("2.5", 0.025), ("15", 0.15)]
        {
            assert_eq!(read(typed, true), Some(number), "{typed}");
        }
        for (typed, number) in [
            ("60,5 M", 60.5e6),
            ("1,5", 1.5),
            ("12,50", 12.5),
            ("0,500", 0.5),
            ("1,234,567.5", 1_234_567.5),
            ("1.234.567,5", 1_234_567.5),
            ("1.500,25", 1_500.25),
            ("1 500,25", 1_500.25),
            ("¥1.20 M a month", 1.2e6),
        ] {
            let read = read(typed, false);
            assert!(read.is_some_and(|read| (read - number).abs() < 1e-9 * number), "{typed}: {read:?}");
        }
        for nothing in ["a15%", "15%a", "1,2,3", "1,23,456", "1.2,3.4", ",", ".", "2.5.5%", "%", "15 % x"] {
            assert_eq!((read(nothing, true), read(nothing, false)), (None, None), "{nothing}");
        }
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
