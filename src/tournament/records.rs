//! Records: how one match ended, and where it stands among all of its tournament.

use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::game::{Fault, above, score};
use crate::order::Orders;

/// How one match ended: everything that standings are made of. Lists are by seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    /// Level id.
    pub level: String,
    /// Number of the block within the level.
    pub block: u32,
    /// By how many seats the line-up was moved on.
    pub rotation: usize,
    /// Seed of the match.
    pub seed: u64,
    /// Turns played.
    pub turns: u32,
    /// Who sat where, by name.
    pub players: Vec<String>,
    /// What each turned out to be worth: value after the months that follow the last turn, yuan.
    pub value: Vec<f64>,
    /// Profit over all turns, yuan.
    pub profit: Vec<f64>,
    /// Share of all platforms' sales in the last turn.
    pub share: Vec<f64>,
    /// What was not as ordered: orders refused.
    pub refused: Vec<u32>,
    /// By turn.
    pub curves: Curves,
    /// State hash at the end: the match played again must come to the same.
    pub hash: String,
    /// What bots did, with which the match can be played again without them; none where none played.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guests: Vec<GuestRecord>,
}

/// What a bot did in a match.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuestRecord {
    /// Its seat.
    pub seat: usize,
    /// What went wrong with it.
    pub faults: Vec<Fault>,
    /// Its orders, by turn.
    pub orders: Vec<Orders>,
}

/// What a match was like, turn by turn; by turn and seat. Rounded: for looking at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curves {
    /// Share of all platforms' sales, to a millionth.
    pub share: Curve<f64>,
    /// Profit in yuan.
    pub profit: Curve<i64>,
    /// Value in yuan.
    pub value: Curve<i64>,
}

/// Numbers by turn and seat, written as a list of turns. All in one piece: a piece for every turn of every match that is kept
/// leaves memory in which the next match finds its room slowly.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve<T> {
    seats: usize,
    pub(super) numbers: Vec<T>,
}

impl<T> Curve<T> {
    pub(super) fn new(seats: usize, turns: usize) -> Self {
        Self { seats, numbers: Vec::with_capacity(seats * turns) }
    }

    /// Whether it has so many numbers a turn.
    pub fn has_seats(&self, seats: usize) -> bool {
        self.seats == seats
    }

    /// The turns, each with a number for every seat.
    pub fn turns(&self) -> std::slice::ChunksExact<'_, T> {
        self.numbers.chunks_exact(self.seats.max(1))
    }
}

impl<T: Serialize> Serialize for Curve<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.turns())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Curve<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let turns = Vec::<Vec<T>>::deserialize(deserializer)?;
        let seats = turns.first().map_or(0, Vec::len);
        if turns.iter().any(|turn| turn.len() != seats) {
            return Err(D::Error::custom("turns of a curve have different numbers of seats"));
        }
        Ok(Self { seats, numbers: turns.into_iter().flatten().collect() })
    }
}

impl Finish {
    /// A seat's score: the part of its rivals that it ended above, a tie counting half.
    pub fn score(&self, seat: usize) -> f64 {
        score(&self.value, seat)
    }

    /// Whether a seat ended above another: 1, ½ on a tie, 0.
    pub fn above(&self, seat: usize, other: usize) -> f64 {
        above(self.value[seat], self.value[other])
    }

    /// The score of somebody who played.
    pub fn score_of(&self, name: &str) -> Option<f64> {
        self.seat_of(name).map(|seat| self.score(seat))
    }

    /// Whether one ended above another, if both played: 1, ½ on a tie, 0.
    pub fn score_against(&self, one: &str, other: &str) -> Option<f64> {
        Some(self.above(self.seat_of(one)?, self.seat_of(other)?))
    }

    fn seat_of(&self, name: &str) -> Option<usize> {
        self.players.iter().position(|player| player == name)
    }

    /// What standings are made of: the record without curves, orders and hash, which are most of it.
    pub fn for_standings(self) -> Self {
        Self { curves: Curves::default(), hash: String::new(), guests: Vec::new(), ..self }
    }

    /// Names the match among all of its tournament.
    pub fn id(&self) -> String {
        format!("{}/{}.{}", self.level, self.block, self.rotation)
    }
}

/// Where a match stands among all of its tournament: its level by place in the plan, its block, its rotation.
pub type Place = (usize, u32, usize);

/// Records by place.
pub type Finishes = BTreeMap<Place, Finish>;
