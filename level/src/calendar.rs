//! What people spend in a month, relative to a usual one: seasons, and the state of the economy.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Months of a year.
pub const MONTHS: usize = 12;

/// The economy as a level writes it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename = "economy")]
pub struct RawEconomy {
    /// Turns, and the index in each: incomes over those at the opening. Straight lines lie between.
    pub path: Vec<(u32, f64)>,
}

/// A level's calendar. Without one every month is like every other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Calendar {
    /// By category, spending in each month of the year, January first, over that of an average one; empty where no category has
    /// seasons.
    pub seasons: Vec<[f64; MONTHS]>,
    /// The index of the economy: turns, and what it is in each; straight lines lie between, and beyond the ends it stays. Empty
    /// where it is always 1.
    pub economy: Vec<(u32, f64)>,
    /// By category, how many times as much people spend while something that happened lasts; empty while nothing does.
    pub moods: Vec<f64>,
    /// Month of the first turn, 0 for January.
    pub first_month: usize,
}

impl Calendar {
    /// Whether every month is like every other.
    pub fn is_even(&self) -> bool {
        self.seasons.is_empty() && self.economy.is_empty() && self.moods.is_empty()
    }

    /// Month of the year of a turn, 0 for January. The opening, turn 0, is the month before the first.
    pub fn month(&self, turn: u32) -> usize {
        (self.first_month + MONTHS - 1 + turn as usize) % MONTHS
    }

    /// Spending on a category in the month of a turn over that of an average month.
    pub fn season(&self, category: usize, turn: u32) -> f64 {
        self.seasons.get(category).map_or(1.0, |months| months[self.month(turn)])
    }

    /// The index of the economy in a turn: incomes over those at the opening.
    pub fn economy(&self, turn: u32) -> f64 {
        let after = self.economy.partition_point(|&(at, _)| at <= turn);
        match (after.checked_sub(1).map(|last| self.economy[last]), self.economy.get(after)) {
            (None, None) => 1.0,
            (Some((_, index)), None) | (None, Some(&(_, index))) => index,
            (Some((from, low)), Some(&(to, high))) => {
                low + (high - low) * f64::from(turn - from) / f64::from(to - from)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_turn_is_in_its_month_and_a_year_later_it_is_that_month_again() {
        let mut months = [1.0; MONTHS];
        months[10] = 1.5;
        let calendar = Calendar { seasons: vec![months], first_month: 8, ..Calendar::default() };
        let festival: Vec<u32> = (1..30).filter(|&turn| calendar.season(0, turn) > 1.0).collect();
        assert_eq!(festival, [3, 15, 27], "from September on, November is the third month");
    }

    #[test]
    fn the_economy_goes_in_straight_lines_and_stays_beyond_its_ends() {
        let calendar = Calendar { economy: vec![(3, 1.0), (7, 0.8)], ..Calendar::default() };
        let index: Vec<f64> = [0, 3, 4, 5, 7, 40].map(|turn| calendar.economy(turn)).to_vec();
        for (found, expected) in index.iter().zip([1.0, 1.0, 0.95, 0.9, 0.8, 0.8]) {
            assert!((found - expected).abs() < 1e-12, "{index:?}");
        }
        assert_eq!(Calendar::default().economy(5), 1.0);
    }
}
