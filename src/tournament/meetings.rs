//! Who ended above whom: the table of pairs, and the mixture that nobody beats.

use std::collections::BTreeMap;

use serde::Serialize;

use super::records::Finish;
use crate::statistics::{
    AlphaRank, Estimate, Interval, Luck, Table, alpha_rank, bootstrap, connected, holm, interval,
    nash_average, sign_flip,
};

/// Draws for mixtures, which take longer than those for strengths.
const DRAWS: usize = 200;
/// Corrected probability below which one beats another.
const CLEAR: f64 = 0.05;

/// The matches of one block, as players by place in the plan.
pub(super) struct Played<'a> {
    pub(super) finishes: Vec<&'a Finish>,
    /// By match and seat: the entry there.
    pub(super) entries: Vec<Vec<Option<usize>>>,
}

/// Two who met.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// The better.
    pub one: String,
    /// The other.
    pub other: String,
    /// Blocks in which they met.
    pub blocks: usize,
    /// Part of these matches in which the better ended above the other.
    pub score: Interval,
    /// Probability of so much by luck, corrected for all pairs (Holm).
    pub probability: f64,
}

/// Who ended above whom, by block.
pub(super) struct Meetings {
    entries: usize,
    /// By block: of two who met, the first ended above the second in this part of their matches.
    blocks: Vec<Vec<(usize, usize, f64)>>,
}

impl Meetings {
    pub(super) fn of(played: &[Played], entries: usize) -> Self {
        let of_block = |block: &Played| {
            let mut meetings = Vec::new();
            for (finish, seated) in block.finishes.iter().zip(&block.entries) {
                for (seat, &one) in seated.iter().enumerate() {
                    for (rival, &other) in seated.iter().enumerate().skip(seat + 1) {
                        let (Some(one), Some(other)) = (one, other) else { continue };
                        meetings.push((one, other, finish.above(seat, rival)));
                    }
                }
            }
            meetings
        };
        Self::among(entries, played.iter().map(of_block))
    }

    /// By block, who met whom, and whether the one ended above the other: 1, ½ on a tie, 0.
    pub(super) fn among<M>(entries: usize, blocks: impl Iterator<Item = M>) -> Self
    where
        M: IntoIterator<Item = (usize, usize, f64)>,
    {
        let of_block = |meetings: M| {
            let mut sums: BTreeMap<(usize, usize), (f64, f64)> = BTreeMap::new();
            for (one, other, above) in meetings {
                let (key, above) =
                    if one < other { ((one, other), above) } else { ((other, one), 1.0 - above) };
                let sum = sums.entry(key).or_default();
                *sum = (sum.0 + above, sum.1 + 1.0);
            }
            sums.into_iter().map(|((one, other), (above, of))| (one, other, above / of)).collect()
        };
        Self { entries, blocks: blocks.map(of_block).collect() }
    }

    /// What each earns against each, as the part of matches in which it ended above, every block counting once, as it does
    /// in the table of pairs; where two never met, as their strengths have it.
    pub(super) fn earnings(&self, strengths: &[f64]) -> Table {
        self.earned(&vec![1.0; self.blocks.len()], strengths, None)
    }

    /// The same where blocks weigh so much, and where there is luck, with a block won and one lost more for every two who met.
    fn earned(&self, times: &[f64], strengths: &[f64], luck: Option<&mut Luck>) -> Table {
        let mut sums = vec![vec![(0.0, 0.0); self.entries]; self.entries];
        for (block, times) in self.blocks.iter().zip(times) {
            for &(one, other, part) in block {
                let sum = &mut sums[one][other];
                *sum = (sum.0 + times * part, sum.1 + times);
            }
        }
        if let Some(luck) = luck {
            for sum in sums.iter_mut().flatten().filter(|sum| sum.1 > 0.0) {
                let (won, lost) = (luck.unseen_block(), luck.unseen_block());
                *sum = (sum.0 + won, sum.1 + won + lost);
            }
        }
        let against = |one: usize, other: usize| {
            let met = |(above, of): (f64, f64)| (of > 0.0).then(|| above / of);
            let modelled = || 1.0 / (1.0 + libm::exp(strengths[other] - strengths[one]));
            match one.cmp(&other) {
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => met(sums[one][other]).unwrap_or_else(modelled),
                std::cmp::Ordering::Greater => met(sums[other][one]).map_or_else(modelled, |part| 1.0 - part),
            }
        };
        (0..self.entries).map(|one| (0..self.entries).map(|other| against(one, other)).collect()).collect()
    }

    /// Groups of entries between whom there is a chain of meetings.
    pub(super) fn groups(&self) -> Vec<Vec<usize>> {
        connected(self.entries, self.blocks.iter().flatten().map(|&(one, other, _)| (one, other)))
    }
}

/// Every two who met, and who clearly beats whom.
pub(super) fn pairs(meetings: &Meetings, names: &[&str]) -> (Vec<Pair>, Vec<Vec<bool>>) {
    let mut scores: BTreeMap<(usize, usize), Vec<f64>> = BTreeMap::new();
    for &(one, other, part) in meetings.blocks.iter().flatten() {
        scores.entry((one, other)).or_default().push(part);
    }
    let luck = |scores: &Vec<f64>| sign_flip(&scores.iter().map(|score| score - 0.5).collect::<Vec<_>>());
    let corrected = holm(&scores.values().map(luck).collect::<Vec<_>>());
    let mut beats = vec![vec![false; names.len()]; names.len()];
    let mut pairs = Vec::new();
    for (((one, other), scores), probability) in scores.into_iter().zip(corrected) {
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        let turned = mean < 0.5;
        let scores: Vec<f64> = if turned { scores.iter().map(|score| 1.0 - score).collect() } else { scores };
        let (one, other) = if turned { (other, one) } else { (one, other) };
        beats[one][other] = probability < CLEAR;
        pairs.push(Pair {
            one: names[one].to_owned(),
            other: names[other].to_owned(),
            blocks: scores.len(),
            score: Estimate::of_parts(&scores),
            probability,
        });
    }
    (pairs, beats)
}

/// What α-rank and Nash averaging say of everybody.
pub(super) struct Solved {
    /// Part of the time that evolution spends at each.
    pub(super) alpha: Vec<Interval>,
    /// Part of each in the mixture that nobody beats.
    pub(super) nash: Vec<Interval>,
    /// Selection and population of the α-rank of the largest group.
    pub(super) setting: (f64, usize),
}

/// α-rank and the mixture that nobody beats, within each group of those who can be compared, with what else they might have been:
/// over draws of weights of blocks, in which every two who met have one more that was won and one that was lost, as in the draws of
/// strengths.
pub(super) fn solve(meetings: &Meetings, groups: &[Vec<usize>], strengths: &[f64], seed: u64) -> Solved {
    let of = |earnings: &Table| -> [Vec<f64>; 2] {
        let mut parts = [vec![0.0; meetings.entries], vec![0.0; meetings.entries]];
        for group in groups {
            let (AlphaRank { parts: alpha, .. }, nash) = solved(earnings, group);
            for (place, &entry) in group.iter().enumerate() {
                (parts[0][entry], parts[1][entry]) = (alpha[place], nash[place]);
            }
        }
        parts
    };
    let earnings = meetings.earnings(strengths);
    let found = of(&earnings);
    let drawn = bootstrap(meetings.blocks.len(), DRAWS, seed, |times, luck| {
        of(&meetings.earned(times, strengths, Some(luck)))
    });
    let intervals = |which: usize| {
        let of_entry = |(entry, &part): (usize, &f64)| {
            interval(part, drawn.iter().map(|parts| parts[which][entry]).collect())
        };
        found[which].iter().enumerate().map(of_entry).collect()
    };
    let largest = groups.iter().max_by_key(|group| group.len());
    let setting = largest.map_or((0.0, 0), |group| {
        let alpha = solved(&earnings, group).0;
        (alpha.selection, alpha.population)
    });
    Solved { alpha: intervals(0), nash: intervals(1), setting }
}

fn solved(earnings: &Table, group: &[usize]) -> (AlphaRank, Vec<f64>) {
    let part = |one: usize, other: usize| earnings[one][other];
    let of_group: Table =
        group.iter().map(|&one| group.iter().map(|&other| part(one, other)).collect()).collect();
    let mut advantage = of_group.clone();
    advantage.iter_mut().flatten().for_each(|part| *part -= 0.5);
    (alpha_rank(&of_group), nash_average(&advantage))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tournament::Finish;

    /// A duel that ended so.
    fn duel(value: [f64; 2]) -> Finish {
        let record = serde_json::json!({
            "level": "duel", "block": 0, "rotation": 0, "seed": 1, "turns": 1, "players": ["a", "b"], "value": value,
            "profit": [0.0, 0.0], "share": [0.5, 0.5], "refused": [0, 0],
            "curves": {"share": [], "profit": [], "value": []}, "hash": "",
        });
        serde_json::from_value(record).expect("is a record")
    }

    #[test]
    fn every_block_counts_once_however_many_matches_it_has() {
        let (won, lost) = (duel([2.0, 1.0]), duel([1.0, 2.0]));
        let of = |finish, matches| Played {
            finishes: vec![finish; matches],
            entries: vec![vec![Some(0), Some(1)]; matches],
        };
        let played = [of(&won, 6), of(&lost, 2)];
        let meetings = Meetings::of(&played, 2);
        assert_eq!(meetings.earnings(&[0.0, 0.0])[0][1], 0.5);
        let (pairs, _) = pairs(&meetings, &["a", "b"]);
        assert_eq!((pairs[0].blocks, pairs[0].score.value), (2, 0.5), "as in the table of pairs");
    }
}
