//! Anybody's results, rated as ours are.

use serde::Serialize;

pub use super::results::Results;
use super::standings::LEAST_BLOCKS;
use crate::statistics::{Estimate, Interval, Ranking, Rankings};

/// Draws of the bootstrap.
const DRAWS: usize = 1_000;
/// Elo points of a strength of one.
const POINTS: f64 = 400.0 / std::f64::consts::LN_10;
/// Ratings closer than this are equal but for rounding.
const EQUAL: f64 = 1e-6;

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

/// A player's rating.
#[derive(Clone, Debug, Serialize)]
pub struct Rating {
    /// Place, from 1, among all who are ranked, shared by who are rated alike; none with too few blocks.
    pub rank: Option<usize>,
    /// Name.
    pub player: String,
    /// Matches.
    pub matches: usize,
    /// Blocks.
    pub blocks: usize,
    /// In Elo points above the mean of all, or a part for mean scores; over draws of blocks.
    pub rating: Interval,
    /// Mean score.
    pub score: Estimate,
}

impl Results {
    /// Ratings, best first; who has too few blocks to be ranked comes last.
    pub fn rate(&self, model: Model, seed: u64) -> Vec<Rating> {
        let strata = [self.blocks.len()];
        let likely = (model != Model::MeanScore)
            .then(|| self.rankings(model).likely(&self.players, &strata, DRAWS, seed));
        let mut ratings: Vec<Rating> = (0..self.players.len())
            .map(|player| {
                let scores = self.scores(player);
                let score = Estimate::of_parts(&scores);
                let rating = likely.as_ref().map_or_else(
                    || Interval {
                        value: score.mean,
                        low: (score.mean - score.half).max(0.0),
                        high: (score.mean + score.half).min(1.0),
                    },
                    |likely| likely.interval(player, POINTS),
                );
                let matches = self.blocks.iter().flatten().filter(|game| plays(game, player)).count();
                let player = self.players[player].clone();
                Rating { rank: None, player, matches, blocks: scores.len(), rating, score }
            })
            .collect();
        let ranked = |rating: &Rating| rating.blocks >= LEAST_BLOCKS;
        ratings.sort_by(|a, b| ranked(b).cmp(&ranked(a)).then(b.rating.value.total_cmp(&a.rating.value)));
        let values: Vec<f64> =
            ratings.iter().filter(|rating| ranked(rating)).map(|rating| rating.rating.value).collect();
        for (rating, value) in ratings.iter_mut().zip(&values) {
            rating.rank = Some(1 + values.iter().filter(|&other| other - value > EQUAL).count());
        }
        ratings
    }

    fn rankings(&self, model: Model) -> Rankings {
        let ranking = |seated: &[(usize, f64)]| {
            let (players, scores): (Vec<usize>, Vec<f64>) = seated.iter().copied().unzip();
            Ranking::by_score(&players, &scores)
        };
        let of_match = |game: &Vec<(usize, f64)>| -> Vec<Ranking> {
            if model == Model::PlackettLuce {
                return vec![ranking(game)];
            }
            let pairs = (0..game.len()).flat_map(|one| (one + 1..game.len()).map(move |other| [one, other]));
            pairs.map(|pair| ranking(&pair.map(|seat| game[seat]))).collect()
        };
        let blocks: Vec<Vec<Ranking>> =
            self.blocks.iter().map(|block| block.iter().flat_map(of_match).collect()).collect();
        Rankings::new(self.players.len(), blocks.iter().map(Vec::as_slice))
    }

    /// A player's mean score in each block that it plays in.
    fn scores(&self, player: usize) -> Vec<f64> {
        let of_block = |block: &Vec<Vec<(usize, f64)>>| {
            let scores: Vec<f64> = block.iter().filter_map(|game| score(game, player)).collect();
            (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
        };
        self.blocks.iter().filter_map(of_block).collect()
    }
}

fn plays(game: &[(usize, f64)], player: usize) -> bool {
    game.iter().any(|&(other, _)| other == player)
}

/// Part of the rivals that a player ended above in a match, ties counting half.
fn score(game: &[(usize, f64)], player: usize) -> Option<f64> {
    let own = game.iter().find(|&&(other, _)| other == player)?.1;
    let points = game.iter().filter(|&&(other, _)| other != player).map(|&(_, other)| {
        if own > other {
            1.0
        } else if own == other {
            0.5
        } else {
            0.0
        }
    });
    Some(points.sum::<f64>() / (game.len() - 1) as f64)
}
