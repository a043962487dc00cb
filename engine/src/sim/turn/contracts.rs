//! Merchants' contracts with carriers run out and are signed anew.

use bevy::prelude::*;

use crate::sim::rules::logistics::Choosing;
use crate::sim::state::merchants::{Contracts, MerchantBlock};
use crate::sim::state::services::{ServiceState, in_order};
use crate::sim::state::world::{Clock, CurrentLevel};

/// Merchants whose contracts run out, or whose carrier no longer serves a shop, choose again.
pub(in crate::sim) fn contract(
    level: Res<CurrentLevel>,
    clock: Res<Clock>,
    services: Query<&ServiceState>,
    mut blocks: Query<(&MerchantBlock, &mut Contracts)>,
) {
    let level = &level.0;
    if level.carriers().is_empty() {
        return;
    }
    let services = in_order(services.iter());
    let choosing = Choosing::of(level, clock.seed, &services);
    let shops = level.shops();
    for (block, mut contracts) in &mut blocks {
        let Contracts { carrier, months } = &mut *contracts;
        let options: Vec<&[Option<f64>]> =
            shops.iter().map(|&shop| choosing.options(block.segment, block.category, shop)).collect();
        let serving: Vec<u32> = options
            .iter()
            .map(|carriers| {
                (0..).zip(*carriers).map(|(place, carrier)| u32::from(carrier.is_some()) << place).sum()
            })
            .collect();
        // No carrier is one that serves nobody.
        let serves = |shop: usize, place: u8| serving[shop].checked_shr(place.into()).unwrap_or(0) & 1 == 1;
        for (merchant, months) in months.iter_mut().enumerate() {
            let number = block.first + merchant as u32;
            let over = *months == 0;
            for (shop, place) in carrier[merchant * shops.len()..][..shops.len()].iter_mut().enumerate() {
                if over || !serves(shop, *place) {
                    *place = choosing.choose(options[shop], number, shop);
                }
            }
            *months = if over {
                level.merchant_segments[block.segment].contract_months as u8 - 1
            } else {
                *months - 1
            };
        }
    }
}
