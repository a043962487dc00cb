//! What a page shows, whole and at its top, at every size; figures that add up; hints that are over.

use bevy_egui::egui::{Rect, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::order::Term;
use walled_gardens_engine::play::{Difficulty, Language, Save, Session};
use walled_gardens_window::desk::{Action, Overlay, Screen, Tab};
use walled_gardens_window::settings::Settings;

use super::painted::{Painted, painted};
use super::{Window, hint, settle, window};

const USUAL: Vec2 = Vec2::new(1_280.0, 800.0);
const SMALL: Vec2 = Vec2::new(640.0, 480.0);
/// Sizes in points that windows have with smaller and larger text: the last is the smallest window with the largest.
const SIZES: [Vec2; 7] = [
    Vec2::new(1_920.0, 1_080.0),
    USUAL,
    Vec2::new(1_024.0, 768.0),
    Vec2::new(800.0, 500.0),
    SMALL,
    Vec2::new(640.0 / 1.3, 480.0 / 1.3),
    Vec2::new(640.0 / 1.6, 480.0 / 1.6),
];

#[test]
fn a_report_opens_at_its_top_however_the_last_was_left() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    harness.set_size(SMALL);
    let title = |harness: &Harness<Window>| harness.get_by_label("Forecast against outcome").rect();
    let mut tops = Vec::new();
    for _ in 0..2 {
        harness.state_mut().desk.act(Action::Go(Screen::Play));
        harness.state_mut().desk.act(Action::EndTurn);
        settle(&mut harness);
        harness.run_steps(4);
        tops.push(title(&harness).top());
        harness.get_by_label("What was each order worth?").scroll_to_me();
        harness.run_steps(6);
        assert!(title(&harness).top() < tops[0] - 50.0, "it has been scrolled");
    }
    // And one that is come back to.
    harness.state_mut().desk.act(Action::Go(Screen::Play));
    harness.run_steps(4);
    harness.state_mut().desk.act(Action::Go(Screen::Report));
    harness.run_steps(4);
    tops.push(title(&harness).top());
    // A headline of two lines pushes it down by one.
    assert!(tops.iter().all(|top| (top - tops[0]).abs() < 40.0) && tops[1] == tops[2], "{tops:?}");
}

#[test]
fn a_briefing_and_an_end_open_at_their_tops_however_the_last_were_left() {
    let mut harness = window(None);
    harness.set_size(SMALL);
    let mut tops = Vec::new();
    for level in ["tutorial/first-game", "arena/two_ecosystems", "tutorial/first-game"] {
        harness.state_mut().desk.find(level, &[]);
        harness.state_mut().desk.act(Action::Go(Screen::Briefing));
        harness.run_steps(4);
        tops.push(harness.get_by_label("Objectives").rect().left_top());
        harness.get_by_label("What is at stake").scroll_to_me();
        harness.run_steps(6);
        harness.state_mut().desk.act(Action::Go(Screen::Browser));
        harness.run_steps(3);
    }
    assert!((tops[0].y - tops[2].y).abs() < 1.0 && tops[1].y > 0.0, "{tops:?}");
}

/// What is painted of a figure in the bar: its number is painted after its caption.
fn figure<'a>(all: &'a [Painted], caption: &str) -> Option<&'a Painted> {
    let place = all.iter().position(|painted| painted.text == caption && painted.place.top() < 140.0)?;
    all.get(place + 1)
}

#[test]
fn share_profit_cash_and_value_stand_in_the_bar_at_every_size() {
    for (level, seat) in [("tutorial/first-game", "lotus"), ("history/china_2024", "kuaishou")] {
        let mut harness = window(Some((level, seat)));
        for played in 0..=1 {
            for size in SIZES {
                harness.set_size(size);
                harness.run_steps(4);
                let all = painted(&harness, size);
                for caption in ["SHARE", "PROFIT", "CASH", "VALUE"] {
                    let found = figure(&all, caption);
                    let is_whole = found.is_some_and(|found| {
                        !found.hidden && (played == 0 || found.text.contains(|c: char| c.is_ascii_digit()))
                    });
                    let found = found.map(|found| found.text.as_str());
                    let texts: Vec<&str> = all.iter().map(|painted| painted.text.as_str()).collect();
                    assert!(is_whole, "{level} at {size}: {caption} {found:?} of {texts:?}");
                }
                let end = harness.get_by_label_contains("End month").rect();
                let screen = Rect::from_min_size(Default::default(), size);
                assert!(screen.contains_rect(end), "{level} at {size}: {end}");
            }
            if played == 0 {
                harness.state_mut().desk.act(Action::EndTurn);
                settle(&mut harness);
                harness.state_mut().desk.act(Action::Go(Screen::Play));
            }
        }
    }
}

#[test]
fn the_people_of_the_map_are_all_the_people_there_are() {
    for (level, seat, shops) in [("tutorial/four-gardens", "lotus", 4), ("tutorial/two-gardens", "south", 2)]
    {
        let mut harness = window(Some((level, seat)));
        for _ in 0..2 {
            let position = &harness.state().desk.played.as_ref().expect("a match").position;
            let all: f64 = position.now().people.iter().sum();
            let online = position.at_home.people.iter().flatten().sum::<f64>();
            let read = |text: &str, after: &str| {
                let number = text.rsplit("· ").next().and_then(|text| text.strip_suffix(after))?;
                Language::English.read(number.trim(), false)
            };
            let texts = painted(&harness, USUAL);
            let gardens: Vec<f64> =
                texts.iter().filter_map(|painted| read(&painted.text, "mainly here")).collect();
            let outside = texts.iter().find_map(|painted| read(&painted.text, "outside")).expect("is told");
            let sum = outside + gardens.iter().sum::<f64>();
            assert_eq!(gardens.len(), shops, "{level}");
            assert!(
                (sum / online - 1.0).abs() < 0.01 && sum < 1.01 * all,
                "{level}: {sum} of {online}, {all}"
            );
            harness.state_mut().desk.act(Action::EndTurn);
            settle(&mut harness);
            harness.state_mut().desk.act(Action::Go(Screen::Play));
            harness.run_steps(4);
        }
    }
}

#[test]
fn a_tutorial_that_is_over_is_over_after_a_restart_until_hints_are_wanted_again() {
    let mut harness = window(None);
    let file = harness.state().folder.path().join("settings.ron");
    harness.state_mut().desk.settings.file = Some(file.clone());
    harness.state_mut().desk.act(Action::Go(Screen::Briefing));
    harness.run_steps(3);
    harness.state_mut().desk.act(Action::Begin);
    settle(&mut harness);
    // Half of it first: a match that is loaded goes on with it.
    harness.state_mut().desk.act(Action::NextHint);
    harness.state_mut().desk.act(Action::Tab(Tab::Invest));
    harness.run_steps(3);
    let reached = hint(&harness).expect("a hint");
    assert!(reached > 3);
    harness.state_mut().desk.act(Action::Save);
    let save = harness.state().desk.shelf.list().pop().expect("is saved");
    let restarted = |file: &std::path::Path| {
        let mut harness = window(None);
        harness.state_mut().desk.settings =
            Settings { reduced_motion: true, speed: 8.0, ..Settings::read(file.to_owned()) };
        harness
    };
    let mut second = restarted(&file);
    second.state_mut().desk.act(Action::Load(save));
    settle(&mut second);
    second.run_steps(2);
    assert_eq!(hint(&second), Some(reached));
    for _ in reached..=11 {
        second.state_mut().desk.act(Action::NextHint);
        second.run_steps(2);
    }
    assert_eq!(hint(&second), None);
    let mut third = restarted(&file);
    for _ in 0..2 {
        third.run_steps(3);
        assert_eq!(hint(&third), None, "it is over");
        third.state_mut().desk.find("tutorial/first-game", &[]);
        third.state_mut().desk.act(Action::Begin);
        settle(&mut third);
        third.run_steps(2);
        assert_eq!(hint(&third), None);
        third.state_mut().desk.act(Action::Go(Screen::Browser));
    }
    for _ in 0..2 {
        third.state_mut().desk.act(Action::Over(Some(Overlay::Settings)));
        third.run_steps(3);
        third.get_by_label("Hints for newcomers").click();
        third.run_steps(3);
        third.state_mut().desk.act(Action::Over(None));
        third.run_steps(2);
    }
    assert_eq!(hint(&third), Some(1), "switched off and on again");
}

#[test]
fn what_a_rival_asks_for_is_told_as_what_the_player_would_do() {
    let level = "arena/two_ecosystems";
    let mut session = Session::begin(level, Some("east"), Some(1), Difficulty::Fair).expect("plays");
    let west = session.level().platforms.iter().position(|platform| platform.id != "east").expect("a rival");
    session.end_turn(None);
    let mut harness = window(None);
    harness.state_mut().desk.open(session);
    let played = harness.state_mut().desk.played.as_mut().expect("a match");
    let mut view = (*played.position.view).clone();
    let deal = walled_gardens_engine::order::Deal {
        gives: vec![Term::Data],
        asks: vec![Term::NonBlocking, Term::Data],
        months: 12,
        notice: 3,
        penalty: 0.0,
    };
    let me = played.position.me;
    let offers = &mut view.public.ecosystem.negotiations.offers;
    offers.clear();
    offers.push(walled_gardens_engine::sim::state::negotiations::PendingOffer { from: west, to: me, deal });
    played.position.view = std::sync::Arc::new(view);
    harness.state_mut().desk.act(Action::Tab(Tab::Deals));
    harness.run_steps(4);
    harness.get_by_label("You close nothing that is open");
    harness.get_by_label("What you know of your buyers");
    harness.get_by_label("What it knows of its buyers");
    assert!(harness.query_by_label("It closes nothing that is open").is_none());
}

#[test]
fn a_match_of_the_older_format_is_gone_on_with_and_saved_as_one_of_todays() {
    let mut harness = window(None);
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/version_1.wgsave");
    let there = harness.state().folder.path().join("autosave-000007.wgsave");
    std::fs::copy(old, &there).expect("is copied");
    harness.state_mut().desk.act(Action::Load(there.clone()));
    settle(&mut harness);
    assert_eq!(harness.state().desk.played.as_ref().expect("a match").position.played(), 3);
    harness.state_mut().desk.act(Action::Dismiss);
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    let saves = harness.state().desk.shelf.list();
    assert_eq!(saves.len(), 2, "{saves:?}");
    let [new, old] = [0, 1].map(|place: usize| Save::read(&saves[place]).expect("reads"));
    assert_eq!((new.played(), old.played(), new.number), (4, 3, old.number), "one match");
    // What is of no format that there ever was says so.
    let mut bytes = std::fs::read(&there).expect("reads");
    bytes[8] = 0;
    std::fs::write(&there, bytes).expect("is written");
    harness.state_mut().desk.act(Action::Load(there));
    settle(&mut harness);
    assert!(harness.state().desk.message.as_ref().is_some_and(|words| words.contains("autosave-000007")));
}

#[test]
fn levels_to_play_and_levels_for_studies_stand_apart_and_a_search_finds_both() {
    let mut harness = window(None);
    assert!(harness.query_by_label_contains("The walls come down").is_some());
    assert!(harness.query_by_label_contains("Logit duopoly").is_none());
    harness.get_by_label("Laboratory").click();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("The walls come down").is_none());
    let desk = &mut harness.state_mut().desk;
    assert!(desk.is_shown(desk.chosen), "what is chosen is among what is listed");
    desk.search = "walls come down".to_owned();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("The walls come down").is_some());
}

#[test]
fn the_last_match_that_is_not_over_is_gone_on_with_from_the_first_screen() {
    let mut harness = window(Some(("arena/duel", "south")));
    assert!(harness.state().desk.to_go_on_with().is_none());
    harness.state_mut().desk.act(Action::Save);
    harness.state_mut().desk.act(Action::Go(Screen::Browser));
    for _ in 0..400 {
        harness.run_steps(1);
        if harness.state().desk.to_go_on_with().is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    harness.run_steps(2);
    harness.get_by_label_contains("Go on: ").click();
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Play);
    assert_eq!(harness.state().desk.played.as_ref().expect("a match").position.me, 1);
}
