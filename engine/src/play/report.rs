//! After the turn: what was forecast, what came, and why it differs; and what each order was worth.

use std::sync::Arc;

use super::explain::{Explained, Part};
use super::forecast::{Band, Figure};
use super::session::{PlayedTurn, Session};
use crate::game::{Match, Prepared, Setup};
use crate::level::{Level, MONTHS, Measure};
use crate::order::Order;
use crate::sim::metrics::measured;

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
    let line = |forecast: &super::FigureForecast| {
        let found = forecast.figure.read(outcome, me);
        let miss = found.less(&forecast.expected);
        let year_ago = year_before.map(|outcome| forecast.figure.read(outcome, me).total);
        Line { figure: forecast.figure, band: forecast.band, found, miss, year_ago }
    };
    Some(Report { turn: outcome.turn, lines: figures.map(line).collect() })
}

/// What an order changed in the turn in which it was given: with it less without it.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderWorth {
    /// The order.
    pub order: Order,
    /// By figure.
    pub worth: Vec<(Figure, f64)>,
    /// By what the seat's objectives measure, as an objective's place in the level, in the unit of its metric. What a figure
    /// says already is left out; nothing where it could not be measured.
    pub objectives: Vec<(usize, Option<f64>)>,
}

/// What is needed to play a match again up to a turn, on another thread.
#[derive(Clone)]
pub struct Again {
    prepared: Prepared,
    setup: Setup,
    orders: Vec<Vec<crate::order::Orders>>,
    me: usize,
}

impl Session {
    /// The match so far, to be played again.
    pub fn again(&self) -> Again {
        let mut setup = self.setup().clone();
        setup.population.measure_surplus = false;
        let (prepared, orders) = (self.prepared.clone(), self.replay.orders.clone());
        Again { prepared, setup, orders, me: self.me }
    }
}

/// What each of the player's orders of a turn was worth: the turn played again on the same seed without it, and
/// everybody else ordering what they did.
pub fn worth_of_orders(again: &Again, turn: u32) -> Vec<OrderWorth> {
    let Some(place) = (turn as usize).checked_sub(1).filter(|&place| place < again.orders.len()) else {
        return Vec::new();
    };
    let own = again.orders[place].get(again.me).cloned().unwrap_or_default();
    let level = &again.prepared.level;
    let figures = Figure::of(level, again.me);
    let objectives = measured_besides(level, again.me, figures);
    let mut game = Match::new(&again.prepared, again.setup.clone());
    let mut without = |left_out: Option<usize>| {
        game.restart(&again.prepared, again.setup.clone());
        for orders in &again.orders[..place] {
            game.play_orders(orders.clone());
        }
        let mut orders = again.orders[place].clone();
        if let Some(number) = left_out {
            orders[again.me].remove(number);
        }
        let outcome = game.play_orders(orders).outcome;
        let measure = |&number: &usize| measured(level, &level.objectives[number].measure, &outcome);
        let totals = figures.iter().map(|figure| figure.read(&outcome, again.me).total);
        (totals.collect::<Vec<_>>(), objectives.iter().map(measure).collect::<Vec<_>>())
    };
    let with = without(None);
    let mut worth = Vec::new();
    for (number, order) in own.into_iter().enumerate() {
        let found = without(Some(number));
        let differences = with.0.iter().zip(found.0).map(|(with, without)| with - without);
        let measured = with.1.iter().zip(found.1).map(|(with, without)| Some((*with)? - without?));
        worth.push(OrderWorth {
            order,
            worth: figures.iter().copied().zip(differences).collect(),
            objectives: objectives.iter().copied().zip(measured).collect(),
        });
    }
    worth
}

/// The objectives of a seat, by place in the level, whose measures no figure and no earlier objective says already.
fn measured_besides(level: &Level, seat: usize, figures: &[Figure]) -> Vec<usize> {
    let known = |measure: &Measure| {
        measure.platform == Some(seat)
            && Figure::measured_by(measure).is_some_and(|figure| figures.contains(&figure))
    };
    let mut places: Vec<usize> = Vec::new();
    for (place, objective) in level.objectives.iter().enumerate() {
        let same = |&earlier: &usize| level.objectives[earlier].measure.is_like(&objective.measure);
        if objective.seat == seat && !known(&objective.measure) && !places.iter().any(same) {
            places.push(place);
        }
    }
    places
}
