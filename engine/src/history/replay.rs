//! Replays: the level's text, the seed, all orders and the hash of each turn. Verifying one applies the orders; no
//! strategy runs.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::sealed::{Broken, Seal};
use crate::game::{Match, Prepared, Seat, Setup};
use crate::level::{Level, LevelError};
use crate::sim::Orders;
use crate::strategy;

const SEAL: Seal = Seal { magic: b"WGREPLAY", version: VERSION };
/// 2: states hash by sums of their columns.
const VERSION: u32 = 2;

/// A match that can be played again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Replay {
    /// The level's text, changes from the command line included.
    pub level: String,
    /// Seed.
    pub seed: u64,
    /// Consumer agents.
    pub consumers: u32,
    /// Merchant agents.
    pub merchants: u32,
    /// Who decided, by platform index.
    pub seats: Vec<String>,
    /// Orders by turn and platform.
    pub orders: Vec<Vec<Orders>>,
    /// State hash after each turn.
    pub hashes: Vec<[u8; 32]>,
}

/// Why a replay cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The file cannot be read.
    #[error("cannot read {path}: {error}")]
    Io {
        /// The file.
        path: String,
        /// The system's reason.
        error: std::io::Error,
    },
    /// It is something else.
    #[error("{0}: not a replay (it does not begin with `WGREPLAY`); `run --replay FILE` writes one")]
    Foreign(String),
    /// Written by another version.
    #[error("{path}: replay format {found}, and this program reads {VERSION}")]
    Version {
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

impl ReplayError {
    fn of(name: &str, broken: Broken) -> Self {
        let path = name.to_owned();
        match broken {
            Broken::Io(error) => Self::Io { path, error },
            Broken::Foreign => Self::Foreign(path),
            Broken::Version(found) => Self::Version { path, found },
            Broken::Damaged => Self::Damaged(path),
        }
    }
}

/// The first turn at which playing again gave another state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Turn, from 1.
    pub turn: u32,
    /// Hash in the replay.
    pub recorded: blake3::Hash,
    /// Hash found.
    pub found: blake3::Hash,
}

impl Replay {
    /// An empty replay of a match about to be played.
    pub fn new(level: &Level, setup: &Setup) -> Self {
        Self {
            level: level.text.clone(),
            seed: setup.population.seed,
            consumers: setup.population.consumers,
            merchants: setup.population.merchants,
            seats: setup.seats.iter().map(|seat| seat.name().to_owned()).collect(),
            orders: Vec::new(),
            hashes: Vec::new(),
        }
    }

    /// Adds a turn.
    pub fn push(&mut self, orders: Vec<Orders>, hash: blake3::Hash) {
        self.orders.push(orders);
        self.hashes.push(*hash.as_bytes());
    }

    /// The orders of one platform, by turn.
    pub fn orders_of(&self, platform: usize) -> Vec<Orders> {
        self.orders.iter().map(|turn| turn.get(platform).cloned().unwrap_or_default()).collect()
    }

    /// Whether a file claims to be a replay.
    pub fn is_one(bytes: &[u8]) -> bool {
        SEAL.is_on(bytes)
    }

    /// The bytes of a replay file.
    ///
    /// # Errors
    /// It cannot be encoded, which only a lack of memory can cause.
    pub fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        SEAL.close(self)
    }

    /// Reads a replay.
    ///
    /// # Errors
    /// It cannot be read, is no replay, or is damaged.
    pub fn read(path: &Path) -> Result<Self, ReplayError> {
        SEAL.read(path).map_err(|broken| ReplayError::of(&path.display().to_string(), broken))
    }

    /// Reads a replay from the bytes of a file; `name` is how errors call it.
    ///
    /// # Errors
    /// It is no replay, or is damaged.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, ReplayError> {
        SEAL.open(bytes).map_err(|broken| ReplayError::of(name, broken))
    }

    /// The match again, its seats taken by the recorded orders.
    ///
    /// # Errors
    /// The level inside does not read; `name` is how the error calls the replay.
    pub fn replayed(&self, name: &str) -> Result<Match, ReplayError> {
        let wrong = |error| ReplayError::Level { path: name.to_owned(), error: Box::new(error) };
        let level = Level::from_text(name, &self.level, &strategy::vocabulary()).map_err(wrong)?;
        let damaged = || ReplayError::Damaged(name.to_owned());
        let mut setup = Setup::of(&level).map_err(|_| damaged())?;
        if self.seats.len() != level.platforms.len() || self.orders.len() != self.hashes.len() {
            return Err(damaged());
        }
        setup.population.seed = self.seed;
        setup.population.consumers = self.consumers;
        setup.population.merchants = self.merchants;
        setup.turns = self.orders.len() as u32;
        let seat =
            |(platform, name): (usize, &String)| Seat::Recorded(name.clone(), self.orders_of(platform));
        setup.seats = self.seats.iter().enumerate().map(seat).collect();
        Ok(Match::new(&Prepared::new(level), setup))
    }

    /// Plays the match again and compares the state after every turn.
    ///
    /// # Errors
    /// The level inside does not read.
    pub fn verify(&self, name: &str) -> Result<Option<Difference>, ReplayError> {
        let mut game = self.replayed(name)?;
        for (index, recorded) in self.hashes.iter().enumerate() {
            game.play_turn();
            let (recorded, found) = (blake3::Hash::from(*recorded), game.simulation().state_hash());
            if recorded != found {
                return Ok(Some(Difference { turn: index as u32 + 1, recorded, found }));
            }
        }
        Ok(None)
    }
}
