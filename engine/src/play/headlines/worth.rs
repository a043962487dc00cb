//! What companies are worth, what they pay out, and what their borrowers owe.

use super::month::Month;
use super::story::Story;
use crate::sim::state::outcome::ratio;

/// A part of what a company is worth by which that moved, from which on it is told.
const MOVED: f64 = 0.05;
/// A part of loans that default more than the month before.
const DEFAULTS: f64 = 0.01;
/// Months before which nobody can tell what a company is worth.
const MONTHS: u32 = 2;

/// What the market makes of companies.
pub(super) fn stories(month: &Month) -> Vec<Story> {
    let (before, now) = (month.before, month.now);
    let mut told = Vec::new();
    if before.turn >= MONTHS {
        for of in (0..month.level().platforms.len()).filter(|&platform| month.position.is_here(platform)) {
            let (from, to) = (before.market_value[of], now.market_value[of]);
            let moved = from > 0.0 && (to - from).abs() >= MOVED * from;
            told.extend(moved.then_some(Story::Worth { of, from, to }));
        }
        told.extend(worth_most(month));
    }
    for by in month.others() {
        let (from, to) = (month.seen.public.capital.dividend[by], month.view.public.capital.dividend[by]);
        told.extend((from != to).then_some(Story::Dividend { by, from, to }));
    }
    for (of, (was, is)) in before.loans.iter().zip(&now.loans).enumerate() {
        let (from, to) = (ratio(was.defaulted, was.due), ratio(is.defaulted, is.due));
        let owed = is.owed;
        told.extend(((to - from).abs() >= DEFAULTS).then_some(Story::Defaults { of, from, to, owed }));
    }
    told
}

fn worth_most(month: &Month) -> Option<Story> {
    let first = |values: &[f64]| (0..values.len()).max_by(|&a, &b| values[a].total_cmp(&values[b]));
    let (from, by) = (first(&month.before.market_value)?, first(&month.now.market_value)?);
    (from != by).then_some(Story::WorthMost { by, from })
}
