//! Many matches in one sitting: what is drawn or chosen belongs to the match that is shown.

use bevy_egui::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use walled_gardens_engine::level::{Level, set, shipped};
use walled_gardens_engine::play::{Difficulty, Save, Session};
use walled_gardens_engine::strategy;
use walled_gardens_window::desk::{Action, Overlay, Tab};

use super::{Window, settle, window};

/// Levels whose gardens, categories, regions and services are as different in number as they come.
const SHAPES: [&str; 6] = [
    "history/china_2024",
    "arena/two_ecosystems",
    "tutorial/four-gardens",
    "tutorial/two-gardens",
    "arena/six",
    "lab/hotelling",
];

/// Chooses the last of everything that there is to choose from in every panel, and leaves each open.
fn choose_everything(harness: &mut Harness<Window>) {
    for tab in Tab::ALL {
        harness.state_mut().desk.act(Action::Tab(tab));
        harness.run_steps(2);
        choose_lists(harness);
        choose_gates(harness);
    }
    harness.state_mut().desk.act(Action::Over(Some(Overlay::Market)));
    harness.run_steps(2);
    choose_lists(harness);
    harness.state_mut().desk.act(Action::Over(None));
    harness.run_steps(1);
}

fn labels(harness: &Harness<Window>) -> Vec<String> {
    harness.query_all_by_role(Role::Button).filter_map(|node| node.accesskit_node().label()).collect()
}

fn choose_lists(harness: &mut Harness<Window>) {
    let lists = harness.query_all_by_role(Role::ComboBox).count();
    for list in 0..lists {
        // A list below the edge is scrolled to: what cannot be clicked chooses nothing.
        if let Some(node) = harness.query_all_by_role(Role::ComboBox).nth(list) {
            node.scroll_to_me();
        }
        harness.run_steps(2);
        let before = labels(harness);
        let Some(node) = harness.query_all_by_role(Role::ComboBox).nth(list) else { return };
        node.click();
        harness.run_steps(2);
        let new = labels(harness).into_iter().rfind(|label| !before.contains(label));
        if let Some(last) = new {
            harness.query_all_by_label(&last).last().expect("is there").click();
        }
        harness.run_steps(2);
    }
}

fn choose_gates(harness: &mut Harness<Window>) {
    let is_gate = |label: &String| label.contains(" to ") || label.starts_with("More about");
    let Some(last) = labels(harness).into_iter().rfind(is_gate) else { return };
    harness.query_all_by_label(&last).last().expect("is there").scroll_to_me();
    harness.run_steps(2);
    harness.query_all_by_label(&last).last().expect("is there").click();
    harness.run_steps(2);
}

/// Shows every panel of the match that is shown.
fn look_everywhere(harness: &mut Harness<Window>) {
    for tab in Tab::ALL {
        harness.state_mut().desk.act(Action::Tab(tab));
        harness.run_steps(1);
    }
}

/// A small match, which opens at once.
fn small(level: &str) -> Session {
    let vocabulary = strategy::vocabulary();
    let text = shipped().find(|known| known.name == level).expect("is shipped").text;
    let text = ["setup.consumers=200", "setup.merchants=40"]
        .iter()
        .fold(text.to_owned(), |text, change| set(&text, change).unwrap_or(text));
    let level = Level::from_text(level, &text, &vocabulary).expect("reads");
    let seat = level.platforms.last().expect("has seats").id.clone();
    Session::begin_level(&level, Some(&seat), Some(1), Difficulty::Fair).expect("plays")
}

#[test]
fn every_level_opens_after_every_other_with_something_chosen_in_every_panel() {
    let mut harness = window(None);
    harness.state_mut().ticks = false;
    // Each of them follows each of the others.
    let all = 0..SHAPES.len();
    let others = |one: usize| all.clone().filter(move |other| *other != one).map(move |other| (one, other));
    let mut pairs: Vec<(usize, usize)> = all.clone().flat_map(others).collect();
    let mut shown = 0;
    harness.state_mut().desk.open(small(SHAPES[0]));
    harness.run_steps(2);
    choose_everything(&mut harness);
    while !pairs.is_empty() {
        let next = pairs.iter().rposition(|pair| pair.0 == shown).unwrap_or(0);
        let (from, to) = pairs.remove(next);
        if from != shown {
            harness.state_mut().desk.open(small(SHAPES[from]));
            harness.run_steps(1);
        }
        if from == 0 {
            choose_gates(&mut harness);
        }
        harness.state_mut().desk.open(small(SHAPES[to]));
        look_everywhere(&mut harness);
        choose_lists(&mut harness);
        shown = to;
    }
    // And every level that there is, one after the other.
    for level in shipped() {
        harness.state_mut().desk.open(small(level.name));
        harness.run_steps(1);
    }
}

#[test]
fn what_was_chosen_in_one_match_is_not_chosen_in_the_next_by_browser_or_by_save() {
    let mut harness = window(None);
    let saves = ["tutorial/two-gardens", "arena/two_ecosystems"].map(|level| {
        let save = Save::of(&small(level));
        harness.state().desk.shelf.write(level, &save).expect("is saved")
    });
    for path in saves {
        harness.state_mut().desk.open(small("history/china_2024"));
        harness.run_steps(2);
        harness.state_mut().desk.act(Action::Tab(Tab::Invest));
        harness.run_steps(2);
        choose_lists(&mut harness);
        harness.state_mut().desk.act(Action::Load(path));
        settle(&mut harness);
        harness.state_mut().desk.act(Action::Tab(Tab::Invest));
        harness.run_steps(3);
        assert_eq!(harness.state().desk.message, None);
    }
    // A level of the browser, in the same window, begun twice: the choice of the first match is not that of the second.
    harness.state_mut().desk.find("tutorial/four-gardens", &[]);
    for _ in 0..2 {
        harness.state_mut().desk.act(Action::Begin);
        settle(&mut harness);
        harness.state_mut().desk.act(Action::Tab(Tab::Invest));
        harness.run_steps(3);
        let chosen: Vec<Option<String>> = harness
            .query_all_by_role(Role::ComboBox)
            .map(|node| node.accesskit_node().value().or(node.accesskit_node().label()))
            .collect();
        assert!(chosen.iter().flatten().all(|chosen| chosen == "All"), "{chosen:?}");
        choose_lists(&mut harness);
    }
}
