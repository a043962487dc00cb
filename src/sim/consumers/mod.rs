//! Consumers: what they know and where they buy. One entity per block of agents of one cell (region, segment),
//! columns inside; a block is stepped as slices, and only whole numbers leave it.

mod lanes;
mod opening;
mod payments;
mod step;

use std::sync::{Mutex, PoisonError};

use bevy::prelude::*;

use super::choice::{ChoiceRow, LANES};
use super::grid::Grid;
use super::services::Ties;
use super::{Clock, CurrentLevel, Measure, Threads};
use crate::level::Level;
pub(super) use opening::{buyers_at_opening, spawn};
use payments::payer_columns;
use step::{BlockColumns, Scratch, Step, Tally, step_block};

/// Most consumers in one block: its columns fit the second cache.
const BLOCK: usize = 128 * LANES;

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

/// A cell of consumers who spend alike and are reached alike: one region, segment and set of apps.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Region index.
    pub region: usize,
    /// Consumer segment index.
    pub segment: usize,
    /// Apps they use, a bit each.
    pub apps: u8,
    /// Agents in it.
    pub agents: u32,
    /// People that one agent stands for.
    pub weight: f64,
    /// Yuan a month that one agent's people spend on each category.
    pub spend: Vec<f64>,
}

impl Cell {
    /// Median sensitivity to price of its people.
    pub fn typical_sensitivity(&self, level: &Level) -> f64 {
        let (region, segment) = (&level.regions[self.region], &level.consumer_segments[self.segment]);
        level.market.price_sensitivity * region.price_sensitivity * segment.price_sensitivity
    }
}

/// Where a cell is, and the part of its region's segment that uses just its apps.
struct Place {
    region: usize,
    segment: usize,
    apps: u8,
    part: f64,
}

/// All cells, in the order of their numbers.
#[derive(Resource, Clone, Debug)]
pub struct Cells(pub Vec<Cell>);

impl Cells {
    /// Shares a number of agents out over the cells by population (largest remainder), at least one each.
    pub fn new(level: &Level, consumers: u32) -> Self {
        let mut places = Vec::new();
        for region in 0..level.regions.len() {
            for segment in 0..level.consumer_segments.len() {
                let sets = level.app_sets(region).into_iter().filter(|&(_, part)| part > 0.0);
                places.extend(sets.map(|(apps, part)| Place { region, segment, apps, part }));
            }
        }
        let people = |place: &Place| {
            let part = level.consumer_segments[place.segment].share * place.part;
            level.regions[place.region].population * part
        };
        let population = level.population();
        let exact = |place: &Place| people(place) / population * f64::from(consumers);
        let mut agents: Vec<u32> = places.iter().map(|place| exact(place) as u32).collect();
        let mut by_remainder: Vec<usize> = (0..places.len()).collect();
        by_remainder.sort_by(|&a, &b| exact(&places[b]).fract().total_cmp(&exact(&places[a]).fract()));
        let missing = consumers.saturating_sub(agents.iter().sum()) as usize;
        by_remainder.into_iter().take(missing).for_each(|place| agents[place] += 1);
        let cell = |(place, &agents): (&Place, &u32)| {
            let &Place { region, segment, apps, .. } = place;
            let agents = agents.max(1);
            let weight = people(place) / f64::from(agents);
            let income = level.regions[region].income * level.consumer_segments[segment].income;
            let spend =
                level.categories.iter().map(|category| weight * income * category.monthly_spend).collect();
            Cell { region, segment, apps, agents, weight, spend }
        };
        Self(places.iter().zip(&agents).map(cell).collect())
    }
}

/// What consumers know before they choose, and how: filled each turn from policies and supply.
#[derive(Resource, Clone, Debug)]
pub struct Market {
    /// By cell and category.
    pub rows: Grid<2, ChoiceRow>,
    /// Probability of learning of a shop this turn, by cell and shop.
    pub learning: Grid<2>,
    /// Fraction of people online, by region.
    pub online: Vec<f64>,
    /// Quality of deliveries by region, category and platform.
    pub delivery: Grid<3>,
}

/// What consumers did this turn, in agents.
#[derive(Resource, Clone, Debug)]
pub struct Choices {
    /// Agents who chose an alternative, by cell, category and alternative.
    pub chosen: Grid<3, u64>,
    /// Those of them who had chosen another one before, by cell, category and shop.
    pub switched: Grid<3, u64>,
    /// Agents who bought something, by cell and shop.
    pub users: Grid<2, u64>,
    /// Agents who bought last turn and no more, by cell and shop.
    pub lost: Grid<2, u64>,
    /// Agents who know the shop, by cell and shop.
    pub aware: Grid<2, u64>,
    /// Agents online, by cell.
    pub online: Vec<u64>,
    /// How those who bought at a shop pay there, by cell, shop and column ([`payer_columns`]); empty without wallets.
    pub payers: Grid<3, u64>,
    /// Agents online who hold each wallet, then those whose habit it is, by cell; empty without wallets.
    pub holders: Grid<2, u64>,
    /// Sum of expected utilities, of worths against offline times the cell's typical sensitivity to price (both in
    /// [`SURPLUS_UNIT`](super::choice::SURPLUS_UNIT)), and number of choices they were taken over, by cell and category;
    /// zero where not measured.
    pub surplus: Grid<3, i128>,
}

impl Choices {
    /// Nothing chosen yet.
    pub fn none([cells, categories, shops, wallets]: [usize; 4]) -> Self {
        Self {
            chosen: Grid::filled([cells, categories, shops + 1], 0),
            switched: Grid::filled([cells, categories, shops], 0),
            users: Grid::filled([cells, shops], 0),
            lost: Grid::filled([cells, shops], 0),
            aware: Grid::filled([cells, shops], 0),
            online: vec![0; cells],
            payers: Grid::filled([cells, shops, payer_columns(wallets)], 0),
            holders: Grid::filled([cells, 2 * wallets], 0),
            surplus: Grid::filled([cells, categories, 3], 0),
        }
    }

    fn clear(&mut self) {
        [&mut self.chosen, &mut self.switched].into_iter().for_each(|grid| grid.cells_mut().fill(0));
        let by_shop = [&mut self.users, &mut self.lost, &mut self.aware];
        by_shop.into_iter().for_each(|grid| grid.cells_mut().fill(0));
        self.online.fill(0);
        self.payers.cells_mut().fill(0);
        self.holders.cells_mut().fill(0);
        self.surplus.cells_mut().fill(0);
    }

    /// Adds what other agents did: whole numbers, so that the order does not matter.
    fn merge(&mut self, other: &Self) {
        fn add<T: Copy + std::ops::AddAssign>(sums: &mut [T], others: &[T]) {
            sums.iter_mut().zip(others).for_each(|(sum, &other)| *sum += other);
        }
        add(self.chosen.cells_mut(), other.chosen.cells());
        add(self.switched.cells_mut(), other.switched.cells());
        add(self.users.cells_mut(), other.users.cells());
        add(self.lost.cells_mut(), other.lost.cells());
        add(self.aware.cells_mut(), other.aware.cells());
        add(&mut self.online, &other.online);
        add(self.payers.cells_mut(), other.payers.cells());
        add(self.holders.cells_mut(), other.holders.cells());
        add(self.surplus.cells_mut(), other.surplus.cells());
    }

    fn add(&mut self, block: &ConsumerBlock, tally: &Tally) {
        let [_, categories, alternatives] = self.chosen.shape();
        let shops = alternatives - 1;
        let cell = block.cell;
        self.online[cell] += block.online as u64;
        for category in 0..categories {
            for alternative in 0..alternatives {
                let count = block.chosen[category * alternatives + alternative];
                self.chosen[[cell, category, alternative]] += u64::from(count);
            }
            for shop in 0..shops {
                self.switched[[cell, category, shop]] += u64::from(tally.switched[category * shops + shop]);
            }
            for (kind, sum) in tally.surplus[category].into_iter().enumerate() {
                self.surplus[[cell, category, kind]] += sum;
            }
        }
        for shop in 0..shops {
            self.users[[cell, shop]] += u64::from(tally.users[shop]);
            self.lost[[cell, shop]] += u64::from(tally.lost[shop]);
            self.aware[[cell, shop]] += u64::from(tally.aware[shop]);
            let columns = self.payers.shape()[2];
            for (column, &count) in tally.payers[shop * columns..][..columns].iter().enumerate() {
                self.payers[[cell, shop, column]] += u64::from(count);
            }
        }
        for (column, &count) in tally.holders.iter().enumerate() {
            self.holders[[cell, column]] += u64::from(count);
        }
    }
}

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
pub(super) fn columns(world: &mut World) -> Columns {
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
pub(super) fn choose(
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
