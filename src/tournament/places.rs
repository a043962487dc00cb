//! Which matches of a tournament are there: a bit each, since there may be a hundred million.

use super::plan::Tournament;
use super::records::{Finishes, Place};
use super::schedule::next_round;

/// Bits of a word.
const BITS: usize = u64::BITS as usize;

/// Places of matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// By level: how many matches a block has.
    seats: Vec<usize>,
    /// By level: matches, block after block.
    bits: Vec<Vec<u64>>,
    count: usize,
}

impl Places {
    /// None of a tournament's.
    pub fn none(tournament: &Tournament) -> Self {
        let seats: Vec<usize> = (0..tournament.levels.len()).map(|level| tournament.seats(level)).collect();
        Self { bits: vec![Vec::new(); seats.len()], seats, count: 0 }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether one is there.
    pub fn contains(&self, place: &Place) -> bool {
        let (word, bit) = self.at(place);
        self.bits[place.0].get(word).is_some_and(|word| word & bit != 0)
    }

    /// Adds one.
    pub fn insert(&mut self, place: &Place) {
        let (word, bit) = self.at(place);
        let bits = &mut self.bits[place.0];
        if bits.len() <= word {
            bits.resize(word + 1, 0);
        }
        self.count += usize::from(bits[word] & bit == 0);
        bits[word] |= bit;
    }

    /// How many matches of a tournament whose plan is known from the beginning are not among these, by part of so many.
    pub fn missing(&self, tournament: &Tournament, parts: u32) -> Vec<usize> {
        let mut missing = vec![0; parts as usize];
        for (number, block) in next_round(tournament, 0, &Finishes::new()).blocks.enumerate() {
            let matches = 0..block.lineup.len();
            missing[number % parts as usize] +=
                matches.filter(|&rotation| !self.contains(&(block.level, block.number, rotation))).count();
        }
        missing
    }

    fn at(&self, &(level, block, rotation): &Place) -> (usize, u64) {
        let number = block as usize * self.seats[level] + rotation;
        (number / BITS, 1 << (number % BITS))
    }
}
