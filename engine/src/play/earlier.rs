//! Saves as they were written when forecasts were of one month: formats 1 and 2.

use serde::Deserialize;

use super::difficulty::Difficulty;
use super::draft::Draft;
use super::figure::{Figure, Subject};
use super::forecast::{FigureForecast, Forecast};
use super::record::Record;
use crate::history::Replay;
use crate::strategy::Notes;

/// What such a file holds, in its order.
#[derive(Deserialize)]
pub(super) struct Earlier {
    pub(super) level: String,
    pub(super) seat: String,
    pub(super) difficulty: Difficulty,
    pub(super) turns: u32,
    pub(super) replay: Replay,
    pub(super) notes: Vec<Notes>,
    forecasts: Vec<Option<MonthForecast>>,
    misses: Vec<(Figure, f64)>,
    pub(super) draft: Draft,
}

#[derive(Deserialize)]
struct MonthForecast {
    turn: u32,
    figures: Vec<FigureForecast>,
}

impl Earlier {
    /// What was forecast for each turn.
    pub(super) fn forecasts(&self) -> Vec<Option<Forecast>> {
        let forecast = |MonthForecast { turn, figures }: &MonthForecast| Forecast {
            turn: *turn,
            figures: figures.clone(),
            objectives: Vec::new(),
            later: Vec::new(),
            due: Vec::new(),
        };
        self.forecasts.iter().map(|made| made.as_ref().map(forecast)).collect()
    }

    /// How far off the forecasts were.
    pub(super) fn record(&self) -> Record {
        Record::of_months(self.misses.iter().map(|&(figure, much)| (Subject::Figure(figure), much)))
    }
}
