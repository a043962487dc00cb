//! Statistics of matches and seeds: what no kept library has. Nothing here knows the game.

mod alpha_rank;
mod bootstrap;
mod connected;
mod cycles;
mod estimate;
mod likeliest;
mod likely;
mod linear;
mod multiple;
mod nash_averaging;
mod plackett_luce;
mod ranking;
mod sequential;
mod table;
mod ties;

pub use alpha_rank::{AlphaRank, alpha_rank};
pub use bootstrap::{Interval, Luck, bootstrap, interval};
pub use connected::connected;
pub use cycles::cycles;
pub use estimate::{Estimate, part_of};
pub use likely::Likely;
pub use multiple::{holm, normal_cumulative, sign_flip};
pub use nash_averaging::nash_average;
pub use plackett_luce::Rankings;
pub use ranking::Ranking;
pub use sequential::{Elo, NORMALISED, SequentialTest, Verdict, elo};
pub use table::Table;
