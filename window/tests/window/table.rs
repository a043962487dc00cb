//! Several people at one machine take turns at the same window.

use super::*;

fn shared() -> Harness<'static, Window> {
    let mut harness = window(None);
    let level = walled_gardens_engine::level::Level::find(
        "tutorial/two-gardens",
        &["setup.consumers=2000".to_owned()],
        &walled_gardens_engine::strategy::vocabulary(),
    );
    let seats = ["north", "south"];
    let session =
        Session::begin_table(&level.expect("is shipped"), &seats, Some(3), Difficulty::Fair).expect("plays");
    harness.state_mut().desk.open(session);
    settle(&mut harness);
    harness
}

fn screen(harness: &Harness<Window>) -> Screen {
    harness.state().desk.screen
}

fn me(harness: &Harness<Window>) -> usize {
    harness.state().desk.played.as_ref().expect("a match").position.me
}

#[test]
fn nobody_sees_a_plan_but_whose_it_is_and_the_month_waits_for_all() {
    let mut harness = shared();
    assert_eq!((screen(&harness), me(&harness)), (Screen::HandOver, 0));
    harness.get_by_label_contains("is next");
    assert!(harness.state().desk.position().is_none(), "no window over it has anything to show");
    harness.key_press(Key::M);
    harness.key_press(Key::N);
    harness.run_steps(3);
    assert_eq!(harness.state().desk.overlay, None);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(screen(&harness), Screen::Play);
    let order = Order::AdvertLoad { load: 0.09 };
    harness.state_mut().desk.act(Action::Order(order.clone()));
    harness.state_mut().desk.act(Action::EndTurn);
    harness.run_steps(3);
    assert_eq!((screen(&harness), me(&harness)), (Screen::HandOver, 1));
    assert_eq!(orders(&harness), [], "the plan is put away");
    harness.state_mut().desk.act(Action::Go(Screen::Browser));
    harness.state_mut().desk.act(Action::Go(Screen::Play));
    assert_eq!(screen(&harness), Screen::HandOver, "no way round leads past it");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(screen(&harness), Screen::Play);
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    assert_eq!(
        (screen(&harness), me(&harness)),
        (Screen::HandOver, 0),
        "the month is over, and the first is next"
    );
    let played = harness.state().desk.played.as_ref().expect("a match");
    assert_eq!(played.position.turns[0].record.orders[0], [order]);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(screen(&harness), Screen::Report, "each sees what the month brought");
}

#[test]
fn a_shared_match_that_is_loaded_waits_for_whoever_sat_there() {
    let mut harness = shared();
    harness.key_press(Key::Enter);
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Order(Order::AdvertLoad { load: 0.09 }));
    harness.state_mut().desk.act(Action::Save);
    harness.run_steps(3);
    let path = harness.state().desk.shelf.list().first().cloned().expect("was saved");
    harness.state_mut().desk.act(Action::Load(path));
    settle(&mut harness);
    assert_eq!((screen(&harness), me(&harness)), (Screen::HandOver, 0));
    assert!(harness.query_by_label_contains("Adverts").is_none(), "nothing of the plan is shown");
}

#[test]
fn the_briefing_lets_others_take_seats_too() {
    let mut harness = window(None);
    harness.state_mut().desk.find("tutorial/two-gardens", &[]);
    harness.state_mut().desk.act(Action::Go(Screen::Briefing));
    harness.run_steps(3);
    harness.get_by_label("+ player").click();
    harness.run_steps(3);
    assert_eq!(harness.state().desk.people(), [0, 1]);
    harness.get_by_label_contains("Begin with 2").click();
    settle(&mut harness);
    assert_eq!(screen(&harness), Screen::HandOver);
    let desk = &mut harness.state_mut().desk;
    desk.act(Action::Go(Screen::Briefing));
    desk.act(Action::Seat(1));
    assert_eq!(desk.people(), [1], "whoever takes that seat takes it alone");
}

#[test]
fn the_end_of_a_shared_match_is_told_to_all_of_them() {
    let level = walled_gardens_engine::level::Level::find(
        "tutorial/first-game",
        &["setup.consumers=2000".to_owned(), "setup.turns=12".to_owned()],
        &walled_gardens_engine::strategy::vocabulary(),
    );
    let seats = ["lotus", "granite"];
    let mut session =
        Session::begin_table(&level.expect("is shipped"), &seats, Some(3), Difficulty::Fair).expect("plays");
    while session.turns().len() < 11 {
        if !session.hand_over(None) {
            session.end_turn(None);
        }
    }
    let mut harness = window(None);
    harness.state_mut().desk.open(session);
    // The last month is ended by both of them in the window.
    for _ in 0..2 {
        harness.state_mut().desk.act(Action::SitDown);
        harness.state_mut().desk.act(Action::Skip);
        harness.state_mut().desk.act(Action::Order(Order::AdvertLoad { load: 0.09 }));
        harness.state_mut().desk.act(Action::EndTurn);
        settle(&mut harness);
    }
    assert!(harness.state().desk.played.as_ref().is_some_and(|played| played.position.is_over()));
    harness.state_mut().desk.act(Action::SitDown);
    harness.state_mut().desk.act(Action::Skip);
    harness.state_mut().desk.act(Action::Go(Screen::End));
    settle(&mut harness);
    assert_eq!(screen(&harness), Screen::End);
    for who in ["Lotus: ", "Granite: "] {
        harness.get_by_label_contains(who);
    }
    assert!(harness.query_by_label("What decided it").is_none(), "that is told to one alone");
    assert_eq!(
        harness.state().desk.played.as_ref().map(|played| played.months.len()),
        Some(0),
        "nor worked out"
    );
    assert!(harness.query_by_label_contains("· you").is_none(), "everybody looks at it");
    let bests = &harness.state().desk.bests;
    assert!(!bests.has_played("tutorial/first-game"), "they did not play against the level");
}
