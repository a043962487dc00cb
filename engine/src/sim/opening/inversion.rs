//! From shares to the utility that holds them (Berry 1994).

use multiversion::multiversion;

use super::start::Precision;
use super::types::Type;
use crate::level::MAX_PLATFORMS;
use crate::sim::choice::ChoiceRow;
use crate::sim::linear;

/// Largest deviation of a share, in logarithms, that is none.
const CLOSE: f64 = 1e-9;
/// Least share that a utility is found for.
const LEAST: f64 = 1e-12;

/// The common utilities (over μ) at which the types' settled choices have the target shares. With no offline option utilities are
/// relative to the mean.
///
/// A level is inverted by a contraction, to the bit as its played worlds were; an imagined market by Newton's method, which needs few
/// rounds, and by the contraction where that leads nowhere.
pub(super) fn invert(types: &[Type], row: &ChoiceRow, target: &[f64], precision: Precision) -> Vec<f64> {
    let problem = Problem::new(types, row, target);
    let newton = (precision == Precision::Coarse).then(|| problem.newton()).flatten();
    let mut utility = newton.unwrap_or_else(|| problem.contraction());
    if !row.offline {
        let known = problem.known.iter().filter(|known| **known).count();
        let all = utility.iter().zip(problem.known).filter(|(_, known)| *known);
        let mean = all.map(|(u, _)| u).sum::<f64>() / known.max(1) as f64;
        utility.iter_mut().for_each(|u| *u -= mean);
    }
    utility
}

/// Shares to be held by types.
struct Problem<'a> {
    types: &'a [Type],
    target: &'a [f64],
    shops: usize,
    /// Weight of staying offline.
    offline: f64,
    /// exp(habit) − 1 of staying offline.
    pull: f64,
    /// Part of the types that choose at all.
    choosing: f64,
    /// Shops that anybody knows: of the others no share tells anything.
    known: [bool; MAX_PLATFORMS],
}

impl<'a> Problem<'a> {
    fn new(types: &'a [Type], row: &ChoiceRow, target: &'a [f64]) -> Self {
        let offline = if row.offline { 1.0 } else { 0.0 };
        // Who knows no shop and has no offline option buys nothing, and counts in nobody's share.
        let chooses = |kind: &&Type| offline > 0.0 || kind.own.iter().any(|&w| w > 0.0);
        Self {
            types,
            target,
            shops: row.shops,
            offline,
            pull: libm::exp(f64::from(row.habit)) - 1.0,
            choosing: types.iter().filter(chooses).map(|kind| kind.weight).sum(),
            known: std::array::from_fn(|shop| types.iter().any(|kind| kind.own[shop] > 0.0)),
        }
    }

    fn start(&self) -> Vec<f64> {
        self.target[..self.shops].iter().map(|&share| libm::log(share.max(LEAST))).collect()
    }

    /// Weights of a type's alternatives with these factors, and their sum.
    fn weights(&self, kind: &Type, factor: &[f64]) -> ([f64; MAX_PLATFORMS], f64) {
        let mut weight = [0.0; MAX_PLATFORMS];
        let mut total = self.offline;
        for shop in 0..self.shops {
            weight[shop] = factor[shop] * kind.own[shop];
            total += weight[shop];
        }
        (weight, total)
    }

    /// What the settled choices of a type add up to: π ∝ w(Σw + (e^h − 1)w).
    fn norm(&self, kind: &Type, weight: &[f64], total: f64) -> f64 {
        let settled = |w: f64, pull: f64| w * (total + pull * w);
        let by_shop = weight[..self.shops].iter().zip(kind.pull);
        settled(self.offline, self.pull) + by_shop.map(|(&w, pull)| settled(w, pull)).sum::<f64>()
    }

    /// By how much a share that was found is too small, in logarithms.
    fn miss(&self, shop: usize, found: f64) -> f64 {
        if !self.known[shop] {
            return 0.0;
        }
        libm::log(self.target[shop].max(LEAST) * self.choosing / found.max(1e-300))
    }

    /// Berry's contraction, damped, since habit nearly doubles how settled shares answer to utility.
    fn contraction(&self) -> Vec<f64> {
        const MAX_ROUNDS: usize = 200;
        const DAMPING: f64 = 0.6;
        let mut utility = self.start();
        for _ in 0..MAX_ROUNDS {
            let factor: Vec<f64> = utility.iter().map(|&u| libm::exp(u)).collect();
            let mut found = [0.0; MAX_PLATFORMS];
            for kind in self.types {
                let (weight, total) = self.weights(kind, &factor);
                let norm = self.norm(kind, &weight, total);
                if norm > 0.0 {
                    for shop in 0..self.shops {
                        let settled = weight[shop] * (total + kind.pull[shop] * weight[shop]);
                        found[shop] += kind.weight * settled / norm;
                    }
                }
            }
            let mut worst: f64 = 0.0;
            for shop in 0..self.shops {
                let miss = self.miss(shop, found[shop]);
                worst = worst.max(miss.abs());
                utility[shop] += DAMPING * miss;
            }
            if worst < CLOSE {
                break;
            }
        }
        utility
    }

    /// Newton's method for log shares; nothing where it does not arrive.
    fn newton(&self) -> Option<Vec<f64>> {
        const MAX_ROUNDS: usize = 25;
        const LONGEST: f64 = 2.0;
        const LAST: f64 = 1e-5;
        let mut free: Vec<usize> = (0..self.shops).filter(|&shop| self.known[shop]).collect();
        // Without an offline option only differences count: the last stays where it is.
        if self.offline == 0.0 {
            free.pop();
        }
        let mut utility = self.start();
        for _ in 0..MAX_ROUNDS {
            let (found, slope) = self.slopes(&utility);
            if (0..self.shops).all(|shop| self.miss(shop, found[shop]).abs() < CLOSE) {
                return Some(utility);
            }
            let mut step: Vec<f64> = free.iter().map(|&shop| self.miss(shop, found[shop])).collect();
            let row = |&j: &usize| free.iter().map(|&k| slope[j][k] / found[j]).collect();
            let mut rows: Vec<Vec<f64>> = free.iter().map(row).collect();
            linear::solve(&mut rows, &mut step)?;
            let longest = step.iter().fold(0.0, |longest: f64, step| longest.max(step.abs()));
            if !longest.is_finite() {
                return None;
            }
            let shorter = (LONGEST / longest.max(1e-300)).min(1.0);
            free.iter().zip(step).for_each(|(&shop, step)| utility[shop] += shorter * step);
            // Errors are squared from step to step: after such a one nothing is left to be found.
            if longest < LAST {
                return Some(utility);
            }
        }
        None
    }

    /// Shares found, and by how much each changes with each utility.
    fn slopes(&self, utility: &[f64]) -> (Row, [Row; MAX_PLATFORMS]) {
        let factor: Vec<f64> = utility.iter().map(|&u| libm::exp(u)).collect();
        let (mut found, mut slope) = ([0.0; MAX_PLATFORMS], [[0.0; MAX_PLATFORMS]; MAX_PLATFORMS]);
        for kind in self.types {
            let (weight, total) = self.weights(kind, &factor);
            let norm = self.norm(kind, &weight, total);
            if norm > 0.0 && kind.weight > 0.0 {
                add_slopes(kind, &weight, [total, norm], self.shops, &mut found, &mut slope);
            }
        }
        (found, slope)
    }
}

/// A number for each shop.
type Row = [f64; MAX_PLATFORMS];

/// Adds a type's settled choices, s = w(Σw + pull·w) over their sum, and how they change with each utility: the sum changes with uₖ by
/// 2sₖ. Shops that there are not have no weight.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn add_slopes(
    kind: &Type,
    weight: &Row,
    [total, norm]: [f64; 2],
    shops: usize,
    found: &mut Row,
    slope: &mut [Row; MAX_PLATFORMS],
) {
    let part = kind.weight / norm;
    let (mut settled, mut of_norm) = ([0.0; MAX_PLATFORMS], [0.0; MAX_PLATFORMS]);
    for shop in 0..MAX_PLATFORMS {
        settled[shop] = part * weight[shop] * (total + kind.pull[shop] * weight[shop]);
        of_norm[shop] = 2.0 * settled[shop] / kind.weight;
        found[shop] += settled[shop];
    }
    for (j, row) in slope.iter_mut().enumerate().take(shops) {
        let (own, here) = (part * weight[j], settled[j]);
        for k in 0..MAX_PLATFORMS {
            row[k] += own * weight[k] - here * of_norm[k];
        }
        row[j] += here + kind.pull[j] * own * weight[j];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::Level;
    use crate::strategy;

    #[test]
    fn an_imagined_market_is_inverted_to_the_same_utilities_by_newtons_method() {
        for name in
            ["arena/duel", "arena/six", "arena/two_ecosystems", "history/china_2024", "lab/outside_option"]
        {
            let level = Level::find(name, &[], &strategy::vocabulary()).expect("is shipped");
            let opening = crate::sim::Opening::of(&level);
            for (types, row, target) in opening.problems(&level, Precision::Coarse) {
                let problem = Problem::new(&types, &row, &target);
                let (slow, fast) = (problem.contraction(), problem.newton().expect("arrives"));
                let base = if row.offline { 0.0 } else { slow[row.shops - 1] - fast[row.shops - 1] };
                for (slow, fast) in slow.iter().zip(&fast) {
                    assert!((slow - fast - base).abs() < 1e-6, "{name}: {slow} {fast}");
                }
            }
        }
    }

    #[test]
    fn equal_shops_are_equally_good_whoever_is_still_to_come() {
        for name in ["arena/duel", "arena/six", "arena/newcomers"] {
            let level = Level::find(name, &[], &strategy::vocabulary()).expect("is shipped");
            let there: Vec<usize> =
                (0..level.shops().len()).filter(|&shop| level.sells(level.shops()[shop])).collect();
            let opening = crate::sim::Opening::of(&level);
            for precision in [Precision::Coarse, Precision::Fine] {
                for (types, row, target) in opening.problems(&level, precision) {
                    let utility = invert(&types, &row, &target, precision);
                    let first = utility[there[0]];
                    for &shop in &there {
                        assert!((utility[shop] - first).abs() < 1e-6, "{name}: {utility:?}");
                    }
                }
            }
        }
    }
}
