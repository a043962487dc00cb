//! What the months to come may bring: numbers over several imagined markets, as bands, with no secret in them.
//!
//! In the imagined markets rivals go on as they publicly do. They are smaller than the real one and so swing more, but the
//! difference that orders make is taken between two imagined markets of the same seed, where chance falls out; it is added
//! to what the real market last was. To that comes what goes on by itself: what imagined markets do without orders, and what
//! forecasts have missed again and again. What is paid once, and what agreements provide for, imagination knows best.
//! How far off all that is likely to be, a CEO learns from how far off it was.

use super::explain::{self, Explained, Label};
use super::figure::{Figure, Subject};
use super::forecast::{Band, FigureForecast, Forecast, HORIZONS, Horizon, ObjectiveForecast, TENTH};
use super::imagined::{Futures, Reader};
use super::record::Record;
use crate::sim::state::events::Event;
use crate::sim::{Outcome, judged_month, with_spending};
use crate::strategy::PlatformView;

/// Part of what imagined markets do without orders that is taken from them: the rest is what was guessed of rivals, and settles.
const BY_ITSELF: f64 = 0.5;

/// A forecast from futures: of the coming month in `near`, and of the months up to the horizon in `far` where they are imagined already.
/// Where it is known what would come without any orders it is the difference that is taken from imagination; otherwise the futures are
/// believed as they are.
pub fn forecast(
    view: &PlatformView,
    now: &Outcome,
    near: &Futures,
    far: Option<&Futures>,
    record: &Record,
) -> Forecast {
    let path = Path::of(view, now, near, far, record);
    let last = path.months.len() as u32;
    let (figures, objectives) = path.at(1);
    let later = HORIZONS.iter().map(|months| *months.min(&last)).filter(|&months| months > 1);
    let mut later: Vec<u32> = later.collect();
    later.dedup();
    let horizon = |months: u32| {
        let (figures, objectives) = path.at(months);
        Horizon { months, figures, objectives }
    };
    let later: Vec<Horizon> = later.into_iter().map(horizon).collect();
    let due = if far.is_some() { path.due() } else { Vec::new() };
    Forecast { turn: view.turn, figures, objectives, later, due }
}

/// What is expected of every month up to the horizon.
struct Path<'a> {
    view: &'a PlatformView,
    record: &'a Record,
    reader: Reader,
    outcome: &'a Outcome,
    now: Vec<Option<Explained>>,
    /// Whether it is the difference that orders make that is taken from imagination.
    differs: bool,
    months: Vec<Expected>,
}

/// What is expected of a month.
struct Expected {
    subjects: Vec<Option<Explained>>,
    besides: Explained,
    sales: f64,
    passing: f64,
}

impl<'a> Path<'a> {
    fn of(
        view: &'a PlatformView,
        outcome: &'a Outcome,
        near: &Futures,
        far: Option<&Futures>,
        record: &'a Record,
    ) -> Self {
        let reader = Reader::of(view);
        let now = reader.read(outcome);
        // Whoever enters now has no last month to which a difference could be added.
        let enters = outcome.news.contains(&Event::Entered { platform: view.me });
        let differs = near.without.is_some() && !enters;
        let mut path = Self { view, record, reader, outcome, now, differs, months: Vec::new() };
        let further = far.into_iter().flat_map(|far| (1..far.with.len()).map(move |month| (far, month)));
        let months = std::iter::once((near, 0)).chain(further);
        path.months = months.map(|(futures, month)| path.month(futures, month)).collect();
        path
    }

    fn month(&self, futures: &Futures, month: usize) -> Expected {
        let with = &futures.with[month];
        let Some(without) = futures.without.as_ref().filter(|_| self.differs) else {
            return Expected {
                subjects: with.subjects.clone(),
                besides: with.besides.clone(),
                sales: with.sales,
                passing: with.passing,
            };
        };
        let last = self.reader.read(&with_spending(self.outcome, &self.spending(month)));
        let usual = &without[month];
        let subject = |(place, &subject): (usize, &Subject)| -> Option<Explained> {
            let with = with.subjects[place].as_ref()?;
            let is_profit = subject == Subject::Figure(Figure::Profit);
            // The opening is no month: nothing was earned in it.
            if is_profit && self.outcome.turn == 0 {
                return Some(with.clone());
            }
            let usual_then = usual.subjects[place].as_ref()?;
            let mut expected = last[place].as_ref()?.plus(&with.less(usual_then));
            expected.add(&usual_then.less(usual.first[place].as_ref()?), BY_ITSELF);
            if is_profit {
                expected = expected.of_kind(Label::goes_on).plus(&with.of_kind(|label| !label.goes_on()));
            }
            Some(expected.plus(&self.record.under_way(subject, month as u32 + 1)))
        };
        let sold = judged_month(&self.view.level, self.outcome, self.view.me).sales;
        Expected {
            subjects: self.reader.subjects().iter().enumerate().map(subject).collect(),
            besides: with.besides.clone(),
            sales: sold + with.sales - without[0].sales,
            passing: with.passing,
        }
    }

    /// What people are known to spend in a month ahead, by category, over what they usually do.
    fn spending(&self, month: usize) -> Vec<f64> {
        let (level, turn) = (&self.view.level, self.view.turn + month as u32);
        let of = |category| self.view.public.chronicle.spending(level, category, turn);
        (0..level.categories.len()).map(of).collect()
    }

    fn place(&self, figure: Figure) -> Option<usize> {
        self.reader.subjects().iter().position(|subject| *subject == Subject::Figure(figure))
    }

    /// All that is forecast so many months ahead.
    fn at(&self, months: u32) -> (Vec<FigureForecast>, Vec<ObjectiveForecast>) {
        let (mut figures, mut objectives) = (Vec::new(), Vec::new());
        for (place, &subject) in self.reader.subjects().iter().enumerate() {
            let Some((band, expected)) = self.subject(place, months) else { continue };
            let now = self.now[place].as_ref().map_or(band.middle, |now| now.total);
            match subject {
                Subject::Figure(figure) => figures.push(FigureForecast { figure, now, band, expected }),
                Subject::Objective(objective) => {
                    objectives.push(ObjectiveForecast { objective, months, now, band });
                }
            }
        }
        (figures, objectives)
    }

    /// What objectives measure when they are due.
    fn due(&self) -> Vec<ObjectiveForecast> {
        let level = &self.view.level;
        let own = |place: &usize| level.objectives[*place].seat == self.view.me;
        let of = |objective: usize| {
            let last = level.objectives[objective].deadline.turn();
            let left = (last + 1).checked_sub(self.view.turn).filter(|left| *left > 0)?;
            let months = left.min(self.months.len() as u32);
            let subject = Subject::of_objective(level, objective);
            let place = self.reader.subjects().iter().position(|known| *known == subject)?;
            let (band, _) = self.subject(place, months)?;
            let now = self.now[place].as_ref()?.total;
            Some(ObjectiveForecast { objective, months, now, band })
        };
        (0..level.objectives.len()).filter(own).filter_map(of).collect()
    }

    fn subject(&self, place: usize, months: u32) -> Option<(Band, Explained)> {
        let subject = self.reader.subjects()[place];
        match subject {
            Subject::Figure(figure @ (Figure::Cash | Figure::Value)) if self.differs => {
                self.follow(figure, months)
            }
            _ => {
                let expected = self.months[months as usize - 1].subjects[place].clone()?;
                let half = self.half(subject, months, &expected);
                let band = around(expected.total, half);
                // A part of something is neither less than nothing nor more than all of it.
                let (least, most) = subject.range(&self.view.level);
                Some((Band { low: band.low.max(least), high: band.high.min(most), ..band }, expected))
            }
        }
    }

    fn half(&self, subject: Subject, months: u32, expected: &Explained) -> f64 {
        TENTH * self.record.deviation(subject, months, expected.size())
    }

    /// Cash and value follow from profits by arithmetic, so that the three never contradict each other.
    fn follow(&self, figure: Figure, months: u32) -> Option<(Band, Explained)> {
        let view = self.view;
        let profit = self.place(Figure::Profit)?;
        let mut earned = Explained::default();
        // As is expected, and with all that is earned and sold at the lower and at the upper end of what is likely.
        let mut ways = [(0.0, view.own.clone()), (-1.0, view.own.clone()), (1.0, view.own.clone())];
        let mut off = 0.0;
        for (month, expected) in (1..).zip(&self.months[..months as usize]) {
            let of_month = expected.subjects[profit].as_ref()?;
            let half = self.half(Subject::Figure(Figure::Profit), month, of_month);
            let sold = self.part_off(month);
            for (way, company) in &mut ways {
                let yuan = of_month.total + *way * half;
                company.cash += yuan;
                company.year.add(yuan - expected.passing, expected.sales * (1.0 + *way * sold));
            }
            off += half;
            earned.add(of_month, 1.0);
            earned.add(&expected.besides, 1.0);
        }
        if figure == Figure::Cash {
            let expected = earned.after(view.own.cash);
            return Some((around(expected.total, off), expected));
        }
        let [expected, low, high] =
            ways.map(|(_, company)| explain::value(&company, view.level.market.discount_rate));
        let middle = expected.total;
        // What is judged from half a year of profits and a year of sales has errors of its own.
        let half = 0.5 * (high.total - low.total);
        let wider =
            TENTH * self.record.learned(Subject::Figure(figure), months, half / TENTH) / half.max(1.0);
        let (low, high) = (middle - wider * (middle - low.total), middle + wider * (high.total - middle));
        Some((Band { low, middle, high }, expected))
    }

    /// The part by which sales are likely to be off: as much as a share of them is.
    fn part_off(&self, months: u32) -> f64 {
        let subject = Subject::Figure(Figure::Share);
        let place = self.place(Figure::Share);
        let share = place.and_then(|place| self.months[months as usize - 1].subjects[place].as_ref());
        let off = |share: &Explained| self.half(subject, months, share) / share.total;
        share.filter(|share| share.total > 0.0).map_or(0.0, off).min(1.0)
    }
}

fn around(middle: f64, half: f64) -> Band {
    Band { low: middle - half, middle, high: middle + half }
}
