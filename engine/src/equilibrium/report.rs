//! What is found: equilibria, what platforms would rather do, and where nothing settled.

use serde::Serialize;

use crate::level::{Conduct, Expectations};

/// Everything that was found.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// What platforms set.
    pub conduct: Conduct,
    /// What consumers go by.
    pub expectations: Expectations,
    /// Where nobody moved any more, each once; those that no deviation breaks come first.
    pub found: Vec<Equilibrium>,
    /// Starts from which nothing settled.
    pub failures: Vec<Failure>,
}

impl Report {
    /// The equilibria proper: no platform gains by anything else it could do.
    pub fn equilibria(&self) -> impl Iterator<Item = &Equilibrium> {
        self.found.iter().filter(|found| found.deviation.is_none())
    }
}

/// Fees, and what they lead to. Lists are by platform index.
#[derive(Clone, Debug, Serialize)]
pub struct Equilibrium {
    /// Yuan a month from each member.
    pub membership_fee: Vec<f64>,
    /// Yuan a month from each listed merchant.
    pub merchant_fee: Vec<f64>,
    /// Part of the people online who are members.
    pub members: Vec<f64>,
    /// Part of the merchants, by size and over categories, that list.
    pub listings: Vec<f64>,
    /// Yuan a month.
    pub profit: Vec<f64>,
    /// From which starts it was reached.
    pub starts: Vec<String>,
    /// Rounds of answers, from the first of these starts.
    pub rounds: usize,
    /// The largest last move of a fee (of a part of the people, for quantities).
    pub last_move: f64,
    /// What a platform would rather do, if anything.
    pub deviation: Option<Deviation>,
}

/// Something else that pays.
#[derive(Clone, Debug, Serialize)]
pub struct Deviation {
    /// Whom, by platform index.
    pub platform: usize,
    /// With which membership fee.
    pub membership_fee: f64,
    /// With which merchant fee.
    pub merchant_fee: f64,
    /// Yuan a month more.
    pub gain: f64,
}

/// A start from which nothing settled.
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    /// The start.
    pub start: String,
    /// Why it was given up.
    pub reason: String,
    /// Rounds played.
    pub rounds: usize,
    /// The last fees, by round and platform: membership and merchant fee.
    pub iterates: Vec<Vec<(f64, f64)>>,
}
