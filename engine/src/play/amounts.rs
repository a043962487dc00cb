//! Amounts in words and figures, three of them, for people: as each language writes and reads them.

use super::language::Language;

/// Yuan with a unit that leaves three figures, in English: ¥412.6 bn.
pub fn yuan(amount: f64) -> String {
    Language::English.yuan(amount)
}

/// The same with a sign in front, for differences.
pub fn change(amount: f64) -> String {
    if amount < 0.0 { yuan(amount) } else { format!("+{}", yuan(amount)) }
}

/// A count of people or shops, in English: 742 M. There is no part of one.
pub fn count(number: f64) -> String {
    Language::English.count(number)
}

/// A fraction as percent with one decimal, in English.
pub fn percent(fraction: f64) -> String {
    Language::English.percent(fraction, 1)
}

/// How a language writes amounts.
struct Manner {
    /// Between a whole number and its decimals.
    point: char,
    /// Between groups of three digits.
    group: char,
    /// Digits of a whole number that has no groups at most.
    ungrouped: usize,
    /// Units, each so many times as much as the one before it.
    step: f64,
    units: [&'static str; 5],
}

const ENGLISH: Manner =
    Manner { point: '.', group: ',', ungrouped: 3, step: 1e3, units: ["", " k", " M", " bn", " tn"] };
// 万亿 is ten thousand 亿, and nothing is counted in more.
const CHINESE: Manner =
    Manner { point: '.', group: ',', ungrouped: 4, step: 1e4, units: ["", "万", "亿", "万亿", ""] };
const VIETNAMESE: Manner = Manner {
    point: ',',
    group: '.',
    ungrouped: 3,
    step: 1e3,
    units: ["", " nghìn", " triệu", " tỷ", " nghìn tỷ"],
};

impl Language {
    fn manner(self) -> &'static Manner {
        match self {
            Self::English => &ENGLISH,
            Self::Chinese => &CHINESE,
            Self::Vietnamese => &VIETNAMESE,
        }
    }

    /// Yuan with a unit that leaves three figures or four: ¥412.6 bn, ¥4126亿, ¥412,6 tỷ.
    pub fn yuan(self, amount: f64) -> String {
        let sign = if amount < 0.0 { "−" } else { "" };
        format!("{sign}¥{}", self.scaled(amount.abs()))
    }

    /// A count of people or shops: 742 M, 7.42亿, 742 triệu. There is no part of one.
    pub fn count(self, number: f64) -> String {
        let Manner { step, .. } = self.manner();
        if number.abs() < step - 0.5 { format!("{number:.0}") } else { self.scaled(number) }
    }

    /// A count that is a round figure, without the noughts behind its point: 65 M, 9.4亿, 65 triệu.
    pub fn round_count(self, number: f64) -> String {
        let Manner { point, .. } = self.manner();
        let written = self.count(number);
        let unit = written.rfind(|c: char| c.is_ascii_digit()).map_or(0, |last| last + 1);
        let (figures, unit) = written.split_at(unit);
        if !figures.contains(*point) {
            return format!("{figures}{unit}");
        }
        format!("{}{unit}", figures.trim_end_matches('0').trim_end_matches(*point))
    }

    /// A fraction as percent, with so many decimals.
    pub fn percent(self, fraction: f64, decimals: usize) -> String {
        format!("{}%", self.decimal(100.0 * fraction, decimals))
    }

    /// A number with so many decimals, and no groups.
    pub fn decimal(self, number: f64, decimals: usize) -> String {
        let written = format!("{number:.decimals$}");
        match self.manner().point {
            '.' => written,
            point => written.replace('.', &point.to_string()),
        }
    }

    fn scaled(self, size: f64) -> String {
        let Manner { step, units, .. } = self.manner();
        let last = units.iter().rposition(|unit| !unit.is_empty()).unwrap_or(0);
        let (mut scale, mut unit) = (1.0, 0);
        // What rounds up to a whole step takes the next unit.
        while size / scale >= step - 0.5 && unit < last {
            (scale, unit) = (scale * step, unit + 1);
        }
        let number = size / scale;
        let whole = number == 0.0 || number >= 99.95;
        let decimals = if whole { 0 } else { 1 + usize::from(number < 9.995) };
        format!("{}{}", self.grouped(&format!("{number:.decimals$}")), units[unit])
    }

    /// A number in digits, as programs write it, with its groups and its decimals as the language separates them.
    pub fn grouped(self, number: &str) -> String {
        let Manner { point, group, ungrouped, .. } = self.manner();
        let whole = number.find('.').unwrap_or(number.len());
        let begin = usize::from(number.starts_with('-'));
        let mut grouped = String::with_capacity(number.len() + whole / 3);
        for (place, digit) in number.char_indices() {
            let groups = whole - begin > *ungrouped && place > begin && place < whole;
            if groups && (whole - place).is_multiple_of(3) {
                grouped.push(*group);
            }
            grouped.push(if digit == '.' { *point } else { digit });
        }
        grouped
    }

    /// What somebody typed: as it is written in the language or in English, or more shortly, "60m" or "¥ 1.2 bn", "6000万",
    /// "1,2 tỷ", with a point or a comma before decimals; a number alone is in percent where percent is what is asked for.
    /// Nothing where it is no such number.
    pub fn read(self, text: &str, percent: bool) -> Option<f64> {
        let plain: String =
            text.trim().chars().map(narrow).filter(|c| !"¥ _\u{a0}\u{202f}".contains(*c)).collect();
        let end = plain.find(|c: char| !(c.is_ascii_digit() || "+-.,".contains(c))).unwrap_or(plain.len());
        let (number, unit) = plain.split_at(end);
        let unit = unit.to_lowercase();
        // What an amount is of stands behind it, as prices and payments are written.
        let unit = BEHIND.iter().find_map(|of| unit.strip_suffix(of)).unwrap_or(&unit);
        let parts = unit == "%" || PARTS.iter().any(|of| unit.starts_with(of));
        let number = self.plain_number(number, percent || parts)?;
        let times = match unit {
            _ if parts => 0.01,
            "" if percent => 0.01,
            _ => times(unit)?,
        };
        Some(number * times).filter(|number| number.is_finite())
    }

    /// A number with its decimals after a point or a comma, and thousands grouped by the other. The one that groups where
    /// amounts are written groups alone before three digits too; in percent, where there are no thousands, it stands before
    /// decimals.
    fn plain_number(self, text: &str, percent: bool) -> Option<f64> {
        // With the two exchanged it is a number as English writes it.
        let text: String = match self.manner().group {
            ',' => text.to_owned(),
            _ => text.chars().map(exchanged).collect(),
        };
        let grouped = |whole: &str, by: char| {
            let digits = whole.trim_start_matches(['+', '-']);
            let mut groups = digits.split(by);
            let first = groups.next().unwrap_or_default();
            let sound =
                (1..=3).contains(&first.len()) && first != "0" && groups.all(|group| group.len() == 3);
            sound.then(|| whole.replace(by, ""))
        };
        let number = match (text.rfind(','), text.rfind('.')) {
            (Some(comma), Some(point)) if comma > point => {
                format!("{}.{}", grouped(&text[..comma], '.')?, &text[comma + 1..])
            }
            (Some(_), Some(point)) => format!("{}{}", grouped(&text[..point], ',')?, &text[point..]),
            (Some(comma), None) => match grouped(&text, ',') {
                Some(whole) if !percent => whole,
                _ => format!("{}.{}", &text[..comma], &text[comma + 1..]),
            },
            // More points than one group, wherever they are usual.
            (None, Some(point)) if text.find('.') < Some(point) => grouped(&text, '.')?,
            (None, _) => text,
        };
        number.parse().ok()
    }
}

/// What may stand behind an amount and says what it is of.
const BEHIND: [&str; 11] =
    ["aparcel", "amonth", "/件", "/月", "元", "人", "件", "家", "mỗikiện", "mỗitháng", "tệ"];
/// The same of a part, with its sign.
const PARTS: [&str; 4] = ["%of", "%(", "%tiềnthanhtoán", "%doanhsố"];

/// How much a unit is, in any of the languages.
fn times(unit: &str) -> Option<f64> {
    Some(match unit {
        "" => 1.0,
        "tn" | "trillion" | "nghìntỷ" | "nghìntỉ" | "ngàntỷ" | "ngàntỉ" | "nghinty" => 1e12,
        "bn" | "b" | "billion" | "tỷ" | "tỉ" | "ty" => 1e9,
        "m" | "million" | "triệu" | "tr" | "trieu" => 1e6,
        "k" | "thousand" | "nghìn" | "ngàn" | "nghin" => 1e3,
        // 百万 is a hundred 万.
        _ => unit.chars().try_fold(1.0, |times, c| {
            let more = match c {
                '十' => 10.0,
                '百' => 100.0,
                '千' => 1e3,
                '万' => 1e4,
                '亿' => 1e8,
                _ => return None,
            };
            Some(times * more)
        })?,
    })
}

/// A point for a comma and the other way round.
fn exchanged(c: char) -> char {
    match c {
        ',' => '.',
        '.' => ',',
        other => other,
    }
}

/// A character for one that is typed as wide as a Chinese one; a minus for its sign.
fn narrow(c: char) -> char {
    match c {
        '−' => '-',
        '。' => '.',
        '￥' => '¥',
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use Language::{Chinese, English, Vietnamese};

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
            assert_eq!(English.read(typed, false), Some(number), "{typed}");
        }
        assert_eq!(English.read("2.5", true), Some(0.025));
        assert_eq!(English.read("0.60% of payments", true), Some(0.006));
        for (typed, number) in
            [("2,5%", 0.025), ("2,5", 0.025), ("0,125%", 0.00125), ("2.5", 0.025), ("15", 0.15)]
        {
            assert_eq!(English.read(typed, true), Some(number), "{typed}");
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
            let read = English.read(typed, false);
            assert!(read.is_some_and(|read| (read - number).abs() < 1e-9 * number), "{typed}: {read:?}");
        }
        for nothing in ["a15%", "15%a", "1,2,3", "1,23,456", "1.2,3.4", ",", ".", "2.5.5%", "%", "15 % x"] {
            assert_eq!(
                (English.read(nothing, true), English.read(nothing, false)),
                (None, None),
                "{nothing}"
            );
        }
        for nothing in ["", "many", "3 x", "1.2.3", "--4"] {
            assert_eq!(English.read(nothing, false), None, "{nothing}");
        }
    }

    #[test]
    fn each_language_reads_its_own_way_and_the_english_one() {
        for (language, typed, number) in [
            (Chinese, "6000万", 60e6),
            (Chinese, "¥ 1.2 亿", 1.2e8),
            (Chinese, "３千万元", 3e7),
            (Chinese, "2.5万亿", 2.5e12),
            (Chinese, "1,500", 1_500.0),
            (Chinese, "60 M", 60e6),
            (Chinese, "¥2.30/件", 2.3),
            (Chinese, "−300万", -3e6),
            (Vietnamese, "1,2 tỷ", 1.2e9),
            (Vietnamese, "¥412,6 triệu", 412.6e6),
            (Vietnamese, "3 nghìn tỷ", 3e12),
            (Vietnamese, "1.500", 1_500.0),
            (Vietnamese, "1,500", 1.5),
            (Vietnamese, "1.234.567,5", 1_234_567.5),
            (Vietnamese, "1,234,567.5", 1_234_567.5),
            (Vietnamese, "60 tr", 60e6),
            (Vietnamese, "1.2 bn", 1.2e9),
        ] {
            let read = language.read(typed, false);
            assert!(
                read.is_some_and(|read| (read - number).abs() <= 1e-9 * number.abs()),
                "{typed}: {read:?}"
            );
        }
        for (language, typed, part) in [
            (Chinese, "2.5％", 0.025),
            (Chinese, "0.60%（按支付额）", 0.006),
            (Vietnamese, "2,5%", 0.025),
            (Vietnamese, "2.5", 0.025),
            (Vietnamese, "0,60% tiền thanh toán", 0.006),
        ] {
            assert_eq!(language.read(typed, true), Some(part), "{typed}");
        }
        for nothing in ["三千", "5 斤", "3 triệu rưỡi", "1,2,3", "tỷ"] {
            for language in Language::ALL {
                assert_eq!(language.read(nothing, false), None, "{nothing}");
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(amount in -1e13..1e13f64, places in 0..13) {
            let amount = amount / libm::pow(10.0, f64::from(places));
            for language in Language::ALL {
                let shown = language.yuan(amount);
                let typed = language.read(&shown, false).expect("a number");
                prop_assert!((typed - amount).abs() <= 0.006 * amount.abs().max(1.0), "{shown} → {typed}");
            }
        }
    }

    #[test]
    fn each_language_has_its_units_and_never_a_whole_step_of_one() {
        for (amount, chinese, vietnamese) in [
            (0.0, "¥0", "¥0"),
            (8_600.0, "¥8600", "¥8,60 nghìn"),
            (9_999.6, "¥1.00万", "¥10,0 nghìn"),
            (412.6e9, "¥4126亿", "¥413 tỷ"),
            (7.42e8, "¥7.42亿", "¥742 triệu"),
            (-99_996_000.0, "−¥1.00亿", "−¥100 triệu"),
            (1.4e12, "¥1.40万亿", "¥1,40 nghìn tỷ"),
            (9e16, "¥90,000万亿", "¥90.000 nghìn tỷ"),
        ] {
            assert_eq!(
                (&*Chinese.yuan(amount), &*Vietnamese.yuan(amount)),
                (chinese, vietnamese),
                "{amount}"
            );
        }
        assert_eq!((&*Chinese.count(9_876.4), &*Chinese.count(123_456.0)), ("9876", "12.3万"));
        assert_eq!(Vietnamese.count(742e6), "742 triệu");
        for (number, written) in [
            (65e6, ["65 M", "6500万", "65 triệu"]),
            (940e6, ["940 M", "9.4亿", "940 triệu"]),
            (1.25e9, ["1.25 bn", "12.5亿", "1,25 tỷ"]),
            (30.0, ["30", "30", "30"]),
        ] {
            assert_eq!(Language::ALL.map(|language| language.round_count(number)), written);
        }
        let parts = Language::ALL.map(|language| language.percent(0.1234, 1));
        assert_eq!(parts, ["12.3%", "12.3%", "12,3%"]);
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
