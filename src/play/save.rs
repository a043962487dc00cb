//! A saved match: the setup, every order so far and the plan. Loading plays the orders again, so that a save is small and
//! cannot disagree with the rules.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::difficulty::Difficulty;
use super::draft::Draft;
use super::forecast::{Forecast, Record};
use super::session::{PERSON, Session};
use crate::game::{Prepared, Seat, Setup};
use crate::history::{Broken, Replay, Seal};
use crate::level::{Level, LevelError};
use crate::strategy::{self, Notes};

const VERSION: u32 = 1;
const SEAL: Seal = Seal { magic: b"WGARDENS", version: VERSION };

/// A match as a file keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Save {
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

    /// Turns played.
    pub fn played(&self) -> usize {
        self.replay.orders.len()
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// It cannot be encoded, which only a lack of memory can cause.
    pub fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        SEAL.close(self)
    }

    /// Reads a save from the bytes of a file; `name` is how errors call it.
    ///
    /// # Errors
    /// It is none, is damaged, or is of a later version.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, SaveError> {
        SEAL.open(bytes).map_err(|broken| SaveError::of(name, broken))
    }

    /// Reads a save.
    ///
    /// # Errors
    /// It cannot be read, is none, is damaged, or is of a later version.
    pub fn read(path: &Path) -> Result<Self, SaveError> {
        SEAL.read(path).map_err(|broken| SaveError::of(&path.display().to_string(), broken))
    }

    /// The match again, to go on with, and the first turn that now comes out differently, if the rules have changed since.
    ///
    /// # Errors
    /// The level inside does not read, or its seats are not the match's.
    pub fn resume(self, name: &str) -> Result<(Session, Option<u32>), SaveError> {
        let wrong = |error| SaveError::Level { path: name.to_owned(), error: Box::new(error) };
        let damaged = || SaveError::Damaged(name.to_owned());
        let Replay { level: text, seed, consumers, merchants, seats, orders, hashes } = self.replay;
        let level = Level::from_text(name, &text, &strategy::vocabulary()).map_err(wrong)?;
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
                _ if platform == me => Seat::Recorded(PERSON.to_owned(), Vec::new()),
                Ok(strategy) => Seat::Strategy(strategy),
                // A strategy of another version is gone: its seat carries on as it stands.
                Err(_) => Seat::Recorded(name.clone(), Vec::new()),
            };
        }
        let mut session = Session::new(Prepared::new(level), setup, me, self.difficulty);
        let mut forecasts = self.forecasts.into_iter();
        let mut differs = None;
        for (number, (orders, hash)) in orders.into_iter().zip(hashes).enumerate() {
            let same = session.repeat(orders, hash, forecasts.next().flatten());
            if !same && differs.is_none() {
                differs = Some(number as u32 + 1);
            }
        }
        session.remember(self.notes);
        session.record = self.record;
        session.draft = self.draft;
        Ok((session, differs))
    }
}
