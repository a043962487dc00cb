//! Tries a bot in strange markets.

use std::sync::Arc;

use super::guest::Guest;
use crate::game::{Match, Prepared, Seat, Setup};
use crate::level::Level;
use crate::strategy::{strategy, vocabulary};

/// A market to try a bot in.
struct Trial {
    name: &'static str,
    level: &'static str,
    set: &'static [&'static str],
    seat: &'static str,
    turns: u32,
}

/// Two shops and nothing else; services and companies without a shop; events; no money, and far too much; a newcomer.
const TRIALS: [Trial; 7] = [
    Trial { name: "two shops", level: "arena/duel", set: &[], seat: "north", turns: 4 },
    Trial {
        name: "a company that owns services",
        level: "history/china_2024",
        set: &[],
        seat: "alibaba",
        turns: 3,
    },
    Trial {
        name: "a company without a shop",
        level: "history/china_2024",
        set: &[],
        seat: "tencent",
        turns: 3,
    },
    Trial { name: "events that ask", level: "arena/festivals", set: &[], seat: "kite", turns: 5 },
    Trial { name: "no cash", level: "arena/duel", set: &["platforms.south.cash=0"], seat: "south", turns: 3 },
    Trial {
        name: "more cash than there is",
        level: "arena/duel",
        set: &["platforms.north.cash=1e13"],
        seat: "north",
        turns: 2,
    },
    Trial {
        name: "names that are hard to write",
        level: "arena/duel",
        set: &["platforms.north.name=\"“No\\\\rth” — 北 🦊\\\"\""],
        seat: "north",
        turns: 2,
    },
];

/// Agents of a trial: few, since it is the bot that is tried.
const CONSUMERS: u32 = 2_000;
const MERCHANTS: u32 = 300;

/// Something that came out of a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether it is wrong; otherwise it is worth knowing.
    pub wrong: bool,
    /// In which market, and what.
    pub what: String,
}

/// Tries a bot. `tell` hears of each market before it is played.
///
/// # Errors
/// A market cannot be had, which is a mistake of the program.
pub fn findings(guest: &Arc<Guest>, tell: &mut dyn FnMut(&str)) -> Result<Vec<Finding>, String> {
    let mut found = Vec::new();
    for trial in &TRIALS {
        tell(trial.name);
        found.extend(tried(guest, trial)?);
    }
    tell("a message that it does not know");
    let stranger = guest.after("{\"type\":\"weather\",\"rain\":true}");
    found.extend(stranger.err().map(|what| wrong("a message that it does not know", &what)));
    found.extend(tried(guest, &TRIALS[0])?.into_iter().filter(|finding| finding.wrong));
    tell("the end of its input");
    if !guest.goes_home() {
        found.push(wrong("the end of its input", "does not go home when its input ends"));
    }
    Ok(found)
}

fn wrong(market: &str, what: &str) -> Finding {
    Finding { wrong: true, what: format!("{market}: {what}") }
}

fn tried(guest: &Arc<Guest>, trial: &Trial) -> Result<Vec<Finding>, String> {
    let set: Vec<String> = trial.set.iter().map(|&change| change.to_owned()).collect();
    let level = Level::find(trial.level, &set, &vocabulary()).map_err(|error| error.to_string())?;
    let mut setup = Setup::of(&level).map_err(|error| error.to_string())?;
    let me = level.platforms.iter().position(|platform| platform.id == trial.seat).unwrap_or_default();
    let random = strategy("random").map_err(|error| error.to_string())?;
    setup.seats.fill(Seat::Strategy(random));
    setup.seats[me] = Seat::Outside(guest.clone());
    setup.population.consumers = CONSUMERS.max(level.least_consumers());
    setup.population.merchants = setup.population.merchants.min(MERCHANTS);
    setup.turns = trial.turns;
    let mut game = Match::new(&Prepared::new(level), setup);
    let mut refused = Vec::new();
    while !game.is_over() {
        let record = game.play_turn();
        refused.extend(
            record.refusals[me].iter().map(|refusal| format!("{}: {}", refusal.order, refusal.reason)),
        );
    }
    game.judge();
    let faults = game.faults()[me].iter();
    let mut found: Vec<Finding> =
        faults.map(|fault| wrong(trial.name, &format!("turn {}: {}", fault.turn, fault.what))).collect();
    if let Some(first) = refused.first() {
        let what = format!("{}: {} orders were refused, the first {first}", trial.name, refused.len());
        found.push(Finding { wrong: false, what });
    }
    Ok(found)
}
