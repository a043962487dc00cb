//! Where consumers' utility comes from at the start, and how finely it is looked for.

use super::newcomers;
use crate::level::Level;
use crate::sim::grid::Grid;

/// Where consumers' utility comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// The whole common utility that holds the opening shares, by region, category and shop; the appeal is what
    /// the other terms leave of it.
    Held(Grid<3>),
    /// The appeal itself, by region, category and shop.
    Stated(Grid<3>),
}

impl Start {
    /// The appeals that a level states, or utilities still to be found.
    pub fn of(level: &Level) -> Self {
        let shops = level.shops();
        let shape = [level.regions.len(), level.categories.len(), shops.len()];
        let newcomer = |platform: usize| level.platforms[platform].enters.is_some();
        let stated = |platform: usize| level.platforms[platform].shop.as_ref().and_then(|shop| shop.appeal);
        // What a newcomer states is relative to the others: it is filled in from theirs.
        let stated = |platform: usize| if newcomer(platform) { Some(0.0) } else { stated(platform) };
        let Some(appeals) = shops.iter().map(|&platform| stated(platform)).collect::<Option<Vec<f64>>>()
        else {
            return Self::Held(Grid::filled(shape, 0.0));
        };
        let mut grid = Grid::filled(shape, 0.0);
        grid.cells_mut().iter_mut().zip(appeals.iter().cycle()).for_each(|(cell, &appeal)| *cell = appeal);
        newcomers::appeal(level, &mut grid, |_, _, shop| !newcomer(shops[shop]));
        Self::Stated(grid)
    }
}

/// Stand-ins for a population when shares are inverted: how many for each segment. A level is inverted once and
/// kept; an imagined market is inverted anew for every look ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// For a level.
    Fine,
    /// For an imagined market.
    Coarse,
}
