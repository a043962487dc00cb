//! `run`: plays a level with strategies in the seats.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use atomic_write_file::AtomicWriteFile;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::objectives::objectives;
use super::report::{Report, turns_table};
use super::setting::Setting;
use super::standings::standings;
use super::status::{BAD_OUTCOME, WELL};
use super::story::Story;
use crate::game::{Match, Prepared, Seat, Setup};
use crate::history::{Replay, TurnRecord};
use crate::level::Level;

/// Turns × consumers from which a bar shows that something is happening.
const LONG: u64 = 20_000_000;

/// Play a level with strategies in the seats and tell its story.
#[derive(Args, Default)]
pub(super) struct Run {
    /// A shipped level's name or a level file; the default level when absent
    level: Option<String>,
    /// Who decides for a platform: a strategy, or orders:FILE (a replay, or a RON list of orders); repeatable
    #[arg(long, value_name = "ID=STRATEGY")]
    seat: Vec<String>,
    /// Seed of every draw; the level's when absent
    #[arg(long, allow_negative_numbers = true)]
    seed: Option<u64>,
    #[command(flatten)]
    setting: Setting,
    /// Print one JSON object instead of the story, or write it to a file
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = "-")]
    json: Option<PathBuf>,
    /// Print a table with a row per turn and platform instead of the story, or write it to a file
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = "-")]
    csv: Option<PathBuf>,
    /// Write a replay of the match
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,
}

impl Run {
    /// A level as it is, with a seed.
    pub(super) fn of(level: Option<String>, seed: Option<u64>) -> Self {
        Self { level, seed, ..Self::default() }
    }

    #[allow(clippy::disallowed_methods, reason = "how long a run took is shown, and decides nothing")]
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let name = self.level.as_deref().unwrap_or_else(|| Level::default_name());
        let level = self.setting.level(name)?;
        let seats: Vec<&str> = self.seat.iter().map(String::as_str).collect();
        let mut setup = self.setting.setup(&level, &seats)?;
        setup.population.seed = self.seed.unwrap_or(setup.population.seed);
        setup.population.threads = self.setting.threads()?;
        let printed = [&self.json, &self.csv].into_iter().flatten().filter(|path| is_stdout(path)).count();
        if printed > 1 {
            bail!("--json and --csv cannot both go to standard output; give one a file: --csv=FILE");
        }
        self.refuse_overwriting(name)?;
        // Files are opened before anything is played, and appear only when complete.
        let json = self.json.as_deref().filter(|path| !is_stdout(path)).map(open).transpose()?;
        let csv = self.csv.as_deref().filter(|path| !is_stdout(path)).map(open).transpose()?;
        let replay_file = self.replay.as_deref().map(open).transpose()?;

        let started = Instant::now();
        let prepared = Prepared::new(level);
        let mut game = Match::new(&prepared, setup.clone());
        let opening = game.simulation().outcome().clone();
        let story = (printed == 0).then(|| Story::new(&prepared.level));
        let mut replay = replay_file.as_ref().map(|_| Replay::new(&prepared.level, &setup));
        let progress = progress(&setup, story.is_some());
        if let Some(story) = &story {
            story.begin(out, &game)?;
        }
        let mut records = Vec::new();
        while !game.is_over() {
            let record = game.play_turn();
            if let Some(story) = &story {
                story.turn(out, &prepared.level, &record.outcome)?;
                out.flush()?;
            }
            if let Some(replay) = &mut replay {
                replay.push(record.orders.clone(), game.simulation().state_hash());
            }
            records.push(record);
            progress.inc(1);
        }
        progress.finish_and_clear();
        let hash = game.simulation().state_hash();
        game.judge();
        let seconds = started.elapsed().as_secs_f64();
        if story.is_some() {
            standings(out, &game, &opening)?;
            let turns = records.iter().map(|record| &record.outcome);
            objectives(out, &prepared.level, &std::iter::once(&opening).chain(turns).collect::<Vec<_>>())?;
            refusals(out, &prepared.level, &records)?;
            faults(out, &game)?;
            never_due(out, &prepared.level, &setup)?;
            writeln!(out, "State {}, {seconds:.2} s.", &hash.to_hex()[..16])?;
        }
        let report = || -> Result<String> {
            Ok(serde_json::to_string_pretty(&Report::new(&game, &records, &hash, seconds)?)?)
        };
        match json {
            Some((path, file)) => write_whole(path, file, format!("{}\n", report()?).as_bytes())?,
            None if self.json.is_some() => writeln!(out, "{}", report()?)?,
            None => {}
        }
        match csv {
            Some((path, file)) => write_whole(path, file, &turns_table(&game, &opening, &records)?)?,
            None if self.csv.is_some() => out.write_all(&turns_table(&game, &opening, &records)?)?,
            None => {}
        }
        if let (Some((path, file)), Some(replay)) = (replay_file, &replay) {
            write_whole(path, file, &replay.to_bytes()?)?;
        }
        let broken = game.simulation().ledger().sum() != 0;
        if broken {
            writeln!(out, "The books do not balance: this is an error in the program.")?;
        }
        Ok(if broken { BAD_OUTCOME } else { WELL })
    }

    /// No output may be an input, nor another output.
    fn refuse_overwriting(&self, level: &str) -> Result<()> {
        let orders = self.seat.iter().filter_map(|seat| Some(seat.split_once("=orders:")?.1));
        let inputs = orders.chain([level]).filter_map(|path| Path::new(path).canonicalize().ok());
        let mut taken: Vec<PathBuf> = inputs.collect();
        let outputs =
            [&self.json, &self.csv, &self.replay].into_iter().flatten().filter(|path| !is_stdout(path));
        for output in outputs {
            let parent =
                output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let folder =
                parent.canonicalize().with_context(|| format!("cannot write {}", output.display()))?;
            let path = output.file_name().map_or_else(|| folder.clone(), |name| folder.join(name));
            if taken.contains(&path) {
                bail!("cannot write {}: it is already used by this run", output.display());
            }
            taken.push(path);
        }
        Ok(())
    }
}

fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}

fn open(path: &Path) -> Result<(&Path, AtomicWriteFile)> {
    // A finished file takes the place of what was there; a folder, device, pipe or link must not be replaced.
    if let Ok(there) = std::fs::symlink_metadata(path)
        && !there.is_file()
    {
        let kind = if there.is_dir() { "a folder" } else { "no regular file" };
        bail!("cannot write {}: it is {kind}", path.display());
    }
    let file = AtomicWriteFile::open(path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok((path, file))
}

fn write_whole(path: &Path, mut file: AtomicWriteFile, bytes: &[u8]) -> Result<()> {
    file.write_all(bytes)
        .and_then(|()| file.commit())
        .with_context(|| format!("cannot write {}", path.display()))
}

/// A bar on standard error when a run is long, nothing else is printed and somebody is watching.
fn progress(setup: &Setup, told: bool) -> ProgressBar {
    let work = u64::from(setup.turns) * u64::from(setup.population.consumers);
    if told || work < LONG || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::from(setup.turns));
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} turns, {eta} left");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Orders that were refused, each reason once.
fn refusals(out: &mut impl Write, level: &Level, records: &[TurnRecord]) -> Result<()> {
    let mut reasons: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for record in records {
        for (platform, refused) in record.refusals.iter().enumerate() {
            for refusal in refused {
                *reasons.entry((platform, &refusal.reason)).or_default() += 1;
            }
        }
    }
    for ((platform, reason), times) in reasons.into_iter().take(6) {
        writeln!(out, "Refused {times}× to {}: {reason}.", level.platforms[platform].name)?;
    }
    Ok(())
}

/// What went wrong with bots, and what each wrote to standard error.
fn faults(out: &mut impl Write, game: &Match) -> Result<()> {
    for (seat, faults) in game.setup().seats.iter().zip(game.faults()) {
        for fault in faults {
            writeln!(out, "{} lost turn {}: {}.", seat.name(), fault.turn, fault.what)?;
        }
        if let Seat::Outside(outsider) = seat
            && !faults.is_empty()
        {
            let heard = outsider.heard();
            let lines = heard.lines().map(|line| format!("  {line}\n")).collect::<String>();
            write!(out, "{}{lines}", if heard.is_empty() { "" } else { "It wrote to standard error:\n" })?;
        }
    }
    Ok(())
}

/// Recorded orders for turns after the last.
fn never_due(out: &mut impl Write, level: &Level, setup: &Setup) -> Result<()> {
    for (platform, seat) in level.platforms.iter().zip(&setup.seats) {
        let late = |orders: &Vec<Vec<_>>| {
            orders.iter().skip(setup.turns as usize).filter(|turn| !turn.is_empty()).count()
        };
        if let Seat::Recorded(source, orders) = seat
            && late(orders) > 0
        {
            writeln!(out, "{source}: {} turns of orders to {} were never due.", late(orders), platform.name)?;
        }
    }
    Ok(())
}
