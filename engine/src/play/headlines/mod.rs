//! What is told of a month: stories from what its player knows, each weighed by the part of the player's business that it is about.
//! One ranking decides which of them is the headline, and what is news at all. Nothing is made up: every number in a story is one
//! that the window shows elsewhere, by the same function.

mod calendar;
mod dealings;
mod goals;
mod gravity;
mod month;
mod people;
mod places;
mod prices;
mod rank;
mod records;
mod rumours;
mod scale;
mod services;
mod standing;
mod steps;
mod story;
mod topic;
mod weight;
mod worth;

pub use rank::{Headline, TRIFLE, rank};
pub use scale::Scale;
pub use story::{GoalChange, Place, Price, PriceMove, Story};
pub use topic::Topic;
pub use weight::weight;

use super::position::Position;
use month::Month;

/// The news of a match's last month, the weightiest first; nothing before a month is over.
pub fn headlines(position: &Position) -> Vec<Headline> {
    let Some(month) = Month::of(position) else { return Vec::new() };
    let earlier = position.at(position.played() - 1);
    let before = Month::of(&earlier).map(|before| stories(&before)).unwrap_or_default();
    rank(&month.scale, stories(&month), &before)
}

/// All that could be told of a month, trifles as well.
fn stories(month: &Month) -> Vec<Story> {
    let sources: [fn(&Month) -> Vec<Story>; 11] = [
        goals::stories,
        prices::stories,
        dealings::stories,
        places::stories,
        people::stories,
        records::stories,
        services::stories,
        rumours::stories,
        standing::stories,
        worth::stories,
        calendar::stories,
    ];
    sources.into_iter().flat_map(|source| source(month)).collect()
}

#[cfg(test)]
mod tests;
