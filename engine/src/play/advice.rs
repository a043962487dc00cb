//! What is going wrong and by when, as an adviser would say it: from the forecast, and from what the last months have in common.

use super::figure::Figure;
use super::forecast::{FigureForecast, Forecast, ObjectiveForecast};
use super::objectives::{Progress, Status, missing, progress};
use super::position::Position;
use crate::level::{Bound, Deadline, Level};
use crate::sim::state::negotiations::{Agreement, PendingOffer};
use crate::sim::{Outcome, judged_month};
use crate::strategy::worth::carried;

/// Lines at most: who is told everything is told nothing.
const LINES: usize = 2;
/// Months before its end in which an agreement is spoken of, and the part of profit from which on it is.
const NOTICE: u32 = 3;
const MUCH: f64 = 0.1;
/// Months in a row in which somebody leaves, the part of them that is noticed in a month, and the part by which it is told when it is gone.
const IN_A_ROW: usize = 3;
const NOTICED: f64 = 0.01;
const TENTH: f64 = 0.1;
/// Months beyond which nobody is warned.
const SOON: u32 = 12;

/// Who leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// People who buy.
    Buyers,
    /// Merchants who list.
    Merchants,
}

/// Something that is going wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Advice {
    /// Cash runs out.
    CashRunsOut {
        /// In this turn.
        turn: u32,
    },
    /// An objective that holds is about to be lost.
    Slips {
        /// Its place in the level.
        objective: usize,
        /// By how much its number changes, in its unit a month.
        a_month: f64,
        /// The turn after which it holds no more.
        turn: u32,
    },
    /// An objective is not reached at this pace.
    OutOfReach {
        /// Its place in the level.
        objective: usize,
        /// How much is likely to be missing, in its unit.
        missing: f64,
        /// When it is due.
        turn: u32,
    },
    /// An agreement that carries much of the profit runs out.
    RunsOut {
        /// With whom.
        partner: usize,
        /// What it carries, yuan a month.
        yuan: f64,
        /// The part of a usual month's profit that this is; nothing where it is all of it or more, or where there is no profit.
        part: Option<f64>,
        /// Its last turn.
        turn: u32,
    },
    /// Those whom the company lives off are leaving.
    Leaves {
        /// Who.
        who: Leaving,
        /// Part of them, a month.
        a_month: f64,
        /// The turn after which a tenth of them is gone.
        turn: u32,
    },
}

impl Advice {
    /// When it has come to that.
    pub fn turn(&self) -> u32 {
        match *self {
            Self::CashRunsOut { turn }
            | Self::Slips { turn, .. }
            | Self::OutOfReach { turn, .. }
            | Self::RunsOut { turn, .. }
            | Self::Leaves { turn, .. } => turn,
        }
    }
}

/// What is going wrong, what comes first before all else; nothing where nothing is.
pub fn advice(position: &Position, forecast: &Forecast) -> Vec<Advice> {
    if position.is_over() || !position.is_here(position.me) {
        return Vec::new();
    }
    let mut all: Vec<Advice> = cash(position, forecast).into_iter().collect();
    all.extend(objectives(position, forecast));
    all.extend(agreements(position));
    all.extend(leavers(position));
    // Sorting is stable: of what comes in the same month, cash stands first.
    all.sort_by_key(Advice::turn);
    all.truncate(LINES);
    all
}

/// When what is expected of cash falls below nothing.
fn cash(position: &Position, forecast: &Forecast) -> Option<Advice> {
    let cash = |figures: &[FigureForecast]| {
        figures.iter().find(|one| one.figure == Figure::Cash).map(|one| one.band.middle)
    };
    let mut path = vec![(0, position.view.own.cash), (1, cash(&forecast.figures)?)];
    path.extend(forecast.later.iter().filter_map(|horizon| Some((horizon.months, cash(&horizon.figures)?))));
    let falls = path.windows(2).find(|pair| pair[0].1 >= 0.0 && pair[1].1 < 0.0)?;
    let [(before, from), (after, to)] = [falls[0], falls[1]];
    let part = from / (from - to);
    let months = before + (part * f64::from(after - before)).ceil().max(1.0) as u32;
    Some(Advice::CashRunsOut { turn: forecast.turn + months - 1 })
}

fn objectives(position: &Position, forecast: &Forecast) -> Vec<Advice> {
    let level: &Level = &position.level;
    let all = progress(level, position.me, &position.outcomes().collect::<Vec<_>>());
    let of = |due: &ObjectiveForecast| {
        let objective = &level.objectives[due.objective];
        let stands = all.iter().find(|one| std::ptr::eq(one.objective, objective))?;
        objective_of(stands, due, forecast.turn)
    };
    forecast.due.iter().filter_map(of).collect()
}

fn objective_of(stands: &Progress, due: &ObjectiveForecast, first: u32) -> Option<Advice> {
    if stands.status != Status::Open {
        return None;
    }
    let (bound, objective) = (stands.objective.bound, due.objective);
    let short = missing(bound, due.band.middle);
    let a_month = (due.band.middle - due.now) / f64::from(due.months);
    let turn = stands.objective.deadline.turn();
    if missing(bound, due.now) <= 0.0 {
        let judged_then = matches!(stands.objective.deadline, Deadline::At(_));
        let left = a_month.abs() * f64::from(due.months) - short;
        let part = left / (left + short);
        let months = (part * f64::from(due.months)).ceil().max(1.0) as u32;
        let turn = first + months - 1;
        return (judged_then && short > 0.0).then_some(Advice::Slips { objective, a_month, turn });
    }
    let best = match bound {
        Bound::AtLeast(_) => due.band.high,
        Bound::AtMost(_) => due.band.low,
        Bound::Within(low, _) if due.band.high < low => due.band.high,
        Bound::Within(..) => due.band.low,
    };
    let is_due = first + due.months > turn;
    let out = is_due && missing(bound, best) > 0.0;
    out.then_some(Advice::OutOfReach { objective, missing: short, turn })
}

fn agreements(position: &Position) -> Vec<Advice> {
    let view = &position.view;
    let negotiations = &view.public.ecosystem.negotiations;
    let profit = judged_month(&view.level, position.now(), view.me).profit;
    let one = |agreement: &Agreement| {
        let partner = agreement.partner_of(view.me).filter(|_| agreement.months <= NOTICE)?;
        let pair = [view.me, partner];
        let renewed = |offer: &PendingOffer| pair.contains(&offer.from) && pair.contains(&offer.to);
        let yuan = carried(view, agreement);
        let part = yuan / profit.abs().max(f64::MIN_POSITIVE);
        let speaks = part >= MUCH && !negotiations.offers.iter().any(renewed);
        let turn = view.turn + agreement.months.max(1) - 1;
        let part = Some(part).filter(|&part| profit > 0.0 && part < 1.0);
        speaks.then_some(Advice::RunsOut { partner, yuan, part, turn })
    };
    negotiations.agreements.iter().filter_map(one).collect()
}

fn leavers(position: &Position) -> Vec<Advice> {
    let outcomes: Vec<&Outcome> = position.outcomes().collect();
    let me = position.me;
    let buyers = |outcome: &&Outcome| outcome.user_count(me);
    let merchants = |outcome: &&Outcome| outcome.merchant_count(me);
    let counts: [(Leaving, Vec<f64>); 2] = [
        (Leaving::Buyers, outcomes.iter().map(buyers).collect()),
        (Leaving::Merchants, outcomes.iter().map(merchants).collect()),
    ];
    let one = |(who, counts): (Leaving, Vec<f64>)| {
        let (a_month, months) = leaving(&counts)?;
        Some(Advice::Leaves { who, a_month, turn: position.played() + months })
    };
    counts.into_iter().filter_map(one).collect()
}

/// The part of a number that is lost in a month, and the months in which a tenth of it is gone: where it has fallen month after month.
fn leaving(counts: &[f64]) -> Option<(f64, u32)> {
    // The opening is nobody's month.
    let last = counts.get(1..)?.last_chunk::<{ IN_A_ROW + 1 }>()?;
    let falls = last.windows(2).all(|pair| pair[1] < pair[0]);
    let a_month = 1.0 - libm::pow(last[IN_A_ROW] / last[0], 1.0 / IN_A_ROW as f64);
    let months = libm::ceil(libm::log(1.0 - TENTH) / libm::log(1.0 - a_month));
    (falls && a_month >= NOTICED && months <= f64::from(SOON)).then_some((a_month, months as u32))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::level::Measure;
    use crate::level::Objective;
    use crate::order::Term;
    use crate::play::{Band, Difficulty, Explained, Horizon, Session};

    /// A match of two shops in which nobody has ordered anything yet.
    fn position() -> Position {
        Session::begin("tutorial/two-gardens", None, None, Difficulty::Fair).expect("plays").position()
    }

    fn band(middle: f64) -> Band {
        Band { low: middle - 0.01, middle, high: middle + 0.01 }
    }

    fn cash_of(yuan: f64) -> Vec<FigureForecast> {
        let expected = Explained::default();
        vec![FigureForecast { figure: Figure::Cash, now: 0.0, band: band(yuan), expected }]
    }

    /// So much cash in one month, three and twelve.
    fn forecast(cash: [f64; 3]) -> Forecast {
        let [month, quarter, year] = cash;
        let later = [(3, quarter), (12, year)].map(|(months, yuan)| Horizon {
            months,
            figures: cash_of(yuan),
            objectives: Vec::new(),
        });
        Forecast {
            turn: 1,
            figures: cash_of(month),
            objectives: Vec::new(),
            later: later.into(),
            due: Vec::new(),
        }
    }

    fn well() -> Forecast {
        forecast([2e9, 2e9, 2e9])
    }

    #[test]
    fn nothing_is_said_where_nothing_is_wrong() {
        assert_eq!(advice(&position(), &well()), []);
    }

    #[test]
    fn cash_that_runs_out_is_told_with_its_month() {
        let turn = |cash: [f64; 3]| match advice(&position(), &forecast(cash))[..] {
            [Advice::CashRunsOut { turn }] => turn,
            ref other => panic!("{other:?}"),
        };
        // Two billion in hand; what falls from one billion to minus two in nine months is gone after three of them.
        assert_eq!(turn([1.8e9, 1e9, -2e9]), 6);
        assert_eq!(turn([-1e9, -3e9, -9e9]), 1);
    }

    /// An objective on the first shop's share, and what is expected of it after so many months.
    fn with_objective(bound: Bound, now: f64, months: u32, middle: f64) -> (Position, Forecast) {
        let mut position = position();
        let deadline = Deadline::At(12);
        let measure = Measure {
            metric: "share".to_owned(),
            platform: Some(0),
            region: None,
            category: None,
            service: None,
            turn: Some(12),
        };
        let objective =
            Objective { seat: 0, title: "Half".to_owned(), measure, bound, deadline, stated: deadline };
        Arc::make_mut(&mut position.level).objectives.push(objective);
        let due = vec![ObjectiveForecast { objective: 0, months, now, band: band(middle) }];
        (position, Forecast { due, ..well() })
    }

    #[test]
    fn an_objective_that_slips_is_told_with_its_pace_and_the_month_in_which_it_is_lost() {
        let (position, forecast) = with_objective(Bound::AtLeast(0.40), 0.436, 12, 0.388);
        let told = advice(&position, &forecast);
        let [Advice::Slips { objective: 0, a_month, turn: 9 }] = told[..] else { panic!("{told:?}") };
        assert!((a_month + 0.004).abs() < 1e-9, "{a_month}");
        // What falls and still holds in the end is no matter.
        let (position, forecast) = with_objective(Bound::AtLeast(0.40), 0.436, 12, 0.401);
        assert_eq!(advice(&position, &forecast), []);
        let (position, forecast) = with_objective(Bound::AtMost(0.50), 0.48, 12, 0.51);
        assert!(matches!(advice(&position, &forecast)[..], [Advice::Slips { turn: 8, .. }]));
    }

    #[test]
    fn an_objective_is_called_out_of_reach_only_where_hardly_any_future_reaches_it() {
        let (position, forecast) = with_objective(Bound::AtLeast(0.6), 0.5, 12, 0.55);
        let told = advice(&position, &forecast);
        let [Advice::OutOfReach { missing, turn: 12, .. }] = told[..] else { panic!("{told:?}") };
        assert!((missing - 0.05).abs() < 1e-9);
        let (position, forecast) = with_objective(Bound::AtLeast(0.6), 0.5, 12, 0.595);
        assert_eq!(advice(&position, &forecast), [], "one future in ten may reach it");
        let (position, forecast) = with_objective(Bound::AtLeast(0.6), 0.5, 3, 0.52);
        assert_eq!(advice(&position, &forecast), [], "it is not due as far as is looked");
    }

    #[test]
    fn an_agreement_that_carries_much_of_the_profit_is_told_before_it_runs_out() {
        let having = |profit: f64, months: u32, amount: f64| {
            let mut position = position();
            let outcome = Arc::make_mut(&mut position.opening);
            outcome.profit[0] = profit;
            let view = Arc::make_mut(&mut position.view);
            view.public.ecosystem.negotiations.agreements.push(Agreement {
                number: 1,
                parties: [1, 0],
                gives: [vec![Term::Payment { amount }], Vec::new()],
                months,
                notice: 1,
                penalty: 0.0,
                ending: false,
                opened: Vec::new(),
            });
            advice(&position, &well())
        };
        let with = |months: u32, amount: f64| having(1e8, months, amount);
        let told = with(2, 4e7);
        let [Advice::RunsOut { partner: 1, yuan, part: Some(part), turn: 2 }] = told[..] else {
            panic!("{told:?}")
        };
        assert!((yuan - 4e7).abs() < 1.0 && (part - 0.4).abs() < 1e-9);
        for profit in [3e7, -1e8] {
            let told = having(profit, 2, 4e7);
            assert!(
                matches!(told[..], [Advice::RunsOut { part: None, .. }]),
                "of no profit it is no part: {told:?}"
            );
        }
        assert_eq!(with(8, 4e7), [], "there is time");
        assert_eq!(with(2, 4e6), [], "it is little");
        assert_eq!(with(2, -4e7), [], "it costs");
    }

    #[test]
    fn who_leaves_month_after_month_is_told_with_when_a_tenth_is_gone() {
        assert_eq!(leaving(&[0.0, 100.0, 98.0, 96.0, 94.0]).map(|(_, months)| months), Some(6));
        assert_eq!(leaving(&[0.0, 100.0, 98.0, 99.0, 94.0]), None, "not month after month");
        assert_eq!(leaving(&[0.0, 100.0, 99.9, 99.8, 99.7]), None, "hardly");
        assert_eq!(leaving(&[100.0, 98.0, 96.0, 94.0]), None, "the opening is nobody's month");
    }

    #[test]
    fn no_more_than_two_things_are_said_and_the_nearest_first() {
        let (mut position, mut forecast) = with_objective(Bound::AtLeast(0.40), 0.436, 12, 0.388);
        forecast.later = self::forecast([1.8e9, 1e9, -2e9]).later;
        let objective = position.level.objectives[0].clone();
        Arc::make_mut(&mut position.level).objectives.push(objective);
        forecast.due.push(ObjectiveForecast { objective: 1, ..forecast.due[0] });
        let told = advice(&position, &forecast);
        assert_eq!(told.iter().map(Advice::turn).collect::<Vec<_>>(), [6, 9]);
    }
}
