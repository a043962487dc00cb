//! Walled Gardens: a strategy game and simulator of platform competition.
//!
//! The engine's modules, and what is made of matches: a [`tournament`], an [`experiment`], what has [`clusters`] play one, the command line ([`cli`]); the [`protocol`] that
//! others speak to it, and the [`bots`] among them. The window is a
//! package of its own, `walled-gardens-window`, which knows the engine and nothing of these.

pub mod bots;
pub mod cli;
pub mod clusters;
pub mod experiment;
pub mod learning;
mod news;
pub mod protocol;
pub mod serve;
pub mod tournament;

pub use walled_gardens_engine::{equilibrium, game, history, level, order, play, sim, statistics, strategy};
