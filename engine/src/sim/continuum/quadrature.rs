//! Points and weights that replace people: sums over them are integrals over tastes and sensitivities.

use crate::level::TasteSpace;

/// Points over which a lognormal or normal spread is summed up: equal steps between ± this many standard deviations,
/// which is exact to ten digits for smooth functions.
const DEVIATIONS: f64 = 6.0;

const STEPS: usize = 36;

/// Nodes and weights of Gauss–Legendre quadrature on −1 to 1 (positive half of twelve).
const GAUSS: [(f64, f64); 6] = [
    (0.125_233_408_511_468_9, 0.249_147_045_813_402_8),
    (0.367_831_498_998_180_2, 0.233_492_536_538_354_8),
    (0.587_317_954_286_617_4, 0.203_167_426_723_065_9),
    (0.769_902_674_194_304_7, 0.160_078_328_543_346_2),
    (0.904_117_256_370_474_9, 0.106_939_325_995_318_4),
    (0.981_560_634_246_719_3, 0.047_175_336_386_511_83),
];

/// Factors around a median of 1, with their weights: the wider they are spread, the sharper choices change between one
/// standard deviation and the next, and the more steps there are.
pub(in crate::sim) fn lognormal(spread: f64) -> Vec<(f64, f64)> {
    let steps = STEPS * (1.0 + 3.0 * spread).ceil() as usize;
    in_steps(0.0, spread, steps).into_iter().map(|(z, weight)| (libm::exp(z), weight)).collect()
}

/// Values around a mean, with their weights.
pub(in crate::sim) fn normal(mean: f64, spread: f64) -> Vec<(f64, f64)> {
    in_steps(mean, spread, STEPS)
}

fn in_steps(mean: f64, spread: f64, steps: usize) -> Vec<(f64, f64)> {
    if spread == 0.0 {
        return vec![(mean, 1.0)];
    }
    let points: Vec<(f64, f64)> = (0..=steps)
        .map(|step| {
            let z = DEVIATIONS * (2.0 * step as f64 / steps as f64 - 1.0);
            (mean + spread * z, libm::exp(-z * z / 2.0))
        })
        .collect();
    let sum: f64 = points.iter().map(|(_, weight)| weight).sum();
    points.into_iter().map(|(value, weight)| (value, weight / sum)).collect()
}

/// Values spread evenly from 0 to `top`, with their weights.
pub(in crate::sim) fn uniform(top: f64) -> Vec<(f64, f64)> {
    if top == 0.0 { vec![(0.0, 1.0)] } else { on_segment(0.0, top).map(|(x, w)| (x, w / top)).collect() }
}

/// Gauss–Legendre nodes on a segment; weights sum to its length.
pub(in crate::sim) fn on_segment(from: f64, to: f64) -> impl Iterator<Item = (f64, f64)> {
    let (middle, half) = ((from + to) / 2.0, (to - from) / 2.0);
    GAUSS.into_iter().flat_map(move |(node, weight)| {
        [(middle - half * node, half * weight), (middle + half * node, half * weight)]
    })
}

/// Where the ways to the shops have kinks, from 0 to 1.
pub(in crate::sim) fn kinks(space: TasteSpace, tastes: &[f64]) -> Vec<f64> {
    let opposite = |&taste: &f64| (space == TasteSpace::Circle).then_some((taste + 0.5).fract());
    let mut kinks: Vec<f64> =
        tastes.iter().copied().chain(tastes.iter().filter_map(opposite)).chain([0.0, 1.0]).collect();
    kinks.sort_by(f64::total_cmp);
    kinks.dedup();
    kinks
}

/// Positions of taste over which something smooth between kinks is summed up, with weights that sum to one.
pub(in crate::sim) fn positions(space: TasteSpace, tastes: &[f64], strength: f64) -> Vec<(f64, f64)> {
    if strength == 0.0 {
        return vec![(0.0, 1.0)];
    }
    kinks(space, tastes).windows(2).flat_map(|ends| on_segment(ends[0], ends[1])).collect()
}

/// The space of tastes in pieces within which lines neither cross each other nor a threshold: the length of each, and the
/// values in its middle. `values` must be linear between kinks.
pub(in crate::sim) fn pieces(
    space: TasteSpace,
    tastes: &[f64],
    strength: f64,
    values: &dyn Fn(f64) -> Vec<f64>,
    thresholds: &[f64],
) -> Vec<(f64, Vec<f64>)> {
    if strength == 0.0 {
        return vec![(1.0, values(0.0))];
    }
    let mut found = Vec::new();
    for ends in kinks(space, tastes).windows(2) {
        let (from, to) = (ends[0], ends[1]);
        let (left, right) = (values(from), values(to));
        let mut cuts = vec![0.0, 1.0];
        let mut cut = |a: f64, b: f64| {
            // Where a difference that is `a` at the left end and `b` at the right one vanishes.
            if a * b < 0.0 {
                cuts.push(a / (a - b));
            }
        };
        for one in 0..left.len() {
            thresholds.iter().for_each(|level| cut(left[one] - level, right[one] - level));
            (0..one).for_each(|other| cut(left[one] - left[other], right[one] - right[other]));
        }
        cuts.sort_by(f64::total_cmp);
        for part in cuts.windows(2).filter(|part| part[1] > part[0]) {
            let middle = from + (to - from) * (part[0] + part[1]) / 2.0;
            found.push(((to - from) * (part[1] - part[0]), values(middle)));
        }
    }
    found
}
