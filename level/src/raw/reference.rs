//! What a level says must come out, as it is written.

use serde::Deserialize;

use crate::order::TurnOrders;

/// Something that must come out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "reference case")]
pub struct RawCase {
    /// What it shows.
    pub name: String,
    /// Where the expected numbers are from.
    #[serde(default)]
    pub source: String,
    /// Changes to the level for this case, each `path=value` as on the command line.
    #[serde(default)]
    pub change: Vec<String>,
    /// Number of seeds, from 1 on; each must come out.
    #[serde(default = "ten")]
    pub seeds: u32,
    /// What is expected of each seed when the level is played.
    #[serde(default)]
    pub expect: Vec<RawExpectation>,
    /// What is expected of the equilibrium that `equilibrium` finds; each of these must be so in every one it finds.
    #[serde(default)]
    pub equilibrium: Vec<RawExpectation>,
    /// Orders that `against` is compared with; what names nobody is by the level's first platform.
    #[serde(default)]
    pub base: Vec<TurnOrders>,
    /// Orders whose effect is expected.
    #[serde(default)]
    pub against: Option<Vec<TurnOrders>>,
    /// What is expected of the differences, `against` less `base`, over pairs of the same seed.
    #[serde(default)]
    pub differences: Vec<RawDifference>,
}

/// A difference that must come out: one of `at_least`, `at_most` and `within`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "difference")]
pub struct RawDifference {
    /// Name of a metric.
    pub metric: String,
    /// Id of the platform it is taken of; the market when absent.
    pub of: Option<String>,
    /// Region id; all when absent.
    pub region: Option<String>,
    /// Category id; all when absent.
    pub category: Option<String>,
    /// Service id; none when absent.
    pub service: Option<String>,
    /// Turn it is taken at; the last when absent.
    pub turn: Option<u32>,
    /// The mean is at least this, above zero, and the whole interval is above zero.
    pub at_least: Option<f64>,
    /// The mean is at most this, below zero, and the whole interval is below zero.
    pub at_most: Option<f64>,
    /// The whole interval lies between these.
    pub within: Option<(f64, f64)>,
    /// Whether the difference is taken relative to the mean of `base`.
    #[serde(default)]
    pub relative: bool,
}

/// A number that must come out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "expectation")]
pub struct RawExpectation {
    /// Name of a metric.
    pub metric: String,
    /// Id of the platform it is taken of; the market when absent.
    pub of: Option<String>,
    /// Region id; all when absent.
    pub region: Option<String>,
    /// Category id; all when absent.
    pub category: Option<String>,
    /// Service id; none when absent.
    pub service: Option<String>,
    /// Turn it is taken at; the last when absent.
    pub turn: Option<u32>,
    /// Expected number.
    pub value: f64,
    /// Largest deviation, for each seed.
    pub tolerance: f64,
}

fn ten() -> u32 {
    10
}
