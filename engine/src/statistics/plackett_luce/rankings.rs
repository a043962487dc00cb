//! The rankings of many blocks of matches, each different one held once.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::statistics::ranking::Ranking;

/// The rankings of many blocks of matches, ready to be fitted as often as wanted.
#[derive(Clone, Debug)]
pub struct Rankings {
    pub(super) players: usize,
    /// Members of all different rankings, one after another, best first.
    pub(super) members: Vec<u32>,
    /// Groups of level members, one after another: where each ends among the members.
    pub(super) groups: Vec<u32>,
    /// Where each ranking ends among the groups.
    pub(super) ends: Vec<u32>,
    /// Which rankings blocks hold, and how often, one block after another.
    pub(super) held: Vec<(u32, f64)>,
    /// Where each block ends among these.
    pub(super) blocks: Vec<u32>,
}

impl Rankings {
    /// The rankings of matches between `players`, block by block, the matches of each block counting `weight` each.
    pub fn new<'a>(players: usize, blocks: impl IntoIterator<Item = (&'a [Ranking], f64)>) -> Self {
        let mut numbers: BTreeMap<&Ranking, u32> = BTreeMap::new();
        let (mut held, mut ends_of_blocks) = (Vec::new(), Vec::new());
        for (rankings, weight) in blocks {
            let mut weights: BTreeMap<u32, f64> = BTreeMap::new();
            for ranking in rankings {
                let next = numbers.len() as u32;
                *weights.entry(*numbers.entry(ranking).or_insert(next)).or_default() += weight;
            }
            held.extend(weights);
            ends_of_blocks.push(held.len() as u32);
        }
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
        Self { players, members, groups, ends, held, blocks: ends_of_blocks }
    }

    /// Number of blocks.
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// Number of players.
    pub(in crate::statistics) fn players(&self) -> usize {
        self.players
    }

    /// Blocks, and matches (as their blocks weigh them), of every player.
    pub(in crate::statistics) fn played(&self) -> Vec<[f64; 2]> {
        let mut played = vec![[0.0; 2]; self.players];
        let mut last = vec![usize::MAX; self.players];
        for (number, block) in self.held_by_blocks().enumerate() {
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

    /// By block, the rankings that it holds, and how often.
    pub(super) fn held_by_blocks(&self) -> impl Iterator<Item = &[(u32, f64)]> {
        let mut first = 0;
        self.blocks
            .iter()
            .map(move |&end| &self.held[std::mem::replace(&mut first, end as usize)..end as usize])
    }

    /// Rankings in order: their groups, by number among all, and their members.
    #[inline]
    pub(super) fn all(&self) -> impl Iterator<Item = (Range<usize>, &[u32])> {
        let (mut first_group, mut first_member) = (0, 0);
        self.ends.iter().map(move |&end| {
            let groups = std::mem::replace(&mut first_group, end as usize)..end as usize;
            let last = if groups.is_empty() { first_member } else { self.groups[groups.end - 1] as usize };
            (groups, &self.members[std::mem::replace(&mut first_member, last)..last])
        })
    }

    /// Groups of a ranking, by number among all.
    pub(super) fn groups_of(&self, ranking: usize) -> Range<usize> {
        let first = if ranking == 0 { 0 } else { self.ends[ranking - 1] };
        first as usize..self.ends[ranking] as usize
    }

    pub(super) fn members_of_group(&self, group: usize) -> &[u32] {
        let first = if group == 0 { 0 } else { self.groups[group - 1] };
        &self.members[first as usize..self.groups[group] as usize]
    }

    pub(super) fn members_of(&self, ranking: usize) -> &[u32] {
        let groups = self.groups_of(ranking);
        let first = if groups.start == 0 { 0 } else { self.groups[groups.start - 1] };
        let last = if groups.end == 0 { 0 } else { self.groups[groups.end - 1] };
        &self.members[first as usize..last as usize]
    }
}
