//! The first line of a file of records: which tournament it is of.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::{FolderError, not_there};
use super::line::{RECORDS, contents};
use crate::tournament::plan::{Format, Plan, Tournament};
use crate::tournament::run::Shard;

const FORMAT: u32 = 1;

/// Which tournament a folder holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Header {
    format: u32,
    pub(super) identity: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) shard: Option<(u32, u32)>,
    pub(super) plan: Plan,
}

impl Header {
    pub(super) fn of(tournament: &Tournament, shard: Option<Shard>) -> Self {
        Self {
            format: FORMAT,
            identity: tournament.identity(),
            shard: shard.map(|shard| (shard.index, shard.of)),
            plan: tournament.plan.clone(),
        }
    }

    /// The header of a folder's records.
    pub(super) fn read(folder: &Path) -> Result<Self, FolderError> {
        let records = folder.join(RECORDS);
        let file = File::open(&records).map_err(|error| not_there(folder, &records, error))?;
        let mut first = String::new();
        let read = BufReader::new(file).read_line(&mut first);
        read.map_err(|error| FolderError::Io { path: records.clone(), error })?;
        let foreign = |what: String| FolderError::Foreign { path: records.clone(), what };
        let text = contents("tournament", first.trim_end())
            .map_err(|why| foreign(format!("its first line says no tournament: {why}")))?;
        serde_json::from_str(text)
            .map_err(|error| foreign(format!("its first line is of another version: {error}")))
    }

    /// Whether what is to be played begins with all that this one has. A Swiss tournament's rounds follow from those before, and
    /// parts of different lengths do not fit together.
    pub(super) fn is_made_longer_by(&self, wanted: &Self, tournament: &Tournament) -> bool {
        let (few, many) = (self.plan.blocks, wanted.plan.blocks);
        few < many
            && *self == Self { identity: tournament.identity_of(&self.plan), shard: None, ..wanted.with(few) }
            && wanted.shard.is_none()
            && !matches!(wanted.plan.format, Format::Swiss { .. })
    }

    fn with(&self, blocks: u32) -> Self {
        Self { plan: Plan { blocks, ..self.plan.clone() }, ..self.clone() }
    }

    /// In what a folder's header differs from what is to be played, where levels have `changed` so.
    pub(super) fn difference(&self, wanted: &Self, changed: Option<String>) -> String {
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
            return played_otherwise(changed);
        };
        format!("this is another tournament: {what}; choose another folder")
    }
}

/// Why records of the same plan are of another tournament.
pub(super) fn played_otherwise(changed: Option<String>) -> String {
    match changed {
        Some(levels) => format!("this is another tournament: {levels}; put that back, or choose another folder"),
        None => "this is another tournament: it was played by another version of the program or, where its folder keeps no \
                 levels, on levels that have changed; choose another folder"
            .to_owned(),
    }
}
