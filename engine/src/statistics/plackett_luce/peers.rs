//! Strengths against those of independent programs on the same data.
//!
//! choix 0.4.1, `opt_rankings(…, alpha=0, method="Newton-CG")` on numpy 2.4.6, of every ranking twice and, for what is imagined, a
//! player more whom everybody beat once and lost to once; and for pairs the same, and whole-history-rating 3.7.1 with one day, whose
//! first-day prior is half a match won and half a match lost against zero as ours is (`initial_prior_wins` 0.5). Both agree with each
//! other to eight digits. Drawn by Plackett and Luce's model between seven players.

use super::Rankings;
use crate::statistics::Ranking;

/// Strict orders of two to five, best first.
const ORDERS: [&[usize]; 40] = [
    &[3, 6, 2, 5, 4],
    &[2, 3, 0],
    &[4, 3],
    &[6, 0, 4],
    &[3, 6],
    &[1, 2, 4],
    &[0, 3, 4, 2],
    &[3, 0],
    &[5, 6],
    &[3, 6],
    &[5, 4],
    &[0, 2, 6, 5],
    &[0, 6],
    &[3, 4, 1],
    &[3, 6, 5, 0, 1],
    &[4, 1, 3],
    &[3, 0, 2],
    &[0, 6],
    &[2, 4],
    &[0, 3, 1, 6, 4],
    &[6, 4, 5],
    &[0, 3],
    &[5, 1, 2, 3],
    &[1, 6],
    &[2, 1],
    &[0, 2],
    &[2, 1],
    &[2, 0, 1],
    &[0, 4, 5],
    &[0, 4],
    &[4, 1, 2, 0],
    &[2, 5, 6],
    &[0, 6, 2, 3, 5],
    &[2, 3],
    &[3, 0, 4, 2, 6],
    &[3, 4],
    &[6, 2],
    &[3, 2, 6],
    &[1, 3, 5, 6],
    &[1, 3, 2],
];
/// Their strengths.
const OF_ORDERS: [f64; 7] =
    [0.70007209, 0.12988421, 0.17666747, 0.58476771, -0.50293661, -0.54614365, -0.54231121];
/// Pairs, the winner first.
const PAIRS: [[usize; 2]; 60] = [
    [1, 2],
    [1, 3],
    [2, 5],
    [3, 4],
    [4, 2],
    [2, 4],
    [0, 5],
    [0, 2],
    [0, 5],
    [4, 5],
    [5, 0],
    [1, 2],
    [5, 4],
    [2, 6],
    [4, 6],
    [6, 5],
    [3, 5],
    [0, 5],
    [2, 4],
    [0, 1],
    [6, 5],
    [3, 0],
    [2, 6],
    [0, 2],
    [2, 4],
    [0, 1],
    [0, 6],
    [1, 6],
    [5, 4],
    [3, 4],
    [1, 3],
    [4, 5],
    [4, 6],
    [4, 6],
    [6, 4],
    [3, 4],
    [3, 0],
    [3, 4],
    [3, 0],
    [3, 4],
    [2, 3],
    [3, 2],
    [3, 4],
    [4, 0],
    [0, 6],
    [0, 5],
    [1, 4],
    [0, 4],
    [1, 5],
    [0, 3],
    [1, 4],
    [4, 5],
    [4, 6],
    [6, 5],
    [4, 2],
    [1, 6],
    [1, 6],
    [0, 3],
    [5, 6],
    [0, 5],
];
/// Their strengths.
const OF_PAIRS: [f64; 7] =
    [1.01441581, 1.49163766, -0.03799930, 1.03475261, -0.63557661, -1.44596878, -1.42126140];

fn agree<'a>(orders: impl Iterator<Item = &'a [usize]>, expected: [f64; 7]) {
    let rankings: Vec<Ranking> =
        orders.map(|order| Ranking(order.iter().map(|&player| vec![player]).collect())).collect();
    let found = Rankings::new(7, rankings.chunks(1).map(|block| (block, 1.0))).strengths();
    assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{found:?} is not {expected:?}");
}

#[test]
fn strict_orders_have_the_strengths_that_choix_finds() {
    agree(ORDERS.into_iter(), OF_ORDERS);
}

#[test]
fn pairs_have_the_strengths_that_choix_and_whole_history_rating_find() {
    agree(PAIRS.iter().map(|pair| &pair[..]), OF_PAIRS);
}
