//! What a tournament comes to: the tables and the report that are made of its records, and who is better.

use std::io::Write;

use anyhow::{Context, Result, anyhow};

use super::super::status::{BAD_OUTCOME, WELL};
use super::shown;
use crate::tournament::chart::Shares;
use crate::tournament::folder::Damaged;
use crate::tournament::page::page;
use crate::tournament::{Finishes, Folder, FolderError, Standings, Tournament, tables};

#[allow(clippy::print_stderr, reason = "what was set aside is said beside the standings, not in them")]
pub(super) fn tell_damage(damaged: &Damaged) {
    for line in damaged {
        eprintln!("{line}; the match counts as not played");
    }
}

/// Makes the tables of matches and turns, record by record; what standings and the chart are made of.
fn tabled(tournament: &Tournament, folder: &mut Folder) -> Result<(Finishes, Shares), FolderError> {
    let mut matches = folder.table("matches.csv", &tables::MATCHES)?;
    let mut turns = folder.table("turns.csv", &tables::TURNS)?;
    let (mut finishes, mut shares) = (Finishes::new(), Shares::default());
    folder.each(tournament, |place, finish| {
        tables::of_match(tournament, place.0, &finish).try_for_each(|row| matches.row(row))?;
        tables::of_turns(tournament, place.0, &finish).try_for_each(|row| turns.row(row))?;
        shares.add(place.0, &finish);
        finishes.insert(place, finish.for_standings());
        Ok(())
    })?;
    matches.commit()?;
    turns.commit()?;
    Ok((finishes, shares))
}

/// Says who is better.
pub(super) fn conclude(
    out: &mut impl Write,
    tournament: &Tournament,
    finishes: &Finishes,
    json: bool,
) -> Result<u8> {
    let standings = Standings::of(tournament, finishes);
    say(out, tournament, &standings, &summary(&standings)?, json)
}

/// Makes everything that is made of a folder's records, and says who is better.
pub(super) fn conclude_in(
    mut folder: Folder,
    out: &mut impl Write,
    tournament: &Tournament,
    json: bool,
) -> Result<u8> {
    let (finishes, shares) = tabled(tournament, &mut folder)?;
    let standings = Standings::of(tournament, &finishes);
    let summary = summary(&standings)?;
    let table =
        |written: Result<String, _>| written.map_err(|error| anyhow!("a table cannot be made: {error}"));
    folder.write("standings.csv", &table(tables::standings(&standings))?)?;
    if !standings.levels.is_empty() {
        folder.write("levels.csv", &table(tables::levels(&standings))?)?;
    }
    folder.write("summary.json", &summary)?;
    folder.write("report.html", &page(tournament, &standings, &shares, &finishes))?;
    say(out, tournament, &standings, &summary, json)
}

fn summary(standings: &Standings) -> Result<String> {
    Ok(serde_json::to_string_pretty(standings)? + "\n")
}

fn say(
    out: &mut impl Write,
    tournament: &Tournament,
    standings: &Standings,
    summary: &str,
    json: bool,
) -> Result<u8> {
    if json {
        write!(out, "{summary}")?;
    } else {
        shown::standings(out, tournament, standings).context("standings cannot be shown")?;
    }
    Ok(if standings.is_affirmed() { WELL } else { BAD_OUTCOME })
}
