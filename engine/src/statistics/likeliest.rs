//! The likeliest distribution over scores whose mean stands in a given proportion to its own spread.

/// Points at which deviations are tried before the best is closed in on, besides those at which the mean is a score.
const TRIED: usize = 64;
/// Steps in which the best deviation is closed in on; they end before.
const CLOSER: usize = 60;
/// What the log-likelihood of an observation may still rise by where the best deviation is found.
const PRECISION: f64 = 1e-16;
/// Part by which no probability changes any more where a tilt is found, while deviations are tried and then: the step before was
/// about the root of that away.
const ROUGHLY: f64 = 1e-5;
const CLOSELY: f64 = 1e-9;
/// Steps in which a tilt is found; it takes about ten.
const STEPS: usize = 200;
/// Part of the way to the bound of what is positive that a step may go.
const WITHIN: f64 = 0.95;

/// The likeliest distribution over scores, given what was found (scores, and the part of all that had each), among those whose mean
/// is ½ plus `advantage` standard deviations: logarithms of probabilities over what was found, in its order. There may be
/// several maxima, since the condition is not linear; so every deviation is tried, for each of which mean and variance are
/// linear conditions.
pub(super) fn likeliest(found: &[(f64, f64)], advantage: f64) -> Vec<f64> {
    // A mean of ½ + advantage · deviation leaves room for a deviation below this.
    let most = 0.5 / (1.0 + advantage * advantage).sqrt();
    let at_scores = found.iter().map(|(score, _)| (score - 0.5) / advantage);
    let mut deviations: Vec<f64> = (1..TRIED)
        .map(|step| most * step as f64 / TRIED as f64)
        .chain(at_scores.filter(|deviation| *deviation > 0.0 && *deviation < most))
        .collect();
    deviations.sort_by(f64::total_cmp);
    let of = |deviation, from, precision| Tilted::of(found, advantage, deviation, from, precision);
    let mut tried: Vec<Option<Tilted>> = Vec::with_capacity(deviations.len());
    for &deviation in &deviations {
        // Neighbours have nearly the same tilt.
        let last = tried.last().copied().flatten();
        tried.push(of(deviation, last.map_or([0.0; 2], |last| last.tilt), ROUGHLY));
    }
    let likelihood = |tried: &Option<Tilted>| tried.map_or(f64::NEG_INFINITY, |here| here.likelihood);
    let best = (0..tried.len()).max_by(|&a, &b| likelihood(&tried[a]).total_cmp(&likelihood(&tried[b])));
    let best = best.unwrap_or_default();
    let Some(mut here) = tried.get(best).copied().flatten() else { return vec![0.0; found.len()] };
    let end = |place: Option<usize>, bound: f64| {
        let there = place.and_then(|place| tried.get(place)).copied().flatten();
        let deviation = place.and_then(|place| deviations.get(place)).copied().unwrap_or(bound);
        (deviation, there.map(|there| there.slope))
    };
    let (mut low, mut high) = (end(best.checked_sub(1), 0.0), end(Some(best + 1), most));
    let mut highest = here;
    // The slope is zero at the best deviation: regula falsi, halving the slope of an end that stays (Illinois).
    for _ in 0..CLOSER {
        let rises = here.slope > 0.0;
        let (moved, stays) = if rises { (&mut low, &mut high) } else { (&mut high, &mut low) };
        *moved = (here.deviation, Some(here.slope));
        stays.1 = stays.1.map(|slope| 0.5 * slope);
        if (here.slope * (high.0 - low.0)).abs() < PRECISION {
            break;
        }
        let next = match (low.1, high.1) {
            (Some(rise), Some(fall)) if rise > 0.0 && fall < 0.0 => {
                low.0 + (high.0 - low.0) * rise / (rise - fall)
            }
            _ => 0.5 * (low.0 + high.0),
        };
        match of(next, here.tilt, CLOSELY) {
            Some(there) => here = there,
            // No distribution is there: the best is nearer.
            None if rises => high = (next, None),
            None => low = (next, None),
        }
        if here.likelihood > highest.likelihood {
            highest = here;
        }
    }
    of(highest.deviation, highest.tilt, CLOSELY)
        .map_or_else(|| vec![0.0; found.len()], |tilted| tilted.logs(found))
}

/// The likeliest distribution over scores with one mean and one standard deviation: what was found over 1 + λ·g, for conditions g
/// of mean zero (Owen 1988).
#[derive(Clone, Copy, Debug)]
struct Tilted {
    mean: f64,
    deviation: f64,
    /// λ.
    tilt: [f64; 2],
    /// Mean logarithm of probabilities over what was found.
    likelihood: f64,
    /// By how much that rises with the deviation, the mean being ½ + advantage · deviation.
    slope: f64,
}

/// A score while λ is looked for.
struct Score {
    /// Part of all that had it.
    part: f64,
    /// What has the mean zero: the distance from the mean in deviations, and its square less one.
    g: [f64; 2],
    /// 1 + λ·g.
    over: f64,
    /// Its probability; in the end what was found over the above.
    probability: f64,
}

impl Tilted {
    /// Nothing where no distribution over these scores has this mean and deviation. λ is looked for by Newton's method on two
    /// kinds of unknowns at once, λ and probabilities (a primal-dual interior point method): on λ alone it creeps where scores
    /// that hardly came up bound the way.
    fn of(
        found: &[(f64, f64)],
        advantage: f64,
        deviation: f64,
        from: [f64; 2],
        precision: f64,
    ) -> Option<Self> {
        let (mean, variance) = (0.5 + advantage * deviation, deviation * deviation);
        let above = found.iter().position(|(score, _)| *score > mean)?;
        let least = (mean - found[above.checked_sub(1)?].0) * (found[above].0 - mean);
        if variance <= least || variance >= mean * (1.0 - mean) {
            return None;
        }
        let begun = |tilt: [f64; 2]| {
            let score = move |&(score, part): &(f64, f64)| {
                let g = conditions(score, mean, deviation);
                let over = 1.0 + product(tilt, g);
                Score { part, g, over, probability: part / over }
            };
            found.iter().map(score).collect::<Vec<Score>>()
        };
        let (mut tilt, mut scores) = (from, begun(from));
        if scores.iter().any(|score| score.over <= 0.0) {
            tilt = [0.0; 2];
            scores = begun(tilt);
        }
        for _ in 0..STEPS {
            let Some((step, part)) = step(&mut scores) else { break };
            tilt = [tilt[0] + part * step[0], tilt[1] + part * step[1]];
            if scores.iter().all(|score| (product(step, score.g) / score.over).abs() < precision) {
                break;
            }
        }
        let likelihood = -scores.iter().map(|score| score.part * libm::log(score.over)).sum::<f64>();
        // By the envelope theorem, λ alone says how the likelihood goes on.
        let slope = (advantage * tilt[0] + 2.0 * tilt[1]) / deviation;
        Some(Self { mean, deviation, tilt, likelihood, slope })
    }

    /// Logarithms of probabilities over what was found.
    fn logs(&self, found: &[(f64, f64)]) -> Vec<f64> {
        let over = |score| 1.0 + product(self.tilt, conditions(score, self.mean, self.deviation));
        found.iter().map(|&(score, _)| -libm::log(over(score))).collect()
    }
}

/// Makes a step, of which only a part is made where a whole one would leave what is positive: the step of λ, and the part.
fn step(scores: &mut [Score]) -> Option<([f64; 2], f64)> {
    let (mut slope, mut curvature) = ([0.0; 2], [0.0; 3]);
    for Score { part, g, over, probability } in &*scores {
        let (one, two) = (part / over, probability / over);
        slope[0] += one * g[0];
        slope[1] += one * g[1];
        curvature[0] += two * g[0] * g[0];
        curvature[1] += two * g[0] * g[1];
        curvature[2] += two * g[1] * g[1];
    }
    let determinant = curvature[0] * curvature[2] - curvature[1] * curvature[1];
    let step = [
        (curvature[2] * slope[0] - curvature[1] * slope[1]) / determinant,
        (curvature[0] * slope[1] - curvature[1] * slope[0]) / determinant,
    ];
    if !step.iter().all(|step| step.is_finite()) {
        return None;
    }
    let moves = |score: &Score| {
        let over = product(step, score.g);
        (over, (score.part - score.probability * (score.over + over)) / score.over)
    };
    // How much of it leaves both kinds of unknowns positive.
    let (mut of_tilt, mut of_probability) = (1.0f64, 1.0f64);
    for score in &*scores {
        let (over, probability) = moves(score);
        if over < 0.0 {
            of_tilt = of_tilt.min(-WITHIN * score.over / over);
        }
        if probability < 0.0 {
            of_probability = of_probability.min(-WITHIN * score.probability / probability);
        }
    }
    for score in scores {
        let (over, probability) = moves(score);
        score.over += of_tilt * over;
        score.probability += of_probability * probability;
    }
    Some((step, of_tilt))
}

/// What has the mean zero: the distance from the mean in deviations, and its square less one.
fn conditions(score: f64, mean: f64, deviation: f64) -> [f64; 2] {
    let apart = (score - mean) / deviation;
    [apart, apart * apart - 1.0]
}

fn product(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How much likelier the likeliest distribution with an advantage is than what was found, at most 0; and its advantage.
    fn likelihood(found: &[(f64, f64)], advantage: f64) -> (f64, f64) {
        let logs = likeliest(found, advantage);
        let of = |f: &dyn Fn(f64) -> f64| -> f64 {
            found.iter().zip(&logs).map(|((score, part), log)| f(*score) * part * libm::exp(*log)).sum()
        };
        let mean = of(&|score| score);
        assert!((of(&|_| 1.0) - 1.0).abs() < 1e-8, "{found:?}, {advantage}: {logs:?}");
        let deviation = of(&|score| (score - mean).powi(2)).sqrt();
        let likelihood = found.iter().zip(&logs).map(|((_, part), log)| part * log).sum();
        (likelihood, (mean - 0.5) / deviation)
    }

    #[test]
    fn no_distribution_with_the_advantage_is_likelier() {
        // Of three scores, all with a mean and an advantage are one: a plain search over means finds the likeliest.
        for counts in
            [[1.0, 5.0, 2.0], [8.0, 1e-3, 1e-3], [1e-3, 1e-3, 8.0], [3.0, 1e-3, 5.0], [1e-3, 40.0, 2.0]]
        {
            let all: f64 = counts.iter().sum();
            let found: Vec<(f64, f64)> =
                counts.iter().zip([0.0, 0.5, 1.0]).map(|(count, score)| (score, count / all)).collect();
            for advantage in [0.05, -0.2, 0.7, 1.5] {
                let best = (1..100_000)
                    .filter_map(|step| {
                        let mean = f64::from(step) / 100_000.0;
                        let deviation = (mean - 0.5) / advantage;
                        let square = deviation * deviation + mean * mean;
                        let half = 4.0 * (mean - square);
                        let p = [1.0 - mean - 0.5 * half, half, mean - 0.5 * half];
                        let sound = deviation > 0.0 && p.iter().all(|p| *p > 0.0);
                        let of = |(p, (_, part)): (&f64, &(f64, f64))| part * libm::log(p / part);
                        sound.then(|| p.iter().zip(&found).map(of).sum::<f64>())
                    })
                    .fold(f64::NEG_INFINITY, f64::max);
                let (likelihood, has) = likelihood(&found, advantage);
                assert!((has - advantage).abs() < 1e-9, "{counts:?}: {has} is not {advantage}");
                assert!(
                    likelihood > best - 1e-12 && likelihood < best + 1e-3,
                    "{counts:?}: {likelihood}, {best}"
                );
            }
        }
    }

    #[test]
    fn many_scores_of_which_most_hardly_came_up_are_no_harder() {
        // As of 16 seats, where λ alone creeps.
        let counts = [1, 1, 3, 9, 27, 54, 87, 162, 203, 253, 278, 273, 240, 187, 115, 51, 31, 15, 5, 4, 1]
            .map(f64::from);
        let all = counts.iter().sum::<f64>() + 12.0 * 1e-3;
        let found: Vec<(f64, f64)> = (0..33)
            .map(|step| {
                let count = if (4..25).contains(&step) { counts[step - 4] } else { 1e-3 };
                (step as f64 / 32.0, count / all)
            })
            .collect();
        let (likelihood, has) = likelihood(&found, 250.0 / (800.0 / std::f64::consts::LN_10) * 4.0);
        assert!((has - 2.878_231).abs() < 1e-6, "{has}");
        assert!(likelihood < -1.0 && likelihood > -10.0, "{likelihood}");
    }
}
