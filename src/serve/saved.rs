//! Matches as saved matches, and back.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::table::{Begun, Table};
use crate::game::{Match, Seat, Setup};
use crate::history::Replay;
use crate::level::Level;
use crate::order::Orders;
use crate::play::Save;
use crate::protocol::Failure;
use crate::strategy::{Notes, vocabulary};

/// A saved match, opened.
pub(super) struct Opened {
    pub(super) level: Level,
    pub(super) save: Save,
}

/// A match as a saved match, in base64. It is played again, for the state after each turn.
///
/// # Errors
/// It cannot be written, which only a lack of memory can cause.
pub(super) fn saved(table: &Table) -> Result<String, Failure> {
    let (Begun { prepared, setup, .. }, orders, notes) = table.copy();
    let turns = setup.turns;
    let mut replay = Replay::new(&prepared.level, &setup);
    let mut game = Match::new(&prepared, setup);
    for turn in orders {
        game.play_by(turn.clone());
        replay.push(turn, game.simulation().state_hash());
    }
    let failed = |what: String| Failure::new("match", format!("cannot be saved: {what}"));
    let save = Save::of_replay("match", replay).map_err(|error| failed(error.to_string()))?;
    let bytes = Save { turns, notes, ..save }.to_bytes().map_err(|error| failed(error.to_string()))?;
    Ok(STANDARD.encode(bytes))
}

/// Opens a saved match.
///
/// # Errors
/// It is none.
pub(super) fn opened(save: &str) -> Result<Opened, Failure> {
    let wrong = |what: String| Failure::new("save", what).expected("what `state` answered");
    let bytes = STANDARD.decode(save).map_err(|error| wrong(format!("no base64: {error}")))?;
    let save = Save::from_bytes("save", &bytes).map_err(|error| wrong(error.to_string()))?;
    let level = Level::from_text("save", &save.replay.level, &vocabulary());
    let level = level.map_err(|error| wrong(error.to_string()))?;
    if save.replay.seats.len() != level.platforms.len() {
        return Err(wrong("the match has other seats than its level".to_owned()));
    }
    Ok(Opened { level, save })
}

impl Opened {
    /// How the match was set up, in these seats, and what was played of it.
    pub(super) fn setup(self, mut setup: Setup, seats: Vec<Seat>) -> (Setup, Vec<Vec<Orders>>, Vec<Notes>) {
        let Save { replay, turns, notes, .. } = self.save;
        let population = &mut setup.population;
        (population.seed, population.consumers, population.merchants) =
            (replay.seed, replay.consumers, replay.merchants);
        population.measure_surplus = false;
        (setup.turns, setup.seats) = (turns, seats);
        (setup, replay.orders, notes)
    }
}
