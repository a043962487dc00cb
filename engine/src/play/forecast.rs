//! Forecasts: what may come one month ahead, three and twelve, as bands, and what objectives may come to when they are due.

use serde::{Deserialize, Serialize};

use super::explain::Explained;
use super::figure::{Figure, Subject};
use super::imagined::HORIZON;

/// Months ahead of which everything is forecast.
pub const HORIZONS: [u32; 3] = [1, 3, HORIZON];
/// Standard normal deviate with one tenth beyond it.
pub(super) const TENTH: f64 = 1.2816;

/// Eight outcomes in ten are expected between low and high.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// One in ten is below.
    pub low: f64,
    /// Expected.
    pub middle: f64,
    /// One in ten is above.
    pub high: f64,
}

impl Band {
    /// Whether it covers a number.
    pub fn covers(&self, number: f64) -> bool {
        (self.low..=self.high).contains(&number)
    }
}

/// A figure's forecast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureForecast {
    /// Which.
    pub figure: Figure,
    /// What it is now.
    pub now: f64,
    /// What it may be.
    pub band: Band,
    /// What the middle of the band is the sum of.
    pub expected: Explained,
}

/// What an objective measures, some months ahead.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveForecast {
    /// Its place in the level.
    pub objective: usize,
    /// How many months ahead, the coming one being the first.
    pub months: u32,
    /// What is measured now.
    pub now: f64,
    /// What may be measured then.
    pub band: Band,
}

/// What may be some months ahead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Horizon {
    /// How many, the coming one being the first.
    pub months: u32,
    /// By figure.
    pub figures: Vec<FigureForecast>,
    /// What objectives measure besides.
    pub objectives: Vec<ObjectiveForecast>,
}

/// What the months to come may bring to a company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// The coming turn.
    pub turn: u32,
    /// What it may bring, by figure.
    pub figures: Vec<FigureForecast>,
    /// What objectives measure besides after it.
    pub objectives: Vec<ObjectiveForecast>,
    /// The same at later horizons, the nearest first; where the match ends before, in its last month.
    pub later: Vec<Horizon>,
    /// What each objective of the seat measures when it is due, or at the horizon where that is nearer.
    pub due: Vec<ObjectiveForecast>,
}

impl Forecast {
    /// The same with what another says of later months.
    pub fn with_later_of(self, other: &Self) -> Self {
        Self { later: other.later.clone(), due: other.due.clone(), ..self }
    }

    /// The bands of all numbers so many months ahead; none at what is no horizon.
    pub fn bands(&self, months: u32) -> Vec<(Subject, Band)> {
        let (figures, objectives) = self.at(months);
        let figures = figures.iter().map(|one| (Subject::Figure(one.figure), one.band));
        let objectives = objectives.iter().map(|one| (Subject::Objective(one.objective), one.band));
        figures.chain(objectives).collect()
    }

    /// What was expected of each number so many months ahead.
    pub(super) fn expected(&self, months: u32) -> Vec<(Subject, Explained)> {
        let (figures, objectives) = self.at(months);
        let figures = figures.iter().map(|one| (Subject::Figure(one.figure), one.expected.clone()));
        let objectives = objectives.iter().map(|one| {
            let expected = Explained { total: one.band.middle, parts: Vec::new() };
            (Subject::Objective(one.objective), expected)
        });
        figures.chain(objectives).collect()
    }

    fn at(&self, months: u32) -> (&[FigureForecast], &[ObjectiveForecast]) {
        match self.later.iter().find(|horizon| horizon.months == months) {
            _ if months == 1 => (&self.figures, &self.objectives),
            Some(horizon) => (&horizon.figures, &horizon.objectives),
            None => (&[], &[]),
        }
    }
}
