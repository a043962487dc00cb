//! Companies are valued.

use bevy::prelude::*;

use crate::sim::rules::calendar::usual_month;
use crate::sim::rules::capital::appraise;
use crate::sim::rules::value::value;
use crate::sim::state::capital::Capital;
use crate::sim::state::companies::{Company, PastYear};
use crate::sim::state::outcome::Outcome;
use crate::sim::state::world::CurrentLevel;

/// Judges every company at the end of the turn.
pub(in crate::sim) fn judge(
    level: Res<CurrentLevel>,
    capital: Res<Capital>,
    mut outcome: ResMut<Outcome>,
    mut companies: Query<(&Company, &mut PastYear)>,
) {
    outcome.in_hindsight = None;
    let mut own = vec![0.0; level.0.platforms.len()];
    for (&Company(platform), mut year) in &mut companies {
        if level.0.platforms[platform].here {
            let month = usual_month(&level.0, &outcome, platform);
            year.add(month.profit, month.sales);
        }
        own[platform] = value(
            outcome.cash[platform],
            outcome.loans[platform].claims,
            &year,
            level.0.market.discount_rate,
        );
    }
    appraise(&capital, &own, &mut outcome);
}
