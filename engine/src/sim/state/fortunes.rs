//! How independent firms have fared.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

/// How each service's firm has fared; of consequence for independent ones.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fortunes(pub Vec<Fortune>);

/// How one firm has fared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fortune {
    /// Months in a row in which it earned money; below 0, in which it lost some.
    pub months: i32,
    /// Yuan that it spent on building last month: an investment, and no loss.
    pub invested: f64,
}

impl Fortune {
    /// A month passes, with its profit before investments.
    pub fn pass(&mut self, profit: f64) {
        self.months = match profit {
            earned if earned > 0.0 => self.months.max(0) + 1,
            lost if lost < 0.0 => self.months.min(0) - 1,
            _ => 0,
        };
    }
}

impl Fortunes {
    /// Nothing has happened yet.
    pub fn none(services: usize) -> Self {
        Self(vec![Fortune::default(); services])
    }
}
