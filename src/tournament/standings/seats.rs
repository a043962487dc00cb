//! How good each seat is.

use std::collections::BTreeMap;

use serde::Serialize;

use super::unranked::LEAST_BLOCKS;
use crate::statistics::Estimate;
use crate::tournament::plan::Tournament;
use crate::tournament::records::Finishes;

/// How much better a seat is than half of all, over everybody who sat in it.
#[derive(Clone, Debug, Serialize)]
pub struct SeatAdvantage {
    /// Level id.
    pub level: String,
    /// Platform id.
    pub seat: String,
    /// Mean score there; the interval holds for all seats of the page together.
    pub score: Estimate,
    /// Whether the interval leaves out one half.
    pub uneven: bool,
}

/// Every seat's mean score by block; a level whose seats are not alike shows here.
pub(super) fn seat_advantages(tournament: &Tournament, finishes: &Finishes) -> Vec<SeatAdvantage> {
    let all: usize = (0..tournament.levels.len()).map(|level| tournament.seats(level)).sum();
    let mut found = Vec::new();
    for (number, prepared) in tournament.levels.iter().enumerate() {
        for (seat, platform) in prepared.level.platforms.iter().enumerate() {
            let mut of_block: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
            for (_, finish) in finishes.range((number, 0, 0)..(number + 1, 0, 0)) {
                let sum = of_block.entry(finish.block).or_default();
                *sum = (sum.0 + finish.score(seat), sum.1 + 1.0);
            }
            let means: Vec<f64> = of_block.values().map(|(sum, count)| sum / count).collect();
            if means.len() < LEAST_BLOCKS {
                continue;
            }
            let score = Estimate::of_many(&means, all);
            found.push(SeatAdvantage {
                level: prepared.level.id.clone(),
                seat: platform.id.clone(),
                score,
                uneven: !score.covers(0.5),
            });
        }
    }
    found
}
