//! The levels of the browser: those that come with the program and those in the user's folder, which are read again when their
//! files change. A file that breaks keeps its last sound level, and says what is wrong with it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use walled_gardens_engine::level::{Level, Shipped, read_text};
use walled_gardens_engine::strategy;

/// Files of one folder that are listed at most.
pub const MOST: usize = 5_000;

/// A level of the browser.
pub struct Listed {
    /// Name: of a shipped level, or the path of a file.
    pub name: String,
    /// The level as it was last sound, or what is wrong with it where it never was.
    pub level: Result<Arc<Level>, String>,
    /// What is wrong with its file now, where the level is of an earlier version of it.
    pub broken: Option<String>,
    /// The file, and when it was written.
    file: Option<(PathBuf, Option<SystemTime>)>,
}

impl Listed {
    /// A level that comes with the program.
    pub fn shipped(shipped: Shipped) -> Self {
        let level = Level::from_text(shipped.name, shipped.text, &strategy::vocabulary());
        let level = level.map(Arc::new).map_err(|error| error.to_string());
        Self { name: shipped.name.to_owned(), level, broken: None, file: None }
    }

    /// A level that was drawn: it lies in no file.
    pub fn drawn(level: Arc<Level>) -> Self {
        Self { name: level.id.clone(), level: Ok(level), broken: None, file: None }
    }

    /// A level in a file.
    pub fn file(path: &Path) -> Self {
        let file = Some((path.to_owned(), written(path)));
        Self { name: path.display().to_string(), level: read(path), broken: None, file }
    }

    /// Whether it is for studies: it says what theory expects of it. What does not read may be anything.
    pub fn is_study(&self) -> bool {
        self.level.as_ref().is_ok_and(|level| !level.reference.is_empty())
    }

    /// Whether it is in a file of the user's.
    pub fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// Reads the file again if it has changed.
    pub fn refresh(&mut self) {
        let Some((path, before)) = &mut self.file else { return };
        let now = written(path);
        if now == *before {
            return;
        }
        *before = now;
        match (read(path), &self.level) {
            (Err(error), Ok(_)) => self.broken = Some(error),
            (read, _) => (self.level, self.broken) = (read, None),
        }
    }
}

/// The level files below a folder, by name; none where there is no such folder. One more than are listed says that there are more.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            // A link could lead round in a circle.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(_) if path.extension().is_some_and(|extension| extension == "ron") => found.push(path),
                _ => {}
            }
        }
        if found.len() > MOST {
            break;
        }
    }
    found.sort();
    found.truncate(MOST + 1);
    found
}

fn read(path: &Path) -> Result<Arc<Level>, String> {
    let text = read_text(path).map_err(|error| error.to_string())?;
    let level = Level::from_text(&path.display().to_string(), &text, &strategy::vocabulary());
    level.map(Arc::new).map_err(|error| error.to_string())
}

fn written(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|facts| facts.modified()).ok()
}
