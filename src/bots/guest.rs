//! A bot: a command that sits in as many matches as are played beside each other.

use std::sync::Arc;

use super::command::CommandLine;
use super::house::House;
use super::limits::Limits;
use super::sitting::Seated;
use crate::strategy::{Chair, Outsider, Sitting};

/// A bot.
pub struct Guest(Arc<House>);

impl Guest {
    /// A bot by its command. Nothing is started before it has to decide.
    pub fn new(command: CommandLine, limits: Limits) -> Self {
        Self(Arc::new(House::new(command, limits)))
    }

    /// Its command.
    pub fn command(&self) -> &CommandLine {
        &self.0.command
    }

    /// How many turns it has lost so far, in all matches.
    pub fn faults(&self) -> u32 {
        self.0.faults()
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
        self.0.everybody().into_iter().all(|mut process| process.dismiss())
    }
}

impl Outsider for Guest {
    fn name(&self) -> &str {
        &self.0.command.name
    }

    fn heard(&self) -> String {
        self.0.heard()
    }

    fn sit(&self, chair: Chair<'_>) -> Box<dyn Sitting> {
        Box::new(Seated::new(Arc::clone(&self.0), &chair))
    }
}
