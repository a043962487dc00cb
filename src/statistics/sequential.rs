//! Is A better than B? Asked after every block of matches, until the answer is clear: Wald's sequential probability ratio
//! test (1945) in its generalised form for any scores (Li, Liu and Ying 2014), with hypotheses in normalised Elo (Van den
//! Bergh 2020): a block's mean advantage over its standard deviation, so that the matches needed depend on it alone.

use serde::{Deserialize, Serialize};

use super::multiple::normal_cumulative;

/// Normalised Elo points of an advantage of one standard deviation a match.
const POINTS: f64 = 800.0 / std::f64::consts::LN_10;
/// What counts as seen of a score that never came up, in blocks: with none the ratio would be settled by the first.
const UNSEEN: f64 = 1e-3;

/// A test of A against B.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SequentialTest {
    /// Normalised Elo that A is no better by, if it is not better.
    pub none: f64,
    /// Normalised Elo that A is better by, if it is.
    pub some: f64,
    /// Probability of calling A better when it is not.
    pub false_alarm: f64,
    /// Probability of not calling A better when it is.
    pub miss: f64,
}

impl Default for SequentialTest {
    /// Zero against fifty points at one in a hundred and one in twenty.
    fn default() -> Self {
        Self { none: 0.0, some: 50.0, false_alarm: 0.01, miss: 0.05 }
    }
}

/// What a test says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// A is better.
    Better,
    /// A is not better by as much as was asked.
    NotBetter,
    /// More matches are needed.
    Open,
}

impl SequentialTest {
    /// The log-likelihood ratios at which it ends: A is not better, and better.
    pub fn bounds(&self) -> [f64; 2] {
        [libm::log(self.miss / (1.0 - self.false_alarm)), libm::log((1.0 - self.miss) / self.false_alarm)]
    }

    /// Log-likelihood ratio of A better to A not better. `counts` says how many blocks ended with each score for A: from all
    /// lost to all won in equal steps, of `matches` matches a block.
    pub fn log_ratio(&self, counts: &[f64], matches: usize) -> f64 {
        let blocks: f64 = counts.iter().sum();
        if blocks == 0.0 || counts.len() < 2 {
            return 0.0;
        }
        let seen: Vec<f64> = counts.iter().map(|&count| if count > 0.0 { count } else { UNSEEN }).collect();
        let all: f64 = seen.iter().sum();
        let steps = (counts.len() - 1) as f64;
        let found: Vec<(f64, f64)> =
            seen.iter().enumerate().map(|(step, count)| (step as f64 / steps, count / all)).collect();
        let likeliest = |points: f64| likeliest(&found, points / POINTS * (matches as f64).sqrt());
        let (none, some) = (likeliest(self.none), likeliest(self.some));
        let ratio = |((one, other), (_, part)): ((&f64, &f64), &(f64, f64))| part * libm::log(other / one);
        all * none.iter().zip(&some).zip(&found).map(ratio).sum::<f64>()
    }

    /// What a log-likelihood ratio says.
    pub fn verdict(&self, log_ratio: f64) -> Verdict {
        let [low, high] = self.bounds();
        if log_ratio >= high {
            Verdict::Better
        } else if log_ratio <= low {
            Verdict::NotBetter
        } else {
            Verdict::Open
        }
    }
}

/// The likeliest distribution over scores, given what was found, among those whose mean is ½ plus `advantage` standard
/// deviations: probabilities in the order of `found`.
fn likeliest(found: &[(f64, f64)], advantage: f64) -> Vec<f64> {
    let mut chances = vec![1.0 / found.len() as f64; found.len()];
    for _ in 0..20 {
        let mean: f64 = found.iter().zip(&chances).map(|((score, _), chance)| score * chance).sum();
        let variance: f64 =
            found.iter().zip(&chances).map(|((score, _), chance)| (score - mean).powi(2) * chance).sum();
        let deviation = variance.sqrt();
        // The condition on mean and deviation, made linear at the present distribution.
        let distance = |score: f64| {
            score - 0.5 - advantage * deviation * (1.0 + ((mean - score) / deviation).powi(2)) / 2.0
        };
        let distances: Vec<(f64, f64)> = found.iter().map(|&(score, part)| (distance(score), part)).collect();
        let tilt = tilt(&distances);
        let next: Vec<f64> = distances.iter().map(|(d, part)| part / (1.0 + tilt * d)).collect();
        let moved = chances.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        chances = next;
        if moved < 1e-12 {
            break;
        }
    }
    chances
}

/// x with Σ part · d / (1 + x·d) = 0, by halving: the sum falls in x, and has a pole at either end.
fn tilt(distances: &[(f64, f64)]) -> f64 {
    let most = distances.iter().map(|d| d.0).fold(f64::NEG_INFINITY, f64::max);
    let least = distances.iter().map(|d| d.0).fold(f64::INFINITY, f64::min);
    if least >= 0.0 || most <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (-1.0 / most, -1.0 / least);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        let sum: f64 = distances.iter().map(|(d, part)| part * d / (1.0 + middle * d)).sum();
        if sum > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// A mean score in Elo points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Elo {
    /// Points by which A is ahead.
    pub points: f64,
    /// Half of the 95% interval.
    pub half: f64,
    /// Probability that A is better.
    pub likelihood_of_superiority: f64,
}

/// Elo of A over B from how often each score came up, as in [`SequentialTest::log_ratio`]. Nothing where all or nothing was
/// won, of which no number of points is the measure.
pub fn elo(counts: &[f64]) -> Option<Elo> {
    let all: f64 = counts.iter().sum();
    let steps = (counts.len().max(2) - 1) as f64;
    let moment = |f: &dyn Fn(f64) -> f64| {
        counts.iter().enumerate().map(|(step, count)| count * f(step as f64 / steps)).sum::<f64>() / all
    };
    let mean = moment(&|score| score);
    let deviation = (moment(&|score| (score - mean).powi(2)) / all).sqrt();
    if !(mean > 0.0 && mean < 1.0 && deviation > 0.0) {
        return None;
    }
    let points = |mean: f64| -400.0 * libm::log10(1.0 / mean - 1.0);
    let sane = |mean: f64| mean.clamp(1e-6, 1.0 - 1e-6);
    let (low, high) = (sane(mean - 1.959_964 * deviation), sane(mean + 1.959_964 * deviation));
    Some(Elo {
        points: points(mean),
        half: 0.5 * (points(high) - points(low)),
        likelihood_of_superiority: normal_cumulative((mean - 0.5) / deviation),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(none: f64, some: f64) -> SequentialTest {
        SequentialTest { none, some, false_alarm: 0.05, miss: 0.05 }
    }

    #[test]
    fn published_ratios_come_out_of_published_counts() {
        let single = test(0.0, 2.0).log_ratio(&[36_027.0, 68_692.0, 36_433.0], 1);
        assert!((single - 0.92).abs() < 0.005, "{single}");
        let pairs = test(0.0, 2.0).log_ratio(&[365.0, 16_618.0, 36_229.0, 16_974.0, 390.0], 2);
        assert!((pairs - 2.25).abs() < 0.005, "{pairs}");
    }

    #[test]
    fn whoever_wins_everything_settles_it() {
        let won = test(0.0, 10.0).log_ratio(&[0.0, 0.0, 4250.0], 1);
        assert!((won - 120.56).abs() < 0.05, "{won}");
        assert_eq!(test(0.0, 10.0).verdict(won), Verdict::Better);
        let lost = test(0.0, 10.0).log_ratio(&[4250.0, 0.0, 0.0], 1);
        assert_eq!(test(0.0, 10.0).verdict(lost), Verdict::NotBetter);
        assert_eq!(test(0.0, 10.0).verdict(0.0), Verdict::Open);
    }

    #[test]
    fn elo_has_its_published_interval() {
        let found = elo(&[96.0, 111.0, 136.0]).expect("a number of points");
        assert!((found.points - 40.70).abs() < 0.005, "{found:?}");
        assert!((found.half - 30.43).abs() < 0.02, "{found:?}");
        assert!((found.likelihood_of_superiority - 0.996).abs() < 5e-5, "{found:?}");
        assert_eq!(elo(&[0.0, 0.0, 9.0]), None);
    }
}
