//! `replay`: a recorded match, shown or verified.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::standings::standings;
use super::status::{BAD_OUTCOME, WELL};
use super::story::Story;
use crate::history::ReplayError;
use crate::play::{Save, SaveError};

/// Show or verify a recorded match.
#[derive(Args)]
pub(super) struct Replay {
    /// A file that `run --replay FILE` wrote, or a match saved in the window
    file: PathBuf,
    /// Play it again without its strategies and compare the state after every turn
    #[arg(long)]
    verify: bool,
}

impl Replay {
    /// A match as it was recorded, to be shown.
    pub(super) fn of(file: &Path) -> Self {
        Self { file: file.to_owned(), verify: false }
    }

    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let name = self.file.display().to_string();
        let replay = match crate::history::Replay::read(&self.file) {
            // A saved match holds the replay of its turns so far.
            Err(ReplayError::Foreign(name)) => match Save::read(&self.file) {
                Ok(save) => save.replay,
                Err(SaveError::Foreign(_)) => return Err(ReplayError::Foreign(name).into()),
                Err(error) => return Err(error.into()),
            },
            read => read?,
        };
        if !self.verify {
            let mut game = replay.replayed(&name)?;
            let opening = game.simulation().outcome().clone();
            let level = std::sync::Arc::clone(game.simulation().level());
            let story = Story::new(&level);
            story.begin(out, &game)?;
            while !game.is_over() {
                let record = game.play_turn();
                story.turn(out, &level, &record.outcome)?;
            }
            game.judge();
            standings(out, &game, &opening)?;
            return Ok(WELL);
        }
        match replay.verify(&name)? {
            None => {
                writeln!(out, "{name}: {} turns, every state as recorded", replay.hashes.len())?;
                Ok(WELL)
            }
            Some(difference) => {
                writeln!(
                    out,
                    "{name}: turn {} differs: recorded {}, now {}",
                    difference.turn, difference.recorded, difference.found
                )?;
                Ok(BAD_OUTCOME)
            }
        }
    }
}
