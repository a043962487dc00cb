//! The consumers' step, block by block: coming online, learning and forgetting, choosing, counting.

use multiversion::multiversion;

use crate::level::{Level, MAX_PLATFORMS};
use crate::sim::choice::Terms;
use crate::sim::choice::{Choosers, Drawing, NO_PAYMENT};
use crate::sim::choice::{LANES, MAX_ALTERNATIVES};
use crate::sim::draw::{Event, Key, Purpose};
use crate::sim::state::cells::{Cell, Cells};
use crate::sim::state::choices::{Market, Tally};
use crate::sim::state::consumers::BLOCK;
use crate::sim::state::services::Ties;
use crate::sim::state::world::{Clock, Measure};
use crate::sim::turn::consumers::columns::BlockColumns;
use crate::sim::turn::consumers::lanes::{Gathered, Small, count_moves, reconsider, remember};
use crate::sim::turn::consumers::payments::{Checkouts, count_payers, settle_wallets};

/// What a step needs besides the columns.
pub(in crate::sim) struct Step<'a> {
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
    /// Typical sensitivity to price, by cell.
    typical: Vec<f32>,
    /// What is taken where, in levels with wallets.
    pub(in crate::sim) checkouts: Option<Checkouts>,
}

impl<'a> Step<'a> {
    pub(in crate::sim) fn new(
        level: &Level,
        clock: Clock,
        cells: &'a Cells,
        market: &'a Market,
        measure: Measure,
        ties: &Ties,
    ) -> Self {
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
            typical: cells.0.iter().map(|cell| cell.typical_sensitivity(level) as f32).collect(),
            checkouts: Checkouts::new(level, clock, ties),
        }
    }

    /// Numbers of cells, categories, shops and wallets.
    pub(in crate::sim) fn shape(&self) -> [usize; 4] {
        let wallets = self.checkouts.as_ref().map_or(0, |checkouts| checkouts.wallets);
        [self.cells.len(), self.categories, self.shops, wallets]
    }
}

/// What a step of one block needs while it lasts; kept from block to block.
pub(in crate::sim) struct Scratch {
    /// Shops where each agent buys now, a bit each.
    now: Vec<u16>,
    /// What the agents who choose chose before, of one category.
    before: Vec<u8>,
    /// What those of them choose who are scattered over the block.
    after: Vec<u8>,
    /// Room for the agents who reconsider, by their place in the block.
    reconsidering: Vec<u32>,
    gathered: Gathered,
    /// Utility of paying, by group of agents and shop; empty where it is not needed for all.
    payment: Vec<[f32; LANES]>,
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
            payment: Vec::new(),
            drawing: Drawing::default(),
        }
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"))]
pub(in crate::sim) fn step_block(
    step: &Step,
    columns: &mut BlockColumns,
    scratch: &mut Scratch,
    tally: &mut Tally,
) {
    step_lanes(step, columns, scratch, tally);
}

/// The step of a block, compiled for each instruction set by its callers.
#[inline(always)]
fn step_lanes(step: &Step, columns: &mut BlockColumns, scratch: &mut Scratch, tally: &mut Tally) {
    tally.clear(step.categories, step.shops, step.shape()[3]);
    let newcomers_from = come_online(step, columns);
    // Of a single category that everybody knows, the counts by alternative say who came and who left.
    let simple = step.everybody_knows_all && step.categories == 1 && step.checkouts.is_none();
    if simple {
        tally.lost[..step.shops].copy_from_slice(&columns.block.chosen[..step.shops]);
    }
    if !step.everybody_knows_all {
        learn(step, columns);
    }
    value_payments(step, columns, &mut scratch.payment);
    for category in 0..step.categories {
        let row = &step.market.rows[[columns.block.cell, category]];
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
            ($terms:ident) => {{
                // They choose the same as the general loop, and take long to compile.
                #[cfg(debug_assertions)]
                choose!(0, $terms);
                #[cfg(not(debug_assertions))]
                match step.shops {
                    2 => choose!(2, $terms),
                    3 => choose!(3, $terms),
                    4 => choose!(4, $terms),
                    5 => choose!(5, $terms),
                    6 => choose!(6, $terms),
                    _ => choose!(0, $terms),
                }
            }};
        }
        match terms {
            Terms::BARE => choose!(BARE),
            Terms::USUAL => choose!(USUAL),
            Terms::SWITCHING_PRICES => choose!(SWITCHING_PRICES),
            Terms::WALLETS => choose!(WALLETS),
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
    if let Some(checkouts) = &step.checkouts {
        count_payers(checkouts, columns, tally);
        settle_wallets(checkouts, columns);
    }
}

/// How many agents of a block are online when a fraction of the cell is.
pub(in crate::sim) fn online_agents(fraction: f64, cell: &Cell, before: u32, length: usize) -> usize {
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

/// Each unknown shop may be learnt of, each known one where nothing was bought may be forgotten: one draw decides.
#[inline(always)]
fn learn(step: &Step, columns: &mut BlockColumns) {
    let online = columns.block.online;
    let (known, bought) = (&mut columns.known[..online], &columns.bought[..online]);
    // Two shops share a draw, the second turned by half: its high halves decide nearly always, and they are independent.
    for first in (0..step.shops).step_by(2) {
        let learning = |shop: usize| {
            let learns = |shop| Event::with(step.market.learning[[columns.block.cell, shop]]);
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

/// What paying at each shop is worth to everybody of the block, if there is a category that everybody reconsiders.
#[inline(always)]
fn value_payments(step: &Step, columns: &BlockColumns, payment: &mut Vec<[f32; LANES]>) {
    let row = |category: usize| &step.market.rows[[columns.block.cell, category]];
    payment.clear();
    if step.checkouts.is_some() && (0..step.categories).any(|category| row(category).always_reconsidered()) {
        let terms = row(0).payment_in_loop_units();
        let groups = columns.wallets[..columns.block.online].as_chunks().0;
        payment.resize(groups.len() * step.shops, [0.0; LANES]);
        for (wallets, by_shop) in groups.iter().zip(payment.chunks_mut(step.shops)) {
            terms.utilities(wallets, by_shop);
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
    let row = &step.market.rows[[columns.block.cell, category]];
    let (units, key) = (row.in_loop_units(), step.choose[category]);
    let (paying, payment_terms) =
        (TERMS >= Terms::WALLETS && row.payment.wallets, row.payment_in_loop_units());
    let offset = category * length;
    let Scratch { before, after, reconsidering, gathered, payment, drawing, .. } = scratch;
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
                payment: if payment.is_empty() {
                    &NO_PAYMENT
                } else {
                    &payment[group * step.shops..][..step.shops]
                },
                agent: &gathered.agent,
            }
        } else {
            let agents = &reconsidering[place - full..];
            let agents = &agents[..agents.len().min(LANES)];
            gathered.take(columns, category, agents);
            if paying {
                gathered.pay(columns, agents, &payment_terms, step.shops);
            }
            gathered.choosers(paying)
        };
        let choice = drawing.choose::<SHOPS, TERMS>(&units, who, key);
        let count = (full + reconsidering.len() - place).min(LANES);
        if step.measure {
            let (utility, worth) = drawing.surplus(row, who, count, step.typical[columns.block.cell]);
            *surplus = [surplus[0] + utility, surplus[1] + worth, surplus[2] + count as i128];
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
    use super::*;
    use std::sync::Arc;

    use crate::game::Prepared;
    use crate::level::set;
    use crate::sim::simulation::{Population, Simulation};
    use crate::sim::turn::consumers::Blocks;
    use crate::sim::turn::consumers::lanes::count_by_alternative;

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
        let ties = world.resource::<Ties>().clone();
        let mut blocks = world.query::<Blocks>();
        let mut scratch = Scratch::default();
        let mut found = Vec::new();
        for turn in 1..=3 {
            let clock = Clock { seed: 3, turn };
            let step = Step::new(&level, clock, &cells, &market, Measure { surplus: true }, &ties);
            for (block, sensitivity, taste, known, bought, last, wallets) in blocks.iter_mut(world) {
                let mut columns = BlockColumns::of(block, sensitivity, taste, known, bought, last, wallets);
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
            shipped("systems/s15_shop_inside_the_app", &["market.reconsideration=1"]),
            shipped("systems/s18_cannibalised_wallet", &[]),
            shipped("systems/s33_blocking_war", &["market.reconsideration=1", "market.logit_scale=0.01"]),
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
