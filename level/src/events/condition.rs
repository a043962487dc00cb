//! When an event happens.

use crate::reference::{Bound, Measure};
use schemars::JsonSchema;
use serde::Serialize;

/// What must hold after a turn.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub enum Condition {
    /// All of these.
    All(Vec<Condition>),
    /// One of these or several.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// It is just this turn, or a later one.
    Turn(u32),
    /// The number of the turn can be divided by this.
    Every(u32),
    /// A metric is so large.
    Metric(Measure, Bound),
    /// A metric has risen, or fallen.
    Rising(Rising),
    /// A flag is set.
    Flag(usize),
    /// Two companies have an agreement; one that opens a service, where one is named.
    Agreement {
        /// Platforms.
        between: [usize; 2],
        /// Service.
        service: Option<usize>,
    },
    /// An event has happened; with a choice, somebody has chosen that.
    Happened {
        /// Event.
        event: usize,
        /// Place of the choice.
        choice: Option<usize>,
    },
}

/// A metric that moves.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Rising {
    /// What is measured.
    pub measure: Measure,
    /// Months that it is compared over.
    pub over: u32,
    /// By how much it has risen at least; by how much it has fallen, below 0.
    pub by: f64,
    /// Number among all the level's conditions of the kind: what it was is remembered by that.
    pub number: usize,
}

impl Condition {
    /// All conditions that it is made of, itself included.
    pub fn parts(&self) -> Vec<&Self> {
        let mut parts = vec![self];
        match self {
            Self::All(list) | Self::Any(list) => parts.extend(list.iter().flat_map(Self::parts)),
            Self::Not(one) => parts.extend(one.parts()),
            _ => {}
        }
        parts
    }
}
