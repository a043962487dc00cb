//! Whatever is wrong outside the window is said in it, and nothing that there was is lost.

use bevy_egui::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play::{Difficulty, Save, Session, Shelf};
use walled_gardens_window::desk::{Action, Screen};

use super::{against, orders, settle, window};

const TWO: &str = "tutorial/two-gardens";

#[test]
fn a_save_that_is_no_good_says_which_and_why_and_the_match_stays() {
    let mut harness = window(Some((TWO, "north")));
    let good = {
        let mut session = Session::begin(TWO, None, None, Difficulty::Fair).expect("plays");
        session.end_turn(None);
        Save::of(&session).to_bytes().expect("encodes")
    };
    let mut altered = good.clone();
    *altered.last_mut().expect("has bytes") ^= 1;
    let mut future = good.clone();
    future[8] = 9;
    let cases = [
        ("altered", altered, "damaged"),
        ("cut", good[..good.len() / 2].to_vec(), "damaged"),
        ("empty", Vec::new(), "not a saved match"),
        ("foreign", b"Dear diary".to_vec(), "not a saved match"),
        ("future", future, "later version of the game (format 9"),
    ];
    let order = Order::AdvertLoad { load: 0.1 };
    harness.state_mut().desk.act(Action::Order(order.clone()));
    let folder = harness.state().folder.path().to_owned();
    for (name, bytes, _) in &cases {
        std::fs::write(folder.join(name).with_extension("wgsave"), bytes).expect("is written");
    }
    for (name, bytes, why) in &cases {
        for label in [(*name).to_owned(), format!("Watch {name}")] {
            harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
            harness.run_steps(3);
            harness.get_by_label(&label).click();
            harness.run_steps(3);
            settle(&mut harness);
            let message = harness.state().desk.message.clone().expect("something is said");
            assert!(
                message.contains(&format!("{name}.wgsave")) && message.contains(why),
                "{label}: {message}"
            );
            harness.get_by_label_contains(why);
            harness.key_press(Key::Escape);
            harness.run_steps(3);
            assert_eq!(harness.state().desk.message, None);
            harness.state_mut().desk.act(Action::Over(None));
            harness.run_steps(3);
            assert_eq!(harness.state().desk.screen, Screen::Play);
            assert_eq!(orders(&harness), std::slice::from_ref(&order));
        }
        let still = std::fs::read(folder.join(name).with_extension("wgsave")).expect("is there");
        assert_eq!(still, *bytes, "{name} is as it was");
    }
}

#[test]
fn where_nothing_can_be_saved_it_is_said_and_the_match_goes_on() {
    let mut harness = against(TWO, "north", ("south", "steady-investor"));
    let file = harness.state().folder.path().join("in the way");
    std::fs::write(&file, "here").expect("is written");
    harness.state_mut().desk.shelf = Shelf::at(file.join("saves"));
    for month in 1..=2 {
        harness.state_mut().desk.act(Action::Go(Screen::Play));
        harness.state_mut().desk.act(Action::EndTurn);
        settle(&mut harness);
        harness.get_by_label_contains("could not be saved by itself");
        assert_eq!(harness.state().desk.played.as_ref().expect("a match").position.played(), month);
        harness.state_mut().desk.act(Action::Dismiss);
    }
    harness.state_mut().desk.act(Action::Save);
    harness.run_steps(3);
    harness.get_by_label_contains("Not saved");
    assert_eq!(std::fs::read_to_string(&file).expect("is there"), "here");
    // Once there is room again the next month is saved.
    let room = harness.state().folder.path().join("room");
    harness.state_mut().desk.shelf = Shelf::at(&room);
    harness.state_mut().desk.act(Action::Go(Screen::Play));
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    let save = Save::read(&Shelf::at(&room).list()[0]).expect("reads");
    assert_eq!(save.played(), 3, "with all that was not saved before");
}

#[test]
fn closing_the_window_in_mid_turn_loses_at_most_that_turns_plan() {
    let mut harness = window(Some((TWO, "south")));
    let first = Order::AdvertLoad { load: 0.1 };
    harness.state_mut().desk.act(Action::Order(first.clone()));
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Go(Screen::Play));
    harness.state_mut().desk.act(Action::Order(Order::AdvertLoad { load: 0.2 }));
    harness.state_mut().desk.act(Action::EndTurn);
    assert!(harness.state().desk.is_busy(), "the month is being worked out");
    let state = harness.into_state();
    let folder = state.folder;
    drop(state.desk);
    let saves = Shelf::at(folder.path()).list();
    assert_eq!(saves.len(), 1);
    let (session, differs) = Save::read(&saves[0]).expect("reads").resume("saved").expect("resumes");
    assert_eq!((session.turns().len(), differs), (1, None));
    assert_eq!(session.turns()[0].record.orders[session.me()], [first]);
}
