//! Choices become sales and people.

use bevy::prelude::*;

use crate::level::Level;
use crate::sim::choice::SURPLUS_UNIT;
use crate::sim::rules::demand::noise_unit;
use crate::sim::rules::traffic;
use crate::sim::state::cells::{Cell, Cells};
use crate::sim::state::choices::{Choices, Market};
use crate::sim::state::loans::Lending;
use crate::sim::state::merchants::Supply;
use crate::sim::state::outcome::{Outcome, ratio};
use crate::sim::state::services::{Ai, Matching, ServiceState, in_order};
use crate::sim::state::world::{Adoption, Clock, CurrentLevel, Measure};
use crate::sim::turn::payers;

/// Turns counts of agents into sales and people.
pub(in crate::sim) fn count(
    level: Res<CurrentLevel>,
    clock: Res<Clock>,
    cells: Res<Cells>,
    choices: Res<Choices>,
    supply: Res<Supply>,
    (adoption, measure): (Res<Adoption>, Res<Measure>),
    (market, matching, ai, lending): (Res<Market>, Res<Matching>, Res<Ai>, Res<Lending>),
    services: Query<&ServiceState>,
    mut outcome: ResMut<Outcome>,
) {
    let level = &level.0;
    let shops = level.shops();
    let mut next = Outcome::of_turn(level, clock.turn);
    next.users_before = outcome.platforms().map(|platform| outcome.user_count(platform)).collect();
    // Until companies are judged anew, they are worth what they were.
    next.market_value.clone_from(&outcome.market_value);
    next.online.clone_from(&adoption.0);
    next.variety.clone_from(&supply.variety);
    next.price.clone_from(&supply.price);
    next.listed.clone_from(&supply.listed);
    let more = |region: usize, platform: usize| lending.spending(&level.market, region, platform);
    let mut online = vec![0.0; level.regions.len()];
    for (number, cell) in cells.0.iter().enumerate() {
        online[cell.region] += choices.online[number] as f64 * cell.weight;
        for category in 0..level.categories.len() {
            let spend = cell.spend[category];
            let stayed = choices.chosen[[number, category, shops.len()]] as f64;
            next.offline[[cell.region, category]] += stayed * spend;
            for (shop, &platform) in shops.iter().enumerate() {
                let bought = choices.chosen[[number, category, shop]] as f64;
                next.sales[[cell.region, category, platform]] += bought * spend * more(cell.region, platform);
            }
        }
        for (shop, &platform) in shops.iter().enumerate() {
            next.users[[cell.region, platform]] += choices.users[[number, shop]] as f64 * cell.weight;
            next.lost[platform] += choices.lost[[number, shop]] as f64 * cell.weight;
            next.awareness[[cell.region, platform]] += choices.aware[[number, shop]] as f64 * cell.weight;
        }
    }
    for region in 0..level.regions.len() {
        for &platform in &shops {
            let aware = next.awareness[[region, platform]];
            next.awareness[[region, platform]] = ratio(aware, online[region]);
        }
    }
    let services = in_order(services.iter());
    payers::count(level, &cells, &choices, &lending, &mut next);
    next.referred = traffic::refer(level, &services, &sales_by_apps(level, &cells, &choices, &lending));
    next.delivery.clone_from(&market.delivery);
    next.matching.clone_from(&matching.0);
    next.ai.clone_from(&ai.0);
    if measure.surplus {
        (next.consumer_utility, next.consumer_surplus) = surplus(level, &cells, &choices);
    }
    *outcome = next;
}

/// Each platform's sales to the people of each cell, with the apps that they use.
fn sales_by_apps(level: &Level, cells: &Cells, choices: &Choices, lending: &Lending) -> Vec<(u8, Vec<f64>)> {
    if level.apps().is_empty() {
        return Vec::new();
    }
    let of_cell = |(number, cell): (usize, &Cell)| {
        let mut sales = vec![0.0; level.platforms.len()];
        for (shop, platform) in level.shops().into_iter().enumerate() {
            let sold =
                |category: usize| choices.chosen[[number, category, shop]] as f64 * cell.spend[category];
            let more = lending.spending(&level.market, cell.region, platform);
            sales[platform] = (0..level.categories.len()).map(sold).sum::<f64>() * more;
        }
        (cell.apps, sales)
    };
    cells.0.iter().enumerate().map(of_cell).collect()
}

/// Mean expected utility of a choice, and what platforms are worth to consumers in yuan a month: those who chose
/// are a sample of everybody online in their cell. Where nobody minds a price, nothing has a worth in yuan.
fn surplus(level: &Level, cells: &Cells, choices: &Choices) -> (Option<f64>, Option<f64>) {
    let scale = noise_unit(level) * SURPLUS_UNIT;
    let (mut utility, mut people, mut yuan) = (0.0, 0.0, 0.0);
    for (number, cell) in cells.0.iter().enumerate() {
        let typical = cell.typical_sensitivity(level);
        for category in 0..level.categories.len() {
            let at = |kind| choices.surplus[[number, category, kind]] as f64;
            let sampled = at(2);
            if sampled > 0.0 {
                let online = choices.online[number] as f64;
                let weight = online * cell.weight;
                utility += weight * at(0) * scale / sampled;
                people += weight;
                yuan += online * cell.spend[category] * at(1) * scale / (sampled * typical);
            }
        }
    }
    if people > 0.0 {
        (Some(utility / people), (level.market.price_sensitivity > 0.0).then_some(yuan))
    } else {
        (None, None)
    }
}
