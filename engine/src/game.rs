//! One match: view → decide → turn → record.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::history::TurnRecord;
use crate::level::{Level, nearest};
use crate::sim::{Opening, Orders, Outcome, Population, Simulation};
use crate::strategy::{self, Chair, Contender, Decision, Ended, Notes, Outsider, PlatformView, Sitting};

/// Who decides for a platform.
#[derive(Clone)]
pub enum Seat {
    /// A strategy.
    Strategy(Contender),
    /// Orders given before, by turn; nothing is ordered beyond them. The text says where they are from.
    Recorded(String, Vec<Orders>),
    /// Somebody outside the program.
    Outside(Arc<dyn Outsider>),
}

impl Seat {
    /// What the seat is called in records: the strategy's name, or where the orders are from.
    pub fn name(&self) -> &str {
        match self {
            Self::Strategy(strategy) => strategy.name(),
            Self::Recorded(source, _) => source,
            Self::Outside(outsider) => outsider.name(),
        }
    }
}

/// A level with its opening worked out, to be played any number of times.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The level.
    pub level: Arc<Level>,
    /// Its opening.
    pub opening: Arc<Opening>,
}

impl Prepared {
    /// Works out a level's opening.
    pub fn new(level: Level) -> Self {
        let opening = Arc::new(Opening::of(&level));
        Self { level: Arc::new(level), opening }
    }
}

/// How a level is to be played.
#[derive(Clone)]
pub struct Setup {
    /// How many agents, from which seed, on how many threads.
    pub population: Population,
    /// Number of turns.
    pub turns: u32,
    /// Who decides, by platform index.
    pub seats: Vec<Seat>,
}

impl Setup {
    /// As the level says, with the level's strategies in the seats, on one thread.
    ///
    /// # Errors
    /// The level names a strategy that does not exist; its checker has seen to that.
    pub fn of(level: &Level) -> Result<Self, strategy::ContenderError> {
        let seats =
            level.platforms.iter().map(|platform| strategy::strategy(&platform.strategy).map(Seat::Strategy));
        Ok(Self {
            population: Population {
                consumers: level.setup.consumers,
                merchants: level.setup.merchants,
                seed: level.setup.seed,
                threads: None,
                measure_surplus: true,
            },
            turns: level.setup.turns,
            seats: seats.collect::<Result<_, _>>()?,
        })
    }
}

/// The index of a platform's seat.
///
/// # Errors
/// The level has no such platform.
pub fn seat_of(level: &Level, id: &str) -> Result<usize, UnknownSeat> {
    let ids = || level.platforms.iter().map(|platform| platform.id.as_str());
    ids().position(|known| known == id).ok_or_else(|| {
        let hint = nearest(id, ids()).map(|known| format!("; did you mean `{known}`?")).unwrap_or_default();
        let seats = ids().collect::<Vec<_>>().join(", ");
        UnknownSeat { id: id.to_owned(), level: level.id.clone(), seats, hint }
    })
}

/// A seat that the level does not have.
#[derive(Debug, thiserror::Error)]
#[error("there is no seat `{id}` in {level}: its seats are {seats}{hint}")]
pub struct UnknownSeat {
    id: String,
    level: String,
    seats: String,
    hint: String,
}

/// What went wrong with whoever decides from outside, in one turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The turn that it ordered nothing in.
    pub turn: u32,
    /// What happened.
    pub what: String,
}

/// A match in progress.
pub struct Match {
    simulation: Simulation,
    setup: Setup,
    notes: Vec<Notes>,
    names: BTreeMap<String, String>,
    sittings: Vec<Option<Box<dyn Sitting>>>,
    faults: Vec<Vec<Fault>>,
}

impl Match {
    /// A match before its first turn.
    pub fn new(prepared: &Prepared, setup: Setup) -> Self {
        let simulation = Simulation::new(&prepared.level, &prepared.opening, &setup.population);
        let (seats, names) = (setup.seats.len(), seat_names(prepared, &setup));
        Self {
            simulation,
            setup,
            notes: vec![Notes::new(); seats],
            names,
            sittings: nobody_sits(seats),
            faults: vec![Vec::new(); seats],
        }
    }

    /// Another match in the world of this one: as a new one, and quicker to set up.
    pub fn restart(&mut self, prepared: &Prepared, setup: Setup) {
        self.simulation.restart(&prepared.level, &prepared.opening, &setup.population);
        let seats = setup.seats.len();
        self.notes = vec![Notes::new(); seats];
        self.names = seat_names(prepared, &setup);
        // Whoever sat in the last match gets up before anybody sits down for this one.
        self.sittings = nobody_sits(seats);
        self.faults = vec![Vec::new(); seats];
        self.setup = setup;
    }

    /// The market.
    pub fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// The market, to hash its state.
    pub fn simulation_mut(&mut self) -> &mut Simulation {
        &mut self.simulation
    }

    /// How it is played.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Who decides, by platform id.
    pub fn seat_names(&self) -> &BTreeMap<String, String> {
        &self.names
    }

    /// Whether all turns are played.
    pub fn is_over(&self) -> bool {
        self.simulation.outcome().turn >= self.setup.turns
    }

    /// Gives the orders of a recorded seat for the coming turn, in place of any it has: how a person plays.
    pub fn order(&mut self, platform: usize, orders: Orders) {
        let turn = self.simulation.outcome().turn as usize;
        if let Some(Seat::Recorded(_, recorded)) = self.setup.seats.get_mut(platform) {
            recorded.resize(turn, Orders::new());
            recorded.push(orders);
        }
    }

    /// What the strategies remember, by platform.
    pub fn notes(&self) -> &[Notes] {
        &self.notes
    }

    /// What went wrong with those who decide from outside, by platform.
    pub fn faults(&self) -> &[Vec<Fault>] {
        &self.faults
    }

    /// Makes the strategies remember what they did when a match was saved.
    pub fn remember(&mut self, notes: Vec<Notes>) {
        self.notes = notes;
        self.notes.resize(self.setup.seats.len(), Notes::new());
    }

    /// Plays a turn: every seat decides on what it sees, at the same time; then the market answers.
    pub fn play_turn(&mut self) -> TurnRecord {
        let orders = self.decide();
        self.play_orders(orders)
    }

    /// Plays a turn by these orders, whoever has the seats.
    pub fn play_orders(&mut self, orders: Vec<Orders>) -> TurnRecord {
        let outcome = self.simulation.turn(orders.clone()).clone();
        TurnRecord { orders, refusals: self.simulation.refusals().to_vec(), outcome }
    }

    /// Judges the companies at the end, by the months after it: see [`Outcome::in_hindsight`].
    pub fn judge(&mut self) -> &Outcome {
        let months = self.simulation.level().setup.aftermath;
        self.simulation.judge(months);
        let (over, outcome) = (self.is_over(), self.simulation.outcome());
        for (platform, sitting) in self.sittings.iter_mut().enumerate().filter(|_| over) {
            if let Some(sitting) = sitting.take() {
                let (turn, value) = (outcome.turn, outcome.worth()[platform]);
                sitting.end(Ended { turn, value, rank: rank(outcome, platform) });
            }
        }
        self.simulation.outcome()
    }

    /// What every seat orders in the coming turn, on what it sees.
    pub fn decide(&mut self) -> Vec<Orders> {
        let turn = self.simulation.outcome().turn + 1;
        let mut all = Vec::with_capacity(self.setup.seats.len());
        for (platform, seat) in self.setup.seats.iter().enumerate() {
            all.push(match seat {
                // Whoever enters later has nothing to decide before; whoever has closed, or is run by an administrator, has nothing now.
                Seat::Strategy(_) | Seat::Outside(_) if !self.simulation.acts(platform) => Orders::new(),
                Seat::Recorded(_, recorded) => recorded.get(turn as usize - 1).cloned().unwrap_or_default(),
                Seat::Strategy(strategy) => {
                    let view = PlatformView::new(&self.simulation, platform, self.setup.turns);
                    let mut chance = strategy::chance(self.setup.population.seed, turn, platform);
                    let (orders, notes) = strategy.decide(&view, &self.notes[platform], &mut chance);
                    self.notes[platform] = notes;
                    orders
                }
                Seat::Outside(outsider) => {
                    let view = PlatformView::new(&self.simulation, platform, self.setup.turns);
                    let sitting = self.sittings[platform].get_or_insert_with(|| {
                        let seed = strategy::seed(self.setup.population.seed, platform);
                        let turns = self.setup.turns;
                        outsider.sit(Chair { level: &view.level, seat: platform, turns, seed })
                    });
                    let Decision { mut orders, notes, fault } = sitting.decide(&view, &self.notes[platform]);
                    self.notes[platform] = notes.unwrap_or_else(|| std::mem::take(&mut self.notes[platform]));
                    self.faults[platform].extend(fault.map(|what| Fault { turn, what }));
                    view.answer_by_default(&mut orders);
                    orders
                }
            });
        }
        all
    }

    /// Plays a turn, keeping no record.
    pub fn play_on(&mut self) -> &Outcome {
        let orders = self.decide();
        self.play_by(orders)
    }

    /// Plays a turn by these orders, whoever has the seats, keeping no record.
    pub fn play_by(&mut self, orders: Vec<Orders>) -> &Outcome {
        self.simulation.turn(orders)
    }

    /// Plays to the end, keeping no record, and returns the last turn's outcome.
    pub fn play_out(&mut self) -> &Outcome {
        while !self.is_over() {
            self.play_on();
        }
        self.simulation.outcome()
    }
}

fn nobody_sits(seats: usize) -> Vec<Option<Box<dyn Sitting>>> {
    std::iter::repeat_with(|| None).take(seats).collect()
}

/// Who decides, by platform id.
fn seat_names(prepared: &Prepared, setup: &Setup) -> BTreeMap<String, String> {
    let ids = prepared.level.platforms.iter().map(|platform| platform.id.clone());
    ids.zip(&setup.seats).map(|(id, seat)| (id, seat.name().to_owned())).collect()
}

/// A platform's place by what it is worth, from 1, shared by who are worth exactly the same.
pub fn rank(outcome: &Outcome, platform: usize) -> usize {
    let worth = outcome.worth();
    1 + worth.iter().filter(|value| **value > worth[platform]).count()
}

/// The part of its rivals that a platform is worth more than, a tie counting half; by what each is worth.
pub fn score(worth: &[f64], platform: usize) -> f64 {
    let rivals = (0..worth.len()).filter(|&other| other != platform);
    let points = rivals.map(|other| above(worth[platform], worth[other]));
    points.sum::<f64>() / (worth.len().max(2) - 1) as f64
}

/// Whether one is above the other: 1, ½ on a tie, 0.
pub fn above(own: f64, other: f64) -> f64 {
    if own > other {
        1.0
    } else if own == other {
        0.5
    } else {
        0.0
    }
}

/// The platform worth most; nobody on a tie.
pub fn winner(outcome: &Outcome) -> Option<usize> {
    let worth = outcome.worth();
    let best = worth.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut leaders = outcome.platforms().filter(|&platform| worth[platform] == best);
    let first = leaders.next();
    if leaders.next().is_some() { None } else { first }
}
