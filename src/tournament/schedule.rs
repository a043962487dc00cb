//! Who sits where, when: blocks from a plan.
//!
//! A block is one level, one seed and one line-up, played once for every rotation over the seats, so that luck and seat are
//! the same for everyone. Seeds come from the plan's seed, the level and the block's number, never from who plays it when.

use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::plan::{Format, Tournament};
use super::records::Finish;
use super::records::Finishes;
use super::swiss::swiss_round;
use crate::statistics::Verdict;

/// Blocks of a sequential test between two looks at the ratio. How many threads there are must not decide when it ends.
pub const BATCH: u32 = 8;

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
    pub fn fixtures(self) -> impl Iterator<Item = Fixture> {
        (0..self.lineup.len()).map(move |rotation| Fixture { block: self.clone(), rotation })
    }

    /// The seed of its matches.
    pub fn seed(&self, tournament: &Tournament) -> u64 {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&tournament.plan.seed.to_le_bytes());
        hasher.update(tournament.levels[self.level].level.id.as_bytes());
        // All opponents of a gauntlet's first meet it with the same luck.
        let number = match tournament.plan.format {
            Format::Gauntlet => self.number / gauntlet_lineups(tournament, self.level) as u32,
            _ => self.number,
        };
        hasher.update(&number.to_le_bytes());
        let hash = hasher.finalize();
        let bytes: [u8; 8] = std::array::from_fn(|place| hash.as_bytes()[place]);
        // Spreadsheets and browsers keep 53 bits of a number.
        u64::from_le_bytes(bytes) >> 12
    }
}

/// The blocks of a round, made as they are wanted: there may be millions.
pub struct Round<'a> {
    /// How many matches they are.
    pub matches: usize,
    /// In order.
    pub blocks: Box<dyn Iterator<Item = Block> + Send + 'a>,
}

impl<'a> Round<'a> {
    /// Line-ups of a level, so many, their blocks numbered from `first` on.
    fn of(
        level: usize,
        seats: usize,
        first: u32,
        count: usize,
        lineups: impl Iterator<Item = Vec<usize>> + Send + 'a,
    ) -> Self {
        let block = move |(number, lineup)| Block { level, number, lineup };
        Self { matches: count * seats, blocks: Box::new((first..).zip(lineups.take(count)).map(block)) }
    }

    fn none() -> Self {
        Self { matches: 0, blocks: Box::new(std::iter::empty()) }
    }

    fn and(self, other: Self) -> Self {
        Self { matches: self.matches + other.matches, blocks: Box::new(self.blocks.chain(other.blocks)) }
    }
}

/// The blocks to be played after the rounds that are `done`, all of whose records are there; none when the tournament is
/// over.
pub fn next_round<'a>(tournament: &'a Tournament, round: u32, done: &Finishes) -> Round<'a> {
    let of_level = |level: usize| match tournament.plan.format {
        Format::RoundRobin | Format::Gauntlet if round > 0 => Round::none(),
        Format::RoundRobin => everybody(tournament, level),
        Format::Gauntlet => first_against_all(tournament, level),
        Format::Swiss { rounds } if round >= rounds => Round::none(),
        Format::Swiss { .. } => alike(tournament, level, round, done),
        Format::Sprt { .. } => next_batch(tournament, level, round, done),
    };
    (0..tournament.levels.len()).map(of_level).fold(Round::none(), Round::and)
}

fn chance(tournament: &Tournament, level: usize, round: u32) -> ChaCha8Rng {
    let mut chance = ChaCha8Rng::seed_from_u64(tournament.plan.seed);
    chance.set_stream((level as u64) << 32 | u64::from(round));
    chance
}

/// Every two meet. With two seats exactly; with more, each line-up takes whoever has played least and met the others least.
fn everybody(tournament: &Tournament, level: usize) -> Round<'_> {
    let (entries, seats) = (tournament.entries.len(), tournament.seats(level));
    let blocks = tournament.plan.blocks as usize;
    let by_name = by_name(tournament);
    let named = move |lineup: Vec<usize>| lineup.into_iter().map(|place| by_name[place]).collect();
    if seats == 2 {
        let pairs: Vec<Vec<usize>> =
            (0..entries).flat_map(|a| (a + 1..entries).map(move |b| vec![a, b])).collect();
        let count = blocks * pairs.len();
        return Round::of(
            level,
            seats,
            0,
            count,
            (0..count).map(move |n| pairs[n % pairs.len()].clone()).map(named),
        );
    }
    let meetings = blocks * entries * (entries - 1);
    let count = meetings.div_ceil(seats * (seats - 1));
    let lineups = Balanced::new(chance(tournament, level, 0), entries, seats, None);
    Round::of(level, seats, 0, count, lineups.map(named))
}

/// Entries by name: who meets whom with which luck must not depend on the order in which a plan lists them.
fn by_name(tournament: &Tournament) -> Vec<usize> {
    let mut entries: Vec<usize> = (0..tournament.entries.len()).collect();
    entries.sort_by(|&a, &b| tournament.entries[a].name.cmp(&tournament.entries[b].name));
    entries
}

/// Line-ups in which the first of a gauntlet meets all others once.
fn gauntlet_lineups(tournament: &Tournament, level: usize) -> usize {
    (tournament.entries.len() - 1).div_ceil(tournament.seats(level) - 1)
}

/// The first strategy is in every line-up, and meets all others before it meets one again.
fn first_against_all(tournament: &Tournament, level: usize) -> Round<'_> {
    let (entries, seats) = (tournament.entries.len(), tournament.seats(level));
    let count = tournament.plan.blocks as usize * gauntlet_lineups(tournament, level);
    let lineups = Balanced::new(chance(tournament, level, 0), entries, seats, Some(0));
    Round::of(level, seats, 0, count, lineups)
}

/// Line-ups in which everybody plays as often, and every two meet as often, as can be.
struct Balanced {
    chance: ChaCha8Rng,
    seats: usize,
    always: Option<usize>,
    played: Vec<u32>,
    met: Vec<Vec<u32>>,
}

impl Balanced {
    fn new(chance: ChaCha8Rng, entries: usize, seats: usize, always: Option<usize>) -> Self {
        Self { chance, seats, always, played: vec![0; entries], met: vec![vec![0; entries]; entries] }
    }
}

impl Iterator for Balanced {
    type Item = Vec<usize>;

    fn next(&mut self) -> Option<Vec<usize>> {
        let Self { chance, seats, always, played, met } = self;
        let mut lineup: Vec<usize> = always.iter().copied().collect();
        while lineup.len() < *seats {
            let free = (0..played.len()).filter(|entry| !lineup.contains(entry));
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
        Some(lineup)
    }
}

/// A round of a Swiss tournament: those meet who stand alike by their mean score so far and have met least.
fn alike<'a>(tournament: &'a Tournament, level: usize, round: u32, done: &Finishes) -> Round<'a> {
    let (entries, seats) = (tournament.entries.len(), tournament.seats(level));
    let blocks = tournament.plan.blocks;
    let mut luck = by_name(tournament);
    luck.shuffle(&mut chance(tournament, level, round));
    let groups = entries.div_ceil(seats);
    let first = round * groups as u32 * blocks;
    let earlier: Vec<&Finish> = before(level, first, done).collect();
    let name = |entry: usize| &tournament.entries[entry].name;
    let score = |entry: usize| {
        let scores = earlier.iter().filter_map(|finish| finish.score_of(name(entry)));
        let (sum, count) = scores.fold((0.0, 0), |(sum, count), score| (sum + score, count + 1));
        (if count == 0 { 0.5 } else { sum / f64::from(count) }, count)
    };
    let scores: Vec<(f64, i32)> = (0..entries).map(score).collect();
    luck.sort_by(|&a, &b| scores[b].0.total_cmp(&scores[a].0));
    let met = |a: usize, b: usize| {
        earlier.iter().filter(|finish| finish.score_against(name(a), name(b)).is_some()).count()
    };
    let met: Vec<Vec<usize>> = (0..entries).map(|a| (0..entries).map(|b| met(a, b)).collect()).collect();
    let played: Vec<i32> = scores.iter().map(|score| score.1).collect();
    let lineups = swiss_round(&luck, seats, &played, &met);
    let lineups = lineups.into_iter().flat_map(move |lineup| std::iter::repeat_n(lineup, blocks as usize));
    Round::of(level, seats, first, groups * blocks as usize, lineups)
}

/// Records of a level's blocks before one: what comes later, when a tournament goes on, must not decide what went before.
fn before(level: usize, block: u32, done: &Finishes) -> impl Iterator<Item = &Finish> {
    done.range((level, 0, 0)..(level, block, 0)).map(|(_, finish)| finish)
}

/// The next blocks of a sequential test, if it is still open.
fn next_batch<'a>(tournament: &'a Tournament, level: usize, round: u32, done: &Finishes) -> Round<'a> {
    let Some(test) = tournament.plan.format.test() else { return Round::none() };
    let first = round * BATCH;
    let (counts, rotations) = paired_scores(tournament, level, before(level, first, done));
    let verdict = test.verdict(test.log_ratio(&counts, rotations));
    if verdict != Verdict::Open || first >= tournament.plan.blocks {
        return Round::none();
    }
    let seats = tournament.seats(level);
    let entries = tournament.entries.len();
    let others = (0..seats - 2).map(|place| entries + place % tournament.others.len().max(1));
    let lineup: Vec<usize> = [0, 1].into_iter().chain(others).collect();
    let count = BATCH.min(tournament.plan.blocks - first);
    Round::of(level, seats, first, count as usize, std::iter::repeat(lineup))
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
    use std::collections::BTreeSet;

    use super::*;
    use crate::tournament::Plan;

    #[test]
    fn line_ups_are_balanced_over_players_and_over_pairs() {
        let (entries, seats, count) = (18, 6, 306);
        let balanced = Balanced::new(ChaCha8Rng::seed_from_u64(4), entries, seats, None);
        let lineups: Vec<Vec<usize>> = balanced.take(count).collect();
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
    fn all_opponents_of_a_gauntlet_have_the_same_seeds() {
        let names = ["premium", "passive", "random", "follower", "price-war", "harvester", "open-door"];
        for (level, lineups) in [("arena/duel", 6), ("arena/six", 2)] {
            let plan = Plan::of(vec![level.to_owned()], names.map(str::to_owned).to_vec(), 3);
            let tournament = Tournament::new(Plan { format: Format::Gauntlet, ..plan }).expect("is sound");
            let blocks: Vec<Block> = next_round(&tournament, 0, &Finishes::new()).blocks.collect();
            assert_eq!(blocks.len(), 3 * lineups);
            let mut of_opponent = vec![BTreeSet::new(); names.len()];
            for block in &blocks {
                assert!(block.lineup.contains(&0));
                block.lineup.iter().for_each(|&entry| {
                    of_opponent[entry].insert(block.seed(&tournament));
                });
            }
            assert_eq!(of_opponent[0].len(), 3);
            assert!(of_opponent.iter().all(|seeds| *seeds == of_opponent[0]), "{level}: {of_opponent:?}");
        }
    }

    #[test]
    fn millions_of_blocks_are_made_as_they_are_wanted() {
        let names: Vec<String> = (0..17).map(|_| "passive".to_owned()).collect();
        let levels = ["arena/duel", "arena/six"].map(str::to_owned).to_vec();
        let tournament = Tournament::new(Plan::of(levels, names, 300_000)).expect("is sound");
        let mut round = next_round(&tournament, 0, &Finishes::new());
        assert_eq!(round.matches, 2 * 136 * 300_000 + 6 * (300_000 * 17 * 16usize).div_ceil(30));
        assert_eq!(round.blocks.nth(1_000).map(|block| block.number), Some(1_000));
    }

    #[test]
    fn rotations_give_everybody_every_seat() {
        let block = Block { level: 0, number: 3, lineup: vec![7, 2, 5] };
        let seats: Vec<Vec<usize>> =
            block.fixtures().map(|fixture| (0..3).map(|seat| fixture.of_seat(seat)).collect()).collect();
        assert_eq!(seats, [vec![7, 2, 5], vec![2, 5, 7], vec![5, 7, 2]]);
    }
}
