//! Where merchants list, one by one: for pictures of who came and who went.

use bevy::prelude::*;

use crate::sim::state::merchants::{Listed, MerchantBlock};

/// Where every merchant lists, in the order of their numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stalls {
    /// The shops of each: a bit each, in the order of `Level::shops`.
    pub shops: Vec<u16>,
    /// Shops that each stands for.
    pub weight: Vec<f64>,
}

/// Reads where every merchant lists.
pub(in crate::sim) fn stalls(world: &mut World) -> Stalls {
    let mut query = world.query::<(&MerchantBlock, &Listed)>();
    let mut blocks: Vec<_> = query.iter(world).collect();
    blocks.sort_by_key(|(block, _)| block.first);
    let mut stalls = Stalls::default();
    for (block, listed) in blocks {
        stalls.shops.extend_from_slice(&listed.0);
        stalls.weight.resize(stalls.shops.len(), block.weight);
    }
    stalls
}
