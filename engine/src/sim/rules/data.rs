//! Data: what sales tell about people, and what it is worth. A better match between people and goods, with diminishing
//! returns.

use crate::level::Level;

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

pub(in crate::sim) fn collected(level: &Level, sales: f64, own_payments: f64) -> f64 {
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
