//! Consumers: what they know and where they buy. One entity per block of agents of one cell (region, segment),
//! columns inside; a block is stepped as slices, and only whole numbers leave it.

use std::sync::{Mutex, PoisonError};

use bevy::prelude::*;
use multiversion::multiversion;

use super::choice::{ChoiceRow, Choosers, Drawing, LANES, MAX_ALTERNATIVES, Terms};
use super::draw::{Event, Key, Purpose};
use super::grid::Grid;
use super::{Clock, CurrentLevel, Measure, Threads};
use crate::level::{Level, MAX_PLATFORMS};

/// Most consumers in one block: its columns fit the second cache.
const BLOCK: usize = 128 * LANES;

/// Which consumers a block holds.
#[derive(Component, Clone, Debug)]
pub struct ConsumerBlock {
    /// Cell: region × number of segments + segment.
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

/// Shops where each consumer bought last turn, a bit each: what `LastChoice` says, kept because every turn asks for it. Not
/// kept where one category that everybody knows makes it needless.
#[derive(Component, Clone, Debug)]
pub struct Bought(pub Box<[u16]>);

/// Last choice of each consumer: all consumers for the first category, then all for the second, and so on. A shop
/// by its place in `Level::shops`, or their number for offline.
#[derive(Component, Clone, Debug)]
pub struct LastChoice(pub Box<[u8]>);

/// A cell of consumers who spend alike: one region and segment.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Region index.
    pub region: usize,
    /// Agents in it.
    pub agents: u32,
    /// People that one agent stands for.
    pub weight: f64,
    /// Yuan a month that one agent's people spend on each category.
    pub spend: Vec<f64>,
}

/// All cells, in the order of their numbers.
#[derive(Resource, Clone, Debug)]
pub struct Cells(pub Vec<Cell>);

impl Cells {
    /// Shares a number of agents out over the cells by population (largest remainder), at least one each.
    pub fn new(level: &Level, consumers: u32) -> Self {
        let people = |region: usize, segment: usize| {
            level.regions[region].population * level.consumer_segments[segment].share
        };
        let places: Vec<(usize, usize)> = (0..level.regions.len())
            .flat_map(|region| (0..level.consumer_segments.len()).map(move |segment| (region, segment)))
            .collect();
        let population = level.population();
        let exact =
            |&(region, segment): &(usize, usize)| people(region, segment) / population * f64::from(consumers);
        let mut agents: Vec<u32> = places.iter().map(|place| exact(place) as u32).collect();
        let mut by_remainder: Vec<usize> = (0..places.len()).collect();
        by_remainder.sort_by(|&a, &b| exact(&places[b]).fract().total_cmp(&exact(&places[a]).fract()));
        let missing = consumers.saturating_sub(agents.iter().sum()) as usize;
        by_remainder.into_iter().take(missing).for_each(|place| agents[place] += 1);
        let cell = |(&(region, segment), &agents): (&(usize, usize), &u32)| {
            let agents = agents.max(1);
            let weight = people(region, segment) / f64::from(agents);
            let income = level.regions[region].income * level.consumer_segments[segment].income;
            let spend =
                level.categories.iter().map(|category| weight * income * category.monthly_spend).collect();
            Cell { region, agents, weight, spend }
        };
        Self(places.iter().zip(&agents).map(cell).collect())
    }
}

/// What consumers know before they choose, and how: filled each turn from policies and supply.
#[derive(Resource, Clone, Debug)]
pub struct Market {
    /// By region and category.
    pub rows: Grid<2, ChoiceRow>,
    /// Probability of learning of a shop this turn, by region and shop.
    pub learning: Grid<2>,
    /// Fraction of people online, by region.
    pub online: Vec<f64>,
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
    /// Sum of expected utilities, of worths against offline (both in [`SURPLUS_UNIT`](super::choice::SURPLUS_UNIT)),
    /// and number of choices they were taken over, by cell and category; zero where not measured.
    pub surplus: Grid<3, i64>,
}

impl Choices {
    /// Nothing chosen yet.
    pub fn none(cells: usize, categories: usize, shops: usize) -> Self {
        Self {
            chosen: Grid::filled([cells, categories, shops + 1], 0),
            switched: Grid::filled([cells, categories, shops], 0),
            users: Grid::filled([cells, shops], 0),
            lost: Grid::filled([cells, shops], 0),
            aware: Grid::filled([cells, shops], 0),
            online: vec![0; cells],
            surplus: Grid::filled([cells, categories, 3], 0),
        }
    }
}

/// Creates the consumers of all cells, knowing and choosing as the opening says.
pub(super) fn spawn(
    world: &mut World,
    level: &Level,
    cells: &Cells,
    market: &Market,
    known: &Grid<2>,
    seed: u64,
) {
    let segments = level.consumer_segments.len();
    let mut first = 0;
    for (number, cell) in cells.0.iter().enumerate() {
        let segment = &level.consumer_segments[number % segments];
        let region = &level.regions[cell.region];
        let typical = level.market.price_sensitivity * region.price_sensitivity * segment.price_sensitivity;
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
            let (known, last) = settle(level, market, known, &mut block, &sensitivity, &taste, seed);
            let mut bought = vec![0; taste.0.len()].into_boxed_slice();
            remember(&last.0, taste.0.len(), market.learning.shape()[1], &mut bought);
            world.spawn((block, sensitivity, taste, known, Bought(bought), last));
        }
        first += cell.agents;
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"))]
/// What the agents of a block know and last chose at the opening: the market has long been running.
fn settle(
    level: &Level,
    market: &Market,
    awareness: &Grid<2>,
    block: &mut ConsumerBlock,
    sensitivity: &PriceSensitivity,
    taste: &Taste,
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
    };
    for category in 0..level.categories.len() {
        // Nobody is new to anything in a market that has long been running: coupons for switchers count for none.
        let row = &market.rows[[columns.block.region, category]];
        let row = &ChoiceRow { price_switching: row.price_staying, ..row.clone() };
        let key = Key::new(seed, 0, Purpose::ChoiceAtOpening, category);
        for start in (0..length).step_by(LANES) {
            let agents: Vec<u32> = (start..length.min(start + LANES)).map(|agent| agent as u32).collect();
            gathered.take(&columns, category, &agents);
            let choice = drawing.choose_settled(row, gathered.choosers(), key);
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
pub(super) fn buyers_at_opening(
    world: &mut World,
    cells: usize,
    categories: usize,
    shops: usize,
) -> Grid<2, u64> {
    let mut buyers = Grid::filled([cells, shops], 0);
    for (block, last) in world.query::<(&ConsumerBlock, &LastChoice)>().iter(world) {
        let length = last.0.len() / categories;
        for lane in 0..length {
            let bought =
                (0..categories).fold(0u32, |mask, category| mask | 1 << last.0[category * length + lane]);
            (0..shops).for_each(|shop| buyers[[block.cell, shop]] += u64::from(bought >> shop & 1));
        }
    }
    buyers
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

/// A block's columns, borrowed for a step.
struct BlockColumns<'a> {
    block: &'a mut ConsumerBlock,
    sensitivity: &'a [f32],
    taste: &'a [f32],
    known: &'a mut [u16],
    bought: &'a mut [u16],
    last: &'a mut [u8],
}

/// What a step needs besides the columns.
struct Step<'a> {
    market: &'a Market,
    cells: &'a [Cell],
    categories: usize,
    shops: usize,
    /// Nobody ever forgets, so everybody has always known every shop.
    everybody_knows_all: bool,
    /// By half a shop's place: two share a draw.
    learn: [Key; MAX_PLATFORMS],
    forget: Event,
    reconsider: Vec<Key>,
    choose: Vec<Key>,
    measure: bool,
}

impl<'a> Step<'a> {
    fn new(level: &Level, clock: Clock, cells: &'a Cells, market: &'a Market, measure: Measure) -> Self {
        let categories = level.categories.len();
        let key = |purpose, item| Key::new(clock.seed, clock.turn, purpose, item);
        Self {
            market,
            cells: &cells.0,
            categories,
            shops: market.learning.shape()[1],
            everybody_knows_all: level.market.forgetting == 0.0,
            learn: std::array::from_fn(|pair| key(Purpose::Learn, pair)),
            forget: Event::with(level.market.forgetting),
            reconsider: (0..categories).map(|category| key(Purpose::Reconsider, category)).collect(),
            choose: (0..categories).map(|category| key(Purpose::Choose, category)).collect(),
            measure: measure.surplus,
        }
    }

    /// Numbers of cells, categories and alternatives.
    fn shape(&self) -> [usize; 3] {
        [self.cells.len(), self.categories, self.shops + 1]
    }
}

/// What a block's agents did, in whole numbers: adding blocks up gives the same in any order.
#[derive(Clone, Debug, Default, PartialEq)]
struct Tally {
    switched: Vec<u32>,
    users: [u32; MAX_PLATFORMS],
    lost: [u32; MAX_PLATFORMS],
    aware: [u32; MAX_PLATFORMS],
    surplus: Vec<[i64; 3]>,
}

type Blocks<'a> = (
    &'a mut ConsumerBlock,
    &'a PriceSensitivity,
    &'a Taste,
    &'a mut Known,
    &'a mut Bought,
    &'a mut LastChoice,
);

/// Consumers come online, learn of shops, and choose in every category they reconsider.
pub(super) fn choose(
    level: Res<CurrentLevel>,
    clock: Res<Clock>,
    cells: Res<Cells>,
    market: Res<Market>,
    threads: Res<Threads>,
    measure: Res<Measure>,
    mut choices: ResMut<Choices>,
    mut blocks: Query<Blocks>,
) {
    let step = Step::new(&level.0, *clock, &cells, &market, *measure);
    let mut columns: Vec<BlockColumns> = blocks
        .iter_mut()
        .map(|(block, sensitivity, taste, known, bought, last)| BlockColumns {
            block: block.into_inner(),
            sensitivity: &sensitivity.0,
            taste: &taste.0,
            known: &mut known.into_inner().0,
            bought: &mut bought.into_inner().0,
            last: &mut last.into_inner().0,
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
                let [cells, categories, alternatives] = step.shape();
                let mut mine = Choices::none(cells, categories, alternatives - 1);
                work(&mut mine);
                others.lock().unwrap_or_else(PoisonError::into_inner).push(mine);
            });
        }
        work(&mut choices);
    });
    let others = others.into_inner().unwrap_or_else(PoisonError::into_inner);
    others.iter().for_each(|other| choices.merge(other));
}

impl Choices {
    fn clear(&mut self) {
        [&mut self.chosen, &mut self.switched].into_iter().for_each(|grid| grid.cells_mut().fill(0));
        let by_shop = [&mut self.users, &mut self.lost, &mut self.aware];
        by_shop.into_iter().for_each(|grid| grid.cells_mut().fill(0));
        self.online.fill(0);
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
        }
    }
}

impl Tally {
    /// Nothing counted yet, without giving memory back.
    fn clear(&mut self, categories: usize, shops: usize) {
        fn zeros<T: Clone>(list: &mut Vec<T>, zero: T, length: usize) {
            list.clear();
            list.resize(length, zero);
        }
        zeros(&mut self.switched, 0, categories * shops);
        zeros(&mut self.surplus, [0; 3], categories);
    }
}

/// What a step of one block needs while it lasts; kept from block to block.
struct Scratch {
    /// Shops where each agent buys now, a bit each.
    now: Vec<u16>,
    /// What the agents who choose chose before, of one category.
    before: Vec<u8>,
    /// What those of them choose who are scattered over the block.
    after: Vec<u8>,
    /// Room for the agents who reconsider, by their place in the block.
    reconsidering: Vec<u32>,
    gathered: Gathered,
    drawing: Drawing,
}

impl Default for Scratch {
    fn default() -> Self {
        Self {
            now: vec![0; BLOCK],
            before: vec![0; BLOCK + LANES],
            after: vec![0; BLOCK + LANES],
            reconsidering: vec![0; BLOCK + LANES],
            gathered: Gathered::default(),
            drawing: Drawing::default(),
        }
    }
}

/// Columns of up to 64 agents from anywhere in a block.
struct Gathered {
    sensitivity: [f32; LANES],
    taste: [f32; LANES],
    known: [u16; LANES],
    last: [u8; LANES],
    agent: [u32; LANES],
}

impl Default for Gathered {
    fn default() -> Self {
        Self {
            sensitivity: [0.0; LANES],
            taste: [0.0; LANES],
            known: [0; LANES],
            last: [0; LANES],
            agent: [0; LANES],
        }
    }
}

impl Gathered {
    /// Takes these agents of a block; lanes beyond them keep what they had.
    #[inline(always)]
    fn take(&mut self, columns: &BlockColumns, category: usize, agents: &[u32]) {
        let length = columns.taste.len();
        let last = &columns.last[category * length..][..length];
        let (sensitivity, known) = (&columns.sensitivity[..length], &columns.known[..length]);
        for (lane, &agent) in agents.iter().enumerate() {
            let place = agent as usize;
            self.sensitivity[lane] = sensitivity[place];
            self.taste[lane] = columns.taste[place];
            self.known[lane] = known[place];
            self.last[lane] = last[place];
        }
        for (lane, &agent) in self.agent.iter_mut().zip(agents) {
            *lane = columns.block.first + agent;
        }
    }

    fn choosers(&self) -> Choosers<'_> {
        let Self { sensitivity, taste, known, last, agent } = self;
        Choosers { sensitivity, taste, known, last, agent }
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"))]
fn step_block(step: &Step, columns: &mut BlockColumns, scratch: &mut Scratch, tally: &mut Tally) {
    step_lanes(step, columns, scratch, tally);
}

/// The step of a block, compiled for each instruction set by its callers.
#[inline(always)]
fn step_lanes(step: &Step, columns: &mut BlockColumns, scratch: &mut Scratch, tally: &mut Tally) {
    tally.clear(step.categories, step.shops);
    let newcomers_from = come_online(step, columns);
    // Of a single category that everybody knows, the counts by alternative say who came and who left.
    let simple = step.everybody_knows_all && step.categories == 1;
    if simple {
        tally.lost[..step.shops].copy_from_slice(&columns.block.chosen[..step.shops]);
    }
    if !step.everybody_knows_all {
        learn(step, columns);
    }
    for category in 0..step.categories {
        let row = &step.market.rows[[columns.block.region, category]];
        let terms = row.terms(step.everybody_knows_all, columns.block.largest_sensitivity);
        // Markets of few shops get loops of their own. Written out, since only a direct call is compiled for the caller's
        // instruction set.
        macro_rules! choose {
            ($shops:literal, $terms:ident) => {
                choose_in::<$shops, { Terms::$terms }>(
                    step,
                    columns,
                    category,
                    newcomers_from,
                    scratch,
                    tally,
                )
            };
            ($terms:ident) => {
                match step.shops {
                    2 => choose!(2, $terms),
                    3 => choose!(3, $terms),
                    4 => choose!(4, $terms),
                    5 => choose!(5, $terms),
                    6 => choose!(6, $terms),
                    _ => choose!(0, $terms),
                }
            };
        }
        match terms {
            Terms::BARE => choose!(BARE),
            Terms::USUAL => choose!(USUAL),
            Terms::SWITCHING_PRICES => choose!(SWITCHING_PRICES),
            _ => choose!(0, SHIFTED),
        }
    }
    if simple {
        for shop in 0..step.shops {
            tally.users[shop] = columns.block.chosen[shop];
            tally.lost[shop] -= tally.users[shop] - tally.switched[shop];
            tally.aware[shop] = columns.block.online as u32;
        }
    } else {
        count_users(step, columns, &mut scratch.now, tally);
    }
}

/// How many agents of a block are online when a fraction of the cell is.
fn online_agents(fraction: f64, cell: &Cell, before: u32, length: usize) -> usize {
    let online = (fraction * f64::from(cell.agents)).round() as u32;
    (online.saturating_sub(before) as usize).min(length)
}

/// Puts the block's next consumers online; they have chosen offline so far. Returns where the newcomers begin.
#[inline(always)]
fn come_online(step: &Step, columns: &mut BlockColumns) -> usize {
    let block = &mut *columns.block;
    let cell = &step.cells[block.cell];
    let online = online_agents(step.market.online[block.region], cell, block.before, columns.taste.len());
    let before = block.online;
    block.online = online.max(before);
    for counts in block.chosen.chunks_mut(step.shops + 1) {
        counts[step.shops] += (block.online - before) as u32;
    }
    before
}

/// Where each agent buys, over all categories: a bit for each shop. `bought` may be shorter than a column.
#[inline(always)]
fn remember(last: &[u8], length: usize, shops: usize, bought: &mut [u16]) {
    let shops = (1u32 << shops) - 1;
    bought.fill(0);
    for last in last.chunks(length) {
        for (mask, &choice) in bought.iter_mut().zip(last) {
            *mask |= (1u32.wrapping_shl(u32::from(choice)) & shops) as u16;
        }
    }
}

/// Each unknown shop may be learnt of, each known one where nothing was bought may be forgotten: one draw decides.
#[inline(always)]
fn learn(step: &Step, columns: &mut BlockColumns) {
    let online = columns.block.online;
    let (known, bought) = (&mut columns.known[..online], &columns.bought[..online]);
    // Two shops share a draw, the second turned by half: its high halves decide nearly always, and they are independent.
    for first in (0..step.shops).step_by(2) {
        let learning = |shop: usize| {
            let learns = |shop| Event::with(step.market.learning[[columns.block.region, shop]]);
            if shop < step.shops { (learns(shop), 1u16 << shop) } else { (Event::with(0.0), 0) }
        };
        let (key, pair) = (step.learn[first / 2], [learning(first), learning(first + 1)]);
        for (lane, (known, bought)) in known.iter_mut().zip(bought).enumerate() {
            let bits = key.bits(columns.block.first + lane as u32);
            for (bits, (learning, bit)) in [bits, bits.rotate_left(16)].into_iter().zip(pair) {
                let learnt = if learning.given(bits) { bit } else { 0 };
                let forgotten = if step.forget.given(bits) { bit & !bought } else { 0 };
                *known ^= if *known & bit == 0 { learnt } else { forgotten };
            }
        }
    }
}

/// One category. Where everybody reconsiders, columns are read and written in place; otherwise those who do are gathered
/// into lanes, choose, and are scattered back. Each agent's choice is the same on both ways.
/// `SHOPS` is the number of shops where the loop is compiled for it, or 0.
#[inline(always)]
fn choose_in<const SHOPS: usize, const TERMS: u8>(
    step: &Step,
    columns: &mut BlockColumns,
    category: usize,
    newcomers_from: usize,
    scratch: &mut Scratch,
    tally: &mut Tally,
) {
    let (length, online) = (columns.taste.len(), columns.block.online);
    let row = &step.market.rows[[columns.block.region, category]];
    let (units, key) = (row.in_loop_units(), step.choose[category]);
    let offset = category * length;
    let Scratch { before, after, reconsidering, gathered, drawing, .. } = scratch;
    let alternatives = step.shops + 1;
    let mut chosen = [0; MAX_ALTERNATIVES];
    let chosen = &mut chosen[..alternatives];
    chosen.copy_from_slice(&columns.block.chosen[category * alternatives..][..alternatives]);
    let switched = &mut tally.switched[category * step.shops..][..step.shops];
    let surplus = &mut tally.surplus[category];
    let mut in_place = 0;
    let listed = if row.always_reconsidered() {
        in_place = online / LANES;
        before[..online].copy_from_slice(&columns.last[offset..][..online]);
        let rest = in_place * LANES..online;
        reconsidering.iter_mut().zip(rest.clone()).for_each(|(place, agent)| *place = agent as u32);
        rest.len()
    } else {
        let (key, first) = (step.reconsider[category], columns.block.first);
        let last = &columns.last[offset..][..online];
        reconsider(row, key, first, last, newcomers_from, reconsidering)
    };
    let reconsidering = &reconsidering[..listed];
    let full = in_place * LANES;
    for group in 0..in_place + reconsidering.len().div_ceil(LANES) {
        let place = group * LANES;
        let who = if group < in_place {
            let first = columns.block.first + place as u32;
            for lane in 0..LANES {
                gathered.agent[lane] = first + lane as u32;
            }
            Choosers {
                sensitivity: &columns.sensitivity.as_chunks().0[group],
                taste: &columns.taste.as_chunks().0[group],
                known: &columns.known.as_chunks().0[group],
                last: &before.as_chunks().0[group],
                agent: &gathered.agent,
            }
        } else {
            let agents = &reconsidering[place - full..];
            gathered.take(columns, category, &agents[..agents.len().min(LANES)]);
            gathered.choosers()
        };
        let choice = drawing.choose::<SHOPS, TERMS>(&units, who, key);
        let count = (full + reconsidering.len() - place).min(LANES);
        if step.measure {
            add_surplus(drawing, row, who, count, surplus);
        }
        if group < in_place {
            columns.last[offset + place..][..LANES].copy_from_slice(&choice);
            continue;
        }
        for (lane, &agent) in reconsidering[place - full..][..count].iter().enumerate() {
            columns.last[offset + agent as usize] = choice[lane];
        }
        before[place..][..LANES].copy_from_slice(&gathered.last);
        after[place..][..LANES].copy_from_slice(&choice);
    }
    count_moves(&before[full..][..listed], &after[full..][..listed], chosen, switched);
    count_moves(&before[..full], &columns.last[offset..][..full], chosen, switched);
    columns.block.chosen[category * alternatives..][..alternatives].copy_from_slice(chosen);
}

#[inline(always)]
fn add_surplus(drawing: &Drawing, row: &ChoiceRow, who: Choosers, count: usize, sums: &mut [i64; 3]) {
    let (utility, worth) = drawing.surplus(row, who, count);
    *sums = [sums[0] + utility, sums[1] + worth, sums[2] + count as i64];
}

/// Lists the agents who reconsider, by place: each by the event of the alternative last chosen, newcomers always. Returns
/// how many there are; the list has room for a group more than the block has agents.
#[inline(always)]
fn reconsider(
    row: &ChoiceRow,
    key: Key,
    first: u32,
    last: &[u8],
    newcomers_from: usize,
    reconsidering: &mut [u32],
) -> usize {
    let events = &row.reconsider[..=row.shops];
    let alike = events.iter().all(|event| *event == events[0]);
    let mut listed = 0;
    for (start, last) in (0..last.len()).step_by(LANES).zip(last.chunks(LANES)) {
        let first = first + start as u32;
        let mut happens = [0u8; LANES];
        if alike {
            for lane in 0..LANES {
                happens[lane] = u8::from(events[0].happens(key, first.wrapping_add(lane as u32)));
            }
        } else {
            let mut padded = [0u8; LANES];
            padded[..last.len()].copy_from_slice(last);
            let mut bounds = [events[0].bound(); LANES];
            for (alternative, event) in events.iter().enumerate().skip(1) {
                for lane in 0..LANES {
                    let here = padded[lane] == alternative as u8;
                    bounds[lane] = if here { event.bound() } else { bounds[lane] };
                }
            }
            for lane in 0..LANES {
                let bits = key.bits(first.wrapping_add(lane as u32));
                happens[lane] = u8::from(bits >> 1 < bounds[lane]);
            }
        }
        let mut mask = bit_mask(&happens);
        if start + last.len() > newcomers_from {
            mask |= u64::MAX << newcomers_from.saturating_sub(start).min(LANES - 1);
        }
        mask &= u64::MAX >> (LANES - last.len());
        // A usual number is written without asking how many there are: a wrong guess costs more than twelve stores.
        const USUAL: usize = 12;
        let count = mask.count_ones() as usize;
        let places = &mut reconsidering[listed..][..LANES];
        for place in &mut places[..USUAL] {
            *place = start as u32 + mask.trailing_zeros();
            mask &= mask.wrapping_sub(1);
        }
        for place in places.iter_mut().take(count).skip(USUAL) {
            *place = start as u32 + mask.trailing_zeros();
            mask &= mask.wrapping_sub(1);
        }
        listed += count;
    }
    listed
}

/// A bit for each lane of ones and zeros. The product moves the ones of eight bytes next to each other.
#[inline(always)]
fn bit_mask(lanes: &[u8; LANES]) -> u64 {
    let bytes = lanes.as_chunks::<8>().0.iter().enumerate();
    bytes.fold(0, |mask, (place, &eight)| {
        let bits = u64::from_le_bytes(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask | bits << (8 * place)
    })
}

/// How many of a block's choices are the alternative at each place of `counts`.
#[inline(always)]
fn count_by_alternative(last: &[u8], counts: &mut [u32]) {
    for (alternative, count) in counts.iter_mut().enumerate() {
        *count = last.iter().map(|&choice| Small::from(choice == alternative as u8)).sum::<Small>().into();
    }
}

/// How many went from one alternative to another: who left it, taken off its place in `chosen`, and who came, added to it
/// and, for shops, to its place in `switched`.
#[inline(always)]
fn count_moves(before: &[u8], now: &[u8], chosen: &mut [u32], switched: &mut [u32]) {
    for (alternative, count) in chosen.iter_mut().enumerate() {
        let (mut came, mut left): (Small, Small) = (0, 0);
        for (&before, &now) in before.iter().zip(now) {
            let (was, is) = (before == alternative as u8, now == alternative as u8);
            came += Small::from(is & !was);
            left += Small::from(was & !is);
        }
        *count = *count + u32::from(came) - u32::from(left);
        if let Some(switched) = switched.get_mut(alternative) {
            *switched += u32::from(came);
        }
    }
}

/// A count within a block: twice as many of 16 bits as of 32 fit a vector.
type Small = u16;
const _: () = assert!(BLOCK <= Small::MAX as usize);

/// Who bought where, over all categories; whoever buys knows the shop.
#[inline(always)]
fn count_users(step: &Step, columns: &mut BlockColumns, now: &mut [u16], tally: &mut Tally) {
    let (length, online) = (columns.taste.len(), columns.block.online);
    let now = &mut now[..online];
    remember(columns.last, length, step.shops, now);
    let (bought, known) = (&mut columns.bought[..online], &mut columns.known[..online]);
    for shop in 0..step.shops {
        let (mut users, mut lost, mut aware): (Small, Small, Small) = (0, 0, 0);
        for ((now, before), known) in now.iter().zip(bought.iter()).zip(known.iter()) {
            users += now >> shop & 1;
            lost += (before & !now) >> shop & 1;
            aware += (known | now) >> shop & 1;
        }
        tally.users[shop] = u32::from(users);
        tally.lost[shop] = u32::from(lost);
        tally.aware[shop] = u32::from(aware);
    }
    known.iter_mut().zip(now.iter()).for_each(|(known, now)| *known |= now);
    bought.copy_from_slice(now);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::game::Prepared;
    use crate::level::set;
    use crate::sim::{Population, Simulation};

    type StepBlock = fn(&Step, &mut BlockColumns, &mut Scratch, &mut Tally);

    fn on_any_processor(step: &Step, columns: &mut BlockColumns, scratch: &mut Scratch, tally: &mut Tally) {
        step_lanes(step, columns, scratch, tally);
    }

    #[multiversion(targets("x86_64+avx2+fma"))]
    fn with_avx2(step: &Step, columns: &mut BlockColumns, scratch: &mut Scratch, tally: &mut Tally) {
        step_lanes(step, columns, scratch, tally);
    }

    #[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl"))]
    fn with_avx512(step: &Step, columns: &mut BlockColumns, scratch: &mut Scratch, tally: &mut Tally) {
        step_lanes(step, columns, scratch, tally);
    }

    /// Columns, counts and measures of every block after three steps.
    fn after_three(
        level: &str,
        step_block: StepBlock,
    ) -> Vec<(Vec<u16>, Vec<u16>, Vec<u8>, Vec<u32>, Tally)> {
        let level = Level::from_text("test", level, &crate::strategy::vocabulary()).expect("a sound level");
        let prepared = Prepared::new(level);
        let population =
            Population { consumers: 9_001, merchants: 600, seed: 3, threads: None, measure_surplus: true };
        let mut simulation = Simulation::new(&prepared.level, &prepared.opening, &population);
        let world = &mut simulation.world;
        let level = Arc::clone(&prepared.level);
        let (cells, market) = (world.resource::<Cells>().clone(), world.resource::<Market>().clone());
        let mut blocks = world.query::<Blocks>();
        let mut scratch = Scratch::default();
        let mut found = Vec::new();
        for turn in 1..=3 {
            let step = Step::new(&level, Clock { seed: 3, turn }, &cells, &market, Measure { surplus: true });
            for (block, sensitivity, taste, known, bought, last) in blocks.iter_mut(world) {
                let mut columns = BlockColumns {
                    block: block.into_inner(),
                    sensitivity: &sensitivity.0,
                    taste: &taste.0,
                    known: &mut known.into_inner().0,
                    bought: &mut bought.into_inner().0,
                    last: &mut last.into_inner().0,
                };
                let mut tally = Tally::default();
                step_block(&step, &mut columns, &mut scratch, &mut tally);
                found.push((
                    columns.known.to_vec(),
                    columns.bought.to_vec(),
                    columns.last.to_vec(),
                    columns.block.chosen.clone(),
                    tally,
                ));
            }
        }
        found
    }

    /// Levels that between them go through every loop: all sizes and terms, in place and gathered.
    fn levels() -> Vec<String> {
        let shipped = |name: &str, changes: &[&str]| {
            let level = crate::level::shipped().find(|level| level.name == name).expect("a shipped level");
            let text = level.text.to_owned();
            changes.iter().fold(text, |text, change| set(&text, change).expect("a change that applies"))
        };
        vec![
            shipped("arena/six", &[]),
            shipped("arena/six", &["market.reconsideration=1"]),
            shipped("arena/duel", &["market.logit_scale=0.01"]),
            shipped("lab/hotelling", &[]),
            shipped("lab/logit_oligopoly", &[]),
            shipped("lab/logit_ten", &["market.habit=1", "market.reconsideration=0.3"]),
            shipped("tutorial/four-gardens", &["market.reconsideration=1", "market.forgetting=0"]),
        ]
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        for level in levels() {
            let expected = after_three(&level, on_any_processor);
            assert_eq!(after_three(&level, with_avx2), expected);
            assert_eq!(after_three(&level, with_avx512), expected);
        }
    }

    #[test]
    fn counts_say_what_columns_say() {
        for level in levels() {
            for (known, bought, last, chosen, tally) in after_three(&level, on_any_processor) {
                let length = known.len();
                let alternatives = chosen.len() / (last.len() / length);
                for (category, last) in last.chunks(length).enumerate() {
                    let mut counted = vec![0; alternatives];
                    count_by_alternative(last, &mut counted);
                    let offline = counted.pop().unwrap_or(0);
                    let kept = &chosen[category * alternatives..][..alternatives];
                    assert_eq!(counted, kept[..alternatives - 1]);
                    // Whoever is not online yet stays offline and is not counted.
                    assert!(kept[alternatives - 1] <= offline);
                }
                for shop in 0..alternatives - 1 {
                    let anywhere =
                        |lane: &usize| last.chunks(length).any(|last| usize::from(last[*lane]) == shop);
                    let users = (0..length).filter(anywhere).count();
                    assert_eq!(tally.users[shop] as usize, users);
                    if last.len() > length {
                        let remembered = bought.iter().filter(|&&mask| mask >> shop & 1 == 1).count();
                        assert_eq!(remembered, users);
                    }
                }
            }
        }
    }
}
