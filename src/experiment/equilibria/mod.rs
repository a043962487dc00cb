//! Is every equilibrium that is reported one, and is every one reported? `equilibrium` on random markets, held against a second
//! solver that shares nothing with it.

mod market;
mod plain;

pub use market::{Market, Merchants};
pub use plain::{Fees, Plain};

use std::fmt::Write;

use rayon::prelude::*;

use crate::equilibrium;
use crate::experiment::playing::ExperimentError;
use plain::{ALIKE, apart};

/// By how much more of what it could earn a firm may earn elsewhere, as the plain search finds its best fees.
const TEMPTED: f64 = 1e-5;
/// By how much a part of the people, or of the merchants, may differ between the solvers at the same fees.
const SAME_SIZE: f64 = 1e-6;

/// What both solvers say of a market.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Equilibria that `equilibrium` reports.
    pub reported: usize,
    /// Equilibria that the plain search finds.
    pub found: usize,
    /// By how much more, relative to what it could earn, a firm would do elsewhere than in a reported one; the most.
    pub temptation: f64,
    /// The largest difference of a fee between one that is found and the nearest that is reported, relative to the fee where that is
    /// above one yuan a month.
    pub difference: f64,
    /// The largest difference of a part of the people or of the merchants between the solvers at reported fees.
    pub sizes: f64,
    /// Where the solvers disagree, in words and figures.
    pub disagreements: Vec<String>,
}

/// Holds the equilibria that are reported for a market against a plain search.
///
/// # Errors
/// The market is no level, or one without demand in closed form.
pub fn hold(market: &Market) -> Result<Held, ExperimentError> {
    let level = market.level()?;
    let report = equilibrium::solve(&level).map_err(|error| ExperimentError(error.to_string()))?;
    let plain = Plain::new(market);
    let mut held = Held::default();
    let mut reported: Vec<Vec<Fees>> = Vec::new();
    for equilibrium in report.equilibria() {
        let fees: Vec<Fees> =
            equilibrium.membership_fee.iter().zip(&equilibrium.merchant_fee).map(|(&p, &m)| [p, m]).collect();
        let temptation = plain.temptation(&fees);
        held.temptation = held.temptation.max(temptation);
        if temptation > TEMPTED {
            held.disagreements
                .push(format!("at {} a firm gains {temptation:.1e} of its profit", show(&fees)));
        }
        let (members, listings) = plain.sizes(&fees);
        let pairs =
            equilibrium.members.iter().zip(&members).chain(equilibrium.listings.iter().zip(&listings));
        let sizes = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        held.sizes = held.sizes.max(sizes);
        if sizes > SAME_SIZE {
            held.disagreements.push(format!("at {} a size differs by {sizes:.1e}", show(&fees)));
        }
        if reported.iter().any(|known| apart(known, &fees) < ALIKE) {
            held.disagreements.push(format!("{} is reported twice", show(&fees)));
        }
        reported.push(fees);
    }
    let found = plain.equilibria();
    for fees in &found {
        let nearest = reported.iter().map(|known| apart(known, fees)).fold(f64::INFINITY, f64::min);
        if nearest < ALIKE {
            held.difference = held.difference.max(nearest);
        } else {
            held.disagreements.push(format!("{} is not reported", show(fees)));
        }
    }
    (held.reported, held.found) = (reported.len(), found.len());
    Ok(held)
}

fn show(fees: &[Fees]) -> String {
    let each = fees.iter().map(|[member, merchant]| format!("{member:.5}/{merchant:.5}"));
    each.collect::<Vec<_>>().join(" ")
}

/// A property by which markets are counted.
struct Kind {
    name: &'static str,
    has: fn(&Market) -> bool,
}

const KINDS: &[Kind] = &[
    Kind { name: "all", has: |_| true },
    Kind { name: "one firm", has: |market| market.costs.len() == 1 },
    Kind { name: "two firms", has: |market| market.costs.len() == 2 },
    Kind { name: "three firms", has: |market| market.costs.len() == 3 },
    Kind { name: "four firms", has: |market| market.costs.len() == 4 },
    Kind { name: "five firms", has: |market| market.costs.len() == 5 },
    Kind { name: "one segment", has: |market| market.segments.len() == 1 },
    Kind { name: "two segments", has: |market| market.segments.len() == 2 },
    Kind { name: "three segments", has: |market| market.segments.len() == 3 },
    Kind { name: "no spread", has: |market| market.spread == 0.0 },
    Kind { name: "spread to 1", has: |market| market.spread > 0.0 && market.spread <= 1.0 },
    Kind { name: "spread above 1", has: |market| market.spread > 1.0 },
    Kind { name: "one may stay outside", has: |market| market.outside },
    Kind { name: "everybody buys", has: |market| !market.outside },
    Kind { name: "no network effects", has: |market| market.crowd == 0.0 && market.merchants.is_none() },
    Kind {
        name: "among people, seen",
        has: |market| market.crowd != 0.0 && !market.announced && market.merchants.is_none(),
    },
    Kind { name: "among people, announced", has: |market| market.announced },
    Kind {
        name: "merchants at one firm",
        has: |market| market.merchants.as_ref().is_some_and(|merchants| !merchants.everywhere),
    },
    Kind {
        name: "merchants at several",
        has: |market| market.merchants.as_ref().is_some_and(|merchants| merchants.everywhere),
    },
];

/// The experiment's report.
///
/// # Errors
/// A random market cannot be written as a level: a defect of this experiment.
pub fn equilibria(seeds: u32) -> Result<String, ExperimentError> {
    let both = |number: u32| {
        let market = Market::random(u64::from(number));
        hold(&market).map(|held| (market, held))
    };
    let markets = (0..seeds).into_par_iter().map(both).collect::<Result<Vec<_>, _>>()?;
    let strongest = markets.iter().map(|(market, _)| market.feedback()).fold(0.0, f64::max);
    let mut text = format!(
        "# Equilibria, solved twice\n\nMade by `walled-gardens experiment equilibria --seeds {seeds}`: {seeds} random markets, numbered from 0. What \
         `equilibrium` reports of each is held against a second solver, `src/experiment/equilibria/plain.rs`, which shares nothing with it but the \
         level's text: sums over 60 to 240 sensitivities a segment instead of the continuum's, Newton's method for what people and merchants \
         make of each other, and for every firm a search over all its fees to 1,000 yuan (199 of them, or 57 times 57 where merchants pay too, \
         looked over with a quarter of the sensitivities, and uphill with all of them from every top near the highest). Its equilibria are where \
         answers to answers end, from three to seven starts; answers that come no closer for 30 rounds are given up.\n\n\
         Network effects are among people (−0.6 to 1.6 times the noise; they go by what comes, or by what firms announce), or between people and \
         merchants as well, who list where it pays most or wherever it pays. They are as strong as leaves one fixed point of demand for any fees, \
         which is so where demand is a contraction: the parts of the people move by at most {strongest:.2} where the parts that they go by move by one. Where \
         there are several, which one holds is a matter of the past, and no other solver can be asked.\n\n\
         An equilibrium *stands* if no firm gains more than {TEMPTED:.0e} of its profit at any other fees. *Tempted* is the most that one gains, *fees* the \
         largest difference of a fee, *sizes* that of a part of the people or of the merchants at the same fees. Some markets have no equilibrium: \
         answers go round in circles, or rise without bound.\n\n\
         | markets | number | without any | reported | found by the plain search | tempted | fees | sizes | disagreements |\n\
         |---|---|---|---|---|---|---|---|---|\n"
    );
    for kind in KINDS {
        let of: Vec<&Held> =
            markets.iter().filter(|(market, _)| (kind.has)(market)).map(|(_, held)| held).collect();
        let sum = |count: fn(&Held) -> usize| of.iter().map(|held| count(held)).sum::<usize>();
        let most = |figure: fn(&Held) -> f64| of.iter().map(|held| figure(held)).fold(0.0, f64::max);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {:.0e} | {:.0e} | {:.0e} | {} |",
            kind.name,
            of.len(),
            of.iter().filter(|held| held.reported == 0).count(),
            sum(|held| held.reported),
            sum(|held| held.found),
            most(|held| held.temptation),
            most(|held| held.difference),
            most(|held| held.sizes),
            sum(|held| held.disagreements.len()),
        );
    }
    let all = markets.iter().enumerate();
    let disagreements: Vec<String> = all
        .flat_map(|(number, (_, held))| held.disagreements.iter().map(move |words| (number, words)))
        .map(|(number, words)| format!("- Market {number}: {words}.\n"))
        .collect();
    if disagreements.is_empty() {
        text.push_str("\nThe solvers disagree nowhere.\n");
    } else {
        let _ = write!(text, "\nThe solvers disagree:\n\n{}", disagreements.concat());
    }
    let none = markets.iter().enumerate().filter(|(_, (_, held))| held.reported == 0);
    let none: Vec<String> = none.map(|(number, _)| number.to_string()).collect();
    if !none.is_empty() {
        let _ = writeln!(text, "\nNo equilibrium is reported of the markets {}.", none.join(", "));
    }
    Ok(text)
}
