//! What a host asks, and what it is answered.

use std::collections::BTreeMap;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use serde_json::value::{RawValue, to_raw_value};

use super::rows::Rows;
use super::saved::{opened, saved};
use super::setups::{Seen, Setups};
use super::table::{Begun, HOST, Table, Told};
use crate::bots::Limits;
use crate::game::{Prepared, Seat, Setup, seat_of};
use crate::learning::Template;
use crate::order::Orders;
use crate::protocol::{
    Answer, Closed, Copied, Described, Failure, Hello, Judge, Judged, JudgedMatch, MatchOrders, Observe, One,
    Request, Reset, Restore, RewardName, Standing, State, Step, Turns,
};
use crate::strategy::Notes;

/// Plays many matches for whoever asks.
pub struct Host {
    pool: rayon::ThreadPool,
    setups: Setups,
    tables: BTreeMap<u32, Box<Table>>,
}

/// A match of a request: where in it, its number, its table if there is one, and what is asked of it.
struct Asked<T> {
    at: String,
    number: u32,
    table: Option<Box<Table>>,
    what: Result<T, Failure>,
}

/// What came of it.
struct Came {
    number: u32,
    table: Option<Box<Table>>,
    told: Result<Told, Failure>,
}

impl Host {
    /// Plays so many matches at once as the pool has threads; bots may take so much.
    pub fn new(limits: Limits, pool: rayon::ThreadPool) -> Self {
        Self { pool, setups: Setups::new(limits), tables: BTreeMap::new() }
    }

    /// What is said first.
    ///
    /// # Errors
    /// Nobody listens.
    pub fn greet(out: &mut impl Write) -> std::io::Result<()> {
        write(out, &Answer::Hello(Hello::ours()))
    }

    /// Answers a request: one line.
    ///
    /// # Errors
    /// Nobody listens.
    pub fn answer(&mut self, line: &[u8], out: &mut impl Write) -> std::io::Result<()> {
        let failed = |failure: Failure| Answer::Error(failure);
        let request = match std::str::from_utf8(line) {
            Ok(text) => Request::read(text).map_err(Failure::from),
            Err(error) => Err(Failure::new("", format!("no UTF-8: {error}")).expected("JSON in UTF-8")),
        };
        match request {
            Ok(Request::Describe(describe)) => match self.setups.described(describe) {
                Ok((prepared, seen)) => {
                    let Seen { observation, templates } = seen;
                    let level = &prepared.level;
                    let answer = Described {
                        level,
                        seats: level.platforms.iter().map(|platform| platform.id.as_str()).collect(),
                        observation,
                        actions: templates.iter().map(Template::described).collect(),
                        rewards: RewardName::ALL.to_vec(),
                    };
                    write(out, &Answer::Described(answer))
                }
                Err(failure) => write(out, &failed(failure)),
            },
            Ok(request) => write(out, &self.done(request).unwrap_or_else(failed)),
            Err(failure) => write(out, &failed(failure)),
        }
    }

    fn done(&mut self, request: Request) -> Result<Answer<'static>, Failure> {
        match request {
            Request::Reset(reset) => self.reset(reset),
            Request::Step(step) => self.step(step),
            Request::Clone(copied) => self.copied(&copied),
            Request::Restore(restore) => self.restore(restore),
            Request::State(One { number }) => {
                let save = saved(self.table(number, "match")?)?;
                Ok(Answer::State(State { number, save }))
            }
            Request::Judge(judge) => Ok(self.judge(&judge)),
            Request::Close(One { number }) => {
                self.table(number, "match")?;
                self.tables.remove(&number);
                Ok(Answer::Closed(Closed { number }))
            }
            Request::Describe(_) => Err(Failure::new("type", "is answered elsewhere")),
        }
    }

    fn table(&self, number: u32, at: &str) -> Result<&Table, Failure> {
        self.tables.get(&number).map(AsRef::as_ref).ok_or_else(|| self.nobody(number, at))
    }

    fn nobody(&self, number: u32, at: &str) -> Failure {
        const LISTED: usize = 10;
        let mut known: Vec<String> = self.tables.keys().take(LISTED).map(u32::to_string).collect();
        if self.tables.len() > LISTED {
            known.push("…".to_owned());
        }
        let expected = if known.is_empty() {
            "`reset` first".to_owned()
        } else {
            format!("one of {}", known.join(", "))
        };
        Failure::new(at, format!("no match {number}")).expected(expected)
    }

    fn reset(&mut self, reset: Reset) -> Result<Answer<'static>, Failure> {
        let mut asked = Vec::with_capacity(reset.matches.len());
        for (place, setup) in reset.matches.into_iter().enumerate() {
            let at = format!("matches[{place}]");
            let number = setup.number;
            let what = self.setups.begun(setup, &format!("{at}."));
            asked.push(Asked { table: self.tables.remove(&number), at, number, what });
        }
        let begin = |old: Option<Box<Table>>, begun: Begun, _: &str| {
            (Some(Box::new(Table::begin(begun, old.map(|old| *old)))), Ok(()))
        };
        Ok(self.played(asked, reset.observe, begin))
    }

    fn step(&mut self, step: Step) -> Result<Answer<'static>, Failure> {
        let mut asked: Vec<Asked<MatchOrders>> = Vec::with_capacity(step.matches.len());
        for (place, orders) in step.matches.into_iter().enumerate() {
            let (at, number) = (format!("matches[{place}]"), orders.number);
            let table = self.tables.remove(&number);
            let twice = asked.iter().any(|one| one.number == number);
            let what = match (&table, twice) {
                (Some(_), _) => Ok(orders),
                (None, true) => {
                    Err(Failure::new(format!("{at}.match"), format!("match {number} is asked for twice")))
                }
                (None, false) => Err(self.nobody(number, &format!("{at}.match"))),
            };
            asked.push(Asked { at, number, table, what });
        }
        let play = |mut table: Option<Box<Table>>, orders: MatchOrders, at: &str| {
            let played = table.as_mut().map_or_else(|| Ok(()), |table| table.step(orders, at));
            (table, played)
        };
        Ok(self.played(asked, step.observe, play))
    }

    /// Plays what is asked of each match, beside one another; one that fails stands as it stood, one that panics is closed.
    fn played<T: Send>(
        &mut self,
        asked: Vec<Asked<T>>,
        observe: Observe,
        play: impl Fn(Option<Box<Table>>, T, &str) -> (Option<Box<Table>>, Result<(), Failure>) + Sync,
    ) -> Answer<'static> {
        let one = |Asked { at, number, table, what }: Asked<T>| {
            let what = match what {
                Ok(what) => what,
                Err(failure) => return Came { number, table, told: Err(failure) },
            };
            let done = catch_unwind(AssertUnwindSafe(|| {
                let (mut table, played) = play(table, what, &at);
                let told = played.and_then(|()| match &mut table {
                    Some(table) => table.told(number, &at, observe),
                    None => Err(Failure::new(&at, "no match")),
                });
                Came { number, table, told }
            }));
            done.unwrap_or_else(|_| {
                let failure = Failure::new(&at, "this is an error in the program; the match is closed");
                Came { number, table: None, told: Err(failure) }
            })
        };
        let came: Vec<Came> = if asked.len() < 2 || self.pool.current_num_threads() < 2 {
            asked.into_iter().map(one).collect()
        } else {
            self.pool.install(|| asked.into_par_iter().map(one).collect())
        };
        let mut rows = Rows::default();
        let mut matches = Vec::with_capacity(came.len());
        for Came { number, table, told } in came {
            if let Some(table) = table {
                self.tables.insert(number, table);
            }
            matches.push(match told {
                Ok(told) => {
                    rows.append(&told.rows);
                    told.written
                }
                Err(error) => failure_of(number, error),
            });
        }
        Answer::Turns(Turns { matches, vectors: (observe == Observe::Vector).then(|| rows.told()) })
    }

    fn copied(&mut self, copied: &Copied) -> Result<Answer<'static>, Failure> {
        let copy = self.table(copied.number, "match")?.copy();
        Ok(self.anew(copied.to, copy, copied.observe))
    }

    fn restore(&mut self, restore: Restore) -> Result<Answer<'static>, Failure> {
        let saved = opened(&restore.save)?;
        let wrong = |error: &dyn std::fmt::Display| Failure::new("save", error.to_string());
        let setup = Setup::of(&saved.level).map_err(|error| wrong(&error))?;
        let mut seats = Vec::with_capacity(setup.seats.len());
        for (platform, known) in saved.level.platforms.iter().zip(&saved.save.replay.seats) {
            let who = restore.seats.get(&platform.id).unwrap_or(known);
            seats.push(match self.setups.seat(&saved.level, &platform.id, who, "") {
                Ok((_, seat)) => seat,
                Err(failure) if restore.seats.contains_key(&platform.id) => return Err(failure),
                // A person's, or a strategy's of another version: it carries on as it stands.
                Err(_) => Seat::Recorded(known.clone(), Vec::new()),
            });
        }
        if let Some(id) = restore.seats.keys().find(|id| seat_of(&saved.level, id).is_err()) {
            self.setups.seat(&saved.level, id, HOST, "")?;
        }
        let prepared = Prepared::new(saved.level.clone());
        let templates = self.setups.templates_of(&prepared.level);
        let (setup, orders, notes) = saved.setup(setup, seats);
        let begun = Begun { prepared, setup, templates, reward: restore.reward };
        Ok(self.anew(restore.number, (begun, orders, notes), restore.observe))
    }

    /// A match that is played again, and then gone on with.
    fn anew(
        &mut self,
        number: u32,
        copy: (Begun, Vec<Vec<Orders>>, Vec<Notes>),
        observe: Observe,
    ) -> Answer<'static> {
        self.tables.remove(&number);
        let asked = Asked { at: "match".to_owned(), number, table: None, what: Ok(copy) };
        let again = |_: Option<Box<Table>>, (begun, orders, notes), _: &str| {
            (Some(Box::new(Table::again(begun, orders, notes))), Ok(()))
        };
        self.played(vec![asked], observe, again)
    }

    fn judge(&mut self, judge: &Judge) -> Answer<'static> {
        let mut matches = Vec::with_capacity(judge.matches.len());
        for (place, &number) in judge.matches.iter().enumerate() {
            matches.push(match self.tables.get_mut(&number) {
                Some(table) => JudgedMatch::Seats { number, seats: table.judge() },
                None => {
                    JudgedMatch::Failed { number, error: self.nobody(number, &format!("matches[{place}]")) }
                }
            });
        }
        Answer::Judged(Judged { matches })
    }
}

fn failure_of(number: u32, error: Failure) -> Box<RawValue> {
    // Texts and numbers: there is nothing in it that has no form in JSON.
    to_raw_value(&Standing::Failed { number, error }).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

fn write(out: &mut impl Write, answer: &Answer<'_>) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, answer)?;
    out.write_all(b"\n")?;
    out.flush()
}
