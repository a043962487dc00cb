//! `rate`: anybody's results, rated.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use clap::Args;
use indicatif::{HumanBytes, HumanCount, ProgressBar};

use super::status::WELL;
use super::tables::Table;
use crate::tournament::rate::{Model, Ratings, Results};
use crate::tournament::standings::unranked;

/// Rate the players of a table of results.
///
/// The table is comma-separated with the columns match,seat,player,score and any number of players a match; the higher the
/// score the better, equal scores tie: all orders in which they could have finished count alike. A column block says which matches share
/// their luck; without it each match is a block of its own. A column level says what was played: blocks of different levels
/// are different blocks, and levels weigh alike. So a tournament's own matches.csv is rated as the tournament was.
#[derive(Args)]
pub(super) struct Rate {
    /// The table, of any size; - for standard input
    results: PathBuf,
    /// How to rate
    #[arg(long, value_enum, default_value = "plackett-luce")]
    model: Model,
    /// Seed of the draws for intervals
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Threads; all cores when absent. The result is the same
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print one JSON object with the model, the seed, the number of draws, the ratings and every two who met
    #[arg(long)]
    json: bool,
}

impl Rate {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(Duration::from_millis(200));
        let (name, text) = self.text()?;
        bar.set_message(format!("reading {}", HumanBytes(text.len() as u64)));
        let results = Results::read(&name, &text)?;
        bar.set_message(format!("rating {} players", HumanCount(results.players() as u64)));
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(self.threads.map_or(0, usize::from)).build()?;
        let ratings = pool.install(|| results.rate(self.model, self.seed));
        bar.finish_and_clear();
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&ratings)?)?;
            return Ok(WELL);
        }
        write!(out, "{}", self.table(&ratings))?;
        let blocks = ratings.ratings.iter().map(|rating| (rating.player.as_str(), rating.blocks));
        let notes = ratings.notes.iter().cloned().chain(unranked(blocks));
        for line in notes {
            writeln!(out, "\n{line}")?;
        }
        Ok(WELL)
    }

    /// The table's name and text.
    fn text(&self) -> Result<(String, String)> {
        let (name, bytes) = if self.results.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).context("standard input cannot be read")?;
            ("standard input".to_owned(), bytes)
        } else {
            let name = self.results.display().to_string();
            let bytes = std::fs::read(&self.results).map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => anyhow!("{name}: no such file"),
                _ => anyhow!("{name}: {error}"),
            })?;
            (name, bytes)
        };
        let text = String::from_utf8(bytes).map_err(|error| {
            let line = 1 + error.as_bytes()[..error.utf8_error().valid_up_to()]
                .iter()
                .filter(|&&b| b == b'\n')
                .count();
            anyhow!("{name}:{line}: this is not text in UTF-8; expected a comma-separated table")
        })?;
        Ok((name, text))
    }

    fn table(&self, ratings: &Ratings) -> Table {
        let grouped = ratings.ratings.iter().any(|rating| rating.group.is_some());
        let mut headings = vec![
            "rank",
            "<player",
            "rating",
            "95% interval",
            "score, %",
            "95% interval",
            "matches",
            "blocks",
        ];
        if grouped {
            headings.insert(0, "group");
        }
        let mut table = Table::new(&headings);
        for rating in &ratings.ratings {
            let number = |x: f64| {
                if self.model == Model::MeanScore { format!("{:.1}%", 100.0 * x) } else { format!("{x:+.0}") }
            };
            let rank = |rank| format!("{rank} ({}–{})", rating.ranks[0], rating.ranks[1]);
            let mut row = vec![
                rating.rank.map_or("unranked".to_owned(), rank),
                rating.player.clone(),
                number(rating.rating.value),
                format!("{} to {}", number(rating.rating.low), number(rating.rating.high)),
                format!("{:.1}", 100.0 * rating.score.value),
                format!("{:.1} to {:.1}", 100.0 * rating.score.low, 100.0 * rating.score.high),
                rating.matches.to_string(),
                rating.blocks.to_string(),
            ];
            if grouped {
                row.insert(0, rating.group.map(|group| group.to_string()).unwrap_or_default());
            }
            table.row(row);
        }
        table
    }
}
