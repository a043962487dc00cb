//! Where bots cannot be kept: no process is ever started.

use std::time::Duration;

use super::command::CommandLine;
use super::deadline::Deadline;
use super::limits::Limits;
use super::trouble::Trouble;
use crate::protocol::{FromBot, ToBot};

/// No process.
pub(super) struct Process {
    /// Matches that it has begun.
    pub(super) matches: u32,
}

impl Process {
    /// Starts nothing.
    pub(super) fn start(_: &CommandLine, _: &Limits) -> Result<Self, (String, String)> {
        Err(("cannot be started: bots need a Unix system".to_owned(), String::new()))
    }

    /// Says nothing.
    pub(super) fn say(&mut self, _: &ToBot<'_>) {}

    /// Says nothing.
    pub(super) fn say_line(&mut self, _: &str) {}

    /// Nobody listens.
    pub(super) fn flush(&mut self, _: Duration) -> bool {
        false
    }

    /// There is no answer.
    pub(super) fn answer(&mut self, _: Deadline, _: Duration, _: usize) -> Result<FromBot, Trouble> {
        Err(Trouble::Process("has no process".to_owned()))
    }

    /// Nothing was heard.
    pub(super) fn heard(&mut self) -> String {
        String::new()
    }

    /// It never came.
    pub(super) fn dismiss(&mut self) -> bool {
        true
    }
}
