//! Whatever is typed and pressed counts, once, and what cannot count is said.

use bevy_egui::egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play::Save;
use walled_gardens_window::desk::{Action, Overlay, Screen, Tab};

use super::{Window, enter, orders, settle, window};

/// Types a number into a lever of the budgets, and leaves the field as it is.
pub fn typing(lever: &str, text: &str) -> Harness<'static, Window> {
    let mut harness = window(Some(("tutorial/first-game", "lotus")));
    harness.state_mut().desk.act(Action::Tab(Tab::Invest));
    harness.run_steps(3);
    let label = format!("{lever}, in figures");
    harness.get_by_role_and_label(Role::SpinButton, &label).focus();
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::SpinButton, &label).type_text(text);
    harness.run_steps(2);
    harness
}

fn marketing() -> Order {
    Order::MarketingBudget { region: None, amount: 60e6 }
}

/// Presses and lets go within one frame, as a slow one has it.
fn click_at_once(harness: &mut Harness<Window>, label: &str) {
    let place = harness.get_by_label_contains(label).rect().center();
    harness.event(Event::PointerMoved(place));
    let button = bevy_egui::egui::PointerButton::Primary;
    for pressed in [true, false] {
        harness.event(Event::PointerButton { pos: place, button, pressed, modifiers: Modifiers::NONE });
    }
}

#[test]
fn what_was_typed_counts_whatever_is_clicked_next() {
    for at_once in [false, true] {
        let mut harness = typing("Marketing", "60 M");
        assert_eq!(orders(&harness), []);
        if at_once {
            click_at_once(&mut harness, "End month");
        } else {
            harness.get_by_label_contains("End month").click();
        }
        harness.run_steps(3);
        settle(&mut harness);
        let played = harness.state().desk.played.as_ref().expect("a match");
        assert_eq!(
            played.position.turns.last().expect("was played").record.orders[0],
            [marketing()],
            "{at_once}"
        );
    }
    for (label, holds) in [("Prices", 1), ("Rivals", 1), ("Undo", 1)] {
        let mut harness = typing("Marketing", "60 M");
        if label == "Undo" {
            // There is something to be undone, so that it can be clicked.
            harness.state_mut().desk.act(Action::Order(Order::AdvertLoad { load: 0.1 }));
            harness.run_steps(2);
        }
        harness.get_by_label(label).click();
        harness.run_steps(5);
        assert_eq!(orders(&harness).len(), holds, "{label}: {:?}", orders(&harness));
    }
}

#[test]
fn what_is_no_number_is_said_and_nothing_goes_on_without_it() {
    let mut harness = typing("Marketing", "a15%");
    harness.get_by_label_contains("End month").click();
    harness.run_steps(5);
    let desk = &harness.state().desk;
    assert!(desk.message.as_ref().is_some_and(|words| words.contains("a15%")), "{:?}", desk.message);
    assert!(!desk.is_busy() && desk.played.as_ref().expect("a match").position.played() == 0);
    harness.state_mut().desk.act(Action::Dismiss);
    harness.state_mut().desk.act(Action::Tab(Tab::Prices));
    harness.run_steps(3);
    enter(&mut harness, "Commission", "-3");
    assert!(harness.state().desk.message.as_ref().is_some_and(|words| words.contains("-3")));
    enter(&mut harness, "Commission", "2,5%");
    assert_eq!(orders(&harness), [Order::TakeRate { category: None, rate: 0.025 }]);
}

#[test]
fn escape_leaves_the_field_and_nothing_else() {
    let mut harness = typing("Marketing", "60 M");
    harness.key_press(Key::Escape);
    harness.run_steps(5);
    assert_eq!((orders(&harness), harness.state().desk.overlay), (vec![], None));
    assert_eq!(harness.state().desk.message, None);
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert_eq!(harness.state().desk.overlay, Some(Overlay::Saves), "the next opens the menu");
    // A list that is open is closed, and no more.
    let mut harness = window(Some(("tutorial/four-gardens", "lotus")));
    harness.get_all_by_role(Role::ComboBox).next().expect("a list").click();
    harness.run_steps(3);
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert_eq!(harness.state().desk.overlay, None);
}

#[test]
fn redo_has_both_of_its_chords_and_two_presses_in_a_frame_are_two() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    let given = [Order::AdvertLoad { load: 0.1 }, Order::MembershipFee { fee: 3.0 }];
    for order in &given {
        harness.state_mut().desk.act(Action::Order(order.clone()));
    }
    harness.run_steps(2);
    let chord = |key: Key, modifiers: Modifiers| {
        let (physical_key, repeat) = (None, false);
        [true, false].map(|pressed| Event::Key { key, physical_key, pressed, repeat, modifiers })
    };
    for redo in [(Key::Z, Modifiers::COMMAND | Modifiers::SHIFT), (Key::Y, Modifiers::COMMAND)] {
        for _ in 0..2 {
            chord(Key::Z, Modifiers::COMMAND).into_iter().for_each(|event| harness.event(event));
        }
        harness.run_steps(3);
        assert_eq!(orders(&harness), []);
        for left in 1..=2 {
            harness.key_press_modifiers(redo.1, redo.0);
            harness.run_steps(3);
            assert_eq!(orders(&harness), given[..left]);
        }
    }
}

#[test]
fn a_held_key_is_pressed_once() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    let down = |pressed: bool| {
        let (physical_key, repeat, modifiers) = (None, false, Modifiers::NONE);
        Event::Key { key: Key::Enter, physical_key, pressed, repeat, modifiers }
    };
    for focused in [false, true] {
        let before = harness.state().desk.played.as_ref().expect("a match").position.played();
        harness.state_mut().desk.act(Action::Go(Screen::Play));
        harness.run_steps(2);
        if focused {
            harness.get_by_label_contains("End month").focus();
            harness.run_steps(2);
        }
        for _ in 0..400 {
            harness.event(down(true));
            harness.run_steps(1);
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        harness.event(down(false));
        settle(&mut harness);
        let desk = &harness.state().desk;
        assert_eq!(desk.played.as_ref().expect("a match").position.played(), before + 1);
        assert_eq!(desk.shelf.list().len() as u32, before + 1);
    }
}

#[test]
fn saving_while_a_month_is_worked_out_says_so_and_saves_once_it_is() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    harness.state_mut().desk.act(Action::EndTurn);
    assert!(harness.state().desk.is_busy());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run_steps(1);
    if harness.state().desk.is_busy() {
        harness.get_by_label_contains("saved as soon as it is");
    }
    settle(&mut harness);
    harness.run_steps(2);
    harness.get_by_label_contains("Saved: tutorial-two-gardens north");
    let saves = harness.state().desk.shelf.list();
    assert_eq!(saves.len(), 2, "by hand and by itself: {saves:?}");
    let played = |path: &std::path::PathBuf| Save::read(path).expect("reads").played();
    assert_eq!(saves.iter().map(played).collect::<Vec<_>>(), [1, 1]);
    // Where there is none it is said too.
    let mut harness = window(None);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run_steps(2);
    harness.get_by_label_contains("no match to be saved");
}

#[test]
fn a_search_chooses_among_what_it_finds_and_enter_opens_nothing_else() {
    let mut harness = window(None);
    harness.get_by_role(Role::TextInput).focus();
    harness.run_steps(2);
    harness.get_by_role(Role::TextInput).type_text("two ecosystems");
    harness.run_steps(4);
    let chosen = harness.state().desk.chosen_level().expect("reads").id.clone();
    assert_eq!(chosen, "arena/two_ecosystems");
    harness.state_mut().desk.search = "nothing is called so".to_owned();
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().desk.screen, Screen::Browser);
}

#[test]
fn a_level_file_that_is_added_while_the_window_is_open_is_listed() {
    let mut harness = window(None);
    let folder = harness.state().folder.path().join("levels");
    std::fs::create_dir_all(&folder).expect("a folder");
    harness.state_mut().desk.list_folder(&folder);
    let chosen = harness.state().desk.chosen_level().expect("reads").id.clone();
    let mine = include_str!("../../../levels/tutorial/two-gardens.ron").replace("Two gardens", "My own");
    std::fs::write(folder.join("mine.ron"), mine).expect("is written");
    harness.run_steps(30);
    harness.get_by_label_contains("My own");
    assert_eq!(harness.state().desk.chosen_level().expect("reads").id, chosen, "what was chosen stays so");
    // However many there are.
    for number in 0..250 {
        let level = include_str!("../../../levels/tutorial/two-gardens.ron")
            .replace("Two gardens", &format!("Copy {number}"));
        std::fs::write(folder.join(format!("copy-{number:03}.ron")), level).expect("is written");
    }
    harness.run_steps(100);
    let listed = |harness: &Harness<Window>| -> Vec<String> {
        let own = harness.state().desk.levels.iter().take_while(|listed| listed.name.contains("/levels/"));
        own.map(|listed| listed.name.clone()).collect()
    };
    let names = listed(&harness);
    assert_eq!((names.len(), names.is_sorted()), (251, true));
    assert_eq!(harness.state().desk.chosen_level().expect("reads").id, chosen);
    std::fs::write(folder.join("zz.ron"), "no level").expect("is written");
    harness.run_steps(30);
    assert!(listed(&harness).last().is_some_and(|name| name.ends_with("zz.ron")));
}

#[test]
fn of_two_levels_of_one_id_the_one_that_was_played_is_played_again() {
    let mut harness = window(None);
    let folder = harness.state().folder.path().join("levels");
    std::fs::create_dir_all(&folder).expect("a folder");
    let mine = include_str!("../../../levels/tutorial/two-gardens.ron").replace("Two gardens", "My own");
    std::fs::write(folder.join("mine.ron"), mine).expect("is written");
    harness.state_mut().desk.list_folder(&folder);
    harness.state_mut().desk.act(Action::Choose(0));
    harness.state_mut().desk.seed = Some(77);
    harness.state_mut().desk.act(Action::Begin);
    settle(&mut harness);
    // Another is chosen meanwhile, and another seed; and then its file goes.
    harness.state_mut().desk.find("tutorial/two-gardens", &[]);
    harness.state_mut().desk.seed = None;
    for gone in [false, true] {
        if gone {
            std::fs::write(folder.join("mine.ron"), "no level").expect("is written");
        }
        harness.state_mut().desk.act(Action::Again);
        settle(&mut harness);
        let position = &harness.state().desk.played.as_ref().expect("a match").position;
        assert_eq!((position.level.title.as_str(), position.seed), ("My own", 77));
    }
}
