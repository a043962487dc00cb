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
    let moving: f64 = Flow::ALL
        .into_iter()
        .filter(|flow| flow.moves_with_sales())
        .map(|flow| outcome.flow(platform, flow))
        .sum();
    let own = sales_by(outcome, platform, &factors);
    let factor = factor(outcome, platform, &factors);
    Month { profit: profit + moving * (factor - 1.0), sales: own, factor }
}

/// A company's sales had each category's been as many times what they were.
fn sales_by(outcome: &Outcome, platform: usize, factors: &[f64]) -> f64 {
    outcome.sales_by_category(platform).iter().zip(factors).map(|(sales, factor)| sales * factor).sum()
}

/// By how much more it would have sold then; a company without sales of its own lives off all that is sold.
fn factor(outcome: &Outcome, platform: usize, factors: &[f64]) -> f64 {
    let sales = outcome.gmv(platform);
    let (sold, would) = if sales > 0.0 {
        (sales, sales_by(outcome, platform, factors))
    } else {
        let all = outcome.platforms().map(|platform| sales_by(outcome, platform, factors)).sum();
        (outcome.total(), all)
    };
    if sold > 0.0 { would / sold } else { 1.0 }
}

/// The same in a usual month: without what the calendar made of it, so that no December looks like a triumph and no January like a
/// ruin.
pub fn usual_month(level: &Level, outcome: &Outcome, platform: usize) -> Month {
    in_month(level, outcome, platform, 0)
}

/// An outcome as it would have been had people spent so much of what they do in a usual month, by category: sales, and of each company's money
/// what moves with them. Who bought where stays as it was.
pub fn with_spending(outcome: &Outcome, spending: &[f64]) -> Outcome {
    let factors: Vec<f64> = spending.iter().zip(&outcome.spending).map(|(then, now)| then / now).collect();
    let mut moved = outcome.clone();
    if factors.iter().all(|factor| *factor == 1.0) {
        return moved;
    }
    moved.spending = spending.to_vec();
    let [_, categories, platforms] = outcome.sales.shape();
    for (place, sales) in moved.sales.cells_mut().iter_mut().enumerate() {
        *sales *= factors[place / platforms % categories];
    }
    for (place, sales) in moved.offline.cells_mut().iter_mut().enumerate() {
        *sales *= factors[place % categories];
    }
    for platform in outcome.platforms() {
        let factor = factor(outcome, platform, &factors);
        for flow in Flow::ALL.into_iter().filter(|flow| flow.moves_with_sales()) {
            let yuan = &mut moved.flows[platform][flow as usize];
            *yuan = (*yuan as f64 * factor).round() as i128;
        }
        moved.profit[platform] = moved.profit_in_fen(platform) as f64 / 100.0;
        for grid in [&mut moved.payments, &mut moved.parcels, &mut moved.referred] {
            let [_, columns] = grid.shape();
            (0..columns).for_each(|column| grid[[platform, column]] *= factor);
        }
    }
    moved
}
