//! Matches kept and taken up again.

use std::path::{Path, PathBuf};

use super::Desk;
use super::tasks::{Lost, Resumed, answer};
use crate::texts::say;
use walled_gardens_engine::play::{Kept, Programme, Save};

impl Desk {
    pub(super) fn load(&mut self, path: PathBuf) {
        self.close_all();
        self.loading = self.start("loading", move || {
            let name = path.display().to_string();
            let save = Save::read(&path).map_err(|error| error.to_string())?;
            if !save.has_person() {
                return Ok(Resumed::Watched(Programme::Recorded(name, Box::new(save))));
            }
            let (session, differs) = save.resume(&name).map_err(|error| error.to_string())?;
            Ok(Resumed::Played(Box::new(session), differs))
        });
    }

    pub(super) fn save(&mut self) {
        let Some(played) = &mut self.played else { return self.tell(say!("nothing-to-save")) };
        let Some(session) = &mut played.session else {
            self.save_due = true;
            return self.tell(say!("saved-once-worked-out"));
        };
        session.draft = played.draft.clone();
        let save = Save::of(session);
        let kept = self.shelf.keep(&save.called(), &save);
        self.tell_of(kept);
    }

    /// Says whether something could be saved: in passing where it was.
    pub(super) fn tell_of(&mut self, kept: std::io::Result<PathBuf>) {
        match kept {
            Ok(path) => {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                self.tell(say!("saved-as", name = name));
            }
            Err(error) => self.message = Some(say!("not-saved", reason = error)),
        }
    }

    /// Looks at what is kept, beside the window: there may be much of it.
    pub fn catalogue(&mut self) {
        let shelf = self.shelf.clone();
        self.cataloguing = self.start("saves", move || shelf.kept());
    }

    /// What is known of a file that is kept.
    pub fn known_of(&self, path: &Path) -> Option<&Kept> {
        self.kept.iter().find(|kept| kept.path == path)
    }

    /// Sees which matches have been read since the last frame.
    pub(super) fn tick_saves(&mut self) {
        if let Some(Ok(kept)) = answer(&mut self.cataloguing) {
            self.kept = kept;
        }
        match answer(&mut self.loading) {
            Some(Ok(Ok(Resumed::Played(session, differs)))) => {
                self.open(*session);
                self.resume_tutorial();
                self.message = differs.map(|turn| say!("save-differs", turn = turn));
            }
            Some(Ok(Ok(Resumed::Watched(programme)))) => self.raise(programme),
            Some(Ok(Err(error))) => self.message = Some(error),
            Some(Err(Lost)) => self.message = Some(say!("task-failed")),
            None => {}
        }
    }
}
