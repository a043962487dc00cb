//! What else might have come out: statistics of blocks that weigh more or less, by chance (Rubin 1981).

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::Serialize;

use crate::sim::draw::normal_quantile;

/// A number and its 95% interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Of the data as they are.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a number lies in it.
    pub fn covers(&self, number: f64) -> bool {
        (self.low..=self.high).contains(&number)
    }
}

/// A statistic of `blocks` that weigh more or less, `times` times: every block has a weight drawn from the exponential
/// distribution of mean one, the Bayesian bootstrap (Rubin 1981). Counts of blocks drawn with replacement would leave out whole
/// blocks, and with few of them what was seen once. The statistic gets the weights in the order of the blocks, and the
/// luck of the draw. The same seed gives the same draws on any number of threads.
pub fn bootstrap<T: Send>(
    blocks: usize,
    times: usize,
    seed: u64,
    statistic: impl Fn(&[f64], &mut Luck) -> T + Sync,
) -> Vec<T> {
    let one = |number: usize| {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        chance.set_stream(number as u64);
        let mut luck = Luck(chance);
        let weights: Vec<f64> = (0..blocks).map(|_| luck.whole_block()).collect();
        statistic(&weights, &mut luck)
    };
    (0..times).into_par_iter().map(one).collect()
}

/// The luck of one draw.
pub struct Luck(ChaCha8Rng);

impl Luck {
    fn uniform(&mut self) -> f64 {
        self.0.random_range(f64::MIN_POSITIVE..1.0)
    }

    /// The weight of a block.
    pub fn whole_block(&mut self) -> f64 {
        -libm::log(self.uniform())
    }

    /// The weight of a block that was not seen: of mean one, often next to none and now and then several (exponential times the square of
    /// a normal number), for it may have been as rare, or as usual, as a few blocks cannot tell.
    pub fn unseen_block(&mut self) -> f64 {
        self.whole_block() * normal_quantile(self.uniform()).powi(2)
    }
}

/// The 95% interval of a number whose statistic over draws was this: the middle of the draws (percentile method), and the
/// number itself.
pub fn interval(value: f64, mut drawn: Vec<f64>) -> Interval {
    drawn.sort_by(f64::total_cmp);
    let at = |part: f64| {
        let place = part * drawn.len().saturating_sub(1) as f64;
        let (low, rest) = (place.floor() as usize, place.fract());
        match (drawn.get(low), drawn.get(low + 1)) {
            (Some(a), Some(b)) => a + rest * (b - a),
            (Some(a), None) => *a,
            _ => value,
        }
    };
    Interval { value, low: at(0.025).min(value), high: at(0.975).max(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_students() {
        let data: Vec<f64> = (0..400).map(|i| f64::from(i % 20)).collect();
        let mean = |times: &[f64], _: &mut Luck| {
            data.iter().zip(times).map(|(x, times)| x * times).sum::<f64>() / times.iter().sum::<f64>()
        };
        let found = interval(9.5, bootstrap(400, 4000, 1, mean));
        let half = super::super::Estimate::of(&data).half;
        assert!(((found.high - found.low) / (2.0 * half) - 1.0).abs() < 0.06, "{found:?}, half {half}");
    }

    #[test]
    fn weights_are_one_on_average() {
        let sums = bootstrap(1, 20_000, 2, |weights, luck| [weights[0], luck.unseen_block()]);
        let mean = |of: usize| sums.iter().map(|sum| sum[of]).sum::<f64>() / sums.len() as f64;
        assert!((mean(0) - 1.0).abs() < 0.03 && (mean(1) - 1.0).abs() < 0.06, "{}, {}", mean(0), mean(1));
    }

    #[test]
    fn more_threads_change_no_draw() {
        let draws = |threads| {
            let pool =
                rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be had");
            pool.install(|| bootstrap(3, 50, 5, |weights, _| weights[2]))
        };
        assert_eq!(draws(1), draws(3));
    }
}
