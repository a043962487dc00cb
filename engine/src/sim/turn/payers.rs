//! Who paid with which wallet.

use crate::level::Level;
use crate::sim::state::cells::Cells;
use crate::sim::state::choices::Choices;
use crate::sim::state::loans::Lending;
use crate::sim::state::outcome::{Outcome, ratio};

/// Sales paid with each wallet, and fractions of online people by region who hold each and whose habit it is. Buyers whose
/// habit is not taken pay with what they have, the shop's own wallet preferred; who has none pays otherwise.
pub(in crate::sim) fn count(
    level: &Level,
    cells: &Cells,
    choices: &Choices,
    lending: &Lending,
    outcome: &mut Outcome,
) {
    let wallets = level.wallets();
    if wallets.is_empty() {
        return;
    }
    let (shops, count) = (level.shops(), wallets.len());
    let mut online = vec![0.0; level.regions.len()];
    for (number, cell) in cells.0.iter().enumerate() {
        online[cell.region] += choices.online[number] as f64 * cell.weight;
        for wallet in 0..count {
            let people = |column: usize| choices.holders[[number, column]] as f64 * cell.weight;
            outcome.holders[[cell.region, wallet]] += people(wallet);
            outcome.habitual[[cell.region, wallet]] += people(count + wallet);
        }
        for (shop, &platform) in shops.iter().enumerate() {
            let users = choices.users[[number, shop]] as f64;
            let sold: f64 = (0..level.categories.len())
                .map(|category| choices.chosen[[number, category, shop]] as f64 * cell.spend[category])
                .sum();
            let sold = sold * lending.spending(&level.market, cell.region, platform);
            let habitual = |wallet: usize| choices.payers[[number, shop, wallet]] as f64;
            let other = |wallet: usize| {
                let own = level.services[wallets[wallet].0].owner == Some(platform);
                let steering = if own { level.market.wallet_steering } else { 1.0 };
                choices.payers[[number, shop, count + wallet]] as f64 * steering
            };
            // Who could pay with either of two wallets counts for both, and is one person.
            let able: f64 = (0..count).map(other).sum();
            let lacking = choices.payers[[number, shop, 2 * count]] as f64;
            let people = users - lacking - (0..count).map(habitual).sum::<f64>();
            for wallet in 0..count {
                let payers = habitual(wallet) + people * ratio(other(wallet), able);
                outcome.payments[[platform, wallet]] += sold * ratio(payers, users);
            }
        }
    }
    for region in 0..level.regions.len() {
        for wallet in 0..count {
            for grid in [&mut outcome.holders, &mut outcome.habitual] {
                grid[[region, wallet]] = ratio(grid[[region, wallet]], online[region]);
            }
        }
    }
}
