//! Every language on every screen: nothing is left in English or without room, and a language that is chosen is spoken at once.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{Key, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::level::RandomMarket;
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play::{Difficulty, Language, Session};
use walled_gardens_window::desk::{Action, Overlay, Screen, Tab};
use walled_gardens_window::settings::Settings;
use walled_gardens_window::texts::text;

use super::painted::painted;
use super::{Window, settle, window};

const USUAL: Vec2 = Vec2::new(1_280.0, 800.0);

/// Words that every English sentence has some of, and no other language of the game.
const ENGLISH: [&str; 22] = [
    "the", "of", "and", "is", "are", "your", "you", "with", "it", "for", "from", "by", "at", "month",
    "months", "people", "nothing", "not", "share", "price", "cash", "orders",
];

fn spoken(language: Language, level: Option<(&str, &str)>) -> Harness<'static, Window> {
    let mut harness = window(level);
    harness.state_mut().desk.settings.language = Some(language);
    settle(&mut harness);
    harness
}

/// Looks at what is painted, and says what of it is English or leaves the window.
fn look(harness: &mut Harness<Window>, at: &str, found: &mut Vec<String>) {
    harness.run_steps(4);
    for painted in painted(harness, USUAL) {
        let words = painted.text.split(|c: char| !c.is_alphanumeric());
        let english = words.filter(|word| ENGLISH.contains(&word.to_lowercase().as_str())).count();
        if english > 0 || painted.place.right() > USUAL.x {
            found.push(format!("{at}: {}", painted.text));
        }
    }
}

/// What can lie over a match.
const OVERLAYS: [Overlay; 6] =
    [Overlay::Help, Overlay::Settings, Overlay::Saves, Overlay::Market, Overlay::Encyclopedia, Overlay::News];

#[test]
fn no_screen_has_a_word_of_english_left_or_one_that_leaves_the_window() {
    for language in [Language::Chinese, Language::Vietnamese] {
        let mut found = Vec::new();
        let mut harness = spoken(language, None);
        harness.state_mut().desk.find("history/china_2024", &["jd".to_owned()]);
        look(&mut harness, "browser", &mut found);
        harness.state_mut().desk.act(Action::Go(Screen::Briefing));
        look(&mut harness, "briefing", &mut found);
        harness.state_mut().desk.act(Action::Draw(RandomMarket::default()));
        harness.state_mut().desk.act(Action::Go(Screen::SetUp));
        look(&mut harness, "set-up", &mut found);
        harness.state_mut().desk.act(Action::Go(Screen::Briefing));
        harness.state_mut().desk.act(Action::Spectate);
        look(&mut harness, "casting", &mut found);
        let mut session =
            Session::begin("history/china_2024", Some("jd"), Some(3), Difficulty::Fair).expect("plays");
        for _ in 0..2 {
            session.end_turn(None);
        }
        harness.state_mut().desk.open(session);
        settle(&mut harness);
        // One order that can be carried out and one that cannot.
        for order in [Order::AdvertLoad { load: 0.1 }, Order::BrandBudget { amount: 1e15 }] {
            harness.state_mut().desk.act(Action::Order(order));
        }
        settle(&mut harness);
        for tab in Tab::ALL {
            harness.state_mut().desk.act(Action::Tab(tab));
            look(&mut harness, &format!("{tab:?}"), &mut found);
        }
        for overlay in OVERLAYS {
            harness.state_mut().desk.act(Action::Over(Some(overlay)));
            settle(&mut harness);
            look(&mut harness, &format!("{overlay:?}"), &mut found);
            if overlay == Overlay::Market {
                for part in ["explorer-merchants", "explorer-carriers", "explorer-wallets"] {
                    harness.get_by_role_and_label(Role::Button, &text(part)).click();
                    look(&mut harness, part, &mut found);
                }
            }
            harness.state_mut().desk.act(Action::Over(None));
        }
        harness.state_mut().desk.act(Action::EndTurn);
        harness.state_mut().desk.act(Action::EndTurn);
        settle(&mut harness);
        look(&mut harness, "report", &mut found);
        assert!(found.is_empty(), "{language:?}: {found:#?}");
    }
}

#[test]
fn a_language_that_is_chosen_is_spoken_at_once_and_kept() {
    let mut harness = window(Some(("tutorial/four-gardens", "lotus")));
    harness.state_mut().desk.settings.file = Some(harness.state().folder.path().join("settings.ron"));
    harness.state_mut().desk.act(Action::Over(Some(Overlay::Settings)));
    harness.run_steps(4);
    harness.get_by_label("Tiếng Việt").click();
    harness.run_steps(4);
    harness.get_by_label_contains("Chốt tháng");
    harness.get_by_label("简体中文").click();
    harness.run_steps(4);
    harness.get_by_label_contains("结束本月");
    let file = harness.state().desk.settings.file.clone().expect("has one");
    assert_eq!(Settings::read(file).language(), Language::Chinese);
    // A language of this run alone counts first, until another is chosen.
    harness.state_mut().desk.settings.asked = Some(Language::English);
    harness.run_steps(4);
    harness.get_by_label_contains("End month");
}

#[test]
fn an_amount_is_typed_as_the_language_writes_it() {
    for (language, name, typed) in
        [(Language::Chinese, "营销，数值", "6000万"), (Language::Vietnamese, "Tiếp thị, nhập số", "60 triệu")]
    {
        let mut harness = spoken(language, Some(("tutorial/four-gardens", "lotus")));
        harness.state_mut().desk.act(Action::Tab(Tab::Invest));
        harness.run_steps(4);
        harness.get_by_label(name).focus();
        harness.run_steps(3);
        harness.get_by_label(name).type_text(typed);
        harness.run_steps(2);
        harness.key_press(Key::Enter);
        harness.run_steps(3);
        assert_eq!(
            super::orders(&harness),
            [Order::MarketingBudget { region: None, amount: 60e6 }],
            "{language:?}: {typed}"
        );
    }
}
