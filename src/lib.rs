//! Walled Gardens: a strategy game and simulator of platform competition.
//!
//! Data flows one way: a [`level`] becomes a world ([`sim`]), a [`strategy`] turns what a CEO may know into orders,
//! [`game`] plays turns, [`history`] keeps the record, [`cli`] shows it.

pub mod cli;
pub mod experiment;
pub mod game;
pub mod history;
pub mod level;
pub mod sim;
pub mod strategy;
