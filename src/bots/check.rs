//! Tries a bot in strange markets.

use std::sync::Arc;

use super::guest::Guest;
use crate::game::{Match, Prepared, Seat, Setup};
use crate::level::{Level, shipped};
use crate::strategy::{strategy, vocabulary};

/// A kind of seat to try a bot in: of the first shipped level that has one.
struct Trial {
    name: &'static str,
    suits: fn(&Level, usize) -> bool,
    /// What is changed of the level, by the seat's id.
    changes: fn(&str) -> Vec<String>,
    turns: u32,
}

/// Two shops and nothing else; services and companies without a shop; events; no money, and far too much; a name that is hard to write.
const TRIALS: [Trial; 7] = [
    Trial { name: "two shops", suits: is_one_of_two, changes: |_| Vec::new(), turns: 4 },
    Trial { name: "a company that owns services", suits: owns_services, changes: |_| Vec::new(), turns: 3 },
    Trial {
        name: "a company without a shop",
        suits: |level, seat| !level.sells(seat) && owns(level, seat),
        changes: |_| Vec::new(),
        turns: 3,
    },
    Trial { name: "events that ask", suits: is_asked, changes: |_| Vec::new(), turns: 5 },
    Trial {
        name: "no cash",
        suits: is_one_of_two,
        changes: |seat| vec![format!("platforms.{seat}.cash=0")],
        turns: 3,
    },
    Trial {
        name: "more cash than there is",
        suits: is_one_of_two,
        changes: |seat| vec![format!("platforms.{seat}.cash=1e13")],
        turns: 2,
    },
    Trial {
        name: "names that are hard to write",
        suits: is_one_of_two,
        changes: |seat| vec![format!("platforms.{seat}.name=\"“No\\\\rth” — 北 🦊\\\"\"")],
        turns: 2,
    },
];

fn is_one_of_two(level: &Level, seat: usize) -> bool {
    level.platforms.len() == 2 && level.services.is_empty() && level.setup.merchants > 0 && level.sells(seat)
}

fn owns(level: &Level, seat: usize) -> bool {
    level.services.iter().any(|service| service.owner == Some(seat))
}

fn owns_services(level: &Level, seat: usize) -> bool {
    level.sells(seat) && owns(level, seat)
}

fn is_asked(level: &Level, seat: usize) -> bool {
    level.events.iter().any(|event| event.seat == Some(seat))
}

impl Trial {
    /// The level, changed, and the seat.
    fn market(&self) -> Result<(Level, usize), String> {
        let vocabulary = vocabulary();
        for shipped in shipped() {
            let found = |changes: &[String]| {
                Level::find(shipped.name, changes, &vocabulary).map_err(|error| error.to_string())
            };
            let level = found(&[])?;
            if let Some(seat) = (0..level.platforms.len()).find(|&seat| (self.suits)(&level, seat)) {
                return Ok((found(&(self.changes)(&level.platforms[seat].id))?, seat));
            }
        }
        Err(format!("no shipped level has {}", self.name))
    }
}

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
    let (level, me) = trial.market()?;
    let mut setup = Setup::of(&level).map_err(|error| error.to_string())?;
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
