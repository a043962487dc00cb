//! Who owns whom: public.

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::sim::grid::Grid;

/// A part of a service's profits that the public owns.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    /// The service.
    pub service: usize,
    /// The part.
    pub part: f64,
}

/// New shares that were sold to the public.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Issue {
    /// By whom.
    pub by: usize,
    /// Yuan for what was all of the company when the match began.
    pub price: f64,
}

/// A payment for shares that is due: from, to (the public or the founders where it is nobody), yuan.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Due {
    /// Who pays.
    pub from: Option<usize>,
    /// Who is paid.
    pub to: Option<usize>,
    /// Yuan.
    pub yuan: f64,
}

/// What a company's value is to those who owned it when the match began.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ownership {
    /// Its shares of other companies at their worth, yuan.
    pub stakes: f64,
    /// The part of it that other companies own.
    pub held: f64,
    /// The part of it that is left to those who owned it when the match began.
    pub founding: f64,
    /// Dividends that they have had, yuan.
    pub paid: f64,
}

impl Default for Ownership {
    fn default() -> Self {
        Self { stakes: 0.0, held: 0.0, founding: 1.0, paid: 0.0 }
    }
}

/// Who owns whom. All of a company is one; what neither the public nor other companies own, its founders do.
#[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Capital {
    /// The part of each company that each other owns: `[of, by]`.
    pub stakes: Grid<2>,
    /// The part of each company that the public owns.
    pub public: Vec<f64>,
    /// What was all of the company at the beginning of the match as a part of it now: new shares make it less.
    pub founding: Vec<f64>,
    /// Dividends paid so far on what was all of the company at the beginning, yuan.
    pub paid: Vec<f64>,
    /// The part of the last quarter's mean profit that each company pays out a month.
    pub dividend: Vec<f64>,
    /// Issues so far, oldest first.
    pub issues: Vec<Issue>,
    /// Parts of services that the public owns.
    pub listings: Vec<Listing>,
    /// The turn in which each company last called off a sale to the public.
    pub called_off: Vec<Option<u32>>,
    /// Payments for shares due this turn.
    pub due: Vec<Due>,
}

impl Capital {
    /// As the level opens it.
    pub fn at_opening(level: &Level) -> Self {
        let platforms = level.platforms.len();
        let mut stakes = Grid::filled([platforms, platforms], 0.0);
        for (of, platform) in level.platforms.iter().enumerate() {
            for &(by, part) in &platform.owners {
                stakes[[of, by]] = part;
            }
        }
        Self {
            stakes,
            public: level.platforms.iter().map(|platform| platform.public).collect(),
            founding: vec![1.0; platforms],
            paid: vec![0.0; platforms],
            dividend: vec![0.0; platforms],
            issues: Vec::new(),
            listings: Vec::new(),
            called_off: vec![None; platforms],
            due: Vec::new(),
        }
    }

    /// Whether nothing of any company is anybody else's, and nothing was ever sold, tried to be sold or paid out.
    pub fn is_plain(&self) -> bool {
        let none = [&self.public, &self.dividend, &self.paid].into_iter().flatten();
        self.stakes.cells().iter().chain(none).all(|&part| part == 0.0)
            && self.founding.iter().all(|&part| part == 1.0)
            && self.called_off.iter().all(Option::is_none)
            && self.listings.is_empty()
            && self.due.is_empty()
    }

    /// The part of a company that other companies own together.
    pub fn held(&self, of: usize) -> f64 {
        self.stakes.row([of, 0]).iter().sum()
    }

    /// The part of a company that its founders own.
    pub fn founders(&self, of: usize) -> f64 {
        1.0 - self.public[of] - self.held(of)
    }

    /// A company issues new shares, so many of the enlarged company: everybody else has the less of it. Whose they are is for the caller.
    pub fn dilute(&mut self, of: usize, part: f64) {
        for by in 0..self.public.len() {
            self.stakes[[of, by]] *= 1.0 - part;
        }
        self.public[of] *= 1.0 - part;
        self.founding[of] *= 1.0 - part;
    }

    /// All that a company owns of others goes to the public, for what that brings; it is paid next month. Nothing more is paid out.
    pub fn liquidate(&mut self, by: usize, brings: impl Fn(usize, f64) -> f64) {
        self.dividend[by] = 0.0;
        for of in 0..self.public.len() {
            let part = std::mem::take(&mut self.stakes[[of, by]]);
            if part > 0.0 {
                self.public[of] += part;
                self.due.push(Due { from: None, to: Some(by), yuan: brings(of, part) });
            }
        }
    }

    /// Yuan that a company pays for shares this turn.
    pub fn owed(&self, by: usize) -> f64 {
        self.due.iter().filter(|due| due.from == Some(by)).map(|due| due.yuan).sum()
    }

    /// What it makes of a company whose stakes are worth so much.
    pub fn ownership(&self, of: usize, stakes: f64) -> Ownership {
        Ownership { stakes, held: self.held(of), founding: self.founding[of], paid: self.paid[of] }
    }

    /// The part of a service's profits that the public owns.
    pub fn listed(&self, service: usize) -> f64 {
        self.listings.iter().filter(|listing| listing.service == service).map(|listing| listing.part).sum()
    }
}

/// What other companies can buy of one in a turn.
#[derive(Clone, Copy, Debug)]
pub struct Float {
    /// Part that is the public's.
    pub public: f64,
    /// Part that other companies own.
    pub held: f64,
    /// Part of what it asks for that everybody gets.
    pub allotted: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy;

    #[test]
    fn new_shares_leave_everybody_the_less_and_the_sum_one() {
        let level = Level::find("arena/duel", &[], &strategy::vocabulary()).expect("is shipped");
        let mut capital = Capital::at_opening(&level);
        assert!(capital.is_plain() && capital.founders(0) == 1.0);
        capital.stakes[[0, 1]] = 0.2;
        capital.public[0] = 0.1;
        capital.dilute(0, 0.5);
        capital.public[0] += 0.5;
        assert_eq!((capital.stakes[[0, 1]], capital.public[0], capital.founding[0]), (0.1, 0.55, 0.5));
        assert!((capital.founders(0) - 0.35).abs() < 1e-12 && !capital.is_plain());
    }
}
