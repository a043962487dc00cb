//! What people spend in a month, by the calendar.

use super::Level;

impl Level {
    /// What people spend on a category in the month of a turn over what they do in a usual one: season times
    /// (index of the economy)^(income elasticity). The opening is a usual month: what a level states of it is meant so.
    pub fn spending(&self, category: usize, turn: u32) -> f64 {
        let calendar = &self.calendar;
        if calendar.is_even() || turn == 0 {
            return 1.0;
        }
        let incomes = libm::pow(calendar.economy(turn), self.categories[category].income_elasticity);
        calendar.season(category, turn) * incomes * calendar.moods.get(category).unwrap_or(&1.0)
    }

    /// Yuan that the people of a region could spend in the month of a turn, on platforms or offline.
    pub fn region_potential_in(&self, region: usize, turn: u32) -> f64 {
        if self.calendar.is_even() {
            return self.region_potential(region);
        }
        let of = |category| self.potential(region, category) * self.spending(category, turn);
        (0..self.categories.len()).map(of).sum()
    }
}
