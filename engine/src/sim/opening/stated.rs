//! What a level states of its opening: sales that fit its shares, and companies that have long been as they are.

use crate::level::services::Wallet;
use crate::level::{Level, Platform, Shop};
use crate::sim::grid::Grid;
use crate::sim::opening::company::OpeningCompany;
use crate::sim::rules::data;
use crate::sim::rules::trust::{fraud_rate, trust_target};
use crate::sim::state::companies::{Budgets, Coupon, PastYear, Policy, Prices, Stocks};
use crate::sim::state::loans::Credit;
use crate::sim::state::outcome::ratio;

/// Opening sales by region, category and platform: stated shares and relative strengths, balanced by iterative
/// proportional fitting so that each market is covered and each platform's total is its stated share.
pub(in crate::sim) fn opening_sales(level: &Level) -> Grid<3> {
    const ROUNDS: usize = 200;
    let shops = level.shops();
    let (regions, categories) = (level.regions.len(), level.categories.len());
    let mut sales = Grid::filled([regions, categories, level.platforms.len()], 0.0);
    let market = |region: usize, category: usize| {
        level.potential(region, category)
            * level.regions[region].online
            * level.categories[category].online_share
    };
    let places: Vec<(usize, usize)> =
        (0..regions).flat_map(|r| (0..categories).map(move |c| (r, c))).collect();
    let total: f64 = places.iter().map(|&(region, category)| market(region, category)).sum();
    for &(region, category) in &places {
        for &platform in &shops {
            let Some(shop) = &level.platforms[platform].shop else { continue };
            let strength = shop.category_strength[category] * shop.region_strength[region];
            sales[[region, category, platform]] = shop.share * strength;
        }
    }
    for _ in 0..ROUNDS {
        for &platform in &shops {
            let share = level.platforms[platform].shop.as_ref().map_or(0.0, |shop| shop.share);
            let sold: f64 = places.iter().map(|&(r, c)| sales[[r, c, platform]]).sum();
            places.iter().for_each(|&(r, c)| sales[[r, c, platform]] *= ratio(share * total, sold));
        }
        for &(region, category) in &places {
            let sold: f64 = shops.iter().map(|&platform| sales[[region, category, platform]]).sum();
            let factor = ratio(market(region, category), sold);
            shops.iter().for_each(|&platform| sales[[region, category, platform]] *= factor);
        }
    }
    sales
}

/// Choice probabilities of online people: shops, then offline; from the sales of a month in which people spend so many times as much as
/// in a usual one, by category.
pub fn shares(level: &Level, sales: &Grid<3>, online: &[f64], spending: &[f64]) -> Grid<3> {
    let shops = level.shops();
    let mut shares = Grid::filled([level.regions.len(), level.categories.len(), shops.len() + 1], 0.0);
    for region in 0..level.regions.len() {
        for category in 0..level.categories.len() {
            let potential = level.potential(region, category) * online[region] * spending[category];
            let mut offline = 1.0;
            for (shop, &platform) in shops.iter().enumerate() {
                // With nobody online yet the first to come will spread like the level's shares.
                let share = if potential > 0.0 {
                    sales[[region, category, platform]] / potential
                } else {
                    let stated = level.platforms[platform].shop.as_ref().map_or(0.0, |shop| shop.share);
                    stated * level.categories[category].online_share
                };
                shares[[region, category, shop]] = share;
                offline -= share;
            }
            let without = level.categories[category].online_share >= 1.0;
            shares[[region, category, shops.len()]] = if without { 0.0 } else { offline.max(0.0) };
        }
    }
    shares
}

/// A company as the level opens it, from what everybody sells and what is paid with each wallet. A newcomer has built nothing yet,
/// and will spend like the average of those there, as far as the level does not say otherwise.
pub fn company(level: &Level, platform: usize, sales: &Grid<3>, payments: &Grid<2>) -> OpeningCompany {
    let (regions, categories) = (level.regions.len(), level.categories.len());
    let market = &level.market;
    let Platform { shop, here, cash, .. } = &level.platforms[platform];
    let shop = shop.as_ref();
    let sold_by = |c: usize, platform: usize| (0..regions).map(|r| sales[[r, c, platform]]).sum::<f64>();
    let by_category: Vec<f64> = if *here {
        (0..categories).map(|c| sold_by(c, platform)).collect()
    } else {
        let there: Vec<usize> = level.shops().into_iter().filter(|&other| level.sells(other)).collect();
        let mean = |c| there.iter().map(|&other| sold_by(c, other)).sum::<f64>() / there.len() as f64;
        (0..categories).map(mean).collect()
    };
    let sold: f64 = by_category.iter().sum();
    let stated = |budget: fn(&Shop) -> Option<f64>, usual: f64| {
        shop.map_or(0.0, |s| budget(s).unwrap_or(usual * sold))
    };
    let third = market.opening_investment / 3.0;
    let categories_budget = stated(|shop| shop.category_budget, third);
    let marketing = stated(|shop| shop.marketing_budget, third);
    let prices = Prices {
        take_rates: shop.map_or_else(|| vec![0.0; categories], |shop| shop.take_rates.clone()),
        consumer_fees: Grid::filled([regions, categories], shop.map_or(0.0, |shop| shop.consumer_fee)),
        coupons: Grid::filled([regions, categories], Coupon::default()),
        advert_load: shop.map_or(0.0, |shop| shop.advert_load),
        membership_fee: shop.map_or(0.0, |shop| shop.membership_fee),
        merchant_fee: shop.map_or(0.0, |shop| shop.merchant_fee),
        exclusive: false,
        credit: Credit::default(),
    };
    let part_of = |region| level.region_potential(region) / level.total_potential();
    let budgets = Budgets {
        brand: stated(|shop| shop.brand_budget, third),
        categories: by_category.iter().map(|&part| categories_budget * ratio(part, sold)).collect(),
        marketing: (0..regions).map(|region| marketing * part_of(region)).collect(),
        governance: stated(|shop| shop.governance_budget, market.opening_governance),
        engineering: 0.0,
        invitations: 0.0,
        visits: vec![0.0; level.apps().len()],
        stores: vec![0.0; regions],
        ai: 0.0,
    };
    let paid = |(place, (number, _)): (usize, (usize, &Wallet))| {
        if level.services[number].owner == Some(platform) { payments[[platform, place]] } else { 0.0 }
    };
    let own_payments = level.wallets().into_iter().enumerate().map(paid).sum();
    let policy = Policy { prices, budgets };
    let fraud = fraud_rate(policy.budgets.governance, sold, 1.0, market);
    let stocks = if *here {
        Stocks {
            brand: policy.budgets.brand,
            categories: policy.budgets.categories.clone(),
            stores: policy.budgets.stores.clone(),
            data: data::sustained(level, sold, ratio(own_payments, sold)),
            ai: policy.budgets.ai,
        }
    } else {
        Stocks {
            brand: 0.0,
            categories: vec![0.0; categories],
            stores: vec![0.0; regions],
            data: 0.0,
            ai: 0.0,
        }
    };
    OpeningCompany {
        stocks,
        // Without a shop there is nobody to trust it.
        trust: if shop.is_some() { trust_target(fraud, 0.0, market) } else { 0.0 },
        cash: *cash,
        year: PastYear::default(),
        policy,
    }
}
