//! What a choice of an event changes against the one that is taken otherwise: imagined years with the one and with the other, in the
//! same markets, where chance falls out of the difference.

use rayon::prelude::*;

use super::forecast::{Band, TENTH};
use crate::order::Orders;
use crate::strategy::{Imagination, PlatformView};

/// Months after which values are compared: what lasts for some months is over then, and what it left behind counts.
const HORIZON: u32 = 12;
/// Months after which profits are: an answer takes effect in the month in which it is given.
const AT_ONCE: u32 = 1;
/// Imagined markets, and consumers of each: many small ones tell more of a difference than a few large ones.
const MARKETS: u64 = 16;
const PEOPLE: u32 = 500;

/// What a choice changes for a company. Of as many means of so many markets eight in ten lie between the ends of each band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChoiceWorth {
    /// Event, and the place of the choice.
    pub event: usize,
    /// Place of the choice among the event's.
    pub choice: usize,
    /// Value a year later.
    pub value: Band,
    /// Profit of the coming month.
    pub profit: Band,
}

/// Tells what each choice that waits for this company changes, the default of each event apart. It stops once nobody listens.
pub fn worth_of_choices(view: &PlatformView, tell: &dyn Fn(ChoiceWorth) -> bool) {
    let waiting: Vec<usize> = view.public.chronicle.waiting_for(view.me).map(|one| one.event).collect();
    if waiting.is_empty() {
        return;
    }
    // Other seeds each turn, as for forecasts.
    let first = u64::from(view.turn) << 32;
    let market = view.imagine(first).with_consumers(PEOPLE);
    let markets: Vec<Imagination> = (1..=MARKETS).map(|seed| market.again(first + seed)).collect();
    for event in waiting {
        let default = view.level.events[event].default;
        let usual = futures(view, &markets, event, default);
        let others = (0..view.level.events[event].choices.len()).filter(|&choice| choice != default);
        for choice in others {
            let found = futures(view, &markets, event, choice);
            let of = |number: fn(&Future) -> f64| {
                let pairs = found.iter().zip(&usual);
                band(&pairs.map(|(with, without)| number(with) - number(without)).collect::<Vec<_>>())
            };
            let worth = ChoiceWorth {
                event,
                choice,
                value: of(|future| future.value),
                profit: of(|future| future.profit),
            };
            if !tell(worth) {
                return;
            }
        }
    }
}

/// What a company has in an imagined market.
struct Future {
    value: f64,
    profit: f64,
}

fn futures(view: &PlatformView, markets: &[Imagination], event: usize, choice: usize) -> Vec<Future> {
    let orders: Orders = view.answer_to(event, choice).into_iter().collect();
    let after = |market: &Imagination, months: u32| market.outcome_of(view.me, orders.clone(), months);
    let future = |market: &Imagination| Future {
        profit: after(market, AT_ONCE).profit[view.me],
        value: after(market, HORIZON).value[view.me],
    };
    markets.par_iter().map(future).collect()
}

/// A mean, and how far off it is likely to be.
fn band(numbers: &[f64]) -> Band {
    let count = numbers.len().max(1) as f64;
    let middle = numbers.iter().sum::<f64>() / count;
    let squares: f64 = numbers.iter().map(|number| (number - middle) * (number - middle)).sum();
    let half = TENTH * libm::sqrt(squares / (count - 1.0).max(1.0) / count);
    Band { low: middle - half, middle, high: middle + half }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::play::{Difficulty, Session};

    #[test]
    fn a_mean_is_the_surer_the_more_alike_its_numbers_are() {
        let (alike, apart) = (band(&[1.0, 1.1, 0.9, 1.0]), band(&[3.0, -1.0, 2.0, 0.0]));
        assert!((alike.middle - 1.0).abs() < 1e-12 && (apart.middle - 1.0).abs() < 1e-12);
        assert!(alike.high - alike.low < 0.2 && apart.high - apart.low > 1.0);
        assert!(!alike.covers(0.0) && apart.covers(0.0), "only of the first is the sign known");
    }

    #[test]
    fn what_a_choice_costs_is_taken_off_the_profit_of_the_month() {
        let begin = Session::begin("arena/festivals", Some("kite"), Some(1), Difficulty::Fair);
        let mut session = begin.expect("plays");
        let told = |session: &Session| {
            let told = std::cell::RefCell::new(Vec::new());
            worth_of_choices(&session.view(), &|worth| {
                told.borrow_mut().push(worth);
                true
            });
            told.into_inner()
        };
        assert_eq!(told(&session), [], "nothing waits yet");
        while session.turns().len() < 3 {
            session.end_turn(None);
        }
        let told = told(&session);
        assert_eq!(told.len(), 1, "of two choices one is the default");
        let paid = told[0].profit;
        assert!(paid.low <= -5.9e7 && paid.high >= -6.1e7, "the charter costs ¥60 M: {paid:?}");
    }
}
