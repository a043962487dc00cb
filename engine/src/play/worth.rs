//! What each order was worth: the match is played again without it, on the same luck.

use super::figure::{Figure, Subject};
use super::session::Session;
use crate::game::{Match, Prepared, Setup};
use crate::order::{Order, Orders};
use crate::sim::Moment;
use crate::sim::metrics::measured;

/// Months over which an order's worth is told, from its own on.
pub const SPANS: [u32; 3] = [1, 6, 12];

/// What an order changed: with it less without it.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderWorth {
    /// The order.
    pub order: Order,
    /// Over so many months, the fewest first.
    pub spans: Vec<Span>,
}

/// What an order changed over some months.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// How many, its own being the first: no more than are played.
    pub months: u32,
    /// How many it is to be told over.
    pub of: u32,
    /// By figure, after the last of them; profit is the sum over all of them.
    pub worth: Vec<(Figure, f64)>,
    /// By what the seat's objectives measure after the last of them, as an objective's place in the level, in the unit of its metric.
    /// What a figure says already is left out; nothing where it could not be measured.
    pub objectives: Vec<(usize, Option<f64>)>,
}

/// What is needed to play a match again up to a turn, on another thread.
#[derive(Clone)]
pub struct Again {
    pub(super) prepared: Prepared,
    pub(super) setup: Setup,
    pub(super) orders: Vec<Vec<Orders>>,
    pub(super) me: usize,
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

/// What each of the player's orders of a turn was worth: the match played again on the same seed without it, and everybody else
/// ordering what they did, as far as it is played and a year at most.
pub fn worth_of_orders(again: &Again, turn: u32) -> Vec<OrderWorth> {
    let Some(place) = (turn as usize).checked_sub(1).filter(|&place| place < again.orders.len()) else {
        return Vec::new();
    };
    let own = again.orders[place].get(again.me).cloned().unwrap_or_default();
    if own.is_empty() {
        return Vec::new();
    }
    let mut replay = Replayed::to(again, place);
    let with = replay.measures(None);
    let worth = own.into_iter().enumerate().map(|(number, order)| {
        let without = replay.measures(Some(number));
        let spans = with.iter().zip(&without).map(|(with, without)| with.less(without));
        OrderWorth { order, spans: spans.collect() }
    });
    worth.collect()
}

/// A match played again up to a turn, to be gone on with from there.
struct Replayed<'a> {
    again: &'a Again,
    game: Match,
    beginning: Moment,
    place: usize,
    objectives: Vec<usize>,
}

impl<'a> Replayed<'a> {
    fn to(again: &'a Again, place: usize) -> Self {
        let mut game = Match::new(&again.prepared, again.setup.clone());
        for orders in &again.orders[..place] {
            game.play_orders(orders.clone());
        }
        let besides = |subject| if let Subject::Objective(place) = subject { Some(place) } else { None };
        let objectives =
            Subject::all(&again.prepared.level, again.me).into_iter().filter_map(besides).collect();
        let beginning = game.simulation().moment();
        Self { again, game, beginning, place, objectives }
    }

    /// What is measured over each span, with one of the player's orders left out.
    fn measures(&mut self, left_out: Option<usize>) -> Vec<Span> {
        let Again { prepared, orders, me, .. } = self.again;
        let (level, me) = (&prepared.level, *me);
        self.game.simulation_mut().return_to(&self.beginning);
        let known = (orders.len() - self.place) as u32;
        let (mut spans, mut profits) = (Vec::new(), 0.0);
        for months in 1..=known.min(SPANS[SPANS.len() - 1]) {
            let mut orders = orders[self.place + months as usize - 1].clone();
            if let Some(number) = left_out.filter(|_| months == 1) {
                orders[me].remove(number);
            }
            let outcome = self.game.play_orders(orders).outcome;
            profits += Figure::Profit.read(&outcome, me).total;
            // A span of which not all is played yet is told so far, once.
            let asked = SPANS.iter().find(|&&span| span >= months && (span == months || months == known));
            let Some(&of) = asked else { continue };
            let figure = |&figure: &Figure| match figure {
                Figure::Profit => (figure, profits),
                _ => (figure, figure.read(&outcome, me).total),
            };
            let objective =
                |&place: &usize| (place, measured(level, &level.objectives[place].measure, &outcome));
            spans.push(Span {
                months,
                of,
                worth: Figure::of(level, me).iter().map(figure).collect(),
                objectives: self.objectives.iter().map(objective).collect(),
            });
        }
        spans
    }
}

impl Span {
    fn less(&self, other: &Self) -> Self {
        let figures = self.worth.iter().zip(&other.worth);
        let objectives = self.objectives.iter().zip(&other.objectives);
        let difference = |(with, without): (Option<f64>, Option<f64>)| Some(with? - without?);
        Self {
            worth: figures.map(|((figure, with), (_, without))| (*figure, with - without)).collect(),
            objectives: objectives
                .map(|((place, with), (_, without))| (*place, difference((*with, *without))))
                .collect(),
            ..*self
        }
    }
}
