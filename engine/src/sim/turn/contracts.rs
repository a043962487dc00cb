//! Merchants' contracts with carriers run out and are signed anew.

use bevy::prelude::*;
use multiversion::multiversion;

use crate::sim::rules::contracts::Choosing;
use crate::sim::state::merchants::{Contracts, MerchantBlock};
use crate::sim::state::services::{ServiceState, in_order};
use crate::sim::state::world::{Clock, CurrentLevel, Threads};

/// Merchants whose contracts run out, or whose carrier no longer serves a shop, choose again.
pub(in crate::sim) fn contract(
    level: Res<CurrentLevel>,
    clock: Res<Clock>,
    threads: Res<Threads>,
    services: Query<&ServiceState>,
    mut blocks: Query<(&MerchantBlock, &mut Contracts)>,
) {
    let level = &level.0;
    if level.carriers().is_empty() {
        return;
    }
    let services = in_order(services.iter());
    let choosing = Choosing::of(level, clock.seed, &services);
    let shops = level.shops();
    let work = |paper: &mut Paper, (block, mut contracts): (&MerchantBlock, Mut<Contracts>)| {
        let Paper { over, left } = paper;
        let Contracts { carrier, months } = &mut *contracts;
        let term = level.merchant_segments[block.segment].contract_months as u8;
        run_out(months, term, over);
        let serving: Vec<u32> = (shops.iter())
            .map(|&shop| {
                let carriers = choosing.options(block.segment, block.category, shop);
                (0..).zip(carriers).map(|(place, carrier)| u32::from(carrier.is_some()) << place).sum()
            })
            .collect();
        left.resize(shops.len(), Vec::new());
        left.iter_mut().for_each(Vec::clear);
        abandoned(carrier, &serving, left);
        for shop in 0..shops.len() {
            choosing.sign(level, block, shop, over, carrier);
            choosing.sign(level, block, shop, &left[shop], carrier);
        }
    };
    let blocks: Vec<_> = blocks.iter_mut().collect();
    let agents = blocks.iter().map(|(_, contracts)| contracts.months.len()).sum();
    threads.each(blocks, agents, work);
}

/// Who chooses again, in one block.
#[derive(Default)]
struct Paper {
    /// Merchants whose contracts ran out.
    over: Vec<u32>,
    /// By shop, those whose carrier there no longer serves it.
    left: Vec<Vec<u32>>,
}

/// A month of every contract passes; `over` are the merchants whose ran out, and begin anew.
fn run_out(months: &mut [u8], term: u8, over: &mut Vec<u32>) {
    over.clear();
    over.resize(months.len(), 0);
    // Written without a branch, kept where it counts.
    let mut count = 0;
    for (merchant, months) in (0..).zip(months) {
        over[count] = merchant;
        count += usize::from(*months == 0);
        *months = if *months == 0 { term } else { *months } - 1;
    }
    over.truncate(count);
}

/// How many entries are looked at before one is looked for.
const AT_A_TIME: usize = 64;

/// By shop, the merchants whose carrier there does not serve it.
fn abandoned(carrier: &[u8], serving: &[u32], left: &mut [Vec<u32>]) {
    let shops = serving.len();
    let row: Vec<u32> = serving.iter().copied().cycle().take(shops * AT_A_TIME).collect();
    for (group, entries) in carrier.chunks(row.len()).enumerate() {
        if all_serve(entries, &row) {
            continue;
        }
        for (entry, &place) in entries.iter().enumerate() {
            if serves(place, serving[entry % shops]) == 0 {
                left[entry % shops].push((group * AT_A_TIME + entry / shops) as u32);
            }
        }
    }
}

/// One where a carrier is among those that serve, a bit each. No carrier is one that serves nobody: carriers are few, and the highest bit
/// stands for it.
#[inline(always)]
fn serves(place: u8, serving: u32) -> u32 {
    serving >> u32::from(place).min(31) & 1
}

/// Whether each entry's carrier is among those that serve.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn all_serve(carrier: &[u8], serving: &[u32]) -> bool {
    carrier.iter().zip(serving).fold(1, |all, (&place, &serving)| all & serves(place, serving)) == 1
}
