//! Matches that are watched.

use walled_gardens::level::Level;
use walled_gardens::order::Order;
use walled_gardens::play::{Programme, Save, Showing, TaskState, Told};
use walled_gardens::strategy;

use crate::{TWO, begin, play};

/// Hears a match that is watched to its end, or until so many turns are known.
fn watch(programme: Programme, turns: u32) -> Showing {
    let task = programme.start().expect("a thread");
    let mut showing: Option<Showing> = None;
    loop {
        match task.poll() {
            TaskState::Running => std::thread::sleep(std::time::Duration::from_millis(1)),
            TaskState::Done(Told::Opened(opened)) => showing = Some(*opened),
            TaskState::Done(Told::Turn(turn)) => showing.as_mut().expect("it has opened").add(*turn),
            TaskState::Done(Told::Refused(error)) => panic!("{error}"),
            TaskState::Failed => panic!("it ends too early"),
        }
        if let Some(showing) = showing.take_if(|showing| showing.known() >= turns.min(showing.last())) {
            return showing;
        }
    }
}

#[test]
fn a_match_between_strategies_kept_half_known_goes_on_as_if_it_had_never_been_left() {
    let level = Level::find("arena/two_ecosystems", &[], &strategy::vocabulary()).expect("is there");
    let cast = ["reciprocator".to_owned(), "random".to_owned()];
    let between = || Programme::Between(level.clone().into(), cast.to_vec(), Some(9));
    let whole = watch(between(), u32::MAX);
    let half = watch(between(), 7);
    assert!(!half.save().has_person() && half.known() == 7);
    let bytes = half.save().to_bytes().expect("encodes");
    let save = Save::from_bytes("half", &bytes).expect("reads");
    let mut again = watch(Programme::Recorded("half".into(), Box::new(save)), u32::MAX);
    assert_eq!((again.known(), again.differs()), (36, None));
    assert_eq!(again.save().replay, whole.save().replay);
    let replay = Save::of_replay("replay", whole.save().replay.clone()).expect("reads");
    assert_eq!(watch(Programme::Recorded("replay".into(), Box::new(replay)), u32::MAX).differs(), None);
    // Any turn can be shown, and is the state after that turn.
    for turn in [36, 0, 7, 99] {
        again.show(turn);
        assert_eq!((again.turn(), again.position().now().turn), (turn.min(36), turn.min(36)));
        assert_eq!(again.position().view.turn, turn.min(36) + 1);
    }
}

#[test]
fn a_match_that_no_longer_comes_out_the_same_is_shown_and_says_from_which_turn() {
    let mut session = begin(TWO, None);
    play(&mut session, 3);
    let mut save = Save::of(&session);
    save.replay.orders[1][0] = vec![Order::AdvertLoad { load: 0.2 }];
    let showing = watch(Programme::Recorded("altered".into(), Box::new(save)), u32::MAX);
    assert_eq!((showing.known(), showing.differs()), (3, Some(2)));
}
