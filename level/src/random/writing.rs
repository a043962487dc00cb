//! Numbers and lists as an author writes them.

/// A whole number with its thousands apart: `60_000_000`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push('_');
        }
        written.push(digit);
    }
    written
}

/// So many hundredths as a number with a point: `0.36`, `1.4`, `2.0`.
pub(super) fn hundredths(number: u64) -> String {
    pointed(number, 2)
}

/// A number whose last digits stand behind the point, without noughts that say nothing.
pub(super) fn pointed(number: u64, digits: u32) -> String {
    let unit = 10_u64.pow(digits);
    let behind = format!("{:0width$}", number % unit, width = digits as usize);
    let behind = behind.trim_end_matches('0');
    format!("{}.{}", number / unit, if behind.is_empty() { "0" } else { behind })
}

/// The nearest number of two digits and noughts: what is a round figure shall look like one.
pub(super) fn round(number: f64) -> u64 {
    let mut unit = 1.0;
    while number / unit >= 99.5 {
        unit *= 10.0;
    }
    ((number / unit + 0.5).floor() * unit) as u64
}

/// Texts in quotes: `"a", "b"`.
pub(super) fn quoted<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ")
}

/// A list in a sentence: `a, b and c`.
pub(super) fn listed(texts: &[String]) -> String {
    match texts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// A section of a level: its name, and a line for each of its elements.
pub(super) fn section(name: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: String = lines.iter().map(|line| format!("        {line},\n")).collect();
    format!("    {name}: [\n{lines}    ],\n")
}
