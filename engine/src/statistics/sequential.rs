//! Is A better than B? Asked after every block of matches, until the answer is clear: Wald's sequential probability ratio
//! test (1945) in its generalised form for any scores (Li, Liu and Ying 2014), with hypotheses in normalised Elo (Van den
//! Bergh 2020): a block's mean advantage over its standard deviation, so that the matches needed depend on it alone.

use serde::{Deserialize, Serialize};

use super::likeliest::likeliest;
use super::multiple::normal_cumulative;

/// Normalised Elo points of an advantage of one standard deviation a match.
pub const NORMALISED: f64 = 800.0 / std::f64::consts::LN_10;
/// What counts as seen of a score that never came up, in blocks: with none the ratio would be settled by the first.
const UNSEEN: f64 = 1e-3;

/// Blocks of which all are won or all are lost, after which a test that can decide anything has done so.
const MANY: f64 = 10_000.0;

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
        let likeliest = |points: f64| likeliest(&found, points / NORMALISED * (matches as f64).sqrt());
        let (none, some) = (likeliest(self.none), likeliest(self.some));
        let ratio = |((one, other), (_, part)): ((&f64, &f64), &(f64, f64))| part * (other - one);
        all * none.iter().zip(&some).zip(&found).map(ratio).sum::<f64>()
    }

    /// Whether its hypotheses can be told apart: whoever wins, or loses, every one of many blocks must settle it, the one way and the
    /// other.
    pub fn can_decide(&self) -> bool {
        let all = |step: usize| {
            let mut counts = [0.0; 3];
            counts[step] = MANY;
            self.verdict(self.log_ratio(&counts, 1))
        };
        all(0) == Verdict::NotBetter && all(2) == Verdict::Better
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
    fn whoever_loses_everything_is_not_better_however_bold_the_hypotheses() {
        let ratio = |none, some, counts: &[f64]| test(none, some).log_ratio(counts, 2);
        let (lost, won, even) =
            ([8.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 8.0], [0.0, 0.0, 8.0, 0.0, 0.0]);
        assert!((ratio(0.0, 300.0, &lost) + 11.89).abs() < 0.005, "{}", ratio(0.0, 300.0, &lost));
        assert!((ratio(-300.0, 0.0, &won) - 11.89).abs() < 0.005, "{}", ratio(-300.0, 0.0, &won));
        for some in [50.0, 100.0, 145.0, 245.0, 300.0, 400.0, 600.0] {
            for other in [1.0, 2.0, 8.0] {
                assert!(ratio(0.0, some, &[8.0, other, 0.0, 0.0, 0.0]) < 0.0, "{some}, {other}");
                assert!(ratio(-some, 0.0, &[0.0, 0.0, 0.0, other, 8.0]) > 0.0, "{some}, {other}");
            }
            assert!(ratio(0.0, some, &lost) < 0.0 && ratio(0.0, some, &won) > 0.0, "{some}");
            assert!(ratio(0.0, some, &even) < 0.0, "draws are no advantage: {some}");
            // Who is A is a matter of names.
            let mixed = [3.0, 1.0, 4.0, 1.0, 5.0];
            let turned: Vec<f64> = mixed.iter().rev().copied().collect();
            let (one, other) = (ratio(-20.0, some, &mixed), ratio(-some, 20.0, &turned));
            assert!((one + other).abs() < 1e-9, "{some}: {one}, {other}");
        }
    }

    #[test]
    fn hypotheses_that_nothing_tells_apart_decide_nothing() {
        for (none, some, decides) in [
            (0.0, 50.0, true),
            (-110.0, -10.0, true),
            (0.0, 300.0, true),
            (0.0, 1e-6, false),
            (5000.0, 6000.0, false),
            (-400.0, 400.0, true),
            (1e300, f64::MAX, false),
        ] {
            assert_eq!(test(none, some).can_decide(), decides, "{none}, {some}");
        }
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
