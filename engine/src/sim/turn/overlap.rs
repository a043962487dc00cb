//! Who buys in several shops: measured where surplus is, since nothing depends on it.

use bevy::prelude::*;

use crate::sim::state::cells::Cells;
use crate::sim::state::consumers::{Bought, ConsumerBlock};
use crate::sim::state::outcome::Outcome;
use crate::sim::state::world::{CurrentLevel, Measure};

/// Counts each platform's buyers who bought elsewhere too.
pub(in crate::sim) fn measure(
    level: Res<CurrentLevel>,
    (cells, measure): (Res<Cells>, Res<Measure>),
    blocks: Query<(&ConsumerBlock, &Bought)>,
    mut outcome: ResMut<Outcome>,
) {
    if !measure.surplus {
        return;
    }
    let shops = level.0.shops();
    let mut agents = vec![vec![0u64; shops.len()]; cells.0.len()];
    for (block, bought) in &blocks {
        // Where no column is kept there is one category, and nobody buys it twice.
        for mask in bought.0.iter().take(block.online).filter(|mask| mask.count_ones() > 1) {
            let shops = (0..shops.len()).filter(|shop| mask >> shop & 1 == 1);
            shops.for_each(|shop| agents[block.cell][shop] += 1);
        }
    }
    let mut elsewhere = vec![0.0; level.0.platforms.len()];
    for (cell, counts) in cells.0.iter().zip(&agents) {
        for (&platform, &count) in shops.iter().zip(counts) {
            elsewhere[platform] += count as f64 * cell.weight;
        }
    }
    outcome.elsewhere = Some(elsewhere);
}
