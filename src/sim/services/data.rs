//! Data: what sales tell about people, and what it is worth. A better match between people and goods, with diminishing
//! returns.

use bevy::prelude::*;

use crate::level::Level;
use crate::sim::CurrentLevel;
use crate::sim::institutions::agreements::Negotiations;
use crate::sim::outcome::{Outcome, ratio};
use crate::sim::platforms::{Company, Stocks};

use super::Engineering;

/// How well each platform matches people and goods, 0 to 1, by platform.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Matching(pub Vec<f64>);

/// Quality of the match with so much data: M = D/(D + D0).
pub fn match_quality(level: &Level, data: f64) -> f64 {
    data / (data + level.market.data_reference)
}

/// The data that give a match of this quality.
pub fn data_behind(level: &Level, quality: f64) -> f64 {
    level.market.data_reference * quality / (1.0 - quality).max(1e-6)
}

/// Utility of the match in a category: worth twice as much where people are shown everything they see.
pub fn match_utility(level: &Level, category: usize, quality: f64) -> f64 {
    level.market.match_effect * (1.0 + level.categories[category].feed) * quality
}

/// Data that sales sustain in the long run, payments through other people's wallets telling less.
pub fn sustained(level: &Level, sales: f64, own_payments: f64) -> f64 {
    let market = &level.market;
    collected(level, sales, own_payments) / market.data_decay.max(1e-9)
}

fn collected(level: &Level, sales: f64, own_payments: f64) -> f64 {
    let market = &level.market;
    market.data_yield * sales / level.total_potential() * (1.0 + market.payment_data * own_payments)
}

/// Each platform's data with what partners share: a part of theirs is news.
pub fn fused(level: &Level, own: &[f64], shared_with: impl Fn(usize, usize) -> bool) -> Vec<f64> {
    let partners = |to: usize| {
        let from = (0..own.len()).filter(|&from| from != to && shared_with(from, to));
        from.map(|from| own[from]).sum::<f64>()
    };
    (0..own.len()).map(|to| own[to] + level.market.data_fusion * partners(to)).collect()
}

/// Data grow with sales and grow stale; matches follow, with what partners share once the systems are joined.
pub(in crate::sim) fn learn(
    level: Res<CurrentLevel>,
    outcome: Res<Outcome>,
    negotiations: Res<Negotiations>,
    mut companies: Query<(&Company, &mut Stocks, &Engineering)>,
    mut matching: ResMut<Matching>,
) {
    let level = &level.0;
    let mut data = vec![0.0; level.platforms.len()];
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
        joined[platform].clone_from(&engineering.joined);
    }
    let fused = fused(level, &data, |from, to| negotiations.shares_data(from, to) && joined[to][from]);
    matching.0 = fused.into_iter().map(|data| match_quality(level, data)).collect();
}
