//! One match of a bot: what is asked, what is answered, and what a fault costs.

use std::sync::Arc;
use std::time::Duration;

use super::deadline::Deadline;
use super::house::House;
use super::limits::LOST_TURNS;
use super::process::Process;
use super::trouble::Trouble;
use crate::level::Level;
use crate::protocol::{Begin, Decided, End, FromBot, ToBot, Turn, legal};
use crate::strategy::{Chair, Decision, Ended, Notes, PlatformView, Sitting};

/// How long a bot may take to hear that a match is over.
const LISTEN: Duration = Duration::from_millis(500);

/// A bot in a seat.
pub(super) struct Seated {
    house: Arc<House>,
    seat: String,
    turns: u32,
    seed: u64,
    level: Arc<Level>,
    process: Option<Process>,
    lost_turns: u32,
    lost_seat: bool,
    asked: u32,
    /// Turns whose answers may still come.
    late: Vec<u32>,
}

impl Seated {
    pub(super) fn new(house: Arc<House>, chair: &Chair<'_>) -> Self {
        Self {
            house,
            seat: chair.level.platforms[chair.seat].id.clone(),
            turns: chair.turns,
            seed: chair.seed,
            level: Arc::clone(chair.level),
            process: None,
            lost_turns: 0,
            lost_seat: false,
            asked: 0,
            late: Vec::new(),
        }
    }

    /// The process, which has been told that the match begins.
    fn process(&mut self) -> Result<&mut Process, Trouble> {
        if self.process.is_none() {
            let mut process = self.house.process().map_err(Trouble::Process)?;
            process.matches += 1;
            process.say(&ToBot::Begin(Begin {
                number: process.matches,
                seat: &self.seat,
                turns: self.turns,
                parameters: &self.house.command.parameters,
                seed: self.seed,
                level: &self.level,
            }));
            self.process = Some(process);
        }
        self.process.as_mut().ok_or_else(|| Trouble::Process("has no process".to_owned()))
    }

    fn ask(&mut self, view: &PlatformView, notes: &Notes) -> Result<Decided, Trouble> {
        let changed = !Arc::ptr_eq(&self.level, &view.level) && self.level != view.level;
        if changed {
            self.level = Arc::clone(&view.level);
        }
        let limits = self.house.limits;
        let process = self.process()?;
        let number = process.matches;
        process.say(&ToBot::Turn(Turn {
            number,
            turn: view.turn,
            notes,
            level: changed.then_some(&*view.level),
            view,
            legal: legal(view),
        }));
        let deadline = Deadline::within(limits.turn);
        loop {
            let process = self.process()?;
            let decided = match process.answer(deadline, limits.turn, limits.answer)? {
                FromBot::Orders(decided) => decided,
                FromBot::Ready(_) => return Err(Trouble::Turn("said again that it is ready".to_owned())),
            };
            if (decided.number, decided.turn) == (number, view.turn) {
                return allowed(decided, limits.orders, limits.notes);
            }
            // What was given up comes after all; it counts no more.
            let late = self.late.iter().position(|&turn| (number, turn) == (decided.number, decided.turn));
            match late {
                Some(place) => drop(self.late.swap_remove(place)),
                None => {
                    return Err(Trouble::Turn(format!(
                        "answered turn {} of match {} when asked for turn {} of match {number}",
                        decided.turn, decided.number, view.turn
                    )));
                }
            }
        }
    }

    /// What a fault costs.
    fn fault(&mut self, trouble: Trouble, turn: u32) -> String {
        let heard = self.process.as_mut().map(Process::heard).unwrap_or_default();
        self.house.hear(heard);
        self.house.fault();
        self.lost_turns += 1;
        let (what, dead) = match trouble {
            Trouble::Turn(what) => (what, false),
            Trouble::Process(what) => (what, true),
        };
        if !dead && self.lost_turns < LOST_TURNS {
            self.late.push(turn);
            return what;
        }
        self.lost_seat = true;
        self.house.lost();
        // Whoever is not trusted with the rest of the match is not let into the next one.
        self.process = None;
        format!("{what}; it has lost its seat")
    }

    /// The match is over for the process, if it still has one.
    fn leave(&mut self, value: Option<f64>, rank: Option<usize>) {
        let Some(mut process) = self.process.take() else { return };
        process.say(&ToBot::End(End { number: process.matches, turn: self.asked, value, rank }));
        // Whoever still owes an answer, or does not listen, would be in the next match's way.
        if !self.late.is_empty() || !process.flush(LISTEN) {
            return;
        }
        match rank {
            Some(_) => self.house.comes_back(process),
            None => self.house.rests(process),
        }
    }
}

/// An answer that keeps within its limits.
fn allowed(decided: Decided, orders: usize, notes: usize) -> Result<Decided, Trouble> {
    if decided.orders.len() > orders {
        return Err(Trouble::Turn(format!(
            "gave {} orders; at most {orders} are taken",
            decided.orders.len()
        )));
    }
    if decided.notes.as_ref().is_some_and(|all| all.len() > notes) {
        return Err(Trouble::Turn(format!("left more than {notes} notes")));
    }
    Ok(decided)
}

impl Sitting for Seated {
    fn decide(&mut self, view: &PlatformView, notes: &Notes) -> Decision {
        if self.lost_seat {
            return Decision::default();
        }
        self.asked = view.turn;
        match self.ask(view, notes) {
            Ok(decided) => Decision { orders: decided.orders, notes: decided.notes, fault: None },
            Err(trouble) => Decision { fault: Some(self.fault(trouble, view.turn)), ..Decision::default() },
        }
    }

    fn end(mut self: Box<Self>, ended: Ended) {
        self.leave(Some(ended.value), Some(ended.rank));
    }
}

impl Drop for Seated {
    fn drop(&mut self) {
        self.leave(None, None);
    }
}
