//! Sequential tests, by level.

use serde::Serialize;

use crate::statistics::{Elo, Verdict, elo};
use crate::tournament::plan::Tournament;
use crate::tournament::records::Finishes;
use crate::tournament::schedule::paired_scores;

/// A sequential test on one level.
#[derive(Clone, Debug, Serialize)]
pub struct LevelTest {
    /// Level id.
    pub level: String,
    /// Blocks by score, from all lost to all won.
    pub counts: Vec<f64>,
    /// Log-likelihood ratio of better to not better.
    pub log_ratio: f64,
    /// The ratios at which it ends.
    pub bounds: [f64; 2],
    /// What it says.
    pub verdict: Verdict,
    /// By how much, where that can be said.
    pub elo: Option<Elo>,
}

/// What the test says on each level, where the format is one.
pub(super) fn tests(tournament: &Tournament, finishes: &Finishes) -> Vec<LevelTest> {
    let Some(test) = tournament.plan.format.test() else { return Vec::new() };
    let of_level = |level: usize| {
        let of = finishes.range((level, 0, 0)..(level + 1, 0, 0)).map(|(_, finish)| finish);
        let (counts, rotations) = paired_scores(tournament, level, of);
        let log_ratio = test.log_ratio(&counts, rotations);
        LevelTest {
            level: tournament.levels[level].level.id.clone(),
            log_ratio,
            bounds: test.bounds(),
            verdict: test.verdict(log_ratio),
            elo: elo(&counts),
            counts,
        }
    };
    (0..tournament.levels.len()).map(of_level).collect()
}
