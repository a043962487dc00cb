//! Companies are valued.

use bevy::prelude::*;

use crate::sim::rules::calendar::usual_month;
use crate::sim::rules::value::value;
use crate::sim::state::companies::{Company, PastYear};
use crate::sim::state::outcome::Outcome;
use crate::sim::state::world::CurrentLevel;

/// Judges every company at the end of the turn.
pub(in crate::sim) fn judge(
    level: Res<CurrentLevel>,
    mut outcome: ResMut<Outcome>,
    mut companies: Query<(&Company, &mut PastYear)>,
) {
    outcome.in_hindsight = None;
    for (&Company(platform), mut year) in &mut companies {
        if level.0.platforms[platform].here {
            let month = usual_month(&level.0, &outcome, platform);
            year.add(month.profit, month.sales);
        }
        outcome.value[platform] = value(
            outcome.cash[platform],
            outcome.loans[platform].claims,
            &year,
            level.0.market.discount_rate,
        );
    }
}
