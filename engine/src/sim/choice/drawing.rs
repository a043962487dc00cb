//! The choice rule: multinomial logit with habit, for 64 consumers at a time. This loop is what the project exists
//! for, so it is written as straight-line arithmetic over lanes that the compiler turns into vector instructions.
//!
//! U(shop) = common − β·price − strength·distance(taste) + habit·[last choice was it], over known shops, and
//! U(offline) = habit·[last choice was offline]; everything here is already divided by the logit scale μ.

use std::f32::consts::LN_2;

use crate::level::MAX_PLATFORMS;
use crate::sim::choice::limits::{LANES, MAX_ALTERNATIVES, SURPLUS_UNIT, UNAVAILABLE};
use crate::sim::choice::row::{ChoiceRow, InLoopUnits, Terms};
use crate::sim::draw::{Key, exp_poly, exp2_poly, ln_poly};

impl InLoopUnits<'_> {
    /// Utility of a shop to each chooser who can choose it.
    #[inline(always)]
    fn of_shop<const TERMS: u8>(&self, who: Choosers, last: &[u32; LANES], shop: usize) -> [f32; LANES] {
        let (common, position) = (self.common[shop], self.row.taste[shop]);
        let common_and_habit = common + self.shop_habit[shop];
        let payment = &who.payment[shop];
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
                u += payment[lane];
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
    /// Utility of paying, by shop, as [`utilities`](crate::sim::choice::PaymentTerms::utilities) gives it; [`NO_PAYMENT`] where there are no wallets.
    pub payment: &'a [[f32; LANES]],
    /// Agent id, for the draw.
    pub agent: &'a [u32; LANES],
}

/// Utility of paying where there are no wallets.
pub static NO_PAYMENT: [[f32; LANES]; MAX_PLATFORMS] = [[0.0; LANES]; MAX_PLATFORMS];

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
    fn utilities(&mut self, row: &InLoopUnits, who: Choosers, last: &[u32; LANES]) -> usize {
        self.largest = [UNAVAILABLE; LANES];
        let shops = row.row.shops;
        let alternatives = shops + usize::from(row.row.offline);
        for alternative in 0..alternatives {
            let utility = &mut self.weight[alternative];
            if alternative < shops {
                *utility = row.of_shop::<{ Terms::SHIFTED }>(who, last, alternative);
                let open = row.row.open >> alternative & 1;
                for lane in 0..LANES {
                    let known = u32::from(who.known[lane]) >> alternative & open;
                    utility[lane] = if known == 1 { utility[lane] } else { UNAVAILABLE };
                }
            } else {
                *utility = row.offline(last);
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
        let last = who.last.map(u32::from);
        let alternatives = if TERMS == Terms::SHIFTED {
            let alternatives = self.utilities(units, who, &last);
            if row.best {
                return self.best(row, who.agent, alternatives, key);
            }
            self.shifted(alternatives);
            alternatives
        } else {
            self.unshifted::<SHOPS, TERMS>(units, who, &last)
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
        last: &[u32; LANES],
    ) -> usize {
        let mut sum = [0.0; LANES];
        let mut known = [0; LANES];
        if TERMS != Terms::BARE {
            known = who.known.map(|mask| u32::from(mask) & units.row.open);
        }
        let shops = if SHOPS > 0 { SHOPS } else { units.row.shops };
        for (shop, cumulative) in self.weight[..shops].iter_mut().enumerate() {
            let utility = units.of_shop::<TERMS>(who, last, shop);
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
                sum[lane] += if last[lane] == units.row.shops as u32 { kept } else { 1.0 };
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
        let alternatives = self.utilities(&units, who, &who.last.map(u32::from));
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
    /// (the logsum, Small and Rosen 1981; without noise the largest utility) and what having it is worth against staying
    /// offline in units of the price term, times `typical`, a sensitivity to price; both in [`SURPLUS_UNIT`], so that
    /// sums do not depend on their order.
    #[inline(always)]
    pub fn surplus(&self, row: &ChoiceRow, who: Choosers, count: usize, typical: f32) -> (i128, i128) {
        let unit = (1.0 / SURPLUS_UNIT) as f32;
        let natural = if row.best { 1.0 } else { LN_2 };
        let (mut utilities, mut worths) = ([0.0; LANES], [0.0; LANES]);
        for lane in 0..LANES {
            let counts = self.sum[lane] > 0.0 && self.largest[lane] > UNAVAILABLE && lane < count;
            let logsum = self.largest[lane] * natural + ln_poly(self.sum[lane]);
            let kept = row.offline && usize::from(who.last[lane]) == row.shops;
            let offline = if kept { row.habit } else { 0.0 };
            let worth = (logsum - offline) * (typical / who.sensitivity[lane].max(f32::MIN_POSITIVE));
            utilities[lane] = if counts { logsum * unit } else { 0.0 };
            worths[lane] = if counts { worth * unit } else { 0.0 };
        }
        (whole_sum(&utilities), whole_sum(&worths))
    }
}

/// Sum of values rounded to whole numbers, whatever their size.
#[inline(always)]
fn whole_sum(values: &[f32; LANES]) -> i128 {
    // Rounded by adding and subtracting 1.5·2⁵², which vectorises; what is too large for that is rounded one by one.
    const MAGIC: f64 = 6_755_399_441_055_744.0;
    const FITS: f32 = 1e15;
    if values.iter().all(|value| value.abs() < FITS) {
        let whole = |value: f32| (f64::from(value) + MAGIC).to_bits().wrapping_sub(MAGIC.to_bits()) as i64;
        i128::from(values.iter().map(|&value| whole(value)).sum::<i64>())
    } else {
        values.iter().map(|value| value.round_ties_even() as i128).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::choice::row::PaymentTerms;
    use crate::sim::draw::{Event, Purpose};

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
            let mut payment = NO_PAYMENT;
            row.payment_in_loop_units().utilities(&wallet, &mut payment);
            let who = Choosers {
                sensitivity: &sensitivity,
                taste: &taste,
                known: &known,
                last: &last,
                payment: if row.payment.wallets { &payment } else { &NO_PAYMENT },
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
        let (differ, all) = compare::<5, { Terms::SWITCHING_PRICES }, 0, { Terms::SHIFTED }>(&row);
        assert!(differ * 1_000 < all, "{differ} of {all}");
        let one_price = ChoiceRow { price_switching: row.price_staying, ..row };
        assert_eq!(compare::<5, { Terms::WALLETS }, 0, { Terms::SWITCHING_PRICES }>(&one_price).0, 0);
        // And they matter: without them many would choose otherwise.
        let (differ, all) = compare::<5, { Terms::WALLETS }, 5, { Terms::USUAL }>(&one_price);
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

    #[test]
    fn sums_of_whole_numbers_are_exact_at_any_size() {
        for size in [0.3f32, 1.0, 7e5, 3e9, 9e14, 2e15, 4e22] {
            let values: [f32; LANES] = std::array::from_fn(|lane| size * (lane as f32 - 30.0));
            let expected: i128 = values.iter().map(|value| value.round_ties_even() as i128).sum();
            assert_eq!(whole_sum(&values), expected, "{size}");
        }
    }
}
