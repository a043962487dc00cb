//! The choice rule: multinomial logit with habit, for 64 consumers at a time. This loop is what the project exists
//! for, so it is written as straight-line arithmetic over lanes that the compiler turns into vector instructions.
//!
//! U(shop) = common − β·price − strength·distance(taste) + habit·[last choice was it], over known shops, and
//! U(offline) = habit·[last choice was offline]; everything here is already divided by the logit scale μ.

use std::cmp::Ordering;
use std::f32::consts::{LN_2, LOG2_E};

use super::draw::{Event, Key, exp_poly, exp2_poly, ln_poly};
use crate::level::MAX_PLATFORMS;

/// Consumers that choose at a time: wide enough for any vector unit, small enough for the first cache.
pub const LANES: usize = 64;
/// The unit in which [`Drawing::surplus`] counts.
pub const SURPLUS_UNIT: f64 = 1.0 / 4_096.0;
/// Shops, and staying offline.
pub const MAX_ALTERNATIVES: usize = MAX_PLATFORMS + 1;
/// Utility of what cannot be chosen: far below all others after the maximum is taken off, yet finite.
const UNAVAILABLE: f32 = -1e30;
/// Utilities within ± this need no maximum taken off: their exponentials neither overflow nor vanish in a sum.
const SAFE_UTILITY: f32 = 60.0;
/// Length of a line that is never closed to a circle: the way round is always longer than the way between.
const LINE: f32 = 4.0;

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
    /// Utility of paying at a shop for somebody with these wallets: what the loop adds, one at a time.
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
}

/// Which terms of the rule are compiled into the loop. Each holds all before it: one that has more terms than a row needs
/// gives the same choices, only later.
pub struct Terms;

impl Terms {
    /// Price and habit, for consumers who know all shops.
    pub const BARE: u8 = 0;
    /// Also tastes, and shops that are unknown or do not sell the category.
    pub const USUAL: u8 = 1;
    /// Also prices that depend on whether one switches.
    pub const SWITCHING_PRICES: u8 = 2;
    /// Also payment.
    pub const WALLETS: u8 = 3;
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
        } else if self.payment.wallets {
            Terms::WALLETS
        } else if self.price_staying[shops] != self.price_switching[shops] {
            Terms::SWITCHING_PRICES
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
        let unit = if self.best { 1.0 } else { LOG2_E };
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
            payment: PaymentTerms {
                friction: self.payment.friction * unit,
                second: self.payment.second * unit,
                without: self.payment.without * unit,
                tie: self.payment.tie * unit,
                ..self.payment
            },
        }
    }
}

/// A row whose utilities are multiplied by log₂e, so that a weight is 2 to the power of a utility.
#[derive(Clone, Debug)]
pub struct InLoopUnits<'a> {
    row: &'a ChoiceRow,
    common: [f32; MAX_PLATFORMS],
    price_staying: [f32; MAX_PLATFORMS],
    price_switching: [f32; MAX_PLATFORMS],
    taste_strength: f32,
    /// Circumference of the space of tastes.
    round: f32,
    habit: f32,
    shop_habit: [f32; MAX_PLATFORMS],
    payment: PaymentTerms,
}

/// What is looked at of each chooser for every shop, in the width of the arithmetic.
struct Wide {
    last: [u32; LANES],
    wallet: [u32; LANES],
    /// Utility lost where no wallet is in common.
    lacking: [f32; LANES],
}

impl Wide {
    #[inline(always)]
    fn of<const TERMS: u8>(who: Choosers, payment: &PaymentTerms) -> Self {
        let mut wide = Self { last: who.last.map(u32::from), wallet: [0; LANES], lacking: [0.0; LANES] };
        if TERMS >= Terms::WALLETS {
            for lane in 0..LANES {
                wide.wallet[lane] = u32::from(who.wallet[lane]);
                wide.lacking[lane] =
                    if wide.wallet[lane] & 0xff == 0 { payment.without } else { payment.friction };
            }
        }
        wide
    }
}

impl InLoopUnits<'_> {
    /// Utility of a shop to each chooser who can choose it.
    #[inline(always)]
    fn of_shop<const TERMS: u8>(&self, who: Choosers, wide: &Wide, shop: usize) -> [f32; LANES] {
        let (common, position) = (self.common[shop], self.row.taste[shop]);
        let common_and_habit = common + self.shop_habit[shop];
        let last = &wide.last;
        let held = u32::from(self.payment.accepted[shop] & 0x00ff);
        let habitual = u32::from(self.payment.accepted[shop] & 0xff00);
        let own = u32::from(self.payment.own[shop]);
        let (staying, switching) = (self.price_staying[shop], self.price_switching[shop]);
        let mut utility = [0.0; LANES];
        for lane in 0..LANES {
            let stays = last[lane] == shop as u32;
            let price = if TERMS >= Terms::SWITCHING_PRICES && !stays { switching } else { staying };
            let before_price = if stays { common_and_habit } else { common };
            let mut u = (-who.sensitivity[lane]).mul_add(price, before_price);
            if TERMS != Terms::BARE {
                let apart = (who.taste[lane] - position).abs();
                let back = self.round - apart;
                // Not `min`, which has rules for numbers that are none.
                let distance = if apart < back { apart } else { back };
                u = (-self.taste_strength).mul_add(distance, u);
            }
            if TERMS >= Terms::WALLETS {
                let wallet = wide.wallet[lane];
                let second = if wallet & habitual == 0 { self.payment.second } else { 0.0 };
                u -= if wallet & held == 0 { wide.lacking[lane] } else { second };
                u += if wallet & own == 0 { 0.0 } else { self.payment.tie };
            }
            utility[lane] = u;
        }
        utility
    }

    /// Utility of staying offline to each chooser.
    #[inline(always)]
    fn offline(&self, last: &[u32; LANES]) -> [f32; LANES] {
        let mut utility = [0.0; LANES];
        for lane in 0..LANES {
            utility[lane] = if last[lane] == self.row.shops as u32 { self.habit } else { 0.0 };
        }
        utility
    }
}

/// The consumers who choose, one a lane: pieces of a block's columns, or gathered from them.
#[derive(Clone, Copy)]
pub struct Choosers<'a> {
    /// Sensitivity to price.
    pub sensitivity: &'a [f32; LANES],
    /// Position of taste.
    pub taste: &'a [f32; LANES],
    /// Known shops, a bit each; whoever bought somewhere knows it.
    pub known: &'a [u16; LANES],
    /// Last alternative chosen; `shops` for offline.
    pub last: &'a [u8; LANES],
    /// Wallets held, and above them the habitual one.
    pub wallet: &'a [u16; LANES],
    /// Agent id, for the draw.
    pub agent: &'a [u32; LANES],
}

/// Where a choice is drawn: weights, and what they add up to. Aligned, so that no vector crosses a cache line.
#[repr(align(64))]
pub struct Drawing {
    /// First utilities, then cumulative weights, by alternative.
    weight: [[f32; LANES]; MAX_ALTERNATIVES],
    largest: [f32; LANES],
    sum: [f32; LANES],
}

impl Default for Drawing {
    fn default() -> Self {
        Self { weight: [[0.0; LANES]; MAX_ALTERNATIVES], largest: [0.0; LANES], sum: [0.0; LANES] }
    }
}

impl Drawing {
    /// Fills `weight` with the utility of each alternative and `largest` with the largest of them; returns how many
    /// alternatives there are.
    #[inline(always)]
    fn utilities(&mut self, row: &InLoopUnits, who: Choosers, wide: &Wide) -> usize {
        self.largest = [UNAVAILABLE; LANES];
        let shops = row.row.shops;
        let alternatives = shops + usize::from(row.row.offline);
        for alternative in 0..alternatives {
            let utility = &mut self.weight[alternative];
            if alternative < shops {
                *utility = row.of_shop::<{ Terms::SHIFTED }>(who, wide, alternative);
                let open = row.row.open >> alternative & 1;
                for lane in 0..LANES {
                    let known = u32::from(who.known[lane]) >> alternative & open;
                    utility[lane] = if known == 1 { utility[lane] } else { UNAVAILABLE };
                }
            } else {
                *utility = row.offline(&wide.last);
            }
            for lane in 0..LANES {
                self.largest[lane] = self.largest[lane].max(utility[lane]);
            }
        }
        alternatives
    }

    /// Draws a choice for every lane: inverse of the cumulative distribution.
    /// Who knows no open shop and has no offline option buys nothing: alternative `shops`.
    #[inline(always)]
    pub fn choose<const SHOPS: usize, const TERMS: u8>(
        &mut self,
        units: &InLoopUnits,
        who: Choosers,
        key: Key,
    ) -> [u8; LANES] {
        let row = units.row;
        let wide = Wide::of::<TERMS>(who, &units.payment);
        let alternatives = if TERMS == Terms::SHIFTED {
            let alternatives = self.utilities(units, who, &wide);
            if row.best {
                return self.best(row, who.agent, alternatives, key);
            }
            self.shifted(alternatives);
            alternatives
        } else {
            self.unshifted::<SHOPS, TERMS>(units, who, &wide)
        };
        let mut drawn = [0.0; LANES];
        for lane in 0..LANES {
            drawn[lane] = key.uniform(who.agent[lane]) * self.sum[lane];
        }
        let mut choice = [0u32; LANES];
        for (next, cumulative) in (1u32..).zip(&self.weight[..alternatives - 1]) {
            for lane in 0..LANES {
                choice[lane] = if cumulative[lane] <= drawn[lane] { next } else { choice[lane] };
            }
        }
        let mut chosen = [0u8; LANES];
        for lane in 0..LANES {
            // Without any weight, every cumulative one is reached: the last shop is counted to, and one more is nothing.
            let stuck = TERMS != Terms::BARE && self.sum[lane] == 0.0;
            chosen[lane] = (choice[lane] + u32::from(stuck)) as u8;
        }
        chosen
    }

    /// Cumulative weights with the largest utility taken off.
    #[inline(always)]
    fn shifted(&mut self, alternatives: usize) {
        self.sum = [0.0; LANES];
        for weight in &mut self.weight[..alternatives] {
            for lane in 0..LANES {
                let relative = weight[lane] - self.largest[lane];
                let value = exp2_poly(relative.max(-126.0));
                let closed = weight[lane] <= UNAVAILABLE;
                self.sum[lane] += if closed { 0.0 } else { value };
            }
            *weight = self.sum;
        }
    }

    /// Cumulative weights in one go, where no utility is large; what is unavailable weighs nothing.
    #[inline(always)]
    fn unshifted<const SHOPS: usize, const TERMS: u8>(
        &mut self,
        units: &InLoopUnits,
        who: Choosers,
        wide: &Wide,
    ) -> usize {
        let mut sum = [0.0; LANES];
        let mut known = [0; LANES];
        if TERMS != Terms::BARE {
            known = who.known.map(|mask| u32::from(mask) & units.row.open);
        }
        let shops = if SHOPS > 0 { SHOPS } else { units.row.shops };
        for (shop, cumulative) in self.weight[..shops].iter_mut().enumerate() {
            let utility = units.of_shop::<TERMS>(who, wide, shop);
            for lane in 0..LANES {
                let weight = exp2_poly(utility[lane]);
                let available = TERMS == Terms::BARE || known[lane] & 1 << shop != 0;
                sum[lane] += if available { weight } else { 0.0 };
            }
            *cumulative = sum;
        }
        if units.row.offline {
            // Only two utilities are possible here: one exponential for all.
            let kept = exp2_poly(units.habit);
            for lane in 0..LANES {
                sum[lane] += if wide.last[lane] == units.row.shops as u32 { kept } else { 1.0 };
            }
        }
        self.largest = [0.0; LANES];
        self.sum = sum;
        shops + usize::from(units.row.offline)
    }

    /// Takes the alternative of the largest utility; among equals each is as likely as any other.
    fn best(&mut self, row: &ChoiceRow, agent: &[u32; LANES], alternatives: usize, key: Key) -> [u8; LANES] {
        self.sum = [1.0; LANES];
        let choose = |lane: usize| {
            let largest = self.largest[lane];
            let equals = || (0..alternatives).filter(|&j| self.weight[j][lane] == largest);
            let drawn = (key.uniform(agent[lane]) * equals().count() as f32) as usize;
            let best = equals().nth(drawn).unwrap_or(row.shops);
            if largest <= UNAVAILABLE { row.shops as u8 } else { best as u8 }
        };
        std::array::from_fn(choose)
    }

    /// Draws from the distribution that repeated choosing leads to: the warm start of a market. With habit the
    /// chain of choices is reversible, and its stationary probabilities are
    /// π ∝ w·(Σw + (e^habit − 1)·w) for weights w = exp(U without habit): π(k)·P(j|k) is symmetric in j and k.
    #[inline(always)]
    pub fn choose_settled(&mut self, row: &ChoiceRow, who: Choosers, key: Key) -> [u8; LANES] {
        let without_habit = ChoiceRow { habit: 0.0, shop_habit: [0.0; MAX_PLATFORMS], ..row.clone() };
        let units = without_habit.in_loop_units();
        let alternatives = self.utilities(&units, who, &Wide::of::<{ Terms::SHIFTED }>(who, &units.payment));
        if row.best {
            return self.best(row, who.agent, alternatives, key);
        }
        self.sum = [0.0; LANES];
        for weight in &mut self.weight[..alternatives] {
            for lane in 0..LANES {
                let closed = weight[lane] <= UNAVAILABLE;
                let value = exp2_poly((weight[lane] - self.largest[lane]).max(-126.0));
                weight[lane] = if closed { 0.0 } else { value };
                self.sum[lane] += weight[lane];
            }
        }
        let pull: [f32; MAX_ALTERNATIVES] = std::array::from_fn(|alternative| {
            let habit = if alternative < row.shops { row.shop_habit[alternative] } else { row.habit };
            exp_poly(habit) - 1.0
        });
        let choose = |lane: usize| {
            let total = self.sum[lane];
            let mut cumulative = 0.0;
            for (weight, pull) in self.weight[..alternatives].iter_mut().zip(pull) {
                cumulative += weight[lane] * (total + pull * weight[lane]);
                weight[lane] = cumulative;
            }
            let drawn = key.uniform(who.agent[lane]) * cumulative;
            let beyond = |weight: &&[f32; LANES]| weight[lane] <= drawn;
            let choice = self.weight[..alternatives - 1].iter().filter(beyond).count();
            if self.largest[lane] <= UNAVAILABLE { row.shops as u8 } else { choice as u8 }
        };
        std::array::from_fn(choose)
    }

    /// Adds up, over the first `count` lanes that have just chosen, the expected utility of the best alternative
    /// (the logsum, Small and Rosen 1981) and what having it is worth against staying offline in units of the
    /// price term; both in [`SURPLUS_UNIT`], so that sums do not depend on their order.
    #[inline(always)]
    pub fn surplus(&self, row: &ChoiceRow, who: Choosers, count: usize) -> (i64, i64) {
        // Rounded to whole units by adding and subtracting 1.5·2²³; what would not fit counts as the largest that does.
        const MAGIC: f32 = 12_582_912.0;
        let unit = (1.0 / SURPLUS_UNIT) as f32;
        let whole = |value: f32| {
            let scaled = (value * unit).clamp(-4_000_000.0, 4_000_000.0);
            (scaled + MAGIC).to_bits().wrapping_sub(MAGIC.to_bits()) as i32
        };
        let (mut utilities, mut worths) = ([0i32; LANES], [0i32; LANES]);
        for lane in 0..LANES {
            let counts = self.sum[lane] > 0.0 && lane < count;
            let logsum = self.largest[lane] * LN_2 + ln_poly(self.sum[lane]);
            let kept = row.offline && usize::from(who.last[lane]) == row.shops;
            let offline = if kept { row.habit } else { 0.0 };
            let worth = (logsum - offline) / who.sensitivity[lane].max(1e-6);
            utilities[lane] = if counts { whole(logsum) } else { 0 };
            worths[lane] = if counts { whole(worth) } else { 0 };
        }
        let sum = |values: [i32; LANES]| values.iter().map(|&value| i64::from(value)).sum();
        (sum(utilities), sum(worths))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::draw::Purpose;

    /// A row of five shops with every term, and people of all kinds.
    fn row() -> ChoiceRow {
        let shops = |values: [f32; 5]| std::array::from_fn(|shop| values.get(shop).copied().unwrap_or(0.0));
        ChoiceRow {
            shops: 5,
            best: false,
            offline: true,
            common: shops([0.4, -0.3, 0.9, 0.1, -0.6]),
            price_staying: shops([0.05, 0.1, 0.02, 0.0, 0.15]),
            price_switching: shops([0.05, -0.2, 0.02, -0.1, 0.15]),
            open: 0b1_1011,
            taste: shops([0.0, 0.2, 0.4, 0.6, 0.8]),
            taste_strength: 1.3,
            circle: true,
            habit: 1.1,
            shop_habit: [1.1; MAX_PLATFORMS],
            payment: PaymentTerms::default(),
            reconsider: [Event::with(1.0); MAX_ALTERNATIVES],
        }
    }

    /// How often each alternative is chosen in so many groups, and in how many lanes two ways of choosing differ.
    fn compare<const ONE: usize, const ONES: u8, const OTHER: usize, const OTHERS: u8>(
        row: &ChoiceRow,
    ) -> (u32, u32) {
        let (mut differ, mut all) = (0, 0);
        let mut drawing = Drawing::default();
        for group in 0..200u32 {
            let draw = |item: usize, lane: usize| {
                Key::new(7, 0, Purpose::Taste, item).uniform(group * 64 + lane as u32)
            };
            let sensitivity = std::array::from_fn(|lane| 1.0 + 4.0 * draw(0, lane));
            let taste = std::array::from_fn(|lane| draw(1, lane));
            let known = std::array::from_fn(|lane| (draw(2, lane) * 32.0) as u16);
            let last = std::array::from_fn(|lane| {
                let last = (draw(3, lane) * 6.0) as u8;
                // Whoever bought somewhere knows it.
                if last < 5 && known[lane] >> last & 1 == 1 { last } else { 5 }
            });
            let agent = std::array::from_fn(|lane| group * 64 + lane as u32);
            let wallet = std::array::from_fn(|lane| {
                let held = (draw(4, lane) * 8.0) as u16;
                held | (held & held.wrapping_neg()) << 8
            });
            let who = Choosers {
                sensitivity: &sensitivity,
                taste: &taste,
                known: &known,
                last: &last,
                wallet: &wallet,
                agent: &agent,
            };
            let key = Key::new(7, 1, Purpose::Choose, 0);
            let units = row.in_loop_units();
            let one = drawing.choose::<ONE, ONES>(&units, who, key);
            let other = drawing.choose::<OTHER, OTHERS>(&units, who, key);
            differ += one.iter().zip(&other).filter(|(one, other)| one != other).count() as u32;
            all += LANES as u32;
        }
        (differ, all)
    }

    #[test]
    fn taking_the_largest_utility_off_changes_no_choice_but_by_rounding() {
        let (differ, all) = compare::<5, { Terms::SWITCHING_PRICES }, 0, { Terms::SHIFTED }>(&row());
        assert!(differ * 1_000 < all, "{differ} of {all}");
    }

    #[test]
    fn with_wallets_too() {
        let payment = PaymentTerms {
            wallets: true,
            accepted: std::array::from_fn(|shop| [0x0101, 0x0303, 0x0505, 0x0707, 0x0202][shop % 5]),
            own: std::array::from_fn(|shop| [0x0100, 0x0200, 0, 0, 0][shop % 5]),
            friction: 2.0,
            second: 0.25,
            without: 0.3,
            tie: 0.9,
        };
        let row = ChoiceRow { payment, ..row() };
        let (differ, all) = compare::<5, { Terms::WALLETS }, 0, { Terms::SHIFTED }>(&row);
        assert!(differ * 1_000 < all, "{differ} of {all}");
        // And they matter: without them many would choose otherwise.
        let (differ, all) = compare::<5, { Terms::WALLETS }, 5, { Terms::SWITCHING_PRICES }>(&row);
        assert!(differ * 20 > all, "{differ} of {all}");
    }

    #[test]
    fn a_loop_of_known_length_and_one_with_needless_terms_choose_the_same() {
        assert_eq!(compare::<5, { Terms::SWITCHING_PRICES }, 0, { Terms::SWITCHING_PRICES }>(&row()).0, 0);
        let one_price = ChoiceRow { price_switching: row().price_staying, ..row() };
        assert_eq!(compare::<5, { Terms::USUAL }, 0, { Terms::SWITCHING_PRICES }>(&one_price).0, 0);
    }

    #[test]
    fn large_utilities_and_no_noise_ask_for_the_shift() {
        assert_eq!(row().terms(true, 5.0), Terms::SWITCHING_PRICES);
        assert_eq!(ChoiceRow { habit: 70.0, ..row() }.terms(true, 5.0), Terms::SHIFTED);
        assert_eq!(ChoiceRow { best: true, ..row() }.terms(true, 5.0), Terms::SHIFTED);
        assert_eq!(row().terms(true, f32::NAN), Terms::SHIFTED);
        let plain =
            ChoiceRow { price_switching: row().price_staying, taste_strength: 0.0, open: 0b1_1111, ..row() };
        assert_eq!(plain.terms(true, 5.0), Terms::BARE);
        assert_eq!(plain.terms(false, 5.0), Terms::USUAL);
    }
}
