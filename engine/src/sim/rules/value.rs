//! What a company is worth: its cash, what it is owed, and its profits to come, as an outsider would judge them from the last year.

use crate::level::Level;
use crate::sim::rules::calendar::{Month, usual_month};
use crate::sim::state::companies::{PastYear, YEAR};
use crate::sim::state::flow::Flow;
use crate::sim::state::outcome::Outcome;

/// Months that the level of profit is judged by.
const HALF_YEAR: usize = 6;
/// Months that show a growth.
const SHOWING: usize = 3;
/// Least rate to divide by: one below the largest growth would make the perpetuity infinite.
const LEAST_SPREAD: f64 = 1e-3;

/// A month of a company as it is judged: in a usual month, and without what is paid once. That has gone from its cash, and is no loss
/// that will come again.
pub fn judged_month(level: &Level, outcome: &Outcome, platform: usize) -> Month {
    let once = Flow::ALL.into_iter().filter(|flow| flow.is_operating() && flow.is_once());
    let once: f64 = once.map(|flow| outcome.flow(platform, flow)).sum();
    let month = usual_month(level, outcome, platform);
    Month { profit: month.profit - once, ..month }
}

/// Cash and claims at book, plus the mean of the last six profits as a growing perpetuity: max(0, π̄)/(r − g). g is half the
/// least-squares trend of the months there are, twelve at most, relative to their mean, from −5% to +0.3% a month; believed as far as so
/// many months show it. The trend is that of sales; a company that sells nothing is judged by its profits. Growing
/// profits on shrinking sales are a harvest, and nobody pays a growth company's price for one.
pub fn value(cash: f64, claims: f64, year: &PastYear, discount_rate: f64) -> f64 {
    valuation(cash, claims, year, discount_rate).total()
}

/// What a value is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Valuation {
    /// Yuan.
    pub cash: f64,
    /// What borrowers owe it, in yuan.
    pub claims: f64,
    /// Mean profit of the last months, yuan a month.
    pub profit: f64,
    /// Growth expected, a month.
    pub growth: f64,
    /// Profits to come, at their worth today.
    pub to_come: f64,
    /// What the public expects of what was announced beyond what profits show of it yet, at its worth today; less where profits show
    /// what is known to end.
    pub expected: f64,
    /// Rate that profits to come are divided by, a month.
    pub spread: f64,
}

impl Valuation {
    /// The value.
    pub fn total(&self) -> f64 {
        self.cash + self.claims + self.to_come + self.expected
    }
}

/// [`value`], term by term.
pub fn valuation(cash: f64, claims: f64, year: &PastYear, discount_rate: f64) -> Valuation {
    let recent = &year.profits[year.profits.len().saturating_sub(HALF_YEAR)..];
    if recent.is_empty() {
        let spread = discount_rate.max(LEAST_SPREAD);
        let nothing =
            Valuation { cash, claims, profit: 0.0, growth: 0.0, to_come: 0.0, expected: 0.0, spread };
        return nothing;
    }
    let mean = recent.iter().sum::<f64>() / recent.len() as f64;
    let judged = if year.sales.iter().any(|&sales| sales > 0.0) { &year.sales } else { &year.profits };
    let judged = &judged[judged.len().saturating_sub(YEAR)..];
    let growth = if judged.len() < SHOWING { 0.0 } else { shown(judged.len()) * trend(judged) / 2.0 };
    let growth = growth.clamp(-0.05, 0.003);
    let spread = (discount_rate - growth).max(LEAST_SPREAD);
    let to_come = mean.max(0.0) / spread;
    Valuation { cash, claims, profit: mean, growth, to_come, expected: 0.0, spread }
}

/// How far a trend of so many months is believed, of a whole year's: as much as it is known better than by chance, since what is known of a
/// slope grows with n(n² − 1). So no month brings growth all at once.
fn shown(months: usize) -> f64 {
    let known = |months: usize| (months * (months * months - 1)) as f64;
    known(months) / known(YEAR)
}

/// Least-squares slope over the mean; zero where the mean is not positive.
fn trend(monthly: &[f64]) -> f64 {
    let n = monthly.len() as f64;
    let (middle, mean) = ((n - 1.0) / 2.0, monthly.iter().sum::<f64>() / n);
    let covariance: f64 =
        monthly.iter().enumerate().map(|(t, month)| (t as f64 - middle) * (month - mean)).sum();
    let variance = n * (n * n - 1.0) / 12.0;
    if mean > 0.0 { covariance / variance / mean } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(profits: impl IntoIterator<Item = f64>, sales: impl IntoIterator<Item = f64>) -> PastYear {
        PastYear { profits: profits.into_iter().collect(), sales: sales.into_iter().collect() }
    }

    fn months(slope: f64) -> impl Iterator<Item = f64> {
        (0..12).map(move |t| 2.0 + slope * f64::from(t))
    }

    #[test]
    fn a_steady_profit_is_worth_a_perpetuity() {
        assert!((value(5.0, 0.0, &year([2.0; 12], [9.0; 12]), 0.01) - 205.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_owed_counts_at_book_like_cash() {
        let lender = value(3.0, 4.0, &year([2.0; 12], [9.0; 12]), 0.01);
        assert_eq!(lender, value(7.0, 0.0, &year([2.0; 12], [9.0; 12]), 0.01));
    }

    #[test]
    fn losses_are_worth_nothing_and_cost_nothing_but_cash() {
        assert_eq!(value(7.0, 0.0, &year([-3.0; 12], [9.0; 12]), 0.01), 7.0);
    }

    #[test]
    fn a_jump_in_the_last_turn_is_worth_less_than_that_profit_for_ever() {
        let mut profits = [1.0; 12];
        profits[11] = 2.0;
        let jumped = value(0.0, 0.0, &year(profits, [9.0; 12]), 0.01);
        assert!(jumped > 100.0 && jumped < 200.0, "{jumped}");
    }

    #[test]
    fn a_harvest_is_worth_less_than_the_same_profits_on_steady_sales() {
        let harvest = value(0.0, 0.0, &year(months(0.1), months(-0.1)), 0.01);
        let steady = value(0.0, 0.0, &year(months(0.1), [9.0; 12]), 0.01);
        assert!(harvest < 0.5 * steady, "{harvest} {steady}");
        let growing = value(0.0, 0.0, &year(months(0.1), months(0.1)), 0.01);
        assert!(growing > steady);
    }

    #[test]
    fn growth_is_believed_by_degrees_from_the_third_month_on() {
        let at = |months: usize| {
            let growing = (0..months).map(|month| 9.0 * 0.99f64.powi(month as i32));
            value(0.0, 0.0, &year(vec![2.0; months], growing), 0.01)
        };
        assert_eq!((at(1), at(2)), (200.0, 200.0));
        let steps: Vec<f64> = (3..=12).map(|months| at(months - 1) - at(months)).collect();
        let all = at(2) - at(12);
        assert!(all > 60.0, "{all}");
        assert!(steps.iter().all(|step| (0.0..0.25 * all).contains(step)), "{steps:?}");
    }

    #[test]
    fn without_sales_profits_are_judged_by_their_own_trend() {
        let shrinking = value(0.0, 0.0, &year(months(-0.1), [0.0; 12]), 0.01);
        assert!(shrinking < value(0.0, 0.0, &year(months(-0.1), [9.0; 12]), 0.01));
    }
}
