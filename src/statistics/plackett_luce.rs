//! Strengths from finishing orders: Plackett and Luce's model by maximum likelihood; with two players it is Bradley and
//! Terry's.
//!
//! Of those still in the running, each is next with a probability proportional to e^strength (Plackett 1975; Luce 1959).
//! The likelihood is concave in the strengths (Hunter 2004), so Newton's method finds its only maximum.

use std::collections::BTreeMap;

use rand::RngExt;

use super::Table;
use super::bootstrap::{Interval, bootstrap, interval};
use super::estimate::few;
use super::linear::solve_symmetric;

/// Matches won and lost that everybody is thought to have played against somebody of mean strength: without them who
/// wins everything would be infinitely strong. One of each in all, whatever the number of matches.
const IMAGINED: f64 = 0.5;
/// Steps of Newton's method; it needs about six.
const STEPS: usize = 60;
/// Change of a strength below which it is found.
const PRECISION: f64 = 1e-10;
/// Difference of strengths below which players are equally strong.
const EQUAL: f64 = 1e-7;

/// Who finished how in one match: players in order, best first, those in one group level with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking(pub Vec<Vec<usize>>);

impl Ranking {
    /// By score, higher is better. Equal scores tie.
    pub fn by_score(players: &[usize], scores: &[f64]) -> Self {
        let mut order: Vec<usize> = (0..players.len()).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut last = None;
        for place in order {
            match groups.last_mut() {
                Some(group) if last == Some(scores[place]) => group.push(players[place]),
                _ => groups.push(vec![players[place]]),
            }
            last = Some(scores[place]);
        }
        Self(groups)
    }

    /// Strict orders that a ranking with ties stands for, equally likely. In each the members of a tied group are turned
    /// round by one more, so that every member is at every place as often; two who tie have half a win each.
    fn orders(&self) -> Vec<Vec<usize>> {
        let turns = self.0.iter().map(Vec::len).fold(1, least_common_multiple);
        let order = |turn: usize| {
            let turned = |group: &Vec<usize>| {
                (0..group.len()).map(|place| group[(place + turn) % group.len()]).collect::<Vec<_>>()
            };
            self.0.iter().flat_map(turned).collect()
        };
        (0..turns).map(order).collect()
    }
}

fn least_common_multiple(a: usize, b: usize) -> usize {
    let divisor = |mut a: usize, mut b: usize| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    a / divisor(a, b).max(1) * b
}

/// Strengths, and what else they might have been.
#[derive(Clone, Debug)]
pub struct Likely {
    /// Of the data as they are, by player.
    pub value: Vec<f64>,
    /// By draw and player.
    drawn: Vec<Vec<f64>>,
}

impl Likely {
    /// A player's strength with its 95% interval, times `unit`.
    pub fn interval(&self, player: usize, unit: f64) -> Interval {
        let drawn = self.drawn.iter().map(|strengths| unit * strengths[player]).collect();
        interval(unit * self.value[player], drawn)
    }

    /// Best and worst place in 95% of draws.
    pub fn ranks(&self, player: usize) -> [usize; 2] {
        let drawn = self.drawn.iter().map(|strengths| place(strengths, player) as f64).collect();
        let found = interval(self.rank(player) as f64, drawn);
        let rank = self.rank(player);
        [rank.min(found.low.floor() as usize), rank.max(found.high.ceil() as usize)]
    }

    /// Place, from 1; who are equally strong share it.
    pub fn rank(&self, player: usize) -> usize {
        place(&self.value, player)
    }
}

fn place(strengths: &[f64], player: usize) -> usize {
    1 + strengths.iter().filter(|&&other| other > strengths[player] + EQUAL).count()
}

/// The rankings of many blocks of matches, ready to be fitted as often as wanted.
#[derive(Clone, Debug)]
pub struct Rankings {
    players: usize,
    /// Different strict orders.
    orders: Vec<Vec<usize>>,
    /// Which orders each block holds, and how often.
    blocks: Vec<Vec<(usize, f64)>>,
}

impl Rankings {
    /// The rankings of matches between `players`, block by block.
    pub fn new<'a>(players: usize, blocks: impl IntoIterator<Item = &'a [Ranking]>) -> Self {
        let mut numbers: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        let mut of_block = |rankings: &[Ranking]| {
            let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
            for ranking in rankings {
                let orders = ranking.orders();
                let weight = 1.0 / orders.len() as f64;
                for order in orders {
                    let next = numbers.len();
                    *weights.entry(*numbers.entry(order).or_insert(next)).or_default() += weight;
                }
            }
            weights.into_iter().collect()
        };
        let blocks: Vec<Vec<(usize, f64)>> = blocks.into_iter().map(&mut of_block).collect();
        let mut orders = vec![Vec::new(); numbers.len()];
        numbers.into_iter().for_each(|(order, number)| orders[number] = order);
        Self { players, orders, blocks }
    }

    /// Number of blocks.
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// Strengths of all players when every block counts as often as `times` says: natural logarithms, zero on average.
    /// A difference of 1.1 is odds of three to one.
    pub fn strengths(&self, times: &[u32]) -> Vec<f64> {
        self.fit(times, &vec![[IMAGINED; 2]; self.players])
    }

    /// Strengths of the data as they are, and what else they might have been: over draws of blocks, each stratum for
    /// itself, among which every player has two more, one in which it won all against somebody of mean strength and one in
    /// which it lost all. What never happened may yet: without them few blocks that all came out alike would leave no
    /// doubt (after Agresti and Coull 1998). Draws lie around the value, as far as they lie around the strengths with
    /// these two, and by Student's t farther the fewer blocks a player has. Luck goes by the players' names, whatever
    /// their numbers.
    pub fn likely<S: AsRef<str>>(&self, names: &[S], strata: &[usize], draws: usize, seed: u64) -> Likely {
        let mut by_name: Vec<usize> = (0..self.players).collect();
        by_name.sort_by_key(|&player| names[player].as_ref());
        let played = self.played();
        let whole = vec![1; self.blocks.len()];
        let value = self.strengths(&whole);
        let imagined = |[blocks, matches]: [f64; 2], won: f64, lost: f64| {
            let size = matches / f64::max(blocks, 1.0);
            [IMAGINED + size * won, IMAGINED + size * lost]
        };
        let more: Vec<[f64; 2]> = played.iter().map(|&played| imagined(played, 1.0, 1.0)).collect();
        let middle = self.fit(&whole, &more);
        let reach: Vec<f64> = played.iter().map(|&[blocks, _]| few(blocks as usize + 2)).collect();
        let drawn = bootstrap(strata, draws, seed, |times, chance| {
            let mut more = vec![[0.0; 2]; self.players];
            for &player in &by_name {
                let all = played[player][0] as u32 + 2;
                let mut often = || (0..all).filter(|_| chance.random_range(0..all) == 0).count() as f64;
                more[player] = imagined(played[player], often(), often());
            }
            let found = self.fit(times, &more);
            (0..self.players)
                .map(|player| value[player] + reach[player] * (found[player] - middle[player]))
                .collect()
        });
        Likely { value, drawn }
    }

    /// Blocks and matches of every player.
    fn played(&self) -> Vec<[f64; 2]> {
        let mut played = vec![[0.0; 2]; self.players];
        for block in &self.blocks {
            let mut matches = vec![0.0; self.players];
            for &(order, weight) in block {
                self.orders[order].iter().for_each(|&player| matches[player] += weight);
            }
            for (played, matches) in played.iter_mut().zip(matches) {
                *played = [played[0] + f64::from(u8::from(matches > 0.0)), played[1] + matches];
            }
        }
        played
    }

    /// The maximum, every player having won and lost so many matches more against somebody of mean strength.
    fn fit(&self, times: &[u32], imagined: &[[f64; 2]]) -> Vec<f64> {
        let mut weights = vec![0.0; self.orders.len()];
        for (block, &times) in self.blocks.iter().zip(times) {
            block.iter().for_each(|&(order, weight)| weights[order] += weight * f64::from(times));
        }
        let mut strengths = vec![0.0; self.players];
        let mut likelihood = self.likelihood(&weights, imagined, &strengths);
        for _ in 0..STEPS {
            let (slope, curvature) = self.derivatives(&weights, imagined, &strengths);
            let Some(step) = solve_symmetric(curvature, &slope) else { break };
            // Far from the maximum a whole step can overshoot; a part of it never does.
            let mut part = 1.0;
            let (next, found) = loop {
                let next: Vec<f64> = strengths.iter().zip(&step).map(|(s, step)| s + part * step).collect();
                let found = self.likelihood(&weights, imagined, &next);
                if found >= likelihood || part < 1e-6 {
                    break (next, found);
                }
                part *= 0.5;
            };
            let moved = strengths.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            (strengths, likelihood) = (next, found);
            if moved < PRECISION {
                break;
            }
        }
        let mean = strengths.iter().sum::<f64>() / self.players.max(1) as f64;
        strengths.iter_mut().for_each(|strength| *strength -= mean);
        strengths
    }

    fn likelihood(&self, weights: &[f64], imagined: &[[f64; 2]], strengths: &[f64]) -> f64 {
        let of_imagined =
            |(&s, &[won, lost]): (&f64, &[f64; 2])| won * s - (won + lost) * libm::log1p(libm::exp(s));
        let mut sum: f64 = strengths.iter().zip(imagined).map(of_imagined).sum();
        for (order, &weight) in self.orders.iter().zip(weights).filter(|(_, weight)| **weight > 0.0) {
            let mut rest = 0.0;
            let mut of_order = 0.0;
            for (place, &player) in order.iter().enumerate().rev() {
                rest += libm::exp(strengths[player]);
                if place + 1 < order.len() {
                    of_order += strengths[player] - libm::log(rest);
                }
            }
            sum += weight * of_order;
        }
        sum
    }

    /// Slope of the likelihood, and its curvature turned positive.
    fn derivatives(&self, weights: &[f64], imagined: &[[f64; 2]], strengths: &[f64]) -> (Vec<f64>, Table) {
        let mut slope = vec![0.0; self.players];
        let mut curvature = vec![vec![0.0; self.players]; self.players];
        for (player, &strength) in strengths.iter().enumerate() {
            let wins = 1.0 / (1.0 + libm::exp(-strength));
            let [won, lost] = imagined[player];
            slope[player] += won - (won + lost) * wins;
            curvature[player][player] += (won + lost) * wins * (1.0 - wins);
        }
        for (order, &weight) in self.orders.iter().zip(weights).filter(|(_, weight)| **weight > 0.0) {
            let powers: Vec<f64> = order.iter().map(|&player| libm::exp(strengths[player])).collect();
            let mut rest: f64 = powers.iter().sum();
            for (place, &first) in order.iter().enumerate().take(order.len() - 1) {
                slope[first] += weight;
                for i in place..order.len() {
                    let chance = powers[i] / rest;
                    slope[order[i]] -= weight * chance;
                    curvature[order[i]][order[i]] += weight * chance;
                    for j in place..order.len() {
                        curvature[order[i]][order[j]] -= weight * chance * powers[j] / rest;
                    }
                }
                rest -= powers[place];
            }
        }
        (slope, curvature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strengths(players: usize, rankings: &[Ranking]) -> Vec<f64> {
        let rankings = Rankings::new(players, rankings.chunks(1));
        rankings.strengths(&vec![1; rankings.blocks()])
    }

    fn order(order: &[usize]) -> Ranking {
        Ranking(order.iter().map(|&player| vec![player]).collect())
    }

    #[test]
    fn two_players_have_the_odds_of_their_matches() {
        let mut matches = vec![order(&[0, 1]); 3000];
        matches.extend(vec![order(&[1, 0]); 1000]);
        let found = strengths(2, &matches);
        assert!((found[0] - found[1] - libm::log(3.0)).abs() < 1e-3, "{found:?}");
    }

    #[test]
    fn a_tie_is_half_a_win_for_each() {
        let tied = strengths(2, &vec![Ranking(vec![vec![0, 1]]); 10]);
        assert!(tied.iter().all(|s| s.abs() < 1e-12), "{tied:?}");
        let mut half = vec![order(&[0, 1]); 20];
        half.extend(vec![Ranking(vec![vec![0, 1]]); 20]);
        let mut counted = vec![order(&[0, 1]); 30];
        counted.extend(vec![order(&[1, 0]); 10]);
        let (half, counted) = (strengths(2, &half), strengths(2, &counted));
        assert!((half[0] - counted[0]).abs() < 1e-9, "{half:?}, {counted:?}");
    }

    #[test]
    fn whoever_wins_or_loses_everything_stays_finite() {
        let found = strengths(3, &vec![order(&[0, 1, 2]); 500]);
        assert!(found.iter().all(|s| s.is_finite() && s.abs() < 20.0), "{found:?}");
        assert!(found[0] > found[1] && found[1] > found[2]);
    }

    #[test]
    fn at_the_maximum_every_player_is_first_as_often_as_expected() {
        // The conditions of the maximum (Hunter 2004): wins equal expected wins. Checked on full orders of four.
        let rankings: Vec<Ranking> =
            [[0, 1, 2, 3], [1, 0, 3, 2], [2, 0, 1, 3], [0, 2, 3, 1], [3, 1, 0, 2], [0, 1, 3, 2]]
                .iter()
                .cycle()
                .take(6000)
                .map(|places| order(places))
                .collect();
        let found = strengths(4, &rankings);
        let powers: Vec<f64> = found.iter().map(|&s| libm::exp(s)).collect();
        let mut balance = [0.0; 4];
        for ranking in &rankings {
            let players: Vec<usize> = ranking.0.iter().flatten().copied().collect();
            for place in 0..3 {
                let rest: f64 = players[place..].iter().map(|&p| powers[p]).sum();
                balance[players[place]] += 1.0;
                players[place..].iter().for_each(|&p| balance[p] -= powers[p] / rest);
            }
        }
        assert!(balance.iter().all(|b| b.abs() < 1.0), "{balance:?}");
    }

    #[test]
    fn scores_are_ranked_best_first_and_equal_scores_tie() {
        let ranking = Ranking::by_score(&[4, 2, 7], &[1.0, 3.0, 1.0]);
        assert_eq!(ranking.0, [vec![2], vec![4, 7]]);
    }

    #[test]
    fn few_blocks_that_all_came_out_alike_leave_doubt() {
        let blocks = |one: &[Ranking], count: usize| {
            let blocks = vec![one.to_vec(); count];
            Rankings::new(2, blocks.iter().map(Vec::as_slice)).likely(&["one", "two"], &[count], 1_000, 1)
        };
        let even = [order(&[0, 1]), order(&[1, 0])];
        let level = blocks(&even, 8);
        let found = level.interval(0, 1.0);
        assert!(found.low < -0.1 && found.high > 0.1, "{found:?}");
        assert_eq!([level.rank(0), level.rank(1)], [1, 1]);
        assert_eq!([level.ranks(0), level.ranks(1)], [[1, 2], [1, 2]]);
        let more = blocks(&even, 80).interval(0, 1.0);
        assert!(more.high - more.low < 0.3 * (found.high - found.low), "{more:?}");
        let won = blocks(&[order(&[0, 1]), order(&[0, 1])], 8);
        let found = won.interval(0, 1.0);
        assert!(found.low < found.value && found.low > 0.0, "{found:?}");
    }
}
