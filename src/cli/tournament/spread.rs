//! `tournament --engine`: a tournament in parts that a cluster plays.

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::super::status::WELL;
use super::concluded::{conclude_in, tell_damage};
use super::conduct::Conduct;
use super::planned::Planned;
use crate::clusters::{Array, ArrayFolder, Engine, ranges};
use crate::tournament::folder::Found;
use crate::tournament::places::Places;
use crate::tournament::{Done, Folder, FolderError, Merged, Tournament};

/// Parts that are named at most.
const PARTS_SAID: usize = 8;

/// How a tournament is spread over a cluster.
#[derive(Args, Default)]
pub(super) struct Spread {
    /// Have a cluster play it in parts: writes the plan and a script, submits it, and with --resume what is missing; puts the parts together
    /// once all are whole
    #[arg(long, value_enum, value_name = "ENGINE", requires = "out")]
    pub(super) engine: Option<Engine>,
    /// Into how many parts; two to four for every core of the cluster that it may have
    #[arg(long, value_name = "N", requires = "engine", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    parts: Option<u32>,
    /// Write the script and print it and what would be submitted, and submit nothing
    #[arg(long, requires = "engine")]
    dry_run: bool,
}

/// How far the parts are.
struct State {
    /// By part: matches that are missing.
    missing: Vec<usize>,
    /// Parts that somebody is playing now.
    playing: Vec<u32>,
    /// Parts that are neither whole nor being played.
    open: Vec<u32>,
    /// What there is of any, if one was begun.
    found: Option<Found>,
}

impl Spread {
    /// Begins, or goes on, or puts together what is whole.
    pub(super) fn execute(
        &self,
        engine: Engine,
        (planned, conduct): (&Planned, &Conduct),
        (path, resume, json): (&Path, bool, bool),
        out: &mut impl Write,
    ) -> Result<u8> {
        let begun = resume && (!planned.is_said() || ArrayFolder::is_begun(path));
        // Where it is begun, parts may all be whole, and no engine is needed to put them together.
        if !self.dry_run && !begun {
            engine.is_there()?;
        }
        let (folder, tournament) =
            if begun { self.begun(planned, path)? } else { self.begin(planned, conduct, path)? };
        let script = folder.script(engine)?;
        let state = State::of(&folder, &tournament)?;
        let is_whole = state.missing.iter().all(|missing| *missing == 0);
        if is_whole && self.dry_run {
            writeln!(out, "All parts are whole; without --dry-run they are put together.")?;
            return Ok(WELL);
        }
        if is_whole {
            return put_together(&folder.whole(), &tournament, state.found, out, json);
        }
        state.tell(&folder, out)?;
        if self.dry_run {
            let (name, words) = (engine.script_name(), engine.words(&state.open).join(" "));
            writeln!(out, "\n{}:\n\n{script}", folder.path().join(name).display())?;
            writeln!(out, "To submit it, in {}:\n\n{words}", folder.path().display())?;
        } else if state.open.is_empty() {
            writeln!(out, "Nothing is to be submitted.")?;
        } else {
            let (job, parts) = (engine.submit(folder.path(), &state.open)?, ranges(&state.open));
            folder.note(engine, &job, &parts)?;
            writeln!(out, "Submitted to {}: job {job}, parts {parts}.", engine.name())?;
        }
        let path = folder.path().to_string_lossy();
        let (name, path) = (engine.name(), shlex::try_quote(&path).unwrap_or(Cow::Borrowed(&path)));
        writeln!(
            out,
            "\nThen, to put it together or submit what is missing: tournament --engine {name} --out {path} --resume"
        )?;
        Ok(WELL)
    }

    /// Writes what is to be played.
    fn begin(&self, planned: &Planned, conduct: &Conduct, path: &Path) -> Result<(ArrayFolder, Tournament)> {
        let Some(parts) = self.parts else {
            bail!(
                "--engine: into how many parts? Expected --parts N, two to four for every core of the cluster that it may have"
            );
        };
        let tournament = planned.in_parts(None)?;
        let text = |path: PathBuf| {
            let unreadable = |path: std::ffi::OsString| {
                anyhow::anyhow!("{}: a script cannot name this path: it is not UTF-8", path.display())
            };
            path.into_os_string().into_string().map_err(unreadable)
        };
        let array = Array {
            parts,
            threads: conduct.threads.unwrap_or(1),
            directory: text(std::env::current_dir().context("the current folder cannot be told")?)?,
            program: text(std::env::current_exe().context("the program's own file cannot be told")?)?,
            limits: planned.bots.arguments(),
        };
        text(path.to_owned())?;
        Ok((ArrayFolder::create(path, &tournament.plan, array)?, tournament))
    }

    /// Reads what is being played, and refuses to play anything else.
    fn begun(&self, planned: &Planned, path: &Path) -> Result<(ArrayFolder, Tournament)> {
        let folder = ArrayFolder::open(path)?;
        let own = folder.array.parts;
        if let Some(parts) = self.parts.filter(|parts| *parts != own) {
            bail!(
                "{}: this tournament has {own} parts, not {parts}; leave --parts out, or choose another folder",
                path.display()
            );
        }
        let file = folder.plan().to_string_lossy().into_owned();
        let directory = &folder.array.directory;
        let elsewhere = std::env::current_dir().is_ok_and(|here| here != Path::new(directory));
        let kept = Planned::of_file(file.clone()).tournament(Some(path)).map_err(|error| {
            let hint = format!("it was begun in {directory}, where its files are; call this there");
            if elsewhere { error.context(hint) } else { error }
        })?;
        let wanted = planned.or_file(file).tournament(Some(path))?;
        let differences = kept.plan.differences(&wanted.plan);
        if !differences.is_empty() {
            let what = format!(
                "this is another tournament: its plan differs ({}); choose another folder",
                differences.join("; ")
            );
            return Err(FolderError::Foreign { path: folder.plan(), what }.into());
        }
        Ok((folder, kept))
    }
}

impl State {
    /// Reads the parts' folders.
    fn of(folder: &ArrayFolder, tournament: &Tournament) -> Result<Self, FolderError> {
        let of = folder.array.parts;
        let begun: Vec<PathBuf> =
            (0..of).map(|part| folder.part(part)).filter(|part| Folder::is_begun(part)).collect();
        let found = match begun.is_empty() {
            true => None,
            false => Some(Merged::read(&begun)?.find(tournament)?),
        };
        let missing = match &found {
            Some(found) => found.places.missing(tournament, of),
            None => Places::none(tournament).missing(tournament, of),
        };
        let lacking = (0..of).filter(|part| missing[*part as usize] > 0);
        let (playing, open) = lacking.partition(|part| Folder::is_busy(&folder.part(*part)));
        Ok(Self { missing, playing, open, found })
    }

    /// Says which parts are missing.
    fn tell(&self, folder: &ArrayFolder, out: &mut impl Write) -> Result<()> {
        let of = self.missing.len();
        writeln!(out, "Of {of} parts {} are whole.", of - self.open.len() - self.playing.len())?;
        if !self.playing.is_empty() {
            writeln!(out, "Being played: {}.", ranges(&self.playing))?;
        }
        for part in self.open.iter().take(PARTS_SAID) {
            let (lacks, part) = (self.missing[*part as usize], folder.part(*part));
            let what = if Folder::is_begun(&part) { "was cut off and lacks" } else { "is not begun and has" };
            writeln!(out, "{} {what} {lacks} matches.", part.display())?;
        }
        if self.open.len() > PARTS_SAID {
            writeln!(out, "And {} parts more.", self.open.len() - PARTS_SAID)?;
        }
        Ok(())
    }
}

/// Makes the whole of parts that are.
fn put_together(
    path: &Path,
    tournament: &Tournament,
    found: Option<Found>,
    out: &mut impl Write,
    json: bool,
) -> Result<u8> {
    let mut whole = if Folder::is_begun(path) {
        Folder::resume(path, tournament, None, &mut Done::none(tournament, |_| None))?.folder
    } else {
        Folder::create(path, tournament, None)?
    };
    if let Some(found) = found {
        tell_damage(&found.damaged);
        whole.take(found)?;
    }
    conclude_in(whole, out, tournament, json)
}
