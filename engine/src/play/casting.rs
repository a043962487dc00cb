//! Who plays rivals: each company the way that suits it, by what it is and owns, and never by its place in the level.

use rand::RngExt;

use crate::level::Level;
use crate::level::services::{CarrierSupply, ServiceKind};
use crate::strategy::chance;

/// A way to play, and how well it suits a company, from 0 (not at all) to 1.
pub(super) struct Role {
    pub strategy: &'static str,
    pub suits: fn(&Level, usize) -> f64,
}

/// By how much less a role suits another company that somebody plays already: a market of copies is dull.
const AGAIN: f64 = 0.5;
/// What chance adds at most where roles suit alike: less than any difference that a level states.
const CHANCE: f64 = 1e-3;

/// A strategy for each of some companies, the best suited first. Where nothing tells two apart, the match's seed decides.
pub(super) fn cast(
    level: &Level,
    companies: &[usize],
    roles: &[Role],
    seed: u64,
) -> Vec<(usize, &'static str)> {
    // Before the first turn, in which strategies draw.
    let mut chance = chance(seed, 0, 0);
    let suits: Vec<Vec<f64>> = companies
        .iter()
        .map(|&company| {
            roles.iter().map(|role| (role.suits)(level, company) + CHANCE * chance.random::<f64>()).collect()
        })
        .collect();
    let mut taken = vec![0; roles.len()];
    let mut left: Vec<usize> = (0..companies.len()).collect();
    let mut found = Vec::new();
    while !left.is_empty() {
        let fit = |company: usize, role: usize| suits[company][role] * AGAIN.powi(taken[role]);
        let pairs = left.iter().flat_map(|&company| (0..roles.len()).map(move |role| (company, role)));
        let best = pairs.max_by(|one, other| fit(one.0, one.1).total_cmp(&fit(other.0, other.1)));
        let Some((company, role)) = best else { break };
        taken[role] += 1;
        left.retain(|&other| other != company);
        found.push((companies[company], roles[role].strategy));
    }
    found
}

/// Whether there is anything to deal with: a service of its own that another shop does not have, or one of another company's that it
/// lacks itself.
pub(super) fn deals(level: &Level, company: usize) -> f64 {
    let sells = |platform: usize| level.platforms[platform].shop.is_some();
    let something = level.services.iter().any(|service| match service.owner {
        Some(owner) if owner == company => {
            (0..level.platforms.len()).any(|other| other != company && sells(other))
        }
        Some(_) => sells(company),
        None => false,
    });
    f64::from(u8::from(something))
}

/// How large it opens beside the others: one half where all are alike.
pub(super) fn is_large(level: &Level, company: usize) -> f64 {
    let share = |platform: usize| level.platforms[platform].shop.as_ref().map_or(0.0, |shop| shop.share);
    let shops = level.platforms.iter().filter(|platform| platform.shop.is_some()).count().max(1);
    let mean = (0..level.platforms.len()).map(share).sum::<f64>() / shops as f64;
    share(company) / (share(company) + mean).max(1e-9)
}

/// How small it opens.
pub(super) fn is_small(level: &Level, company: usize) -> f64 {
    1.0 - is_large(level, company)
}

/// How far it lives where people have little: one half where it is as strong everywhere.
pub(super) fn lives_off_the_thrifty(level: &Level, company: usize) -> f64 {
    let Some(shop) = &level.platforms[company].shop else { return 0.0 };
    let strength = |region: usize| shop.region_strength[region] * level.regions[region].population;
    let regions = 0..level.regions.len();
    let all: f64 = regions.clone().map(strength).sum();
    let people: f64 = level.regions.iter().map(|region| region.population).sum();
    let income = |weight: &dyn Fn(usize) -> f64| -> f64 {
        regions.clone().map(|region| weight(region) * level.regions[region].income).sum()
    };
    let own = income(&|region| strength(region) / all.max(1e-9));
    let mean = income(&|region| level.regions[region].population / people.max(1e-9));
    (0.5 + (mean - own) / mean.max(1e-9)).clamp(0.0, 1.0)
}

/// How far it stands out in one category: nothing where it is as strong in all.
pub(super) fn is_a_specialist(level: &Level, company: usize) -> f64 {
    let Some(shop) = &level.platforms[company].shop else { return 0.0 };
    let strongest = shop.category_strength.iter().copied().fold(0.0, f64::max);
    let mean = shop.category_strength.iter().sum::<f64>() / shop.category_strength.len().max(1) as f64;
    (1.0 - mean / strongest.max(1e-9)).clamp(0.0, 1.0)
}

/// Whether it has a fleet of its own.
pub(super) fn has_a_fleet(level: &Level, company: usize) -> f64 {
    let fleet = |kind: &ServiceKind| matches!(kind, ServiceKind::Carrier(carrier) if carrier.supply == CarrierSupply::Heavy);
    let own = level.services.iter().any(|service| service.owner == Some(company) && fleet(&service.kind));
    f64::from(u8::from(own))
}
