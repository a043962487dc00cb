//! Records of a tournament that has no folder: in memory while they are few, then in a file without a name, which is gone with the
//! program however it ends.

use std::io::{self, BufReader, BufWriter, Seek};

use tempfile::SpooledTempFile;

use super::folder::FolderError;
use super::records::Finish;
use super::records::{Finishes, Place};

/// Bytes that are held in memory.
const HELD: usize = 32 << 20;
/// Bytes that are read and written at a time.
const AT_A_TIME: usize = 64 << 10;

/// What standings need of the matches so far.
pub struct Spool {
    file: BufWriter<SpooledTempFile>,
}

impl Spool {
    /// None yet.
    pub fn empty() -> Self {
        Self { file: BufWriter::with_capacity(AT_A_TIME, SpooledTempFile::new(HELD)) }
    }

    /// Adds a match, which stands at a place.
    ///
    /// # Errors
    /// The folder of temporary files is full or cannot be written.
    pub fn add(&mut self, place: Place, finish: &Finish) -> Result<(), FolderError> {
        let record = (place, finish.clone().for_standings());
        serde_json::to_writer(&mut self.file, &record).map_err(|error| told(error.into()))
    }

    /// All of them.
    ///
    /// # Errors
    /// They cannot be read again.
    pub fn records(self) -> Result<Finishes, FolderError> {
        let mut file = self.file.into_inner().map_err(|error| told(error.into_error()))?;
        file.rewind().map_err(told)?;
        let reader = BufReader::with_capacity(AT_A_TIME, file);
        let records = serde_json::Deserializer::from_reader(reader).into_iter();
        records.map(|record| record.map_err(|error| told(error.into()))).collect()
    }
}

fn told(error: io::Error) -> FolderError {
    FolderError::Io { path: std::env::temp_dir(), error }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tournament::matches::Board;
    use crate::tournament::plan::{Plan, Tournament};
    use crate::tournament::schedule::next_round;

    #[test]
    fn what_is_kept_of_a_record_is_what_standings_are_made_of() {
        let strategies = ["passive", "premium"].map(str::to_owned).to_vec();
        let plan = Plan {
            turns: Some(2),
            consumers: Some(200),
            merchants: Some(60),
            ..Plan::of(vec!["arena/duel".to_owned()], strategies, 2)
        };
        let tournament = Tournament::new(plan).expect("is sound");
        let mut board = Board::default();
        let (mut spool, mut kept) = (Spool::empty(), Finishes::new());
        for fixture in next_round(&tournament, 0, &Finishes::new())
            .blocks
            .flat_map(|block| block.fixtures().collect::<Vec<_>>())
        {
            let place = (fixture.block.level, fixture.block.number, fixture.rotation);
            let finish = board.play(&tournament, &fixture);
            spool.add(place, &finish).expect("there is room");
            kept.insert(place, finish.for_standings());
        }
        assert_eq!(kept.len(), 4);
        assert_eq!(spool.records().expect("they are there"), kept);
    }

    #[test]
    fn many_records_are_held_in_a_file() {
        let line = |number: u32| Finish {
            level: "arena/duel".to_owned(),
            block: number,
            rotation: 0,
            seed: 1,
            turns: 24,
            players: vec!["premium".to_owned(), "passive".to_owned()],
            value: vec![f64::from(number), 0.1],
            profit: vec![0.1; 2],
            share: vec![0.5; 2],
            refused: vec![0; 2],
            curves: Default::default(),
            hash: String::new(),
            guests: Vec::new(),
        };
        let mut spool = Spool::empty();
        (0..400_000).try_for_each(|number| spool.add((0, number, 0), &line(number))).expect("there is room");
        assert!(spool.file.get_ref().is_rolled());
        let records = spool.records().expect("they are there");
        assert_eq!(records.len(), 400_000);
        assert_eq!(records[&(0, 399_999, 0)], line(399_999));
    }
}
