//! Where competition settles when every platform knows the market: Nash equilibria of a level, in fees or in
//! quantities, over the continuum that its agents are a sample of.
//!
//! Each platform answers the others with what earns it most, demand worked out anew for every fee it tries, until nobody
//! moves. Then every platform tries everything else once more: what still pays is named.

mod game;
mod maximise;

use rayon::prelude::*;
use serde::Serialize;

use crate::level::{Conduct, Expectations, Level};
use crate::sim::continuum::{Continuum, NoContinuum};
use game::Game;

/// Names of what an equilibrium consists of, for `reference` blocks.
pub const MEASURES: [&str; 5] = ["membership_fee", "merchant_fee", "members", "listings", "profit"];

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

/// Looks for every equilibrium of a level.
///
/// # Errors
/// The level's demand has no closed form, or platforms compete in something that it does not define.
pub fn solve(level: &Level) -> Result<Report, NoContinuum> {
    let market = Continuum::new(level)?;
    let game = Game::new(&market);
    let starts = game.starts()?;
    let settled: Vec<_> = starts.par_iter().map(|start| game.settle(start)).collect();
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for result in settled {
        match result {
            Ok(new) => game.add(new, &mut found),
            Err(failure) => failures.push(failure),
        }
    }
    let checked = found
        .par_iter()
        .map(|(candidate, state)| Equilibrium { deviation: game.deviation(state), ..candidate.clone() });
    let mut found: Vec<Equilibrium> = checked.collect();
    found.sort_by_key(|found| found.deviation.is_some());
    let (conduct, expectations) = (level.market.conduct, level.market.expectations);
    Ok(Report { conduct, expectations, found, failures })
}
