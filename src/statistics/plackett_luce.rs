//! Strengths from finishing orders: Plackett and Luce's model by maximum likelihood; with two players it is Bradley and
//! Terry's.
//!
//! Of those still in the running, each is next with a probability proportional to e^strength (Plackett 1975; Luce 1959); what
//! level players say is in [`super::ties`]. The likelihood is concave in the strengths (Hunter 2004), so Newton's method
//! finds its only maximum.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Table;
use super::linear::Cholesky;
use super::ranking::Ranking;
use super::ties::Level;

/// Matches that everybody is thought to have won, and to have lost, against somebody of strength zero: without them who wins
/// everything would be infinitely strong. One in all, whatever the number of matches.
const IMAGINED: f64 = 0.5;
/// Steps of Newton's method; it needs about six.
const STEPS: usize = 200;
/// A step longer than this part of the one before is a slow one: the curvature is reckoned anew.
const SLOW: f64 = 0.5;
/// Change of a strength below which it is found.
const PRECISION: f64 = 1e-10;

/// The rankings of many blocks of matches, ready to be fitted as often as wanted.
#[derive(Clone, Debug)]
pub struct Rankings {
    players: usize,
    /// Members of all different rankings, one after another, best first.
    members: Vec<u32>,
    /// Groups of level members, one after another: where each ends among the members.
    groups: Vec<u32>,
    /// Where each ranking ends among the groups.
    ends: Vec<u32>,
    /// Which rankings each block holds, and how often.
    blocks: Vec<Vec<(u32, f64)>>,
}

/// What players are thought to have played besides.
#[derive(Clone, Debug)]
pub(super) struct Imagined {
    /// Matches that each won, and as many that it lost, against somebody of strength zero.
    pub(super) even: f64,
    /// By player: matches won and lost against somebody as strong as all are on average.
    pub(super) against_the_mean: Vec<[f64; 2]>,
}

impl Imagined {
    /// A match of strength `s` against a level one, won and lost so often: log-likelihood, slope, and curvature turned positive.
    fn terms(s: f64, [won, lost]: [f64; 2]) -> [f64; 3] {
        let wins = 1.0 / (1.0 + libm::exp(-s));
        let all = won + lost;
        [won * s - all * softplus(s), won - all * wins, all * wins * (1.0 - wins)]
    }

    fn terms_of_all(&self, strengths: &[f64]) -> impl Iterator<Item = ([f64; 3], [f64; 3])> {
        let mean = strengths.iter().sum::<f64>() / strengths.len().max(1) as f64;
        let even = [self.even; 2];
        strengths
            .iter()
            .zip(&self.against_the_mean)
            .map(move |(&s, &matches)| (Self::terms(s, even), Self::terms(s - mean, matches)))
    }
}

/// What the likelihood is at some strengths.
#[derive(Clone, Debug, Default)]
struct Slope {
    likelihood: f64,
    slope: Vec<f64>,
}

/// Room for one level group after another.
#[derive(Default)]
struct Room {
    level: Level,
    odds: Vec<f64>,
    /// By group of a ranking: Σ of odds below it.
    below: Vec<f64>,
}

impl Rankings {
    /// The rankings of matches between `players`, block by block, the matches of each block counting `weight` each.
    pub fn new<'a>(players: usize, blocks: impl IntoIterator<Item = (&'a [Ranking], f64)>) -> Self {
        let mut numbers: BTreeMap<&Ranking, u32> = BTreeMap::new();
        let mut of_block = |(rankings, weight): (&'a [Ranking], f64)| {
            let mut weights: BTreeMap<u32, f64> = BTreeMap::new();
            for ranking in rankings {
                let next = numbers.len() as u32;
                *weights.entry(*numbers.entry(ranking).or_insert(next)).or_default() += weight;
            }
            weights.into_iter().collect()
        };
        let blocks: Vec<Vec<(u32, f64)>> = blocks.into_iter().map(&mut of_block).collect();
        let mut different: Vec<(u32, &Ranking)> =
            numbers.into_iter().map(|(ranking, number)| (number, ranking)).collect();
        different.sort_unstable_by_key(|&(number, _)| number);
        let (mut members, mut groups, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        for (_, ranking) in different {
            for group in &ranking.0 {
                members.extend(group.iter().map(|&player| player as u32));
                groups.push(members.len() as u32);
            }
            ends.push(groups.len() as u32);
        }
        Self { players, members, groups, ends, blocks }
    }

    /// Number of blocks.
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// Number of players.
    pub(super) fn players(&self) -> usize {
        self.players
    }

    /// Strengths of all players: natural logarithms, zero on average. A difference of 1.1 is odds of three to one.
    pub fn strengths(&self) -> Vec<f64> {
        self.fitted().strengths
    }

    /// The maximum with every block counting once.
    pub(super) fn fitted(&self) -> Fit {
        let imagined = Imagined { even: IMAGINED, against_the_mean: vec![[0.0; 2]; self.players] };
        self.fit(&vec![1.0; self.blocks.len()], &imagined, &Fit::nowhere(self.players), PRECISION)
    }

    /// Blocks, and matches (as their blocks weigh them), of every player.
    pub(super) fn played(&self) -> Vec<[f64; 2]> {
        let mut played = vec![[0.0; 2]; self.players];
        let mut last = vec![usize::MAX; self.players];
        for (number, block) in self.blocks.iter().enumerate() {
            for &(ranking, weight) in block {
                for &player in self.members_of(ranking as usize) {
                    let player = player as usize;
                    played[player][0] += f64::from(u8::from(last[player] != number));
                    played[player][1] += weight;
                    last[player] = number;
                }
            }
        }
        played
    }

    /// Groups of a ranking, by number among all.
    fn groups_of(&self, ranking: usize) -> std::ops::Range<usize> {
        let first = if ranking == 0 { 0 } else { self.ends[ranking - 1] };
        first as usize..self.ends[ranking] as usize
    }

    fn members_of_group(&self, group: usize) -> &[u32] {
        let first = if group == 0 { 0 } else { self.groups[group - 1] };
        &self.members[first as usize..self.groups[group] as usize]
    }

    fn members_of(&self, ranking: usize) -> &[u32] {
        let groups = self.groups_of(ranking);
        let first = if groups.start == 0 { 0 } else { self.groups[groups.start - 1] };
        let last = if groups.end == 0 { 0 } else { self.groups[groups.end - 1] };
        &self.members[first as usize..last as usize]
    }

    /// The maximum where every block counts as often as `times` says and every player has played what is `imagined`
    /// besides, to a `precision` in each strength. It is looked for from `start`, whose curvature is
    /// kept for as long as steps with it become shorter fast: near the maximum that of the data drawn again is nearly the same.
    pub(super) fn fit(&self, times: &[f64], imagined: &Imagined, start: &Fit, precision: f64) -> Fit {
        let mut weights = vec![0.0; self.ends.len()];
        for (block, &times) in self.blocks.iter().zip(times) {
            block.iter().for_each(|&(ranking, weight)| weights[ranking as usize] += weight * times);
        }
        let mut room = Room::default();
        let mut strengths = start.strengths.clone();
        let mut kept = start.curvature.clone();
        let mut last = f64::INFINITY;
        for _ in 0..STEPS {
            let (step, whole) = match kept.take() {
                Some(factor) => {
                    let here = self.slope(&weights, imagined, &strengths, &mut room, false);
                    let step = factor.solve(&here.slope);
                    // A long one says that the curvature is another by now.
                    if largest(&step) > SLOW * last {
                        continue;
                    }
                    kept = Some(factor);
                    (step, true)
                }
                None => {
                    let Some(factor) =
                        Cholesky::of(self.curvature(&weights, imagined, &strengths, &mut room))
                    else {
                        break;
                    };
                    let here = self.slope(&weights, imagined, &strengths, &mut room, true);
                    let step = factor.solve(&here.slope);
                    kept = Some(Arc::new(factor));
                    self.shortened(&weights, imagined, &strengths, here.likelihood, step, &mut room)
                }
            };
            strengths.iter_mut().zip(&step).for_each(|(strength, step)| *strength += step);
            let reach = largest(&step);
            if reach < precision {
                break;
            }
            // From far away the next curvature is another.
            if !whole {
                kept = None;
            }
            last = reach;
        }
        let mean = strengths.iter().sum::<f64>() / self.players.max(1) as f64;
        strengths.iter_mut().for_each(|strength| *strength -= mean);
        Fit { strengths, shift: mean, curvature: kept }
    }

    /// A step, or the part of it after which the likelihood is no lower (far from the maximum a whole step can overshoot; a part of it
    /// never does), and whether it is whole.
    fn shortened(
        &self,
        weights: &[f64],
        imagined: &Imagined,
        strengths: &[f64],
        likelihood: f64,
        mut step: Vec<f64>,
        room: &mut Room,
    ) -> (Vec<f64>, bool) {
        let mut part = 1.0;
        loop {
            let next: Vec<f64> = strengths.iter().zip(&step).map(|(s, step)| s + step).collect();
            let there = self.slope(weights, imagined, &next, room, true).likelihood;
            if there >= likelihood - 1e-12 * likelihood.abs() || part < 1e-6 {
                return (step, part == 1.0);
            }
            part *= 0.5;
            step.iter_mut().for_each(|step| *step *= 0.5);
        }
    }

    /// The slope of the log-likelihood, and where it is asked for the log-likelihood: logarithms take most of the time.
    fn slope(
        &self,
        weights: &[f64],
        imagined: &Imagined,
        strengths: &[f64],
        room: &mut Room,
        likelihood: bool,
    ) -> Slope {
        let mut here = Slope { likelihood: 0.0, slope: vec![0.0; self.players] };
        let mut pull = 0.0;
        for (slope, (even, centred)) in here.slope.iter_mut().zip(imagined.terms_of_all(strengths)) {
            here.likelihood += even[0] + centred[0];
            *slope = even[1] + centred[1];
            pull += centred[1];
        }
        // Whoever moves takes the mean along.
        here.slope.iter_mut().for_each(|slope| *slope -= pull / self.players as f64);
        let odds: Vec<f64> = strengths.iter().map(|&strength| libm::exp(strength)).collect();
        for (ranking, &weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            let groups = self.groups_of(ranking);
            let all = self.members_of(ranking);
            if all.len() == groups.len() && !likelihood {
                slope_of_order(all, weight, &odds, &mut here.slope, &mut room.below);
                continue;
            }
            self.odds_below(groups.clone(), &odds, &mut room.below);
            // One over what could have been chosen from, over all choices above.
            let mut above = 0.0;
            for (group, &below) in groups.zip(&room.below) {
                let members = self.members_of_group(group);
                if let &[player] = members {
                    let player = player as usize;
                    if below > 0.0 {
                        let all = below + odds[player];
                        if likelihood {
                            here.likelihood += weight * (strengths[player] - libm::log(all));
                        }
                        here.slope[player] += weight;
                        above += 1.0 / all;
                    }
                    here.slope[player] -= weight * odds[player] * above;
                    continue;
                }
                room.odds.clear();
                room.odds.extend(members.iter().map(|&player| odds[player as usize]));
                room.level.set(&room.odds, below, false);
                here.likelihood -= weight * room.level.log;
                for (&player, own) in members.iter().zip(&room.level.member) {
                    let player = player as usize;
                    here.likelihood += weight * strengths[player];
                    here.slope[player] += weight * (1.0 - odds[player] * (above + own));
                }
                above += room.level.below;
            }
        }
        here
    }

    /// By group, Σ of the odds of all groups below it.
    fn odds_below(&self, groups: std::ops::Range<usize>, odds: &[f64], below: &mut Vec<f64>) {
        below.clear();
        let mut sum = 0.0;
        for group in groups.rev() {
            below.push(sum);
            sum += self.members_of_group(group).iter().map(|&player| odds[player as usize]).sum::<f64>();
        }
        below.reverse();
    }

    /// The curvature of the log-likelihood turned positive, on and below the diagonal.
    fn curvature(&self, weights: &[f64], imagined: &Imagined, strengths: &[f64], room: &mut Room) -> Table {
        let n = self.players as f64;
        let (even, centred): (Vec<f64>, Vec<f64>) =
            imagined.terms_of_all(strengths).map(|(even, centred)| (even[2], centred[2])).unzip();
        let all = centred.iter().sum::<f64>() / n;
        let common = |row: usize, column: usize| (all - centred[row] - centred[column]) / n;
        let mut curvature: Table = (0..self.players)
            .map(|row| (0..self.players).map(|column| common(row, column)).collect())
            .collect();
        (0..self.players).for_each(|player| curvature[player][player] += even[player] + centred[player]);
        let odds: Vec<f64> = strengths.iter().map(|&strength| libm::exp(strength)).collect();
        // By member, from the best on: how much it has in common with everybody below.
        let mut shared: Vec<(usize, f64)> = Vec::new();
        for (ranking, &weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            let groups = self.groups_of(ranking);
            self.odds_below(groups.clone(), &odds, &mut room.below);
            shared.clear();
            let (mut above, mut above_square) = (0.0, 0.0);
            for (group, &below) in groups.zip(&room.below) {
                let members = self.members_of_group(group);
                room.odds.clear();
                room.odds.extend(members.iter().map(|&player| odds[player as usize]));
                room.level.set(&room.odds, below, true);
                let level = &room.level;
                for (place, &player) in members.iter().enumerate() {
                    let (player, own) = (player as usize, room.odds[place]);
                    let (one, square) =
                        (above + level.member[place], above_square + level.member_square[place]);
                    for &(better, common) in &shared {
                        let (row, column) = (player.max(better), player.min(better));
                        curvature[row][column] -= weight * own * common;
                    }
                    for (other_place, &other) in members.iter().enumerate().take(place) {
                        let other = other as usize;
                        let both = above_square + level.pair_square[place * members.len() + other_place];
                        let (row, column) = (player.max(other), player.min(other));
                        curvature[row][column] -= weight * own * room.odds[other_place] * both;
                    }
                    curvature[player][player] += weight * (own * one - own * own * square);
                }
                for (place, &player) in members.iter().enumerate() {
                    let square = above_square + level.member_square[place];
                    shared.push((player as usize, room.odds[place] * square));
                }
                above += level.below;
                above_square += level.below_square;
            }
        }
        curvature
    }
}

/// Where a likelihood is at its maximum.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    /// Strengths, zero on average.
    pub(super) strengths: Vec<f64>,
    /// What was taken off each for that.
    pub(super) shift: f64,
    curvature: Option<Arc<Cholesky>>,
}

impl Fit {
    /// No maximum yet.
    pub(super) fn nowhere(players: usize) -> Self {
        Self { strengths: vec![0.0; players], shift: 0.0, curvature: None }
    }

    /// Here, to look for another maximum from.
    pub(super) fn start(&self) -> Self {
        let strengths = self.strengths.iter().map(|strength| strength + self.shift).collect();
        Self { strengths, shift: 0.0, curvature: self.curvature.clone() }
    }
}

/// What a strict order adds to the slope: the short way for most of what is rated.
fn slope_of_order(order: &[u32], weight: f64, odds: &[f64], slope: &mut [f64], below: &mut Vec<f64>) {
    below.clear();
    let mut sum = 0.0;
    for &player in order.iter().rev() {
        sum += odds[player as usize];
        below.push(sum);
    }
    let mut above = 0.0;
    let (last, choices) = match order.split_last() {
        Some((last, choices)) => (*last as usize, choices),
        None => return,
    };
    for (&player, all) in choices.iter().zip(below.iter().rev()) {
        above += weight / all;
        slope[player as usize] += weight - odds[player as usize] * above;
    }
    slope[last] -= odds[last] * above;
}

fn largest(step: &[f64]) -> f64 {
    step.iter().fold(0.0, |most, step| most.max(step.abs()))
}

/// log(1 + e^x).
fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rankings(players: usize, rankings: &[Ranking]) -> Rankings {
        Rankings::new(players, rankings.chunks(1).map(|block| (block, 1.0)))
    }

    fn strengths(players: usize, all: &[Ranking]) -> Vec<f64> {
        rankings(players, all).strengths()
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
    fn ties_are_the_mean_over_all_orders_whoever_is_listed_first() {
        // One match in which four are level, and one strict order.
        let points = |names: [usize; 4]| {
            let level = Ranking::by_score(&names, &[1.0; 4]);
            let found = strengths(4, &[level, order(&[0, 1, 2, 3])]);
            found.iter().map(|s| s * 400.0 / std::f64::consts::LN_10).collect::<Vec<f64>>()
        };
        let expected = [114.97, 50.41, -25.58, -139.80];
        for names in [[0, 1, 2, 3], [3, 1, 0, 2], [2, 3, 1, 0]] {
            let found = points(names);
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.01), "{names:?}: {found:?}");
        }
    }

    #[test]
    fn groups_of_every_size_are_rated_by_results_alone() {
        // Level groups below and above those that are summed exactly, and a hundred players with eleven marks.
        for (players, marks) in [(12, 2), (20, 3), (40, 3), (100, 11)] {
            let all: Vec<Ranking> = (0..30)
                .map(|game: usize| {
                    let names: Vec<usize> = (0..players).map(|p| (p * 7 + game) % players).collect();
                    let mark =
                        |&player: &usize| ((player * 13 + game * 29) % 97 % marks + player / 40) as f64;
                    Ranking::by_score(&names, &names.iter().map(mark).collect::<Vec<f64>>())
                })
                .collect();
            let found = strengths(players, &all);
            assert!(found.iter().all(|s| s.is_finite()), "{found:?}");
            let renamed: Vec<Ranking> = all
                .iter()
                .map(|ranking| {
                    Ranking(ranking.0.iter().map(|g| g.iter().map(|p| players - 1 - p).collect()).collect())
                })
                .collect();
            let turned = strengths(players, &renamed);
            let alike = found.iter().zip(turned.iter().rev()).all(|(a, b)| (a - b).abs() < 1e-8);
            assert!(alike, "{players}: {found:?} and {turned:?}");
        }
    }

    #[test]
    fn a_block_of_twice_the_weight_is_two() {
        let (one, other) = (vec![order(&[0, 1, 2])], vec![order(&[1, 0, 2]), order(&[2, 1, 0])]);
        let weighed = Rankings::new(3, [(&one[..], 2.0), (&other[..], 1.0)]).strengths();
        let twice = Rankings::new(3, [(&one[..], 1.0), (&other[..], 1.0), (&one[..], 1.0)]).strengths();
        assert!(weighed.iter().zip(&twice).all(|(a, b)| (a - b).abs() < 1e-9), "{weighed:?}, {twice:?}");
    }
}
