//! Data grow with sales and grow stale.

use bevy::prelude::*;

use crate::sim::rules::ai;
use crate::sim::rules::data::{collected, fused, match_quality};
use crate::sim::state::companies::{Company, Stocks};
use crate::sim::state::engineering::Engineering;
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::{Outcome, ratio};
use crate::sim::state::services::{Ai, Matching};
use crate::sim::state::world::CurrentLevel;

/// Data grow with sales and grow stale; matches and what AI does follow, with what partners share once the systems are joined.
pub(in crate::sim) fn learn(
    level: Res<CurrentLevel>,
    outcome: Res<Outcome>,
    negotiations: Res<Negotiations>,
    mut companies: Query<(&Company, &mut Stocks, &Engineering)>,
    (mut matching, mut ai): (ResMut<Matching>, ResMut<Ai>),
) {
    let level = &level.0;
    let mut data = vec![0.0; level.platforms.len()];
    let mut capability = vec![0.0; level.platforms.len()];
    let mut joined = vec![Vec::new(); level.platforms.len()];
    for (&Company(platform), mut stocks, engineering) in &mut companies {
        let tells = |wallet: usize, owner: Option<usize>| {
            let known = owner.is_some_and(|owner| {
                owner == platform || negotiations.shares_data(owner, platform) && engineering.joined[owner]
            });
            if known { outcome.payments[[platform, wallet]] } else { 0.0 }
        };
        let wallets = level.wallets();
        let paid: f64 =
            wallets.iter().enumerate().map(|(w, (number, _))| tells(w, level.services[*number].owner)).sum();
        let sales = outcome.gmv(platform);
        stocks.data += collected(level, sales, ratio(paid, sales)) - level.market.data_decay * stocks.data;
        data[platform] = stocks.data;
        capability[platform] = stocks.ai;
        joined[platform].clone_from(&engineering.joined);
    }
    let fused = fused(level, &data, |from, to| negotiations.shares_data(from, to) && joined[to][from]);
    ai.0 = ai::effects(level, &capability, &fused);
    matching.0 = fused.into_iter().map(|data| match_quality(level, data)).collect();
}
