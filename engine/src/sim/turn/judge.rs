//! Companies are valued.

use bevy::prelude::*;

use crate::sim::rules::calendar::usual_month;
use crate::sim::rules::expectation::judged;
use crate::sim::rules::value::Valuation;
use crate::sim::state::companies::{Company, PastYear};
use crate::sim::state::expectations::Expectations;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::world::CurrentLevel;

/// Judges every company at the end of the turn.
pub(in crate::sim) fn judge(
    level: Res<CurrentLevel>,
    expectations: Res<Expectations>,
    mut outcome: ResMut<Outcome>,
    mut companies: Query<(&Company, &mut PastYear)>,
) {
    outcome.in_hindsight = None;
    for (&Company(platform), mut year) in &mut companies {
        if level.0.platforms[platform].here {
            let month = usual_month(&level.0, &outcome, platform);
            year.add(month.profit, month.sales);
        }
        let judged = own_worth(&level, &expectations, &outcome, &year, platform);
        (outcome.value[platform], outcome.expected[platform]) = (judged.total(), judged.expected);
    }
}

/// What a company is worth by itself.
fn own_worth(
    level: &CurrentLevel,
    expectations: &Expectations,
    outcome: &Outcome,
    year: &PastYear,
    platform: usize,
) -> Valuation {
    let book = (outcome.cash[platform], outcome.loans[platform].claims);
    judged(book, year, &level.0.market, (expectations, platform, outcome.turn))
}
