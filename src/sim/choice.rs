//! The choice rule: multinomial logit with habit, for 64 consumers at a time. This loop is what the project exists
//! for, so it is written as straight-line arithmetic over lanes that the compiler turns into vector instructions.
//!
//! U(shop) = common − β·price − strength·distance(taste) + habit·[last choice was it], over known shops, and
//! U(offline) = habit·[last choice was offline]; everything here is already divided by the logit scale μ.

use super::draw::{Event, Key, exp_poly};
use crate::level::MAX_PLATFORMS;

/// Consumers that choose at a time: wide enough for any vector unit, small enough for the first cache.
pub const LANES: usize = 64;
/// The unit in which [`Lanes::surplus`] counts.
pub const SURPLUS_UNIT: f64 = 1.0 / 1_048_576.0;
/// Shops, and staying offline.
pub const MAX_ALTERNATIVES: usize = MAX_PLATFORMS + 1;
/// Utility of what cannot be chosen: far below all others after the maximum is taken off, yet finite.
const UNAVAILABLE: f32 = -1e30;

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
    /// Utility of repeating the last choice.
    pub habit: f32,
    /// Whether somebody reconsiders, by the alternative last chosen; always, where it cannot be repeated.
    pub reconsider: [Event; MAX_ALTERNATIVES],
}

/// The consumers who choose, one a lane, and what they chose.
pub struct Lanes {
    /// Sensitivity to price.
    pub sensitivity: [f32; LANES],
    /// Position of taste.
    pub taste: [f32; LANES],
    /// Known shops, a bit each.
    pub known: [u32; LANES],
    /// Last alternative chosen; `shops` for offline.
    pub last: [u32; LANES],
    /// Agent id, for the draw.
    pub agent: [u32; LANES],
    /// The alternative chosen: the answer.
    pub choice: [u32; LANES],
    weight: [[f32; LANES]; MAX_ALTERNATIVES],
    largest: [f32; LANES],
    sum: [f32; LANES],
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            sensitivity: [0.0; LANES],
            taste: [0.0; LANES],
            known: [0; LANES],
            last: [0; LANES],
            agent: [0; LANES],
            choice: [0; LANES],
            weight: [[0.0; LANES]; MAX_ALTERNATIVES],
            largest: [0.0; LANES],
            sum: [0.0; LANES],
        }
    }
}

impl Lanes {
    /// Fills `weight` with the utility of each alternative and `largest` with the largest of them.
    #[inline(always)]
    fn utilities(&mut self, row: &ChoiceRow, habit: f32) -> usize {
        self.largest = [UNAVAILABLE; LANES];
        for shop in 0..row.shops {
            let (common, position) = (row.common[shop], row.taste[shop]);
            let (staying, switching) = (row.price_staying[shop], row.price_switching[shop]);
            let open = row.open >> shop & 1;
            let utility = &mut self.weight[shop];
            for lane in 0..LANES {
                let stays = self.last[lane] == shop as u32;
                let price = if stays { staying } else { switching };
                let apart = (self.taste[lane] - position).abs();
                let distance = if row.circle { apart.min(1.0 - apart) } else { apart };
                let kept = if stays { habit } else { 0.0 };
                let u = common - self.sensitivity[lane] * price - row.taste_strength * distance + kept;
                let known = (self.known[lane] >> shop & 1 | u32::from(stays)) & open;
                let u = if known == 1 { u } else { UNAVAILABLE };
                utility[lane] = u;
                self.largest[lane] = self.largest[lane].max(u);
            }
        }
        if !row.offline {
            return row.shops;
        }
        let utility = &mut self.weight[row.shops];
        for lane in 0..LANES {
            let u = if self.last[lane] == row.shops as u32 { habit } else { 0.0 };
            utility[lane] = u;
            self.largest[lane] = self.largest[lane].max(u);
        }
        row.shops + 1
    }

    /// Draws a choice for every lane: inverse of the cumulative distribution, the maximum taken off first.
    /// Who knows no open shop and has no offline option buys nothing: alternative `shops`.
    #[inline(always)]
    pub fn choose(&mut self, row: &ChoiceRow, key: Key) {
        let alternatives = self.utilities(row, row.habit);
        if row.best {
            self.take_best(row, alternatives, key);
            return;
        }
        self.sum = [0.0; LANES];
        for weight in &mut self.weight[..alternatives] {
            for lane in 0..LANES {
                self.sum[lane] += exp_poly(weight[lane] - self.largest[lane]);
            }
            *weight = self.sum;
        }
        let mut choice = [0; LANES];
        for lane in 0..LANES {
            let drawn = key.uniform(self.agent[lane]) * self.sum[lane];
            for cumulative in &self.weight[..alternatives - 1] {
                choice[lane] += u32::from(cumulative[lane] <= drawn);
            }
        }
        for lane in 0..LANES {
            let stuck = self.largest[lane] <= UNAVAILABLE;
            self.choice[lane] = if stuck { row.shops as u32 } else { choice[lane] };
        }
    }

    /// Takes the alternative of the largest utility; among equals each is as likely as any other.
    fn take_best(&mut self, row: &ChoiceRow, alternatives: usize, key: Key) {
        self.sum = [1.0; LANES];
        for lane in 0..LANES {
            let largest = self.largest[lane];
            let equals = || (0..alternatives).filter(|&j| self.weight[j][lane] == largest);
            let drawn = (key.uniform(self.agent[lane]) * equals().count() as f32) as usize;
            let stuck = largest <= UNAVAILABLE;
            let best = equals().nth(drawn).unwrap_or(row.shops);
            self.choice[lane] = if stuck { row.shops } else { best } as u32;
        }
    }

    /// Draws from the distribution that repeated choosing leads to: the warm start of a market. With habit the
    /// chain of choices is reversible, and its stationary probabilities are
    /// π ∝ w·(Σw + (e^habit − 1)·w) for weights w = exp(U without habit): π(k)·P(j|k) is symmetric in j and k.
    pub fn choose_settled(&mut self, row: &ChoiceRow, key: Key) {
        self.last = [u32::MAX; LANES];
        let alternatives = self.utilities(row, 0.0);
        if row.best {
            self.take_best(row, alternatives, key);
            return;
        }
        self.sum = [0.0; LANES];
        for weight in &mut self.weight[..alternatives] {
            for lane in 0..LANES {
                weight[lane] = exp_poly(weight[lane] - self.largest[lane]);
                self.sum[lane] += weight[lane];
            }
        }
        let pull = exp_poly(row.habit) - 1.0;
        for lane in 0..LANES {
            let total = self.sum[lane];
            let mut cumulative = 0.0;
            for weight in &mut self.weight[..alternatives] {
                cumulative += weight[lane] * (total + pull * weight[lane]);
                weight[lane] = cumulative;
            }
            let drawn = key.uniform(self.agent[lane]) * cumulative;
            let beyond = |weight: &&[f32; LANES]| weight[lane] <= drawn;
            let stuck = self.largest[lane] <= UNAVAILABLE;
            let choice = self.weight[..alternatives - 1].iter().filter(beyond).count() as u32;
            self.choice[lane] = if stuck { row.shops as u32 } else { choice };
        }
    }

    /// Adds up, over the first `count` lanes that have just chosen, the expected utility of the best alternative
    /// (the logsum, Small and Rosen 1981) and what having it is worth against staying offline in units of the
    /// price term; both in 2⁻²⁰, so that sums do not depend on their order.
    pub fn surplus(&self, row: &ChoiceRow, count: usize) -> (i64, i64) {
        let (mut utility, mut worth) = (0, 0);
        for lane in 0..count {
            if self.largest[lane] <= UNAVAILABLE {
                continue;
            }
            let logsum = f64::from(self.largest[lane]) + libm::log(f64::from(self.sum[lane]));
            let kept = row.offline && self.last[lane] == row.shops as u32;
            let offline = if kept { f64::from(row.habit) } else { 0.0 };
            utility += (logsum / SURPLUS_UNIT) as i64;
            worth += ((logsum - offline) / f64::from(self.sensitivity[lane].max(1e-6)) / SURPLUS_UNIT) as i64;
        }
        (utility, worth)
    }
}
