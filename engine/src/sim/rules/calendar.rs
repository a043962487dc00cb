//! A month as it would have been in another month of the calendar.

use crate::level::Level;
use crate::sim::state::flow::Flow;
use crate::sim::state::outcome::Outcome;

/// What a company would have sold and earned in another month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Month {
    /// Yuan.
    pub profit: f64,
    /// Yuan.
    pub sales: f64,
    /// By how much all that moves with sales is larger, as a factor.
    pub factor: f64,
}

/// An outcome's month as that of another turn would have been, by the calendar alone: each category's sales by what people spend
/// on it then and now ([`Level::spending`]), and the part of profit that moves with sales ([`Flow::moves_with_sales`]) by the
/// same factor. A company without sales of its own lives off all that is sold.
pub fn in_month(level: &Level, outcome: &Outcome, platform: usize, turn: u32) -> Month {
    let (profit, sales) = (outcome.profit[platform], outcome.gmv(platform));
    let factors: Vec<f64> = (0..level.categories.len())
        .map(|category| level.spending(category, turn) / outcome.spending[category])
        .collect();
    if factors.iter().all(|factor| *factor == 1.0) {
        return Month { profit, sales, factor: 1.0 };
    }
    let then = |platform: usize| -> f64 {
        outcome.sales_by_category(platform).iter().zip(&factors).map(|(sales, factor)| sales * factor).sum()
    };
    let own = then(platform);
    let (sold, would) =
        if sales > 0.0 { (sales, own) } else { (outcome.total(), outcome.platforms().map(then).sum()) };
    let moving: f64 = Flow::ALL
        .into_iter()
        .filter(|flow| flow.moves_with_sales())
        .map(|flow| outcome.flow(platform, flow))
        .sum();
    let factor = if sold > 0.0 { would / sold } else { 1.0 };
    Month { profit: profit + moving * (factor - 1.0), sales: own, factor }
}

/// The same in a usual month: without what the calendar made of it, so that no December looks like a triumph and no January like a
/// ruin.
pub fn usual_month(level: &Level, outcome: &Outcome, platform: usize) -> Month {
    in_month(level, outcome, platform, 0)
}
