//! What levels say, in another language: whole texts, and texts with holes, which differ by names and numbers.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use walled_gardens_engine::play::Language;

/// What a language says instead of what levels say.
pub(super) struct Levels {
    language: Language,
    /// By a text, letter by letter.
    whole: BTreeMap<String, String>,
    /// By a text with holes, the one with the most letters of its own first.
    holed: Vec<(Holed, Holed)>,
}

impl Levels {
    /// The translations of a language, as its file has them.
    pub(super) fn read(language: Language, source: &str) -> Self {
        // Tests read the same file and see what is wrong with it.
        let whole: BTreeMap<String, String> = ron::from_str(source).unwrap_or_default();
        let pair = |(written, said): (&String, &String)| Some((Holed::read(written)?, Holed::read(said)?));
        let mut holed: Vec<(Holed, Holed)> = whole.iter().filter_map(pair).collect();
        holed.sort_by_key(|(written, _)| Reverse(written.own_letters()));
        Self { language, whole, holed }
    }

    /// What is said instead of a text; nothing where a part of it has no translation. Cheap enough to be asked in every frame: a
    /// text with holes is given up by its first or last letters.
    pub(super) fn said(&self, written: &str) -> Option<String> {
        let whole = self.whole.get(written).cloned();
        whole.or_else(|| self.with_holes(written, &|inside: &str| self.inside(inside)))
    }

    /// The same of what stands in a hole. It may have one in its turn, as a wallet is called after its company, and no deeper.
    fn inside(&self, written: &str) -> Option<String> {
        self.plain(written).or_else(|| self.with_holes(written, &|inside: &str| self.plain(inside)))
    }

    fn plain(&self, written: &str) -> Option<String> {
        self.whole.get(written).cloned().or_else(|| number(self.language, written))
    }

    fn with_holes(&self, written: &str, again: &impl Fn(&str) -> Option<String>) -> Option<String> {
        self.holed.iter().find_map(|(known, said)| Some(said.filled(&known.fit(written, again)?)))
    }
}

/// A number in a text as a language writes it: so many million or billion people, a part in percent, or any other.
fn number(language: Language, written: &str) -> Option<String> {
    let end = written.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(written.len());
    let (digits, unit) = written.split_at(end);
    match unit {
        _ if digits.is_empty() => None,
        "" | "%" => Some(format!("{}{unit}", language.grouped(digits))),
        " M" | " bn" => Language::English.read(written, false).map(|number| language.round_count(number)),
        _ => None,
    }
}

/// A text with holes: `{0} against {1}`.
struct Holed {
    /// What stands before the first hole, between two, and behind the last one.
    letters: Vec<String>,
    /// The number of each hole; a translation may have them in another order.
    holes: Vec<usize>,
}

impl Holed {
    /// Nothing where there are no holes.
    fn read(text: &str) -> Option<Self> {
        let mut pieces = text.split('{');
        let mut holed = Self { letters: vec![pieces.next()?.to_owned()], holes: Vec::new() };
        for piece in pieces {
            let (hole, behind) = piece.split_once('}')?;
            holed.holes.push(hole.parse().ok()?);
            holed.letters.push(behind.to_owned());
        }
        (!holed.holes.is_empty()).then_some(holed)
    }

    fn own_letters(&self) -> usize {
        self.letters.iter().map(String::len).sum()
    }

    /// What stands in the holes of a text, each said again; nothing where it is another text, or where one cannot be said.
    fn fit(&self, text: &str, again: &impl Fn(&str) -> Option<String>) -> Option<BTreeMap<usize, String>> {
        let (first, last) = (self.letters.first()?, self.letters.last()?);
        let rest = text.strip_prefix(first.as_str()).filter(|rest| rest.ends_with(last.as_str()))?;
        self.fill(0, rest, again)
    }

    /// The same of the holes from a place on. What stands in one may have in itself the letters that end it, as sports and leisure
    /// have, so every end is tried until all holes can be said.
    fn fill(
        &self,
        place: usize,
        text: &str,
        again: &impl Fn(&str) -> Option<String>,
    ) -> Option<BTreeMap<usize, String>> {
        let (hole, behind) = (*self.holes.get(place)?, self.letters.get(place + 1)?.as_str());
        if place + 1 == self.holes.len() {
            return Some(BTreeMap::from([(hole, again(text.strip_suffix(behind)?)?)]));
        }
        text.match_indices(behind).find_map(|(end, _)| {
            let said = again(&text[..end])?;
            let mut others = self.fill(place + 1, &text[end + behind.len()..], again)?;
            others.insert(hole, said);
            Some(others)
        })
    }

    /// The text with its holes filled.
    fn filled(&self, said: &BTreeMap<usize, String>) -> String {
        let mut text = String::new();
        for (place, letters) in self.letters.iter().enumerate() {
            text += letters;
            text += self.holes.get(place).and_then(|hole| said.get(hole)).map_or("", String::as_str);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(language: Language, written: &str) -> Option<String> {
        let source = r#"{
            "Flint": "燧石", "Otter": "水獭", "beauty": "美妆", "sports and leisure": "运动", "sports": "体育",
            "{0} Pay": "{0}支付",
            "{0} against {1}": "{1}对{0}",
            "{0} against {1} Pay": "{1}的钱包对{0}",
            "{0} lives": "{0}活着",
            "{0} for {1} and {2} for {3}": "{1}去{0}，{3}去{2}"
        }"#;
        Levels::read(language, source).said(written)
    }

    #[test]
    fn what_stands_in_holes_is_translated_too_and_put_where_the_language_puts_it() {
        let said = |written: &str| said(Language::Chinese, written);
        assert_eq!(said("Flint against Otter").as_deref(), Some("水獭对燧石"));
        assert_eq!(said("Flint Pay against Otter").as_deref(), Some("水獭对燧石支付"));
        assert_eq!(
            said("Flint for sports and leisure and Otter for beauty").as_deref(),
            Some("运动去燧石，美妆去水獭")
        );
        assert_eq!(
            said("Flint against Otter Pay").as_deref(),
            Some("水獭的钱包对燧石"),
            "the longer key first"
        );
    }

    #[test]
    fn nothing_is_translated_by_half() {
        for written in [
            "Flint against Nobody",
            "Flint against Otter.",
            "Flint Pay Pay Pay",
            " Pay",
            "Flint against ",
            "",
        ] {
            assert_eq!(said(Language::Chinese, written), None, "{written}");
        }
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        for (written, chinese, vietnamese) in [
            ("31.5% lives", "31.5%活着", "31,5%活着"),
            ("205 M lives", "2.05亿活着", "205 triệu活着"),
            ("1.0 bn lives", "10亿活着", "1 tỷ活着"),
            ("7 lives", "7活着", "7活着"),
        ] {
            assert_eq!(said(Language::Chinese, written).as_deref(), Some(chinese));
            assert_eq!(said(Language::Vietnamese, written).as_deref(), Some(vietnamese));
        }
        assert_eq!(said(Language::Chinese, "7 cats lives"), None);
    }
}
