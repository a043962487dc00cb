//! Consumers at the opening: who they are, what they know and where they bought last.

use bevy::prelude::*;
use multiversion::multiversion;

use crate::level::Level;
use crate::sim::choice::ChoiceRow;
use crate::sim::choice::Drawing;
use crate::sim::choice::LANES;
use crate::sim::draw::{Event, Key, Purpose};
use crate::sim::grid::Grid;
use crate::sim::rules::payment::Holdings;
use crate::sim::state::cells::Cells;
use crate::sim::state::choices::Market;
use crate::sim::state::consumers::{
    BLOCK, Bought, ConsumerBlock, Known, LastChoice, PriceSensitivity, Taste, Wallets,
};
use crate::sim::turn::consumers::columns::BlockColumns;
use crate::sim::turn::consumers::lanes::{Gathered, count_by_alternative, remember};
use crate::sim::turn::consumers::step::online_agents;

/// Creates the consumers of all cells, knowing and choosing as the opening says; their blocks.
pub(in crate::sim) fn spawn(
    world: &mut World,
    level: &Level,
    cells: &Cells,
    market: &Market,
    known: &Grid<2>,
    holdings: &Holdings,
    seed: u64,
) -> Vec<Entity> {
    let (mut first, mut blocks) = (0, Vec::new());
    for (number, cell) in cells.0.iter().enumerate() {
        let typical = cell.typical_sensitivity(level);
        for before in (0..cell.agents).step_by(BLOCK) {
            let length = (cell.agents - before).min(BLOCK as u32);
            let agents = first + before..first + before + length;
            let online = online_agents(market.online[cell.region], cell, before, length as usize);
            let spread = level.market.price_sensitivity_spread;
            let sensitivity = |agent| {
                (typical * libm::exp(spread * Key::new(seed, 0, Purpose::PriceSensitivity, 0).normal(agent)))
                    as f32
            };
            let taste = |agent| Key::new(seed, 0, Purpose::Taste, 0).uniform(agent);
            let sensitivity: Box<[f32]> = agents.clone().map(sensitivity).collect();
            let taste = Taste(agents.clone().map(taste).collect());
            let mut block = ConsumerBlock {
                cell: number,
                region: cell.region,
                first: agents.start,
                before,
                online,
                largest_sensitivity: sensitivity.iter().copied().fold(0.0, f32::max),
                chosen: vec![0; level.categories.len() * (market.learning.shape()[1] + 1)],
            };
            let sensitivity = PriceSensitivity(sensitivity);
            let mut wallets = Wallets(Box::default());
            if !level.wallets().is_empty() {
                // Who is not online yet has nothing to pay with.
                let word = |lane: usize| {
                    let agent = agents.start + lane as u32;
                    let uniform =
                        |item| Key::new(seed, 0, Purpose::WalletAtOpening, item).uniform_fine(agent);
                    if lane < online { holdings.draw(cell.region, uniform) } else { 0 }
                };
                wallets.0 = (0..length as usize).map(word).collect();
            }
            let people = (&sensitivity, &taste, &mut wallets);
            let (known, last) = settle(level, market, known, &mut block, people, seed);
            let mut bought = vec![0; taste.0.len()].into_boxed_slice();
            remember(&last.0, taste.0.len(), market.learning.shape()[1], &mut bought);
            let columns = (block, sensitivity, taste, known, Bought(bought), last, wallets);
            blocks.push(world.spawn(columns).id());
        }
        first += cell.agents;
    }
    blocks
}

/// What the agents of a block know and last chose at the opening: the market has long been running.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"))]
fn settle(
    level: &Level,
    market: &Market,
    awareness: &Grid<2>,
    block: &mut ConsumerBlock,
    (sensitivity, taste, wallets): (&PriceSensitivity, &Taste, &mut Wallets),
    seed: u64,
) -> (Known, LastChoice) {
    let length = sensitivity.0.len();
    let shops = awareness.shape()[1];
    let knows = |agent: u32| {
        let one = |shop: &usize| {
            let key = Key::new(seed, 0, Purpose::KnownAtOpening, *shop);
            Event::with(awareness[[block.region, *shop]]).happens(key, agent)
        };
        (0..shops).filter(one).fold(0u16, |mask, shop| mask | 1 << shop)
    };
    let mut known: Box<[u16]> = (0..length as u32).map(|lane| knows(block.first + lane)).collect();
    let mut last = vec![shops as u8; length * level.categories.len()].into_boxed_slice();
    let (mut gathered, mut drawing) = (Gathered::default(), Drawing::default());
    let columns = BlockColumns {
        block,
        sensitivity: &sensitivity.0,
        taste: &taste.0,
        known: &mut known,
        bought: &mut [],
        last: &mut last,
        wallets: &mut wallets.0,
    };
    for category in 0..level.categories.len() {
        // Nobody is new to anything in a market that has long been running: coupons for switchers count for none.
        let row = &market.rows[[columns.block.cell, category]];
        let row = &ChoiceRow { price_switching: row.price_staying, ..row.clone() };
        let key = Key::new(seed, 0, Purpose::ChoiceAtOpening, category);
        for start in (0..length).step_by(LANES) {
            let agents: Vec<u32> = (start..length.min(start + LANES)).map(|agent| agent as u32).collect();
            gathered.take(&columns, category, &agents);
            if row.payment.wallets {
                gathered.pay(&columns, &agents, &row.payment_in_loop_units(), shops);
            }
            let choice = drawing.choose_settled(row, gathered.choosers(row.payment.wallets), key);
            columns.last[category * length + start..][..agents.len()]
                .copy_from_slice(&choice[..agents.len()]);
        }
    }
    // Whoever buys knows. Who is not online yet has bought nothing and, unless everybody always knows all, knows nobody.
    let all = (1u32 << shops) - 1;
    for lane in 0..length {
        let bought = (0..level.categories.len()).fold(0, |mask, c| mask | 1 << last[c * length + lane]) & all;
        known[lane] |= bought as u16;
    }
    for lane in block.online..length {
        known[lane] = if level.market.forgetting == 0.0 { all as u16 } else { 0 };
        (0..level.categories.len()).for_each(|category| last[category * length + lane] = shops as u8);
    }
    for (category, counts) in block.chosen.chunks_mut(shops + 1).enumerate() {
        count_by_alternative(&last[category * length..][..block.online], counts);
    }
    (Known(known), LastChoice(last))
}

/// Counts buyers at the opening, by cell and shop.
pub(in crate::sim) fn buyers_at_opening(world: &mut World, cells: usize, shops: usize) -> Grid<2, u64> {
    let mut buyers = Grid::filled([cells, shops], 0);
    for (block, bought) in world.query::<(&ConsumerBlock, &Bought)>().iter(world) {
        for shop in 0..shops {
            let here = bought.0.iter().filter(|&&mask| mask >> shop & 1 == 1).count();
            buyers[[block.cell, shop]] += here as u64;
        }
    }
    buyers
}
