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
use game::{Game, State};

/// How often deviations become starts.
const GENERATIONS: usize = 8;

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
    let (mut found, mut failures): (Vec<(Equilibrium, State)>, Vec<Failure>) = (Vec::new(), Vec::new());
    let mut starts = game.starts()?;
    for _ in 0..GENERATIONS {
        let checked = found.len();
        let settled: Vec<_> = starts.par_iter().map(|start| game.settle(start)).collect();
        for result in settled {
            match result {
                Ok(new) => game.add(new, &mut found),
                // What fails from a deviation says no more than the deviation itself.
                Err(failure) if checked == 0 => failures.push(failure),
                Err(_) => {}
            }
        }
        // Whoever would rather do something else does it, and answers go on from there.
        let deviations: Vec<_> =
            found[checked..].par_iter().map(|(_, state)| game.deviation(state)).collect();
        starts = Vec::new();
        for ((candidate, state), deviation) in found[checked..].iter_mut().zip(deviations) {
            starts.extend(deviation.iter().map(|deviation| game.after(state, deviation)));
            candidate.deviation = deviation;
        }
        if starts.is_empty() {
            break;
        }
    }
    // Where a platform earns nothing whatever it sets, nobody moves for want of anything to go by.
    let flat: Vec<Option<usize>> = found
        .iter()
        .map(|(candidate, state)| candidate.deviation.is_none().then(|| game.flat(state)).flatten())
        .collect();
    let candidates = std::mem::take(&mut found).into_iter().map(|(candidate, _)| candidate);
    let mut found: Vec<Equilibrium> = Vec::new();
    for (candidate, flat) in candidates.zip(flat) {
        let Some(platform) = flat else {
            found.push(candidate);
            continue;
        };
        let id = &level.platforms[platform].id;
        let fees = candidate.membership_fee.iter().copied().zip(candidate.merchant_fee.iter().copied());
        failures.push(Failure {
            start: candidate.starts.join(", "),
            reason: format!("the profit of {id} there is flat to rounding, or its fee below cost"),
            rounds: candidate.rounds,
            iterates: vec![fees.collect()],
        });
    }
    found.sort_by_key(|found| found.deviation.is_some());
    let (conduct, expectations) = (level.market.conduct, level.market.expectations);
    Ok(Report { conduct, expectations, found, failures })
}
