//! Nash averaging: which strategies somebody who chooses an opponent against you would mix, and you against them (Balduzzi
//! and others 2018). Copies of a strategy change nothing, and who is only good against the weak gets no weight.

use super::Table;
use super::linear::solve_symmetric;

/// How far a mixture may lose against a pure strategy and still count as an equilibrium, of the largest stake.
const TOLERANCE: f64 = 1e-6;
/// Weight of the walls against entropy at the end.
const THIN: f64 = 1e-7;
/// What is left of what may be lost beyond what is lost, at a time.
const SHRINK: f64 = 0.1;
/// What is left of the walls, at a time.
const THINNER: f64 = 0.2;

/// Gain of a step of Newton's method, over the weight of the walls, below which a centre is found: on the way, and for good.
const ROUGHLY: f64 = 1e-2;
const EXACTLY: f64 = 1e-6;
/// Times that what may be lost shrinks, at most: a hundred are usual with twenty strategies.
const TIMES: usize = 1_000;

/// The mixture of largest entropy among the equilibria of the symmetric zero-sum game in which `advantage[a][b]` is what a
/// wins from b (and `−advantage[b][a]`). It is found from inside: a mixture may at first lose anything, then less and less.
pub fn nash_average(advantage: &Table) -> Vec<f64> {
    let n = advantage.len();
    if n == 0 {
        return Vec::new();
    }
    // Only the antisymmetric part is a game of zero sum.
    let game: Table =
        (0..n).map(|a| (0..n).map(|b| 0.5 * (advantage[a][b] - advantage[b][a])).collect()).collect();
    let scale = game.iter().flatten().fold(0.0f64, |most, x| most.max(x.abs()));
    let mut mixture = vec![1.0 / n as f64; n];
    if scale == 0.0 {
        return mixture;
    }
    // Into the equilibria first, as far from every wall as can be; then to the largest entropy among them.
    let mut slack = 2.0 * scale;
    for _ in 0..TIMES {
        if slack <= TOLERANCE * scale {
            break;
        }
        mixture = centre(&game, mixture, slack, 0.0, 1.0);
        let worst = against(&game, &mixture).into_iter().fold(f64::INFINITY, f64::min);
        let least = (-worst).max(0.0);
        slack = least + SHRINK * (slack - least);
    }
    let mut walls = 1.0;
    while walls > THIN {
        walls *= THINNER;
        mixture = centre(&game, mixture, slack, 1.0, walls);
    }
    let sum: f64 = mixture.iter().sum();
    mixture.iter().map(|part| part / sum).collect()
}

/// What a mixture wins from each strategy.
fn against(game: &Table, mixture: &[f64]) -> Vec<f64> {
    let n = mixture.len();
    (0..n).map(|b| (0..n).map(|a| mixture[a] * game[a][b]).sum()).collect()
}

/// The largest of `entropy` · entropy + `walls` · Σ (log of each part + log(what is won from each + `slack`)) over mixtures,
/// by Newton's method from a mixture that loses less than `slack`.
fn centre(game: &Table, mut mixture: Vec<f64>, slack: f64, entropy: f64, walls: f64) -> Vec<f64> {
    let n = mixture.len();
    let goal = |mixture: &[f64]| {
        let parts: f64 = mixture.iter().map(|&p| (walls - entropy * p) * libm::log(p)).sum();
        let room: f64 = against(game, mixture).iter().map(|won| libm::log(won + slack)).sum();
        parts + walls * room
    };
    for _ in 0..100 {
        let won = against(game, &mixture);
        let part = |&p: &f64| walls / p - entropy * (libm::log(p) + 1.0);
        let mut slope: Vec<f64> = mixture.iter().map(part).collect();
        let mut curvature = vec![vec![0.0; n]; n];
        for b in 0..n {
            let room = won[b] + slack;
            for i in 0..n {
                slope[i] += walls * game[i][b] / room;
                for j in 0..n {
                    curvature[i][j] += walls * game[i][b] * game[j][b] / (room * room);
                }
            }
        }
        (0..n).for_each(|i| curvature[i][i] += (entropy + walls / mixture[i]) / mixture[i]);
        // The step that keeps the sum of parts.
        let Some(free) = solve_symmetric(curvature.clone(), &slope) else { break };
        let Some(ones) = solve_symmetric(curvature, &vec![1.0; n]) else { break };
        let shift = free.iter().sum::<f64>() / ones.iter().sum::<f64>();
        let step: Vec<f64> = free.iter().zip(&ones).map(|(f, o)| f - shift * o).collect();
        let gain: f64 = step.iter().zip(&slope).map(|(step, slope)| step * slope).sum();
        // What a whole step would gain, twice over: below this the centre is found as far as it matters.
        if gain < (if entropy == 0.0 { ROUGHLY } else { EXACTLY }) * walls {
            break;
        }
        let now = goal(&mixture);
        let mut part = 1.0;
        let next = loop {
            let next: Vec<f64> = mixture.iter().zip(&step).map(|(p, step)| p + part * step).collect();
            let inside =
                next.iter().all(|&p| p > 0.0) && against(game, &next).iter().all(|&won| won + slack > 0.0);
            if inside && goal(&next) >= now {
                break Some(next);
            }
            part *= 0.5;
            if part < 1e-12 {
                break None;
            }
        };
        match next {
            Some(next) => mixture = next,
            None => break,
        }
    }
    mixture
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_close(found: &[f64], expected: &[f64]) -> bool {
        found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-4)
    }

    #[test]
    fn rock_paper_scissors_are_a_third_each() {
        let game = vec![vec![0.0, -1.0, 1.0], vec![1.0, 0.0, -1.0], vec![-1.0, 1.0, 0.0]];
        let found = nash_average(&game);
        assert!(is_close(&found, &[1.0 / 3.0; 3]), "{found:?}");
    }

    #[test]
    fn a_copy_shares_its_originals_weight() {
        // Rock twice: a third for both rocks together (Balduzzi and others 2018, invariance).
        let game = vec![
            vec![0.0, 0.0, -1.0, 1.0],
            vec![0.0, 0.0, -1.0, 1.0],
            vec![1.0, 1.0, 0.0, -1.0],
            vec![-1.0, -1.0, 1.0, 0.0],
        ];
        let found = nash_average(&game);
        assert!(is_close(&found, &[1.0 / 6.0, 1.0 / 6.0, 1.0 / 3.0, 1.0 / 3.0]), "{found:?}");
    }

    #[test]
    fn who_beats_everybody_has_all_the_weight() {
        let game = vec![vec![0.0, 0.2, 0.1], vec![-0.2, 0.0, 0.9], vec![-0.1, -0.9, 0.0]];
        let found = nash_average(&game);
        assert!(is_close(&found, &[1.0, 0.0, 0.0]), "{found:?}");
    }

    #[test]
    fn uneven_circles_weigh_by_what_is_at_stake() {
        // Rock wins 2 from scissors, the others 1: the known equilibrium is 1/4, 1/2, 1/4 (rock, paper, scissors).
        let game = vec![vec![0.0, -1.0, 2.0], vec![1.0, 0.0, -1.0], vec![-2.0, 1.0, 0.0]];
        let found = nash_average(&game);
        assert!(is_close(&found, &[0.25, 0.5, 0.25]), "{found:?}");
    }

    #[test]
    fn no_strategy_wins_from_the_mixture() {
        use rand::{RngExt, SeedableRng};
        let mut chance = rand_chacha::ChaCha8Rng::seed_from_u64(3);
        for n in 2..20 {
            let game: Table =
                (0..n).map(|_| (0..n).map(|_| chance.random_range(-1.0..1.0)).collect()).collect();
            let found = nash_average(&game);
            let won = |b: usize| -> f64 { (0..n).map(|a| found[a] * 0.5 * (game[a][b] - game[b][a])).sum() };
            assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            assert!((0..n).all(|b| won(b) > -1e-6), "{found:?}");
        }
    }

    #[test]
    fn nobody_ahead_is_an_even_mixture() {
        assert_eq!(nash_average(&vec![vec![0.0; 4]; 4]), [0.25; 4]);
    }
}
