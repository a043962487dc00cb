//! Plays what is missing, on as many threads as there are, in whatever order.

use std::collections::BTreeSet;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError};

use crate::tournament::matches::{Board, player_name};
use crate::tournament::places::Places;
use crate::tournament::plan::Tournament;
use crate::tournament::records::{Curves, Finish, Finishes, Place};
use crate::tournament::schedule::{Block, Fixture, next_round};

/// One of several parts of a tournament, to be played apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 0.
    pub index: u32,
    /// Of how many.
    pub of: u32,
}

/// What watches a tournament being played, on whichever thread a match has ended.
pub trait Watcher: Send {
    /// What can go wrong in keeping records.
    type Error: Send;

    /// A round begins: so many of its matches are still to be played.
    fn round(&mut self, missing: usize);

    /// A match has ended, which stands at a place.
    ///
    /// # Errors
    /// Its record cannot be kept; nothing more is played.
    fn finished(&mut self, place: Place, finish: &Finish) -> Result<(), Self::Error>;
}

/// What has been played of a tournament: where, and as much of the records as is kept. Where a folder has them, memory stays the
/// same however many there are.
pub struct Done {
    /// Matches.
    pub places: Places,
    /// What is kept of their records.
    pub finishes: Finishes,
    keep: fn(Finish) -> Option<Finish>,
}

impl Done {
    /// Nothing yet. `keep` says what is kept of a record.
    pub fn none(tournament: &Tournament, keep: fn(Finish) -> Option<Finish>) -> Self {
        Self { places: Places::none(tournament), finishes: Finishes::new(), keep }
    }

    /// Adds a match.
    pub fn add(&mut self, place: Place, finish: Finish) {
        self.places.insert(&place);
        self.finishes.extend((self.keep)(finish).map(|finish| (place, finish)));
    }
}

/// Plays a tournament, or a part of one, beginning with the matches that are `done`. A format whose next matches depend on the last
/// ones needs records to be kept, as far as standings are made of them.
///
/// # Errors
/// The watcher's.
pub fn run<W: Watcher>(
    tournament: &Tournament,
    mut done: Done,
    shard: Option<Shard>,
    threads: usize,
    watcher: &mut W,
) -> Result<Done, W::Error> {
    for round in 0.. {
        let next = next_round(tournament, round, &done.finishes);
        if next.matches == 0 {
            break;
        }
        let before = done.places.clone();
        let missing = (next.blocks.enumerate())
            .filter(|(number, _)| shard.is_none_or(|shard| *number as u32 % shard.of == shard.index))
            .flat_map(|(_, block)| block.fixtures())
            .filter(|fixture| !before.contains(&place(fixture)));
        // What is done of earlier rounds is not of this one, and other parts are not of this.
        let of_part = |all: usize| shard.map_or(all, |shard| all.div_ceil(shard.of as usize));
        watcher.round(of_part(next.matches).saturating_sub(if round == 0 { before.len() } else { 0 }));
        play(tournament, missing, threads, |fixture, finish| {
            let place = place(fixture);
            watcher.finished(place, &finish)?;
            done.add(place, finish);
            Ok(())
        })?;
    }
    Ok(done)
}

fn place(fixture: &Fixture) -> Place {
    (fixture.block.level, fixture.block.number, fixture.rotation)
}

/// The place of a record in a tournament whose matches so far are `done`, if it has one there: of a level of the plan, with
/// the seed of its block, and by players of the plan.
pub fn place_of(tournament: &Tournament, finish: &Finish) -> Option<Place> {
    let level = tournament.levels.iter().position(|prepared| prepared.level.id == finish.level)?;
    let block = Block { level, number: finish.block, lineup: Vec::new() };
    let seats = tournament.seats(level);
    let players = tournament.entries.len() + tournament.others.len();
    let known = |name: &String| (0..players).any(|player| player_name(tournament, player) == *name);
    let lists = [finish.players.len(), finish.value.len(), finish.profit.len(), finish.share.len()];
    let Curves { share, profit, value } = &finish.curves;
    let curves = share.has_seats(seats) && profit.has_seats(seats) && value.has_seats(seats);
    let whole = lists.iter().all(|&length| length == seats) && curves && finish.rotation < seats;
    let belongs = whole
        && finish.seed == block.seed(tournament)
        && finish.turns == tournament.turns(level)
        && finish.players.iter().all(known);
    belongs.then_some((level, finish.block, finish.rotation))
}

/// A record that does not come out as it stands there when its match is played again: one match of every player is tried.
pub fn plays_otherwise<'a>(tournament: &Tournament, finishes: &'a Finishes) -> Option<&'a Finish> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut board = Board::default();
    finishes.iter().find_map(|(&(level, number, rotation), finish)| {
        if finish.players.iter().all(|player| seen.contains(player.as_str())) {
            return None;
        }
        seen.extend(finish.players.iter().map(String::as_str));
        let players = tournament.entries.len() + tournament.others.len();
        let known = |name: &String| (0..players).find(|&player| player_name(tournament, player) == *name);
        let mut lineup: Vec<usize> = finish.players.iter().map(known).collect::<Option<_>>()?;
        lineup.rotate_right(rotation);
        let fixture = Fixture { block: Block { level, number, lineup }, rotation };
        (board.play_again(tournament, &fixture, &finish.guests) != *finish).then_some(finish)
    })
}

/// Plays fixtures on threads of their own. Each hands its records on itself, one at a time: a thread that waited for them would
/// have to be woken after every match, while the others have all cores.
fn play<E: Send>(
    tournament: &Tournament,
    fixtures: impl Iterator<Item = Fixture> + Send,
    threads: usize,
    take: impl FnMut(&Fixture, Finish) -> Result<(), E> + Send,
) -> Result<(), E> {
    let fixtures = Mutex::new(fixtures);
    let next = || fixtures.lock().unwrap_or_else(PoisonError::into_inner).next();
    let taker = Mutex::new((take, Ok(())));
    let work = || {
        let mut board = Board::default();
        while let Some(fixture) = next() {
            let finish = catch_unwind(AssertUnwindSafe(|| board.play(tournament, &fixture)));
            let finish = finish.unwrap_or_else(|panic| {
                let _ = writeln!(std::io::stderr(), "{}", said_of_panic(tournament, &fixture));
                resume_unwind(panic)
            });
            let mut taker = taker.lock().unwrap_or_else(PoisonError::into_inner);
            let (take, taken) = &mut *taker;
            if taken.is_ok() {
                *taken = take(&fixture, finish);
            }
            if taken.is_err() {
                break;
            }
        }
    };
    std::thread::scope(|scope| {
        (0..threads.max(1)).for_each(|_| {
            scope.spawn(work);
        });
    });
    taker.into_inner().unwrap_or_else(PoisonError::into_inner).1
}

/// Whose match it was that a strategy's mistake ended, and how to see it alone.
fn said_of_panic(tournament: &Tournament, fixture: &Fixture) -> String {
    let level = &tournament.levels[fixture.block.level].level;
    let seats = level.platforms.iter().enumerate().map(|(seat, platform)| {
        format!(" --seat '{}={}'", platform.id, player_name(tournament, fixture.of_seat(seat)))
    });
    format!(
        "error: a strategy failed in match {}/{}.{}; play it alone: walled-gardens run {} --seed {}{}",
        level.id,
        fixture.block.number,
        fixture.rotation,
        tournament.plan.levels[fixture.block.level],
        fixture.block.seed(tournament),
        seats.collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    use crate::tournament::plan::Plan;

    struct Nobody;

    impl Watcher for Nobody {
        type Error = Infallible;

        fn round(&mut self, _: usize) {}

        fn finished(&mut self, _: Place, _: &Finish) -> Result<(), Infallible> {
            Ok(())
        }
    }

    #[test]
    fn a_record_that_another_program_made_is_found_by_playing_it_again() {
        let strategies = ["passive", "premium", "random"].map(str::to_owned).to_vec();
        let plan = Plan {
            turns: Some(2),
            consumers: Some(200),
            merchants: Some(60),
            ..Plan::of(vec!["arena/duel".to_owned()], strategies, 1)
        };
        let tournament = Tournament::new(plan).expect("is sound");
        let Ok(done) = run(&tournament, Done::none(&tournament, Some), None, 2, &mut Nobody);
        let mut finishes = done.finishes;
        assert_eq!(plays_otherwise(&tournament, &finishes), None);
        let other = finishes.values_mut().find(|finish| finish.players.iter().any(|name| name == "random"));
        other.expect("plays").value[0] += 1.0;
        assert!(plays_otherwise(&tournament, &finishes).is_some());
    }

    #[test]
    fn records_that_are_not_kept_take_no_memory_and_are_not_played_again() {
        let strategies = ["passive", "premium", "random"].map(str::to_owned).to_vec();
        let plan = Plan {
            turns: Some(1),
            consumers: Some(200),
            merchants: Some(60),
            ..Plan::of(vec!["arena/duel".to_owned()], strategies, 3)
        };
        let tournament = Tournament::new(plan).expect("is sound");
        /// Counts matches.
        struct Counts(usize);
        impl Watcher for Counts {
            type Error = Infallible;
            fn round(&mut self, _: usize) {}
            fn finished(&mut self, _: Place, _: &Finish) -> Result<(), Infallible> {
                self.0 += 1;
                Ok(())
            }
        }
        let mut watcher = Counts(0);
        let done = Done::none(&tournament, |_| None);
        let Ok(done) = run(&tournament, done, Some(Shard { index: 1, of: 2 }), 2, &mut watcher);
        assert_eq!((done.finishes.len(), done.places.len(), watcher.0), (0, 8, 8), "four blocks of nine");
        let Ok(done) = run(&tournament, done, None, 2, &mut watcher);
        assert_eq!((done.finishes.len(), done.places.len(), watcher.0), (0, 18, 18));
        assert_eq!(done.places.missing(&tournament, 2), [0, 0]);
    }
}
