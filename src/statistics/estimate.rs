//! Means with intervals.

use serde::Serialize;

use crate::sim::draw::normal_quantile;

/// A mean and the half-width of its 95% interval.
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
        let variance = observations.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
        Self { mean, half: student(observations.len().saturating_sub(1), estimates) * (variance / n).sqrt() }
    }

    /// From independent observations between 0 and 1 of which there may be few, or all may be alike: the mean as it is, the
    /// interval as if there were one more of each end (after Agresti and Coull 1998), for what never happened may yet.
    pub fn of_parts(observations: &[f64]) -> Self {
        let more: Vec<f64> = observations.iter().copied().chain([0.0, 1.0]).collect();
        let mean = observations.iter().sum::<f64>() / observations.len().max(1) as f64;
        Self { mean, half: Self::of(&more).half }
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

/// How much wider the interval of a mean of so many observations is by Student's t than one that takes their spread for
/// the spread of all there could be.
pub(super) fn few(observations: usize) -> f64 {
    let degrees = observations.saturating_sub(1).max(1);
    student(degrees, 1) / normal_quantile(0.975) * (observations as f64 / degrees as f64).sqrt()
}

/// The quantile of Student's t that leaves 5% outside on both sides together, over so many estimates: the normal one,
/// corrected to third order in 1/df (Cornish and Fisher); exact to a percent from four degrees of freedom on.
fn student(degrees: usize, estimates: usize) -> f64 {
    let z = normal_quantile(1.0 - 0.025 / estimates.max(1) as f64);
    let df = degrees.max(1) as f64;
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
        for (degrees, quantile) in [(4, 2.776), (9, 2.262), (23, 2.069), (199, 1.972)] {
            assert!(
                (student(degrees, 1) / quantile - 1.0).abs() < 0.01,
                "{degrees}: {}",
                student(degrees, 1)
            );
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
