//! Matches that are watched: found, scrubbed, played, left; every state is the one that was recorded.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{Key, Modifiers, Pos2, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::game::{Match, Prepared, Seat, Setup};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play::{Difficulty, Position, Save, Session};
use walled_gardens_engine::strategy;
use walled_gardens_window::desk::{Action, Screen};

use super::{Window, settle, window};

const TWO: &str = "tutorial/two-gardens";
const RATES: [f64; 3] = [0.02, 0.031, 0.042];

/// A match of three months, with another order in each.
fn recorded() -> Session {
    let mut session = Session::begin(TWO, Some("north"), Some(3), Difficulty::Fair).expect("plays");
    for rate in RATES {
        session.draft.set(Order::TakeRate { category: None, rate });
        session.end_turn(None);
    }
    session
}

/// A window in which a saved match is watched, chosen in the list.
fn watching(session: &Session) -> Harness<'static, Window> {
    let mut harness = window(None);
    harness.state().desk.shelf.write("mine", &Save::of(session)).expect("is saved");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run_steps(3);
    harness.get_by_label_contains("(mine)").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Watch);
    harness
}

fn shown<'a>(harness: &'a Harness<Window>) -> &'a Position {
    harness.state().desk.viewing.as_ref().expect("is watched").showing.position()
}

fn turn(harness: &Harness<Window>) -> u32 {
    shown(harness).played()
}

fn press(harness: &mut Harness<Window>, key: Key) {
    harness.key_press(key);
    harness.run_steps(3);
}

/// The outcome of every turn of a match, the opening first, is the one shown; nobody has to move for it.
#[track_caller]
fn stands_as(harness: &Harness<Window>, session: &Session) {
    let turn = turn(harness) as usize;
    let position = shown(harness);
    let wanted = if turn == 0 { session.opening() } else { &session.turns()[turn - 1].record.outcome };
    assert_eq!(position.now(), wanted, "turn {turn}");
    let view = session.turns().get(turn).map(|next| next.view.clone());
    assert_eq!(*position.view, view.map_or_else(|| session.view(), |view| (*view).clone()), "turn {turn}");
}

#[test]
fn a_saved_match_is_stepped_through_by_keys_and_every_turn_stands_as_it_was_recorded() {
    let session = recorded();
    let mut harness = watching(&session);
    assert_eq!(turn(&harness), 0, "where nothing is to move it begins at the opening and waits");
    stands_as(&harness, &session);
    harness.get_by_label_contains("no CEO sees the others' orders");
    assert!(harness.query_all_by_label("The first month is still to come.").count() == 2);
    for (number, rate) in (1..).zip(["2.00%", "3.10%", "4.20%"]) {
        press(&mut harness, Key::ArrowRight);
        assert_eq!(turn(&harness), number);
        stands_as(&harness, &session);
        harness.get_by_label("Commission, all categories");
        harness.get_by_label(rate);
        assert!(harness.query_all_by_label("Ordered nothing.").count() <= 1);
    }
    press(&mut harness, Key::ArrowRight);
    assert_eq!(turn(&harness), 3, "there is no further turn");
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(turn(&harness), 2);
    stands_as(&harness, &session);
    press(&mut harness, Key::Home);
    assert_eq!(turn(&harness), 0);
    press(&mut harness, Key::End);
    assert_eq!(turn(&harness), 3);
    let viewing = harness.state().desk.viewing.as_ref().expect("is watched");
    assert_eq!(viewing.showing.differs(), None, "every hash is as recorded");
    assert_eq!(viewing.showing.save().replay, *session.replay());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run_steps(3);
    harness.get_by_label_contains("is kept already");
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().desk.screen, Screen::Browser);
    assert!(harness.state().desk.viewing.is_none());
}

#[test]
fn the_handle_is_dragged_and_the_marks_are_clicked() {
    let session = recorded();
    let mut harness = watching(&session);
    let track = harness.get_by_role_and_label(Role::Slider, "Turn shown").rect();
    let at = |part: f32| Pos2::new(track.left() + part * track.width(), track.center().y);
    harness.drag_at(at(0.02));
    harness.run_steps(2);
    let mut seen = Vec::new();
    for part in [0.34, 0.66, 0.98] {
        harness.hover_at(at(part));
        harness.run_steps(3);
        seen.push(turn(&harness));
        stands_as(&harness, &session);
    }
    harness.drop_at(at(0.98));
    harness.run_steps(2);
    assert_eq!(seen, [1, 2, 3]);
    for (part, wanted) in [(0.02, 0), (0.66, 2)] {
        harness.drag_at(at(part));
        harness.run_steps(1);
        harness.drop_at(at(part));
        harness.run_steps(3);
        assert_eq!(turn(&harness), wanted);
    }
    // A focused handle takes one step a press, as an unfocused one does.
    harness.get_by_role_and_label(Role::Slider, "Turn shown").focus();
    harness.run_steps(2);
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(turn(&harness), 1);
    harness.get_by_label_contains("Later").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Later").click();
    harness.run_steps(3);
    assert_eq!(turn(&harness), 3);
}

#[test]
fn it_goes_on_to_its_end_stops_where_it_is_told_to_and_begins_anew() {
    let session = recorded();
    let mut harness = watching(&session);
    harness.get_by_label_contains("Go on").click();
    harness.run_steps(2);
    harness.get_by_label_contains("Pause");
    let mut seen = vec![turn(&harness)];
    assert!(seen[0] <= 1);
    while seen.last() != Some(&3) {
        harness.run_steps(1);
        if seen.last() != Some(&turn(&harness)) {
            seen.push(turn(&harness));
            stands_as(&harness, &session);
        }
        assert!(seen.len() < 9);
    }
    assert_eq!(seen[seen.len() - 3..], [1, 2, 3]);
    settle(&mut harness);
    harness.run_steps(2);
    harness.get_by_label_contains("Go on");
    press(&mut harness, Key::Space);
    assert!(turn(&harness) < 3, "it begins anew");
    press(&mut harness, Key::Space);
    let stopped = turn(&harness);
    harness.run_steps(60);
    assert_eq!(turn(&harness), stopped);
}

#[test]
fn how_a_recorded_seat_stood_with_its_objectives_is_seen_turn_by_turn() {
    let mut session =
        Session::begin("tutorial/first-game", Some("lotus"), None, Difficulty::Fair).expect("plays");
    session.draft.set(Order::GovernanceBudget { amount: 4e7 });
    session.end_turn(None);
    session.end_turn(None);
    let mut harness = watching(&session);
    let opening = "A place to trust: 83.8%";
    harness.key_press(Key::Home);
    harness.run_steps(3);
    harness.get_by_label_contains(opening);
    harness.key_press(Key::End);
    harness.run_steps(3);
    settle(&mut harness);
    assert!(harness.query_by_label_contains(opening).is_none(), "it has grown");
    harness.get_by_label_contains("A place to trust: 84.");
}

#[test]
fn people_walk_only_for_whoever_goes_on_by_one_and_wants_things_to_move() {
    let session = recorded();
    let mut harness = watching(&session);
    press(&mut harness, Key::ArrowRight);
    assert!(harness.state().desk.watch.is_none(), "reduced motion");
    harness.state_mut().desk.settings.reduced_motion = false;
    press(&mut harness, Key::ArrowRight);
    assert!(harness.state().desk.watch.is_some());
    press(&mut harness, Key::Home);
    assert!(harness.state().desk.watch.is_none());
    press(&mut harness, Key::End);
    assert!(harness.state().desk.watch.is_none());
}

#[test]
fn a_match_is_watched_from_its_end_and_from_a_replay_and_played_by_another_ceo() {
    let level = include_str!("../../../levels/tutorial/two-gardens.ron").replace("turns: 24", "turns: 3");
    let level = Level::from_text("short", &level, &strategy::vocabulary()).expect("reads");
    let mut session = Session::begin_level(&level, Some("north"), None, Difficulty::Fair).expect("plays");
    while !session.is_over() {
        session.end_turn(None);
    }
    let replay = session.replay().clone();
    let mut harness = window(None);
    harness.state_mut().desk.open(session);
    harness.run_steps(3);
    harness.get_by_label("Watch the match").click();
    harness.run_steps(3);
    settle(&mut harness);
    press(&mut harness, Key::End);
    assert_eq!(turn(&harness), 3);
    assert_eq!(shown(&harness).person(), Some(0));
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().desk.screen, Screen::End);
    harness.get_by_label("Play as another CEO").click();
    harness.run_steps(3);
    let desk = &harness.state().desk;
    assert_eq!((desk.screen, desk.seat), (Screen::Briefing, 1), "the level of the match, another seat");
    assert_eq!(desk.chosen_level().map(|level| level.id.as_str()), Some(TWO));
    assert!(desk.message.as_ref().is_some_and(|words| words.contains("has changed")), "24 months, not 3");
    harness.state_mut().desk.act(Action::Dismiss);
    harness.state_mut().desk.act(Action::Go(Screen::End));
    harness.run_steps(3);
    harness.get_by_label("Play again").click();
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Play);
    let position = &harness.state().desk.played.as_ref().expect("plays").position;
    assert_eq!((position.played(), position.me, position.level.id.as_str()), (0, 0, TWO));
    assert_eq!(position.length, 3, "as the level was then");
    harness.state_mut().desk.act(Action::Dismiss);

    // The file that `run` writes lies in the same list and can only be watched.
    let file = harness.state().folder.path().join("old.replay");
    std::fs::write(&file, replay.to_bytes().expect("encodes")).expect("is written");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run_steps(3);
    harness.get_by_label_contains("(old.replay)").click();
    harness.run_steps(3);
    settle(&mut harness);
    press(&mut harness, Key::End);
    assert_eq!(turn(&harness), 3);
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().desk.screen, Screen::Play, "the match on the desk is where it was");
}

#[test]
fn strategies_picked_in_the_briefing_play_as_they_do_without_a_window_and_the_match_is_kept() {
    let mut harness = window(None);
    harness.state_mut().desk.find(TWO, &[]);
    harness.state_mut().desk.seed = Some(7);
    harness.state_mut().desk.act(Action::Go(Screen::Briefing));
    harness.run_steps(3);
    harness.get_by_label_contains("Nobody: watch").click();
    harness.run_steps(3);
    let names: Vec<String> = harness
        .state()
        .desk
        .chosen_level()
        .expect("reads")
        .platforms
        .iter()
        .map(|p| p.name.clone())
        .collect();
    for (name, wanted) in names.iter().zip(["coupon-raider", "category-builder"]) {
        harness.get_by_label(&format!("Strategy of {name}")).click();
        harness.run_steps(4);
        harness.get_by_role_and_label(Role::Button, wanted).click();
        harness.run_steps(4);
    }
    assert_eq!(
        harness.state().desk.cast.as_deref(),
        Some(&["coupon-raider".to_owned(), "category-builder".to_owned()][..])
    );
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Watch);
    press(&mut harness, Key::End);

    let level = Level::find(TWO, &[], &strategy::vocabulary()).expect("is there");
    let mut setup = Setup::of(&level).expect("plays");
    setup.population.seed = 7;
    setup.seats = ["coupon-raider", "category-builder"]
        .map(|name| Seat::Strategy(strategy::strategy(name).expect("is one")))
        .to_vec();
    let mut game = Match::new(&Prepared::new(level), setup);
    game.play_out();
    game.judge();
    assert_eq!(turn(&harness), game.setup().turns);
    assert_eq!(shown(&harness).now(), game.simulation().outcome());
    let viewing = harness.state().desk.viewing.as_ref().expect("is watched");
    let hash = viewing.showing.save().replay.hashes.last().copied();
    assert_eq!(hash, Some(*game.simulation().state_hash().as_bytes()));
    assert_eq!(shown(&harness).person(), None);
    harness.get_by_label_contains("Strategies play");

    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run_steps(3);
    let saved = harness.state().desk.shelf.list().pop().expect("is kept");
    harness.state_mut().desk.act(Action::Go(Screen::Browser));
    // There is no seat to go on in: going on is watching.
    harness.state_mut().desk.act(Action::Load(saved));
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Watch);
    press(&mut harness, Key::End);
    assert_eq!(shown(&harness).now(), game.simulation().outcome());
}

#[test]
fn what_is_not_known_yet_cannot_be_shown_and_is_shown_once_it_is() {
    let mut harness = window(None);
    harness.state_mut().desk.find("arena/six", &[]);
    harness.state_mut().desk.act(Action::Spectate);
    harness.state_mut().desk.act(Action::Begin);
    while harness.state().desk.viewing.is_none() {
        harness.run_steps(1);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    harness.state_mut().desk.act(Action::Show(999));
    let showing = &harness.state().desk.viewing.as_ref().expect("is watched").showing;
    assert!(showing.turn() <= showing.known() && showing.known() < showing.last());
    harness.state_mut().desk.act(Action::Show(0));
    // It waits for each month and then goes on: to the fourth, and no further is waited for here.
    press(&mut harness, Key::Space);
    let mut before = 0;
    while turn(&harness) < 4 {
        harness.run_steps(1);
        std::thread::sleep(std::time::Duration::from_millis(2));
        assert!(turn(&harness) <= before + 1, "none is left out");
        before = turn(&harness);
    }
    press(&mut harness, Key::Escape);
    assert!(harness.state().desk.viewing.is_none(), "nobody listens any more");
}

#[test]
fn watching_is_usable_in_a_small_window() {
    let session = recorded();
    let mut harness = watching(&session);
    harness.set_size(Vec2::new(640.0, 480.0));
    harness.run_steps(4);
    press(&mut harness, Key::ArrowRight);
    for label in ["Go on", "×8", "Menu", "Commission, all categories"] {
        let place = harness.get_by_label_contains(label).rect();
        assert!(place.min.x >= 0.0 && place.max.x <= 640.0 && place.max.y <= 480.0, "{label}: {place:?}");
    }
    let track = harness.get_by_role_and_label(Role::Slider, "Turn shown").rect();
    assert!(track.width() >= 200.0 && track.max.x <= 640.0, "{track:?}");
    press(&mut harness, Key::N);
    harness.get_by_label("News");
}
