//! A hash of the whole state of a match, by which two matches are the same or are not.

use crate::sim::simulation::Simulation;
use crate::sim::state::choices::ExpectedTreatment;
use crate::sim::state::companies::Policy;
use crate::sim::state::consumers::{ConsumerBlock, Known, LastChoice, PriceSensitivity, Taste, Wallets};
use crate::sim::state::merchants::{Contracts, ExpectedFees, Listed, Margin, Reach, Size};
use crate::sim::state::world::{Adoption, Clock, Roster};

impl Simulation {
    /// Hash over the whole canonical state: every column of every agent, the companies and the books. Blocks are
    /// taken by their agents' numbers, never by entity.
    pub fn state_hash(&self) -> blake3::Hash {
        let mut state = State::default();
        let mut number = |value: f64| state.add(&value.to_le_bytes());
        for platform in 0..self.level().platforms.len() {
            let company = self.company(platform);
            let Policy { prices, budgets } = &company.policy;
            let single = [
                company.trust,
                company.stocks.brand,
                prices.advert_load,
                prices.membership_fee,
                prices.merchant_fee,
                budgets.brand,
                budgets.governance,
                budgets.engineering,
                budgets.invitations,
                company.stocks.data,
            ];
            single.into_iter().for_each(&mut number);
            let stocks = [&company.stocks.categories, &company.stocks.stores];
            let spent = [&budgets.categories, &budgets.marketing, &budgets.visits, &budgets.stores];
            let lists = stocks.into_iter().chain(spent).chain([&prices.take_rates]);
            lists.flatten().chain(prices.consumer_fees.cells()).copied().for_each(&mut number);
            for coupon in prices.coupons.cells() {
                number(coupon.depth);
                number(f64::from(coupon.audience as u8));
            }
            company.year.profits.iter().chain(&company.year.sales).copied().for_each(&mut number);
        }
        self.presence().cells().iter().copied().for_each(&mut number);
        self.world.resource::<Adoption>().0.iter().copied().for_each(&mut number);
        self.world.resource::<ExpectedTreatment>().0.cells().iter().copied().for_each(&mut number);
        self.world.resource::<ExpectedFees>().0.iter().flatten().copied().for_each(&mut number);
        for balance in self.ledger().balances() {
            // 64 bits where they do: then states hash as they always have.
            match i64::try_from(*balance) {
                Ok(balance) => state.add(&balance.to_le_bytes()),
                Err(_) => state.add(&balance.to_le_bytes()),
            }
        }
        // Plain data always have a form in bytes.
        state.add(&postcard::to_allocvec(&self.ecosystem()).unwrap_or_default());
        state.add(&self.world.resource::<Clock>().turn.to_le_bytes());
        self.add_agents(&mut state);
        state.hash()
    }

    fn add_agents(&self, state: &mut State) {
        let roster = self.world.resource::<Roster>();
        type Merchants =
            (&'static Size, &'static Margin, &'static Reach, &'static Listed, &'static Contracts);
        for &block in &roster.merchants {
            let columns = self.world.entity(block).get_components::<Merchants>();
            let (size, margin, reach, listed, contracts) = columns.expect(COLUMNS);
            state.add(&contracts.carrier);
            state.add(&contracts.months);
            add_floats(state, &size.0);
            add_floats(state, &margin.0);
            state.add(&reach.0);
            add_masks(state, &listed.0);
        }
        type Consumers = (
            &'static ConsumerBlock,
            &'static PriceSensitivity,
            &'static Taste,
            &'static Known,
            &'static LastChoice,
            &'static Wallets,
        );
        for &block in &roster.consumers {
            let columns = self.world.entity(block).get_components::<Consumers>();
            let (block, sensitivity, taste, known, last, wallets) = columns.expect(COLUMNS);
            add_masks(state, &wallets.0);
            state.add(&(block.online as u64).to_le_bytes());
            add_floats(state, &sensitivity.0);
            add_floats(state, &taste.0);
            add_masks(state, &known.0);
            state.add(&last.0);
        }
    }
}

/// Blocks are spawned whole.
const COLUMNS: &str = "every block has all its columns";

/// Bytes of a state on their way into its hash: gathered first, since a hash of many small pieces takes several times as long as
/// that of one large one, which is worked out in many lanes at once.
#[derive(Default)]
struct State {
    hasher: blake3::Hasher,
    waiting: Vec<u8>,
}

impl State {
    /// Bytes that are hashed at once: they fit the second cache.
    const PIECE: usize = 1 << 16;

    fn add(&mut self, bytes: &[u8]) {
        for piece in bytes.chunks(Self::PIECE) {
            self.waiting.extend_from_slice(piece);
            self.pour();
        }
    }

    fn add_column<T: Copy, const N: usize>(&mut self, values: &[T], bytes: impl Fn(T) -> [u8; N]) {
        for piece in values.chunks(Self::PIECE / N) {
            let begins = self.waiting.len();
            self.waiting.resize(begins + piece.len() * N, 0);
            let (places, _) = self.waiting[begins..].as_chunks_mut();
            places.iter_mut().zip(piece).for_each(|(place, &value)| *place = bytes(value));
            self.pour();
        }
    }

    fn pour(&mut self) {
        if self.waiting.len() >= Self::PIECE {
            self.hasher.update(&self.waiting);
            self.waiting.clear();
        }
    }

    fn hash(mut self) -> blake3::Hash {
        self.hasher.update(&self.waiting);
        self.hasher.finalize()
    }
}

fn add_floats(state: &mut State, values: &[f32]) {
    state.add_column(values, f32::to_le_bytes);
}

fn add_masks(state: &mut State, values: &[u16]) {
    state.add_column(values, u16::to_le_bytes);
}
