//! Walled Gardens: a strategy game and simulator of platform competition.
//!
//! Data flows one way: a [`level`] becomes a world ([`sim`]), a [`strategy`] turns what a CEO may know into [orders](order),
//! [`game`] plays turns, [`history`] keeps the record, [`play`] is a person's side of a match, [`cli`] shows it. [`equilibrium`] finds where a level's competition
//! would settle.

pub mod cli;
pub mod equilibrium;
pub mod experiment;
pub mod game;
#[cfg(feature = "gui")]
pub mod gui;
pub mod history;
pub mod level;
pub mod order;
pub mod play;
pub mod sim;
pub mod statistics;
pub mod strategy;
pub mod tournament;
