//! Consumers come online, learn of shops and choose: block by block, on as many threads as there are.

pub mod columns;
pub mod lanes;
mod payments;
pub mod step;

use std::sync::{Mutex, PoisonError};

use bevy::prelude::*;

use crate::sim::state::cells::Cells;
use crate::sim::state::choices::{Choices, Market, Tally};
use crate::sim::state::consumers::{
    Bought, ConsumerBlock, Known, LastChoice, PriceSensitivity, Taste, Wallets,
};
use crate::sim::state::services::Ties;
use crate::sim::state::world::{Clock, CurrentLevel, Measure, Threads};
use crate::sim::turn::consumers::columns::BlockColumns;
use crate::sim::turn::consumers::step::{Scratch, Step, step_block};

type Blocks<'a> = (
    &'a mut ConsumerBlock,
    &'a PriceSensitivity,
    &'a Taste,
    &'a mut Known,
    &'a mut Bought,
    &'a mut LastChoice,
    &'a mut Wallets,
);

/// Consumers come online, learn of shops, and choose in every category they reconsider.
pub(in crate::sim) fn choose(
    level: Res<CurrentLevel>,
    clock: Res<Clock>,
    cells: Res<Cells>,
    market: Res<Market>,
    threads: Res<Threads>,
    measure: Res<Measure>,
    ties: Res<Ties>,
    mut choices: ResMut<Choices>,
    mut blocks: Query<Blocks>,
) {
    let step = Step::new(&level.0, *clock, &cells, &market, *measure, &ties);
    let mut columns: Vec<BlockColumns> = blocks
        .iter_mut()
        .map(|(block, sensitivity, taste, known, bought, last, wallets)| {
            BlockColumns::of(block, sensitivity, taste, known, bought, last, wallets)
        })
        .collect();
    let queue = Mutex::new(columns.iter_mut());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = |choices: &mut Choices| {
        let (mut scratch, mut tally) = (Scratch::default(), Tally::default());
        while let Some(block) = next() {
            step_block(&step, block, &mut scratch, &mut tally);
            choices.add(block.block, &tally);
        }
    };
    choices.clear();
    let Some(pool) = &threads.0 else { return work(&mut choices) };
    // The calling thread works too: it need not be woken.
    let others = Mutex::new(Vec::new());
    pool.in_place_scope(|scope| {
        for _ in 1..pool.current_num_threads() {
            scope.spawn(|_| {
                let mut mine = Choices::none(step.shape());
                work(&mut mine);
                others.lock().unwrap_or_else(PoisonError::into_inner).push(mine);
            });
        }
        work(&mut choices);
    });
    let others = others.into_inner().unwrap_or_else(PoisonError::into_inner);
    others.iter().for_each(|other| choices.merge(other));
}
