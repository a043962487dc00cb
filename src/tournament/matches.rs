//! One match: a fixture goes in, one record comes out.

use crate::bots::Player;
use crate::game::{Match, Seat, Setup};
use crate::tournament::plan::Tournament;
use crate::tournament::records::{Curve, Curves, Finish, GuestRecord};
use crate::tournament::schedule::Fixture;

/// The name of a seat's player: an entry, or one of those who fill a line-up up.
pub fn player_name(tournament: &Tournament, player: usize) -> String {
    match tournament.entries.get(player) {
        Some(entry) => entry.name.clone(),
        None => {
            let place = player - tournament.entries.len();
            format!("({})", tournament.others[place % tournament.others.len().max(1)].name())
        }
    }
}

/// Who plays a seat of a fixture.
fn of_seat<'a>(tournament: &'a Tournament, fixture: &Fixture, seat: usize) -> &'a Player {
    let player = fixture.of_seat(seat);
    match tournament.entries.get(player) {
        Some(entry) => &entry.player,
        None => &tournament.others[(player - tournament.entries.len()) % tournament.others.len()],
    }
}

/// How a fixture is set up.
fn setup(tournament: &Tournament, fixture: &Fixture) -> Setup {
    let prepared = &tournament.levels[fixture.block.level];
    let (level, plan) = (&prepared.level, &tournament.plan);
    Setup {
        population: crate::sim::Population {
            consumers: plan.consumers.unwrap_or(level.setup.consumers),
            merchants: plan.merchants.unwrap_or(level.setup.merchants),
            seed: fixture.block.seed(tournament),
            threads: None,
            measure_surplus: false,
        },
        turns: tournament.turns(fixture.block.level),
        seats: (0..level.platforms.len()).map(|seat| of_seat(tournament, fixture, seat).seat()).collect(),
    }
}

/// A world that matches of one level are played in, one after another: setting it up anew would take longer than many a
/// match.
#[derive(Default)]
pub struct Board(Option<(usize, Match)>);

impl Board {
    /// Plays a fixture.
    pub fn play(&mut self, tournament: &Tournament, fixture: &Fixture) -> Finish {
        self.play_as(tournament, fixture, setup(tournament, fixture))
    }

    /// Plays a fixture again, bots by the orders that are on record of them: none is started.
    pub fn play_again(
        &mut self,
        tournament: &Tournament,
        fixture: &Fixture,
        guests: &[GuestRecord],
    ) -> Finish {
        let mut setup = setup(tournament, fixture);
        for guest in guests {
            if let Some(seat) = setup.seats.get_mut(guest.seat) {
                *seat = Seat::Recorded(seat.name().to_owned(), guest.orders.clone());
            }
        }
        Finish { guests: guests.to_vec(), ..self.play_as(tournament, fixture, setup) }
    }

    fn play_as(&mut self, tournament: &Tournament, fixture: &Fixture, setup: Setup) -> Finish {
        let level = fixture.block.level;
        let prepared = &tournament.levels[level];
        let mut game = match self.0.take() {
            Some((known, mut game)) if known == level => {
                game.restart(prepared, setup);
                game
            }
            _ => Match::new(prepared, setup),
        };
        let finish = play_out(tournament, fixture, &mut game);
        self.0 = Some((level, game));
        finish
    }
}

fn play_out(tournament: &Tournament, fixture: &Fixture, game: &mut Match) -> Finish {
    let seats = fixture.block.lineup.len();
    let turns = tournament.turns(fixture.block.level) as usize;
    let mut curves = Curves {
        share: Curve::new(seats, turns),
        profit: Curve::new(seats, turns),
        value: Curve::new(seats, turns),
    };
    let mut profit = vec![0.0; seats];
    let mut refused = vec![0; seats];
    let outside = game.setup().seats.iter().enumerate().filter(|(_, seat)| matches!(seat, Seat::Outside(_)));
    let mut guests: Vec<GuestRecord> = outside
        .map(|(seat, _)| GuestRecord { seat, faults: Vec::new(), orders: Vec::with_capacity(turns) })
        .collect();
    while !game.is_over() {
        let orders = game.decide();
        guests.iter_mut().for_each(|guest| guest.orders.push(orders[guest.seat].clone()));
        let outcome = game.play_by(orders);
        let shares = (0..seats).map(|seat| (outcome.share(seat) * 1e6).round() / 1e6);
        curves.share.numbers.extend(shares);
        curves.profit.numbers.extend(outcome.profit.iter().map(|yuan| yuan.round() as i64));
        curves.value.numbers.extend(outcome.value.iter().map(|yuan| yuan.round() as i64));
        profit.iter_mut().zip(&outcome.profit).for_each(|(sum, yuan)| *sum += yuan);
        let refusals = game.simulation().refusals();
        refused.iter_mut().zip(refusals).for_each(|(sum, list)| *sum += list.len() as u32);
    }
    let hash = game.simulation().state_hash().to_hex().to_string();
    game.judge();
    guests.iter_mut().for_each(|guest| guest.faults.clone_from(&game.faults()[guest.seat]));
    let outcome = game.simulation().outcome();
    let (turns, value) = (outcome.turn, outcome.worth().to_vec());
    let share = (0..seats).map(|seat| outcome.share(seat)).collect();
    Finish {
        level: tournament.levels[fixture.block.level].level.id.clone(),
        block: fixture.block.number,
        rotation: fixture.rotation,
        seed: game.setup().population.seed,
        turns,
        players: (0..seats).map(|seat| player_name(tournament, fixture.of_seat(seat))).collect(),
        value,
        profit,
        share,
        refused,
        curves,
        hash,
        guests,
    }
}
