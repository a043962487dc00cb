//! What the player's own numbers did: records, a profit that turned, the forecast that was missed most.

use super::month::Month;
use super::story::Story;
use crate::play::figure::Figure;
use crate::play::report::{Line, report};

/// Part of what a record was by which it is broken at the least: what is written alike is none.
const TOLD: f64 = 0.005;
/// Months before which nothing is a record.
const MONTHS: usize = 3;

/// Records, a profit that turned, and the worst missed forecast.
pub(super) fn stories(month: &Month) -> Vec<Story> {
    let Some(me) = month.me.filter(|&me| month.seen.level.platforms[me].here) else { return Vec::new() };
    let figures = Figure::of(month.level(), me).iter();
    // Share has its own marks.
    let mut told: Vec<Story> = figures
        .filter(|figure| **figure != Figure::Share)
        .filter_map(|&figure| record(month, me, figure))
        .collect();
    told.extend(turned(month, me));
    told.extend(missed(month, me));
    told
}

/// A number that was never so high or so low. One that goes on rising is told when it begins to.
fn record(month: &Month, me: usize, figure: Figure) -> Option<Story> {
    let outcomes = month.outcomes();
    // The opening is no month.
    let months: Vec<f64> = outcomes.iter().skip(1).map(|outcome| figure.read(outcome, me).total).collect();
    let (&is, before) = months.split_last().filter(|(_, before)| before.len() >= MONTHS)?;
    let last = *before.last()?;
    let most = before.iter().copied().fold(f64::MIN, f64::max);
    let least = before.iter().copied().fold(f64::MAX, f64::min);
    let told = |was: f64| (is - was).abs() >= TOLD * was.abs();
    if is > most && last < most && told(most) {
        Some(Story::Record { figure, high: true, was: most, is })
    } else if is < least && last > least && told(least) {
        Some(Story::Record { figure, high: false, was: least, is })
    } else {
        None
    }
}

fn turned(month: &Month, me: usize) -> Option<Story> {
    let (before, profit) = (month.before.profit[me], month.now.profit[me]);
    let turned = month.before.turn > 0 && (before < 0.0) != (profit < 0.0);
    turned.then_some(Story::Earns { profit })
}

/// Of all that came outside its band, what did by most of the band's width.
fn missed(month: &Month, me: usize) -> Option<Story> {
    let report = report(&month.position.turns, me)?;
    let beyond = |line: &Line| {
        let half = 0.5 * (line.band.high - line.band.low);
        (line.found.total - line.band.middle).abs() / half.max(f64::MIN_POSITIVE)
    };
    let outside = report.lines.iter().filter(|line| !line.band.covers(line.found.total));
    let worst = outside.max_by(|one, other| beyond(one).total_cmp(&beyond(other)))?;
    Some(Story::Missed {
        figure: worst.figure,
        expected: worst.band.middle,
        found: worst.found.total,
        mostly: worst.reason().map(|part| part.label),
    })
}
