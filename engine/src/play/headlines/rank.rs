//! The one ranking that says which story is the headline, and which is news at all.

use super::scale::Scale;
use super::story::Story;
use super::weight::weight;

/// Below this a story is a trifle and no news.
pub const TRIFLE: f64 = 0.002;
/// What is told again, as it was the month before, weighs so much of what it did.
const AGAIN: f64 = 0.5;

/// A story and how much it weighs.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// What is told.
    pub story: Story,
    /// The part of the player's business that it is about.
    pub weight: f64,
}

/// What of all stories is news, the weightiest first. What was told the month before weighs less, so that what is new comes first;
/// a trifle is no news.
pub fn rank(scale: &Scale, stories: Vec<Story>, before: &[Story]) -> Vec<Headline> {
    let told = |story: &Story| before.iter().any(|known| known.topic() == story.topic());
    let weighed = stories.into_iter().map(|story| {
        let times = if told(&story) { AGAIN } else { 1.0 };
        Headline { weight: times * weight(scale, &story), story }
    });
    let mut news: Vec<Headline> = weighed.filter(|headline| headline.weight >= TRIFLE).collect();
    news.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    news
}
