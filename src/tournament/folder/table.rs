//! A table that is written row by row and appears whole.

use std::path::PathBuf;

use atomic_write_file::AtomicWriteFile;

use super::{Folder, FolderError};

/// A table in a folder.
pub struct TableFile {
    path: PathBuf,
    writer: csv::Writer<AtomicWriteFile>,
}

impl Folder {
    /// Begins a table.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn table(&self, name: &str, headings: &[&str]) -> Result<TableFile, FolderError> {
        let path = self.path.join(name);
        let file = AtomicWriteFile::open(&path);
        let file = file.map_err(|error| FolderError::Io { path: path.clone(), error })?;
        let mut table = TableFile { path, writer: csv::Writer::from_writer(file) };
        table.row(headings.iter())?;
        Ok(table)
    }
}

impl TableFile {
    /// Adds a row.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn row<T: AsRef<[u8]>>(&mut self, row: impl IntoIterator<Item = T>) -> Result<(), FolderError> {
        let written = self.writer.write_record(row);
        written.map_err(|error| FolderError::Io { path: self.path.clone(), error: error.into() })
    }

    /// Ends it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn commit(self) -> Result<(), FolderError> {
        let Self { path, writer } = self;
        let file = writer.into_inner().map_err(|error| error.into_error());
        file.and_then(AtomicWriteFile::commit).map_err(|error| FolderError::Io { path, error })
    }
}
