//! How large everything is in a market without agents.

use crate::sim::grid::Grid;

/// A share of the market that moves by no more than this has settled.
pub(super) const SETTLED: f64 = 1e-9;

/// How large everything is: what people and merchants respond to, and how they do.
#[derive(Clone, Debug, PartialEq)]
pub struct Sizes {
    /// Sales by region, category and platform, in yuan a month.
    pub sales: Grid<3>,
    /// People who buy something, by region and platform.
    pub members: Grid<2>,
    /// Part of a category's merchants, by size, that list; by category and platform.
    pub variety: Grid<2>,
    /// Shops listed, by category and platform.
    pub listed: Grid<2>,
}

impl Sizes {
    /// From these sizes to others: shares of all that could be sold, and listings.
    pub(super) fn step_to(&self, to: &Self, total: f64) -> Vec<f64> {
        let sales = self.sales.cells().iter().zip(to.sales.cells()).map(|(a, b)| (b - a) / total);
        let variety = self.variety.cells().iter().zip(to.variety.cells()).map(|(a, b)| b - a);
        sales.chain(variety).collect()
    }

    /// Part of the way to others.
    pub(super) fn towards(&self, new: &Self, part: f64) -> Self {
        let mut mixed = new.clone();
        let mix = |mixed: &mut [f64], old: &[f64]| {
            mixed.iter_mut().zip(old).for_each(|(new, old)| *new = (old + part * (*new - old)).max(0.0));
        };
        mix(mixed.sales.cells_mut(), self.sales.cells());
        mix(mixed.members.cells_mut(), self.members.cells());
        mix(mixed.variety.cells_mut(), self.variety.cells());
        mix(mixed.listed.cells_mut(), self.listed.cells());
        mixed
    }
}

/// Demand that has settled, or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// The sizes.
    pub sizes: Sizes,
    /// By how much a share of the market still moved.
    pub miss: f64,
    /// Rounds of responses.
    pub rounds: usize,
}

impl Settled {
    /// Whether nothing moves any more, as closely as was asked or nearly so.
    pub fn is_settled(&self, close: f64) -> bool {
        self.miss <= SETTLED.max(close)
    }
}
