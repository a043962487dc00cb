//! `check`: whether levels are sound, and whether what they say must come out does.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Serialize;

use super::status::{BAD_INPUT, BAD_OUTCOME, WELL};
use super::tables::Table;
use crate::experiment::{Criterion, Finding, play_reference, review, to_five_places};
use crate::level::{Diagnostic, FindError, Level, LevelError, Spans, shipped};
use crate::strategy;

/// Check levels: all that is wrong with each, with its place.
#[derive(Args)]
pub(super) struct Check {
    /// Level files, folders of them, or names of shipped levels
    #[arg(required = true)]
    paths: Vec<String>,
    /// Also play what the levels' `reference` says must come out
    #[arg(long)]
    play: bool,
    /// Change one value of every level first, such as market.habit=2; repeatable, the last wins
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Print one JSON array
    #[arg(long)]
    json: bool,
}

/// What was found about one level.
#[derive(Serialize)]
struct Report {
    path: String,
    sound: bool,
    /// All that is wrong, in words, as it is shown without `--json`.
    error: Option<String>,
    /// The same one by one; none where what is wrong has no place in the file.
    problems: Vec<Problem>,
    /// What is sound, and yet not as it is likely meant.
    warning: Option<String>,
    findings: Vec<Finding>,
}

/// Something wrong at a place of a file.
#[derive(Serialize)]
struct Problem {
    /// From 1.
    line: usize,
    /// In characters, from 1.
    column: usize,
    /// The value it is about, such as `platforms[1].cash`; empty for the whole file.
    path: String,
    message: String,
    /// What would have been right.
    expected: Option<String>,
    /// What was probably meant, to be written in its place.
    help: Option<String>,
}

impl Check {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let mut names = Vec::new();
        for path in &self.paths {
            levels_below(path, &mut names)?;
        }
        if names.is_empty() {
            bail!("there is no level below {}: expected files that end in .ron", self.paths.join(", "));
        }
        let mut status = WELL;
        let mut reports = Vec::new();
        let mut known = Known::default();
        for name in names {
            let report = self.report(&name, &mut known);
            let failed = report.findings.iter().any(|finding| !finding.holds);
            status = status.max(if !report.sound { BAD_INPUT } else { u8::from(failed) * BAD_OUTCOME });
            if !self.json {
                show(out, &report, self.play)?;
                out.flush()?;
            }
            reports.push(report);
        }
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&reports)?)?;
        }
        Ok(status)
    }

    fn report(&self, name: &str, known: &mut Known) -> Report {
        let mut report = Report {
            path: name.to_owned(),
            sound: true,
            error: None,
            problems: Vec::new(),
            warning: None,
            findings: Vec::new(),
        };
        let file = file_of(name);
        let level = Level::find(name, &self.set, &strategy::vocabulary()).and_then(|level| {
            known.add(&file, &level)?;
            review(&file, &level)?;
            Ok(level)
        });
        // A level that was changed on purpose is another, and nobody's mistake.
        report.warning = level.as_ref().ok().filter(|_| self.set.is_empty()).and_then(borrowed);
        let mut unsound = |error: String, problems: Vec<Problem>| {
            (report.sound, report.error, report.problems) = (false, Some(error), problems);
        };
        match level {
            Err(FindError::Level(error)) => unsound(error.to_string(), problems(&error)),
            Err(error) => unsound(error.to_string(), Vec::new()),
            Ok(level) if self.play => match play_reference(&level) {
                Ok(findings) => report.findings = findings,
                Err(error) => unsound(error.to_string(), Vec::new()),
            },
            Ok(_) => {}
        }
        report
    }
}

/// How errors call the file of a level: a shipped one by where it lies.
fn file_of(name: &str) -> String {
    if Path::new(name).exists() { name.to_owned() } else { format!("levels/{name}.ron") }
}

fn problems(error: &LevelError) -> Vec<Problem> {
    let problem = |diagnostic: &Diagnostic| {
        let (line, column) = error.line_column(&diagnostic.span);
        let Diagnostic { path, message, expected, suggestion, .. } = diagnostic.clone();
        Problem { line, column, path, message, expected, help: suggestion }
    };
    error.diagnostics.iter().map(problem).collect()
}

/// The levels checked so far, by id: where each was found, and its text.
#[derive(Default)]
struct Known(BTreeMap<String, (String, String)>);

impl Known {
    /// Takes a level in; an error where another level has its id. The same file twice is one level.
    fn add(&mut self, file: &str, level: &Level) -> Result<(), LevelError> {
        let mine = (file.to_owned(), level.text.clone());
        let (other, text) = self.0.entry(level.id.clone()).or_insert(mine);
        if *text == level.text {
            return Ok(());
        }
        let message = format!("the id \"{}\" is also that of {other}, which is another level", level.id);
        let expected = "an id of its own: saves, tournaments and the window tell levels apart by it";
        let problem = Diagnostic::error("meta.id", span_of_id(&level.text), message).expected(expected);
        Err(LevelError { file: file.to_owned(), text: level.text.clone(), diagnostics: vec![problem] })
    }
}

/// Where a level's text states its id.
fn span_of_id(text: &str) -> Range<usize> {
    Spans::scan(text).get("meta.id").unwrap_or(0..0)
}

/// That a level has the id of one that comes with the program, and is another.
fn borrowed(level: &Level) -> Option<String> {
    let other = shipped().find(|known| known.name == level.id && known.text != level.text)?;
    let before = level.text.get(..span_of_id(&level.text).start).unwrap_or_default();
    Some(format!(
        "line {}: the id \"{}\" is that of a level that comes with the program, which is another; give it an id of its own",
        before.matches('\n').count() + 1,
        other.name
    ))
}

fn show(out: &mut impl Write, report: &Report, played: bool) -> Result<()> {
    if let Some(error) = &report.error {
        let lead = if error.starts_with("error") { "" } else { "error: " };
        // What is wrong belongs on standard error, like every other message; the list of levels goes on.
        let _ = writeln!(std::io::stderr(), "{lead}{error}");
        return Ok(());
    }
    if let Some(warning) = &report.warning {
        let _ = writeln!(std::io::stderr(), "warning: {}: {warning}", report.path);
    }
    if !played {
        return Ok(writeln!(out, "{}: sound", report.path)?);
    }
    if report.findings.is_empty() {
        return Ok(writeln!(out, "{}: sound, no reference to play", report.path)?);
    }
    writeln!(out, "{}:", report.path)?;
    numbers(out, &report.findings)?;
    differences(out, &report.findings)?;
    Ok(writeln!(out)?)
}

fn verdict(finding: &Finding) -> String {
    if finding.holds { "holds" } else { "FAILS" }.to_owned()
}

/// Numbers that every seed must have.
fn numbers(out: &mut impl Write, findings: &[Finding]) -> Result<()> {
    let mut table = Table::new(&[
        "<case",
        "<measure",
        "expected",
        "obtained",
        "worst off by",
        "tolerance",
        "seeds",
        "<verdict",
    ]);
    for finding in findings {
        let Criterion::Number { expected, tolerance, worst } = finding.criterion else { continue };
        table.row([
            finding.case.clone(),
            finding.measure.clone(),
            to_five_places(expected),
            to_five_places(finding.obtained),
            to_five_places(worst),
            to_five_places(tolerance),
            if finding.seeds == 0 { "solved".to_owned() } else { finding.seeds.to_string() },
            verdict(finding),
        ]);
    }
    if !table.is_empty() {
        write!(out, "{table}")?;
    }
    Ok(())
}

/// Differences that orders must make, and orders that were refused.
fn differences(out: &mut impl Write, findings: &[Finding]) -> Result<()> {
    let headings = ["<case", "<measure", "expected", "obtained", "half-width", "seeds", "<verdict"];
    let mut table = Table::new(&headings);
    let mut errors: Vec<String> = Vec::new();
    for finding in findings {
        let Criterion::Difference { bound, half_width, refused, .. } = &finding.criterion else { continue };
        table.row([
            finding.case.clone(),
            finding.measure.clone(),
            bound.to_string(),
            to_five_places(finding.obtained),
            format!("±{half_width:.5}"),
            finding.seeds.to_string(),
            verdict(finding),
        ]);
        let lines = refused.iter().map(|refused| format!("error: {}: {refused}", finding.case));
        // Every difference of a case has the same orders.
        errors.extend(lines.filter(|line| !errors.contains(line)).collect::<Vec<_>>());
    }
    if !table.is_empty() {
        write!(out, "{table}")?;
    }
    for error in errors {
        writeln!(out, "{error}")?;
    }
    Ok(())
}

/// A level's name as given, or every level file below a folder, in order.
fn levels_below(path: &str, names: &mut Vec<String>) -> Result<()> {
    if !Path::new(path).is_dir() {
        names.push(path.to_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).with_context(|| format!("cannot read {path}"))?;
    let mut below: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    below.sort();
    for entry in below {
        if entry.is_dir() {
            levels_below(&entry.to_string_lossy(), names)?;
        } else if entry.extension().is_some_and(|extension| extension == "ron") {
            names.push(entry.to_string_lossy().into_owned());
        }
    }
    Ok(())
}
