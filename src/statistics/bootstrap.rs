//! What else might have come out: statistics of blocks drawn again, with replacement (Efron 1979).

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::Serialize;

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

/// A statistic of `strata` of blocks, drawn again `times` times, each stratum for itself. The statistic gets how often
/// every block was drawn, in the order of the blocks, and the luck of the draw. The same seed gives the same draws on any number of threads.
pub fn bootstrap<T: Send>(
    strata: &[usize],
    times: usize,
    seed: u64,
    statistic: impl Fn(&[u32], &mut ChaCha8Rng) -> T + Sync,
) -> Vec<T> {
    let blocks: usize = strata.iter().sum();
    let one = |number: usize| {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        chance.set_stream(number as u64);
        let mut drawn = vec![0; blocks];
        let mut first = 0;
        for &size in strata {
            (0..size).for_each(|_| drawn[first + chance.random_range(0..size)] += 1);
            first += size;
        }
        statistic(&drawn, &mut chance)
    };
    (0..times).into_par_iter().map(one).collect()
}

/// The 95% interval of a number whose statistic over draws was this: the middle of the draws (percentile method).
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
    Interval { value, low: at(0.025), high: at(0.975) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_students() {
        let data: Vec<f64> = (0..400).map(|i| f64::from(i % 20)).collect();
        let mean = |times: &[u32], _: &mut ChaCha8Rng| {
            data.iter().zip(times).map(|(x, &times)| x * f64::from(times)).sum::<f64>() / 400.0
        };
        let found = interval(9.5, bootstrap(&[400], 4000, 1, mean));
        let half = super::super::Estimate::of(&data).half;
        assert!(((found.high - found.low) / (2.0 * half) - 1.0).abs() < 0.06, "{found:?}, half {half}");
    }

    #[test]
    fn strata_keep_their_size() {
        let sizes = bootstrap(&[3, 5], 50, 2, |times, _| {
            (times[..3].iter().sum::<u32>(), times[3..].iter().sum::<u32>())
        });
        assert!(sizes.iter().all(|&size| size == (3, 5)));
    }
}
