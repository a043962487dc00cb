//! Nash averaging: which strategies somebody who chooses an opponent against you would mix, and you against them (Balduzzi
//! and others 2018). Copies of a strategy change nothing, and who is only good against the weak gets no weight.

use super::linear::{Cholesky, dot};
use super::table::Table;

/// How far a mixture may lose against a pure strategy and still count as an equilibrium, of the largest stake.
const TOLERANCE: f64 = 1e-6;
/// Weight of walls that keep every part above zero, against entropy.
const WALLS: f64 = 1e-9;
/// What is left of the distance to the best mixture that a step aims at.
const CENTRE: f64 = 0.1;
/// How far towards a wall a step may go.
const SHORT: f64 = 0.95;
/// Distance at which the best mixture is found.
const FOUND: f64 = 1e-11;
/// Steps at most; thirty to sixty are usual.
const STEPS: usize = 300;

/// The mixture of largest entropy among the equilibria of the symmetric zero-sum game in which `advantage[a][b]` is what a
/// wins from b (and `−advantage[b][a]`), by a primal-dual interior-point method (Wright 1997): the mixture, what it wins from each
/// strategy, and the price of winning no less, all at once.
pub fn nash_average(advantage: &Table) -> Vec<f64> {
    let n = advantage.len();
    if n == 0 {
        return Vec::new();
    }
    // Only the antisymmetric part is a game of zero sum.
    let mut game: Table =
        (0..n).map(|a| (0..n).map(|b| 0.5 * (advantage[a][b] - advantage[b][a])).collect()).collect();
    let scale = game.iter().flatten().fold(0.0f64, |most, x| most.max(x.abs()));
    if scale == 0.0 {
        return vec![1.0 / n as f64; n];
    }
    game.iter_mut().flatten().for_each(|x| *x /= scale);
    let mut point =
        Point { mixture: vec![1.0 / n as f64; n], room: vec![1.0; n], price: vec![1.0; n], sum: 0.0 };
    for _ in 0..STEPS {
        let gap =
            point.room.iter().zip(&point.price).map(|(room, price)| room * price).sum::<f64>() / n as f64;
        if gap < FOUND || !point.step(&game, CENTRE * gap) {
            break;
        }
    }
    let sum: f64 = point.mixture.iter().sum();
    point.mixture.iter().map(|part| part / sum).collect()
}

/// Where the method stands.
struct Point {
    mixture: Vec<f64>,
    /// What is won from each strategy, and may be lost besides.
    room: Vec<f64>,
    /// What it costs in entropy not to lose to each strategy.
    price: Vec<f64>,
    /// What it costs that parts sum to one.
    sum: f64,
}

impl Point {
    /// Newton's step towards the point at which room and price of each strategy multiply to `target`; whether there was one.
    fn step(&mut self, game: &Table, target: f64) -> bool {
        let n = self.mixture.len();
        let won: Vec<f64> = (0..n).map(|b| (0..n).map(|a| self.mixture[a] * game[a][b]).sum()).collect();
        let missing: Vec<f64> = (0..n).map(|b| won[b] + TOLERANCE - self.room[b]).collect();
        let weight: Vec<f64> = (0..n).map(|b| self.price[b] / self.room[b]).collect();
        let pull: Vec<f64> = (0..n).map(|b| target / self.room[b] - weight[b] * missing[b]).collect();
        let right: Vec<f64> = (0..n)
            .map(|a| {
                let part = self.mixture[a];
                WALLS / part - libm::log(part) - 1.0 - self.sum + dot(&game[a], &pull)
            })
            .collect();
        let mut matrix = vec![vec![0.0; n]; n];
        for a in 0..n {
            let weighed: Vec<f64> = game[a].iter().zip(&weight).map(|(x, weight)| x * weight).collect();
            (0..=a).for_each(|b| matrix[a][b] = dot(&weighed, &game[b]));
            matrix[a][a] += (1.0 + WALLS / self.mixture[a]) / self.mixture[a];
        }
        let Some(factor) = Cholesky::of(matrix) else { return false };
        let (free, ones) = (factor.solve(&right), factor.solve(&vec![1.0; n]));
        let surplus = self.mixture.iter().sum::<f64>() - 1.0;
        let shift = (free.iter().sum::<f64>() + surplus) / ones.iter().sum::<f64>();
        let mixture: Vec<f64> = free.iter().zip(&ones).map(|(free, one)| free - shift * one).collect();
        let room: Vec<f64> =
            (0..n).map(|b| missing[b] + (0..n).map(|a| mixture[a] * game[a][b]).sum::<f64>()).collect();
        let price: Vec<f64> =
            (0..n).map(|b| (target - self.price[b] * room[b]) / self.room[b] - self.price[b]).collect();
        let first = inside(&self.mixture, &mixture).min(inside(&self.room, &room));
        let second = inside(&self.price, &price);
        if !(first > 0.0 && second > 0.0) {
            return false;
        }
        go(&mut self.mixture, &mixture, first);
        go(&mut self.room, &room, first);
        go(&mut self.price, &price, second);
        self.sum += second * shift;
        true
    }
}

/// The part of a step that keeps everything above zero.
fn inside(from: &[f64], step: &[f64]) -> f64 {
    let short =
        from.iter().zip(step).filter(|(_, step)| **step < 0.0).map(|(from, step)| -SHORT * from / step);
    short.fold(1.0, f64::min)
}

fn go(from: &mut [f64], step: &[f64], part: f64) {
    from.iter_mut().zip(step).for_each(|(from, step)| *from += part * step);
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
