//! A turn that was played, as whoever sat at the machine saw it.

use std::sync::Arc;

use super::forecast::Forecast;
use super::movement::Movement;
use super::stalls::Streets;
use crate::history::TurnRecord;
use crate::strategy::PlatformView;

/// One turn of a played match.
#[derive(Clone, Debug, PartialEq)]
pub struct PlayedTurn {
    /// Orders, refusals and the outcome.
    pub record: TurnRecord,
    /// What was forecast for the orders given.
    pub forecast: Option<Forecast>,
    /// Who moved.
    pub movement: Movement,
    /// Where merchants list, who came and who went.
    pub streets: Streets,
    /// What the player's CEO saw when deciding.
    pub view: Arc<PlatformView>,
}
