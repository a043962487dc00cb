//! What learning agents are rewarded for.

use crate::game::score;
use crate::protocol::RewardName;
use crate::sim::Outcome;

/// How a company stands after a turn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// What it is worth, yuan.
    pub value: f64,
    /// Profit of the turn, yuan.
    pub profit: f64,
    /// Share of all platforms' sales.
    pub share: f64,
    /// Cash, yuan.
    pub cash: f64,
}

impl Figures {
    /// A company's.
    pub fn of(outcome: &Outcome, platform: usize) -> Self {
        Self {
            value: outcome.value[platform],
            profit: outcome.profit[platform],
            share: outcome.share(platform),
            cash: outcome.cash[platform],
        }
    }
}

/// The reward of a turn that led from one state to another; `first` is how the company stood after the first month.
pub fn reward(
    name: RewardName,
    (first, before, now): (&Figures, &Figures, &Figures),
    (outcome, platform, over): (&Outcome, usize, bool),
) -> f64 {
    // A company that is worth nothing is rewarded in yuan of one.
    let unit = if first.value.abs() >= 1.0 { first.value.abs() } else { 1.0 };
    match name {
        // Before there is a month to judge by, a company is worth its cash alone: what it gains by having one is nobody's doing.
        RewardName::Value if outcome.turn <= 1 => 0.0,
        RewardName::Value => (now.value - before.value) / unit,
        RewardName::Profit => now.profit / unit,
        RewardName::Share => now.share - before.share,
        RewardName::Win if over => score(outcome.worth(), platform),
        RewardName::Win => 0.0,
    }
}
