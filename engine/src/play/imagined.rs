//! The months to come as a company imagines them: several markets with one opening, to be played as often as plans are tried.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::explain::{Explained, Label};
use super::figure::Subject;
use crate::level::Level;
use crate::order::Orders;
use crate::sim::{Flow, Outcome, judged_month, with_spending};
use crate::strategy::{Imagination, PlatformView};

/// Months that are looked ahead at most.
pub const HORIZON: u32 = 12;
/// Imagined markets for the coming month.
const MARKETS: u64 = 40;
/// Those of them that are played on to the horizon: what rivals do in a year outweighs luck by far.
const FURTHER: usize = 12;

/// Several imagined markets, and what comes in them without any orders.
pub struct Ahead {
    reader: Reader,
    months: u32,
    markets: Vec<Imagination>,
    near: Months,
    far: OnceLock<Months>,
}

/// What comes of a plan, and what would come of none in the same markets.
#[derive(Clone)]
pub struct Futures {
    pub(super) with: Months,
    pub(super) without: Option<Months>,
}

/// Months from the coming one on, each the mean over markets.
pub(super) type Months = Vec<Month>;

/// What is read of a month.
#[derive(Clone, Debug, Default)]
pub(super) struct Month {
    /// By subject; nothing where it cannot be measured.
    pub(super) subjects: Vec<Option<Explained>>,
    /// The same of the coming month, had people spent as they do in this one.
    pub(super) first: Vec<Option<Explained>>,
    /// What comes and goes besides profit, by flow.
    pub(super) besides: Explained,
    /// Sales, had it been a usual month, yuan.
    pub(super) sales: f64,
    /// What is in its profit by the month of the year, or paid once: it says nothing of other months, yuan.
    pub(super) passing: f64,
}

impl Ahead {
    /// Imagines the months from the one that a view is of to the last of the match, a year at most.
    pub fn of(view: &PlatformView) -> Self {
        // Other seeds each turn: what was bad luck with one is not to last all match.
        let first = u64::from(view.turn) << 32;
        let market = view.imagine(first);
        let markets = (1..=MARKETS).map(|seed| market.again(first + seed)).collect();
        let months = (view.last_turn + 1).saturating_sub(view.turn).clamp(1, HORIZON);
        let (near, far) = (Months::new(), OnceLock::new());
        let mut ahead = Self { reader: Reader::of(view), months, markets, near, far };
        ahead.near = ahead.played(&Orders::new(), MARKETS as usize, 1, &|| true).unwrap_or_default();
        ahead
    }

    /// What comes of orders in the coming month.
    pub fn month(&self, orders: &Orders) -> Futures {
        let with = match orders.is_empty() {
            true => self.near.clone(),
            false => self.played(orders, MARKETS as usize, 1, &|| true).unwrap_or_default(),
        };
        Futures { with, without: Some(self.near.clone()) }
    }

    /// What comes of them in that month and those after it, everybody carrying on, in fewer markets.
    pub fn year(&self, orders: &Orders) -> Futures {
        self.year_while(orders, || true).unwrap_or_else(|| self.month(orders))
    }

    /// The same as long as it is wanted; nothing once it is not.
    pub fn year_while(&self, orders: &Orders, wanted: impl Fn() -> bool + Sync) -> Option<Futures> {
        let played = |orders: &Orders| self.played(orders, FURTHER, self.months, &wanted);
        let without = match self.far.get() {
            Some(known) => known.clone(),
            None => {
                let months = played(&Orders::new())?;
                self.far.get_or_init(|| months).clone()
            }
        };
        let with = if orders.is_empty() { without.clone() } else { played(orders)? };
        Some(Futures { with, without: Some(without) })
    }

    fn played(
        &self,
        orders: &Orders,
        markets: usize,
        months: u32,
        wanted: &(impl Fn() -> bool + Sync),
    ) -> Option<Months> {
        let path = |market: &Imagination| {
            let (mut path, mut first) = (Months::new(), None);
            if wanted() {
                market.play(self.reader.me, orders.clone(), months, |_, outcome| {
                    let first = first.get_or_insert_with(|| outcome.clone());
                    path.push(self.reader.month(outcome, first));
                });
            }
            (!path.is_empty()).then_some(path)
        };
        let paths: Option<Vec<Months>> = self.markets[..markets].par_iter().map(path).collect();
        let paths = paths?;
        Some((0..months as usize).map(|month| Month::mean(&paths, month)).collect())
    }
}

impl Futures {
    /// Futures that are believed as they are: the outcome of each month from the coming one on.
    pub fn believed(view: &PlatformView, outcomes: &[Outcome]) -> Self {
        let reader = Reader::of(view);
        Self { with: outcomes.iter().map(|outcome| reader.month(outcome, outcome)).collect(), without: None }
    }
}

/// Reads what is forecast in outcomes.
pub(super) struct Reader {
    level: Arc<Level>,
    me: usize,
    subjects: Vec<Subject>,
}

impl Reader {
    pub(super) fn of(view: &PlatformView) -> Self {
        let level = Arc::clone(&view.level);
        Self { subjects: Subject::all(&level, view.me), level, me: view.me }
    }

    /// All that is forecast, in order.
    pub(super) fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    pub(super) fn read(&self, outcome: &Outcome) -> Vec<Option<Explained>> {
        self.subjects.iter().map(|subject| subject.read(&self.level, outcome, self.me)).collect()
    }

    fn month(&self, outcome: &Outcome, first: &Outcome) -> Month {
        let usual = judged_month(&self.level, outcome, self.me);
        let subjects = self.read(outcome);
        let same = outcome.turn == first.turn;
        let besides = Flow::ALL.into_iter().filter(|flow| !flow.is_operating());
        let besides = besides.map(|flow| (Label::Flow(flow), outcome.flow(self.me, flow)));
        let besides: Vec<_> = besides.collect();
        Month {
            first: if same { subjects.clone() } else { self.read(&with_spending(first, &outcome.spending)) },
            subjects,
            besides: Explained::of(besides.iter().map(|(_, yuan)| yuan).sum(), besides),
            sales: usual.sales,
            passing: outcome.profit[self.me] - usual.profit,
        }
    }
}

impl Month {
    fn mean(paths: &[Months], month: usize) -> Self {
        let all = || paths.iter().map(|path| &path[month]);
        let mean = |read: &dyn Fn(&Self) -> f64| all().map(read).sum::<f64>() / paths.len().max(1) as f64;
        let each = |read: &dyn Fn(&Self) -> &[Option<Explained>]| {
            let subjects = 0..all().next().map_or(0, |first| read(first).len());
            let one = |subject: usize| -> Option<Explained> {
                let known: Option<Vec<_>> = all().map(|month| read(month)[subject].clone()).collect();
                Some(Explained::mean(&known?))
            };
            subjects.map(one).collect()
        };
        Self {
            subjects: each(&|month| &month.subjects),
            first: each(&|month| &month.first),
            besides: Explained::mean(&all().map(|month| month.besides.clone()).collect::<Vec<_>>()),
            sales: mean(&|month| month.sales),
            passing: mean(&|month| month.passing),
        }
    }
}
