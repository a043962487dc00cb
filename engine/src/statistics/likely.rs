//! How sure strengths are.

use super::bootstrap::{Interval, bootstrap, interval};
use super::plackett_luce::{Imagined, Rankings};

/// Difference of strengths below which players are equally strong.
const EQUAL: f64 = 1e-7;
/// To what part of its usual spread a strength of a draw is found.
const CLOSELY: f64 = 0.02;
/// The least that what was not seen can weigh: nobody is infinitely strong.
const LEAST: f64 = 1e-6;

/// Strengths, and what else they might have been.
#[derive(Clone, Debug)]
pub struct Likely {
    /// Of the data as they are, by player.
    pub value: Vec<f64>,
    /// By draw and player.
    drawn: Vec<Vec<f64>>,
}

impl Rankings {
    /// Strengths of the data as they are, and what else they might have been: over draws of weights of blocks, in which every
    /// player has a block more that it won, and one that it lost, against somebody as strong as all are on average. What never
    /// happened may yet: without them few blocks that all came out alike would leave no doubt (after Agresti and Coull 1998, and with
    /// weights that vary as much as what rare blocks leave open; `experiment rating-coverage` is what they were chosen by). Luck goes
    /// by the players' names, whatever their numbers.
    pub fn likely<S: AsRef<str>>(&self, names: &[S], draws: usize, seed: u64) -> Likely {
        let players = self.players();
        let mut by_name: Vec<usize> = (0..players).collect();
        by_name.sort_by_key(|&player| names[player].as_ref());
        let played = self.played();
        let fitted = self.fitted();
        let precision = CLOSELY * self.usual_spread(&played);
        let start = self.start(&fitted);
        let drawn = bootstrap(self.blocks(), draws, seed, |times, luck| {
            let mut more = Imagined { even: LEAST, against_the_mean: vec![[0.0; 2]; players] };
            for &player in &by_name {
                let [blocks, matches] = played[player];
                let size = matches / blocks.max(1.0);
                more.against_the_mean[player] = [0, 1].map(|_| size * luck.unseen_block().max(LEAST));
            }
            self.fit(times, &more, &start, precision).strengths
        });
        Likely { value: fitted.strengths, drawn }
    }

    /// About how far strengths usually are from the true ones: with even odds a match says a quarter.
    fn usual_spread(&self, played: &[[f64; 2]]) -> f64 {
        let most = played.iter().map(|&[_, matches]| matches).fold(1.0, f64::max);
        2.0 / most.sqrt()
    }
}

impl Likely {
    /// Numbers of any kind by player, and by draw and player.
    pub fn of(value: Vec<f64>, drawn: Vec<Vec<f64>>) -> Self {
        Self { value, drawn }
    }

    /// The same, zero being the mean of each group: between groups that never met nothing is known.
    pub fn centred(mut self, groups: &[Vec<usize>]) -> Self {
        for strengths in self.drawn.iter_mut().chain([&mut self.value]) {
            for group in groups {
                let mean = group.iter().map(|&player| strengths[player]).sum::<f64>() / group.len() as f64;
                group.iter().for_each(|&player| strengths[player] -= mean);
            }
        }
        self
    }

    /// A player's strength with its 95% interval, times `unit`.
    pub fn interval(&self, player: usize, unit: f64) -> Interval {
        let drawn = self.drawn.iter().map(|strengths| unit * strengths[player]).collect();
        interval(unit * self.value[player], drawn)
    }

    /// Best and worst place among some players in 95% of draws.
    pub fn ranks(&self, player: usize, among: &[usize]) -> [usize; 2] {
        let drawn = self.drawn.iter().map(|strengths| place(strengths, player, among) as f64).collect();
        let rank = self.rank(player, among);
        let found = interval(rank as f64, drawn);
        [rank.min(found.low.floor() as usize), rank.max(found.high.ceil() as usize)]
    }

    /// Place among some players, from 1; who are equally strong share it.
    pub fn rank(&self, player: usize, among: &[usize]) -> usize {
        place(&self.value, player, among)
    }
}

fn place(strengths: &[f64], player: usize, among: &[usize]) -> usize {
    1 + among.iter().filter(|&&other| strengths[other] > strengths[player] + EQUAL).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Ranking;

    fn order(order: &[usize]) -> Ranking {
        Ranking(order.iter().map(|&player| vec![player]).collect())
    }

    #[test]
    fn few_blocks_that_all_came_out_alike_leave_doubt() {
        let blocks = |one: &[Ranking], count: usize| {
            let blocks = vec![one.to_vec(); count];
            Rankings::new(2, blocks.iter().map(|block| (&block[..], 1.0))).likely(&["one", "two"], 1_000, 1)
        };
        let even = [order(&[0, 1]), order(&[1, 0])];
        let level = blocks(&even, 8);
        let found = level.interval(0, 1.0);
        assert!(found.low < -0.1 && found.high > 0.1, "{found:?}");
        assert_eq!([level.rank(0, &[0, 1]), level.rank(1, &[0, 1])], [1, 1]);
        assert_eq!([level.ranks(0, &[0, 1]), level.ranks(1, &[0, 1])], [[1, 2], [1, 2]]);
        let more = blocks(&even, 80).interval(0, 1.0);
        assert!(more.high - more.low < 0.3 * (found.high - found.low), "{more:?}");
        let won = blocks(&[order(&[0, 1]), order(&[0, 1])], 8);
        let found = won.interval(0, 1.0);
        assert!(found.low < found.value && found.low > 0.0, "{found:?}");
    }

    #[test]
    fn who_never_wins_leaves_the_others_as_sure_as_they_are() {
        // Six who are alike, and one who is last in every match: far below, where its likelihood is all but flat.
        let matches: Vec<Ranking> = (0..200)
            .flat_map(|block| {
                let six: Vec<usize> =
                    (0..6).map(|place| (place * (1 + 4 * (block % 2)) + block) % 6).collect();
                std::iter::repeat_n(order(&[&six[..], &[6]].concat()), 6)
            })
            .collect();
        let all = Rankings::new(7, matches.chunks(6).map(|block| (block, 1.0)));
        let likely = all.likely(&["a", "b", "c", "d", "e", "f", "last"], 1_000, 1);
        let found: Vec<Interval> = (0..7).map(|player| likely.interval(player, 1.0)).collect();
        // What was not seen weighs a millionth at least: that is some 25 below, not hundreds.
        assert!(found[6].low > -30.0 && found[6].high < -3.0, "{found:?}");
        assert!(found[..6].iter().all(|one| one.high - one.low < 5.0), "{found:?}");
    }

    /// Two players, one match a block: how often the interval holds the true difference is a sum over how many were won.
    #[test]
    fn intervals_cover_however_much_better_one_is() {
        let points = 400.0 / std::f64::consts::LN_10;
        for blocks in [8usize, 20, 50] {
            let interval = |lost: usize| {
                let all: Vec<Ranking> =
                    (0..blocks).map(|block| order(if block < lost { &[1, 0] } else { &[0, 1] })).collect();
                let all = Rankings::new(2, all.chunks(1).map(|block| (block, 1.0)));
                all.likely(&["one", "two"], 1_000, 1).interval(0, 2.0 * points)
            };
            let intervals: Vec<Interval> = (0..=blocks).map(interval).collect();
            for apart in (0..=800).step_by(20).map(f64::from) {
                let lost = 1.0 / (1.0 + libm::pow(10.0, apart / 400.0));
                let mut chance = libm::pow(1.0 - lost, blocks as f64);
                let mut covered = 0.0;
                for (number, interval) in intervals.iter().enumerate() {
                    covered += if interval.covers(apart) { chance } else { 0.0 };
                    chance *= (blocks - number) as f64 / (number + 1) as f64 * lost / (1.0 - lost);
                }
                assert!(covered >= 0.92, "{blocks} blocks, {apart} points apart: {covered}");
            }
        }
    }
}
