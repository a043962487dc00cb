//! Records where they lie: files of any length are read line by line, and put in order by copying lines.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::FolderError;
use super::line::contents;
use crate::tournament::plan::Tournament;
use crate::tournament::records::Finish;
use crate::tournament::records::Place;
use crate::tournament::run::place_of;

/// Files that are open at a time: a tournament may have more parts than the system lets one program open.
const MOST_OPEN: usize = 200;

/// A line of a file of records.
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub(super) number: usize,
    /// What it says, without its end.
    pub(super) text: &'a str,
    /// Where it begins, in bytes.
    begins: u64,
    /// Its record with its place in the tournament, or why it is none.
    pub(super) record: Result<(Place, Finish), String>,
}

/// Reads the records of a file, one after another; whether the last was written to its end.
pub(super) fn read(
    records: &Path,
    tournament: &Tournament,
    mut each: impl FnMut(Line),
) -> Result<bool, FolderError> {
    let io = |error| FolderError::Io { path: records.to_owned(), error };
    let mut file = BufReader::new(File::open(records).map_err(io)?);
    let (mut bytes, mut begins, mut ends_whole) = (Vec::new(), 0, false);
    for number in 1.. {
        bytes.clear();
        let length = file.read_until(b'\n', &mut bytes).map_err(io)?;
        if length == 0 {
            break;
        }
        ends_whole = bytes.ends_with(b"\n");
        // The first says which tournament this is.
        if number > 1 {
            let text = String::from_utf8_lossy(&bytes);
            let text = text.trim_end_matches(['\r', '\n']);
            each(Line { number, text, begins, record: record(tournament, text) });
        }
        begins += length as u64;
    }
    Ok(ends_whole)
}

fn record(tournament: &Tournament, text: &str) -> Result<(Place, Finish), String> {
    let finish: Finish = serde_json::from_str(contents("match", text)?).map_err(|error| error.to_string())?;
    match place_of(tournament, &finish) {
        Some(place) => Ok((place, finish)),
        None => Err(format!("{}: no match of this tournament", finish.id())),
    }
}

/// Where the records of some files lie.
#[derive(Default)]
pub(super) struct Index {
    files: Vec<PathBuf>,
    /// Place, file, first byte, and bytes without the end of the line.
    lines: Vec<(Place, usize, u64, usize)>,
}

impl Index {
    /// Adds those of a file, and tells of each line.
    pub(super) fn add(
        &mut self,
        records: &Path,
        tournament: &Tournament,
        mut each: impl FnMut(&Line),
    ) -> Result<(), FolderError> {
        let Self { files, lines } = self;
        read(records, tournament, |line| {
            if let Ok((place, _)) = line.record {
                lines.push((place, files.len(), line.begins, line.text.len()));
            }
            each(&line);
        })?;
        files.push(records.to_owned());
        Ok(())
    }

    /// Copies them in the order of their places, of several of one match the last.
    pub(super) fn copy(mut self, to: &mut impl Write) -> io::Result<()> {
        self.lines.sort_by_key(|&(place, ..)| place);
        let mut files: BTreeMap<usize, File> = BTreeMap::new();
        let mut text = Vec::new();
        let mut lines = self.lines.iter().peekable();
        while let Some(&(place, file, begins, length)) = lines.next() {
            if lines.peek().is_some_and(|next| next.0 == place) {
                continue;
            }
            if files.len() >= MOST_OPEN && !files.contains_key(&file) {
                files.clear();
            }
            let open = match files.entry(file) {
                Entry::Occupied(open) => open.into_mut(),
                Entry::Vacant(free) => free.insert(File::open(&self.files[file])?),
            };
            open.seek(SeekFrom::Start(begins))?;
            text.resize(length, 0);
            open.read_exact(&mut text)?;
            text.push(b'\n');
            to.write_all(&text)?;
        }
        Ok(())
    }
}
