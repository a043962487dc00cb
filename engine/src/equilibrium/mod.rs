//! Where competition settles when every platform knows the market: Nash equilibria of a level, in fees or in
//! quantities, over the continuum that its agents are a sample of.
//!
//! Each platform answers the others with what earns it most, demand worked out anew for every fee it tries, until nobody
//! moves. Then every platform tries everything else once more: what still pays is named.

mod answers;
mod deviations;
mod game;
mod maximise;
mod report;
mod starts;

pub use report::{Deviation, Equilibrium, Failure, Report};

use game::{Game, State};
use rayon::prelude::*;

use crate::level::Level;
use crate::sim::continuum::{Continuum, NoContinuum};

/// How often deviations become starts.
const GENERATIONS: usize = 8;

/// Names of what an equilibrium consists of, for `reference` blocks.
pub const MEASURES: [&str; 5] = ["membership_fee", "merchant_fee", "members", "listings", "profit"];

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
