//! The engine of Walled Gardens: a market that plays, strategies that decide in it, and the record of what they did.
//!
//! Data flows one way: a [`level`] becomes a world ([`sim`]), a [`strategy`] turns what a CEO may know into [orders](order),
//! [`game`] plays turns, [`history`] keeps the record, [`play`] is a person's side of a match. [`equilibrium`] finds where a level's
//! competition would settle, [`statistics`] knows no market.

pub mod equilibrium;
pub mod game;
pub mod history;
pub mod play;
pub mod sim;
pub mod statistics;
pub mod strategy;

pub use walled_gardens_level as level;
pub use walled_gardens_level::order;
