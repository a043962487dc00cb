//! Statistics of matches and seeds: what no kept library has. Nothing here knows the game.

mod alpha_rank;
mod bootstrap;
mod cycles;
mod estimate;
mod linear;
mod multiple;
mod nash_averaging;
mod plackett_luce;
mod sequential;

pub use alpha_rank::{AlphaRank, alpha_rank};
pub use bootstrap::{Interval, bootstrap, interval};
pub use cycles::cycles;
pub use estimate::Estimate;
pub use multiple::{holm, sign_flip};
pub use nash_averaging::nash_average;
pub use plackett_luce::{Likely, Ranking, Rankings};
pub use sequential::{Elo, SequentialTest, Verdict, elo};

/// A square table of numbers, by row and column.
pub type Table = Vec<Vec<f64>>;
