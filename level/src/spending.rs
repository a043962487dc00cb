//! What people spend in a month, by the calendar.

use super::Level;

impl Level {
    /// What people spend on a category in the month of a turn over what they do in a usual one: season times
    /// (index of the economy)^(income elasticity), times what lasts now of what has happened. For a month that is past ask its outcome:
    /// other things lasted then. The opening is a usual month: what a level states of it is meant so.
    pub fn spending(&self, category: usize, turn: u32) -> f64 {
        let calendar = &self.calendar;
        if calendar.is_even() || turn == 0 {
            return 1.0;
        }
        let incomes = libm::pow(calendar.economy(turn), self.categories[category].income_elasticity);
        calendar.season(category, turn) * incomes * calendar.moods.get(category).unwrap_or(&1.0)
    }

    /// Yuan that the people of a region could spend, on platforms or offline, in a month in which they spend so many times as much as in
    /// a usual one, by category.
    pub fn region_potential_at(&self, region: usize, spending: &[f64]) -> f64 {
        spending.iter().enumerate().map(|(category, factor)| self.potential(region, category) * factor).sum()
    }
}
