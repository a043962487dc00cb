//! A played match: the level, the seat, the turns so far and the plan for the next.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use super::difficulty::Difficulty;
use super::draft::Draft;
use super::figure::Figure;
use super::forecast::Forecast;
use super::foresee::forecast;
use super::imagined::Ahead;
use super::movement::Movement;
use super::people::{Others, PERSON, Person, Seen};
use super::position::Position;
use super::record::Record;
use super::stalls::Streets;
use super::turn::PlayedTurn;
use crate::game::{Match, Prepared, Seat, Setup, UnknownSeat, seat_of};
use crate::history::{Replay, TurnRecord};
use crate::level::{FindError, Level, LevelError, SetError};
use crate::order::{Order, Orders};
use crate::sim::{Homes, Outcome, Rehearsal, Stalls, rehearse};
use crate::strategy::{self, ContenderError, Notes, PlatformView};

/// People drawn at most.
const SAMPLE: usize = 9_000;

/// The number of a match that has none of its own: that of all that are set up alike.
pub(super) fn number_of(replay: &Replay) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(replay.level.as_bytes());
    for number in [replay.seed, replay.consumers.into(), replay.merchants.into()] {
        hasher.update(&number.to_le_bytes());
    }
    for seat in &replay.seats {
        hasher.update(seat.as_bytes()).update(&[0]);
    }
    let hash = hasher.finalize();
    hash.as_bytes().iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// A match that a person plays.
pub struct Session {
    pub(super) number: u64,
    pub(super) prepared: Prepared,
    pub(super) game: Match,
    pub(super) me: usize,
    pub(super) difficulty: Difficulty,
    pub(super) turns: Vec<Arc<PlayedTurn>>,
    pub(super) replay: Replay,
    pub(super) record: Record,
    pub(super) others: Others,
    opening: Arc<Outcome>,
    homes: Homes,
    stalls: Stalls,
    streets: Arc<Streets>,
    /// The plan for the coming turn.
    pub draft: Draft,
}

/// Why a match cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// No such level, or it does not read.
    #[error(transparent)]
    Find(#[from] FindError),
    /// Its text does not read.
    #[error(transparent)]
    Level(#[from] LevelError),
    /// The difficulty's change cannot be made.
    #[error(transparent)]
    Set(#[from] SetError),
    /// No such seat.
    #[error(transparent)]
    Seat(#[from] UnknownSeat),
    /// Two people want the same seat.
    #[error("seat `{0}` is taken twice: everybody at the machine runs a company of their own")]
    Twice(String),
    /// The level names a strategy that there is not.
    #[error(transparent)]
    Strategy(#[from] ContenderError),
}

impl Session {
    /// A match about to begin: a level by name or file, a seat by id (the level's first if none is named), the level's
    /// seed unless another is given.
    ///
    /// # Errors
    /// There is no such level or seat, or the level does not read.
    pub fn begin(
        level: &str,
        seat: Option<&str>,
        seed: Option<u64>,
        difficulty: Difficulty,
    ) -> Result<Self, SessionError> {
        Self::begin_level(&Level::find(level, &[], &strategy::vocabulary())?, seat, seed, difficulty)
    }

    /// The same of a level that has been read.
    ///
    /// # Errors
    /// There is no such seat, or the level's strategies are not known.
    pub fn begin_level(
        level: &Level,
        seat: Option<&str>,
        seed: Option<u64>,
        difficulty: Difficulty,
    ) -> Result<Self, SessionError> {
        Self::begin_table(level, seat.as_slice(), seed, difficulty)
    }

    /// The seats of several people, by platform and in the level's order.
    ///
    /// # Errors
    /// There is no such seat, or two want the same.
    pub fn seats_of(level: &Level, seats: &[&str]) -> Result<Vec<usize>, SessionError> {
        let mut people = seats.iter().map(|seat| seat_of(level, seat)).collect::<Result<Vec<_>, _>>()?;
        people.sort_unstable();
        match people.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(SessionError::Twice(level.platforms[pair[0]].id.clone())),
            None => Ok(people),
        }
    }

    /// The same for several people at one machine, who take seats by id; the first of them in the level's order decides first.
    ///
    /// # Errors
    /// As before, or two want the same seat.
    pub fn begin_table(
        level: &Level,
        seats: &[&str],
        seed: Option<u64>,
        difficulty: Difficulty,
    ) -> Result<Self, SessionError> {
        let mut people = Self::seats_of(level, seats)?;
        if people.is_empty() {
            people.push(0);
        }
        let text = difficulty.change(&level.text)?;
        let level = Level::from_text(&level.id, &text, &strategy::vocabulary())?;
        let mut setup = Setup::of(&level)?;
        setup.population.seed = seed.unwrap_or(setup.population.seed);
        setup.seats = difficulty.seats(&level, &people, setup.population.seed)?;
        for &person in &people {
            setup.seats[person] = Seat::Recorded(PERSON.to_owned(), Vec::new());
        }
        let mut session = Self::new(Prepared::new(level), setup, people[0], difficulty);
        session.others = people[1..].iter().map(|&other| Person::new(other)).collect();
        session.renumber();
        Ok(session)
    }

    /// Makes it another match: two that are begun alike are two all the same. It decides nothing in the match.
    pub(super) fn renumber(&mut self) {
        self.number = RandomState::new().hash_one(self.number);
    }

    /// A match that nobody plays: strategies in all seats, by name and platform; the level's own where none is named.
    ///
    /// # Errors
    /// There is no such strategy.
    pub fn between(level: &Level, strategies: &[String], seed: Option<u64>) -> Result<Self, SessionError> {
        let mut setup = Setup::of(level)?;
        setup.population.seed = seed.unwrap_or(setup.population.seed);
        for (seat, name) in setup.seats.iter_mut().zip(strategies) {
            *seat = Seat::Strategy(strategy::strategy(name)?);
        }
        Ok(Self::new(Prepared::new(level.clone()), setup, 0, Difficulty::default()))
    }

    /// A match before its first turn; `setup` gives the player's seat to recorded orders.
    pub(super) fn new(prepared: Prepared, setup: Setup, me: usize, difficulty: Difficulty) -> Self {
        let replay = Replay::new(&prepared.level, &setup);
        let mut game = Match::new(&prepared, setup);
        let opening = Arc::new(game.simulation().outcome().clone());
        let homes = game.simulation_mut().homes();
        let stalls = game.simulation_mut().stalls();
        let streets = Arc::new(Streets::between(&prepared.level, &stalls, &stalls));
        let (turns, record, draft) = (Vec::new(), Record::default(), Draft::default());
        let number = number_of(&replay);
        Self {
            number,
            prepared,
            game,
            me,
            difficulty,
            turns,
            replay,
            record,
            others: Others::new(),
            opening,
            homes,
            stalls,
            streets,
            draft,
        }
    }

    /// The match's own number, by which it is known from every other, of the same level, seat and seed too.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The level.
    pub fn level(&self) -> &Arc<Level> {
        &self.prepared.level
    }

    /// The player's platform, by index.
    pub fn me(&self) -> usize {
        self.me
    }

    /// How hard it is.
    pub fn difficulty(&self) -> Difficulty {
        self.difficulty
    }

    /// How it is played.
    pub fn setup(&self) -> &Setup {
        self.game.setup()
    }

    /// The turns so far.
    pub fn turns(&self) -> &[Arc<PlayedTurn>] {
        &self.turns
    }

    /// Before the first turn.
    pub fn opening(&self) -> &Outcome {
        &self.opening
    }

    /// After the last turn.
    pub fn now(&self) -> &Outcome {
        self.turns.last().map_or(&self.opening, |turn| &turn.record.outcome)
    }

    /// Whether all turns are played.
    pub fn is_over(&self) -> bool {
        self.game.is_over()
    }

    /// The match so far, to be played again.
    pub fn replay(&self) -> &Replay {
        &self.replay
    }

    /// How far off the forecasts were.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// What the player's CEO knows.
    pub fn view(&self) -> PlatformView {
        PlatformView::new(self.game.simulation(), self.me, self.game.setup().turns)
    }

    /// Who lives where before anybody moves.
    pub fn at_home(&self) -> Movement {
        Movement::between(&self.prepared.level, &self.homes, &self.homes, SAMPLE)
    }

    /// Where it stands.
    pub fn position(&self) -> Position {
        Position {
            number: self.number,
            level: Arc::clone(self.level()),
            me: self.me,
            difficulty: self.difficulty,
            length: self.setup().turns,
            seed: self.setup().population.seed,
            seats: self.setup().seats.iter().map(|seat| seat.name().to_owned()).collect(),
            view: Arc::new(self.view()),
            opening: Arc::clone(&self.opening),
            turns: self.turns.clone(),
            at_home: Arc::new(self.at_home()),
            streets: Arc::clone(&self.streets),
        }
    }

    /// What the plan would do if nobody else ordered anything, and what of it is not legal.
    pub fn rehearse(view: &PlatformView, orders: &[Order]) -> Rehearsal {
        let public = &view.public;
        let seen =
            (&public.ecosystem, &public.chronicle, &public.files, &public.capital, &public.insolvencies);
        rehearse(&view.level, view.me, &view.own, seen, &view.market(), orders)
    }

    /// The forecast for orders.
    pub fn forecast(&self, orders: &Orders) -> Forecast {
        let view = self.view();
        let ahead = Ahead::of(&view);
        let (near, far) = (ahead.month(orders), ahead.year(orders));
        forecast(&view, self.now(), &near, Some(&far), &self.record)
    }

    /// Ends the turn: the plans of all people are ordered, everybody decides, the market answers. `forecast` is what was expected of it by
    /// whoever is at the machine, where the first of all people sits down for the next.
    pub fn end_turn(&mut self, forecast: Option<Forecast>) -> &PlayedTurn {
        let seen = self.seen_by_all(forecast);
        let orders = self.draft.take();
        self.game.order(self.me, orders);
        for (other, orders) in self.take_other_plans() {
            self.game.order(other, orders);
        }
        let record = self.game.play_turn();
        self.push(seen, record);
        self.begin_with_the_first();
        &self.turns[self.turns.len() - 1]
    }

    /// Plays a turn by recorded orders of all seats, and says whether its state is as recorded.
    pub(super) fn repeat(&mut self, orders: Vec<Orders>, hash: [u8; 32], forecast: Option<Forecast>) -> bool {
        let seen = self.seen_by_all(forecast);
        for person in self.people() {
            self.game.order(person, orders.get(person).cloned().unwrap_or_default());
        }
        let record = self.game.play_orders(orders);
        self.push(seen, record);
        self.replay.hashes.last() == Some(&hash)
    }

    /// Makes the strategies remember what they did.
    pub(super) fn remember(&mut self, notes: Vec<Notes>) {
        self.game.remember(notes);
    }

    fn push(&mut self, seen: Seen, mut record: TurnRecord) {
        let homes = self.game.simulation_mut().homes();
        let movement = Movement::between(&self.prepared.level, &self.homes, &homes, SAMPLE);
        self.homes = homes;
        let stalls = self.game.simulation_mut().stalls();
        let streets = Streets::between(&self.prepared.level, &self.stalls, &stalls);
        self.stalls = stalls;
        let hash = self.game.simulation().state_hash();
        self.replay.push(record.orders.clone(), hash);
        if self.game.is_over() {
            record.outcome.in_hindsight.clone_from(&self.game.judge().in_hindsight);
        }
        let level = Arc::clone(&self.prepared.level);
        let mine = (self.me, &mut self.turns, &mut self.record);
        let others = self.others.iter_mut();
        let theirs = others.map(|person| (person.me, &mut person.turns, &mut person.record));
        for ((me, turns, known), (view, forecast)) in std::iter::once(mine).chain(theirs).zip(seen) {
            // That nothing happens to a company that is not there yet is no forecast to be judged by.
            let judged = |forecast: &&Forecast| forecast.turn > 0 && view.level.platforms[me].here;
            let earlier = turns.iter().filter_map(|turn| turn.forecast.as_ref());
            known.add(&level, earlier.chain(&forecast).filter(judged), &record.outcome, me);
            turns.push(Arc::new(PlayedTurn {
                record: record.clone(),
                forecast,
                movement: movement.clone(),
                streets: streets.clone(),
                view: Arc::new(view),
            }));
        }
    }

    /// The figures of the player's company after each turn, the opening first.
    pub fn course(&self, figure: Figure) -> Vec<f64> {
        let outcomes = self.turns.iter().map(|turn| &turn.record.outcome);
        std::iter::once(&*self.opening).chain(outcomes).map(|o| figure.read(o, self.me).total).collect()
    }
}

/// Changes a rival's hidden state: for tests that nobody else can see it.
#[doc(hidden)]
pub fn tamper(session: &mut Session, platform: usize, brand: f64, cash: f64) {
    session.game.simulation_mut().tamper(platform, brand, cash);
}
