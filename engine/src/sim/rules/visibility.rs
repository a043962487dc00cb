//! What a platform sees of what goes on in its shop: it can police no more than that.

use crate::level::Level;
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::{Outcome, ratio};

/// How much a platform sees of each of four flows, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// What people look at: not of sales that come about inside another's app.
    pub information: f64,
    /// What is bought: in its own shop, all of it.
    pub transactions: f64,
    /// What is paid: with own wallets, and with those whose owners let it look.
    pub payments: f64,
    /// What is sent: by own carriers, and by those whose owners let it look.
    pub logistics: f64,
}

impl Seen {
    /// Everything.
    pub const ALL: Self = Self { information: 1.0, transactions: 1.0, payments: 1.0, logistics: 1.0 };

    /// Part of what goes on that is seen, each flow counting alike.
    pub fn mean(&self) -> f64 {
        (self.information + self.transactions + self.payments + self.logistics) / 4.0
    }
}

/// What a platform sees of a month. Where a level has no wallets, or no carriers, there is nothing that it could miss of them.
pub fn seen(level: &Level, outcome: &Outcome, negotiations: &Negotiations, platform: usize) -> Seen {
    let sees = |number: usize| {
        let owner = level.services[number].owner;
        owner == Some(platform) || owner.is_some_and(|owner| negotiations.grants_insight(owner, platform))
    };
    // Part of what there is that passes through services which it sees; all of it where nothing passes.
    let through = |numbers: &[usize], amount: &dyn Fn(usize) -> f64| {
        let all: f64 = (0..numbers.len()).map(amount).sum();
        let own: f64 = (0..numbers.len()).filter(|&place| sees(numbers[place])).map(amount).sum();
        if all > 0.0 { ratio(own, all) } else { 1.0 }
    };
    let wallets: Vec<usize> = level.wallets().into_iter().map(|(number, _)| number).collect();
    let carriers: Vec<usize> = level.carriers().into_iter().map(|(number, _)| number).collect();
    let apps: Vec<usize> = level.apps().into_iter().map(|(number, _)| number).collect();
    let referred: f64 = (apps.iter().enumerate())
        .filter(|(_, number)| !sees(**number))
        .map(|(place, _)| outcome.referred[[platform, place]])
        .sum();
    Seen {
        information: 1.0 - ratio(referred, outcome.gmv(platform)).min(1.0),
        transactions: 1.0,
        payments: through(&wallets, &|place| outcome.payments[[platform, place]]),
        logistics: through(&carriers, &|place| outcome.parcels[[platform, place]]),
    }
}

/// Part of policing that is not in vain: `blindness` says how much of it is where nothing is seen.
pub fn visibility(level: &Level, seen: &Seen) -> f64 {
    1.0 - level.market.blindness * (1.0 - seen.mean())
}
