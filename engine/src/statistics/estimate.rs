//! Means with intervals.

use serde::Serialize;

use statrs::distribution::{Beta, ContinuousCDF, StudentsT};

use super::bootstrap::Interval;
use crate::sim::draw::normal_quantile;

/// A mean and the half-width of its 95% interval, which is infinite (`null` in JSON) where there is one observation: it says nothing
/// of how far another would have been.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// Mean.
    pub mean: f64,
    /// Half-width.
    pub half: f64,
}

impl Estimate {
    /// From independent observations: Student's t on the mean.
    pub fn of(observations: &[f64]) -> Self {
        Self::of_many(observations, 1)
    }

    /// One of several estimates whose intervals are to hold all together at 95% (Bonferroni).
    pub fn of_many(observations: &[f64], estimates: usize) -> Self {
        let n = observations.len() as f64;
        let mean = observations.iter().sum::<f64>() / n;
        if observations.len() < 2 {
            return Self { mean, half: f64::INFINITY };
        }
        let variance = observations.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        Self { mean, half: student(observations.len() - 1, estimates) * (variance / n).sqrt() }
    }

    /// The half-width, where something is known of it.
    pub fn half_width(&self) -> Option<f64> {
        self.half.is_finite().then_some(self.half)
    }

    /// From independent observations between 0 and 1 of which there may be few, or all may be alike: the mean as it is, and an
    /// interval as if there were one more of each end, for what never happened may yet (after Agresti and Coull 1998). It lies round
    /// the mean with these two. Where each observation is 0 or 1 it covers in at least 93% of cases, whatever the mean.
    pub fn of_parts(observations: &[f64]) -> Interval {
        let more: Vec<f64> = observations.iter().copied().chain([0.0, 1.0]).collect();
        let Self { mean: middle, half } = Self::of(&more);
        let mean = observations.iter().sum::<f64>() / observations.len().max(1) as f64;
        Interval {
            value: mean,
            low: (middle - half).clamp(0.0, mean),
            high: (middle + half).clamp(mean, 1.0),
        }
    }

    /// A mean relative to another mean of the same observations, a difference to what it is a difference from: the
    /// ratio of means, with the first-order (delta-method) interval. The sign stays the difference's. Nothing where the
    /// other mean is zero.
    pub fn relative(differences: &[f64], from: &[f64]) -> Option<Self> {
        let n = from.len() as f64;
        let mean = from.iter().sum::<f64>() / n;
        let ratio = differences.iter().sum::<f64>() / n / mean;
        let residual = |(difference, from): (&f64, &f64)| (difference - ratio * from) / mean.abs();
        let residuals: Vec<f64> = differences.iter().zip(from).map(residual).collect();
        (mean != 0.0).then(|| Self { mean: ratio * mean.signum(), half: Self::of(&residuals).half })
    }

    /// Whether the whole interval is above a number.
    pub fn above(&self, bound: f64) -> bool {
        self.mean - self.half > bound
    }

    /// Whether the whole interval is below a number.
    pub fn below(&self, bound: f64) -> bool {
        self.mean + self.half < bound
    }

    /// Whether a number lies in the interval.
    pub fn covers(&self, number: f64) -> bool {
        (self.mean - number).abs() <= self.half
    }

    /// Whether the whole interval lies between two numbers.
    pub fn within(&self, low: f64, high: f64) -> bool {
        self.mean - self.half >= low && self.mean + self.half <= high
    }
}

/// The part that some are of all, with its exact 95% interval (Clopper and Pearson 1934): each end is the part of which so many, or
/// more extreme, would be seen with a probability of 2.5%.
pub fn part_of(some: u32, all: u32) -> Interval {
    let [some, rest] = [some, all.saturating_sub(some)].map(f64::from);
    // No quantile where a parameter is zero: the bound itself.
    let quantile = |a, b, part: f64, bound| Beta::new(a, b).map_or(bound, |beta| beta.inverse_cdf(part));
    Interval {
        value: some / (some + rest).max(1.0),
        low: quantile(some, rest + 1.0, 0.025, 0.0),
        high: quantile(some + 1.0, rest, 0.975, 1.0),
    }
}

/// Degrees of freedom from which on the quantile is by its expansion: the library's is exact to ten digits below, and off in
/// the sixth from a hundred thousand on.
const MANY: usize = 1_000;

/// The quantile of Student's t that leaves 5% outside on both sides together, over so many estimates.
fn student(degrees: usize, estimates: usize) -> f64 {
    let outside = 0.025 / estimates.max(1) as f64;
    let df = degrees.max(1) as f64;
    if degrees < MANY
        && let Ok(student) = StudentsT::new(0.0, 1.0, df)
    {
        return student.inverse_cdf(1.0 - outside);
    }
    // Cornish and Fisher's expansion to third order in 1/df.
    let z = normal_quantile(1.0 - outside);
    let z2 = z * z;
    let first = z * (z2 + 1.0) / 4.0;
    let second = z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    let third = z * (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    z + first / df + second / df.powi(2) + third / df.powi(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_use_students_t() {
        // For one estimate, and for a hundred at once.
        for (degrees, one, hundred) in [
            (1, 12.706_204_736, 1_273.239_282_936),
            (2, 4.302_652_730, 44.704_587_293),
            (3, 3.182_446_305, 16.326_334_610),
            (4, 2.776_445_105, 10.306_254_682),
            (9, 2.262_157_163, 5.290_653_841),
            (23, 2.068_657_610, 4.047_437_064),
            (199, 1.971_956_544, 3.538_970_573),
            (100_000, 1.959_987_708, 3.480_870_539),
            (10_000_000, 1.959_964_222, 3.480_757_546),
        ] {
            for (estimates, quantile) in [(1, one), (100, hundred)] {
                let found = student(degrees, estimates);
                assert!((found / quantile - 1.0).abs() < 1e-8, "{degrees}, {estimates}: {found}");
            }
        }
    }

    #[test]
    fn the_interval_of_a_part_is_exact() {
        // Binomial sums, solved by halving apart from this program.
        for (some, all, low, high) in
            [(0, 20, 0.0, 0.168_433_5), (20, 20, 0.831_566_5, 1.0), (3, 10, 0.066_739_5, 0.652_452_9)]
        {
            let found = part_of(some, all);
            assert!((found.low - low).abs() < 1e-6 && (found.high - high).abs() < 1e-6, "{found:?}");
        }
    }

    #[test]
    fn one_observation_says_nothing_of_its_spread() {
        let one = Estimate::of(&[3.0]);
        assert_eq!((one.mean, one.half), (3.0, f64::INFINITY));
        assert!(one.covers(-1e9) && !one.above(0.0) && !one.within(-1e9, 1e9));
        assert_eq!(serde_json::to_value(one).expect("is written")["half"], serde_json::Value::Null);
        assert_eq!(one.half_width(), None);
    }

    #[test]
    fn the_interval_of_a_part_lies_round_the_adjusted_mean_and_within_its_bounds() {
        for (observations, low, high) in [(vec![1.0; 8], 0.673_8, 1.0), (vec![0.0; 8], 0.0, 0.326_2)] {
            let found = Estimate::of_parts(&observations);
            assert_eq!(found.value, observations[0]);
            assert!((found.low - low).abs() < 1e-3 && (found.high - high).abs() < 1e-3, "{found:?}");
        }
        let one = Estimate::of_parts(&[1.0]);
        assert_eq!((one.low, one.high), (0.0, 1.0));
    }

    /// Where each observation is 0 or 1, how often the interval covers is a sum.
    #[test]
    fn intervals_of_parts_cover_in_every_case() {
        for blocks in [2usize, 3, 5, 8, 12, 20, 40, 100] {
            let intervals: Vec<Interval> = (0..=blocks)
                .map(|won| {
                    let of: Vec<f64> = (0..blocks).map(|block| f64::from(u8::from(block < won))).collect();
                    Estimate::of_parts(&of)
                })
                .collect();
            for step in 1..400 {
                let chance = f64::from(step) / 400.0;
                let mut probability = libm::pow(1.0 - chance, blocks as f64);
                let mut covered = 0.0;
                for (won, interval) in intervals.iter().enumerate() {
                    covered += if interval.covers(chance) { probability } else { 0.0 };
                    probability *= (blocks - won) as f64 / (won + 1) as f64 * chance / (1.0 - chance);
                }
                assert!(covered >= 0.93, "{blocks} blocks won with {chance}: {covered}");
            }
        }
    }

    #[test]
    fn a_known_sample_has_its_known_interval() {
        let estimate = Estimate::of(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        assert!((estimate.mean - 3.0).abs() < 1e-12);
        assert!((estimate.half - 2.776 * (2.5f64 / 5.0).sqrt()).abs() < 0.02);
    }

    #[test]
    fn a_relative_difference_keeps_its_sign_and_has_no_noise_where_it_is_proportional() {
        let relative = Estimate::relative(&[0.1, 0.2, 0.3, 0.4], &[1.0, 2.0, 3.0, 4.0]);
        assert!(relative.is_some_and(|e| (e.mean - 0.1).abs() < 1e-12 && e.half < 1e-12), "{relative:?}");
        let loss = Estimate::relative(&[1.0, 1.0, 2.0, 2.0], &[-10.0, -10.0, -10.0, -10.0]);
        assert!(loss.is_some_and(|e| (e.mean - 0.15).abs() < 1e-12 && e.half > 0.0), "{loss:?}");
        assert_eq!(Estimate::relative(&[1.0, 2.0], &[1.0, -1.0]), None);
    }
}
