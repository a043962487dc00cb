//! A year in one seat, looked at month by month: what the headline is, what rivals did, what waited for an answer, and whether
//! there was anything that was not there the month before.

use std::collections::BTreeMap;
use std::fmt::Write;

use rayon::prelude::*;

use super::playing::ExperimentError;
use crate::level::shipped;
use crate::news::story;
use crate::play::{Difficulty, Headline, Position, Session, Topic, Waiting, headlines, waiting};

/// How the tag of a level begins that a year is looked at in; what follows is the seat that does nothing of its own.
const TAG: &str = "a-year-as-";
const DIFFICULTIES: [Difficulty; 2] = [Difficulty::Fair, Difficulty::Fierce];
/// Months that are looked at.
const MONTHS: u32 = 12;

/// What was told after a month.
struct Month {
    turn: u32,
    headline: String,
    news: usize,
    /// News of what rivals did.
    deeds: usize,
    /// What waited for an answer, by kind.
    waits: Vec<&'static str>,
    /// News whose topics were not told the month before.
    new: usize,
    topics: Vec<Topic>,
}

/// The experiment's report.
///
/// # Errors
/// No level has a seat for it, or one has a tag of a seat that there is not.
pub fn a_year(seeds: u32) -> Result<String, ExperimentError> {
    let (level, seat) = played()?;
    let mut text = heading(level, seat, seeds);
    let mut empty = Vec::new();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for difficulty in DIFFICULTIES {
        let years: Vec<Vec<Month>> = (1..=seeds)
            .into_par_iter()
            .map(|seed| year((level, seat), difficulty, seed))
            .collect::<Result<_, _>>()?;
        let _ = writeln!(text, "## {difficulty:?}\n");
        for (seed, months) in (1..).zip(&years) {
            table(&mut text, seed, months);
            empty.extend(
                months.iter().filter(|month| month.is_empty()).map(|month| (difficulty, seed, month.turn)),
            );
            months.iter().flat_map(|month| &month.topics).for_each(|known| {
                *kinds.entry(known.kind).or_default() += 1;
            });
        }
        summary(&mut text, &years);
    }
    verdict(&mut text, &empty, &kinds);
    Ok(text)
}

/// The level and the seat in it that a year is looked at in.
fn played() -> Result<(&'static str, &'static str), ExperimentError> {
    let found = shipped().find_map(|level| Some((level.name, level.tag_after(TAG)?)));
    found.ok_or_else(|| ExperimentError(format!("no level has a tag that begins with {TAG}")))
}

fn heading(level: &str, seat: &str, seeds: u32) -> String {
    format!(
        "# A year in one seat\n\n\
         Made by `walled-gardens experiment a-year --seeds {seeds}`. `{level}` is played in the seat `{seat}`, which orders nothing, \
         at two difficulties and with seeds 1 to {seeds}, for {MONTHS} months. The *headline* is the weightiest news of a month. *Deeds* are \
         news of what rivals did. *New* are news of a topic (a kind, whom and what it is about, and whether it rose) that was no news \
         the month before. *Waits* is what waited for an answer as the next month began. A month is *empty* if none of its news is new \
         and nothing waits that did not wait before.\n\n"
    )
}

fn year(
    (level, seat): (&str, &str),
    difficulty: Difficulty,
    seed: u32,
) -> Result<Vec<Month>, ExperimentError> {
    let begun = Session::begin(level, Some(seat), Some(seed.into()), difficulty);
    let mut session = begun.map_err(|error| ExperimentError(error.to_string()))?;
    let mut months: Vec<Month> = Vec::new();
    let mut waited: Vec<Waiting> = Vec::new();
    while session.turns().len() < MONTHS as usize {
        session.end_turn(None);
        let position = session.position();
        let told = headlines(&position);
        let waits = waiting(&position);
        let mut month = month(&position, &told, months.last());
        month.waits = waits.iter().map(what).collect();
        month.new += waits.iter().filter(|one| !waited.contains(one)).count();
        months.push(month);
        waited = waits;
    }
    Ok(months)
}

fn month(position: &Position, told: &[Headline], before: Option<&Month>) -> Month {
    let me = position.me;
    let first = told.first().map(|first| story(&position.level, Some(me), &first.story));
    let topics: Vec<Topic> = told.iter().map(|one| one.story.topic()).collect();
    let known = |topic: &&Topic| before.is_some_and(|before| before.topics.contains(topic));
    Month {
        turn: position.played(),
        headline: first.unwrap_or_else(|| "–".to_owned()),
        news: told.len(),
        deeds: told.iter().filter(|one| one.story.by().is_some_and(|by| by != me)).count(),
        waits: Vec::new(),
        new: topics.iter().filter(|topic| !known(topic)).count(),
        topics,
    }
}

impl Month {
    fn is_empty(&self) -> bool {
        self.new == 0
    }
}

/// What waits, in a word.
fn what(waiting: &Waiting) -> &'static str {
    match waiting {
        Waiting::Offer { .. } => "offer",
        Waiting::Decision { .. } => "decision",
        Waiting::Event { .. } => "event",
        Waiting::RunsOut { .. } => "agreement",
        Waiting::Sale { .. } => "sale",
        Waiting::Warning { .. } => "warning",
        Waiting::Probe { .. } => "probe",
    }
}

fn table(text: &mut String, seed: u32, months: &[Month]) {
    let _ = writeln!(
        text,
        "Seed {seed}\n\n| month | headline | news | deeds | new | waits |\n|---|---|---|---|---|---|"
    );
    for month in months {
        let Month { turn, headline, news, deeds, new, .. } = month;
        let waits = if month.waits.is_empty() { "–".to_owned() } else { month.waits.join(", ") };
        let _ = writeln!(text, "| {turn} | {headline} | {news} | {deeds} | {new} | {waits} |");
    }
    text.push('\n');
}

/// How much there was in a month, over all of a difficulty.
fn summary(text: &mut String, years: &[Vec<Month>]) {
    let months: Vec<&Month> = years.iter().flatten().collect();
    let mean = |of: &dyn Fn(&Month) -> usize| {
        months.iter().map(|month| of(month)).sum::<usize>() as f64 / months.len().max(1) as f64
    };
    let _ = writeln!(
        text,
        "In a month, on average: {:.1} news, {:.1} of rivals' deeds, {:.1} new, {:.1} that waited for an answer.\n",
        mean(&|month| month.news),
        mean(&|month| month.deeds),
        mean(&|month| month.new),
        mean(&|month| month.waits.len()),
    );
}

fn verdict(text: &mut String, empty: &[(Difficulty, u32, u32)], kinds: &BTreeMap<&str, usize>) {
    text.push_str("## Verdict\n\n");
    if empty.is_empty() {
        text.push_str("Every month has something that was not there the month before.\n");
    } else {
        let _ = writeln!(text, "{} months are empty:\n", empty.len());
        for (difficulty, seed, turn) in empty {
            let _ = writeln!(text, "- {difficulty:?}, seed {seed}, month {turn}");
        }
    }
    let told: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    let _ = writeln!(text, "\nNews by kind: {}.", told.join(", "));
}
