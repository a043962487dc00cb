//! The people at one machine: what belongs to each of them alone.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::forecast::Forecast;
use super::record::Record;
use super::turn::PlayedTurn;
use crate::strategy::PlatformView;

/// What a person's seat is called in records.
pub const PERSON: &str = "person";
/// Somebody who is not at the machine: all that belongs to that person alone.
pub(super) struct Person {
    pub(super) me: usize,
    pub(super) turns: Vec<Arc<PlayedTurn>>,
    pub(super) record: Record,
    pub(super) draft: Draft,
    /// What was forecast for the plan, once it is made.
    pub(super) forecast: Option<Forecast>,
    /// Whether this month is ended.
    pub(super) ended: bool,
}

/// The same as a file keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedPerson {
    /// Seat, by platform.
    pub me: usize,
    /// What was forecast for each turn.
    pub forecasts: Vec<Option<Forecast>>,
    /// How far off the forecasts were.
    pub record: Record,
    /// The plan.
    pub draft: Draft,
    /// What is forecast for it.
    pub forecast: Option<Forecast>,
    /// Whether this month is ended.
    pub ended: bool,
}

impl Person {
    /// Somebody who has seen nothing yet.
    pub(super) fn new(me: usize) -> Self {
        let (turns, record, draft) = (Vec::new(), Record::default(), Draft::default());
        Self { me, turns, record, draft, forecast: None, ended: false }
    }

    pub(super) fn saved(&self) -> SavedPerson {
        SavedPerson {
            me: self.me,
            forecasts: self.turns.iter().map(|turn| turn.forecast.clone()).collect(),
            record: self.record.clone(),
            draft: self.draft.clone(),
            forecast: self.forecast.clone(),
            ended: self.ended,
        }
    }
}

/// What everybody at the machine saw when the month began, and forecast for it: whoever sits there first, and the others in their order.
pub(super) type Seen = Vec<(PlatformView, Option<Forecast>)>;

/// People who are not at the machine, in the order in which they sit down.
pub(super) type Others = VecDeque<Person>;
