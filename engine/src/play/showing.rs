//! A match that is watched: its recorded orders are played again, or strategies play on, on a thread of its own that tells
//! of each turn as it comes. What is shown are the simulation's own states, of any turn told so far.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::position::Position;
use super::save::{Save, SaveError};
use super::session::Session;
use super::shelf::{EXTENSION as SAVE, REPLAY};
use super::task::Task;
use super::turn::PlayedTurn;
use crate::history::{Replay, ReplayError};
use crate::level::Level;
use crate::sim::Orders;
use crate::strategy::{Notes, PlatformView};

/// Bytes by which a file says what it is.
const MAGIC: u64 = 8;

/// What is to be watched.
pub enum Programme {
    /// A match that was saved: the name of its file, and the save. What strategies alone began they play to the end.
    Recorded(String, Box<Save>),
    /// The match in a file, as [`read`](Self::read) has it.
    File(PathBuf),
    /// A match between strategies, by platform; the level's seed unless another is given.
    Between(Arc<Level>, Vec<String>, Option<u64>),
}

/// Why a file cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum ProgrammeError {
    /// What is wrong with the save.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// What is wrong with the replay.
    #[error(transparent)]
    Replay(#[from] ReplayError),
}

impl Programme {
    /// Whether a file is a match to be watched, or is called like one.
    pub fn is_one(path: &Path) -> bool {
        let called = path.extension().is_some_and(|extension| extension == SAVE || extension == REPLAY);
        // Opening a pipe would wait for somebody to write into it.
        let file = || path.is_file().then(|| File::open(path).ok()).flatten();
        let mut bytes = Vec::new();
        called
            || file().is_some_and(|file| file.take(MAGIC).read_to_end(&mut bytes).is_ok())
                && (Save::is_one(&bytes) || Replay::is_one(&bytes))
    }

    /// The match in a file: a save, or a replay that `run` wrote.
    ///
    /// # Errors
    /// It is neither, or is damaged.
    pub fn read(path: &Path) -> Result<Self, ProgrammeError> {
        let name = path.display().to_string();
        let save = match Save::read(path) {
            Err(SaveError::Foreign(file)) => match Replay::read(path) {
                Err(ReplayError::Foreign(_)) => return Err(SaveError::Foreign(file).into()),
                read => Save::of_replay(&name, read?)?,
            },
            read => read?,
        };
        Ok(Self::Recorded(name, Box::new(save)))
    }

    /// The thread that plays it.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub fn start(self) -> std::io::Result<Task<Told>> {
        Task::telling("showing", |tell| {
            if let Err(error) = self.play(tell) {
                tell(Told::Refused(error));
            }
        })
    }

    fn play(self, tell: &dyn Fn(Told) -> bool) -> Result<(), String> {
        let (mut session, last, recorded, notes) = match self {
            Self::File(path) => return Self::read(&path).map_err(|error| error.to_string())?.play(tell),
            Self::Recorded(name, save) => {
                let last = if save.has_person() { save.played() as u32 } else { save.turns };
                let (session, recorded) = save.begin(&name).map_err(|error| error.to_string())?;
                (session, last, recorded.turns, recorded.notes)
            }
            Self::Between(level, strategies, seed) => {
                let session =
                    Session::between(&level, &strategies, seed).map_err(|error| error.to_string())?;
                let last = session.setup().turns;
                (session, last, Vec::new(), Vec::new())
            }
        };
        if !tell(Told::Opened(Box::new(Showing::new(&session, last)))) {
            return Ok(());
        }
        for (orders, hash, forecast) in recorded {
            let same = session.repeat(orders, hash, forecast);
            if !tell(Told::Turn(Box::new(ShownTurn::last_of(&session, same)))) {
                return Ok(());
            }
        }
        session.remember(notes);
        while session.turns().len() < last as usize {
            session.end_turn(None);
            if !tell(Told::Turn(Box::new(ShownTurn::last_of(&session, true)))) {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// What the thread tells: first that the market opened, then of each turn; or why it cannot.
pub enum Told {
    /// Before the first turn.
    Opened(Box<Showing>),
    /// Another turn.
    Turn(Box<ShownTurn>),
    /// The match cannot be had.
    Refused(String),
}

/// A turn, with what a save of the match needs.
pub struct ShownTurn {
    turn: Arc<PlayedTurn>,
    view: Arc<PlatformView>,
    hash: [u8; 32],
    notes: Vec<Notes>,
    same: bool,
}

impl ShownTurn {
    fn last_of(session: &Session, same: bool) -> Self {
        let turns = session.turns();
        Self {
            turn: Arc::clone(&turns[turns.len() - 1]),
            view: Arc::new(session.view()),
            hash: session.replay().hashes.last().copied().unwrap_or_default(),
            notes: session.game.notes().to_vec(),
            same,
        }
    }
}

/// A match as far as it has been told of, and the turn of it that is shown.
pub struct Showing {
    whole: Position,
    shown: Position,
    save: Save,
    last: u32,
    differs: Option<u32>,
}

impl Showing {
    fn new(session: &Session, last: u32) -> Self {
        let whole = session.position();
        Self { shown: whole.clone(), whole, save: Save::of(session), last, differs: None }
    }

    /// Takes a turn in.
    pub fn add(&mut self, told: ShownTurn) {
        let ShownTurn { turn, view, hash, notes, same } = told;
        self.save.replay.orders.push(turn.record.orders.clone());
        self.save.replay.hashes.push(hash);
        self.save.forecasts.push(turn.forecast.clone());
        self.save.notes = notes;
        self.whole.turns.push(turn);
        self.whole.view = view;
        if !same && self.differs.is_none() {
            self.differs = Some(self.known());
        }
    }

    /// Shows the state after a turn; after the last one that is known where that one is not.
    pub fn show(&mut self, turn: u32) {
        let turn = turn.min(self.known());
        if turn != self.turn() {
            self.shown = self.whole.at(turn);
        }
    }

    /// As it stood after the turn shown.
    pub fn position(&self) -> &Position {
        &self.shown
    }

    /// The turn shown; 0 is the opening.
    pub fn turn(&self) -> u32 {
        self.shown.played()
    }

    /// The last turn that is known.
    pub fn known(&self) -> u32 {
        self.whole.played()
    }

    /// The last turn that there will be.
    pub fn last(&self) -> u32 {
        self.last
    }

    /// What every company ordered in the turn shown, by platform; nothing at the opening.
    pub fn orders(&self) -> Option<&[Orders]> {
        self.shown.turns.last().map(|turn| turn.record.orders.as_slice())
    }

    /// The first turn that came out differently from what was recorded, if the rules have changed since.
    pub fn differs(&self) -> Option<u32> {
        self.differs
    }

    /// The match as far as it is known, to be kept.
    pub fn save(&self) -> &Save {
        &self.save
    }
}
