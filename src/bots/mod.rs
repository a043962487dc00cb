//! Bots: programs of others that sit in seats, as guests.
//!
//! A [`Guest`] is a command with its parameters; it sits in as many matches as are played beside each other, with a process for each.
//! A process is started by a [keeper], which ends whatever it has started. What goes wrong in one costs its bot, and nobody else.

mod check;
mod command;
mod deadline;
mod guest;
mod house;
pub mod keeper;
mod limits;
#[cfg(unix)]
mod pipes;
mod player;
#[cfg(unix)]
mod process;
#[cfg(not(unix))]
#[path = "no_process.rs"]
mod process;
mod sitting;
mod trouble;

pub use check::{Finding, findings};
pub use command::{CommandError, CommandLine};
pub use guest::Guest;
pub use limits::Limits;
pub use player::{PREFIX, Player, PlayerError};
