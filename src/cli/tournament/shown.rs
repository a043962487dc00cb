//! Standings as a terminal shows them.

use std::io::Write;

use anyhow::Result;

use super::super::tables::{Table, yuan};
use crate::statistics::{Estimate, Interval};
use crate::tournament::standings::{Standing, unranked};
use crate::tournament::verdict::{answered, asked};
use crate::tournament::{Standings, Tournament};

/// Levels whose standings are shown beside each other; those of more are in the files.
const FEW_LEVELS: usize = 4;

/// Prints standings, or what a test says.
pub(super) fn standings(out: &mut impl Write, tournament: &Tournament, standings: &Standings) -> Result<()> {
    let title = &tournament.plan.title;
    if !title.is_empty() {
        writeln!(out, "{title}\n")?;
    }
    if standings.is_test() {
        return tests(out, tournament, standings);
    }
    if standings.is_gauntlet() {
        return gauntlet(out, tournament, standings);
    }
    writeln!(out, "{}", overall(standings))?;
    if (2..=FEW_LEVELS).contains(&standings.levels.len()) {
        writeln!(out, "{}", by_level(standings))?;
    }
    let plan = &tournament.plan;
    writeln!(
        out,
        "{} matches in {} blocks on {}, seed {}. Strength in Elo points above the mean; rank with its 95% range.",
        standings.matches,
        standings.blocks,
        plan.levels.join(", "),
        plan.seed
    )?;
    let blocks = standings.contenders.iter().map(|standing| (standing.name.as_str(), standing.blocks));
    if let Some(line) = unranked(blocks) {
        writeln!(out, "{line}")?;
    }
    let many = standings.levels.len();
    if many > FEW_LEVELS {
        writeln!(
            out,
            "Standings on each of the {many} levels: levels.csv and report.html with --out, or --json."
        )?;
    }
    refused(out, standings)?;
    if let Some(note) = standings.apart() {
        writeln!(out, "{note}")?;
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
            percent(&seat.score)
        )?;
    }
    Ok(())
}

/// A mean part with its half-width, of which one observation says nothing.
fn percent(estimate: &Estimate) -> String {
    let half = estimate.half_width().map_or("–".to_owned(), |half| format!("{:.1}", 100.0 * half));
    format!("{:.1} ± {half}", 100.0 * estimate.mean)
}

/// A part and where it may lie.
fn part(interval: &Interval) -> String {
    format!("{:.1} ({:.0} to {:.0})", 100.0 * interval.value, 100.0 * interval.low, 100.0 * interval.high)
}

fn whole(interval: Option<Interval>) -> String {
    interval.map_or("–".to_owned(), |interval| format!("{:.0}", 100.0 * interval.value))
}

/// How the first did against each of the others.
fn gauntlet(out: &mut impl Write, tournament: &Tournament, standings: &Standings) -> Result<()> {
    let first = &tournament.entries[0].name;
    let mut table = Table::new(&["<against", "score, %", "95% interval", "by luck", "blocks"]);
    for (other, blocks, score, probability) in standings.first_against_each() {
        table.row([
            other.to_owned(),
            format!("{:.1}", 100.0 * score.value),
            format!("{:.1} to {:.1}", 100.0 * score.low, 100.0 * score.high),
            format!("{probability:.3}"),
            blocks.to_string(),
        ]);
    }
    writeln!(out, "{first} against each, the hardest first:\n\n{table}")?;
    writeln!(
        out,
        "{} matches in {} blocks on {}, seed {}: the part in which {first} ended above. By luck: how likely so much is among equals, all \
         pairs corrected together. A gauntlet says nothing of the others among themselves.",
        standings.matches,
        standings.blocks,
        tournament.plan.levels.join(", "),
        tournament.plan.seed
    )?;
    refused(out, standings)
}

fn refused(out: &mut impl Write, standings: &Standings) -> Result<()> {
    for (name, refused) in standings.refused() {
        writeln!(out, "Refused: {refused:.1} orders of {name} a match.")?;
    }
    Ok(())
}

/// Place with its range.
fn ranked(standing: &Standing) -> String {
    let group = standing.group.map(|group| format!("group {group}: ")).unwrap_or_default();
    let rank = |rank| format!("{group}{rank} ({}–{})", standing.ranks[0], standing.ranks[1]);
    standing.rank.map_or("unranked".to_owned(), rank)
}

/// A row a strategy.
fn overall(standings: &Standings) -> Table {
    let one_level = standings.is_of_one_level();
    let mut headings = vec!["rank", "<strategy", "strength", "95% interval", "score, %", "won, %"];
    if one_level {
        headings.extend(["value", "profit", "share, %"]);
    }
    headings.extend(["α-rank, %", "Nash, %", "blocks"]);
    let mut table = Table::new(&headings);
    for standing in &standings.contenders {
        let mut row = vec![
            ranked(standing),
            standing.name.clone(),
            format!("{:+.0}", standing.strength.value),
            format!("{:+.0} to {:+.0}", standing.strength.low, standing.strength.high),
            part(&standing.score),
            part(&standing.wins),
        ];
        if one_level {
            row.extend([yuan(standing.value.mean), yuan(standing.profit.mean), percent(&standing.share)]);
        }
        row.extend([whole(standing.alpha), whole(standing.nash), standing.blocks.to_string()]);
        table.row(row);
    }
    table
}

/// Places and strengths on each level for itself, in the order of all together.
fn by_level(standings: &Standings) -> Table {
    let mut headings = vec!["<strategy"];
    standings.levels.iter().for_each(|level| headings.extend([level.level.as_str(), "strength"]));
    let mut table = Table::new(&headings);
    for all in &standings.contenders {
        let cells = standings.levels.iter().flat_map(|level| {
            let here = level.contenders.iter().find(|standing| standing.name == all.name);
            here.map_or(["–".to_owned(), "–".to_owned()], |here| {
                [ranked(here), format!("{:+.0}", here.strength.value)]
            })
        });
        table.row(std::iter::once(all.name.clone()).chain(cells));
    }
    table
}

/// What was asked, a row a level, and the answers in words.
fn tests(out: &mut impl Write, tournament: &Tournament, standings: &Standings) -> Result<()> {
    let [one, other] = [0, 1].map(|entry| &tournament.entries[entry].name);
    let Some(question) = tournament.plan.format.test() else { return Ok(()) };
    writeln!(out, "{}\n", asked(&question, one, other))?;
    let mut table = Table::new(&["<level", "log-likelihood ratio", "ends at", "Elo", "blocks"]);
    for test in &standings.tests {
        table.row([
            test.level.clone(),
            format!("{:+.2}", test.log_ratio),
            format!("{:+.2} or {:+.2}", test.bounds[0], test.bounds[1]),
            test.elo.map_or("–".to_owned(), |elo| format!("{:+.0} ± {:.0}", elo.points, elo.half)),
            test.counts.iter().sum::<f64>().to_string(),
        ]);
    }
    writeln!(out, "{table}")?;
    for test in &standings.tests {
        writeln!(out, "{}", answered(&question, test, one, other))?;
    }
    Ok(())
}
