//! What happened between companies in a turn, in a line or two of a story.

use std::collections::{BTreeMap, BTreeSet};

use crate::level::Level;
use crate::news::change;
use crate::sim::state::events::Event;

/// Columns that a line of news may take.
const WIDTH: usize = 96;

/// Lines of news: what has changed, not what was only talked about.
pub(super) fn lines(level: &Level, news: &[Event]) -> Vec<String> {
    let mut told: Vec<String> = openings(level, news);
    told.extend(news.iter().filter_map(|event| change(level, event)));
    wrapped(&told)
}

/// Who opened or closed what to whom: once for each company, however many services and companies it is about.
fn openings(level: &Level, news: &[Event]) -> Vec<String> {
    let mut changes: BTreeMap<(usize, &str), [BTreeSet<usize>; 2]> = BTreeMap::new();
    for event in news {
        let (verb, by, to, service) = match *event {
            Event::Opened { by, to, service } => ("opens", by, to, service),
            Event::Closed { by, to, service } | Event::Withdrawn { by, to, service } => {
                ("closes", by, to, service)
            }
            _ => continue,
        };
        let [services, platforms] = changes.entry((by, verb)).or_default();
        services.insert(service);
        platforms.insert(to);
    }
    let line = |((by, verb), [services, platforms]): ((usize, &str), [BTreeSet<usize>; 2])| {
        let services: Vec<&str> =
            services.iter().map(|&number| level.services[number].name.as_str()).collect();
        let platforms: Vec<&str> =
            platforms.iter().map(|&other| level.platforms[other].name.as_str()).collect();
        let by = &level.platforms[by].name;
        format!(
            "{by} {verb} {} to {}",
            all_or_number(&services, "services"),
            all_or_number(&platforms, "companies")
        )
    };
    changes.into_iter().map(line).collect()
}

/// A few names, or how many there are.
fn all_or_number(names: &[&str], what: &str) -> String {
    if names.len() <= 2 { names.join(" and ") } else { format!("{} {what}", names.len()) }
}

/// As many to a line as fit.
fn wrapped(told: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for text in told {
        match lines.last_mut() {
            Some(line) if line.chars().count() + text.chars().count() + 2 <= WIDTH => {
                line.push_str("; ");
                line.push_str(text);
            }
            _ => lines.push(text.clone()),
        }
    }
    lines
}
