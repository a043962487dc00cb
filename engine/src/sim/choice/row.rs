//! What is the same for everybody who chooses in one category of one cell, and which terms of it matter.

use std::cmp::Ordering;
use std::f32::consts::LOG2_E;

use multiversion::multiversion;

use crate::level::MAX_PLATFORMS;
use crate::sim::choice::limits::{LANES, MAX_ALTERNATIVES};
use crate::sim::draw::Event;

/// Length of a line that is never closed to a circle: the way round is always longer than the way between.
const LINE: f32 = 4.0;

/// Utilities within ± this need no maximum taken off: their exponentials neither overflow nor vanish in a sum.
const SAFE_UTILITY: f32 = 60.0;

/// What is the same for everybody who chooses in one category of one region.
#[derive(Clone, Debug)]
pub struct ChoiceRow {
    /// Number of shops.
    pub shops: usize,
    /// Whether everybody takes the best alternative (μ = 0, utilities then not divided by it) instead of drawing.
    pub best: bool,
    /// Whether one may stay offline: the alternative after the last shop, with common utility 0.
    pub offline: bool,
    /// Common utility by shop.
    pub common: [f32; MAX_PLATFORMS],
    /// Price term for those who bought there last: ln P, or P where prices are linear.
    pub price_staying: [f32; MAX_PLATFORMS],
    /// Price term for those who switch to it.
    pub price_switching: [f32; MAX_PLATFORMS],
    /// Shops that sell the category: a bit each.
    pub open: u32,
    /// Position of taste by shop.
    pub taste: [f32; MAX_PLATFORMS],
    /// Disutility of a unit of distance.
    pub taste_strength: f32,
    /// Whether the space of tastes is a circle of circumference 1; otherwise a line.
    pub circle: bool,
    /// Utility of staying offline again.
    pub habit: f32,
    /// Utility of choosing the same shop again, by shop.
    pub shop_habit: [f32; MAX_PLATFORMS],
    /// How payment enters.
    pub payment: PaymentTerms,
    /// Whether somebody reconsiders, by the alternative last chosen; always, where it cannot be repeated.
    pub reconsider: [Event; MAX_ALTERNATIVES],
}

/// How the wallets of consumers and the checkouts of shops fit: a word of 16 bits for each consumer has the wallets held
/// in its lower half and the habitual one in its upper half.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PaymentTerms {
    /// Whether there are wallets at all.
    pub wallets: bool,
    /// By shop: wallets it takes, in both halves.
    pub accepted: [u16; MAX_PLATFORMS],
    /// By shop: its own wallets, in the upper half.
    pub own: [u16; MAX_PLATFORMS],
    /// Utility lost where none is in common.
    pub friction: f32,
    /// Utility lost where the habitual one is not taken.
    pub second: f32,
    /// Utility lost by who has no wallet.
    pub without: f32,
    /// Utility of a shop whose own wallet is the habitual one.
    pub tie: f32,
}

impl PaymentTerms {
    /// Utility of paying at a shop for somebody with these wallets: what the loop adds, for one.
    pub fn utility(&self, wallets: u16, shop: usize) -> f32 {
        let taken = wallets & self.accepted[shop];
        let friction = match (wallets & 0xff, taken & 0xff, taken >> 8) {
            (0, ..) => self.without,
            (_, 0, _) => self.friction,
            (.., 0) => self.second,
            _ => 0.0,
        };
        let tie = if wallets & self.own[shop] == 0 { 0.0 } else { self.tie };
        tie - friction
    }

    /// The same for a group of consumers at every shop: it depends on no category, so that a group needs it but once.
    pub fn utilities(&self, wallets: &[u16; LANES], by_shop: &mut [[f32; LANES]]) {
        payment_utilities(self, wallets, by_shop);
    }
}

/// Compiled once for each instruction set, and not into every choice loop: those take long enough to compile.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"))]
fn payment_utilities(terms: &PaymentTerms, wallets: &[u16; LANES], by_shop: &mut [[f32; LANES]]) {
    let wallets = wallets.map(u32::from);
    let mut lacking = [0.0; LANES];
    for lane in 0..LANES {
        lacking[lane] = if wallets[lane] & 0xff == 0 { terms.without } else { terms.friction };
    }
    for (shop, utility) in by_shop.iter_mut().enumerate() {
        let held = u32::from(terms.accepted[shop] & 0x00ff);
        let habitual = u32::from(terms.accepted[shop] & 0xff00);
        let own = u32::from(terms.own[shop]);
        for lane in 0..LANES {
            let second = if wallets[lane] & habitual == 0 { terms.second } else { 0.0 };
            let friction = if wallets[lane] & held == 0 { lacking[lane] } else { second };
            utility[lane] = if wallets[lane] & own == 0 { 0.0 } else { terms.tie } - friction;
        }
    }
}

/// Which terms of the rule are compiled into the loop. Each holds all before it: one that has more terms than a row needs
/// gives the same choices, only later.
pub struct Terms;

impl Terms {
    /// Price and habit, for consumers who know all shops.
    pub const BARE: u8 = 0;
    /// Also tastes, and shops that are unknown or do not sell the category.
    pub const USUAL: u8 = 1;
    /// Also payment.
    pub const WALLETS: u8 = 2;
    /// Also prices that depend on whether one switches.
    pub const SWITCHING_PRICES: u8 = 3;
    /// Also utilities so large that the largest must be taken off before exponentials are, or no noise at all.
    pub const SHIFTED: u8 = 4;
}

impl ChoiceRow {
    /// The terms that matter for consumers whose sensitivity to price is at most `sensitivity`.
    pub fn terms(&self, everybody_knows_all: bool, sensitivity: f32) -> u8 {
        let shops = ..self.shops;
        let largest = |values: &[f32; MAX_PLATFORMS]| {
            values[shops].iter().fold(0.0f32, |largest, value| largest.max(value.abs()))
        };
        let price = largest(&self.price_staying).max(largest(&self.price_switching));
        let habit = largest(&self.shop_habit).max(self.habit.abs());
        let payment = self.payment.friction + self.payment.second + self.payment.without + self.payment.tie;
        let bound = largest(&self.common) + sensitivity * price + self.taste_strength.abs() + habit + payment;
        let all_open = self.open == (1u32 << self.shops) - 1;
        // A bound that is no number is not safe.
        if self.best || !matches!(bound.partial_cmp(&SAFE_UTILITY), Some(Ordering::Less)) {
            Terms::SHIFTED
        } else if self.price_staying[shops] != self.price_switching[shops] {
            Terms::SWITCHING_PRICES
        } else if self.payment.wallets {
            Terms::WALLETS
        } else if self.taste_strength != 0.0 || !everybody_knows_all || !all_open {
            Terms::USUAL
        } else {
            Terms::BARE
        }
    }

    /// Whether nobody ever repeats a choice without looking.
    pub fn always_reconsidered(&self) -> bool {
        self.reconsider[..=self.shops].iter().all(|event| event.is_certain())
    }

    /// Utilities in the unit that the loop counts in: powers of two are cheaper than powers of e.
    pub fn in_loop_units(&self) -> InLoopUnits<'_> {
        let unit = self.loop_unit();
        let scaled = |values: &[f32; MAX_PLATFORMS]| values.map(|value| value * unit);
        InLoopUnits {
            row: self,
            common: scaled(&self.common),
            price_staying: scaled(&self.price_staying),
            price_switching: scaled(&self.price_switching),
            taste_strength: self.taste_strength * unit,
            round: if self.circle { 1.0 } else { LINE },
            habit: self.habit * unit,
            shop_habit: scaled(&self.shop_habit),
        }
    }

    /// Payment in the unit that the loop counts in.
    pub fn payment_in_loop_units(&self) -> PaymentTerms {
        let unit = self.loop_unit();
        PaymentTerms {
            friction: self.payment.friction * unit,
            second: self.payment.second * unit,
            without: self.payment.without * unit,
            tie: self.payment.tie * unit,
            ..self.payment
        }
    }

    fn loop_unit(&self) -> f32 {
        if self.best { 1.0 } else { LOG2_E }
    }
}

/// A row whose utilities are multiplied by log₂e, so that a weight is 2 to the power of a utility.
#[derive(Clone, Debug)]
pub struct InLoopUnits<'a> {
    pub(in crate::sim) row: &'a ChoiceRow,
    pub(in crate::sim) common: [f32; MAX_PLATFORMS],
    pub(in crate::sim) price_staying: [f32; MAX_PLATFORMS],
    pub(in crate::sim) price_switching: [f32; MAX_PLATFORMS],
    pub(in crate::sim) taste_strength: f32,
    /// Circumference of the space of tastes.
    pub(in crate::sim) round: f32,
    pub(in crate::sim) habit: f32,
    pub(in crate::sim) shop_habit: [f32; MAX_PLATFORMS],
}
