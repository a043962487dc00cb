//! What a file that was kept is of, for a list of them: nothing of it is played.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::people::PERSON;
use super::shelf::Shelf;
use super::showing::Programme;
use crate::level::Level;

/// A save or a replay.
pub struct Kept {
    /// The file.
    pub path: PathBuf,
    /// When it was written, where the system tells.
    pub written: Option<SystemTime>,
    /// What it is of, or why it does not read.
    pub found: Result<KeptMatch, String>,
}

/// The match that a file is of.
pub struct KeptMatch {
    /// The level.
    pub level: Level,
    /// The platform that a person runs; nobody's where strategies alone play.
    pub person: Option<usize>,
    /// Turns played.
    pub played: u32,
    /// Turns of the match.
    pub turns: u32,
}

impl Kept {
    /// Looks at a file.
    pub fn read(path: &Path) -> Self {
        let written = std::fs::metadata(path).and_then(|facts| facts.modified()).ok();
        Self { path: path.to_owned(), written, found: KeptMatch::read(path) }
    }
}

impl KeptMatch {
    fn read(path: &Path) -> Result<Self, String> {
        let name = path.display().to_string();
        let read = Programme::read(path).map_err(|error| error.to_string())?;
        let Programme::Recorded(_, save) = read else { return Err(name) };
        let level = save.level_inside(&name).map_err(|error| error.to_string())?;
        // Of several people whoever sat at the machine.
        let sat = |seat: &usize| level.platforms.get(*seat).is_some_and(|known| known.id == save.seat);
        let people = || (0..save.replay.seats.len()).filter(|&seat| save.replay.seats[seat] == PERSON);
        let person = people().find(sat).or_else(|| people().next());
        Ok(Self { level, person, played: save.played() as u32, turns: save.turns })
    }
}

impl Shelf {
    /// What every save and replay of the folder is of. It reads all of them.
    pub fn kept(&self) -> Vec<Kept> {
        self.list().iter().chain(&self.replays()).map(|path| Kept::read(path)).collect()
    }
}
