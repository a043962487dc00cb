//! Merchants: who they are, where they list and with whom they ship. One entity per block of merchants of one (category, segment),
//! columns inside.

use bevy::prelude::*;

use crate::level::{EmptyShops, Level, MerchantSegment};
use crate::sim::grid::Grid;

/// Most merchants in one block.
pub(in crate::sim) const BLOCK: usize = 8_192;

/// Which merchants a block holds.
#[derive(Component, Clone, Debug)]
pub struct MerchantBlock {
    /// Category index.
    pub category: usize,
    /// Merchant segment index.
    pub segment: usize,
    /// Identifier of the first merchant; the others follow.
    pub first: u32,
    /// Shops that one agent stands for.
    pub weight: f64,
    /// Total size of the block's merchants.
    pub size: f64,
}

/// Sales capacity of each merchant, relative.
#[derive(Component, Clone, Debug)]
pub struct Size(pub Box<[f32]>);

/// Margin of each merchant before platform fees.
#[derive(Component, Clone, Debug)]
pub struct Margin(pub Box<[f32]>);

/// Most shops that each merchant can serve.
#[derive(Component, Clone, Debug)]
pub struct Reach(pub Box<[u8]>);

/// What running one more shop costs each merchant at usual sales, in margin.
#[derive(Component, Clone, Debug)]
pub struct Burden(pub Box<[f32]>);

/// Each merchant's lasting liking for each shop, in units of the scale of likings: all of the first merchant, then all of
/// the second, and so on.
#[derive(Component, Clone, Debug)]
pub struct Liking(pub Box<[f32]>);

/// The shops that each merchant lists on: a bit for each, in the order of `Level::shops`.
#[derive(Component, Clone, Debug)]
pub struct Listed(pub Box<[u16]>);

/// What merchants offer together.
#[derive(Resource, Clone, Debug)]
pub struct Supply {
    /// Part of a category's merchants, by size, that list on a platform: `[category, platform]`.
    pub variety: Grid<2>,
    /// Merchants' price there, with the fees they pass on, relative to their price without: `[category, platform]`.
    pub price: Grid<2>,
    /// Shops listed, by `[category, platform]`.
    pub listed: Grid<2>,
    /// Total size of a category's merchants; all zero in a market without merchants.
    pub size: Vec<f64>,
    /// Part of the merchants listed, by size, that ship with each carrier: `[category, platform, carrier]`.
    pub carriers: Grid<3>,
}

impl Supply {
    /// The argument of the merchants' network effect: the part of a category's merchants that list on a platform, plus θ
    /// of the part on every other. Nothing in a market without merchants.
    pub fn variety_of(&self, level: &Level, category: usize, platform: usize) -> Option<f64> {
        let theta = &level.interconnection[platform];
        let part = |(other, theta): (usize, &f64)| theta * self.variety[[category, other]];
        (self.size[category] > 0.0).then(|| theta.iter().enumerate().map(part).sum())
    }

    /// Whether anything of a category is to be had on a platform. Without merchants platforms sell by themselves.
    pub fn sells(&self, level: &Level, category: usize, platform: usize) -> bool {
        let open = level.market.empty_shops == EmptyShops::Open;
        open || self.size[category] == 0.0 || self.variety[[category, platform]] > 0.0
    }
}

/// Fees that merchants have come to expect, by category and shop.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct ExpectedFees(pub Vec<Vec<f64>>);

/// No carrier.
pub const NONE: u8 = u8::MAX;

/// Contracts of a block's merchants.
#[derive(Component, Clone, Debug)]
pub struct Contracts {
    /// The carrier of each merchant at each shop, by its place among the carriers: all of the first merchant, then all of
    /// the second, and so on.
    pub carrier: Box<[u8]>,
    /// Months left of each merchant's contracts.
    pub months: Box<[u8]>,
}

/// Mean size of a level's merchants: that of a lognormal is its median times exp(spread²/2).
pub(in crate::sim) fn mean_size(level: &Level) -> f64 {
    let mean = |kind: &MerchantSegment| {
        kind.share * kind.size * libm::exp(kind.size_spread * kind.size_spread / 2.0)
    };
    level.merchant_segments.iter().map(mean).sum()
}
