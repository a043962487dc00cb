//! What a level says must come out when it is played. Ids are resolved: indices follow the level's order.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::order::Plan;

/// Something that must come out when a level is played.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// Where the expected numbers are from.
    pub source: String,
    /// Changes to the level, each `path=value`.
    pub change: Vec<String>,
    /// Number of seeds, from 1 on.
    pub seeds: u32,
    /// What is expected of each seed.
    pub expect: Vec<Expectation>,
    /// What is expected of the equilibrium that platforms would reach.
    pub equilibrium: Vec<Expectation>,
    /// Orders that `against` is compared with.
    pub base: Plan,
    /// Orders whose effect is expected.
    pub against: Plan,
    /// What is expected of the effect, over pairs of the same seed.
    pub differences: Vec<Difference>,
}

/// What is measured, where and when.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Measure {
    /// Name of a metric.
    pub metric: String,
    /// Platform; the market when absent.
    pub platform: Option<usize>,
    /// Region; all when absent.
    pub region: Option<usize>,
    /// Category; all when absent.
    pub category: Option<usize>,
    /// Service, by number; none when absent.
    pub service: Option<usize>,
    /// Turn; the last when absent.
    pub turn: Option<u32>,
}

impl Measure {
    /// A metric of the market as a whole, at the last turn.
    pub fn of_market(metric: &str) -> Self {
        let metric = metric.to_owned();
        Self { metric, platform: None, region: None, category: None, service: None, turn: None }
    }

    /// The same of one platform.
    pub fn of_platform(metric: &str, platform: usize) -> Self {
        Self { platform: Some(platform), ..Self::of_market(metric) }
    }

    /// Whether another is the same at some turn or other.
    pub fn is_like(&self, other: &Self) -> bool {
        Self { turn: other.turn, ..self.clone() } == *other
    }
}

/// A number that must come out.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// What is measured.
    pub measure: Measure,
    /// Expected number.
    pub value: f64,
    /// Largest deviation.
    pub tolerance: f64,
}

/// A difference that must come out.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What is measured.
    pub measure: Measure,
    /// How large it must be.
    pub bound: Bound,
    /// Whether it is taken relative to the mean without the orders.
    pub relative: bool,
}

/// How large a difference, or what an objective measures, must be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// At least this; of a difference the mean, and the whole interval above zero.
    AtLeast(f64),
    /// At most this; of a difference the mean, and the whole interval below zero.
    AtMost(f64),
    /// From here to there; of a difference the whole interval.
    Within(f64, f64),
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(least) => write!(f, "≥ {least}"),
            Self::AtMost(most) => write!(f, "≤ {most}"),
            Self::Within(low, high) => write!(f, "{low} to {high}"),
        }
    }
}
