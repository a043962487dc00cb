//! `rate`: anybody's results, rated.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::WELL;
use super::tables::Table;
use crate::level::read_text;
use crate::tournament::rate::{Model, Results};
use crate::tournament::standings::unranked;

/// Rate the players of a table of results.
///
/// The table is comma-separated with the columns match,seat,player,score and any number of players a match; the higher the
/// score the better, equal scores tie. A column block says which matches share their luck; without it each match is a block of its own.
#[derive(Args)]
pub(super) struct Rate {
    /// The table
    results: PathBuf,
    /// How to rate
    #[arg(long, value_enum, default_value = "plackett-luce")]
    model: Model,
    /// Seed of the draws for intervals
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print one JSON array
    #[arg(long)]
    json: bool,
}

impl Rate {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let results = Results::read(&self.results.display().to_string(), &read_text(&self.results)?)?;
        let ratings = results.rate(self.model, self.seed);
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&ratings)?)?;
            return Ok(WELL);
        }
        let mut table =
            Table::new(&["rank", "<player", "rating", "95% interval", "score, %", "matches", "blocks"]);
        for rating in &ratings {
            let number = |x: f64| {
                if self.model == Model::MeanScore { format!("{:.1}%", 100.0 * x) } else { format!("{x:+.0}") }
            };
            table.row([
                rating.rank.map_or("unranked".to_owned(), |rank| rank.to_string()),
                rating.player.clone(),
                number(rating.rating.value),
                format!("{} to {}", number(rating.rating.low), number(rating.rating.high)),
                format!("{:.1} ± {:.1}", 100.0 * rating.score.mean, 100.0 * rating.score.half),
                rating.matches.to_string(),
                rating.blocks.to_string(),
            ]);
        }
        write!(out, "{table}")?;
        if let Some(line) = unranked(ratings.iter().map(|rating| (rating.player.as_str(), rating.blocks))) {
            writeln!(out, "\n{line}")?;
        }
        Ok(WELL)
    }
}
