//! Anybody's results, rated as ours are.

use std::collections::BTreeMap;

use serde::Serialize;

use super::level_weights::level_weights;
use super::meetings::{Meetings, Pair, pairs};
pub use super::results::Results;
use super::standings::LEAST_BLOCKS;
use crate::game::above;
use crate::statistics::{Estimate, Interval, Likely, Ranking, Rankings, bootstrap};

/// Draws of the bootstrap.
const DRAWS: usize = 1_000;
/// Elo points of a strength of one.
const POINTS: f64 = 400.0 / std::f64::consts::LN_10;

/// How to rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
pub enum Model {
    /// Finishing orders: of those still in the running, each is next with odds by strength
    PlackettLuce,
    /// Every two of a match as if they had met alone
    BradleyTerry,
    /// Mean part of the rivals that a player ended above
    MeanScore,
}

/// Ratings and what they were made with.
#[derive(Clone, Debug, Serialize)]
pub struct Ratings {
    /// How they were made.
    pub model: Model,
    /// Seed of the draws.
    pub seed: u64,
    /// Draws that intervals are of.
    pub draws: usize,
    /// Matches.
    pub matches: usize,
    /// Blocks.
    pub blocks: usize,
    /// What must be known to read them.
    pub notes: Vec<String>,
    /// Group by group, best first; who has too few blocks to be ranked comes last.
    pub ratings: Vec<Rating>,
    /// Every two who met, the better first.
    pub pairs: Vec<Pair>,
}

/// A player's rating.
#[derive(Clone, Debug, Serialize)]
pub struct Rating {
    /// Which group of those who can be compared it is in, from 1, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<usize>,
    /// Place, from 1, in its group, shared by who are rated alike; none with too few blocks.
    pub rank: Option<usize>,
    /// Best and worst place in 95% of draws.
    pub ranks: [usize; 2],
    /// Name.
    pub player: String,
    /// Matches.
    pub matches: usize,
    /// Blocks.
    pub blocks: usize,
    /// In Elo points above the mean of its group, or a part for mean scores; over draws of blocks.
    pub rating: Interval,
    /// Mean score.
    pub score: Interval,
}

impl Results {
    /// Ratings: within each group of players between whom there is a chain of matches, for nothing compares groups.
    pub fn rate(&self, model: Model, seed: u64) -> Ratings {
        let players = self.players.len();
        let (scores, matches) = (self.scores(), self.matches());
        let meetings = self.meetings();
        let groups = meetings.groups();
        let likely = match model {
            Model::MeanScore => self.mean_scores(&scores, seed),
            _ => self.rankings(model).likely(&self.players, DRAWS, seed).centred(&groups),
        };
        let unit = if model == Model::MeanScore { 1.0 } else { POINTS };
        let mut ratings: Vec<Rating> = Vec::with_capacity(players);
        for (number, group) in groups.iter().enumerate() {
            for &player in group {
                let score =
                    Estimate::of_parts(&scores[player].iter().map(|&(_, score)| score).collect::<Vec<_>>());
                let blocks = scores[player].len();
                let rating = if model == Model::MeanScore { score } else { likely.interval(player, unit) };
                ratings.push(Rating {
                    group: (groups.len() > 1).then_some(number + 1),
                    rank: (blocks >= LEAST_BLOCKS).then_some(0),
                    ranks: likely.ranks(player, group),
                    player: self.players[player].clone(),
                    matches: matches[player],
                    blocks,
                    rating,
                    score,
                });
            }
        }
        ratings.sort_by(|a, b| {
            let ranked = |rating: &Rating| rating.rank.is_some();
            let by_group = a.group.cmp(&b.group);
            by_group.then(ranked(b).cmp(&ranked(a))).then(b.rating.value.total_cmp(&a.rating.value))
        });
        place(&mut ratings, unit);
        let names: Vec<&str> = self.players.iter().map(String::as_str).collect();
        Ratings {
            model,
            seed,
            draws: DRAWS,
            matches: self.blocks.iter().map(Vec::len).sum(),
            blocks: self.blocks.len(),
            notes: self.notes(groups.len(), model),
            ratings,
            pairs: pairs(&meetings, &names).0,
        }
    }

    fn notes(&self, groups: usize, model: Model) -> Vec<String> {
        let mut notes = Vec::new();
        if groups > 1 {
            notes.push(format!(
                "There are {groups} groups of players between whom there is no chain of matches: nothing compares them, and each \
                 is ranked for itself."
            ));
        }
        let games = || self.blocks.iter().flatten().filter(|game| game.len() > 2);
        if model != Model::MeanScore
            && games().next().is_some()
            && games().all(|game| ranking(game).names_the_winner_alone())
        {
            notes.push(
                "Every match names its winner alone, all others being level: they are taken for equally good that day, not for \
                 unranked, and strengths lie closer together than who wins would have them."
                    .to_owned(),
            );
        }
        notes
    }

    fn meetings(&self) -> Meetings {
        Meetings::among(
            self.players.len(),
            self.blocks.iter().map(|block| {
                block.iter().flat_map(|game| {
                    (0..game.len()).flat_map(move |one| {
                        (one + 1..game.len()).map(move |other| {
                            let ((one, own), (other, others)) = (game[one], game[other]);
                            (one, other, above(own, others))
                        })
                    })
                })
            }),
        )
    }

    /// Mean scores, and what else they might have been: blocks weigh more or less, with one more won and one more lost.
    fn mean_scores(&self, scores: &[Vec<(usize, f64)>], seed: u64) -> Likely {
        let mean = |scores: &[(usize, f64)]| {
            scores.iter().map(|(_, score)| score).sum::<f64>() / scores.len() as f64
        };
        let drawn = bootstrap(self.blocks.len(), DRAWS, seed, |times, luck| {
            let of_player = |scores: &Vec<(usize, f64)>| {
                let (won, lost) = (luck.unseen_block(), luck.unseen_block());
                let add = |(sum, of): (f64, f64), &(block, score): &(usize, f64)| {
                    (sum + times[block] * score, of + times[block])
                };
                let (sum, of) = scores.iter().fold((won, won + lost), add);
                sum / of
            };
            scores.iter().map(of_player).collect()
        });
        Likely::of(scores.iter().map(|scores| mean(scores)).collect(), drawn)
    }

    fn rankings(&self, model: Model) -> Rankings {
        let of_match = |game: &Vec<(usize, f64)>| -> Vec<Ranking> {
            if model == Model::PlackettLuce {
                return vec![ranking(game)];
            }
            let pairs = (0..game.len()).flat_map(|one| (one + 1..game.len()).map(move |other| [one, other]));
            pairs.map(|pair| ranking(&pair.map(|seat| game[seat]))).collect()
        };
        let blocks: Vec<Vec<Ranking>> =
            self.blocks.iter().map(|block| block.iter().flat_map(of_match).collect()).collect();
        let weights = level_weights(&blocks, &self.levels, &[]);
        Rankings::new(self.players.len(), blocks.iter().map(Vec::as_slice).zip(weights))
    }

    /// By player: the blocks that it plays in, and its mean score in each.
    fn scores(&self) -> Vec<Vec<(usize, f64)>> {
        let mut scores: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.players.len()];
        for (number, block) in self.blocks.iter().enumerate() {
            let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
            for game in block {
                for (player, score) in scored(game) {
                    let sum = sums.entry(player).or_default();
                    *sum = (sum.0 + score, sum.1 + 1.0);
                }
            }
            sums.into_iter().for_each(|(player, (sum, of))| scores[player].push((number, sum / of)));
        }
        scores
    }

    /// By player, how many matches.
    fn matches(&self) -> Vec<usize> {
        let mut matches = vec![0; self.players.len()];
        self.blocks.iter().flatten().flatten().for_each(|&(player, _)| matches[player] += 1);
        matches
    }
}

/// Ranks, shared by who are rated alike in their group.
fn place(ratings: &mut [Rating], unit: f64) {
    let equal = 1e-7 * unit;
    for group in ratings.chunk_by_mut(|a, b| a.group == b.group) {
        let mut rank = 1;
        for place in 0..group.len() {
            if place > 0 && group[place - 1].rating.value - group[place].rating.value > equal {
                rank = place + 1;
            }
            if let Some(of_player) = &mut group[place].rank {
                *of_player = rank;
            }
            let ranks = &mut group[place].ranks;
            *ranks = [ranks[0].min(rank), ranks[1].max(rank)];
        }
    }
}

fn ranking(seated: &[(usize, f64)]) -> Ranking {
    let (players, scores): (Vec<usize>, Vec<f64>) = seated.iter().copied().unzip();
    Ranking::by_score(&players, &scores)
}

/// Players of a match with the part of their rivals that each ended above, ties counting half.
fn scored(game: &[(usize, f64)]) -> Vec<(usize, f64)> {
    let mut sorted: Vec<f64> = game.iter().map(|&(_, score)| score).collect();
    sorted.sort_by(f64::total_cmp);
    let of = |&(player, own): &(usize, f64)| {
        let below = sorted.partition_point(|&score| score < own);
        let level = sorted.partition_point(|&score| score <= own) - below - 1;
        (player, (below as f64 + 0.5 * level as f64) / (game.len() - 1) as f64)
    };
    game.iter().map(of).collect()
}
