//! What is expected and has not come yet, at its worth today; and what has come, where it is known to end.
//!
//! Value capitalises the mean of the last monthly profits for good. That sees a change only as it comes, and it takes for lasting, or
//! even for growth, whatever has come. So every announced cash flow is taken out of the past profits that are judged, and what is still to
//! come of it is added at its own worth: a change for good is worth the same before and after it has come, and one that ends no more
//! than its months.

use crate::level::services::Step;
use crate::level::{Level, MarketParameters};
use crate::order::{Access, Term};
use crate::sim::rules::value::{Valuation, valuation};
use crate::sim::state::companies::{PastYear, YEAR};
use crate::sim::state::engineering::Engineering;
use crate::sim::state::expectations::{Cause, Effect, Expectations};

/// Part by which people have answered to something that has been there for so many months: not at all in the first, in which they find
/// it, and then the same part of the rest each month.
fn answered(months: i64, delay: f64) -> f64 {
    if months > 1 { -libm::expm1(-((months - 1) as f64) / delay) } else { 0.0 }
}

/// Months in which 63% of the answer to an effect is there: people come to what opens, and leave what closes.
fn delay(effect: &Effect, market: &MarketParameters) -> f64 {
    match effect.cause {
        Cause::Service { open: false, .. } => market.expectation_loss_delay,
        _ => market.expectation_delay,
    }
}

/// Yuan that an effect brings in the month of a turn, as was expected.
pub fn flow(effect: &Effect, turn: i64, market: &MarketParameters) -> f64 {
    let months = turn - i64::from(effect.begins) + 1;
    if months <= 0 || effect.ends.is_some_and(|ends| turn > i64::from(ends)) {
        return 0.0;
    }
    effect.yuan * if effect.in_full { 1.0 } else { answered(months, delay(effect, market)) }
}

/// All that it brings after a turn, at its worth at the end of that turn. What ends is discounted at the rate alone: it will not grow with
/// the company. What is for good is worth what a lasting profit is.
pub fn still_to_come(effect: &Effect, turn: u32, market: &MarketParameters, spread: f64) -> f64 {
    let turn = i64::from(turn);
    match effect.ends {
        Some(ends) => {
            let month = 1.0 / (1.0 + market.discount_rate);
            let ahead = 1..=(i64::from(ends) - turn).max(0);
            ahead.map(|ahead| flow(effect, turn + ahead, market) * libm::pow(month, ahead as f64)).sum()
        }
        None => {
            // From the first month that differs on, and with the months until then: two geometric series, what it will be less what is
            // not answered yet.
            let months = turn - i64::from(effect.begins) + 1;
            let (months, faded) = if effect.in_full {
                (months, 0.0)
            } else {
                (months - 1, libm::exp(-1.0 / delay(effect, market)))
            };
            let month = 1.0 / (1.0 + spread);
            let missing = libm::pow(faded, months.max(0) as f64);
            let begun = 1.0 / spread - missing * month * faded / (1.0 - month * faded);
            effect.yuan * begun * libm::pow(month, (-months).max(0) as f64)
        }
    }
}

/// A company's value, term by term, with what the public expects at the end of a turn: profits without what was announced are judged as
/// lasting, and all that is announced is worth what is still to come of it.
pub fn judged(
    (cash, claims): (f64, f64),
    year: &PastYear,
    market: &MarketParameters,
    (expectations, company, turn): (&Expectations, usize, u32),
) -> Valuation {
    let plain = valuation(cash, claims, year, market.discount_rate);
    if market.expectation == 0.0 || expectations.of(company).next().is_none() {
        return plain;
    }
    let mut without = year.clone();
    for (back, profit) in without.profits.iter_mut().rev().enumerate() {
        let month = i64::from(turn) - back as i64;
        *profit -= expectations.of(company).map(|effect| flow(effect, month, market)).sum::<f64>();
    }
    let without = valuation(cash, claims, &without, market.discount_rate);
    let announced: f64 =
        expectations.of(company).map(|effect| still_to_come(effect, turn, market, without.spread)).sum();
    // Losses that no announcement ends are still worth nothing, and no less.
    let believed = (without.profit / without.spread + announced).max(0.0);
    Valuation { expected: market.expectation * (believed - plain.to_come), ..plain }
}

/// Whether nothing is left to say of an effect: no month that profits are judged by shows what has ended, or lacks what is for good.
pub fn is_past(effect: &Effect, turn: u32, market: &MarketParameters) -> bool {
    /// What is answered but for so little has come.
    const LITTLE: f64 = 0.005;
    let year = YEAR as u32;
    match effect.ends {
        Some(ends) => turn >= ends + year,
        None => {
            let months = (turn + 1).saturating_sub(effect.begins + year);
            months > 0
                && (effect.in_full || answered(i64::from(months), delay(effect, market)) >= 1.0 - LITTLE)
        }
    }
}

/// Months that it takes to build what a term needs, as far as can be told from outside: at the pace of each step, or of the engineers
/// that the level names.
pub fn months_to_build(level: &Level, built: &Engineering, term: &Term, giver: usize, taker: usize) -> u32 {
    let engineers = level.platforms[taker].engineers;
    let step = |step: Step| {
        let work = &level.integration[step as usize];
        let hands = if engineers > 0.0 { libm::ceil(work.effort / engineers) as u32 } else { 0 };
        work.months.max(hands)
    };
    match term {
        Term::Data if !built.joined[giver] => step(Step::Data),
        Term::Service { service, access, .. } => {
            let number = level.services.iter().position(|known| known.id == *service);
            number.map_or(0, |number| {
                let depths = [Access::Advert, Access::Jump, Access::MiniProgram, Access::Native];
                let missing = depths.into_iter().filter(|d| *d > built.built[number] && d <= access);
                missing.filter_map(|depth| level.step_to(number, depth)).map(step).sum()
            })
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::MarketBase;

    const RATE: f64 = 0.01;

    fn market() -> MarketParameters {
        MarketParameters {
            expectation: 1.0,
            discount_rate: RATE,
            ..MarketParameters::of(MarketBase::Standard)
        }
    }

    fn effect(yuan: f64, ends: Option<u32>, in_full: bool) -> Effect {
        Effect { company: 0, cause: Cause::Agreement(1), yuan, announced: 10, begins: 10, ends, in_full }
    }

    /// Value at the end of a turn of a company that earned 100 a month without the effect, and with it what it was expected to.
    fn value(effect: Effect, turn: u32, believed: bool) -> f64 {
        let market = market();
        let month = |t: u32| 100.0 + flow(&effect, i64::from(t), &market);
        let profits: Vec<f64> = (turn - 11..=turn).map(month).collect();
        let year = PastYear { profits, sales: vec![1.0; 12] };
        let effects = if believed { vec![effect] } else { Vec::new() };
        let expectations = Expectations { effects, remedies: Vec::new() };
        judged((0.0, 0.0), &year, &market, (&expectations, 0, turn)).total()
    }

    const BEFORE: f64 = 100.0 / RATE;

    #[test]
    fn what_ends_is_worth_its_own_months_before_and_after_it_has_come() {
        let payment = effect(10.0, Some(33), true);
        for turn in [12, 15, 20, 33, 36, 39] {
            let left = (33_u32.saturating_sub(turn)) as i32;
            let annuity = 10.0 * (1.0 - (1.0 + RATE).powi(-left)) / RATE;
            let value = value(payment, turn, true);
            assert!((value - BEFORE - annuity).abs() < 1e-6, "{turn}: {value} {annuity}");
        }
        assert!(value(payment, 20, false) > BEFORE + 900.0, "as if it were paid for ever");
    }

    #[test]
    fn what_is_for_good_is_worth_the_same_all_the_way_but_for_the_wait() {
        let opened = effect(10.0, None, false);
        let values: Vec<f64> = (12..80).map(|turn| value(opened, turn, true)).collect();
        assert!(values.windows(2).all(|pair| pair[1] >= pair[0] - 1e-9), "{values:?}");
        assert!(values[0] > BEFORE + 900.0 && values[0] < BEFORE + 1000.0, "{}", values[0]);
        assert!((values[67] - BEFORE - 1000.0).abs() < 1.0);
        assert!(value(opened, 12, false) < BEFORE + 500.0, "without expectations it is seen late");
    }

    #[test]
    fn what_takes_longer_to_build_is_worth_less_until_it_is_there() {
        let now = effect(10.0, None, false);
        let later = Effect { begins: 16, ..now };
        let market = market();
        let (soon, late) = (still_to_come(&now, 9, &market, RATE), still_to_come(&later, 9, &market, RATE));
        assert!((late / soon - (1.0 + RATE).powi(-6)).abs() < 1e-9, "{soon} {late}");
        let by_months: f64 = (1..20_000)
            .map(|ahead: i32| flow(&later, i64::from(9 + ahead), &market) * (1.0 + RATE).powi(-ahead))
            .sum();
        assert!((late - by_months).abs() < 1e-6, "{late} {by_months}");
    }

    #[test]
    fn losses_stay_worth_nothing_where_what_is_expected_does_not_end_them() {
        let market = market();
        let year = PastYear { profits: vec![-100.0; 12], sales: vec![1.0; 12] };
        let of = |yuan: f64| {
            let effects = vec![Effect { begins: 11, ..effect(yuan, None, true) }];
            let expectations = Expectations { effects, remedies: Vec::new() };
            judged((5.0, 0.0), &year, &market, (&expectations, 0, 10)).total()
        };
        assert_eq!(of(50.0), 5.0);
        assert!((of(150.0) - 5.0 - 5000.0).abs() < 1e-6);
    }
}
