//! Who sits where, when: blocks from a plan.
//!
//! A block is one level, one seed and one line-up, played once for every rotation over the seats, so that luck and seat are
//! the same for everyone. Seeds come from the plan's seed, the level and the block's number, never from who plays it when.

use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::matches::Finish;
use super::plan::{Format, Tournament};
use super::run::Finishes;
use crate::statistics::Verdict;

/// Blocks of a sequential test between two looks at the ratio. How many threads there are must not decide when it ends.
const BATCH: u32 = 8;

/// One level, one seed, one line-up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// Level, by place in the plan.
    pub level: usize,
    /// Number within the level, from 0.
    pub number: u32,
    /// Entries, by place in the plan; the first has the first seat in the first match. From the number of entries on, the
    /// plan's `others`.
    pub lineup: Vec<usize>,
}

/// One match of a block.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fixture {
    /// The block.
    pub block: Block,
    /// By how many seats the line-up is moved on.
    pub rotation: usize,
}

impl Fixture {
    /// Who has a seat.
    pub fn of_seat(&self, seat: usize) -> usize {
        let seats = self.block.lineup.len();
        self.block.lineup[(seat + self.rotation) % seats]
    }
}

impl Block {
    /// Its matches.
    pub fn fixtures(&self) -> impl Iterator<Item = Fixture> + '_ {
        (0..self.lineup.len()).map(|rotation| Fixture { block: self.clone(), rotation })
    }

    /// The seed of its matches.
    pub fn seed(&self, tournament: &Tournament) -> u64 {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&tournament.plan.seed.to_le_bytes());
        hasher.update(tournament.levels[self.level].level.id.as_bytes());
        hasher.update(&self.number.to_le_bytes());
        let hash = hasher.finalize();
        let bytes: [u8; 8] = std::array::from_fn(|place| hash.as_bytes()[place]);
        // Spreadsheets and browsers keep 53 bits of a number.
        u64::from_le_bytes(bytes) >> 12
    }
}

/// The blocks to be played after the rounds that are `done`, all of whose records are there; none when the tournament is
/// over. Blocks come in order.
pub fn next_round(tournament: &Tournament, round: u32, done: &Finishes) -> Vec<Block> {
    let plan = &tournament.plan;
    let levels = 0..tournament.levels.len();
    match plan.format {
        Format::RoundRobin | Format::Gauntlet if round > 0 => Vec::new(),
        Format::RoundRobin => levels.flat_map(|level| everybody(tournament, level)).collect(),
        Format::Gauntlet => levels.flat_map(|level| first_against_all(tournament, level)).collect(),
        Format::Swiss { rounds } if round >= rounds => Vec::new(),
        Format::Swiss { .. } => levels.flat_map(|level| alike(tournament, level, round, done)).collect(),
        Format::Sprt { .. } => levels.flat_map(|level| next_batch(tournament, level, round, done)).collect(),
    }
}

fn chance(tournament: &Tournament, level: usize, round: u32) -> ChaCha8Rng {
    let mut chance = ChaCha8Rng::seed_from_u64(tournament.plan.seed);
    chance.set_stream((level as u64) << 32 | u64::from(round));
    chance
}

fn numbered(level: usize, first: u32, lineups: Vec<Vec<usize>>) -> Vec<Block> {
    (first..).zip(lineups).map(|(number, lineup)| Block { level, number, lineup }).collect()
}

/// Every two meet. With two seats exactly; with more, each line-up takes whoever has played least and met the others least.
fn everybody(tournament: &Tournament, level: usize) -> Vec<Block> {
    let (entries, seats) = (tournament.entries.len(), tournament.seats(level));
    let blocks = tournament.plan.blocks as usize;
    let lineups: Vec<Vec<usize>> = if seats == 2 {
        let pairs = (0..entries).flat_map(|a| (a + 1..entries).map(move |b| vec![a, b]));
        let pairs: Vec<Vec<usize>> = pairs.collect();
        (0..blocks).flat_map(|_| pairs.clone()).collect()
    } else {
        let meetings = blocks * entries * (entries - 1);
        let count = meetings.div_ceil(seats * (seats - 1));
        balanced(&mut chance(tournament, level, 0), entries, seats, count, None)
    };
    let by_name = by_name(tournament);
    let named = |lineup: Vec<usize>| lineup.into_iter().map(|place| by_name[place]).collect();
    numbered(level, 0, lineups.into_iter().map(named).collect())
}

/// Entries by name: who meets whom with which luck must not depend on the order in which a plan lists them.
fn by_name(tournament: &Tournament) -> Vec<usize> {
    let mut entries: Vec<usize> = (0..tournament.entries.len()).collect();
    entries.sort_by(|&a, &b| tournament.entries[a].name.cmp(&tournament.entries[b].name));
    entries
}

/// The first strategy is in every line-up.
fn first_against_all(tournament: &Tournament, level: usize) -> Vec<Block> {
    let (entries, seats) = (tournament.entries.len(), tournament.seats(level));
    let blocks = tournament.plan.blocks as usize;
    let count = (blocks * (entries - 1)).div_ceil(seats - 1);
    let lineups = balanced(&mut chance(tournament, level, 0), entries, seats, count, Some(0));
    numbered(level, 0, lineups)
}

/// Line-ups in which everybody plays as often, and every two meet as often, as can be.
fn balanced(
    chance: &mut ChaCha8Rng,
    entries: usize,
    seats: usize,
    count: usize,
    always: Option<usize>,
) -> Vec<Vec<usize>> {
    let mut played = vec![0u32; entries];
    let mut met = vec![vec![0u32; entries]; entries];
    let mut lineups = Vec::with_capacity(count);
    for _ in 0..count {
        let mut lineup: Vec<usize> = always.into_iter().collect();
        while lineup.len() < seats {
            let free = (0..entries).filter(|entry| !lineup.contains(entry));
            let weight = |&entry: &usize| {
                let meetings: u32 = lineup.iter().map(|&other| met[entry][other]).sum();
                (played[entry], meetings)
            };
            let mut free: Vec<(usize, (u32, u32), u32)> =
                free.map(|entry| (entry, weight(&entry), chance.random())).collect();
            free.sort_by_key(|&(_, weight, luck)| (weight, luck));
            match free.first() {
                Some(&(entry, ..)) => lineup.push(entry),
                None => break,
            }
        }
        for (place, &a) in lineup.iter().enumerate() {
            played[a] += 1;
            for &b in &lineup[place + 1..] {
                met[a][b] += 1;
                met[b][a] += 1;
            }
        }
        lineup.shuffle(chance);
        lineups.push(lineup);
    }
    lineups
}

/// A round of a Swiss tournament: in order of the mean score so far, neighbours meet; whoever is left over when the seats
/// do not come out sits with the last group, whose members then play one more block.
fn alike(tournament: &Tournament, level: usize, round: u32, done: &Finishes) -> Vec<Block> {
    let (entries, seats) = (tournament.entries.len(), tournament.seats(level));
    let mut luck = by_name(tournament);
    luck.shuffle(&mut chance(tournament, level, round));
    let groups = entries.div_ceil(seats);
    let first = round * groups as u32 * tournament.plan.blocks;
    let earlier: Vec<&Finish> = before(level, first, done).collect();
    let score = |entry: usize| {
        let name = &tournament.entries[entry].name;
        let scores = earlier.iter().filter_map(|finish| finish.score_of(name));
        let (sum, count) = scores.fold((0.0, 0.0), |(sum, count), score| (sum + score, count + 1.0));
        if count == 0.0 { 0.5 } else { sum / count }
    };
    let scores: Vec<f64> = (0..entries).map(score).collect();
    luck.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let group = |number: usize| {
        let first = (number * seats).min(entries - seats);
        luck[first..first + seats].to_vec()
    };
    let lineups: Vec<Vec<usize>> =
        (0..groups).flat_map(|number| (0..tournament.plan.blocks).map(move |_| number)).map(group).collect();
    numbered(level, first, lineups)
}

/// Records of a level's blocks before one: what comes later, when a tournament goes on, must not decide what went before.
fn before(level: usize, block: u32, done: &Finishes) -> impl Iterator<Item = &Finish> {
    done.range((level, 0, 0)..(level, block, 0)).map(|(_, finish)| finish)
}

/// The next blocks of a sequential test, if it is still open.
fn next_batch(tournament: &Tournament, level: usize, round: u32, done: &Finishes) -> Vec<Block> {
    let Some(test) = tournament.plan.format.test() else { return Vec::new() };
    let first = round * BATCH;
    let (counts, rotations) = paired_scores(tournament, level, before(level, first, done));
    let verdict = test.verdict(test.log_ratio(&counts, rotations));
    if verdict != Verdict::Open || first >= tournament.plan.blocks {
        return Vec::new();
    }
    let seats = tournament.seats(level);
    let entries = tournament.entries.len();
    let others = (0..seats - 2).map(|place| entries + place % tournament.others.len().max(1));
    let lineup: Vec<usize> = [0, 1].into_iter().chain(others).collect();
    let count = BATCH.min(tournament.plan.blocks - first);
    numbered(level, first, vec![lineup; count as usize])
}

/// How many blocks of a test ended with each score of the first entry against the second, from all lost to all won, and the
/// matches of a block.
pub fn paired_scores<'a>(
    tournament: &Tournament,
    level: usize,
    done: impl Iterator<Item = &'a Finish>,
) -> (Vec<f64>, usize) {
    let rotations = tournament.seats(level);
    let mut halves: std::collections::BTreeMap<u32, (usize, usize)> = std::collections::BTreeMap::new();
    let (first, second) = (&tournament.entries[0].name, &tournament.entries[1].name);
    for finish in done {
        if let Some(score) = finish.score_against(first, second) {
            let block = halves.entry(finish.block).or_default();
            block.0 += (2.0 * score) as usize;
            block.1 += 1;
        }
    }
    let mut counts = vec![0.0; 2 * rotations + 1];
    let whole = halves.into_values().filter(|&(_, matches)| matches == rotations);
    whole.for_each(|(halves, _)| counts[halves] += 1.0);
    (counts, rotations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ups_are_balanced_over_players_and_over_pairs() {
        let mut chance = ChaCha8Rng::seed_from_u64(4);
        let (entries, seats, count) = (18, 6, 306);
        let lineups = balanced(&mut chance, entries, seats, count, None);
        let mut met = vec![vec![0i32; entries]; entries];
        for lineup in &lineups {
            let mut sorted = lineup.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), seats, "nobody sits twice: {lineup:?}");
            lineup.iter().for_each(|&a| lineup.iter().for_each(|&b| met[a][b] += 1));
        }
        for a in 0..entries {
            assert_eq!(met[a][a], 102, "everybody plays as often");
            for b in (0..entries).filter(|&b| b != a) {
                assert!((met[a][b] - 30).abs() <= 6, "{a} and {b} met {} times, not about 30", met[a][b]);
            }
        }
    }

    #[test]
    fn rotations_give_everybody_every_seat() {
        let block = Block { level: 0, number: 3, lineup: vec![7, 2, 5] };
        let seats: Vec<Vec<usize>> =
            block.fixtures().map(|fixture| (0..3).map(|seat| fixture.of_seat(seat)).collect()).collect();
        assert_eq!(seats, [vec![7, 2, 5], vec![2, 5, 7], vec![5, 7, 2]]);
    }
}
