//! Why an order is not carried out. The simulation says it in English; the table of English texts has the same sentences, by
//! which they are known and said again in the language that is spoken.

use std::sync::LazyLock;

use super::names::in_names;
use crate::form;
use crate::texts::{language, messages, of_level, with};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::Language;

/// A sentence of the simulation's: what is written between the things that it leaves open, and what those are called.
struct Sentence {
    key: &'static str,
    written: Vec<&'static str>,
    open: Vec<&'static str>,
}

static SENTENCES: LazyLock<Vec<Sentence>> = LazyLock::new(|| {
    let all = messages(Language::English).filter(|(key, _)| key.starts_with("refusal-"));
    let mut sentences: Vec<Sentence> = all.map(|(key, text)| Sentence::of(key, text)).collect();
    // The one that says most of it is meant.
    sentences.sort_by_key(|sentence| {
        std::cmp::Reverse(sentence.written.iter().map(|piece| piece.len()).sum::<usize>())
    });
    sentences
});

impl Sentence {
    fn of(key: &'static str, text: &'static str) -> Self {
        let mut pieces = text.split("{ $");
        let (mut written, mut open) = (vec![pieces.next().unwrap_or_default()], Vec::new());
        for piece in pieces {
            let (name, rest) = piece.split_once(" }").unwrap_or((piece, ""));
            open.push(name);
            written.push(rest);
        }
        Self { key, written, open }
    }

    /// What it leaves open, in a reason that is said by it.
    fn read<'a>(&self, reason: &'a str) -> Option<Vec<&'a str>> {
        let (first, rest) = self.written.split_first()?;
        let mut left = reason.strip_prefix(first)?;
        let mut values = Vec::new();
        for (place, piece) in rest.iter().enumerate() {
            let last = place + 1 == rest.len();
            let at = if last { left.len().checked_sub(piece.len()) } else { left.find(piece) }?;
            let value = left.get(..at).filter(|value| !value.is_empty())?;
            left = left[at..].strip_prefix(piece)?;
            values.push(value);
        }
        left.is_empty().then_some(values)
    }
}

/// A reason of the simulation with names instead of the ids that it puts between backticks, in the language that is spoken; as it
/// is where nobody knows it.
pub fn refusal(level: &Level, reason: &str) -> String {
    let named = in_names(level, reason);
    if language() == Language::English {
        return named;
    }
    let known = SENTENCES.iter().find_map(|sentence| Some((sentence, sentence.read(&named)?)));
    let Some((sentence, values)) = known else { return named };
    let values: Vec<_> = sentence.open.iter().copied().zip(values.into_iter().map(again)).collect();
    with(sentence.key, &values)
}

/// A name, or an amount of money, in the language that is spoken.
fn again(value: &str) -> String {
    let money = || Language::English.read(value, false).map(form::yuan);
    value.starts_with('¥').then(money).flatten().unwrap_or_else(|| of_level(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::speak;

    /// The sentences of a file of the simulation, with something in what they leave open.
    fn said_by(file: &str) -> Vec<String> {
        let path = format!("{}/../engine/src/sim/{file}", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(path).expect("is there");
        let source = source.split("#[cfg(test)]").next().expect("begins");
        let said = source.split("Err(").skip(1).filter_map(|rest| {
            let rest = rest.trim_start().strip_prefix("format!(").unwrap_or(rest).trim_start();
            let text = rest.strip_prefix('"')?.split('"').next()?;
            let mut pieces = text.split('{');
            let mut said = pieces.next()?.to_owned();
            for piece in pieces {
                said.push_str("it");
                said.push_str(piece.split_once('}')?.1);
            }
            Some(said.replace('`', ""))
        });
        said.collect()
    }

    #[test]
    fn what_the_simulation_refuses_is_said_in_every_language() {
        let files = [
            "rules/possible.rs",
            "rules/standing.rs",
            "state/engineering.rs",
            "turn/agreements.rs",
            "turn/answers.rs",
            "turn/bids.rs",
            "turn/dealings.rs",
            "turn/shares.rs",
        ];
        let said: Vec<String> = files.iter().flat_map(|file| said_by(file)).collect();
        assert!(said.len() > 60, "{}", said.len());
        // Nobody can click an id that there is not, and these two ends are read whole below.
        let mistyped = |said: &str| said.starts_with("there is no ") || said == "your merchants are it";
        let unknown: Vec<_> = said
            .iter()
            .filter(|said| !mistyped(said) && SENTENCES.iter().all(|sentence| sentence.read(said).is_none()))
            .collect();
        assert!(unknown.is_empty(), "{unknown:#?}");
    }

    #[test]
    fn a_refusal_names_things_and_writes_money_as_the_language_does() {
        let level = Level::find("history/china_2024", &[], &walled_gardens_engine::strategy::vocabulary())
            .expect("reads");
        let cash = "the month's budgets would come to ¥2.5 bn, and there is ¥1.0 bn in cash";
        assert_eq!(refusal(&level, cash), cash);
        assert_eq!(refusal(&level, "`alipay` is not yours"), "Alipay is not yours");
        speak(Language::Chinese);
        assert_eq!(refusal(&level, "`alipay` is not yours"), "支付宝不是你的");
        assert_eq!(refusal(&level, "there is an offer to Tencent this turn already"), "本月已向腾讯提议过");
        assert_eq!(refusal(&level, cash), "本月预算合计¥25.0亿，而现金只有¥10.0亿");
        assert_eq!(refusal(&level, "something new"), "something new");
    }
}
