//! What a step does to many agents at once, on plain slices: lists who reconsiders, gathers them, and counts.

use crate::level::MAX_PLATFORMS;
use crate::sim::choice::LANES;
use crate::sim::choice::{ChoiceRow, PaymentTerms};
use crate::sim::choice::{Choosers, NO_PAYMENT};
use crate::sim::draw::Key;
use crate::sim::state::consumers::BLOCK;
use crate::sim::turn::consumers::columns::BlockColumns;

/// Where each agent buys, over all categories: a bit for each shop. `bought` may be shorter than a column.
#[inline(always)]
pub(in crate::sim) fn remember(last: &[u8], length: usize, shops: usize, bought: &mut [u16]) {
    let shops = (1u32 << shops) - 1;
    bought.fill(0);
    for last in last.chunks(length) {
        for (mask, &choice) in bought.iter_mut().zip(last) {
            *mask |= (1u32.wrapping_shl(u32::from(choice)) & shops) as u16;
        }
    }
}

/// Columns of up to 64 agents from anywhere in a block.
pub(in crate::sim) struct Gathered {
    sensitivity: [f32; LANES],
    taste: [f32; LANES],
    known: [u16; LANES],
    wallets: [u16; LANES],
    /// Utility of paying by shop.
    payment: [[f32; LANES]; MAX_PLATFORMS],
    /// Last alternative chosen.
    pub last: [u8; LANES],
    /// Agent id.
    pub agent: [u32; LANES],
}

impl Default for Gathered {
    fn default() -> Self {
        Self {
            sensitivity: [0.0; LANES],
            taste: [0.0; LANES],
            known: [0; LANES],
            wallets: [0; LANES],
            payment: [[0.0; LANES]; MAX_PLATFORMS],
            last: [0; LANES],
            agent: [0; LANES],
        }
    }
}

impl Gathered {
    /// Takes these agents of a block; lanes beyond them keep what they had.
    #[inline(always)]
    pub(in crate::sim) fn take(&mut self, columns: &BlockColumns, category: usize, agents: &[u32]) {
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

    /// Works out what paying at each shop is worth to the agents taken.
    #[inline(never)]
    pub(in crate::sim) fn pay(
        &mut self,
        columns: &BlockColumns,
        agents: &[u32],
        terms: &PaymentTerms,
        shops: usize,
    ) {
        let wallets = &columns.wallets[..columns.taste.len()];
        for (lane, &agent) in self.wallets.iter_mut().zip(agents) {
            *lane = wallets[agent as usize];
        }
        terms.utilities(&self.wallets, &mut self.payment[..shops]);
    }

    /// The agents taken; `paying` if [`Self::pay`] was called for them.
    #[inline(always)]
    pub(in crate::sim) fn choosers(&self, paying: bool) -> Choosers<'_> {
        let Self { sensitivity, taste, known, last, agent, .. } = self;
        let payment = if paying { &self.payment[..] } else { &NO_PAYMENT };
        Choosers { sensitivity, taste, known, last, payment, agent }
    }
}

/// Lists the agents who reconsider, by place: each by the event of the alternative last chosen, newcomers always. Returns
/// how many there are; the list has room for a group more than the block has agents.
#[inline(always)]
pub(in crate::sim) fn reconsider(
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
pub(in crate::sim) fn bit_mask(lanes: &[u8; LANES]) -> u64 {
    let bytes = lanes.as_chunks::<8>().0.iter().enumerate();
    bytes.fold(0, |mask, (place, &eight)| {
        let bits = u64::from_le_bytes(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask | bits << (8 * place)
    })
}

/// How many of a block's choices are the alternative at each place of `counts`.
#[inline(always)]
pub(in crate::sim) fn count_by_alternative(last: &[u8], counts: &mut [u32]) {
    for (alternative, count) in counts.iter_mut().enumerate() {
        *count = last.iter().map(|&choice| Small::from(choice == alternative as u8)).sum::<Small>().into();
    }
}

/// How many went from one alternative to another: who left it, taken off its place in `chosen`, and who came, added to it
/// and, for shops, to its place in `switched`.
#[inline(always)]
pub(in crate::sim) fn count_moves(before: &[u8], now: &[u8], chosen: &mut [u32], switched: &mut [u32]) {
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
pub(in crate::sim) type Small = u16;

const _: () = assert!(BLOCK <= Small::MAX as usize);
