//! Consumers: what they know and where they buy. One entity per block of agents of one cell (region, segment),
//! columns inside; a block is stepped as slices, and only whole numbers leave it.

use bevy::prelude::*;
use multiversion::multiversion;
use rayon::prelude::*;

use super::choice::{ChoiceRow, LANES, Lanes};
use super::draw::{Event, Key, Purpose};
use super::grid::Grid;
use super::{Clock, CurrentLevel, Measure, Threads};
use crate::level::{Level, MAX_PLATFORMS};

/// Most consumers in one block: its columns fit the second cache.
const BLOCK: usize = 8_192;

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

/// Shops where each consumer bought last turn, likewise.
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
            let block =
                ConsumerBlock { cell: number, region: cell.region, first: agents.start, before, online };
            let spread = level.market.price_sensitivity_spread;
            let sensitivity = |agent| {
                (typical * libm::exp(spread * Key::new(seed, 0, Purpose::PriceSensitivity, 0).normal(agent)))
                    as f32
            };
            let taste = |agent| Key::new(seed, 0, Purpose::Taste, 0).uniform(agent);
            let sensitivity = PriceSensitivity(agents.clone().map(sensitivity).collect());
            let taste = Taste(agents.clone().map(taste).collect());
            let (known, last, bought) = settle(level, market, known, &block, &sensitivity, &taste, seed);
            world.spawn((block, sensitivity, taste, known, bought, last));
        }
        first += cell.agents;
    }
}

/// What the agents of a block know and last chose at the opening: the market has long been running.
fn settle(
    level: &Level,
    market: &Market,
    awareness: &Grid<2>,
    block: &ConsumerBlock,
    sensitivity: &PriceSensitivity,
    taste: &Taste,
    seed: u64,
) -> (Known, LastChoice, Bought) {
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
    let mut bought = vec![0u16; length].into_boxed_slice();
    let mut lanes = Lanes::default();
    for category in 0..level.categories.len() {
        // Nobody is new to anything in a market that has long been running: coupons for switchers count for none.
        let row = &market.rows[[block.region, category]];
        let row = &ChoiceRow { price_switching: row.price_staying, ..row.clone() };
        let key = Key::new(seed, 0, Purpose::ChoiceAtOpening, category);
        for start in (0..length).step_by(LANES) {
            let count = LANES.min(length - start);
            for lane in 0..count {
                lanes.sensitivity[lane] = sensitivity.0[start + lane];
                lanes.taste[lane] = taste.0[start + lane];
                lanes.known[lane] = u32::from(known[start + lane]);
                lanes.agent[lane] = block.first + (start + lane) as u32;
            }
            lanes.choose_settled(row, key);
            for lane in 0..count {
                let choice = lanes.choice[lane];
                last[category * length + start + lane] = choice as u8;
                if (choice as usize) < shops {
                    bought[start + lane] |= 1 << choice;
                }
            }
        }
    }
    known.iter_mut().zip(&bought).for_each(|(known, bought)| *known |= bought);
    // Who is not online yet has bought nothing and, unless everybody always knows all, knows nobody.
    let all = if level.market.forgetting == 0.0 { ((1u32 << shops) - 1) as u16 } else { 0 };
    for lane in block.online..length {
        (known[lane], bought[lane]) = (all, 0);
        (0..level.categories.len()).for_each(|category| last[category * length + lane] = shops as u8);
    }
    (Known(known), LastChoice(last), Bought(bought))
}

/// Counts buyers at the opening, by cell and shop.
pub(super) fn buyers_at_opening(world: &mut World, cells: usize, shops: usize) -> Grid<2, u64> {
    let mut buyers = Grid::filled([cells, shops], 0);
    for (block, bought) in world.query::<(&ConsumerBlock, &Bought)>().iter(world) {
        for shop in 0..shops {
            let here = bought.0.iter().filter(|&mask| mask >> shop & 1 == 1).count();
            buyers[[block.cell, shop]] += here as u64;
        }
    }
    buyers
}

/// A block's columns, borrowed for a step.
struct Columns<'a> {
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
    learn: [Key; MAX_PLATFORMS],
    forget: Event,
    reconsider: Vec<Key>,
    choose: Vec<Key>,
    measure: bool,
}

/// What a block's agents did, in whole numbers: adding blocks up gives the same in any order.
#[derive(Clone, Default)]
struct Tally {
    chosen: Vec<u32>,
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
    let level = &level.0;
    let (categories, shops) = (level.categories.len(), market.learning.shape()[1]);
    let key = |purpose, item| Key::new(clock.seed, clock.turn, purpose, item);
    let step = Step {
        market: &market,
        cells: &cells.0,
        categories,
        shops,
        learn: std::array::from_fn(|shop| key(Purpose::Learn, shop)),
        forget: Event::with(level.market.forgetting),
        reconsider: (0..categories).map(|category| key(Purpose::Reconsider, category)).collect(),
        choose: (0..categories).map(|category| key(Purpose::Choose, category)).collect(),
        measure: measure.surplus,
    };
    let mut columns: Vec<Columns> = blocks
        .iter_mut()
        .map(|(block, sensitivity, taste, known, bought, last)| Columns {
            block: block.into_inner(),
            sensitivity: &sensitivity.0,
            taste: &taste.0,
            known: &mut known.into_inner().0,
            bought: &mut bought.into_inner().0,
            last: &mut last.into_inner().0,
        })
        .collect();
    let tallies: Vec<Tally> = match &threads.0 {
        Some(pool) if columns.len() > 1 => {
            pool.install(|| columns.par_iter_mut().map(|block| step_block(&step, block)).collect())
        }
        _ => columns.iter_mut().map(|block| step_block(&step, block)).collect(),
    };
    *choices = Choices::none(cells.0.len(), categories, shops);
    for (block, tally) in columns.iter().zip(&tallies) {
        choices.add(block.block, tally);
    }
}

impl Choices {
    fn add(&mut self, block: &ConsumerBlock, tally: &Tally) {
        let [_, categories, alternatives] = self.chosen.shape();
        let shops = alternatives - 1;
        let cell = block.cell;
        self.online[cell] += block.online as u64;
        for category in 0..categories {
            for alternative in 0..alternatives {
                let count = tally.chosen[category * alternatives + alternative];
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

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2", "x86_64+sse4.1"))]
fn step_block(step: &Step, columns: &mut Columns) -> Tally {
    let mut tally = Tally {
        chosen: vec![0; step.categories * (step.shops + 1)],
        switched: vec![0; step.categories * step.shops],
        surplus: vec![[0; 3]; step.categories],
        ..Tally::default()
    };
    let newcomers_from = come_online(step, columns);
    learn(step, columns);
    let mut reconsidering = Vec::with_capacity(columns.block.online);
    for category in 0..step.categories {
        choose_in(step, columns, category, newcomers_from, &mut reconsidering, &mut tally);
    }
    count_users(step, columns, &mut tally);
    tally
}

/// How many agents of a block are online when a fraction of the cell is.
fn online_agents(fraction: f64, cell: &Cell, before: u32, length: usize) -> usize {
    let online = (fraction * f64::from(cell.agents)).round() as u32;
    (online.saturating_sub(before) as usize).min(length)
}

/// Puts the block's next consumers online; they have chosen offline so far. Returns where the newcomers begin.
#[inline(always)]
fn come_online(step: &Step, columns: &mut Columns) -> usize {
    let block = &mut *columns.block;
    let cell = &step.cells[block.cell];
    let online = online_agents(step.market.online[block.region], cell, block.before, columns.taste.len());
    let before = block.online;
    block.online = online.max(before);
    before
}

/// Each unknown shop may be learnt of, each known one where nothing was bought may be forgotten: one draw decides.
#[inline(always)]
fn learn(step: &Step, columns: &mut Columns) {
    let online = columns.block.online;
    let (known, bought) = (&mut columns.known[..online], &columns.bought[..online]);
    for shop in 0..step.shops {
        let learning = Event::with(step.market.learning[[columns.block.region, shop]]);
        let key = step.learn[shop];
        for (lane, (known, bought)) in known.iter_mut().zip(bought).enumerate() {
            let bits = key.bits(columns.block.first + lane as u32);
            let knows = *known >> shop & 1 == 1;
            let keeps = !step.forget.given(bits) || *bought >> shop & 1 == 1;
            let learns = learning.given(bits);
            let after = if knows { keeps } else { learns };
            *known = (*known & !(1 << shop)) | (u16::from(after) << shop);
        }
    }
}

/// One category: who reconsiders is gathered into lanes, chooses, and is scattered back.
#[inline(always)]
fn choose_in(
    step: &Step,
    columns: &mut Columns,
    category: usize,
    newcomers_from: usize,
    reconsidering: &mut Vec<u32>,
    tally: &mut Tally,
) {
    let (length, online) = (columns.taste.len(), columns.block.online);
    let row = &step.market.rows[[columns.block.region, category]];
    let last = &mut columns.last[category * length..][..length];
    let key = step.reconsider[category];
    reconsidering.clear();
    for lane in 0..online {
        let event = row.reconsider[usize::from(last[lane])];
        if lane >= newcomers_from || event.happens(key, columns.block.first + lane as u32) {
            reconsidering.push(lane as u32);
        }
    }
    let mut lanes = Lanes::default();
    for group in reconsidering.chunks(LANES) {
        for (lane, &agent) in group.iter().enumerate() {
            let agent = agent as usize;
            lanes.sensitivity[lane] = columns.sensitivity[agent];
            lanes.taste[lane] = columns.taste[agent];
            lanes.known[lane] = u32::from(columns.known[agent]);
            lanes.last[lane] = u32::from(last[agent]);
            lanes.agent[lane] = columns.block.first + agent as u32;
        }
        lanes.choose(row, step.choose[category]);
        for (lane, &agent) in group.iter().enumerate() {
            let choice = lanes.choice[lane];
            let switches = choice != lanes.last[lane] && (choice as usize) < step.shops;
            if switches {
                tally.switched[category * step.shops + choice as usize] += 1;
            }
            last[agent as usize] = choice as u8;
        }
        if step.measure {
            let (utility, worth) = lanes.surplus(row, group.len());
            let sums = &mut tally.surplus[category];
            *sums = [sums[0] + utility, sums[1] + worth, sums[2] + group.len() as i64];
        }
    }
    for alternative in 0..=step.shops {
        let here = last[..online].iter().filter(|&&choice| usize::from(choice) == alternative).count();
        tally.chosen[category * (step.shops + 1) + alternative] = here as u32;
    }
}

/// Who bought where, over all categories; whoever buys knows the shop.
#[inline(always)]
fn count_users(step: &Step, columns: &mut Columns, tally: &mut Tally) {
    let (length, online) = (columns.taste.len(), columns.block.online);
    let mut now = vec![0u16; online];
    for category in 0..step.categories {
        let last = &columns.last[category * length..][..online];
        for (mask, &choice) in now.iter_mut().zip(last) {
            *mask |= ((1u32 << choice) & ((1 << step.shops) - 1)) as u16;
        }
    }
    let (known, bought) = (&mut columns.known[..online], &mut columns.bought[..online]);
    for shop in 0..step.shops {
        let (mut users, mut lost, mut aware) = (0, 0, 0);
        for ((now, before), known) in now.iter().zip(bought.iter()).zip(known.iter()) {
            users += u32::from(now >> shop & 1);
            lost += u32::from((before & !now) >> shop & 1);
            aware += u32::from((known | now) >> shop & 1);
        }
        (tally.users[shop], tally.lost[shop], tally.aware[shop]) = (users, lost, aware);
    }
    for ((known, bought), now) in known.iter_mut().zip(bought).zip(now) {
        *known |= now;
        *bought = now;
    }
}
