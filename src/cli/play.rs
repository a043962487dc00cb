//! `play`: opens the window, or says why it cannot and plays without.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::replay::Replay;
use super::run::Run;
use crate::level::Level;
use crate::play::{Language, Programme, Session};
use crate::strategy::vocabulary;

/// Play a level yourself, in a window, or watch a match.
#[derive(Args, Default)]
pub(super) struct Play {
    /// A shipped level's name or a level file, or a saved match or a replay to watch; absent: choose in the window
    level: Option<String>,
    /// Whose CEO you are; once for each of you where several play at this machine
    #[arg(long, value_name = "ID", requires = "level")]
    seat: Vec<String>,
    /// Take no seat: strategies play the level and you watch
    #[arg(long, requires = "level", conflicts_with = "seat")]
    watch: bool,
    /// Seed of every draw; the level's when absent
    #[arg(long, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Drive the window by a file of inputs, a step a line: click LABEL, key KEY, wait SECONDS, idle, shot FILE, frames FILE, quit
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// Save a picture of the window when the script is done, or of the first screen, and close it
    #[arg(long, value_name = "FILE")]
    screenshot: Option<PathBuf>,
    /// Size of the window; as it was left when absent
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    size: Option<(f32, f32)>,
    /// Language of the window in this run: en, zh-Hans or vi; that of its settings, or of the system, when absent
    #[arg(long, value_name = "TAG", value_parser = Language::of_tag)]
    language: Option<Language>,
    /// Folder for saved matches; the user's when absent
    #[arg(long, value_name = "FOLDER")]
    saves: Option<PathBuf>,
}

/// A size such as 1280x800.
fn size(text: &str) -> Result<(f32, f32), String> {
    let sides = text.split_once(['x', '×']);
    let side = |side: &str| side.parse::<u16>().ok().filter(|side| (320..=16_384).contains(side));
    match sides.and_then(|(width, height)| Some((side(width)?, side(height)?))) {
        Some((width, height)) => Ok((width.into(), height.into())),
        None => Err("expected a width and a height from 320 to 16384, such as 1280x800".to_owned()),
    }
}

impl Play {
    #[allow(clippy::print_stderr, reason = "what is missing is said beside the story, not in it")]
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let recorded = self.level.as_deref().map(Path::new).filter(|path| Programme::is_one(path));
        if let Some(path) = recorded
            && (!self.seat.is_empty() || self.seed.is_some())
        {
            let path = path.display();
            bail!(
                "{path} is a recorded match, which has its seats and its seed: --seat and --seed are for levels"
            );
        }
        if let (None, Some(name)) = (recorded, &self.level) {
            // Said before a window is tried, which may not be to be had.
            let seats: Vec<&str> = self.seat.iter().map(String::as_str).collect();
            Session::seats_of(&Level::find(name, &[], &vocabulary())?, &seats).context("--seat")?;
        }
        match self.window(recorded.map(Programme::read).transpose()?)? {
            None => Ok(super::status::WELL),
            Some(reason) => {
                eprintln!(
                    "{reason}: playing without one; `walled-gardens --help` has the commands that need none"
                );
                match recorded {
                    Some(path) => Replay::of(path).execute(out),
                    None => Run::of(self.level.clone(), self.seed).execute(out),
                }
            }
        }
    }

    /// Opens the window; the reason why there is none.
    #[cfg(feature = "gui")]
    fn window(&self, programme: Option<Programme>) -> Result<Option<String>> {
        use walled_gardens_window::{Request, Script, open};
        let mut script = Script::default();
        if let Some(path) = &self.script {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
            script = Script::read(&name, &text)?;
        }
        if let Some(picture) = &self.screenshot {
            script = script.then_picture(picture);
        }
        let request = Request {
            level: self.level.clone(),
            seats: self.seat.clone(),
            watch: self.watch,
            programme,
            seed: self.seed,
            script,
            size: self.size,
            saves: self.saves.clone(),
            language: self.language,
        };
        Ok(open(request).err().map(|reason| reason.to_string()))
    }

    #[cfg(not(feature = "gui"))]
    fn window(&self, _: Option<Programme>) -> Result<Option<String>> {
        Ok(Some("this program was built without its window".to_owned()))
    }
}
