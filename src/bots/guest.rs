//! A bot: a command that sits in as many matches as are played beside each other.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::command::CommandLine;
use super::limits::{LOST_SEATS, Limits};
use super::process::Process;
use super::sitting::Seated;
use crate::strategy::{Chair, Outsider, Sitting};

/// A bot.
pub struct Guest(Arc<House>);

/// What all matches of a bot have in common.
pub(super) struct House {
    pub(super) command: CommandLine,
    pub(super) limits: Limits,
    idle: Mutex<Vec<Process>>,
    lost_in_a_row: AtomicU32,
    faults: AtomicU32,
    heard: Mutex<String>,
}

impl Guest {
    /// A bot by its command. Nothing is started before it has to decide.
    pub fn new(command: CommandLine, limits: Limits) -> Self {
        Self(Arc::new(House {
            command,
            limits,
            idle: Mutex::default(),
            lost_in_a_row: AtomicU32::new(0),
            faults: AtomicU32::new(0),
            heard: Mutex::default(),
        }))
    }

    /// Its command.
    pub fn command(&self) -> &CommandLine {
        &self.0.command
    }

    /// How many turns it has lost so far, in all matches.
    pub fn faults(&self) -> u32 {
        self.0.faults.load(Ordering::Relaxed)
    }

    /// What it may take.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Says a line that is none of the protocol's to a process of it.
    ///
    /// # Errors
    /// There is no process.
    pub(super) fn after(&self, line: &str) -> Result<(), String> {
        let mut process = self.0.process()?;
        process.say_line(line);
        self.0.rests(process);
        Ok(())
    }

    /// Whether each of its processes ends by itself when nobody says anything any more.
    pub(super) fn goes_home(&self) -> bool {
        let idle = std::mem::take(&mut *self.0.idle.lock().unwrap_or_else(PoisonError::into_inner));
        idle.into_iter().all(|mut process| process.dismiss())
    }
}

impl Outsider for Guest {
    fn name(&self) -> &str {
        &self.0.command.name
    }

    fn heard(&self) -> String {
        self.0.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn sit(&self, chair: Chair<'_>) -> Box<dyn Sitting> {
        Box::new(Seated::new(Arc::clone(&self.0), &chair))
    }
}

impl House {
    /// A process that plays no match now.
    ///
    /// # Errors
    /// None can be started, or none is any more.
    pub(super) fn process(&self) -> Result<Process, String> {
        if self.lost_in_a_row.load(Ordering::Relaxed) >= LOST_SEATS {
            return Err(format!("is not started any more: it lost its last {LOST_SEATS} seats"));
        }
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(
            || {
                Process::start(&self.command, &self.limits).map_err(|(what, heard)| {
                    self.hear(heard);
                    what
                })
            },
            Ok,
        )
    }

    /// A match was played to its end.
    pub(super) fn comes_back(&self, process: Process) {
        self.lost_in_a_row.store(0, Ordering::Relaxed);
        self.rests(process);
    }

    /// A process has nothing to do.
    pub(super) fn rests(&self, process: Process) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(process);
    }

    /// A turn was lost.
    pub(super) fn fault(&self) {
        self.faults.fetch_add(1, Ordering::Relaxed);
    }

    /// A seat was lost.
    pub(super) fn lost(&self) {
        self.lost_in_a_row.fetch_add(1, Ordering::Relaxed);
    }

    /// Keeps what was written to standard error before something went wrong.
    pub(super) fn hear(&self, heard: String) {
        if !heard.is_empty() {
            *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = heard;
        }
    }
}
