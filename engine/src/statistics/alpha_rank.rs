//! α-rank: how much of the time evolution spends at each strategy (Omidshafiei and others 2019, one population).
//!
//! A population plays one strategy until a mutant takes it over, which happens the more easily the more it earns against
//! the residents. The chain of takeovers has one stationary distribution, cycles or none; its parts are the ranking.

use serde::Serialize;

use super::table::Table;

/// Members of the population.
const POPULATION: usize = 50;
/// Selection from which on nothing may change any more, or the search stops.
const STRONGEST: f64 = 1e4;
/// Change of a part below which selection is strong enough.
const SETTLED: f64 = 1e-4;

/// A ranking and what it was made with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AlphaRank {
    /// Part of the time at each strategy.
    pub parts: Vec<f64>,
    /// α: how much a difference in earnings counts.
    pub selection: f64,
    /// m: members of the population.
    pub population: usize,
}

/// α-rank of strategies by what each (row) earns against each (column), α doubled until the ranking settles: the paper's
/// limit of strong selection, as far as numbers go.
pub fn alpha_rank(earnings: &Table) -> AlphaRank {
    let mut selection = 1.0;
    let mut parts = stationary(earnings, POPULATION, selection);
    while selection < STRONGEST {
        selection *= 2.0;
        let next = stationary(earnings, POPULATION, selection);
        let moved = parts.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        parts = next;
        if moved < SETTLED {
            break;
        }
    }
    AlphaRank { parts, selection, population: POPULATION }
}

/// The stationary distribution at one α and m.
fn stationary(earnings: &Table, population: usize, selection: f64) -> Vec<f64> {
    let n = earnings.len();
    let mut chain = vec![vec![0.0; n]; n];
    for resident in 0..n {
        for mutant in (0..n).filter(|&mutant| mutant != resident) {
            chain[resident][mutant] =
                takeover(earnings, mutant, resident, population, selection) / (n - 1) as f64;
        }
    }
    rest_of(chain)
}

/// Probability that one mutant takes over a population of residents (Fudenberg and Imhof 2006; Han and others 2013): with k
/// mutants, each meets the others, itself left out.
fn takeover(earnings: &Table, mutant: usize, resident: usize, population: usize, selection: f64) -> f64 {
    let m = population as f64;
    let [own, other] = [earnings[mutant][mutant], earnings[resident][resident]];
    let gain = m / (m - 1.0) * (earnings[mutant][resident] - 0.5);
    if own == 0.5 && other == 0.5 && earnings[mutant][resident] + earnings[resident][mutant] == 1.0 {
        // What one wins the other loses: the advantage is the same with any number of mutants, and the sum geometric.
        let factor = selection * gain;
        if factor == 0.0 {
            return 1.0 / m;
        }
        let chance = libm::expm1(-factor) / libm::expm1(-factor * m);
        return if chance.is_nan() { libm::exp(-500.0) } else { chance.max(libm::exp(-500.0)) };
    }
    let mut exponent = 0.0;
    let mut exponents = vec![0.0];
    for mutants in 1..population {
        let k = mutants as f64;
        let of_mutant =
            ((k - 1.0) * earnings[mutant][mutant] + (m - k) * earnings[mutant][resident]) / (m - 1.0);
        let of_resident =
            (k * earnings[resident][mutant] + (m - k - 1.0) * earnings[resident][resident]) / (m - 1.0);
        exponent -= selection * (of_mutant - of_resident);
        exponents.push(exponent);
    }
    // 1 / Σ e^x, with the largest taken out so that strong selection does not overflow.
    let most = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = exponents.iter().map(|x| libm::exp(x - most)).sum();
    // Not quite never: a chain that falls apart has no one answer.
    libm::exp((-most - libm::log(sum)).max(-500.0))
}

/// The stationary distribution of a chain by its flows (Grassmann, Taksar and Heyman 1985: no subtraction, no loss of
/// digits where flows are tiny).
fn rest_of(mut flow: Table) -> Vec<f64> {
    let n = flow.len();
    for last in (1..n).rev() {
        let out: f64 = flow[last][..last].iter().sum();
        for from in 0..last {
            let through = flow[from][last] / out;
            flow[from][last] = through;
            for to in 0..last {
                if to != from {
                    flow[from][to] += through * flow[last][to];
                }
            }
        }
    }
    let mut parts = vec![1.0; n.min(1)];
    for place in 1..n {
        parts.push((0..place).map(|from| parts[from] * flow[from][place]).sum());
    }
    let sum: f64 = parts.iter().sum();
    parts.iter().map(|part| part / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_and_others_2013_come_out_as_published() {
        // r, t, p, s as usual; commitment costs ε, compensation δ.
        let (r, t, p, s, delta, epsilon) = (1.0, 2.0, 0.0, -1.0, 4.0, 0.25);
        let earnings = vec![
            vec![r - epsilon / 2.0, r - epsilon, 0.0, s + delta - epsilon, r - epsilon],
            vec![r, r, s, s, s],
            vec![0.0, t, p, p, p],
            vec![t - delta, t, p, p, p],
            vec![r, t, p, p, p],
        ];
        let found = stationary(&earnings, 20, 0.1);
        let expected = [0.409_667_87, 0.079_598_41, 0.205_069_98, 0.085_059_83, 0.220_603_9];
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-7), "{found:?}");
    }

    #[test]
    fn the_best_has_all_and_a_circle_shares_alike() {
        let best = alpha_rank(&vec![vec![0.5, 0.9, 0.8], vec![0.1, 0.5, 0.6], vec![0.2, 0.4, 0.5]]);
        assert!(best.parts[0] > 0.99, "{best:?}");
        let circle = alpha_rank(&vec![vec![0.5, 0.9, 0.1], vec![0.1, 0.5, 0.9], vec![0.9, 0.1, 0.5]]);
        assert!(circle.parts.iter().all(|part| (part - 1.0 / 3.0).abs() < 1e-9), "{circle:?}");
    }

    #[test]
    fn what_one_wins_the_other_loses_is_the_general_case_in_closed_form() {
        for part in [0.0, 0.2, 0.499, 0.5, 0.51, 0.9, 1.0] {
            for selection in [0.5, 8.0, 200.0, 1e4] {
                let exact = vec![vec![0.5, part], vec![1.0 - part, 0.5]];
                // A hair off, so that it is summed mutant by mutant.
                let near = vec![vec![0.5, part], vec![1.0 - part, 0.5 + 1e-15]];
                for (mutant, resident) in [(0, 1), (1, 0)] {
                    let [a, b] =
                        [&exact, &near].map(|t| libm::log(takeover(t, mutant, resident, 50, selection)));
                    assert!((a - b).abs() < 1e-6 * b.abs().max(1.0), "{part}, {selection}: {a} is not {b}");
                }
            }
        }
    }

    #[test]
    fn one_alone_has_all() {
        assert_eq!(alpha_rank(&vec![vec![0.5]]).parts, [1.0]);
    }
}
