//! The names that levels may use.

use super::contender::strategy;
use super::registry::STRATEGIES;
use crate::equilibrium::MEASURES;
use crate::level::Vocabulary;
use crate::sim::metrics::{METRICS, Metric};

/// The names a level may use.
pub fn vocabulary() -> Vocabulary {
    Vocabulary {
        strategies: STRATEGIES.iter().map(|strategy| strategy.name()).collect(),
        parameters: |text| strategy(text).map(drop).map_err(|error| error.to_string()),
        metrics: METRICS.iter().map(Metric::measurable).collect(),
        equilibrium: MEASURES.to_vec(),
    }
}
