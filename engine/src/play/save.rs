//! A saved match: the setup, every order so far and the plan. Loading plays the orders again, so that a save is small and
//! cannot disagree with the rules.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::difficulty::Difficulty;
use super::draft::Draft;
use super::earlier::Earlier;
use super::forecast::Forecast;
use super::people::PERSON;
use super::people::{Person, SavedPerson};
use super::record::Record;
use super::session::{Session, number_of};
use crate::game::{Prepared, Seat, Setup};
use crate::history::{Broken, Replay, Seal};
use crate::level::{Level, LevelError};
use crate::sim::Orders;
use crate::strategy::{self, Notes};

const VERSION: u32 = 4;
const SEAL: Seal = sealed(VERSION);

const fn sealed(version: u32) -> Seal {
    Seal { magic: b"WGARDENS", version }
}

/// A match as a file keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Save {
    /// The match's own number: stands after all that follows in the file.
    #[serde(skip)]
    pub number: u64,
    /// Others who play at the same machine: they stand after the number.
    #[serde(skip)]
    pub others: Vec<SavedPerson>,
    /// What the level is called.
    pub level: String,
    /// The player's seat.
    pub seat: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// Turns that the match has.
    pub turns: u32,
    /// The match so far.
    pub replay: Replay,
    /// What the strategies remember.
    pub notes: Vec<Notes>,
    /// What was forecast for each turn.
    pub forecasts: Vec<Option<Forecast>>,
    /// How far off the forecasts were.
    pub record: Record,
    /// The plan.
    pub draft: Draft,
}

/// Why a save cannot be had. None of these changes the file.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The file cannot be read.
    #[error("cannot read {path}: {error}")]
    Io {
        /// The file.
        path: String,
        /// The system's reason.
        error: std::io::Error,
    },
    /// It is something else.
    #[error("{0}: not a saved match")]
    Foreign(String),
    /// Written by a later version.
    #[error("{path}: saved by a later version of the game (format {found}; this one reads up to {VERSION})")]
    Future {
        /// The file.
        path: String,
        /// Its version.
        found: u32,
    },
    /// Cut short or changed.
    #[error("{0}: damaged: its contents do not match its checksum (cut short, or altered)")]
    Damaged(String),
    /// The level inside is not one.
    #[error("{path}: the level inside does not read: {error}")]
    Level {
        /// The file.
        path: String,
        /// What is wrong with it.
        error: Box<LevelError>,
    },
}

impl SaveError {
    fn of(path: &str, broken: Broken) -> Self {
        let path = path.to_owned();
        match broken {
            Broken::Io(error) => Self::Io { path, error },
            Broken::Version(found) if found > VERSION => Self::Future { path, found },
            Broken::Foreign => Self::Foreign(path),
            Broken::Version(_) | Broken::Damaged => Self::Damaged(path),
        }
    }
}

impl Save {
    /// A match as it stands.
    pub fn of(session: &Session) -> Self {
        let level = session.level();
        Self {
            number: session.number,
            others: session.others.iter().map(Person::saved).collect(),
            level: level.title.clone(),
            seat: level.platforms[session.me].id.clone(),
            difficulty: session.difficulty,
            turns: session.setup().turns,
            replay: session.replay.clone(),
            notes: session.game.notes().to_vec(),
            forecasts: session.turns.iter().map(|turn| turn.forecast.clone()).collect(),
            record: session.record.clone(),
            draft: session.draft.clone(),
        }
    }

    /// The level inside; `name` is how the error calls the file.
    ///
    /// # Errors
    /// It does not read.
    pub fn level_inside(&self, name: &str) -> Result<Level, SaveError> {
        level_of(name, &self.replay.level)
    }

    /// Turns played.
    pub fn played(&self) -> usize {
        self.replay.orders.len()
    }

    /// Whether all its turns are played.
    pub fn is_over(&self) -> bool {
        self.played() >= self.turns as usize
    }

    /// Whether a file claims to be a save.
    pub fn is_one(bytes: &[u8]) -> bool {
        SEAL.is_on(bytes)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// It cannot be encoded, which only a lack of memory can cause.
    pub fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        SEAL.close(&(self, self.number, &self.others))
    }

    /// Reads a save from the bytes of a file; `name` is how errors call it.
    ///
    /// # Errors
    /// It is none, is damaged, or is of a later version.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, SaveError> {
        let opened = match SEAL.open::<(Self, u64, Vec<SavedPerson>)>(bytes) {
            Ok((save, number, others)) => Ok(Self { number, others, ..save }),
            // One person played.
            Err(Broken::Version(3)) => {
                let read = sealed(3).open::<(Self, u64)>(bytes);
                read.map(|(save, number)| Self { number, ..save })
            }
            // Forecasts were of one month.
            Err(Broken::Version(2)) => {
                let read = sealed(2).open::<(Earlier, u64)>(bytes);
                read.map(|(save, number)| Self { number, ..save.into() })
            }
            // Nor had matches any numbers.
            Err(Broken::Version(1)) => sealed(1).open::<Earlier>(bytes).map(Self::from),
            Err(broken) => Err(broken),
        };
        opened.map_err(|broken| SaveError::of(name, broken))
    }

    /// Reads a save.
    ///
    /// # Errors
    /// It cannot be read, is none, is damaged, or is of a later version.
    pub fn read(path: &Path) -> Result<Self, SaveError> {
        let name = path.display().to_string();
        let bytes = SEAL.bytes(path).map_err(|broken| SaveError::of(&name, broken))?;
        Self::from_bytes(&name, &bytes)
    }

    /// A match that was recorded without a person, to be watched.
    ///
    /// # Errors
    /// The level inside does not read; `name` is how the error calls the file.
    pub fn of_replay(name: &str, replay: Replay) -> Result<Self, SaveError> {
        let level = level_of(name, &replay.level)?;
        let turns = replay.orders.len() as u32;
        let seat = level.platforms.first().map(|platform| platform.id.clone()).unwrap_or_default();
        Ok(Self {
            number: number_of(&replay),
            others: Vec::new(),
            level: level.title,
            seat,
            difficulty: Difficulty::default(),
            turns,
            replay,
            notes: Vec::new(),
            forecasts: Vec::new(),
            record: Record::default(),
            draft: Draft::default(),
        })
    }

    /// Whether a person played it; otherwise it can only be watched.
    pub fn has_person(&self) -> bool {
        self.replay.seats.iter().any(|seat| seat == PERSON)
    }

    /// The match before its first turn, and what is to be played again of it.
    pub(super) fn begin(self, name: &str) -> Result<(Session, Recorded), SaveError> {
        let damaged = || SaveError::Damaged(name.to_owned());
        let Replay { level: text, seed, consumers, merchants, seats, orders, hashes } = self.replay;
        let level = level_of(name, &text)?;
        let me = level.platforms.iter().position(|platform| platform.id == self.seat).ok_or_else(damaged)?;
        let mut setup = Setup::of(&level).map_err(|_| damaged())?;
        if seats.len() != level.platforms.len() || orders.len() != hashes.len() {
            return Err(damaged());
        }
        let population = &mut setup.population;
        (population.seed, population.consumers, population.merchants) = (seed, consumers, merchants);
        setup.turns = self.turns;
        for (platform, name) in seats.iter().enumerate() {
            setup.seats[platform] = match strategy::strategy(name) {
                Ok(strategy) => Seat::Strategy(strategy),
                // A person's orders; or a strategy of another version is gone, and its seat carries on as it stands.
                Err(_) => Seat::Recorded(name.clone(), Vec::new()),
            };
        }
        let seats = setup.seats.len();
        let mut session = Session::new(Prepared::new(level), setup, me, self.difficulty);
        session.number = self.number;
        if self.others.iter().any(|person| person.me >= seats || person.me == me) {
            return Err(damaged());
        }
        session.others = self.others.iter().map(|person| Person::new(person.me)).collect();
        let forecasts = self.forecasts.into_iter().chain(std::iter::repeat(None));
        let turns = orders.into_iter().zip(hashes).zip(forecasts);
        let turns = turns.map(|((orders, hash), forecast)| (orders, hash, forecast)).collect();
        let (notes, record, draft, others) = (self.notes, self.record, self.draft, self.others);
        Ok((session, Recorded { turns, notes, record, draft, others }))
    }

    /// Another match like this one, before its first turn: of the level as it was then, in the same seat, with the same seed.
    ///
    /// # Errors
    /// As for [`resume`](Self::resume).
    pub fn anew(self, name: &str) -> Result<Session, SaveError> {
        let (mut session, _) = self.begin(name)?;
        session.renumber();
        Ok(session)
    }

    /// The match again, to go on with, and the first turn that now comes out differently, if the rules have changed since.
    ///
    /// # Errors
    /// The level inside does not read, or its seats are not the match's.
    pub fn resume(self, name: &str) -> Result<(Session, Option<u32>), SaveError> {
        let (mut session, recorded) = self.begin(name)?;
        let mut differs = None;
        for (turn, (orders, hash, forecast)) in (1..).zip(recorded.turns) {
            session.recall_forecasts(&recorded.others, turn);
            if !session.repeat(orders, hash, forecast) && differs.is_none() {
                differs = Some(turn);
            }
        }
        session.remember(recorded.notes);
        (session.record, session.draft) = (recorded.record, recorded.draft);
        session.restore_others(recorded.others);
        Ok((session, differs))
    }
}

impl From<Earlier> for Save {
    fn from(earlier: Earlier) -> Self {
        let (forecasts, record) = (earlier.forecasts(), earlier.record());
        let Earlier { level, seat, difficulty, turns, replay, notes, draft, .. } = earlier;
        let number = number_of(&replay);
        let others = Vec::new();
        Self { number, others, level, seat, difficulty, turns, replay, notes, forecasts, record, draft }
    }
}

/// What is left of a save once its match has begun anew.
pub(super) struct Recorded {
    /// Everybody's orders, the hash of the state that they led to, and what was forecast; by turn.
    pub(super) turns: Vec<(Vec<Orders>, [u8; 32], Option<Forecast>)>,
    /// What the strategies remember after the last of them.
    pub(super) notes: Vec<Notes>,
    record: Record,
    draft: Draft,
    others: Vec<SavedPerson>,
}

fn level_of(name: &str, text: &str) -> Result<Level, SaveError> {
    let wrong = |error| SaveError::Level { path: name.to_owned(), error: Box::new(error) };
    Level::from_text(name, text, &strategy::vocabulary()).map_err(wrong)
}
