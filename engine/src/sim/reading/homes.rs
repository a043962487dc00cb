//! Where consumers are at home: the shop that most of their spending on platforms goes to. For pictures of who moved.

use bevy::prelude::*;

use crate::sim::state::cells::{Cell, Cells};
use crate::sim::state::consumers::{ConsumerBlock, LastChoice};

/// Where every consumer is at home, in the order of their numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Homes {
    /// The shop by its place in `Level::shops`; their number for whoever buys on no platform.
    pub shop: Vec<u8>,
    /// Runs of consumers who stand for equally many people in one region, in the same order.
    pub runs: Vec<Run>,
}

/// Consumers of one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// How many.
    pub agents: usize,
    /// Their region.
    pub region: usize,
    /// Their segment.
    pub segment: usize,
    /// People that each stands for.
    pub weight: f64,
}

/// Reads where everybody is at home from what they chose last.
pub(in crate::sim) fn homes(world: &mut World, shops: usize) -> Homes {
    let mut query = world.query::<(&ConsumerBlock, &LastChoice)>();
    let mut blocks: Vec<_> = query.iter(world).collect();
    blocks.sort_by_key(|(block, _)| block.first);
    let cells = &world.resource::<Cells>().0;
    let mut homes = Homes::default();
    for (block, last) in blocks {
        let cell = &cells[block.cell];
        let agents = last.0.len() / cell.spend.len();
        let Cell { region, segment, weight, .. } = *cell;
        homes.runs.push(Run { agents, region, segment, weight });
        for agent in 0..agents {
            let mut spent = [0.0; crate::level::MAX_PLATFORMS];
            for (category, spend) in cell.spend.iter().enumerate() {
                if let Some(spent) = spent[..shops].get_mut(usize::from(last.0[category * agents + agent])) {
                    *spent += spend;
                }
            }
            let mut home = (shops, 0.0);
            for (shop, &spent) in spent[..shops].iter().enumerate() {
                if spent > home.1 {
                    home = (shop, spent);
                }
            }
            homes.shop.push(home.0 as u8);
        }
    }
    homes
}
