//! Consumers: what they are and what they know. One entity per block of agents of one cell, columns inside; a block is stepped as
//! slices, and only whole numbers leave it.

use bevy::prelude::*;

use crate::sim::choice::LANES;

/// Most consumers in one block: its columns fit the second cache.
pub(in crate::sim) const BLOCK: usize = 128 * LANES;

/// Which consumers a block holds.
#[derive(Component, Clone, Debug)]
pub struct ConsumerBlock {
    /// Cell, by number.
    pub cell: usize,
    /// Region index.
    pub region: usize,
    /// Identifier of the first consumer; the others follow.
    pub first: u32,
    /// How many of the cell's consumers come before this block. They come online in this order, which is as good
    /// as any: nothing else depends on an agent's place.
    pub before: u32,
    /// How many of its consumers are online.
    pub online: usize,
    /// The largest sensitivity to price among them.
    pub largest_sensitivity: f32,
    /// How many of those online last chose each alternative, category after category: what `LastChoice` says, counted.
    pub chosen: Vec<u32>,
}

/// Sensitivity to price of each consumer.
#[derive(Component, Clone, Debug)]
pub struct PriceSensitivity(pub Box<[f32]>);

/// Position of taste of each consumer, 0 to 1.
#[derive(Component, Clone, Debug)]
pub struct Taste(pub Box<[f32]>);

/// Shops that each consumer knows: a bit for each, in the order of `Level::shops`.
#[derive(Component, Clone, Debug)]
pub struct Known(pub Box<[u16]>);

/// Wallets of each consumer: those held, a bit each, and above them a bit for the habitual one. All zero in a level
/// without wallets.
#[derive(Component, Clone, Debug)]
pub struct Wallets(pub Box<[u16]>);

/// Shops where each consumer bought last turn, a bit each: what `LastChoice` says, kept because every turn asks for it. Not
/// kept where one category that everybody knows makes it needless.
#[derive(Component, Clone, Debug)]
pub struct Bought(pub Box<[u16]>);

/// Last choice of each consumer: all consumers for the first category, then all for the second, and so on. A shop
/// by its place in `Level::shops`, or their number for offline.
#[derive(Component, Clone, Debug)]
pub struct LastChoice(pub Box<[u8]>);

/// Every consumer's columns, block after block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// Sensitivity to price.
    pub sensitivity: Vec<f32>,
    /// Position of taste, 0 to 1.
    pub taste: Vec<f32>,
    /// Known shops, a bit each, in the order of `Level::shops`.
    pub known: Vec<u16>,
    /// By category: the last choice, a shop by its place in `Level::shops` or their number for offline.
    pub last: Vec<Vec<u8>>,
}

/// Copies all columns out of the blocks.
pub(in crate::sim) fn columns(world: &mut World) -> Columns {
    let mut query = world.query::<(&ConsumerBlock, &PriceSensitivity, &Taste, &Known, &LastChoice)>();
    let mut blocks: Vec<_> = query.iter(world).collect();
    blocks.sort_by_key(|(block, ..)| block.first);
    let mut all = Columns::default();
    for (_, sensitivity, taste, known, last) in blocks {
        all.sensitivity.extend_from_slice(&sensitivity.0);
        all.taste.extend_from_slice(&taste.0);
        all.known.extend_from_slice(&known.0);
        let by_category = last.0.chunks(taste.0.len());
        all.last.resize_with(by_category.len(), Vec::new);
        all.last.iter_mut().zip(by_category).for_each(|(all, last)| all.extend_from_slice(last));
    }
    all
}
