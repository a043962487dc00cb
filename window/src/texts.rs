//! Every text of the window: a table for each language, and which one is in use.

mod levels;

use std::cell::Cell;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use levels::Levels;
use walled_gardens_engine::play::Language;

/// What a language says.
struct Table {
    /// Its messages, as they are in the file.
    source: &'static str,
    /// What it calls the things of the levels that come with the game, as the file has it; nothing where they speak it themselves.
    levels: &'static str,
}

const fn table(language: Language) -> Table {
    match language {
        Language::English => Table { source: include_str!("../../assets/texts/en.ftl"), levels: "{}" },
        Language::Chinese => Table {
            source: include_str!("../../assets/texts/zh-Hans.ftl"),
            levels: include_str!("../../assets/texts/levels/zh-Hans.ron"),
        },
        Language::Vietnamese => Table {
            source: include_str!("../../assets/texts/vi.ftl"),
            levels: include_str!("../../assets/texts/levels/vi.ron"),
        },
    }
}

/// Messages, and translations of what levels say.
struct Spoken {
    messages: FluentBundle<FluentResource>,
    levels: Levels,
}

static SPOKEN: LazyLock<[Spoken; Language::ALL.len()]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let Table { source, levels } = table(language);
        // Tests read the same tables and see what is wrong with them.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let mut messages = FluentBundle::new_concurrent(vec![LanguageIdentifier::default()]);
        messages.set_use_isolating(false);
        let _ = messages.add_resource(resource);
        Spoken { messages, levels: Levels::read(language, levels) }
    })
});

thread_local! {
    /// The window says everything on one thread, a frame at a time; tests beside each other speak one language each.
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::English) };
}

/// Speaks a language from here on, on this thread.
pub fn speak(language: Language) {
    LANGUAGE.set(language);
}

/// The language that is spoken.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// The text of a key.
pub fn text(key: &str) -> String {
    with(key, &[])
}

/// The text of a key, with what it leaves open: in the language that is spoken, or in English where that has none.
pub fn with(key: &str, arguments: &[(&'static str, String)]) -> String {
    let said = |language| said(language, key, arguments);
    // A key without any text shows itself, and a test fails.
    said(language()).or_else(|| said(Language::English)).unwrap_or_else(|| key.to_owned())
}

fn said(language: Language, key: &str, arguments: &[(&'static str, String)]) -> Option<String> {
    let messages = &SPOKEN[language as usize].messages;
    let pattern = messages.get_message(key)?.value()?;
    let mut args = FluentArgs::new();
    for (name, value) in arguments {
        args.set(*name, FluentValue::from(value.as_str()));
    }
    Some(messages.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
}

/// The messages of a language as they stand in its file, each in a line.
pub(crate) fn messages(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = table(language).source.lines().filter(|line| !line.starts_with(['#', ' ']));
    lines.filter_map(|line| line.split_once(" = "))
}

/// Whether there is a text for a key.
pub fn has(key: &str) -> bool {
    SPOKEN[Language::English as usize].messages.has_message(key)
}

/// What a level says, in the language that is spoken: a name, a title, a text. Levels speak English; what nobody has translated,
/// such as what a player's own level says, is said as it is written.
pub fn of_level(written: &str) -> String {
    translated(written).unwrap_or_else(|| written.to_owned())
}

/// The same, whole or sentence by sentence; nothing where a part of it has no translation, since half of one reads worse than none.
fn translated(written: &str) -> Option<String> {
    let levels = &SPOKEN[language() as usize].levels;
    levels.said(written).or_else(|| {
        let sentences = written.split_inclusive(". ").map(|sentence| levels.said(sentence.trim_end()));
        let sentences = sentences.collect::<Option<Vec<String>>>()?;
        // Whether a space stands between two of them is the language's own.
        sentences.into_iter().reduce(|one, other| with("two-facts", &[("one", one), ("other", other)]))
    })
}

/// `say!(KEY, name = value, …)`: the text of a key, with what it leaves open.
macro_rules! say {
    ($key:expr) => { $crate::texts::text($key) };
    ($key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::texts::with($key, &[$((stringify!($name), $value.to_string())),+])
    };
}
pub(crate) use say;

#[cfg(test)]
mod tests;
