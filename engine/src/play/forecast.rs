//! What the next month may bring: figures over several imagined markets, as a band, with no secret in it.
//!
//! In the imagined markets rivals go on as they publicly do. They are smaller than the real one and so swing more, but the
//! difference that orders make is taken between two imagined markets of the same seed, where chance falls out; it is added
//! to what the real market last was. How far off that is likely to be, a CEO learns from how far off it was.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::explain::{self, Explained};
use crate::level::{Level, Measure};
use crate::order::Orders;
use crate::sim::state::events::Event;
use crate::sim::{Outcome, judged_month};
use crate::strategy::{Imagination, PlatformView};

/// Imagined markets for one forecast.
const SEEDS: u64 = 40;
/// Standard normal deviate with one tenth beyond it.
pub(super) const TENTH: f64 = 1.2816;
/// A month's ups and downs, as part of all that a figure is the sum of: the first guess of the error. In the first month
/// every rival orders what nobody could know of: bands are widest then.
const SWING: f64 = 0.015;
/// Misses that the first guess counts for: the first that is seen says more.
const GUESS: f64 = 0.5;
/// Misses that are remembered, and by how much less each counts than the one after it: rivals move most in the first months.
const REMEMBERED: usize = 24;
const FADING: f64 = 0.8;

/// A number that is forecast.
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

/// What the next month may bring to a company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// Turn that is forecast.
    pub turn: u32,
    /// By figure.
    pub figures: Vec<FigureForecast>,
}

/// How far off forecasts were: a figure's misses, the latest last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record(Vec<(Figure, f64)>);

impl Record {
    /// Remembers by how much each figure came out higher than was expected.
    pub fn add(&mut self, forecast: &Forecast, outcome: &Outcome, platform: usize) {
        for figure in &forecast.figures {
            let found = figure.figure.read(outcome, platform).total;
            self.0.push((figure.figure, found - figure.band.middle));
            if self.misses(figure.figure).count() > REMEMBERED
                && let Some(oldest) = self.0.iter().position(|(known, _)| *known == figure.figure)
            {
                self.0.remove(oldest);
            }
        }
    }

    /// How far a figure is likely to be off.
    fn deviation(&self, figure: Figure, expected: &Explained) -> f64 {
        let swing = SWING * expected.parts.iter().map(|part| part.amount.abs()).sum::<f64>();
        let (mut sum, mut count) = (GUESS * swing * swing, GUESS);
        for miss in self.misses(figure) {
            sum = FADING * sum + miss * miss;
            count = FADING * count + 1.0;
        }
        libm::sqrt(sum / count)
    }

    fn misses(&self, figure: Figure) -> impl Iterator<Item = f64> {
        self.0.iter().filter(move |(known, _)| *known == figure).map(|(_, miss)| *miss)
    }
}

/// The next month as this company imagines it: several markets with one opening, each to be played as often as plans are tried.
pub struct Ahead {
    me: usize,
    markets: Vec<Imagination>,
    /// What comes without any orders.
    usual: Vec<Outcome>,
}

impl Ahead {
    /// Imagines the month that a view is of.
    pub fn of(view: &PlatformView) -> Self {
        // Other seeds each turn: what was bad luck with one is not to last all match.
        let first = u64::from(view.turn) << 32;
        let market = view.imagine(first);
        let markets = (1..=SEEDS).map(|seed| market.again(first + seed)).collect();
        let mut ahead = Self { me: view.me, markets, usual: Vec::new() };
        ahead.usual = ahead.played(&Orders::new());
        ahead
    }

    /// What comes without any orders, market by market.
    pub fn usual(&self) -> &[Outcome] {
        &self.usual
    }

    /// What comes of orders in the same markets, everybody else carrying on.
    pub fn futures(&self, orders: &Orders) -> Vec<Outcome> {
        if orders.is_empty() { self.usual.clone() } else { self.played(orders) }
    }

    fn played(&self, orders: &Orders) -> Vec<Outcome> {
        self.markets.par_iter().map(|market| market.outcome_of(self.me, orders.clone(), 1)).collect()
    }
}

/// A forecast from futures. `usual` are the futures of the same seeds without any orders: with them it is the difference
/// that is taken from imagination; without them the futures are believed as they are.
pub fn forecast(
    view: &PlatformView,
    now: &Outcome,
    futures: &[Outcome],
    usual: Option<&[Outcome]>,
    record: &Record,
) -> Forecast {
    let me = view.me;
    // Whoever enters now has no last month to which a difference could be added.
    let usual = usual.filter(|_| !now.news.contains(&Event::Entered { platform: me }));
    let of = |figure: Figure| -> FigureForecast {
        let mean = |outcomes: &[Outcome]| {
            Explained::mean(&outcomes.iter().map(|outcome| figure.read(outcome, me)).collect::<Vec<_>>())
        };
        // The opening is no month: nothing was earned in it.
        let usual = usual.filter(|_| figure != Figure::Profit || now.turn > 0);
        let last = match figure {
            Figure::Profit => explain::profit_in_month(&view.level, now, me, view.turn),
            _ => figure.read(now, me),
        };
        let now = figure.read(now, me);
        let expected = match usual {
            Some(usual) => last.plus(&mean(futures).less(&mean(usual))),
            None => mean(futures),
        };
        let half = TENTH * record.deviation(figure, &expected);
        let middle = expected.total;
        let band = Band { low: middle - half, middle, high: middle + half };
        FigureForecast { figure, now: now.total, band, expected }
    };
    let mut figures: Vec<FigureForecast> = Vec::new();
    for &figure in Figure::of(&view.level, me) {
        let profit = figures.iter().find(|known| known.figure == Figure::Profit);
        figures.push(match (figure, profit, usual) {
            (Figure::Cash | Figure::Value, Some(profit), Some(_)) => {
                follow(view, now, futures, figure, profit)
            }
            _ => of(figure),
        });
    }
    Forecast { turn: view.turn, figures }
}

/// Cash and value follow from profit by arithmetic, so that the three never contradict each other.
fn follow(
    view: &PlatformView,
    now: &Outcome,
    futures: &[Outcome],
    figure: Figure,
    profit: &FigureForecast,
) -> FigureForecast {
    let me = view.me;
    let mean =
        |of: &dyn Fn(&Outcome) -> f64| futures.iter().map(of).sum::<f64>() / futures.len().max(1) as f64;
    let sales = mean(&|future| judged_month(&view.level, future, me).sales);
    let passing = mean(&|future| future.profit[me] - judged_month(&view.level, future, me).profit);
    let with = |profit: f64| {
        let mut company = view.own.clone();
        company.cash += profit;
        company.year.add(profit - passing, sales);
        explain::value(&company, view.level.market.discount_rate)
    };
    let expected = match figure {
        Figure::Cash => profit.expected.after(view.own.cash),
        _ => with(profit.band.middle),
    };
    let at = |profit: f64| if figure == Figure::Cash { view.own.cash + profit } else { with(profit).total };
    let band = Band { low: at(profit.band.low), middle: expected.total, high: at(profit.band.high) };
    FigureForecast { figure, now: figure.read(now, me).total, band, expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_miss_of_last_month_widens_a_band_more_than_one_of_long_ago() {
        let after = |misses: &[f64]| {
            let record = Record(misses.iter().map(|&miss| (Figure::Share, miss)).collect());
            record.deviation(Figure::Share, &Explained::default())
        };
        let (early, late) = (after(&[0.3, 0.1, 0.1, 0.1]), after(&[0.1, 0.1, 0.1, 0.3]));
        assert!(0.1 < early && early < late && late < 0.3, "{early} {late}");
    }
}
