//! The list of levels: what is looked for in it, and files that change while it is looked at.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Action, Desk, Listed, Screen};
use crate::library::{MOST, files_below};
use crate::texts::of_level;
use crate::words;
use walled_gardens_engine::game::seat_of;
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::Kept;
use walled_gardens_engine::strategy;

/// Files that are read on the way to the first frame, and in each frame after it.
const FIRST: usize = 100;
const EACH_FRAME: usize = 4;

impl Desk {
    /// Chooses a level by name or file, and a seat by id; says so where there is none.
    pub fn find(&mut self, name: &str, seats: &[String]) {
        self.chosen = self.levels.iter().position(|listed| listed.name == name).unwrap_or_else(|| {
            // What is neither a file nor shipped is not listed.
            if !Path::new(name).is_file() {
                let found = Level::find(name, &[], &strategy::vocabulary());
                self.message = found.err().map(|error| error.to_string());
                return self.chosen;
            }
            self.levels.push(Listed::file(Path::new(name)));
            self.levels.len() - 1
        });
        self.studies = self.levels.get(self.chosen).is_some_and(Listed::is_study);
        let Some(level) = self.chosen_level() else { return };
        match seats.iter().map(|seat| seat_of(level, seat)).collect::<Result<Vec<_>, _>>() {
            Ok(seats) => {
                self.seat = seats.first().copied().unwrap_or(0);
                self.guests = seats.get(1..).unwrap_or_default().to_vec();
            }
            Err(error) => (self.seat, self.message) = (0, Some(error.to_string())),
        }
        self.refresh_seat();
    }

    /// Lists the levels to play, or those for studies; the first of them is chosen.
    pub(super) fn list_studies(&mut self, studies: bool) {
        self.studies = studies;
        self.search.clear();
        if let Some(first) = (0..self.levels.len()).find(|&place| self.is_shown(place)) {
            self.act(Action::Choose(first));
        }
    }

    /// The newest match that is not over yet, and its file.
    pub fn to_go_on_with(&self) -> Option<&Kept> {
        let open = |kept: &&Kept| {
            kept.found.as_ref().is_ok_and(|found| found.person.is_some() && found.played < found.turns)
        };
        self.kept.iter().filter(open).max_by_key(|kept| kept.written)
    }

    /// Whether a level, by its place, is of those that are listed and has all words that are searched for.
    pub fn is_shown(&self, place: usize) -> bool {
        let Some(listed) = self.levels.get(place) else { return false };
        // Whoever searches, searches everywhere.
        if self.search.trim().is_empty() && listed.is_study() != self.studies {
            return false;
        }
        let level = listed.level.as_ref();
        let level = level.map(|level| {
            let own = format!("{} {} {}", level.title, level.summary, level.tags.join(" "));
            let said = [&level.title, &level.summary].map(|text| of_level(text)).join(" ");
            format!("{own} {said} {}", words::tags(level))
        });
        let text = format!("{} {}", listed.name, level.unwrap_or_default()).to_lowercase();
        self.search.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }

    /// Lists the levels below a folder, sound or not, before those that are listed already. Files that come to lie there later
    /// are listed too.
    pub fn list_folder(&mut self, folder: &Path) {
        self.folder = Some(folder.to_owned());
        self.find_new();
        self.list_some(FIRST);
    }

    /// Finds what has come to lie in the folder since it was looked at.
    fn find_new(&mut self) {
        let Some(folder) = &self.folder else { return };
        let listed: BTreeSet<&str> = self.levels.iter().map(|listed| listed.name.as_str()).collect();
        let mut files = files_below(folder);
        self.unlisted = files.len() > MOST;
        files.truncate(MOST);
        files.retain(|path| !listed.contains(path.display().to_string().as_str()));
        // They are taken from its end.
        files.reverse();
        self.coming = files;
    }

    /// Lists so many of the files that are still to be read at most, each by its name.
    fn list_some(&mut self, most: usize) {
        for path in self.coming.split_off(self.coming.len().saturating_sub(most)).into_iter().rev() {
            let listed = Listed::file(&path);
            let before = |other: &&Listed| other.is_file() && other.name < listed.name;
            let place = self.levels.iter().take_while(before).count();
            self.levels.insert(place, listed);
            // What was chosen stays so.
            self.chosen += usize::from(place <= self.chosen);
        }
    }

    /// Looks at the files of levels again, once a second while levels are chosen.
    pub(super) fn refresh(&mut self, seconds: f32) {
        self.list_some(EACH_FRAME);
        self.unseen += seconds;
        if self.unseen < 1.0 || !matches!(self.screen, Screen::Browser | Screen::Briefing) {
            return;
        }
        self.unseen = 0.0;
        self.levels.iter_mut().for_each(Listed::refresh);
        self.find_new();
        self.refresh_seat();
    }
}
