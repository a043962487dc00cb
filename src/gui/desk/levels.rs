//! The list of levels: what is looked for in it, and files that change while it is looked at.

use std::path::Path;

use super::{Desk, Listed, Screen};
use crate::game::seat_of;
use crate::gui::library::files_below;
use crate::level::Level;
use crate::strategy;

impl Desk {
    /// Chooses a level by name or file, and a seat by id; says so where there is none.
    pub fn find(&mut self, name: &str, seat: Option<&str>) {
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
        let Some(level) = self.chosen_level() else { return };
        match seat.map_or(Ok(0), |seat| seat_of(level, seat)) {
            Ok(seat) => self.seat = seat,
            Err(error) => (self.seat, self.message) = (0, Some(error.to_string())),
        }
        self.refresh_seat();
    }

    /// Lists the levels below a folder, sound or not, before those that are listed already.
    pub fn list_folder(&mut self, folder: &Path) {
        let files = files_below(folder);
        self.chosen += files.len();
        self.levels.splice(0..0, files.iter().map(|path| Listed::file(path)));
    }

    /// Looks at the files of levels again, once a second while levels are chosen.
    pub(super) fn refresh(&mut self, seconds: f32) {
        self.unseen += seconds;
        if self.unseen < 1.0 || !matches!(self.screen, Screen::Browser | Screen::Briefing) {
            return;
        }
        self.unseen = 0.0;
        self.levels.iter_mut().for_each(Listed::refresh);
        self.refresh_seat();
    }
}
