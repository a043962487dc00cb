//! `tournament`, `shard` and `merge`: which strategy is better.

mod concluded;
mod conduct;
mod keeper;
mod planned;
mod shown;
mod spread;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;

use self::concluded::{conclude, conclude_in, tell_damage};
use self::conduct::Conduct;
use self::keeper::{Keeper, Records};
use self::planned::Planned;
use self::spread::Spread;
use super::status::WELL;
use crate::tournament::{
    Done, Folder, FolderError, Merged, Resumed, Shard, Spool, Tournament, plays_otherwise, run,
};

/// Play a tournament between strategies and rate them.
#[derive(Args, Default)]
pub(super) struct TournamentCommand {
    #[command(flatten)]
    planned: Planned,
    #[command(flatten)]
    conduct: Conduct,
    #[command(flatten)]
    spread: Spread,
    /// Folder for records, tables and the report; absent: standings are printed alone
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Go on with the tournament in the folder, by its own plan; more --blocks make it longer
    #[arg(long, requires = "out")]
    resume: bool,
    /// Print one JSON object instead of tables
    #[arg(long)]
    json: bool,
}

/// Play a part of a tournament, to be put together with the others by merge.
#[derive(Args)]
pub(super) struct ShardCommand {
    #[command(flatten)]
    planned: Planned,
    /// Number of parts
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    of: u32,
    /// Which part, from 0
    #[arg(long, value_name = "I", allow_negative_numbers = true)]
    index: u32,
    #[command(flatten)]
    conduct: Conduct,
    /// Folder for the part's records
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Go on with the part in the folder
    #[arg(long)]
    resume: bool,
}

/// Put the parts of a tournament together.
#[derive(Args)]
pub(super) struct MergeCommand {
    /// Folders of the parts
    #[arg(required = true)]
    parts: Vec<PathBuf>,
    /// Folder for the whole
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Print one JSON object instead of tables
    #[arg(long)]
    json: bool,
}

impl TournamentCommand {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        if let (Some(engine), Some(path)) = (self.spread.engine, self.out.as_deref()) {
            let (planned, conduct) = (&self.planned, &self.conduct);
            return self.spread.execute(engine, (planned, conduct), (path, self.resume, self.json), out);
        }
        let (tournament, records, done) = self.conduct.patiently(|| {
            let begun = self.out.as_deref().filter(|path| goes_on(self.resume, &self.planned, path));
            let tournament = self.planned.tournament(begun)?;
            let (records, done) =
                opened(&tournament, self.out.as_deref(), self.resume, begun.is_some(), None)?;
            Ok((tournament, records, done))
        })?;
        let mut keeper = Keeper::new(&tournament, records, self.conduct.quiet);
        let done = run(&tournament, done, None, self.conduct.threads(), &mut keeper)?;
        match keeper.finish(&tournament)? {
            Records::Folder(folder) => conclude_in(*folder, out, &tournament, self.json),
            Records::Spool(spool) => conclude(out, &tournament, &spool.records()?, self.json),
            Records::Held => conclude(out, &tournament, &done.finishes, self.json),
        }
    }
}

impl ShardCommand {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let (tournament, records, done) = self.conduct.patiently(|| self.opened())?;
        let shard = Some(self.shard());
        let mut keeper = Keeper::new(&tournament, records, self.conduct.quiet);
        let done = run(&tournament, done, shard, self.conduct.threads(), &mut keeper)?;
        keeper.finish(&tournament)?;
        writeln!(
            out,
            "Part {} of {}: {} matches in {}.",
            self.index,
            self.of,
            done.places.len(),
            self.out.display()
        )?;
        Ok(WELL)
    }

    fn shard(&self) -> Shard {
        Shard { index: self.index, of: self.of }
    }

    fn opened(&self) -> Result<(Tournament, Records, Done)> {
        let begun = goes_on(self.resume, &self.planned, &self.out);
        let tournament = self.planned.in_parts(begun.then_some(&self.out))?;
        if self.index >= self.of {
            bail!("--index {}: of {} parts the last is {}", self.index, self.of, self.of - 1);
        }
        let (records, done) = opened(&tournament, Some(&self.out), self.resume, begun, Some(self.shard()))?;
        Ok((tournament, records, done))
    }
}

impl MergeCommand {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let merged = Merged::read(&self.parts)?;
        let tournament = Tournament::new(merged.plan.clone())?;
        let found = merged.find(&tournament)?;
        tell_damage(&found.damaged);
        if let Some(missing) = merged.missing(&tournament, &found.places) {
            bail!("{missing}");
        }
        let mut folder = Folder::create(&self.out, &tournament, None)?;
        folder.take(found)?;
        conclude_in(folder, out, &tournament, self.json)
    }
}

/// Whether a folder's own tournament is gone on with: one that was cut off before its first line is begun again, where it is said
/// what it was.
fn goes_on(resume: bool, planned: &Planned, folder: &Path) -> bool {
    resume && (!planned.is_said() || Folder::is_begun(folder))
}

/// Where records go, a folder new or gone on with, and what it holds: no more of them is held than the next rounds depend on.
fn opened(
    tournament: &Tournament,
    path: Option<&Path>,
    resume: bool,
    begun: bool,
    shard: Option<Shard>,
) -> Result<(Records, Done)> {
    let adaptive = tournament.plan.format.is_adaptive();
    let mut done = if adaptive {
        Done::none(tournament, |finish| Some(finish.for_standings()))
    } else {
        Done::none(tournament, |_| None)
    };
    let Some(path) = path else {
        return Ok((if adaptive { Records::Held } else { Records::Spool(Spool::empty()) }, done));
    };
    if !begun {
        let created = Folder::create(path, tournament, shard).map_err(|error| match error {
            // Somebody began it a moment ago, and now it can be gone on with.
            FolderError::Taken { .. } if resume && Folder::is_begun(path) => {
                FolderError::Busy(path.to_owned())
            }
            _ => error,
        })?;
        return Ok((Records::Folder(Box::new(created)), done));
    }
    let Resumed { folder, damaged, sample } = Folder::resume(path, tournament, shard, &mut done)?;
    tell_damage(&damaged);
    if let Some(finish) = plays_otherwise(tournament, &sample) {
        bail!(
            "{}: match {} comes out otherwise than it is recorded: a strategy, the level or the model has changed since; \
             give another folder, or go on with the program that it was begun with",
            path.display(),
            finish.id()
        );
    }
    let Shard { index, of } = shard.unwrap_or(Shard { index: 0, of: 1 });
    if let Some(fault) = tournament.unstartable()
        && (adaptive || done.places.missing(tournament, of)[index as usize] > 0)
    {
        bail!("{}: matches are missing, and {fault}", path.display());
    }
    Ok((Records::Folder(Box::new(folder)), done))
}
