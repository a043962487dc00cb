//! Wallets of a block's consumers: who pays with which, who adopts one, whose habit changes.

use super::lanes::{Small, bit_mask};
use super::step::{BlockColumns, Tally};
use crate::level::{Level, MAX_PLATFORMS};
use crate::sim::Clock;
use crate::sim::choice::LANES;
use crate::sim::draw::{Event, Key, Purpose};
use crate::sim::services::Ties;

/// What every checkout takes, and how people come by wallets.
pub(super) struct Checkouts {
    /// Number of wallets.
    pub wallets: usize,
    shops: usize,
    /// Wallets that a shop takes, a bit each.
    accepted: [u8; MAX_PLATFORMS],
    /// Wallets of its own.
    own: [u8; MAX_PLATFORMS],
    steering: f64,
    /// Payments outside the platforms, over all spending.
    offline_use: f64,
    /// Spending by category, relative.
    spend: Vec<f64>,
    adopt: Event,
    redraw: Event,
    /// Whether somebody adopts or redraws; which wallet it is; where it was used.
    happens: Key,
    which: Key,
    used_at: Key,
}

impl Checkouts {
    /// None in a level without wallets.
    pub(super) fn new(level: &Level, clock: Clock, ties: &Ties) -> Option<Self> {
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
            offline_use: level.market.wallet_offline_use,
            spend: level.categories.iter().map(|category| category.monthly_spend).collect(),
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

/// Columns of the counts of payers at a shop: who pays with each wallet out of habit, who could pay with each and has no
/// habit that is taken, and who has none that is.
pub(super) fn payer_columns(wallets: usize) -> usize {
    if wallets > 0 { 2 * wallets + 1 } else { 0 }
}

/// Counts who holds which wallet, and who could pay with it where they bought.
#[inline(always)]
pub(super) fn count_payers(checkouts: &Checkouts, columns: &BlockColumns, tally: &mut Tally) {
    let online = columns.block.online;
    let (wallets, bought) = (&columns.wallets[..online], &columns.bought[..online]);
    let count = checkouts.wallets;
    let columns = payer_columns(count);
    for shop in 0..checkouts.shops {
        let taken = u16::from(checkouts.accepted[shop]);
        let lacking: Small = wallets
            .iter()
            .zip(bought)
            .map(|(word, bought)| bought >> shop & 1 & Small::from(word & taken == 0))
            .sum();
        tally.payers[columns * shop + 2 * count] = lacking.into();
    }
    for wallet in 0..count {
        let (mut holds, mut habit): (Small, Small) = (0, 0);
        for word in wallets {
            holds += word >> wallet & 1;
            habit += word >> (8 + wallet) & 1;
        }
        (tally.holders[wallet], tally.holders[count + wallet]) = (holds.into(), habit.into());
        for shop in (0..checkouts.shops).filter(|&shop| checkouts.accepted[shop] >> wallet & 1 == 1) {
            let taken = u16::from(checkouts.accepted[shop]) << 8;
            let (mut habitual, mut other): (Small, Small) = (0, 0);
            for (word, bought) in wallets.iter().zip(bought) {
                let here = bought >> shop & 1;
                habitual += here & word >> (8 + wallet);
                other += here & word >> wallet & Small::from(word & taken == 0);
            }
            let at = columns * shop;
            (tally.payers[at + wallet], tally.payers[at + count + wallet]) = (habitual.into(), other.into());
        }
    }
}

/// Buyers whom a checkout left without a wallet adopt one, now and then; whoever has none does at once. Some draw their
/// habitual wallet anew from those they pay with.
#[inline(always)]
pub(super) fn settle_wallets(checkouts: &Checkouts, columns: &mut BlockColumns) {
    let online = columns.block.online;
    let first = columns.block.first;
    for start in (0..online).step_by(LANES) {
        let length = LANES.min(online - start);
        let mut happens = [0u8; LANES];
        for lane in 0..length {
            let (word, bought) = (columns.wallets[start + lane], columns.bought[start + lane]);
            let mut lacking = false;
            for shop in 0..checkouts.shops {
                lacking |= (bought >> shop & 1 == 1) & (word & u16::from(checkouts.accepted[shop]) == 0);
            }
            let bits = checkouts.happens.bits(first + (start + lane) as u32);
            let adopts = lacking & (checkouts.adopt.given(bits) | (word & 0xff == 0));
            let redraws = (bought != 0) & checkouts.redraw.given(bits.rotate_left(16));
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
        let length = columns.taste.len();
        let last = |category: usize| usize::from(columns.last[category * length + place]);
        let spent =
            |category: usize| if last(category) < checkouts.shops { checkouts.spend[category] } else { 0.0 };
        let online: f64 = (0..checkouts.spend.len()).map(spent).sum();
        let offline = checkouts.offline_use * checkouts.spend.iter().sum::<f64>();
        let mut left = checkouts.used_at.uniform_fine(agent) * (online + offline);
        let category = (0..checkouts.spend.len()).find(|&category| {
            left -= spent(category);
            left <= 0.0
        });
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
