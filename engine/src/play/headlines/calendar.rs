//! What the coming month brings by its date: seasons, the economy, newcomers.

use super::month::Month;
use super::steps::stepped;
use super::story::Story;
use crate::play::ahead::{Coming, months_ahead};
use crate::sim::state::outcome::ratio;

/// From this part on more or less than in a usual month is a season.
const SEASON: f64 = 0.08;
/// The economy is told of by steps of so much.
const STEP: f64 = 0.01;

/// What begins with the coming month.
pub(super) fn stories(month: &Month) -> Vec<Story> {
    let ahead = months_ahead(month.position);
    let Some(next) = ahead.first() else { return Vec::new() };
    let mut told = Vec::new();
    let was = last(month);
    let side = |spending: f64| match spending - 1.0 {
        much if much >= SEASON => 1,
        little if little <= -SEASON => -1,
        _ => 0,
    };
    if side(next.spending) != 0 && side(next.spending) != side(was) {
        told.push(Story::Season { turn: next.turn, spending: next.spending });
    }
    let (from, to) = (month.now.economy, next.economy);
    if stepped(from, to, STEP) {
        told.push(Story::Economy { from, to });
    }
    told.extend(next.comes.iter().filter_map(|comes| match comes {
        Coming::Enters(platform) => Some(Story::Opens { platform: *platform }),
        _ => None,
    }));
    told
}

/// What people spent in the month that is over, against a usual one.
fn last(month: &Month) -> f64 {
    let weights = month.level().categories.iter().map(|category| category.monthly_spend);
    let all: f64 = weights.clone().sum();
    ratio(weights.zip(&month.now.spending).map(|(weight, factor)| weight * factor).sum(), all)
}
