//! `tournament`, `shard` and `merge`: which strategy is better.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::tables::{Table, yuan};
use super::{BAD_OUTCOME, WELL};
use crate::level::{Diagnostic, LevelError, Spans, nearest, parse_ron, read_text};
use crate::statistics::Verdict;
use crate::tournament::folder::Damaged;
use crate::tournament::page::page;
use crate::tournament::{
    Fault, Finish, Finishes, Folder, FolderError, Format, Merged, PLANS, Plan, Shard, Standings, Tournament,
    Watcher, plays_otherwise, run, tables,
};

/// What is played, by a plan or by flags, or by a plan with flags in place of some of it.
#[derive(Args, Default)]
struct Planned {
    /// A plan: a file, or the name of one that comes with the program; absent: the first of these, unless flags say it all
    plan: Option<String>,
    /// A level to play on, by name or file; repeatable
    #[arg(long, value_name = "LEVEL")]
    level: Vec<String>,
    /// Who plays, separated by commas, such as passive,premium(commission: 0.03)
    #[arg(long, value_name = "A,B,…")]
    strategies: Option<String>,
    /// Who has the other seats of a test on levels with more than two, separated by commas
    #[arg(long, value_name = "A,B,…")]
    others: Option<String>,
    /// Who plays whom: round-robin, gauntlet (the first against the field), swiss, or sprt (is the first of two better?)
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// In how many blocks of each level every two meet; how many a round has, or a test at most
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    blocks: Option<u32>,
    /// What every seed is made of
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Turns of a match; the level's when absent
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    turns: Option<u32>,
    /// Consumer agents; the level's when absent
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    consumers: Option<u32>,
    /// Merchant agents; the level's when absent
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    merchants: Option<u32>,
}

/// Play a tournament between strategies and rate them.
#[derive(Args, Default)]
pub(super) struct TournamentCommand {
    #[command(flatten)]
    planned: Planned,
    /// Matches played at a time; all cores when absent. The result is the same
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Folder for records, tables and the report; absent: standings are printed alone
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Go on with the tournament in the folder
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
    /// Matches played at a time; all cores when absent
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
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
        let tournament = self.planned.tournament()?;
        let (folder, done) = opened(&tournament, self.out.as_deref(), self.resume, None)?;
        let mut keeper = Keeper::new(&tournament, folder);
        let finishes = run(&tournament, done, None, threads(self.threads), &mut keeper)?;
        conclude(out, &tournament, &finishes, keeper.finish(&finishes)?, self.json)
    }
}

impl ShardCommand {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let tournament = self.planned.tournament()?;
        if self.index >= self.of {
            bail!("--index {}: of {} parts the last is {}", self.index, self.of, self.of - 1);
        }
        if tournament.plan.format.is_adaptive() {
            bail!(
                "a tournament whose next matches depend on the last ones cannot be played in parts; \
                 expected the format round-robin or gauntlet"
            );
        }
        let shard = Some(Shard { index: self.index, of: self.of });
        let (folder, done) = opened(&tournament, Some(&self.out), self.resume, shard)?;
        let mut keeper = Keeper::new(&tournament, folder);
        let finishes = run(&tournament, done, shard, threads(self.threads), &mut keeper)?;
        keeper.finish(&finishes)?;
        writeln!(
            out,
            "Part {} of {}: {} matches in {}.",
            self.index,
            self.of,
            finishes.len(),
            self.out.display()
        )?;
        Ok(WELL)
    }
}

impl MergeCommand {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let merged = Merged::read(&self.parts)?;
        let tournament = Tournament::new(merged.plan.clone())?;
        let (finishes, damaged) = merged.finishes(&tournament)?;
        tell_damage(&damaged);
        let missing = tournament.missing(&finishes);
        if missing > 0 {
            bail!(
                "{missing} of {} matches are in none of these parts; play the parts that are missing, or go on with those \
                 that were cut off (shard … --resume)",
                missing + finishes.len()
            );
        }
        let mut folder = Folder::create(&self.out, &tournament, None)?;
        folder.put_in_order(&finishes)?;
        conclude(out, &tournament, &finishes, Some(folder), self.json)
    }
}

impl Planned {
    /// The tournament, checked.
    fn tournament(&self) -> Result<Tournament> {
        let (mut plan, source) = self.read()?;
        let mut from_flags: Vec<&str> = Vec::new();
        if !self.level.is_empty() {
            plan.levels.clone_from(&self.level);
            from_flags.push("level");
        }
        for (listed, list, name) in [
            (&self.strategies, &mut plan.strategies, "strategies"),
            (&self.others, &mut plan.others, "others"),
        ] {
            if let Some(listed) = listed {
                *list = listed_names(listed);
                from_flags.push(name);
            }
        }
        if let Some(name) = &self.format {
            plan.format = format_named(name)?;
            from_flags.push("format");
        }
        plan.blocks = self.blocks.unwrap_or(plan.blocks);
        plan.seed = self.seed.unwrap_or(plan.seed);
        plan.turns = self.turns.or(plan.turns);
        plan.consumers = self.consumers.or(plan.consumers);
        plan.merchants = self.merchants.or(plan.merchants);
        let numbers = [
            ("blocks", self.blocks),
            ("turns", self.turns),
            ("consumers", self.consumers),
            ("merchants", self.merchants),
        ];
        from_flags.extend(numbers.iter().filter(|(_, number)| number.is_some()).map(|(name, _)| *name));
        Tournament::new(plan).map_err(|fault| said(fault, source.as_ref(), &from_flags))
    }

    /// The plan before flags, and the text it is from.
    fn read(&self) -> Result<(Plan, Option<Source>)> {
        let all_by_flags = self.plan.is_none() && !self.level.is_empty() && self.strategies.is_some();
        if all_by_flags {
            let nothing = Plan {
                title: String::new(),
                format: Format::RoundRobin,
                levels: Vec::new(),
                strategies: Vec::new(),
                others: Vec::new(),
                blocks: 20,
                seed: 1,
                turns: None,
                consumers: None,
                merchants: None,
            };
            return Ok((nothing, None));
        }
        let name = self.plan.as_deref().unwrap_or(PLANS[0].name);
        let known = PLANS.iter().find(|plan| plan.name == name);
        let (file, text) = match known {
            Some(plan) if !Path::new(name).is_file() => {
                (format!("assets/tournaments/{name}.ron"), plan.text.to_owned())
            }
            _ if Path::new(name).exists() || name.ends_with(".ron") => {
                (name.to_owned(), read_text(Path::new(name))?)
            }
            _ => {
                let names = || PLANS.iter().map(|plan| plan.name);
                let hint = nearest(name, names())
                    .map(|known| format!(" (did you mean `{known}`?)"))
                    .unwrap_or_default();
                let all = names().collect::<Vec<_>>().join(", ");
                bail!("no plan `{name}`{hint}; there are {all}, and any file that ends in .ron")
            }
        };
        let (plan, spans) = parse_ron::<Plan>(&file, &text)?;
        Ok((plan, Some(Source { file, text, spans })))
    }
}

/// The text that a plan is from.
struct Source {
    file: String,
    text: String,
    spans: Spans,
}

/// What is wrong with a plan, where it stands: in its file, or on the command line.
fn said(fault: Fault, source: Option<&Source>, from_flags: &[&str]) -> anyhow::Error {
    let top = fault.path.split(['.', '[']).next().unwrap_or_default();
    let flag = if top == "levels" { "level" } else { top };
    match source {
        Some(source) if !from_flags.contains(&flag) => {
            let (_, span) = source.spans.nearest_ancestor(&fault.path);
            anyhow!(LevelError {
                file: source.file.clone(),
                text: source.text.clone(),
                diagnostics: vec![Diagnostic::error(fault.path, span, fault.message)],
            })
        }
        _ => anyhow!("--{flag}: {}", fault.message),
    }
}

/// Splits at commas, but not within brackets.
fn listed_names(text: &str) -> Vec<String> {
    let (mut names, mut name, mut depth) = (Vec::new(), String::new(), 0);
    for letter in text.chars() {
        match letter {
            ',' if depth == 0 => names.push(std::mem::take(&mut name)),
            _ => {
                depth += i32::from(letter == '(') - i32::from(letter == ')');
                name.push(letter);
            }
        }
    }
    names.push(name);
    names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn format_named(name: &str) -> Result<Format> {
    Format::named(name).ok_or_else(|| {
        let names = ["round-robin", "gauntlet", "swiss", "sprt"];
        let hint =
            nearest(name, names).map(|known| format!(" (did you mean `{known}`?)")).unwrap_or_default();
        anyhow!("--format {name}: no such format{hint}; there are {}", names.join(", "))
    })
}

fn threads(wanted: Option<u16>) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    wanted.map_or_else(cores, usize::from)
}

/// The folder, new or gone on with, and what it holds.
fn opened(
    tournament: &Tournament,
    path: Option<&Path>,
    resume: bool,
    shard: Option<Shard>,
) -> Result<(Option<Folder>, Finishes)> {
    let Some(path) = path else { return Ok((None, Finishes::new())) };
    if !resume {
        return Ok((Some(Folder::create(path, tournament, shard)?), Finishes::new()));
    }
    let (folder, finishes, damaged) = Folder::resume(path, tournament, shard)?;
    tell_damage(&damaged);
    if let Some(finish) = plays_otherwise(tournament, &finishes) {
        bail!(
            "{}: match {} comes out otherwise than it is recorded: a strategy, the level or the model has changed since; \
             give another folder, or go on with the program that it was begun with",
            path.display(),
            finish.id()
        );
    }
    Ok((Some(folder), finishes))
}

#[allow(clippy::print_stderr, reason = "what was set aside is said beside the standings, not in them")]
fn tell_damage(damaged: &Damaged) {
    for line in damaged {
        eprintln!("{line}; the match counts as not played");
    }
}

/// Keeps records as they come, and shows how far it is.
struct Keeper<'a> {
    tournament: &'a Tournament,
    folder: Option<Folder>,
    bar: ProgressBar,
}

impl<'a> Keeper<'a> {
    fn new(tournament: &'a Tournament, folder: Option<Folder>) -> Self {
        let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        let style = "{bar:40} {human_pos}/{human_len} matches  {per_sec}  {eta} left";
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Self { tournament, folder, bar }
    }

    /// The folder, its records in order.
    fn finish(self, finishes: &Finishes) -> Result<Option<Folder>> {
        self.bar.finish_and_clear();
        let mut folder = self.folder;
        if let Some(folder) = &mut folder {
            folder.put_in_order(finishes)?;
        }
        Ok(folder)
    }
}

impl Watcher for Keeper<'_> {
    type Error = FolderError;

    fn round(&mut self, missing: usize) {
        self.bar.inc_length(missing as u64);
    }

    fn finished(&mut self, finish: &Finish) -> Result<(), FolderError> {
        self.bar.inc(1);
        match &mut self.folder {
            Some(folder) => folder.add(self.tournament, finish),
            None => Ok(()),
        }
    }
}

/// Makes everything that is made of records, and says who is better.
fn conclude(
    out: &mut impl Write,
    tournament: &Tournament,
    finishes: &Finishes,
    folder: Option<Folder>,
    json: bool,
) -> Result<u8> {
    let standings = Standings::of(tournament, finishes);
    let mut summary = serde_json::to_string_pretty(&standings)?;
    summary.push('\n');
    if let Some(folder) = &folder {
        let table =
            |written: Result<String, _>| written.map_err(|error| anyhow!("a table cannot be made: {error}"));
        folder.write("standings.csv", &table(tables::standings(&standings))?)?;
        folder.write("matches.csv", &table(tables::matches(tournament, finishes))?)?;
        folder.write("turns.csv", &table(tables::turns(tournament, finishes))?)?;
        folder.write("summary.json", &summary)?;
        folder.write("report.html", &page(tournament, &standings, finishes))?;
    }
    if json {
        write!(out, "{summary}")?;
    } else {
        show(out, tournament, &standings).context("standings cannot be shown")?;
    }
    Ok(if standings.is_affirmed() { WELL } else { BAD_OUTCOME })
}

fn show(out: &mut impl Write, tournament: &Tournament, standings: &Standings) -> Result<()> {
    let title = &tournament.plan.title;
    if !title.is_empty() {
        writeln!(out, "{title}\n")?;
    }
    let percent = |mean: f64, half: f64| format!("{:.1} ± {:.1}", 100.0 * mean, 100.0 * half);
    if standings.is_test() {
        return show_tests(out, tournament, standings);
    }
    let one_level = standings.is_of_one_level();
    let mut headings = vec!["rank", "<strategy", "strength", "95% interval", "score, %", "won, %"];
    if one_level {
        headings.extend(["value", "profit", "share, %"]);
    }
    headings.extend(["α-rank, %", "Nash, %", "blocks"]);
    let mut table = Table::new(&headings);
    for standing in &standings.contenders {
        let rank = |rank| format!("{rank} ({}–{})", standing.ranks[0], standing.ranks[1]);
        let mut row = vec![
            standing.rank.map_or("unranked".to_owned(), rank),
            standing.name.clone(),
            format!("{:+.0}", standing.strength.value),
            format!("{:+.0} to {:+.0}", standing.strength.low, standing.strength.high),
            percent(standing.score.mean, standing.score.half),
            percent(standing.wins.mean, standing.wins.half),
        ];
        if one_level {
            row.extend([
                yuan(standing.value.mean),
                yuan(standing.profit.mean),
                percent(standing.share.mean, standing.share.half),
            ]);
        }
        row.extend([
            format!("{:.1}", 100.0 * standing.alpha),
            format!("{:.0}", 100.0 * standing.nash.value),
            standing.blocks.to_string(),
        ]);
        table.row(row);
    }
    writeln!(out, "{table}")?;
    let plan = &tournament.plan;
    writeln!(
        out,
        "{} matches in {} blocks on {}, seed {}. Strength in Elo points above the mean; rank with its 95% range.",
        standings.matches,
        standings.blocks,
        plan.levels.join(", "),
        plan.seed
    )?;
    for (name, refused) in standings.refused() {
        writeln!(out, "Refused: {refused:.1} orders of {name} a match.")?;
    }
    for [a, b, c] in &standings.cycles {
        writeln!(out, "A circle: {a} beats {b}, {b} beats {c}, {c} beats {a}.")?;
    }
    for seat in standings.seats.iter().filter(|seat| seat.uneven) {
        writeln!(
            out,
            "Uneven: the mean score in seat {} of {} is {}%.",
            seat.seat,
            seat.level,
            percent(seat.score.mean, seat.score.half)
        )?;
    }
    Ok(())
}

fn show_tests(out: &mut impl Write, tournament: &Tournament, standings: &Standings) -> Result<()> {
    let [one, other] = [0, 1].map(|entry| &tournament.entries[entry].name);
    let mut table = Table::new(&["<level", "log-likelihood ratio", "ends at", "Elo", "blocks", "<answer"]);
    for test in &standings.tests {
        table.row([
            test.level.clone(),
            format!("{:+.2}", test.log_ratio),
            format!("{:.2} or {:+.2}", test.bounds[0], test.bounds[1]),
            test.elo.map_or("–".to_owned(), |elo| format!("{:+.0} ± {:.0}", elo.points, elo.half)),
            test.counts.iter().sum::<f64>().to_string(),
            match test.verdict {
                Verdict::Better => format!("{one} is better than {other}"),
                Verdict::NotBetter => format!("{one} is not better than {other}, as far as was asked"),
                Verdict::Open => "not settled: play more blocks".to_owned(),
            },
        ]);
    }
    Ok(write!(out, "{table}")?)
}
