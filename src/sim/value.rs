//! What a company is worth: its cash and its profits to come, as an outsider would judge them from the last year.

use bevy::prelude::*;

use super::CurrentLevel;
use super::outcome::Outcome;
use super::platforms::{Company, ProfitHistory};

/// Months of profit that growth is judged by.
const YEAR: usize = 12;
/// Months of profit that its level is judged by.
const HALF_YEAR: usize = 6;

/// Cash, plus the mean of the last six profits as a growing perpetuity: max(0, π̄)/(r − g). g is half the
/// least-squares trend of the last twelve, relative to their mean, from −5% to +0.3% a month, and zero before there
/// are twelve: milking the last turns does not pay.
pub fn value(cash: f64, profits: &[f64], discount_rate: f64) -> f64 {
    let recent = &profits[profits.len().saturating_sub(HALF_YEAR)..];
    if recent.is_empty() {
        return cash;
    }
    let mean = recent.iter().sum::<f64>() / recent.len() as f64;
    let growth = if profits.len() < YEAR { 0.0 } else { trend(&profits[profits.len() - YEAR..]) / 2.0 };
    // A rate below the largest growth would make the perpetuity infinite.
    let spread = (discount_rate - growth.clamp(-0.05, 0.003)).max(1e-3);
    cash + mean.max(0.0) / spread
}

/// Least-squares slope over the mean; zero where the mean is no profit.
fn trend(profits: &[f64]) -> f64 {
    let n = profits.len() as f64;
    let (middle, mean) = ((n - 1.0) / 2.0, profits.iter().sum::<f64>() / n);
    let covariance: f64 =
        profits.iter().enumerate().map(|(t, profit)| (t as f64 - middle) * (profit - mean)).sum();
    let variance = n * (n * n - 1.0) / 12.0;
    if mean > 0.0 { covariance / variance / mean } else { 0.0 }
}

/// Judges every company at the end of the turn.
pub(super) fn judge(
    level: Res<CurrentLevel>,
    mut outcome: ResMut<Outcome>,
    mut companies: Query<(&Company, &mut ProfitHistory)>,
) {
    for (&Company(platform), mut history) in &mut companies {
        history.0.push(outcome.profit[platform]);
        let over = history.0.len().saturating_sub(YEAR);
        history.0.drain(..over);
        outcome.value[platform] = value(outcome.cash[platform], &history.0, level.0.market.discount_rate);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_profit_is_worth_a_perpetuity() {
        assert!((value(5.0, &[2.0; 12], 0.01) - 205.0).abs() < 1e-9);
    }

    #[test]
    fn losses_are_worth_nothing_and_cost_nothing_but_cash() {
        assert_eq!(value(7.0, &[-3.0; 12], 0.01), 7.0);
    }

    #[test]
    fn a_jump_in_the_last_turn_is_worth_less_than_that_profit_for_ever() {
        let mut profits = [1.0; 12];
        profits[11] = 2.0;
        let jumped = value(0.0, &profits, 0.01);
        assert!(jumped > 100.0 && jumped < 200.0, "{jumped}");
    }

    #[test]
    fn shrinking_profits_are_worth_less_than_steady_ones_of_the_same_mean() {
        let shrinking: Vec<f64> = (0..12).map(|t| 2.0 - 0.1 * f64::from(t)).collect();
        let mean = shrinking[6..].iter().sum::<f64>() / 6.0;
        assert!(value(0.0, &shrinking, 0.01) < mean / 0.01);
    }
}
