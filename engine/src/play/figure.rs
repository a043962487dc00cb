//! Numbers that are forecast: a company's figures, and what its objectives measure.

use serde::{Deserialize, Serialize};

use super::explain::{self, Explained};
use crate::level::{Level, Measure};
use crate::sim::Outcome;
use crate::sim::metrics::{Unit, measured, metric};

/// A number of a whole company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Figure {
    /// Share of all platforms' sales.
    Share,
    /// Profit of the month.
    Profit,
    /// People who bought.
    Users,
    /// Cash at the end of the month.
    Cash,
    /// Value at the end of the month.
    Value,
}

impl Figure {
    /// The figures that a company has: without a shop it has neither share nor buyers.
    pub fn of(level: &Level, platform: usize) -> &'static [Self] {
        if level.platforms[platform].shop.is_some() {
            &[Self::Share, Self::Profit, Self::Users, Self::Cash, Self::Value]
        } else {
            &[Self::Profit, Self::Cash, Self::Value]
        }
    }

    /// Whether it is of months that were played: the opening has none.
    pub fn is_judged(self) -> bool {
        matches!(self, Self::Profit | Self::Value)
    }

    /// The figure that a measure of a whole company is, if it is one.
    pub fn measured_by(measure: &Measure) -> Option<Self> {
        let whole = measure.region.is_none() && measure.category.is_none() && measure.service.is_none();
        match measure.metric.as_str() {
            _ if !whole => None,
            "share" => Some(Self::Share),
            "profit" => Some(Self::Profit),
            "users" => Some(Self::Users),
            "cash" => Some(Self::Cash),
            "value" => Some(Self::Value),
            _ => None,
        }
    }

    /// Its value in an outcome, and what that is the sum of.
    pub fn read(self, outcome: &Outcome, platform: usize) -> Explained {
        match self {
            Self::Share => explain::share(outcome, platform),
            Self::Profit => explain::profit(outcome, platform),
            Self::Users => explain::users(outcome, platform),
            Self::Cash => explain::cash(outcome, platform),
            Self::Value => explain::value_of(outcome, platform),
        }
    }
}

/// What is forecast of a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// A figure.
    Figure(Figure),
    /// What an objective measures, by its place in the level.
    Objective(usize),
}

impl Subject {
    /// All that is forecast of a seat: its figures, then what its objectives measure besides.
    pub(super) fn all(level: &Level, seat: usize) -> Vec<Self> {
        let figures = Figure::of(level, seat).iter().copied().map(Self::Figure);
        let places = (0..level.objectives.len()).filter(|&place| level.objectives[place].seat == seat);
        let mut all: Vec<Self> = figures.collect();
        for place in places {
            let subject = Self::of_objective(level, place);
            if !all.contains(&subject) {
                all.push(subject);
            }
        }
        all
    }

    /// What an objective is about: a figure of its own seat where it measures one, or what an earlier one measures too.
    pub(super) fn of_objective(level: &Level, place: usize) -> Self {
        let objective = &level.objectives[place];
        let own = objective.measure.platform == Some(objective.seat);
        let figure = Figure::measured_by(&objective.measure)
            .filter(|figure| own && Figure::of(level, objective.seat).contains(figure));
        let same = |earlier: &usize| {
            let known = &level.objectives[*earlier];
            known.seat == objective.seat && known.measure.is_like(&objective.measure)
        };
        let first = || (0..place).find(same).unwrap_or(place);
        figure.map_or_else(|| Self::Objective(first()), Self::Figure)
    }

    /// What it comes to in an outcome; nothing where it cannot be measured.
    pub fn measured(self, level: &Level, outcome: &Outcome, seat: usize) -> Option<f64> {
        self.read(level, outcome, seat).map(|read| read.total)
    }

    /// The same, and what it is the sum of, where that is known.
    pub(super) fn read(self, level: &Level, outcome: &Outcome, seat: usize) -> Option<Explained> {
        match self {
            Self::Figure(figure) => Some(figure.read(outcome, seat)),
            Self::Objective(place) => {
                let total = measured(level, &level.objectives[place].measure, outcome)?;
                Some(Explained { total, parts: Vec::new() })
            }
        }
    }

    /// What it can be at least and at most.
    pub(super) fn range(self, level: &Level) -> (f64, f64) {
        match self {
            Self::Figure(Figure::Share) => (0.0, 1.0),
            Self::Figure(Figure::Users) => (0.0, f64::INFINITY),
            Self::Figure(_) => (f64::NEG_INFINITY, f64::INFINITY),
            Self::Objective(place) => {
                match metric(&level.objectives[place].measure.metric).map(|metric| metric.unit) {
                    Some(Unit::Fraction) => (0.0, 1.0),
                    Some(Unit::Count) => (0.0, f64::INFINITY),
                    _ => (f64::NEG_INFINITY, f64::INFINITY),
                }
            }
        }
    }
}
