//! Matches for tests, in which every rival gives orders that are written down.

use super::people::PERSON;
use super::session::Session;
use crate::game::{Prepared, Seat, Setup, seat_of};
use crate::level::Level;
use crate::order::Orders;
use crate::play::Difficulty;
use crate::strategy::vocabulary;

/// Consumers of a match: few, so that it is played at once.
const CONSUMERS: u32 = 2_000;

/// A level with some changes, a person in a seat, and a rival that gives these orders, a list for each turn.
pub(super) fn against(level: &str, changes: &[&str], seat: &str, rival: (&str, Vec<Orders>)) -> Session {
    let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
    let level = Level::find(level, &changes, &vocabulary()).expect("is shipped");
    let me = seat_of(&level, seat).expect("is a seat");
    let other = seat_of(&level, rival.0).expect("is a seat");
    let mut setup = Setup::of(&level).expect("plays");
    setup.population.consumers = CONSUMERS;
    setup.seats[me] = Seat::Recorded(PERSON.to_owned(), Vec::new());
    setup.seats[other] = Seat::Recorded("orders".to_owned(), rival.1);
    Session::new(Prepared::new(level), setup, me, Difficulty::Fair)
}

/// Ends so many months in which the person orders nothing.
pub(super) fn pass(session: &mut Session, months: usize) {
    (0..months).for_each(|_| {
        session.end_turn(None);
    });
}
