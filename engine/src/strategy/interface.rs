//! What a strategy is: it sees a view of the market and orders, with numbers that it can be given and a memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::sim::draw::{Key, Purpose};
use crate::sim::{Order, Orders};
use crate::strategy::view::PlatformView;

/// A strategy's memory: named numbers, saved with the match.
pub type Notes = BTreeMap<String, f64>;

/// A strategy's randomness: the same on every machine.
pub type Chance = rand_chacha::ChaCha8Rng;

/// The chance of one seat in one turn of a match.
pub fn chance(seed: u64, turn: u32, seat: usize) -> Chance {
    rand::SeedableRng::seed_from_u64(Key::new(seed, turn, Purpose::Strategy, seat).seed())
}

/// A number below 2⁵³ for a seat of a match, as a floating-point number holds it whole: what an outsider takes its chance from. No
/// turn's chance is the same.
pub fn seed(match_seed: u64, seat: usize) -> u64 {
    rand::RngExt::random_range(&mut chance(match_seed, 0, seat), 0..1_u64 << 53)
}

/// A way to run a platform.
pub trait Strategy: Send + Sync {
    /// Name, in kebab-case after its idea.
    fn name(&self) -> &'static str;

    /// The idea, in a sentence or two.
    fn idea(&self) -> &'static str;

    /// The numbers it can be given.
    fn parameters(&self) -> &'static [Parameter] {
        &[]
    }

    /// Whether it tries orders out in imagined markets before it decides: such a one takes long, and has no place in studies of many
    /// matches.
    fn searches(&self) -> bool {
        false
    }

    /// Decides on a turn. The same view, values, notes and chance give the same orders; a strategy has no other state.
    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        chance: &mut Chance,
    ) -> (Orders, Notes);

    /// Answers an event of the level, by number: the place of a choice. Whoever searches takes what is worth most in an imagined
    /// market after a year in which everybody carries on; whoever does not, the default.
    fn choose(&self, view: &PlatformView, event: usize, _values: &Values, chance: &mut Chance) -> usize {
        if self.searches() { view.best_choice(event, chance) } else { view.level.events[event].default }
    }

    /// Bids for what an administrator sells: whoever has no idea of its own, half of what it is worth.
    fn bid(&self, view: &PlatformView, _values: &Values) -> Orders {
        view.bids()
    }

    /// Answers the regulator's decision: whoever has no idea of its own complies.
    fn plead(&self, _view: &PlatformView, _values: &Values) -> Option<Order> {
        Some(Order::Comply)
    }
}

/// A number that a strategy can be given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Name, in snake case.
    pub name: &'static str,
    /// What it means, with its unit.
    pub meaning: &'static str,
    /// What it is when nothing is said.
    pub usual: f64,
    /// The least it can be.
    pub least: f64,
    /// The most it can be.
    pub most: f64,
}

impl Parameter {
    /// A parameter between `range[0]` and `range[1]`.
    pub const fn new(name: &'static str, meaning: &'static str, usual: f64, range: [f64; 2]) -> Self {
        Self { name, meaning, usual, least: range[0], most: range[1] }
    }
}

/// A strategy's numbers, in the order in which it lists its [parameters](Strategy::parameters).
#[derive(Clone, Debug, PartialEq)]
pub struct Values(pub(super) Arc<[f64]>);

impl Values {
    /// What a strategy's parameters usually are.
    pub fn usual(strategy: &dyn Strategy) -> Self {
        Self(strategy.parameters().iter().map(|parameter| parameter.usual).collect())
    }

    /// All of them. `N` is how many the strategy lists.
    pub fn all<const N: usize>(&self) -> [f64; N] {
        std::array::from_fn(|place| self.0[place])
    }
}
