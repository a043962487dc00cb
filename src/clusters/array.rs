//! What a tournament's parts have in common.

use serde::{Deserialize, Serialize};

/// How a tournament is played in parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Array {
    /// How many.
    pub parts: u32,
    /// Cores of each.
    pub threads: u16,
    /// Where files are that the plan names.
    pub directory: String,
    /// The program, wherever it is called.
    pub program: String,
    /// Options about what bots may take.
    pub limits: Vec<String>,
}
