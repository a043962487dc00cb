//! What a seat is to reach, and how a newcomer is led through a first game.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reference::{Bound, Measure};

/// Screens and tabs of the window that a step of a tutorial may wait for.
pub const PLACES: [&str; 10] =
    ["briefing", "play", "prices", "invest", "links", "deals", "rivals", "ledger", "report", "end"];
/// Most objectives of one seat: they stand in one list.
pub const MAX_OBJECTIVES: usize = 6;

/// Something that a seat is to reach.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Objective {
    /// Whose it is, by platform.
    pub seat: usize,
    /// What it is called.
    pub title: String,
    /// What is measured; its turn is the deadline.
    pub measure: Measure,
    /// How large it must be.
    pub bound: Bound,
    /// When it must be so: as stated, or at the end of a match that is shorter.
    pub deadline: Deadline,
    /// When it must be so in a match that is long enough.
    pub stated: Deadline,
}

impl Objective {
    /// Sets the deadline for a match of so many turns: what is due later is due at its end.
    pub fn due_within(&mut self, turns: u32) {
        self.deadline = match self.stated {
            Deadline::By(turn) => Deadline::By(turn.min(turns)),
            Deadline::At(turn) => Deadline::At(turn.min(turns)),
        };
        self.measure.turn = Some(self.deadline.turn());
    }
}

/// When an objective must be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// After any turn up to this one: what has been reached stays reached.
    By(u32),
    /// After just this turn.
    At(u32),
}

impl Deadline {
    /// The last turn that counts.
    pub fn turn(self) -> u32 {
        match self {
            Self::By(turn) | Self::At(turn) => turn,
        }
    }
}

/// A step of a tutorial.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename = "tutorial step")]
pub struct Step {
    /// What the player is told.
    pub text: String,
    /// Label of the control that it is about.
    #[serde(default)]
    pub highlight: Option<String>,
    /// What completes it.
    pub until: Until,
}

/// What completes a step of a tutorial.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Until {
    /// The player has read it.
    Next,
    /// A place of [`PLACES`] is open.
    Open(String),
    /// An order of this kind is in the plan, or was given.
    Order(String),
    /// The same, with an amount in a range: what is told to be about this much should be about this much.
    Amount {
        /// Kind of order.
        order: String,
        /// Least amount.
        from: f64,
        /// Most.
        to: f64,
    },
    /// So many turns are played.
    Turns(u32),
}
