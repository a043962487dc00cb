//! What merchants offer together: who reconsiders, who is where, and at what price.

use bevy::prelude::*;
use multiversion::multiversion;

use crate::level::Level;
use crate::level::services::MAX_CARRIERS;
use crate::sim::draw::{DRAWN_AT_A_TIME, Event, Key};
use crate::sim::grid::Grid;
use crate::sim::rules::listing::{Charges, Merchant, Prospects};
use crate::sim::state::companies::Policy;
use crate::sim::state::merchants::{
    Burden, Contracts, Liking, Listed, Margin, MerchantBlock, NONE, Reach, Size, Supply,
};
use crate::sim::state::world::Threads;

/// Blocks of merchants who may list elsewhere.
pub(in crate::sim) type Blocks<'a> =
    (&'a MerchantBlock, &'a Size, &'a Margin, &'a Reach, &'a Burden, &'a Liking, &'a mut Listed);

/// One of them.
type BlocksItem<'a> =
    (&'a MerchantBlock, &'a Size, &'a Margin, &'a Reach, &'a Burden, &'a Liking, Mut<'a, Listed>);

/// Blocks of merchants as they list.
pub(in crate::sim) type Listings<'a> = (&'a MerchantBlock, &'a Size, &'a Listed, &'a Contracts);

/// By category: whether a merchant on a shop reconsiders, then whether any merchant does.
pub(in crate::sim) fn reconsidering(
    level: &Level,
    fees: &[Vec<f64>],
    expected: &[Vec<f64>],
) -> Vec<Vec<Event>> {
    let market = &level.market;
    let event = |rise: f64| {
        let alarm = market.merchant_attention * rise.max(0.0);
        Event::with(1.0 - (1.0 - market.listing_reconsideration) * libm::exp(-alarm * alarm))
    };
    // Whose shop has closed must look elsewhere.
    let left: Vec<bool> = level.shops().into_iter().map(|shop| level.platforms[shop].left).collect();
    let of_category = |(fees, expected): (&Vec<f64>, &Vec<f64>)| {
        let rises = fees.iter().zip(expected).map(|(fees, expected)| fees - expected);
        let by_shop = rises.zip(&left).map(|(rise, &left)| if left { Event::with(1.0) } else { event(rise) });
        by_shop.chain([event(0.0)]).collect()
    };
    fees.iter().zip(expected).map(of_category).collect()
}

/// Everybody reconsiders.
pub(in crate::sim) fn always(level: &Level) -> Vec<Vec<Event>> {
    level.categories.iter().map(|_| vec![Event::with(1.0)]).collect()
}

/// Merchants may list elsewhere.
pub(in crate::sim) fn reconsider<'a>(
    threads: &Threads,
    blocks: impl Iterator<Item = BlocksItem<'a>>,
    level: &Level,
    prospects: &[Prospects],
    key: Key,
    events: &[Vec<Event>],
) {
    let blocks: Vec<_> = blocks.collect();
    let agents = blocks.iter().map(|(_, size, ..)| size.0.len()).sum();
    threads.each(blocks, agents, |(): &mut (), block| {
        let category = block.0.category;
        reconsider_block(block, level, &prospects[category], key, &events[category]);
    });
}

fn reconsider_block(
    (block, size, margin, reach, burden, liking, mut listed): BlocksItem,
    level: &Level,
    prospects: &Prospects,
    key: Key,
    events: &[Event],
) {
    let shops = level.shops().len();
    let pass_through = level.merchant_segments[block.segment].pass_through;
    // Whoever lists nowhere looks around as usual; on several shops, the worst disappointment decides.
    let (usual, by_shop) = events.split_last().expect("every category has the usual event");
    let startled = by_shop.iter().any(|event| event != usual);
    let mut bits = [0; DRAWN_AT_A_TIME];
    for (start, masks) in (0..).step_by(DRAWN_AT_A_TIME).zip(listed.0.chunks_mut(DRAWN_AT_A_TIME)) {
        key.fill(block.first + start as u32, &mut bits);
        for (offset, (mask, &bits)) in masks.iter_mut().zip(&bits).enumerate() {
            let disappointed = || {
                by_shop.iter().enumerate().any(|(shop, event)| *mask >> shop & 1 == 1 && event.given(bits))
            };
            if !(usual.given(bits) || startled && disappointed()) {
                continue;
            }
            let lane = start + offset;
            *mask = prospects.choose(Merchant {
                number: block.first + lane as u32,
                size: size.0[lane].into(),
                margin: margin.0[lane].into(),
                reach: reach.0[lane],
                burden: burden.0[lane].into(),
                liking: &liking.0[lane * shops..][..shops],
                pass_through,
            });
        }
    }
}

/// Adds up listings, and the prices of those who list: `1 / (1 − passed-on part of the fees)`, by size. Blocks are added up in their order,
/// whoever worked on them.
pub(in crate::sim) fn tally<'a>(
    threads: &Threads,
    level: &Level,
    fees: &[Vec<f64>],
    blocks: impl Iterator<Item = (&'a MerchantBlock, &'a Size, &'a Listed, &'a Contracts)>,
) -> Supply {
    let shops = level.shops();
    let shape = [level.categories.len(), level.platforms.len()];
    let mut supply = Supply {
        variety: Grid::filled(shape, 0.0),
        price: Grid::filled(shape, 0.0),
        listed: Grid::filled(shape, 0.0),
        size: vec![0.0; level.categories.len()],
        carriers: Grid::filled([shape[0], shape[1], level.carriers().len()], 0.0),
    };
    let blocks: Vec<_> = blocks.collect();
    let agents = blocks.iter().map(|(_, size, ..)| size.0.len()).sum();
    let carriers = level.carriers().len();
    let mut sums = vec![(Vec::new(), Vec::new()); blocks.len()];
    threads.each(blocks.iter().zip(&mut sums).collect(), agents, |(): &mut (), (block, sums)| {
        let &(_, size, listed, contracts) = block;
        let on = |shop| listed_on(shop, &size.0, &listed.0);
        *sums = ((0..shops.len()).map(on).collect(), shipped(shops.len(), carriers, size, listed, contracts));
    });
    for ((block, ..), (listed, shipped)) in blocks.into_iter().zip(sums) {
        let category = block.category;
        let pass_through = level.merchant_segments[block.segment].pass_through;
        supply.size[category] += block.size;
        for (shop, (&platform, (here, count))) in shops.iter().zip(listed).enumerate() {
            supply.listed[[category, platform]] += block.weight * count;
            supply.variety[[category, platform]] += here;
            supply.price[[category, platform]] += here * price(pass_through, fees[category][shop]);
            for (place, size) in shipped.iter().skip(shop * carriers).take(carriers).enumerate() {
                supply.carriers[[category, platform, place]] += size;
            }
        }
    }
    for category in 0..level.categories.len() {
        for (shop, &platform) in shops.iter().enumerate() {
            let at = [category, platform];
            let listed = supply.variety[at];
            // With nobody listed there is still a price to quote: that of the market's usual merchant.
            let usual = price(level.market.pass_through, fees[category][shop]);
            supply.price[at] = if listed > 0.0 { supply.price[at] / listed } else { usual };
            supply.variety[at] = if listed > 0.0 { listed / supply.size[category] } else { 0.0 };
            for carrier in 0..supply.carriers.shape()[2] {
                let part = &mut supply.carriers[[category, platform, carrier]];
                *part = if listed > 0.0 { *part / listed } else { 0.0 };
            }
        }
    }
    supply
}

/// Sizes of a block's merchants that ship with each carrier from each shop they list on, by shop and carrier; nothing without carriers.
fn shipped(
    shops: usize,
    carriers: usize,
    size: &Size,
    listed: &Listed,
    Contracts { carrier, .. }: &Contracts,
) -> Vec<f64> {
    /// Sums of a shop: each carrier's has a place, and the last is no carrier's.
    const PLACES: usize = (MAX_CARRIERS + 1).next_power_of_two();
    /// Neighbours add to sums of their own, so that none waits for the one before.
    const ABREAST: usize = 2;
    const { assert!(PLACES > MAX_CARRIERS && NONE as usize % PLACES == PLACES - 1) };
    if carrier.is_empty() {
        return Vec::new();
    }
    let mut sums = vec![[[0.0; PLACES]; ABREAST]; shops];
    let merchants = size.0.iter().zip(&listed.0).zip(carrier.chunks_exact(shops));
    for (merchant, ((size, listed), own)) in merchants.enumerate() {
        for (shop, (&place, sums)) in own.iter().zip(&mut sums).enumerate() {
            // What is not shipped is added as nothing: a branch would cost more.
            let here = 0u32.wrapping_sub(u32::from(listed >> shop & 1));
            let shipped = f64::from(f32::from_bits(size.to_bits() & here));
            sums[merchant % ABREAST][usize::from(place) % PLACES] += shipped;
        }
    }
    let total = |sums: &[[f64; PLACES]; ABREAST], place: usize| sums.iter().map(|sums| sums[place]).sum();
    sums.iter().flat_map(|sums| (0..carriers).map(move |place| total(sums, place))).collect()
}

/// Total size, and number, of the merchants that list on a shop. Eight sums side by side keep the processor busy and the
/// order of additions fixed.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub(in crate::sim) fn listed_on(shop: usize, sizes: &[f32], listed: &[u16]) -> (f64, f64) {
    const SUMS: usize = 8;
    let bit = 1u16 << shop;
    let (mut size, mut count) = ([0.0; SUMS], [0u32; SUMS]);
    let (chunks, rest) = sizes.as_chunks::<SUMS>();
    let (mask_chunks, rest_masks) = listed.as_chunks::<SUMS>();
    for (sizes, masks) in chunks.iter().zip(mask_chunks) {
        for lane in 0..SUMS {
            let here = u16::from(masks[lane] & bit != 0);
            size[lane] += f64::from(sizes[lane] * f32::from(here));
            count[lane] += u32::from(here);
        }
    }
    for (&one, &mask) in rest.iter().zip(rest_masks) {
        let here = u16::from(mask & bit != 0);
        size[0] += f64::from(one * f32::from(here));
        count[0] += u32::from(here);
    }
    (size.iter().sum(), count.iter().sum::<u32>().into())
}

/// What merchants would charge for each policy if all kinds of them listed in equal measure: prices before anybody
/// has listed.
pub(in crate::sim) fn quoted_prices<'a>(
    level: &Level,
    policies: impl Iterator<Item = &'a Policy> + Clone,
    charges: &Charges,
) -> Supply {
    let shape = [level.categories.len(), level.platforms.len()];
    let mut prices = Grid::filled(shape, 1.0);
    for category in 0..level.categories.len() {
        for (platform, policy) in policies.clone().enumerate() {
            let fees = policy.prices.take_rates[category] + charges.rates[[category, platform]];
            let by_segment = level.merchant_segments.iter().map(|kind| {
                (kind.share * kind.size, kind.share * kind.size * price(kind.pass_through, fees))
            });
            let (size, sum) = by_segment.fold((0.0, 0.0), |(a, b), (size, sum)| (a + size, b + sum));
            prices[[category, platform]] = sum / size;
        }
    }
    Supply {
        variety: Grid::filled(shape, 1.0),
        price: prices,
        listed: Grid::filled(shape, 0.0),
        size: vec![0.0; level.categories.len()],
        carriers: Grid::filled([shape[0], shape[1], level.carriers().len()], 0.0),
    }
}

/// A merchant's price when it passes on a part of the fees, relative to its price without fees.
pub(in crate::sim) fn price(pass_through: f64, fees: f64) -> f64 {
    1.0 / (1.0 - pass_through * fees.min(0.99))
}
