//! Where the processes of a bot are while they play no match, and what all its matches have in common.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use super::command::CommandLine;
use super::limits::{LOST_SEATS, Limits};
use super::process::Process;

/// What all matches of a bot have in common.
pub(super) struct House {
    pub(super) command: CommandLine,
    pub(super) limits: Limits,
    idle: Mutex<Vec<Process>>,
    lost_in_a_row: AtomicU32,
    faults: AtomicU32,
    heard: Mutex<String>,
}

impl House {
    /// Nobody is in it.
    pub(super) fn new(command: CommandLine, limits: Limits) -> Self {
        Self {
            command,
            limits,
            idle: Mutex::default(),
            lost_in_a_row: AtomicU32::new(0),
            faults: AtomicU32::new(0),
            heard: Mutex::default(),
        }
    }

    /// How many turns were lost so far, in all matches.
    pub(super) fn faults(&self) -> u32 {
        self.faults.load(Ordering::Relaxed)
    }

    /// The end of what was written to standard error before something went wrong last; empty where nothing did.
    pub(super) fn heard(&self) -> String {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// All processes that play no match now; it has none of them any more.
    pub(super) fn everybody(&self) -> Vec<Process> {
        std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner))
    }

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
