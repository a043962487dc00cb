//! Which matches of a tournament are there: a bit each, since there may be a hundred million.

use super::plan::Tournament;
use super::run::Place;

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

    fn at(&self, &(level, block, rotation): &Place) -> (usize, u64) {
        let number = block as usize * self.seats[level] + rotation;
        (number / BITS, 1 << (number % BITS))
    }
}
