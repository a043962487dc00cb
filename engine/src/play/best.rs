//! The best that was reached so far, by level and seat: kept beside the saves.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::difficulty::Difficulty;
use super::objectives::{Medal, medal, progress};
use super::position::Position;
use super::shelf::write_whole;
use crate::game::rank;

/// The file in the folder of saves.
const FILE: &str = "best.json";

/// How a match ended for a company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Best {
    /// The medal, if there was one.
    pub medal: Option<Medal>,
    /// Its place among all companies by what they were worth, from 1.
    pub rank: usize,
    /// What it was worth, yuan.
    pub worth: f64,
    /// How hard the match was.
    pub difficulty: Difficulty,
}

impl Best {
    /// How a match ended for the company that is looked at; nothing of a match that is not over, or that nobody played.
    pub fn of(position: &Position) -> Option<Self> {
        let me = position.person().filter(|_| position.is_over())?;
        let now = position.now();
        Some(Self {
            medal: medal(&progress(&position.level, me, &position.outcomes().collect::<Vec<_>>())),
            rank: rank(now, me),
            worth: now.worth()[me],
            difficulty: position.difficulty,
        })
    }

    /// Whether it is better than another: by the medal, then by the place, then by what the company was worth.
    pub fn is_better_than(&self, other: &Self) -> bool {
        let place = self.medal.cmp(&other.medal).then(other.rank.cmp(&self.rank));
        place.then(self.worth.total_cmp(&other.worth)).is_gt()
    }
}

/// The best of every level and seat.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bests {
    /// By the level's id, then the platform's.
    of: BTreeMap<String, BTreeMap<String, Best>>,
}

impl Bests {
    /// Those kept in a folder of saves; none where nothing is kept, or what is kept does not read.
    pub fn read(folder: &Path) -> Self {
        let text = std::fs::read_to_string(folder.join(FILE)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Keeps them in a folder of saves.
    ///
    /// # Errors
    /// The folder cannot be written; what was there is still there.
    pub fn keep(&self, folder: &Path) -> std::io::Result<()> {
        let text = serde_json::to_string_pretty(self);
        write_whole(&folder.join(FILE), text.map_err(std::io::Error::other)?.as_bytes())
    }

    /// The best of a seat, by ids.
    pub fn best(&self, level: &str, seat: &str) -> Option<&Best> {
        self.of.get(level)?.get(seat)
    }

    /// The best medal of a level, whoever's CEO won it.
    pub fn medal(&self, level: &str) -> Option<Medal> {
        self.of.get(level)?.values().filter_map(|best| best.medal).max()
    }

    /// Whether a level was ever played to its end.
    pub fn has_played(&self, level: &str) -> bool {
        self.of.contains_key(level)
    }

    /// Takes in how a match ended. True if that is better than before, or the first.
    pub fn take(&mut self, level: &str, seat: &str, best: Best) -> bool {
        let seats = self.of.entry(level.to_owned()).or_default();
        let better = seats.get(seat).is_none_or(|known| best.is_better_than(known));
        if better {
            seats.insert(seat.to_owned(), best);
        }
        better
    }
}
