//! Anybody's results, rated as ours are: a file with the columns `match,seat,player,score`, any number of players a match,
//! the higher score the better; an optional column `block` says which matches share their luck.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::statistics::{Estimate, Interval, Ranking, Rankings};

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

/// A row of the file.
#[derive(Clone, Debug, Deserialize)]
struct Row {
    #[serde(rename = "match")]
    game: String,
    #[serde(default)]
    block: Option<String>,
    seat: String,
    player: String,
    score: f64,
}

/// Results that can be rated.
#[derive(Clone, Debug)]
pub struct Results {
    players: Vec<String>,
    /// By block and match: who played, with what score.
    blocks: Vec<Vec<Vec<(usize, f64)>>>,
}

/// What is wrong with a file of results.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// Not the columns, or not a value.
    #[error("{file}{}: {message}", .line.map(|line| format!(":{line}")).unwrap_or_default())]
    Row {
        /// The file.
        file: String,
        /// Line, where it is known.
        line: Option<u64>,
        /// What is wrong and what would be right.
        message: String,
    },
    /// A match that is none.
    #[error("{file}: match {game}: {message}")]
    Match {
        /// The file.
        file: String,
        /// The match.
        game: String,
        /// What is wrong.
        message: String,
    },
}

/// A player's rating.
#[derive(Clone, Debug, Serialize)]
pub struct Rating {
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
    /// Reads a table.
    ///
    /// # Errors
    /// A column is missing, a number is none, or a match has one player, a seat twice or no score.
    pub fn read(file: &str, text: &str) -> Result<Self, ResultsError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let wrong = |error: csv::Error| ResultsError::Row {
            file: file.to_owned(),
            line: error.position().map(csv::Position::line),
            message: format!("{error}; expected the columns match,seat,player,score"),
        };
        let mut matches: BTreeMap<(String, String), Vec<Row>> = BTreeMap::new();
        for row in reader.deserialize::<Row>() {
            let row = row.map_err(wrong)?;
            let block = row.block.clone().unwrap_or_else(|| row.game.clone());
            matches.entry((block, row.game.clone())).or_default().push(row);
        }
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        for row in matches.values().flatten() {
            let next = numbers.len();
            numbers.entry(row.player.clone()).or_insert(next);
        }
        let mut blocks: BTreeMap<String, Vec<Vec<(usize, f64)>>> = BTreeMap::new();
        for ((block, game), rows) in matches {
            let bad =
                |message: String| ResultsError::Match { file: file.to_owned(), game: game.clone(), message };
            if rows.len() < 2 {
                return Err(bad("it has one player; expected a row for each seat".to_owned()));
            }
            for (number, row) in rows.iter().enumerate() {
                if rows[..number].iter().any(|other| other.seat == row.seat) {
                    return Err(bad(format!("seat {} is there twice", row.seat)));
                }
                if rows[..number].iter().any(|other| other.player == row.player) {
                    return Err(bad(format!("{} has two seats", row.player)));
                }
                if !row.score.is_finite() {
                    return Err(bad(format!("the score of seat {} is not a number", row.seat)));
                }
            }
            let seated = rows.iter().map(|row| (numbers[&row.player], row.score)).collect();
            blocks.entry(block).or_default().push(seated);
        }
        if numbers.len() < 2 {
            return Err(ResultsError::Row {
                file: file.to_owned(),
                line: None,
                message: "there are no two players in it".to_owned(),
            });
        }
        let mut players = vec![String::new(); numbers.len()];
        numbers.into_iter().for_each(|(name, number)| players[number] = name);
        Ok(Self { players, blocks: blocks.into_values().collect() })
    }

    /// Results of matches already at hand: by block and match, players with their scores.
    pub fn of(players: Vec<String>, blocks: Vec<Vec<Vec<(usize, f64)>>>) -> Self {
        Self { players, blocks }
    }

    /// Ratings, best first.
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
                Rating { player: self.players[player].clone(), matches, blocks: scores.len(), rating, score }
            })
            .collect();
        ratings.sort_by(|a, b| b.rating.value.total_cmp(&a.rating.value));
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
