//! Wallets of a block's consumers: who pays with which, who adopts one, whose habit changes.

use multiversion::multiversion;

use crate::level::{Category, Level, MAX_PLATFORMS};
use crate::sim::choice::LANES;
use crate::sim::draw::{Event, Key, Purpose};
use crate::sim::state::choices::{Tally, payer_columns};
use crate::sim::state::services::Ties;
use crate::sim::state::world::Clock;
use crate::sim::turn::consumers::columns::BlockColumns;
use crate::sim::turn::consumers::lanes::{Small, bit_mask};

/// What every checkout takes, and how people come by wallets.
pub(in crate::sim) struct Checkouts {
    /// Number of wallets.
    pub wallets: usize,
    shops: usize,
    /// Wallets that a shop takes, a bit each.
    accepted: [u8; MAX_PLATFORMS],
    /// Wallets of its own.
    own: [u8; MAX_PLATFORMS],
    steering: f64,
    /// Spending up to and with each category, over all payments: those beyond the categories included.
    spent_up_to: Vec<f64>,
    adopt: Event,
    redraw: Event,
    /// Whether somebody adopts or redraws; which wallet it is; where it was used.
    happens: Key,
    which: Key,
    used_at: Key,
}

impl Checkouts {
    /// None in a level without wallets.
    pub(in crate::sim) fn new(level: &Level, clock: Clock, ties: &Ties) -> Option<Self> {
        let wallets = level.wallets().len();
        let shops = level.shops();
        let by_shop =
            |masks: &[u8]| std::array::from_fn(|shop| shops.get(shop).map_or(0, |&platform| masks[platform]));
        let key = |item| Key::new(clock.seed, clock.turn, Purpose::Wallet, item);
        (wallets > 0).then(|| Self {
            wallets,
            shops: shops.len(),
            accepted: by_shop(&ties.accepted),
            own: by_shop(&ties.own),
            steering: level.market.wallet_steering,
            spent_up_to: spent_up_to(level),
            adopt: Event::with(level.market.wallet_adoption),
            redraw: Event::with(level.market.wallet_redraw),
            happens: key(0),
            which: key(1),
            used_at: key(2),
        })
    }

    /// One of the wallets of a mask that a shop takes, its own preferred; none if it takes none of them.
    fn pick(&self, shop: usize, from: u8, uniform: f64) -> Option<u8> {
        let weight = |bit: usize| match (from & self.accepted[shop]) >> bit & 1 {
            0 => 0.0,
            _ if self.own[shop] >> bit & 1 == 1 => self.steering,
            _ => 1.0,
        };
        let mut left = uniform * (0..self.wallets).map(weight).sum::<f64>();
        (0..self.wallets)
            .find(|&bit| {
                left -= weight(bit);
                weight(bit) > 0.0 && left <= 0.0
            })
            .map(|bit| 1 << bit)
    }
}

/// Part of all payments that goes to the categories up to each; the rest goes elsewhere.
fn spent_up_to(level: &Level) -> Vec<f64> {
    let all: f64 = level.categories.iter().map(|category| category.monthly_spend).sum();
    let mut sum = 0.0;
    let up_to = |category: &Category| {
        sum += category.monthly_spend / (all * (1.0 + level.market.wallet_offline_use));
        sum
    };
    level.categories.iter().map(up_to).collect()
}

/// Consumers whose payments are counted at a time: their words stay in the first cache.
const TILE: usize = 16 * LANES;

/// Counts who holds which wallet, and who could pay with it where they bought.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"))]
pub(in crate::sim) fn count_payers(checkouts: &Checkouts, columns: &BlockColumns, tally: &mut Tally) {
    let online = columns.block.online;
    let count = checkouts.wallets;
    let columns_of_shop = payer_columns(count);
    let mut paid_by = [0u16; TILE];
    let tiles = columns.wallets[..online].chunks(TILE).zip(columns.bought[..online].chunks(TILE));
    for (wallets, bought) in tiles {
        for wallet in 0..count {
            tally.holders[wallet] += how_many(wallets, wallet);
            tally.holders[count + wallet] += how_many(wallets, 8 + wallet);
        }
        let paid_by = &mut paid_by[..wallets.len()];
        for (shop, payers) in tally.payers.chunks_mut(columns_of_shop).enumerate() {
            let taken = u16::from(checkouts.accepted[shop]);
            let mut with_none: Small = 0;
            for ((paid, &word), &bought) in paid_by.iter_mut().zip(wallets).zip(bought) {
                let here = (bought >> shop & 1).wrapping_neg();
                let habitual = word & taken << 8;
                *paid = here & if habitual == 0 { word & taken } else { habitual };
                with_none += here & Small::from(word & taken == 0);
            }
            payers[2 * count] += u32::from(with_none);
            for wallet in (0..count).filter(|wallet| taken >> wallet & 1 == 1) {
                payers[wallet] += how_many(paid_by, 8 + wallet);
                payers[count + wallet] += how_many(paid_by, wallet);
            }
        }
    }
}

/// How many of these words have a bit.
#[inline(always)]
fn how_many(words: &[u16], bit: usize) -> u32 {
    words.iter().map(|&word| word >> bit & 1).sum::<Small>().into()
}

/// Buyers whom a checkout left without a wallet adopt one, now and then; whoever has none does at once. Some draw their
/// habitual wallet anew from those they pay with.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"))]
pub(in crate::sim) fn settle_wallets(checkouts: &Checkouts, columns: &mut BlockColumns) {
    let online = columns.block.online;
    let first = columns.block.first;
    for start in (0..online).step_by(LANES) {
        let length = LANES.min(online - start);
        let (mut words, mut bought) = ([0u16; LANES], [0u16; LANES]);
        words[..length].copy_from_slice(&columns.wallets[start..][..length]);
        bought[..length].copy_from_slice(&columns.bought[start..][..length]);
        let mut lacking = [0u16; LANES];
        for shop in 0..checkouts.shops {
            let taken = u16::from(checkouts.accepted[shop]);
            for lane in 0..LANES {
                let none = u16::from(words[lane] & taken == 0) << shop;
                lacking[lane] |= bought[lane] & none;
            }
        }
        let mut happens = [0u8; LANES];
        for lane in 0..LANES {
            let bits = checkouts.happens.bits(first.wrapping_add((start + lane) as u32));
            let without = words[lane] & 0xff == 0;
            let adopts = (lacking[lane] != 0) & (checkouts.adopt.given(bits) | without);
            let redraws = (bought[lane] != 0) & checkouts.redraw.given(bits.rotate_left(16));
            happens[lane] = u8::from(adopts | redraws);
        }
        let mut mask = bit_mask(&happens);
        while mask != 0 {
            change(checkouts, columns, start + mask.trailing_zeros() as usize);
            mask &= mask - 1;
        }
    }
}

/// One consumer to whom something happens.
fn change(checkouts: &Checkouts, columns: &mut BlockColumns, place: usize) {
    let agent = columns.block.first + place as u32;
    let (bits, bought) = (checkouts.happens.bits(agent), columns.bought[place]);
    let mut word = columns.wallets[place];
    let without = word & 0xff == 0;
    if checkouts.adopt.given(bits) || without {
        // Where several checkouts lack one, no shop is the first by its seat.
        let begin = bits as usize % checkouts.shops;
        let lacking = (0..checkouts.shops)
            .map(|shop| (begin + shop) % checkouts.shops)
            .find(|&shop| bought >> shop & 1 == 1 && word & u16::from(checkouts.accepted[shop]) == 0);
        if let Some(shop) = lacking
            && let Some(wallet) = checkouts.pick(shop, u8::MAX, checkouts.which.uniform_fine(agent))
        {
            word |= u16::from(wallet);
            if without {
                word |= u16::from(wallet) << 8;
            }
        }
    }
    if checkouts.redraw.given(bits.rotate_left(16)) && word & 0xff != 0 {
        // One of its last payments: whatever is not bought at a shop is paid with the habitual wallet.
        let drawn = checkouts.used_at.uniform_fine(agent);
        let category = checkouts.spent_up_to.iter().position(|&sum| drawn < sum);
        let length = columns.taste.len();
        let last = |category: usize| usize::from(columns.last[category * length + place]);
        let habit = (word >> 8) as u8;
        if let Some(shop) = category.map(last).filter(|&shop| shop < checkouts.shops)
            && habit & checkouts.accepted[shop] == 0
            && let Some(wallet) = checkouts.pick(shop, word as u8, checkouts.which.uniform_fine(agent))
        {
            word = word & 0xff | u16::from(wallet) << 8;
        }
    }
    columns.wallets[place] = word;
}
