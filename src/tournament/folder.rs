//! A tournament's folder. `matches.jsonl` is the source of truth: a line that says which tournament this is, then one record
//! a match, each with its checksum. Records are only ever added; when the tournament is over they are put in order, so that
//! the file is the same however it came about.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use atomic_write_file::AtomicWriteFile;
use serde::{Deserialize, Serialize};

use super::matches::Finish;
use super::plan::{Format, Plan, Tournament};
use super::run::{Finishes, Place, Shard, place_of};

/// The file of records.
const RECORDS: &str = "matches.jsonl";
/// Files that are written whole.
const WRITTEN: [&str; 7] =
    [RECORDS, "standings.csv", "levels.csv", "matches.csv", "turns.csv", "summary.json", "report.html"];
/// How soon after a write records may wait for the next: one for every short match would take as long as a good part of it. What a
/// kill loses is played again.
const WAIT: Duration = Duration::from_millis(100);
/// Where lines go that are not sound.
const DAMAGED: &str = "damaged.txt";
const FORMAT: u32 = 1;
/// What a line begins with.
const SUM_FOLLOWS: &str = "{\"sum\":\"";
/// Length of a checksum.
const SUM: usize = 16;

/// Which tournament a folder holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Header {
    format: u32,
    identity: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shard: Option<(u32, u32)>,
    plan: Plan,
}

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file or folder cannot be read or written.
    #[error("{}: {error}", .path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// The system's reason.
        error: io::Error,
    },
    /// There is something in it already.
    #[error("{}: {what}", .path.display())]
    Taken {
        /// The folder.
        path: PathBuf,
        /// What, and what to do.
        what: String,
    },
    /// It is not a tournament's.
    #[error("{}: {what}", .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// Why not.
        what: String,
    },
    /// Somebody else is at it.
    #[error("{}: another program is playing this tournament", .0.display())]
    Busy(PathBuf),
}

/// A tournament's folder, open for more records.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    header: Header,
    file: File,
    /// Places in the order of the file.
    order: Vec<Place>,
    /// Lines that are not written yet.
    waiting: Vec<u8>,
    /// When lines were written last.
    written: Instant,
}

/// Lines that are not records of this tournament: `file:line: why`.
pub type Damaged = Vec<String>;

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
        Ok(Self::open(path, header, file, Vec::new()))
    }

    /// Whether a folder holds a tournament that was begun: there is none where a kill, or a full disk, came before the end of its
    /// first line.
    pub fn is_begun(path: &Path) -> bool {
        let mut first = Vec::new();
        let read =
            File::open(path.join(RECORDS)).map(|file| BufReader::new(file).read_until(b'\n', &mut first));
        read.is_ok() && first.ends_with(b"\n")
    }

    #[allow(clippy::disallowed_methods, reason = "when a record is written decides nothing of what it says")]
    fn open(path: &Path, header: Header, file: File, order: Vec<Place>) -> Self {
        Self { path: path.to_owned(), header, file, order, waiting: Vec::new(), written: Instant::now() }
    }

    /// The plan of the tournament that a folder holds.
    ///
    /// # Errors
    /// It holds none, or it cannot be read.
    pub fn plan(path: &Path) -> Result<Plan, FolderError> {
        let records = path.join(RECORDS);
        let file = File::open(&records).map_err(|error| not_there(path, &records, error))?;
        let mut first = String::new();
        let read = BufReader::new(file).read_line(&mut first);
        read.map_err(|error| FolderError::Io { path: records.clone(), error })?;
        Ok(Header::read(&records, first.trim_end())?.plan)
    }

    /// A folder that holds a part of a tournament, with what it holds. Lines that are not sound are set aside into a file of
    /// their own; their matches are missing then, and will be played again. A tournament with more blocks than the folder's
    /// makes that one longer.
    ///
    /// # Errors
    /// It holds none, or another one, or cannot be read and written.
    pub fn resume(
        path: &Path,
        tournament: &Tournament,
        shard: Option<Shard>,
    ) -> Result<(Self, Finishes, Damaged), FolderError> {
        let records = path.join(RECORDS);
        let opened = OpenOptions::new().append(true).open(&records);
        let locked = opened.map_err(|error| not_there(path, &records, error))?;
        lock(&locked, path)?;
        clear_remains(path).map_err(|error| FolderError::Io { path: path.to_owned(), error })?;
        let Records { header: found, lines, ends_whole } = read(&records)?;
        let header = Header::of(tournament, shard);
        let longer = found.is_made_longer_by(&header, tournament);
        if found != header && !longer {
            let what = found.difference(&header);
            return Err(FolderError::Foreign { path: records, what });
        }
        let (finishes, order, damaged, bad) = sorted_out(tournament, &records, &lines);
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
            folder.rewrite(&finishes)?;
        }
        Ok((folder, finishes, damaged))
    }

    /// Adds the record of a match of the tournament, which stands at a place. It is written at once, unless another was a moment ago.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&mut self, place: Place, finish: &Finish) -> Result<(), FolderError> {
        let io = |error| FolderError::Io { path: self.path.join(RECORDS), error };
        add_line(&mut self.waiting, "match", finish).map_err(io)?;
        self.order.push(place);
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
    pub fn put_in_order(&mut self, finishes: &Finishes) -> Result<(), FolderError> {
        if self.order.iter().eq(finishes.keys()) { self.pour() } else { self.rewrite(finishes) }
    }

    fn rewrite(&mut self, finishes: &Finishes) -> Result<(), FolderError> {
        let records = self.path.join(RECORDS);
        let io = |error| FolderError::Io { path: records.clone(), error };
        let mut file = AtomicWriteFile::open(&records).map_err(io)?;
        let header = line("tournament", &self.header).map_err(io)?;
        file.write_all(&header).map_err(io)?;
        for finish in finishes.values() {
            file.write_all(&line("match", finish).map_err(io)?).map_err(io)?;
        }
        file.commit().map_err(io)?;
        self.file = OpenOptions::new().append(true).open(&records).map_err(io)?;
        lock(&self.file, &self.path)?;
        self.order = finishes.keys().copied().collect();
        self.waiting.clear();
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

/// The parts of a tournament, put together.
pub struct Merged {
    /// The plan of all parts.
    pub plan: Plan,
    /// Sound lines of all parts, with where they are from.
    lines: Vec<(PathBuf, Vec<(usize, String)>)>,
    identity: String,
}

impl Merged {
    /// Reads parts.
    ///
    /// # Errors
    /// One cannot be read, or they are of different tournaments.
    pub fn read(folders: &[PathBuf]) -> Result<Self, FolderError> {
        let mut merged: Option<Self> = None;
        for folder in folders {
            let records = folder.join(RECORDS);
            let Records { header, lines, .. } = read(&records)?;
            match &mut merged {
                None => {
                    let lines = vec![(records, lines)];
                    merged = Some(Self { plan: header.plan, lines, identity: header.identity });
                }
                Some(known) if known.identity == header.identity => known.lines.push((records, lines)),
                Some(_) => {
                    let what = format!("this is a part of another tournament than {}", folders[0].display());
                    return Err(FolderError::Foreign { path: records, what });
                }
            }
        }
        merged.ok_or_else(|| FolderError::Foreign { path: PathBuf::new(), what: "no folders".to_owned() })
    }

    /// The records of all parts, and the lines that are none.
    ///
    /// # Errors
    /// The program is not the one that played: levels read differently, so that matches cannot be told to belong.
    pub fn finishes(&self, tournament: &Tournament) -> Result<(Finishes, Damaged), FolderError> {
        let (mut all, mut damaged) = (BTreeMap::new(), Damaged::new());
        for (records, lines) in &self.lines {
            if tournament.identity() != self.identity {
                let what =
                    "played by another version of the program, or on levels that have changed".to_owned();
                return Err(FolderError::Foreign { path: records.clone(), what });
            }
            let (finishes, _, wrong, _) = sorted_out(tournament, records, lines);
            all.extend(finishes);
            damaged.extend(wrong);
        }
        Ok((all, damaged))
    }
}

impl Header {
    fn of(tournament: &Tournament, shard: Option<Shard>) -> Self {
        Self {
            format: FORMAT,
            identity: tournament.identity(),
            shard: shard.map(|shard| (shard.index, shard.of)),
            plan: tournament.plan.clone(),
        }
    }

    /// The header of a file of records, from its first line.
    fn read(records: &Path, line: &str) -> Result<Self, FolderError> {
        let foreign = |what: String| FolderError::Foreign { path: records.to_owned(), what };
        let text = contents("tournament", line)
            .map_err(|why| foreign(format!("its first line says no tournament: {why}")))?;
        serde_json::from_str(text)
            .map_err(|error| foreign(format!("its first line is of another version: {error}")))
    }

    /// Whether what is to be played begins with all that this one has. A Swiss tournament's rounds follow from those before, and
    /// parts of different lengths do not fit together.
    fn is_made_longer_by(&self, wanted: &Self, tournament: &Tournament) -> bool {
        let (few, many) = (self.plan.blocks, wanted.plan.blocks);
        few < many
            && *self == Self { identity: tournament.identity_of(&self.plan), shard: None, ..wanted.with(few) }
            && wanted.shard.is_none()
            && !matches!(wanted.plan.format, Format::Swiss { .. })
    }

    fn with(&self, blocks: u32) -> Self {
        Self { plan: Plan { blocks, ..self.plan.clone() }, ..self.clone() }
    }

    /// In what a folder's header differs from what is to be played.
    fn difference(&self, wanted: &Self) -> String {
        let what = if self.format != wanted.format {
            format!("format {}, and this program writes {}", self.format, wanted.format)
        } else if self.shard != wanted.shard {
            let shard = |shard: Option<(u32, u32)>| {
                shard.map_or("the whole".to_owned(), |(index, of)| format!("part {index} of {of}"))
            };
            format!("it holds {}, not {}", shard(self.shard), shard(wanted.shard))
        } else if self.plan == wanted.with(self.plan.blocks).plan && self.plan != wanted.plan {
            let why = match wanted.plan.format {
                Format::Swiss { .. } => {
                    "a Swiss tournament's rounds follow from those before, so that its blocks stay as they are"
                }
                _ if self.shard.is_some() => {
                    "a part's blocks stay as they are, for parts of different lengths do not fit together"
                }
                _ => {
                    "records are only ever added to, so that a tournament can be made longer and not shorter"
                }
            };
            return format!(
                "this tournament has {} blocks, not {}: {why}; leave --blocks out to go on with it, or choose another folder",
                self.plan.blocks, wanted.plan.blocks
            );
        } else if self.plan != wanted.plan {
            format!("its plan differs ({})", self.plan.differences(&wanted.plan).join("; "))
        } else {
            "played by another version of the program, or on levels that have changed".to_owned()
        };
        format!("this is another tournament: {what}; choose another folder")
    }
}

/// Why a file of records cannot be opened.
fn not_there(folder: &Path, records: &Path, error: io::Error) -> FolderError {
    if error.kind() == io::ErrorKind::NotFound {
        let what = "there is no tournament to go on with; without `--resume` one begins".to_owned();
        return FolderError::Foreign { path: folder.to_owned(), what };
    }
    FolderError::Io { path: records.to_owned(), error }
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

fn lock(file: &File, folder: &Path) -> Result<(), FolderError> {
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => Err(FolderError::Busy(folder.to_owned())),
        // Where the file system knows no locks, two at once is the user's own doing.
        Ok(()) | Err(fs::TryLockError::Error(_)) => Ok(()),
    }
}

/// One line: its kind, what it says, and a checksum of that.
fn line(kind: &str, contents: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    add_line(&mut line, kind, contents)?;
    Ok(line)
}

fn add_line(lines: &mut Vec<u8>, kind: &str, contents: &impl Serialize) -> io::Result<()> {
    // Blanks are kept for the checksum, so that what it is of need not be copied.
    let sum_begins = lines.len() + SUM_FOLLOWS.len();
    write!(lines, "{SUM_FOLLOWS}{:SUM$}\",\"{kind}\":", "")?;
    let begins = lines.len();
    serde_json::to_writer(&mut *lines, contents)?;
    let sum = sum(&lines[begins..]);
    lines[sum_begins..][..SUM].copy_from_slice(sum.as_bytes());
    lines.extend_from_slice(b"}\n");
    Ok(())
}

fn sum(text: &[u8]) -> String {
    blake3::hash(text).to_hex()[..SUM].to_owned()
}

/// What a line of a kind says, if it is whole.
fn contents<'a>(kind: &str, line: &'a str) -> Result<&'a str, &'static str> {
    let rest = line.strip_prefix(SUM_FOLLOWS).ok_or("not a record")?;
    let (found, rest) = rest.split_at_checked(SUM).ok_or("cut short")?;
    let rest = rest.strip_prefix(&format!("\",\"{kind}\":")).ok_or("not a record")?;
    let text = rest.strip_suffix('}').ok_or("cut short")?;
    if sum(text.as_bytes()) == found {
        Ok(text)
    } else {
        Err("altered or cut short: its checksum does not match")
    }
}

/// What a file of records says.
struct Records {
    header: Header,
    /// The lines after the header, with their numbers in the file.
    lines: Vec<(usize, String)>,
    /// Whether the last line was written to its end.
    ends_whole: bool,
}

fn read(records: &Path) -> Result<Records, FolderError> {
    let bytes = fs::read(records).map_err(|error| FolderError::Io { path: records.to_owned(), error })?;
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let header = Header::read(records, first)?;
    let lines = lines.enumerate().map(|(number, line)| (number + 2, line.to_owned())).collect();
    Ok(Records { header, lines, ends_whole: text.ends_with('\n') })
}

/// Records by place, their order in the file, what is wrong with the other lines, and these.
fn sorted_out(
    tournament: &Tournament,
    records: &Path,
    lines: &[(usize, String)],
) -> (Finishes, Vec<Place>, Damaged, Vec<String>) {
    let (mut finishes, mut order) = (Finishes::new(), Vec::new());
    let (mut damaged, mut bad) = (Damaged::new(), Vec::new());
    for (number, line) in lines {
        let found = contents("match", line)
            .map_err(str::to_owned)
            .and_then(|text| serde_json::from_str::<Finish>(text).map_err(|error| error.to_string()));
        let placed = found.and_then(|finish| match place_of(tournament, &finish) {
            Some(place) => Ok((place, finish)),
            None => Err(format!("{}: no match of this tournament", finish.id())),
        });
        match placed {
            Ok((place, finish)) => {
                order.push(place);
                finishes.insert(place, finish);
            }
            Err(why) => {
                damaged.push(format!("{}:{number}: {why}", records.display()));
                bad.push(line.clone());
            }
        }
    }
    (finishes, order, damaged, bad)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tournament::run::{Watcher, run};

    /// Keeps records, and puts them in no order: as if the tournament ended on the way.
    struct Keeper(Folder);

    impl Watcher for Keeper {
        type Error = FolderError;

        fn round(&mut self, _: usize) {}

        fn finished(&mut self, place: Place, finish: &Finish) -> Result<(), FolderError> {
            self.0.add(place, finish)
        }
    }

    #[test]
    fn a_folder_whose_first_line_was_cut_off_is_begun_again_and_one_that_is_played_in_is_not() {
        let names = ["passive", "premium"].map(str::to_owned).to_vec();
        let tournament =
            Tournament::new(Plan::of(vec!["arena/duel".to_owned()], names, 2)).expect("is sound");
        let scratch = tempfile::tempdir().expect("there is room");
        let path = scratch.path();
        for cut in ["", "{\"sum\":\"0123"] {
            fs::write(path.join(RECORDS), cut).expect("can be written");
            fs::write(path.join(".summary.json.a1B2c3"), "{").expect("can be written");
            assert!(!Folder::is_begun(path), "{cut:?}");
            let folder = Folder::create(path, &tournament, None).expect("nothing was begun");
            let left = fs::read_dir(path).expect("is there").count();
            assert_eq!(
                (Folder::is_begun(path), left),
                (true, 1),
                "{cut:?}: the first line is whole and alone"
            );
            let again = Folder::create(path, &tournament, None).expect_err("is being played");
            assert!(again.to_string().contains("is here already"), "{again}");
            drop(folder);
            assert_eq!(Folder::plan(path).expect("is whole"), tournament.plan);
        }
        fs::remove_file(path.join(RECORDS)).expect("is there");
        fs::write(path.join("notes.txt"), "mine").expect("can be written");
        let taken = Folder::create(path, &tournament, None).expect_err("is somebody's").to_string();
        assert!(taken.contains("not empty"), "{taken}");
    }

    #[test]
    fn records_that_wait_for_others_are_kept_when_a_tournament_ends_on_the_way() {
        let plan = Plan {
            turns: Some(1),
            consumers: Some(200),
            merchants: Some(60),
            ..Plan::of(vec!["arena/duel".to_owned()], ["passive", "premium"].map(str::to_owned).to_vec(), 2)
        };
        let tournament = Tournament::new(plan).expect("is sound");
        let scratch = tempfile::tempdir().expect("there is room");
        let path = scratch.path().join("league");
        let mut keeper = Keeper(Folder::create(&path, &tournament, None).expect("is new"));
        let played = run(&tournament, Finishes::new(), None, 1, &mut keeper).expect("can be written");
        // Nothing was written a moment ago any more: the next record does not wait.
        std::thread::sleep(WAIT);
        let (place, finish) = played.first_key_value().expect("four were played");
        keeper.0.add(*place, finish).expect("can be written");
        let lines = || fs::read_to_string(path.join(RECORDS)).expect("is there").lines().count();
        assert_eq!(lines(), 1 + played.len() + 1);
        keeper.0.add(*place, finish).expect("can be written");
        drop(keeper);
        assert_eq!(lines(), 1 + played.len() + 2);
        let (_, found, damaged) = Folder::resume(&path, &tournament, None).expect("is this tournament");
        assert_eq!((found, damaged), (played, Damaged::new()));
    }
}
