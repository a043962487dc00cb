//! What a level is checked against besides itself.

use crate::Measurable;

/// Names that a level may use but that this module does not define.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Names of the strategies that can take a seat.
    pub strategies: Vec<&'static str>,
    /// What is wrong with a strategy as written, `name(parameter: value)`, whose name is known.
    pub parameters: fn(&str) -> Result<(), String>,
    /// What can be measured.
    pub metrics: Vec<Measurable>,
    /// Names of what an equilibrium consists of.
    pub equilibrium: Vec<&'static str>,
}

impl Vocabulary {
    pub(super) fn names_of_metrics(&self) -> Vec<&'static str> {
        self.metrics.iter().map(|metric| metric.name).collect()
    }
}
