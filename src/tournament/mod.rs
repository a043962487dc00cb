//! Tournaments: which strategy is better, with honest intervals.
//!
//! A [plan] says who plays where; the [schedule] makes blocks of it, each one line-up on one level with one seed, played
//! in every seat by everybody; a [match](mod@matches) is one of these rotations and leaves one record; the [folder] keeps the
//! records and nothing else that cannot be made again; [standings] are made of records alone, and all [tables] and the
//! [page] of standings. Nothing here knows the clock, so the same plan gives the same bytes on any machine.
//!
//! Knock-outs and ladders are to come as further formats of the schedule.

pub mod chart;
pub mod folder;
mod level_weights;
pub mod matches;
pub mod meetings;
pub mod page;
pub mod places;
pub mod plan;
pub mod rate;
pub mod records;
pub mod results;
pub mod run;
pub mod schedule;
mod spool;
pub mod standings;
mod swiss;
pub mod tables;
pub mod verdict;

pub use folder::{Folder, FolderError, Merged, Resumed};
pub use plan::{Fault, Format, Plan, Tournament};
pub use records::{Curve, Curves, Finish, Finishes, GuestRecord, Place};
pub use run::{Done, Shard, Watcher, plays_otherwise, run};
pub use schedule::{Block, Fixture};
pub use spool::Spool;
pub use standings::Standings;

/// A tournament's plan that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct ShippedPlan {
    /// Name: file below `assets/tournaments/` without `.ron`.
    pub name: &'static str,
    /// The file's text.
    pub text: &'static str,
}

macro_rules! embed {
    ($($name:literal)*) => {
        &[$(ShippedPlan {
            name: $name,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/tournaments/", $name, ".ron")),
        },)*]
    };
}

/// Plans that come with the program; the first is played when none is named.
pub const PLANS: &[ShippedPlan] = embed! {
    "league"
    "search"
};
