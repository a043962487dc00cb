//! One match: a fixture goes in, one record comes out.

use crate::game::{Match, Seat, Setup};
use crate::tournament::plan::Tournament;
use crate::tournament::records::{Curve, Curves, Finish};
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

/// How a fixture is set up.
fn setup(tournament: &Tournament, fixture: &Fixture) -> Setup {
    let prepared = &tournament.levels[fixture.block.level];
    let (level, plan) = (&prepared.level, &tournament.plan);
    let contender = |seat: usize| {
        let player = fixture.of_seat(seat);
        match tournament.entries.get(player) {
            Some(entry) => entry.contender.clone(),
            None => tournament.others[(player - tournament.entries.len()) % tournament.others.len()].clone(),
        }
    };
    Setup {
        population: crate::sim::Population {
            consumers: plan.consumers.unwrap_or(level.setup.consumers),
            merchants: plan.merchants.unwrap_or(level.setup.merchants),
            seed: fixture.block.seed(tournament),
            threads: None,
            measure_surplus: false,
        },
        turns: tournament.turns(fixture.block.level),
        seats: (0..level.platforms.len()).map(|seat| Seat::Strategy(contender(seat))).collect(),
    }
}

/// A world that matches of one level are played in, one after another: setting it up anew would take longer than many a
/// match.
#[derive(Default)]
pub struct Board(Option<(usize, Match)>);

impl Board {
    /// Plays a fixture.
    pub fn play(&mut self, tournament: &Tournament, fixture: &Fixture) -> Finish {
        let level = fixture.block.level;
        let prepared = &tournament.levels[level];
        let setup = setup(tournament, fixture);
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
    while !game.is_over() {
        let outcome = game.play_on();
        let shares = (0..seats).map(|seat| (outcome.share(seat) * 1e6).round() / 1e6);
        curves.share.numbers.extend(shares);
        curves.profit.numbers.extend(outcome.profit.iter().map(|yuan| yuan.round() as i64));
        curves.value.numbers.extend(outcome.value.iter().map(|yuan| yuan.round() as i64));
        profit.iter_mut().zip(&outcome.profit).for_each(|(sum, yuan)| *sum += yuan);
        let refusals = game.simulation().refusals();
        refused.iter_mut().zip(refusals).for_each(|(sum, list)| *sum += list.len() as u32);
    }
    let hash = game.simulation().state_hash().to_hex().to_string();
    let outcome = game.judge();
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
    }
}
