//! Companies are valued.

use bevy::prelude::*;

use crate::sim::rules::capital::appraise;
use crate::sim::rules::expectation::judged;
use crate::sim::rules::value::{Valuation, judged_month};
use crate::sim::state::capital::Capital;
use crate::sim::state::companies::{Company, PastYear};
use crate::sim::state::expectations::Expectations;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::world::CurrentLevel;

/// Judges every company at the end of the turn.
pub(in crate::sim) fn judge(
    level: Res<CurrentLevel>,
    capital: Res<Capital>,
    expectations: Res<Expectations>,
    mut outcome: ResMut<Outcome>,
    mut companies: Query<(&Company, &mut PastYear)>,
) {
    outcome.in_hindsight = None;
    let mut own = vec![0.0; level.0.platforms.len()];
    for (&Company(platform), mut year) in &mut companies {
        if level.0.platforms[platform].here {
            let month = judged_month(&level.0, &outcome, platform);
            year.add(month.profit, month.sales);
        }
        let judged = own_worth(&level, &expectations, &outcome, &year, platform);
        own[platform] = judged.total();
        outcome.expected[platform] = judged.expected;
    }
    appraise(&capital, &own, &mut outcome);
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
