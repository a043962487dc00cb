//! Tables of a tournament, for anybody's tools: comma-separated, a heading in the first line, numbers as they are.

use csv::Writer;

use super::plan::Tournament;
use super::records::Finish;
use super::standings::{Standing, Standings};
use crate::statistics::{Estimate, Interval};

/// A table that cannot be written, which only a lack of memory can cause.
type Written = Result<String, Box<dyn std::error::Error + Send + Sync>>;

fn table<R: AsRef<[String]>>(headings: &[&str], rows: impl Iterator<Item = R>) -> Written {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(headings)?;
    for row in rows {
        writer.write_record(row.as_ref())?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Headings of a contender's row.
const STANDING: [&str; 29] = [
    "rank",
    "rank_best",
    "rank_worst",
    "strategy",
    "blocks",
    "matches",
    "strength",
    "strength_low",
    "strength_high",
    "score",
    "score_low",
    "score_high",
    "wins",
    "wins_low",
    "wins_high",
    "value",
    "value_half",
    "profit",
    "profit_half",
    "share",
    "share_half",
    "alpha_rank",
    "alpha_low",
    "alpha_high",
    "nash",
    "nash_low",
    "nash_high",
    "refused",
    "group",
];

/// One row a contender, best first.
///
/// # Errors
/// Memory is short.
pub fn standings(standings: &Standings) -> Written {
    table(&STANDING, standings.contenders.iter().map(row))
}

/// One row a level and contender, best first on each.
///
/// # Errors
/// Memory is short.
pub fn levels(standings: &Standings) -> Written {
    let headings = [&["level"], &STANDING[..]].concat();
    let rows = standings.levels.iter().flat_map(|level| {
        level.contenders.iter().map(|standing| [vec![level.level.clone()], row(standing)].concat())
    });
    table(&headings, rows)
}

fn row(standing: &Standing) -> Vec<String> {
    let rank = |place: usize| standing.rank.map(|_| place.to_string()).unwrap_or_default();
    let some = |interval: &Interval| [interval.value, interval.low, interval.high].map(Some);
    let mean = |estimate: &Estimate| [Some(estimate.mean), estimate.half_width()];
    let perhaps = |interval: Option<Interval>| interval.map_or([None; 3], |interval| some(&interval));
    let numbers = [
        &some(&standing.strength)[..],
        &some(&standing.score),
        &some(&standing.wins),
        &mean(&standing.value),
        &mean(&standing.profit),
        &mean(&standing.share),
        &perhaps(standing.alpha),
        &perhaps(standing.nash),
        &[Some(standing.refused)],
    ]
    .concat();
    let mut row = vec![
        standing.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        rank(standing.ranks[0]),
        rank(standing.ranks[1]),
        standing.name.clone(),
        standing.blocks.to_string(),
        standing.matches.to_string(),
    ];
    // Of what is not known there is nothing.
    row.extend(numbers.iter().map(|number| number.map(|number| number.to_string()).unwrap_or_default()));
    row.push(standing.group.map(|group| group.to_string()).unwrap_or_default());
    row
}

/// Headings of a match's rows.
pub const MATCHES: [&str; 15] = [
    "match", "level", "block", "rotation", "seed", "turns", "seat", "player", "score", "value", "profit",
    "share", "refused", "hash", "replay",
];

/// One row a seat.
pub fn of_match(tournament: &Tournament, level: usize, finish: &Finish) -> impl Iterator<Item = Vec<String>> {
    let replay = replay(tournament, level, finish);
    tournament.levels[level].level.platforms.iter().enumerate().map(move |(seat, platform)| {
        vec![
            finish.id(),
            finish.level.clone(),
            finish.block.to_string(),
            finish.rotation.to_string(),
            finish.seed.to_string(),
            finish.turns.to_string(),
            platform.id.clone(),
            finish.players[seat].clone(),
            finish.score(seat).to_string(),
            finish.value[seat].to_string(),
            finish.profit[seat].to_string(),
            finish.share[seat].to_string(),
            finish.refused[seat].to_string(),
            finish.hash.clone(),
            replay.clone(),
        ]
    })
}

/// Headings of a match's turns.
pub const TURNS: [&str; 7] = ["match", "turn", "seat", "player", "share", "profit", "value"];

/// One row a turn and seat.
pub fn of_turns(tournament: &Tournament, level: usize, finish: &Finish) -> impl Iterator<Item = Vec<String>> {
    let platforms = &tournament.levels[level].level.platforms;
    let curves = &finish.curves;
    let turns = curves.share.turns().zip(curves.profit.turns()).zip(curves.value.turns());
    turns.enumerate().flat_map(move |(turn, ((share, profit), value))| {
        (0..platforms.len()).map(move |seat| {
            vec![
                finish.id(),
                (turn + 1).to_string(),
                platforms[seat].id.clone(),
                finish.players[seat].clone(),
                share[seat].to_string(),
                profit[seat].to_string(),
                value[seat].to_string(),
            ]
        })
    })
}

/// The command that plays a match again and ends in the same state.
pub fn replay(tournament: &Tournament, level: usize, finish: &Finish) -> String {
    let plan = &tournament.plan;
    let named = plan.levels[level].as_str();
    let mut command =
        format!("walled-gardens run {} --seed {} --turns {}", quoted(named), finish.seed, finish.turns);
    for (option, value) in [("--consumers", plan.consumers), ("--merchants", plan.merchants)] {
        if let Some(value) = value {
            command.push_str(&format!(" {option} {value}"));
        }
    }
    let platforms = &tournament.levels[level].level.platforms;
    for (platform, player) in platforms.iter().zip(&finish.players) {
        let contender = player.trim_start_matches('(').trim_end_matches(')');
        let entry = tournament.entries.iter().find(|entry| entry.name == *player);
        let name = entry.map_or(contender, |entry| entry.player.name());
        command.push_str(&format!(" --seat {}", quoted(&format!("{}={name}", platform.id))));
    }
    command
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/_-.=".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
