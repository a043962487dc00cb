//! Where saves are kept: a folder, its files, and the last autosaves of every match.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::save::Save;

/// Autosaves kept of one match.
pub const AUTOSAVES: usize = 10;
/// Autosaves kept of all matches, besides the newest of each that is not over.
const ALTOGETHER: usize = 100;
/// How names of saves end.
pub(super) const EXTENSION: &str = "wgsave";
/// How names of replays end.
pub(super) const REPLAY: &str = "replay";
const AUTOMATIC: &str = "autosave-";
/// Bytes of a name at most, as every system takes them, and letters of its level.
const LONGEST: usize = 200;
const LEVEL: usize = 48;

/// A folder of saves.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

/// An autosave, as its name tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Automatic {
    number: u64,
    /// Of which match; one that was kept before names told is known by no more than that.
    of: Option<String>,
    path: PathBuf,
}

impl Automatic {
    fn of(path: &Path) -> Option<Self> {
        let rest = path.file_stem()?.to_str()?.strip_prefix(AUTOMATIC)?;
        let (number, of) = rest.split_once(' ').map_or((rest, None), |(number, of)| (number, Some(of)));
        let of = of.map(|of| of.rsplit(' ').next().unwrap_or(of).to_owned());
        Some(Self { number: number.parse().ok()?, of, path: path.to_owned() })
    }
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

    /// Writes a save under a name; the file appears whole or not at all, in the place of one that is called so.
    ///
    /// # Errors
    /// The disk is full, or the folder cannot be written.
    pub fn write(&self, name: &str, save: &Save) -> std::io::Result<PathBuf> {
        let path = self.path(name);
        write_whole(&path, &save.to_bytes()?)?;
        Ok(path)
    }

    /// Writes a save under a name, which is numbered where it stands on anything but the same months of the same match.
    ///
    /// # Errors
    /// The disk is full, or the folder cannot be written.
    pub fn keep(&self, name: &str, save: &Save) -> std::io::Result<PathBuf> {
        let same = |path: &Path| {
            Save::read(path).is_ok_and(|there| there.number == save.number && there.replay == save.replay)
        };
        let free = |name: &String| {
            let path = self.path(name);
            !path.exists() || same(&path)
        };
        let mut names = (2_u32..).map(|number| format!("{name} ({number})"));
        let name = Some(name.to_owned()).filter(free).or_else(|| names.find(free));
        self.write(&name.unwrap_or_default(), save)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(clean(name, LONGEST)).with_extension(EXTENSION)
    }

    /// Whether a save of this name was made by itself.
    pub fn is_automatic(name: &str) -> bool {
        name.starts_with(AUTOMATIC)
    }

    /// Writes the next autosave of a match. Of every match the last ten are kept; where that comes to more than a hundred, of
    /// those played longest ago only the newest, as long as they are not over.
    ///
    /// # Errors
    /// The disk is full, or the folder cannot be written; what was there is still there.
    pub fn autosave(&self, save: &Save) -> std::io::Result<PathBuf> {
        let there = self.automatic();
        let number = there.last().map_or(1, |last| last.number + 1);
        let path =
            self.write(&format!("{AUTOMATIC}{number:06} {} {:016x}", save.called(), save.number), save)?;
        self.clear();
        Ok(path)
    }

    /// Removes autosaves that are too many.
    fn clear(&self) {
        let mut later: BTreeMap<Option<String>, usize> = BTreeMap::new();
        for (place, Automatic { of, path, .. }) in self.automatic().into_iter().rev().enumerate() {
            let later = later.entry(of).or_default();
            let old =
                place >= ALTOGETHER && (*later > 0 || Save::read(&path).is_ok_and(|save| save.is_over()));
            if *later >= AUTOSAVES || old {
                // One too many does no harm.
                let _ = std::fs::remove_file(path);
            }
            *later += 1;
        }
    }

    /// Every save there is: the latest autosave first, then those with names, then earlier autosaves.
    pub fn list(&self) -> Vec<PathBuf> {
        let automatic: Vec<PathBuf> = self.automatic().into_iter().rev().map(|known| known.path).collect();
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
    fn automatic(&self) -> Vec<Automatic> {
        let mut found: Vec<Automatic> =
            self.files(EXTENSION).iter().filter_map(|path| Automatic::of(path)).collect();
        found.sort();
        found
    }
}

impl Save {
    /// What a save of the match is called: by its level, seat and seed, and how far it has been played.
    pub fn called(&self) -> String {
        let level = self.level_inside("").map_or_else(|_| self.level.clone(), |level| level.id);
        // What tells levels apart stands at the end of their names.
        let length = level.chars().count();
        let level: String = level.chars().skip(length.saturating_sub(LEVEL)).collect();
        let level = clean(&level, 2 * LEVEL);
        format!("{level} {} seed {} month {}", clean(&self.seat, 24), self.replay.seed, self.played())
    }
}

/// A name of a file, of letters that every system takes, and so many bytes of them at most.
fn clean(name: &str, most: usize) -> String {
    let clean = |c: char| if c.is_alphanumeric() || "-_ ()".contains(c) { c } else { '-' };
    let mut room = most;
    let fits = |c: &char| {
        let before = room;
        room = room.saturating_sub(c.len_utf8());
        c.len_utf8() <= before
    };
    name.chars().map(clean).take_while(fits).collect()
}

/// Writes a file that appears whole or not at all; its folder is made.
pub fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(bytes)?;
    file.commit()
}
