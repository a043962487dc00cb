//! Every language says all that English says, with what that leaves open, in letters that there are.

use std::collections::{BTreeMap, BTreeSet};

use bevy_egui::egui::{Context, FontFamily, RawInput};

use super::*;
use crate::{theme, words};
use walled_gardens_engine::level::events::{Change, Effect, LevelEvent};
use walled_gardens_engine::level::{Level, RandomMarket, Size, shipped};
use walled_gardens_engine::strategy::{STRATEGIES, vocabulary};

/// The folders of levels to play. What the others say, which are for studies, may wait for its translation.
const TO_PLAY: [&str; 3] = ["tutorial/", "arena/", "history/"];

fn of(language: Language) -> BTreeMap<&'static str, &'static str> {
    let mut read = BTreeMap::new();
    for (key, text) in messages(language) {
        assert!(read.insert(key, text).is_none(), "{language:?} has {key} twice");
    }
    read
}

/// What a message leaves open.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('$').skip(1).map(|rest| rest.split([' ', '}']).next().unwrap_or_default()).collect()
}

/// What is said of the levels that come with the game.
fn of_levels(language: Language) -> BTreeMap<String, String> {
    ron::from_str(table(language).levels).expect("the map reads")
}

#[test]
fn the_table_reads_and_every_key_of_the_window_is_in_it() {
    let mut used = BTreeSet::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).expect("reads");
            for found in source.split("say!(\"").skip(1) {
                let key = found.split('"').next().unwrap_or_default().to_owned();
                if key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
                    used.insert(key);
                }
            }
        }
    }
    let missing: Vec<_> = used.iter().filter(|key| !has(key)).collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
    assert!(used.len() > 40);
}

#[test]
fn every_language_has_every_text_and_no_other() {
    let english = of(Language::English);
    for language in Language::ALL {
        let read = FluentResource::try_new(table(language).source.to_owned());
        if let Err((_, errors)) = read {
            panic!("{language:?}: {errors:?}");
        }
        let own = of(language);
        let missing: Vec<_> = english.keys().filter(|key| !own.contains_key(*key)).collect();
        let unused: Vec<_> = own.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
        assert!(unused.is_empty(), "{language:?} has {unused:?}, which English has not");
        let spoken = &SPOKEN[language as usize].messages;
        assert!(own.keys().all(|key| spoken.has_message(key)), "{language:?}");
    }
}

#[test]
fn a_translation_leaves_open_what_its_original_leaves_open() {
    let english = of(Language::English);
    for language in Language::ALL {
        let own = of(language);
        let other = |(key, text): &(&&str, &&str)| {
            own.get(**key).is_some_and(|own| placeholders(own) != placeholders(text))
        };
        let wrong: Vec<_> = english.iter().filter(other).map(|(key, _)| key).collect();
        assert!(wrong.is_empty(), "{language:?}: {wrong:?}");
    }
}

#[test]
fn no_text_is_left_in_english() {
    let english = of(Language::English);
    for language in [Language::Chinese, Language::Vietnamese] {
        let own = of(language);
        let alike = |(key, text): &(&&str, &&str)| {
            let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
            let plain = words.filter(|word| !word.starts_with('$')).count() > 1;
            plain && own.get(**key) == Some(text)
        };
        let left: Vec<_> = english.iter().filter(alike).map(|(key, _)| key).collect();
        assert!(left.is_empty(), "{language:?}: {left:?}");
    }
}

#[test]
fn a_text_that_a_language_lacks_is_said_in_english_and_one_that_all_lack_shows_its_key() {
    speak(Language::Chinese);
    assert_ne!(text("end-turn"), "End month");
    assert_eq!(said(Language::Chinese, "no-such-text", &[]), None);
    assert_eq!(text("no-such-text"), "no-such-text");
    assert_eq!(of_level("What nobody has translated"), "What nobody has translated");
}

/// What a level shows to whoever plays it.
fn texts_of(level: &Level) -> BTreeSet<String> {
    let mut texts = BTreeSet::from([level.title.clone(), level.summary.clone(), level.teaches.clone()]);
    texts.extend(level.tags.iter().cloned());
    texts.extend(level.regions.iter().map(|region| region.name.clone()));
    texts.extend(level.categories.iter().map(|category| category.name.clone()));
    texts.extend(level.consumer_segments.iter().map(|segment| words::spelt(&segment.id)));
    texts.extend(level.platforms.iter().map(|platform| platform.name.clone()));
    texts.extend(level.services.iter().map(|service| service.name.clone()));
    texts.extend(level.objectives.iter().map(|objective| objective.title.clone()));
    for step in &level.tutorial {
        texts.insert(step.text.clone());
        texts.extend(step.highlight.clone());
    }
    level.events.iter().for_each(|event| add_event(&mut texts, event));
    texts.remove("");
    texts
}

fn add_event(texts: &mut BTreeSet<String>, event: &LevelEvent) {
    let effects = event.choices.iter().flat_map(|choice| &choice.effects).chain(&event.effects);
    // Nobody reads of an event that does nothing but set flags.
    if !event.title.is_empty() {
        texts.extend([event.title.clone(), event.text.clone()]);
    }
    texts.extend(event.choices.iter().map(|choice| choice.text.clone()));
    for effect in effects {
        if let Effect::Change { change: Change::Market { parameter, .. }, .. } = effect {
            texts.insert(parameter.replace('_', " "));
        }
    }
}

/// What shipped levels show, those of the folders to play or all.
fn shown(all: bool) -> BTreeSet<String> {
    let levels = shipped().filter(|level| all || is_to_play(level.name));
    levels
        .flat_map(|level| texts_of(&Level::from_text(level.name, level.text, &vocabulary()).expect("reads")))
        .collect()
}

fn is_to_play(level: &str) -> bool {
    TO_PLAY.iter().any(|folder| level.starts_with(folder))
}

/// What strategies are called, and what they are about.
fn strategies() -> BTreeSet<String> {
    STRATEGIES
        .iter()
        .flat_map(|strategy| [strategy.name().to_owned(), words::plainly(strategy.idea())])
        .collect()
}

/// What random markets show: of every size, with every number of rivals.
static DRAWN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let markets = (0..60).flat_map(|seed: u64| {
        let (size, turns) = (Size::ALL[(seed % 3) as usize], [6, 12, 24, 36][(seed / 3 % 4) as usize]);
        RandomMarket::RIVALS.map(move |rivals| RandomMarket { rivals, turns, seed, size })
    });
    let read = |market: RandomMarket| Level::from_text(&market.id(), &market.text(), &vocabulary());
    markets.flat_map(|market| texts_of(&read(market).expect("reads"))).collect()
});

/// Whether a text has the letters of a key, which may have holes, in their order.
fn has_letters(text: &str, key: &str) -> bool {
    let mut rest = text;
    key.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, behind)| behind)).all(|letters| {
        let Some(at) = rest.find(letters) else { return false };
        rest = &rest[at + letters.len()..];
        true
    })
}

#[test]
fn what_random_markets_say_is_translated_in_all_its_parts() {
    assert!(DRAWN.len() > 1_000);
    for language in [Language::Chinese, Language::Vietnamese] {
        speak(language);
        let missing: Vec<_> = DRAWN.iter().filter(|text| translated(text).is_none()).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:#?}");
    }
}

#[test]
fn what_levels_and_strategies_say_is_translated_and_nothing_besides() {
    let wanted = &shown(false) | &strategies();
    let may_be_there = &shown(true) | &strategies();
    assert!(wanted.len() > 200);
    for language in [Language::Chinese, Language::Vietnamese] {
        let own = of_levels(language);
        let missing: Vec<_> = wanted.iter().filter(|text| !own.contains_key(*text)).collect();
        let is_drawn = |key: &str| DRAWN.iter().any(|text| has_letters(text, key));
        let unused: Vec<_> =
            own.keys().filter(|text| !may_be_there.contains(*text) && !is_drawn(text)).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:#?}");
        assert!(unused.is_empty(), "{language:?} has {unused:#?}, which no level says");
    }
}

#[test]
fn a_text_of_levels_and_its_translation_have_the_same_holes() {
    let holes = |text: &str| -> BTreeSet<String> {
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
    };
    for language in [Language::Chinese, Language::Vietnamese] {
        let own = of_levels(language);
        let wrong: Vec<_> = own.iter().filter(|(key, said)| holes(key) != holes(said)).collect();
        assert!(wrong.is_empty(), "{language:?}: {wrong:#?}");
    }
}

#[test]
fn what_a_tutorial_points_at_is_called_as_the_window_calls_it() {
    let english = of(Language::English);
    let levels = shipped().filter(|level| is_to_play(level.name));
    let levels = levels.map(|level| Level::from_text(level.name, level.text, &vocabulary()).expect("reads"));
    let labels: BTreeSet<String> =
        levels.flat_map(|level| level.tutorial).filter_map(|step| step.highlight).collect();
    assert!(labels.len() > 5);
    for language in [Language::Chinese, Language::Vietnamese] {
        speak(language);
        let own = of(language);
        for label in &labels {
            // A label is a text, or begins one that ends with a name.
            let begins = |text: &str| text.split(" { $").next().map(str::to_owned);
            let (before, name) = label.split_once(' ').unwrap_or((label, ""));
            let controls = english.iter().filter(|(_, text)| {
                **text == *label || text.contains("{ $") && begins(text).as_deref() == Some(before)
            });
            let said: Vec<String> = controls
                .filter_map(|(key, _)| own.get(key))
                .map(|text| match text.split_once("{ $") {
                    Some((before, _)) => format!("{before}{}", of_level(name)).trim().to_owned(),
                    None => (*text).to_owned(),
                })
                .collect();
            assert!(
                said.contains(&of_level(label)),
                "{language:?}: {label} is {:?}, not {said:?}",
                of_level(label)
            );
        }
    }
}

#[test]
fn every_letter_is_in_the_fonts_that_come_with_the_game() {
    let context = Context::default();
    let mut fonts = theme::fonts();
    // In bold what we say is bold throughout: no letter of it falls back.
    for (family, files) in &mut fonts.families {
        let own =
            if *family == theme::semibold() { ["semibold", "chinese bold"] } else { ["regular", "chinese"] };
        files.retain(|name| own.contains(&name.as_str()));
    }
    context.set_fonts(fonts);
    context.run_ui(RawInput::default(), |_| {}).textures_delta.clear();
    let mut letters: BTreeSet<char> =
        Language::ALL.iter().flat_map(|language| language.name().chars()).collect();
    for language in Language::ALL {
        let messages = of(language).into_values().map(str::to_owned);
        let own = messages.chain(of_levels(language).into_values());
        letters.extend(
            own.flat_map(|text| format!("{text}{}", text.to_uppercase()).chars().collect::<Vec<_>>()),
        );
    }
    letters.retain(|letter| !letter.is_whitespace());
    assert!(letters.len() > 1_000, "{}", letters.len());
    for family in [FontFamily::Proportional, theme::semibold()] {
        let there: BTreeSet<char> =
            context.fonts_mut(|fonts| fonts.fonts.font(&family).characters().keys().copied().collect());
        let missing: String = letters.difference(&there).collect();
        assert!(missing.is_empty(), "no glyph in {family} for {missing}");
    }
}

#[test]
fn an_amount_with_what_it_is_of_can_be_typed_as_it_is_shown() {
    for language in Language::ALL {
        speak(language);
        let (yuan, part) = (language.yuan(2.3e6), language.percent(0.0125, 2));
        for shown in [say!("a-parcel", price = yuan), say!("a-month", yuan = yuan)] {
            assert_eq!(language.read(&shown, false), Some(2.3e6), "{shown}");
        }
        for shown in [say!("of-payments", price = part), say!("of-referred", price = part)] {
            assert_eq!(language.read(&shown, true), Some(0.0125), "{shown}");
        }
    }
}
