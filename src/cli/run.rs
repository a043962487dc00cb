//! `run`: plays a level with strategies in the seats.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};
use atomic_write_file::AtomicWriteFile;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::report::{Report, turns_table};
use super::standings::standings;
use super::story::Story;
use super::{BAD_OUTCOME, WELL};
use crate::game::{Match, Prepared, Seat, Setup};
use crate::history::{Replay, TurnRecord, recorded_orders};
use crate::level::{Level, MAX_CONSUMERS, MAX_MERCHANTS, MAX_TURNS};
use crate::strategy;

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
    /// Number of turns; the level's when absent
    #[arg(long, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_TURNS)))]
    turns: Option<u32>,
    /// Consumer agents; their weights rescale
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_CONSUMERS)))]
    consumers: Option<u32>,
    /// Merchant agents; their weights rescale
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..=i64::from(MAX_MERCHANTS)))]
    merchants: Option<u32>,
    /// Threads; all cores when absent. The result is the same
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Change one value of the level, such as market.habit=2 or platforms.north.cash=5e9; repeatable, the last wins
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
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
    #[allow(clippy::disallowed_methods, reason = "how long a run took is shown, and decides nothing")]
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let name = self.level.as_deref().unwrap_or_else(|| Level::default_name());
        let level = Level::find(name, &self.set, &strategy::vocabulary())?;
        let setup = self.setup(&level)?;
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
                replay.push(record.orders.clone(), game.simulation_mut().state_hash());
            }
            records.push(record);
            progress.inc(1);
        }
        progress.finish_and_clear();
        let hash = game.simulation_mut().state_hash();
        let seconds = started.elapsed().as_secs_f64();
        if story.is_some() {
            standings(out, &game, &opening)?;
            refusals(out, &prepared.level, &records)?;
            never_due(out, &prepared.level, &setup)?;
            writeln!(out, "State {}, {seconds:.2} s.", &hash.to_hex()[..16])?;
        }
        let report = || serde_json::to_string_pretty(&Report::new(&game, &records, &hash, seconds));
        match json {
            Some((path, file)) => write_whole(path, file, format!("{}\n", report()?).as_bytes())?,
            None if self.json.is_some() => writeln!(out, "{}", report()?)?,
            None => {}
        }
        match csv {
            Some((path, file)) => write_whole(path, file, &turns_table(&prepared.level, &records)?)?,
            None if self.csv.is_some() => out.write_all(&turns_table(&prepared.level, &records)?)?,
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

    fn setup(&self, level: &Level) -> Result<Setup> {
        let mut setup = Setup::of(level)?;
        for assignment in &self.seat {
            let (id, who) = assignment.split_once('=').ok_or_else(|| {
                anyhow!("--seat {assignment}: expected PLATFORM=STRATEGY, such as north=follower")
            })?;
            if self
                .seat
                .iter()
                .filter(|other| other.split_once('=').is_some_and(|(other, _)| other == id))
                .count()
                > 1
            {
                bail!("--seat {id}: the seat is given away twice");
            }
            let platform = level.platforms.iter().position(|platform| platform.id == id);
            let seat = match who.strip_prefix("orders:") {
                Some("") => bail!("--seat {assignment}: expected the file of orders after `orders:`"),
                Some(file) => {
                    let orders = recorded_orders(Path::new(file), platform.unwrap_or(0))?;
                    Seat::Recorded(who.to_owned(), orders)
                }
                None => Seat::Strategy(strategy::strategy(who)?),
            };
            setup.seat(level, id, seat)?;
        }
        let population = &mut setup.population;
        population.seed = self.seed.unwrap_or(population.seed);
        population.consumers = self.consumers.unwrap_or(population.consumers);
        population.merchants = self.merchants.unwrap_or(population.merchants);
        setup.turns = self.turns.unwrap_or(setup.turns);
        population.threads = threads(self.threads)?;
        let cells = (level.regions.len() * level.consumer_segments.len()) as u32;
        if population.consumers < cells {
            bail!(
                "--consumers {}: {} needs at least {cells}, one for each region and segment",
                population.consumers,
                level.id
            );
        }
        Ok(setup)
    }
}

/// A pool for the consumer step, unless one thread is wanted.
pub(super) fn threads(wanted: Option<u16>) -> Result<Option<Arc<rayon::ThreadPool>>> {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let count = wanted.map_or_else(cores, usize::from);
    if count < 2 {
        return Ok(None);
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build();
    Ok(Some(Arc::new(pool.with_context(|| format!("cannot start {count} threads"))?)))
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
