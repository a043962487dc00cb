//! A tournament's folder. `matches.jsonl` is the source of truth: a line that says which tournament this is, then one record
//! a match, each with its checksum. Records are only ever added; when the tournament is over they are put in order, so that
//! the file is the same however it came about.

mod error;
mod header;
mod index;
mod levels;
mod line;
mod lock;
mod merged;
mod table;

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use atomic_write_file::AtomicWriteFile;

pub use self::error::FolderError;
use self::error::not_there;
use self::header::Header;
use self::index::Index;
pub use self::line::Damaged;
use self::line::{RECORDS, add_line, damaged_line, line};
use self::lock::{lock, lock_records};
pub use self::merged::{Found, Merged};
pub use self::table::TableFile;
use super::plan::{Plan, Tournament};
use super::records::Finish;
use super::records::{Finishes, Place};
use super::run::{Done, Shard};

/// Files that are written whole.
const WRITTEN: [&str; 7] =
    [RECORDS, "standings.csv", "levels.csv", "matches.csv", "turns.csv", "summary.json", "report.html"];
/// How soon after a write records may wait for the next: one for every short match would take as long as a good part of it. What a
/// kill loses is played again.
const WAIT: Duration = Duration::from_millis(100);
/// Where lines go that are not sound.
const DAMAGED: &str = "damaged.txt";

/// A tournament's folder, open for more records.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    header: Header,
    file: File,
    /// Whether records stand in order, and the last of them.
    order: Order,
    /// Lines that are not written yet.
    waiting: Vec<u8>,
    /// When lines were written last.
    written: Instant,
}

/// Whether places come in order, none twice.
#[derive(Debug, Default)]
struct Order {
    broken: bool,
    last: Option<Place>,
}

impl Order {
    fn add(&mut self, place: Place) {
        self.broken |= self.last.is_some_and(|last| last >= place);
        self.last = Some(place);
    }
}

/// A tournament that is gone on with.
pub struct Resumed {
    /// Its folder.
    pub folder: Folder,
    /// Lines that were set aside.
    pub damaged: Damaged,
    /// Records among whose players everybody is who has played.
    pub sample: Finishes,
}

impl Folder {
    /// A new folder.
    ///
    /// # Errors
    /// There is something there already, or it cannot be written.
    pub fn create(path: &Path, tournament: &Tournament, shard: Option<Shard>) -> Result<Self, FolderError> {
        let io = |error| FolderError::Io { path: path.to_owned(), error };
        if path.exists() {
            let taken = |what: &str| FolderError::Taken { path: path.to_owned(), what: what.to_owned() };
            if !path.is_dir() {
                return Err(taken("this is a file; expected a folder"));
            }
            if Self::is_begun(path) {
                return Err(here_already(path));
            }
            // What a beginning that was cut off left is nobody's.
            for entry in fs::read_dir(path).map_err(io)? {
                let name = entry.map_err(io)?.file_name();
                if name != RECORDS && !is_remains(&name.to_string_lossy()) {
                    return Err(taken("the folder is not empty; choose another"));
                }
            }
        }
        fs::create_dir_all(path).map_err(io)?;
        let header = Header::of(tournament, shard);
        let records = path.join(RECORDS);
        let io = |error| FolderError::Io { path: records.clone(), error };
        let mut file = OpenOptions::new().append(true).create(true).open(&records).map_err(io)?;
        lock(&file, path)?;
        // Another program may have been quicker; and a first line that was cut off gives way to a whole one.
        if Self::is_begun(path) {
            return Err(here_already(path));
        }
        clear_remains(path).map_err(io)?;
        file.set_len(0).map_err(io)?;
        file.write_all(&line("tournament", &header).map_err(io)?).map_err(io)?;
        levels::keep(path, tournament).map_err(io)?;
        Ok(Self::open(path, header, file, Order::default()))
    }

    /// Whether a folder holds a tournament that was begun: there is none where a kill, or a full disk, came before the end of its
    /// first line.
    pub fn is_begun(path: &Path) -> bool {
        let mut first = Vec::new();
        let read =
            File::open(path.join(RECORDS)).map(|file| BufReader::new(file).read_until(b'\n', &mut first));
        read.is_ok() && first.ends_with(b"\n")
    }

    /// Whether another program is playing the tournament in a folder now.
    pub fn is_busy(path: &Path) -> bool {
        lock::is_busy(path)
    }

    #[allow(clippy::disallowed_methods, reason = "when a record is written decides nothing of what it says")]
    fn open(path: &Path, header: Header, file: File, order: Order) -> Self {
        Self { path: path.to_owned(), header, file, order, waiting: Vec::new(), written: Instant::now() }
    }

    /// The plan of the tournament that a folder holds.
    ///
    /// # Errors
    /// It holds none, or it cannot be read.
    pub fn plan(path: &Path) -> Result<Plan, FolderError> {
        Ok(Header::read(path)?.plan)
    }

    /// A folder that holds a part of a tournament; what it holds is added to what is `done`. Lines that are not sound are set
    /// aside into a file of their own; their matches are missing then, and will be played again. A tournament with more blocks
    /// than the folder's makes that one longer.
    ///
    /// # Errors
    /// It holds none, or another one, or cannot be read and written.
    pub fn resume(
        path: &Path,
        tournament: &Tournament,
        shard: Option<Shard>,
        done: &mut Done,
    ) -> Result<Resumed, FolderError> {
        let records = path.join(RECORDS);
        let opened = OpenOptions::new().append(true).open(&records);
        let locked = opened.map_err(|error| not_there(path, &records, error))?;
        lock_records(&locked, path)?;
        let io = |error| FolderError::Io { path: path.to_owned(), error };
        clear_remains(path).map_err(io)?;
        let (found, header) = (Header::read(path)?, Header::of(tournament, shard));
        let longer = found.is_made_longer_by(&header, tournament);
        if found != header && !longer {
            let what = found.difference(&header, levels::changed(path, tournament));
            return Err(FolderError::Foreign { path: records, what });
        }
        levels::keep(path, tournament).map_err(io)?;
        let (mut order, mut damaged, mut bad) = (Order::default(), Damaged::new(), Vec::new());
        let (mut sample, mut seen) = (Finishes::new(), BTreeSet::new());
        let ends_whole = index::read(&records, tournament, |line| match line.record {
            Ok((place, finish)) => {
                order.add(place);
                if finish.players.iter().any(|player| !seen.contains(player)) {
                    seen.extend(finish.players.iter().cloned());
                    sample.insert(place, finish.clone());
                }
                done.add(place, finish);
            }
            Err(why) => {
                damaged.push(damaged_line(&records, line.number, &why));
                bad.push(line.text.to_owned());
            }
        })?;
        let mut folder = Self::open(path, header, locked, order);
        if !bad.is_empty() {
            let aside = path.join(DAMAGED);
            let write = || {
                let mut file = OpenOptions::new().append(true).create(true).open(&aside)?;
                bad.iter().try_for_each(|line| writeln!(file, "{line}"))
            };
            write().map_err(|error| FolderError::Io { path: aside.clone(), error })?;
        }
        if !bad.is_empty() || !ends_whole || longer {
            folder.rewrite(tournament)?;
        }
        Ok(Resumed { folder, damaged, sample })
    }

    /// Adds the record of a match of the tournament, which stands at a place. It is written at once, unless another was a moment ago.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&mut self, place: Place, finish: &Finish) -> Result<(), FolderError> {
        let io = |error| FolderError::Io { path: self.path.join(RECORDS), error };
        add_line(&mut self.waiting, "match", finish).map_err(io)?;
        self.order.add(place);
        if self.written.elapsed() < WAIT { Ok(()) } else { self.pour() }
    }

    #[allow(clippy::disallowed_methods, reason = "when a record is written decides nothing of what it says")]
    fn pour(&mut self) -> Result<(), FolderError> {
        let io = |error| FolderError::Io { path: self.path.join(RECORDS), error };
        let written = self.file.write_all(&self.waiting).map_err(io);
        self.waiting.clear();
        self.written = Instant::now();
        written
    }

    /// Puts the records in order, if they are not: whatever happened on the way, the file is the same.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn put_in_order(&mut self, tournament: &Tournament) -> Result<(), FolderError> {
        self.pour()?;
        if self.order.broken { self.rewrite(tournament) } else { Ok(()) }
    }

    /// Tells of each record that it holds, one after another.
    ///
    /// # Errors
    /// They cannot be read; or what is told of them fails.
    pub fn each(
        &mut self,
        tournament: &Tournament,
        mut tell: impl FnMut(Place, Finish) -> Result<(), FolderError>,
    ) -> Result<(), FolderError> {
        self.pour()?;
        let mut told = Ok(());
        index::read(&self.path.join(RECORDS), tournament, |line| {
            if let (Ok(()), Ok((place, finish))) = (&told, line.record) {
                told = tell(place, finish);
            }
        })?;
        told
    }

    /// Takes the records of other folders for its own.
    ///
    /// # Errors
    /// They cannot be read, or it cannot be written.
    pub fn take(&mut self, found: Found) -> Result<(), FolderError> {
        self.replace(found.index)
    }

    fn rewrite(&mut self, tournament: &Tournament) -> Result<(), FolderError> {
        let mut index = Index::default();
        index.add(&self.path.join(RECORDS), tournament, |_| {})?;
        self.replace(index)
    }

    /// Writes the records anew, in order.
    fn replace(&mut self, records: Index) -> Result<(), FolderError> {
        let path = self.path.join(RECORDS);
        let io = |error| FolderError::Io { path: path.clone(), error };
        let file = AtomicWriteFile::open(&path).map_err(io)?;
        let mut file = io::BufWriter::new(file);
        file.write_all(&line("tournament", &self.header).map_err(io)?).map_err(io)?;
        records.copy(&mut file).map_err(io)?;
        let file = file.into_inner().map_err(|error| io(error.into_error()))?;
        // Locked before it has its name, so that nobody who waits for the folder comes between.
        lock(&file, &self.path)?;
        let kept = file.try_clone().map_err(io)?;
        file.commit().map_err(io)?;
        self.file = kept;
        self.order.broken = false;
        Ok(())
    }

    /// Writes a file that can be made again: whole or not at all.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, name: &str, contents: &str) -> Result<(), FolderError> {
        let path = self.path.join(name);
        let write = || {
            let mut file = AtomicWriteFile::open(&path)?;
            file.write_all(contents.as_bytes())?;
            file.commit()
        };
        write().map_err(|error| FolderError::Io { path: path.clone(), error })
    }
}

/// Whatever ended a tournament, what had been played of it is kept.
impl Drop for Folder {
    fn drop(&mut self) {
        // Who wants to know of an error has put the records in order before.
        let _ = self.file.write_all(&self.waiting);
    }
}

fn here_already(folder: &Path) -> FolderError {
    let what =
        "a tournament is here already; `--resume` goes on with it, or choose another folder".to_owned();
    FolderError::Taken { path: folder.to_owned(), what }
}

/// Whether a file is what a write that was cut off left: these are named after the file that they were to become.
fn is_remains(name: &str) -> bool {
    let of = |file: &&str| name.strip_prefix('.').is_some_and(|rest| rest.starts_with(&format!("{file}.")));
    WRITTEN.iter().any(of)
}

/// Removes what writes that were cut off left. Only who has the folder to itself may: another's write may be under way.
fn clear_remains(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_remains(&entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
