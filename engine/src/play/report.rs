//! After the turn: what was forecast, what came, and why it differs.

use std::sync::Arc;

use super::explain::{Explained, Part};
use super::figure::Figure;
use super::forecast::{Band, FigureForecast};
use super::turn::PlayedTurn;
use crate::level::MONTHS;

/// A figure's forecast against what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Which.
    pub figure: Figure,
    /// What was forecast.
    pub band: Band,
    /// What came, part by part.
    pub found: Explained,
    /// What came less what was expected, part by part.
    pub miss: Explained,
    /// What it was in the same month of the year before; nothing in the first year.
    pub year_ago: Option<f64>,
}

impl Line {
    /// The part that most of the miss comes from.
    pub fn reason(&self) -> Option<Part> {
        let same = |part: &&Part| part.amount.signum() == self.miss.total.signum();
        let parts = self.miss.parts.iter().filter(same);
        parts.copied().max_by(|one, other| one.amount.abs().total_cmp(&other.amount.abs()))
    }
}

/// A turn's report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Turn, from 1.
    pub turn: u32,
    /// By figure; none where nothing was forecast.
    pub lines: Vec<Line>,
}

/// The report on the last of these turns, all from the first, which the company `me` played; nothing where there is none.
pub fn report(turns: &[Arc<PlayedTurn>], me: usize) -> Option<Report> {
    let turn = turns.last()?;
    let outcome = &turn.record.outcome;
    let year_before = turns.len().checked_sub(1 + MONTHS).map(|place| &turns[place].record.outcome);
    let figures = turn.forecast.iter().flat_map(|forecast| &forecast.figures);
    let line = |forecast: &FigureForecast| {
        let found = forecast.figure.read(outcome, me);
        let miss = found.less(&forecast.expected);
        let year_ago = year_before.map(|outcome| forecast.figure.read(outcome, me).total);
        Line { figure: forecast.figure, band: forecast.band, found, miss, year_ago }
    };
    Some(Report { turn: outcome.turn, lines: figures.map(line).collect() })
}
