//! The parts of a tournament, put together.

use std::path::PathBuf;

use super::error::FolderError;
use super::header::{Header, played_otherwise};
use super::index::Index;
use super::levels;
use super::line::{Damaged, RECORDS, damaged_line};
use crate::tournament::places::Places;
use crate::tournament::plan::{Plan, Tournament};

/// Parts that are named at most.
const PARTS_SAID: usize = 8;

/// The parts of a tournament.
pub struct Merged {
    /// The plan of all parts.
    pub plan: Plan,
    identity: String,
    /// Folders, each with which part it holds of how many.
    parts: Vec<(PathBuf, Option<(u32, u32)>)>,
}

/// Where the records of all parts lie.
pub struct Found {
    pub(super) index: Index,
    /// The matches that they are of.
    pub places: Places,
    /// Lines that are no records.
    pub damaged: Damaged,
}

impl Merged {
    /// Reads which tournament parts are of.
    ///
    /// # Errors
    /// One cannot be read, or they are of different tournaments.
    pub fn read(folders: &[PathBuf]) -> Result<Self, FolderError> {
        let mut merged: Option<Self> = None;
        for folder in folders {
            if !folder.join(RECORDS).exists() {
                let what = "there is no part of a tournament here".to_owned();
                return Err(FolderError::Foreign { path: folder.clone(), what });
            }
            let Header { identity, shard, plan, .. } = Header::read(folder)?;
            let part = (folder.clone(), shard);
            match &mut merged {
                None => merged = Some(Self { plan, identity, parts: vec![part] }),
                Some(known) if known.identity == identity => known.parts.push(part),
                Some(_) => {
                    let what = format!("this is a part of another tournament than {}", folders[0].display());
                    return Err(FolderError::Foreign { path: folder.join(RECORDS), what });
                }
            }
        }
        merged.ok_or_else(|| FolderError::Foreign { path: PathBuf::new(), what: "no folders".to_owned() })
    }

    /// The records of all parts, and the lines that are none.
    ///
    /// # Errors
    /// A part cannot be read, or the program or the levels are not those that were played.
    pub fn find(&self, tournament: &Tournament) -> Result<Found, FolderError> {
        let (mut index, mut damaged) = (Index::default(), Damaged::new());
        let mut places = Places::none(tournament);
        for (folder, _) in &self.parts {
            let records = folder.join(RECORDS);
            if tournament.identity() != self.identity {
                let what = played_otherwise(levels::changed(folder, tournament));
                return Err(FolderError::Foreign { path: records, what });
            }
            index.add(&records, tournament, |line| match &line.record {
                Ok((place, _)) => places.insert(place),
                Err(why) => damaged.push(damaged_line(&records, line.number, why)),
            })?;
        }
        Ok(Found { index, places, damaged })
    }

    /// What is missing, and how to come by it; nothing where all matches are there.
    pub fn missing(&self, tournament: &Tournament, places: &Places) -> Option<String> {
        // A whole tournament is the only part of one.
        let part = |&(_, shard): &(PathBuf, Option<(u32, u32)>)| shard.unwrap_or((0, 1));
        let of = part(self.parts.first()?).1;
        let by_part = places.missing(tournament, of);
        let missing: usize = by_part.iter().sum();
        if missing == 0 {
            return None;
        }
        let all = missing + places.len();
        let what = format!("{missing} of {all} matches are in none of these parts");
        if self.parts.iter().any(|own| part(own).1 != of) {
            return Some(format!(
                "{what}, which are of tournaments cut into different numbers of parts; play all parts of one"
            ));
        }
        let said = (0..).zip(&by_part).filter(|(_, missing)| **missing > 0).map(|(index, missing)| {
            let there = self.parts.iter().find(|own| part(own).0 == index);
            match there {
                Some((folder, Some(_))) => format!(
                    "part {index} of {of} in {} was cut off and lacks {missing} (go on with it: shard … --resume)",
                    folder.display()
                ),
                Some((folder, None)) => format!(
                    "{} was cut off and lacks {missing} (go on with it: tournament --out {} --resume)",
                    folder.display(),
                    folder.display()
                ),
                None => format!(
                    "part {index} of {of} is not among them and has {missing} (shard … --of {of} --index {index})"
                ),
            }
        });
        let mut said: Vec<String> = said.collect();
        if said.len() > PARTS_SAID {
            let more = said.len() - PARTS_SAID;
            said.truncate(PARTS_SAID);
            said.push(format!("and {more} parts more"));
        }
        Some(format!("{what}: {}", said.join("; ")))
    }
}
