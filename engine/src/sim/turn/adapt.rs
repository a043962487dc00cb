//! What lasts moves on: stocks, trust, presence, and who is online.

use bevy::prelude::*;

use crate::sim::rules::growth::adopted;
use crate::sim::rules::trust::trust_target;
use crate::sim::state::companies::{Company, Funded, Policy, Stocks, Trust};
use crate::sim::state::files::Files;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::presence::Presence;
use crate::sim::state::public::Public;
use crate::sim::state::world::{Adoption, CurrentLevel};

/// Stocks fade and grow by what was spent; trust moves slowly towards what fraud and opinion deserve, faster down than up.
pub(in crate::sim) fn adapt(
    level: Res<CurrentLevel>,
    (outcome, public, files): (Res<Outcome>, Res<Public>, Res<Files>),
    mut companies: Query<(&Company, &Policy, &Funded, &mut Stocks, &mut Trust)>,
) {
    let market = &level.0.market;
    for (&Company(platform), policy, funded, mut stocks, mut trust) in &mut companies {
        if !level.0.sells(platform) {
            continue;
        }
        // A management that is probed has other things to do.
        let works = files.0[platform].works(level.0.regulator.as_ref());
        let accrue = |stock: &mut f64, budget: f64| {
            *stock += market.stock_decay * (budget * funded.budgets * works - *stock);
        };
        accrue(&mut stocks.brand, policy.budgets.brand);
        accrue(&mut stocks.ai, policy.budgets.ai);
        let Stocks { categories, stores, .. } = &mut *stocks;
        let by_part = categories.iter_mut().zip(&policy.budgets.categories);
        let by_part = by_part.chain(stores.iter_mut().zip(&policy.budgets.stores));
        by_part.for_each(|(stock, &budget)| accrue(stock, budget));
        let target = trust_target(outcome.fraud[platform], public.opinion[platform], market);
        let speed = if target > trust.0 { market.trust_rise } else { market.trust_fall };
        trust.0 += speed * (target - trust.0);
    }
}

/// Moves presence towards this turn's.
pub(in crate::sim) fn spread(
    level: Res<CurrentLevel>,
    outcome: Res<Outcome>,
    mut presence: ResMut<Presence>,
) {
    let memory = level.0.market.presence_memory;
    for region in 0..level.0.regions.len() {
        let potential = level.0.region_potential_at(region, &outcome.spending);
        for platform in outcome.platforms() {
            let seen = &mut presence.0[[region, platform]];
            *seen = Presence::moved(memory, *seen, outcome.region_sales(region, platform), potential);
        }
    }
}

/// Advances adoption by a month.
pub(in crate::sim) fn grow(
    level: Res<CurrentLevel>,
    companies: Query<(&Company, &Stocks)>,
    mut adoption: ResMut<Adoption>,
) {
    // In the order of the companies, so that the sum is the same in every world.
    let mut stocks: Vec<_> = companies.iter().collect();
    stocks.sort_by_key(|(company, _)| company.0);
    for (region, online) in adoption.0.iter_mut().enumerate() {
        let stores = stocks.iter().map(|(_, stocks)| stocks.stores[region]).sum();
        *online = adopted(&level.0, region, *online, stores);
    }
}

/// Copies the trust that buyers now have into the outcome.
pub(in crate::sim) fn trust_outcome(mut outcome: ResMut<Outcome>, companies: Query<(&Company, &Trust)>) {
    for (&Company(platform), trust) in &companies {
        outcome.trust[platform] = trust.0;
    }
}
