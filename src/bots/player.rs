//! Who may take a seat, by what is written: a strategy, or a bot.

use std::sync::Arc;

use super::command::{CommandError, CommandLine};
use super::guest::Guest;
use super::limits::Limits;
use crate::game::Seat;
use crate::strategy::{Contender, ContenderError, strategy};

/// What stands before a bot's command.
pub const PREFIX: &str = "cmd:";

/// Somebody who may take a seat.
#[derive(Clone)]
pub enum Player {
    /// A strategy.
    Strategy(Contender),
    /// A bot.
    Bot(Arc<Guest>),
}

/// Why a text names nobody who may take a seat.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PlayerError {
    /// It names no strategy.
    #[error(transparent)]
    Strategy(#[from] ContenderError),
    /// It is no command.
    #[error(transparent)]
    Command(#[from] CommandError),
}

impl Player {
    /// The player that a text names: a strategy, or `cmd:` and a bot's command; with parameters in brackets.
    ///
    /// # Errors
    /// There is nobody of that name.
    pub fn read(text: &str, limits: &Limits) -> Result<Self, PlayerError> {
        let player = Self::named(text, limits)?;
        match player.missing() {
            Some(error) => Err(error.clone().into()),
            None => Ok(player),
        }
    }

    /// The same of a bot that may be gone: what it once did is on record.
    ///
    /// # Errors
    /// It names no strategy, or is no command.
    pub fn named(text: &str, limits: &Limits) -> Result<Self, PlayerError> {
        match text.trim().strip_prefix(PREFIX) {
            None => Ok(Self::Strategy(strategy(text)?)),
            Some(command) => Ok(Self::Bot(Arc::new(Guest::new(CommandLine::named(command)?, *limits)))),
        }
    }

    /// Why it cannot be started, if it is a bot that is gone.
    pub fn missing(&self) -> Option<&CommandError> {
        self.bot().and_then(|guest| guest.command().missing.as_ref())
    }

    /// What it is called in records.
    pub fn name(&self) -> &str {
        match self {
            Self::Strategy(contender) => contender.name(),
            Self::Bot(guest) => guest.command().name.as_str(),
        }
    }

    /// The seat that it takes.
    pub fn seat(&self) -> Seat {
        match self {
            Self::Strategy(contender) => Seat::Strategy(contender.clone()),
            Self::Bot(guest) => Seat::Outside(guest.clone()),
        }
    }

    /// The bot, if it is one.
    pub fn bot(&self) -> Option<&Arc<Guest>> {
        match self {
            Self::Strategy(_) => None,
            Self::Bot(guest) => Some(guest),
        }
    }
}
