//! What happened between companies in a turn, in a line or two of a story.

use std::collections::{BTreeMap, BTreeSet};

use crate::level::Level;
use crate::play::amounts;
use crate::sim::state::engineering::Goal;
use crate::sim::state::events::Event;

/// Columns that a line of news may take.
const WIDTH: usize = 96;

/// Lines of news: what has changed, not what was only talked about.
pub(super) fn lines(level: &Level, news: &[Event]) -> Vec<String> {
    let name = |platform: usize| level.platforms[platform].name.as_str();
    let money = |fen: i128| amounts::yuan(fen as f64 / 100.0);
    let mut told: Vec<String> = openings(level, news);
    told.extend(news.iter().filter_map(|event| match *event {
        Event::Accepted { by, of, agreement } => {
            Some(format!("{} and {} agree (no. {agreement})", name(of), name(by)))
        }
        Event::NoticeGiven { by, to, agreement } => {
            Some(format!("{} gives {} notice of no. {agreement}", name(by), name(to)))
        }
        Event::Broken { by, to, agreement } => {
            Some(format!("{} breaks no. {agreement} with {}", name(by), name(to)))
        }
        Event::Expired { agreement } => Some(format!("no. {agreement} runs out")),
        Event::Blocked { by, to } => Some(format!("{} blocks {}", name(by), name(to))),
        Event::Integrated { platform, goal: Goal::Service(service, _) } => {
            Some(format!("{} has built in {}", name(platform), level.services[service].name))
        }
        Event::Integrated { platform, goal: Goal::Data(of) } => {
            Some(format!("{} reads the data of {}", name(platform), name(of)))
        }
        Event::Warned { platform } => Some(format!("the regulator warns {}", name(platform))),
        Event::Probed { platform } => Some(format!("the regulator probes {}", name(platform))),
        Event::Dropped { platform } => Some(format!("the regulator lets {} be", name(platform))),
        Event::Decided { platform, fine, remedy } => {
            let fine = amounts::yuan(fine as f64 / 100.0);
            let stop = if remedy { " and must stop" } else { "" };
            Some(format!("{} is fined {fine}{stop}", name(platform)))
        }
        Event::Complied { platform } => Some(format!("{} complies", name(platform))),
        Event::Contested { platform } => Some(format!("{} contests the decision", name(platform))),
        Event::Defied { platform, fine } => {
            let fine = amounts::yuan(fine as f64 / 100.0);
            Some(format!("{} goes on and is fined {fine} more", name(platform)))
        }
        Event::Bound { by, on: true } => Some(format!("{} binds its merchants", name(by))),
        Event::Bound { by, on: false } => Some(format!("{} lets its merchants list anywhere", name(by))),
        Event::ClosedDown { service } => Some(format!("{} closes down", level.services[service].name)),
        Event::Distressed { platform, .. } => Some(format!("{} has less than no cash", name(platform))),
        Event::Administered { platform, until } => {
            Some(format!("an administrator runs {} until turn {until}", name(platform)))
        }
        Event::Sold { service, by, of, price } => {
            let (what, price) = (&level.services[service].name, amounts::yuan(price as f64 / 100.0));
            Some(format!("{} buys {what} of {} for {price}", name(by), name(of)))
        }
        Event::Rescued { platform } => Some(format!("{} can pay again", name(platform))),
        Event::WoundUp { platform, debt } => {
            let debt = amounts::yuan(debt as f64 / 100.0);
            Some(format!("{} closes, and its creditors lose {debt}", name(platform)))
        }
        Event::Entered { platform } => Some(format!("{} enters the market", name(platform))),
        Event::Issued { by, fen } => Some(format!("{} issues shares for {}", name(by), money(fen))),
        Event::Listed { by, service, fen } => {
            let what = &level.services[service].name;
            Some(format!("{} lists a part of {what} for {}", name(by), money(fen)))
        }
        Event::CalledOff { by, service } => {
            let what = service.map_or("its shares", |service| level.services[service].name.as_str());
            Some(format!("{} calls off the sale of {what}", name(by)))
        }
        Event::BoughtStake { by, of, fen } => {
            Some(format!("{} buys shares of {} for {}", name(by), name(of), money(fen)))
        }
        Event::SoldStake { by, of, fen } => {
            Some(format!("{} sells shares of {} for {}", name(by), name(of), money(fen)))
        }
        Event::Happened { event } => Some(level.events[event].title.clone()),
        Event::Chose { by, event, choice } => {
            let event = &level.events[event];
            Some(format!("{}: {} ({})", name(by), event.choices[choice].text, event.title))
        }
        _ => None,
    }));
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
