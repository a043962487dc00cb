//! The likelihood of rankings: its slope and its curvature.

use std::ops::Range;

use super::rankings::Rankings;
use crate::statistics::table::Table;
use crate::statistics::ties::Level;

/// What players are thought to have played besides.
#[derive(Clone, Debug)]
pub(in crate::statistics) struct Imagined {
    /// Matches that each won, and as many that it lost, against somebody of strength zero.
    pub(in crate::statistics) even: f64,
    /// By player: matches won and lost against somebody as strong as all are on average.
    pub(in crate::statistics) against_the_mean: Vec<[f64; 2]>,
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

impl Imagined {
    /// What is imagined adds so much to the likelihood and its slope.
    fn slope(&self, strengths: &[f64]) -> Slope {
        let mut here = Slope { likelihood: 0.0, slope: vec![0.0; strengths.len()] };
        let mut pull = 0.0;
        for (slope, (even, centred)) in here.slope.iter_mut().zip(self.terms_of_all(strengths)) {
            here.likelihood += even[0] + centred[0];
            *slope = even[1] + centred[1];
            pull += centred[1];
        }
        // Whoever moves takes the mean along.
        here.slope.iter_mut().for_each(|slope| *slope -= pull / strengths.len() as f64);
        here
    }
}

/// What the likelihood is at some strengths.
#[derive(Clone, Debug, Default)]
pub(super) struct Slope {
    pub(super) likelihood: f64,
    pub(super) slope: Vec<f64>,
}

/// Room for one level group after another.
#[derive(Default)]
pub(super) struct Room {
    level: Level,
    odds: Vec<f64>,
    /// By group of a ranking: Σ of odds below it.
    below: Vec<f64>,
}

impl Rankings {
    /// The slope of the log-likelihood, and where it is asked for the log-likelihood: logarithms take most of the time.
    pub(super) fn slope(
        &self,
        weights: &[f64],
        imagined: &Imagined,
        strengths: &[f64],
        room: &mut Room,
        likelihood: bool,
    ) -> Slope {
        let mut here = imagined.slope(strengths);
        let odds = odds(strengths);
        for ((groups, members), &weight) in self.all().zip(weights).filter(|(_, weight)| **weight > 0.0) {
            if !likelihood && groups.len() == members.len() {
                slope_of_order(members, weight, &odds, &mut here.slope, &mut room.below);
            } else {
                self.slope_of_ranking(groups, weight, (strengths, &odds), room, likelihood, &mut here);
            }
        }
        here
    }

    /// The slope of each ranking for itself, of weight one: by member, as they are listed.
    pub(super) fn slopes(&self, strengths: &[f64]) -> Vec<f64> {
        let (mut room, odds) = (Room::default(), odds(strengths));
        let mut here = Slope { likelihood: 0.0, slope: vec![0.0; strengths.len()] };
        let mut slopes = Vec::with_capacity(self.members.len());
        for (groups, members) in self.all() {
            self.slope_of_ranking(groups, 1.0, (strengths, &odds), &mut room, false, &mut here);
            slopes.extend(members.iter().map(|&player| std::mem::take(&mut here.slope[player as usize])));
        }
        slopes
    }

    /// The slope again, where that of each ranking is known: a sum.
    pub(super) fn slope_by(
        &self,
        mut slopes: &[f64],
        weights: &[f64],
        imagined: &Imagined,
        strengths: &[f64],
    ) -> Slope {
        let mut here = imagined.slope(strengths);
        for ((_, members), weight) in self.all().zip(weights) {
            let (own, rest) = slopes.split_at(members.len());
            slopes = rest;
            for (&player, slope) in members.iter().zip(own) {
                here.slope[player as usize] += weight * slope;
            }
        }
        here
    }

    /// Adds what one ranking says of players with such strengths and odds.
    fn slope_of_ranking(
        &self,
        groups: Range<usize>,
        weight: f64,
        (strengths, odds): (&[f64], &[f64]),
        room: &mut Room,
        likelihood: bool,
        here: &mut Slope,
    ) {
        self.odds_below(groups.clone(), odds, &mut room.below);
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

    /// By group, Σ of the odds of all groups below it.
    fn odds_below(&self, groups: Range<usize>, odds: &[f64], below: &mut Vec<f64>) {
        below.clear();
        let mut sum = 0.0;
        for group in groups.rev() {
            below.push(sum);
            sum += self.members_of_group(group).iter().map(|&player| odds[player as usize]).sum::<f64>();
        }
        below.reverse();
    }

    /// The curvature of the log-likelihood turned positive, on and below the diagonal.
    pub(super) fn curvature(
        &self,
        weights: &[f64],
        imagined: &Imagined,
        strengths: &[f64],
        room: &mut Room,
    ) -> Table {
        let n = self.players as f64;
        let (even, centred): (Vec<f64>, Vec<f64>) =
            imagined.terms_of_all(strengths).map(|(even, centred)| (even[2], centred[2])).unzip();
        let all = centred.iter().sum::<f64>() / n;
        let common = |row: usize, column: usize| (all - centred[row] - centred[column]) / n;
        let mut curvature: Table = (0..self.players)
            .map(|row| (0..self.players).map(|column| common(row, column)).collect())
            .collect();
        (0..self.players).for_each(|player| curvature[player][player] += even[player] + centred[player]);
        let odds = odds(strengths);
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

/// What a strict order adds to the slope: the short way for most of what is rated.
#[inline]
fn slope_of_order(order: &[u32], weight: f64, odds: &[f64], slope: &mut [f64], below: &mut Vec<f64>) {
    // Of a known length it is done without a list, several orders at a time.
    match order {
        [a, b] => return slope_of(&[*a, *b], weight, odds, slope),
        [a, b, c] => return slope_of(&[*a, *b, *c], weight, odds, slope),
        [a, b, c, d] => return slope_of(&[*a, *b, *c, *d], weight, odds, slope),
        [a, b, c, d, e, f] => return slope_of(&[*a, *b, *c, *d, *e, *f], weight, odds, slope),
        _ => {}
    }
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

#[inline]
fn slope_of<const N: usize>(order: &[u32; N], weight: f64, odds: &[f64], slope: &mut [f64]) {
    let own = order.map(|player| odds[player as usize]);
    let mut below = own;
    for place in (0..N - 1).rev() {
        below[place] += below[place + 1];
    }
    let mut above = 0.0;
    for place in 0..N - 1 {
        above += weight / below[place];
        slope[order[place] as usize] += weight - own[place] * above;
    }
    slope[order[N - 1] as usize] -= own[N - 1] * above;
}

fn odds(strengths: &[f64]) -> Vec<f64> {
    strengths.iter().map(|&strength| libm::exp(strength)).collect()
}

/// log(1 + e^x).
fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Ranking;

    #[test]
    fn the_slope_is_the_sum_of_the_slopes_of_rankings() {
        // Orders of every length that is summed in its own way, and level groups.
        let scores: [&[f64]; 8] = [
            &[2.0, 1.0],
            &[1.0, 3.0, 2.0],
            &[4.0, 1.0, 3.0, 2.0],
            &[1.0, 2.0, 3.0, 4.0, 5.0],
            &[6.0, 5.0, 1.0, 2.0, 3.0, 4.0],
            &[1.0, 2.0, 3.0, 4.0, 7.0, 6.0, 5.0],
            &[1.0, 1.0, 0.0, 2.0, 0.0],
            &[0.0; 4],
        ];
        let rankings: Vec<Ranking> = scores
            .iter()
            .map(|scores| Ranking::by_score(&[3, 0, 6, 1, 5, 2, 4][..scores.len()], scores))
            .collect();
        let all = Rankings::new(7, rankings.chunks(2).map(|block| (block, 1.0)));
        let weights: Vec<f64> = (0..8).map(|number| 0.3 + 0.2 * f64::from(number)).collect();
        let strengths = [0.3, -0.2, 1.1, 0.0, -0.9, 0.4, -0.7];
        let imagined = Imagined { even: 0.5, against_the_mean: vec![[0.4, 0.1]; 7] };
        let slope =
            |likelihood| all.slope(&weights, &imagined, &strengths, &mut Room::default(), likelihood).slope;
        let (short, long) = (slope(false), slope(true));
        let sum = all.slope_by(&all.slopes(&strengths), &weights, &imagined, &strengths).slope;
        for player in 0..7 {
            let near = |other: &[f64]| (short[player] - other[player]).abs() < 1e-12;
            assert!(near(&long) && near(&sum), "{player}: {short:?}, {long:?}, {sum:?}");
        }
    }
}
