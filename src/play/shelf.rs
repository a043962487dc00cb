//! Where saves are kept: a folder, its files, and the last autosaves.

use std::io::Write;
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::save::Save;

/// Autosaves kept.
pub const AUTOSAVES: usize = 10;
/// How names of saves end.
pub(super) const EXTENSION: &str = "wgsave";
/// How names of replays end.
pub(super) const REPLAY: &str = "replay";
const AUTOMATIC: &str = "autosave-";

/// A folder of saves.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    /// The saves of a folder, which is made when the first is written.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a save under a name; the file appears whole or not at all.
    ///
    /// # Errors
    /// The disk is full, or the folder cannot be written.
    pub fn write(&self, name: &str, save: &Save) -> std::io::Result<PathBuf> {
        let clean = |c: char| if c.is_alphanumeric() || "-_ ".contains(c) { c } else { '-' };
        let name: String = name.chars().map(clean).take(80).collect();
        let path = self.folder.join(name).with_extension(EXTENSION);
        write_whole(&path, &save.to_bytes()?)?;
        Ok(path)
    }

    /// Whether a save of this name was made by itself.
    pub fn is_automatic(name: &str) -> bool {
        name.starts_with(AUTOMATIC)
    }

    /// Writes the next autosave and removes those before the last ten.
    ///
    /// # Errors
    /// The disk is full, or the folder cannot be written; what was there is still there.
    pub fn autosave(&self, save: &Save) -> std::io::Result<PathBuf> {
        let mut there = self.automatic();
        let number = there.last().map_or(1, |(number, _)| number + 1);
        let path = self.write(&format!("{AUTOMATIC}{number:06}"), save)?;
        there.push((number, path.clone()));
        let over = there.len().saturating_sub(AUTOSAVES);
        for (_, old) in there.drain(..over) {
            // One too many does no harm.
            let _ = std::fs::remove_file(old);
        }
        Ok(path)
    }

    /// Every save there is: the latest autosave first, then those with names, then earlier autosaves.
    pub fn list(&self) -> Vec<PathBuf> {
        let automatic: Vec<PathBuf> = self.automatic().into_iter().rev().map(|(_, path)| path).collect();
        let mut named: Vec<PathBuf> =
            self.files(EXTENSION).into_iter().filter(|path| !automatic.contains(path)).collect();
        named.sort();
        let mut automatic = automatic.into_iter();
        automatic.next().into_iter().chain(named).chain(automatic).collect()
    }

    /// Replays that lie in the folder, by name.
    pub fn replays(&self) -> Vec<PathBuf> {
        let mut found = self.files(REPLAY);
        found.sort();
        found
    }

    fn files(&self, wanted: &str) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let files = entries.map(|entry| entry.path());
        files.filter(|path| path.extension().is_some_and(|extension| extension == wanted)).collect()
    }

    /// Autosaves by number, the oldest first.
    fn automatic(&self) -> Vec<(u64, PathBuf)> {
        let number = |path: &Path| path.file_stem()?.to_str()?.strip_prefix(AUTOMATIC)?.parse().ok();
        let numbered = self.files(EXTENSION).into_iter().filter_map(|path| Some((number(&path)?, path)));
        let mut found: Vec<(u64, PathBuf)> = numbered.collect();
        found.sort();
        found
    }
}

/// Writes a file that appears whole or not at all; its folder is made.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(bytes)?;
    file.commit()
}
