//! Several people at one machine.

use walled_gardens::level::Level;
use walled_gardens::order::Order;
use walled_gardens::play::{Difficulty, Kept, Save, Session, SessionError};
use walled_gardens::strategy;

use crate::{FOUR, coupon};

fn level() -> Level {
    Level::find(FOUR, &["setup.consumers=2000".to_owned()], &strategy::vocabulary()).expect("is shipped")
}

fn table(seats: &[&str]) -> Session {
    Session::begin_table(&level(), seats, Some(3), Difficulty::Fair).expect("plays")
}

/// Ids of two seats, in the level's order.
fn two() -> [String; 2] {
    let level = level();
    [0, 2].map(|platform| level.platforms[platform].id.clone())
}

#[test]
fn the_month_is_worked_out_once_all_have_ended_it_and_everybodys_orders_are_in_it() {
    let [first, second] = two();
    let mut session = table(&[&second, &first]);
    assert_eq!((session.people(), session.me()), (vec![0, 2], 0), "the first in the level begins");
    session.draft.set(coupon(0.1));
    assert!(session.hand_over(None));
    assert_eq!((session.me(), session.draft.orders().len()), (2, 0), "the other's plan is not to be seen");
    assert!(session.position().person() == Some(2) && session.view().me == 2);
    session.draft.set(Order::AdvertLoad { load: 0.08 });
    assert!(!session.hand_over(None), "nobody is left to decide");
    session.end_turn(None);
    assert_eq!(session.me(), 0);
    let orders = &session.replay().orders[0];
    assert_eq!(orders[0], [coupon(0.1)]);
    assert_eq!(orders[2], [Order::AdvertLoad { load: 0.08 }]);
    assert!(session.draft.orders().is_empty() && session.hand_over(None));
    assert_eq!(session.turns().len(), 1);
    assert_eq!(session.turns()[0].view.me, 2, "everybody has seen the month with eyes of their own");
}

#[test]
fn one_person_alone_plays_the_same_match_as_ever() {
    let [first, _] = two();
    let mut alone = Session::begin_level(&level(), Some(&first), Some(3), Difficulty::Fair).expect("plays");
    let mut table = table(&[&first]);
    for session in [&mut alone, &mut table] {
        session.draft.set(coupon(0.1));
        assert!(!session.is_shared() && !session.hand_over(None));
        session.end_turn(None);
    }
    assert_eq!(alone.replay(), table.replay());
}

#[test]
fn a_shared_match_that_is_saved_in_mid_month_hides_what_it_hid_and_goes_on_alike() {
    let [first, second] = two();
    let mut one = table(&[&first, &second]);
    for _ in 0..2 {
        let expected = one.forecast(&Vec::new());
        one.hand_over(Some(expected));
        one.end_turn(None);
    }
    one.draft.set(coupon(0.2));
    one.hand_over(None);
    let bytes = Save::of(&one).to_bytes().expect("encodes");
    let save = Save::from_bytes("test", &bytes).expect("reads");
    assert!(save.draft.orders().is_empty() && save.seat == second, "whoever loads it sits where they sat");
    let file = tempfile::NamedTempFile::with_suffix(".wgsave").expect("a file");
    std::fs::write(file.path(), &bytes).expect("is written");
    let kept = Kept::read(file.path()).found.expect("reads");
    assert_eq!(kept.person, Some(one.me()), "it is known by whoever sat there");
    let (mut other, differs) = save.resume("test").expect("resumes");
    assert_eq!((differs, other.me(), other.people()), (None, one.me(), one.people()));
    for session in [&mut one, &mut other] {
        assert!(!session.hand_over(None), "the first has ended the month already");
        session.end_turn(None);
    }
    assert_eq!(one.replay(), other.replay());
    assert_eq!(one.replay().orders[2][0], [coupon(0.2)]);
    let forecasts =
        |session: &Session| session.turns().iter().map(|turn| turn.forecast.clone()).collect::<Vec<_>>();
    assert_eq!(forecasts(&one), forecasts(&other));
    assert!(forecasts(&one)[0].is_some(), "what somebody expected stays theirs");
}

#[test]
fn nobody_sits_on_anothers_lap() {
    let [first, _] = two();
    let twice = Session::begin_table(&level(), &[&first, &first], None, Difficulty::Fair);
    assert!(matches!(twice, Err(SessionError::Twice(seat)) if seat == first));
    let unknown = Session::begin_table(&level(), &[&first, "nobody"], None, Difficulty::Fair);
    assert!(matches!(unknown, Err(SessionError::Seat(_))));
}
