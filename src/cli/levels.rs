//! `levels`: what there is to play.

use std::io::Write;

use anyhow::Result;
use clap::Args;

use super::status::WELL;
use super::tables::Table;
use crate::level::{Level, shipped};
use crate::strategy;

/// List the levels that come with the program.
#[derive(Args)]
pub(super) struct Levels {
    /// Print one JSON array
    #[arg(long)]
    json: bool,
    /// Print the text of one level, to start your own from
    #[arg(long, value_name = "LEVEL")]
    print: Option<String>,
    /// The id that it is to have instead, since yours is another level
    #[arg(long, value_name = "ID", requires = "print")]
    id: Option<String>,
}

impl Levels {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        if let Some(name) = &self.print {
            let changes: Vec<String> = self.id.iter().map(|id| format!("meta.id={id:?}")).collect();
            let level = Level::find(name, &changes, &strategy::vocabulary())?;
            write!(out, "{}", level.text)?;
            return Ok(WELL);
        }
        let vocabulary = strategy::vocabulary();
        let levels = shipped().map(|shipped| Level::from_text(shipped.name, shipped.text, &vocabulary));
        let levels = levels.collect::<Result<Vec<_>, _>>()?;
        if self.json {
            let one = |level: &Level| {
                serde_json::json!({
                    "id": level.id, "title": level.title, "summary": level.summary, "tags": level.tags,
                    "teaches": level.teaches, "turns": level.setup.turns,
                    "seats": level.platforms.iter().map(|platform| &platform.id).collect::<Vec<_>>(),
                })
            };
            writeln!(out, "{}", serde_json::to_string_pretty(&levels.iter().map(one).collect::<Vec<_>>())?)?;
            return Ok(WELL);
        }
        let mut table = Table::new(&["level", "<title", "turns", "<seats"]);
        for level in &levels {
            let seats: Vec<_> = level.platforms.iter().map(|platform| platform.id.as_str()).collect();
            let default = if level.tags.iter().any(|tag| tag == "default") { " (default)" } else { "" };
            table.row([
                level.id.clone(),
                format!("{}{default}", level.title),
                level.setup.turns.to_string(),
                seats.join(" "),
            ]);
        }
        write!(out, "{table}")?;
        writeln!(
            out,
            "\nPlay one with `walled-gardens run LEVEL`, or your own with `walled-gardens run FILE.ron`."
        )?;
        Ok(WELL)
    }
}
