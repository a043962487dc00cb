//! Why a tournament's folder cannot be used.

use std::io;
use std::path::{Path, PathBuf};

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
    #[error("{}: another program is playing this tournament; `--wait SECONDS` waits for it", .0.display())]
    Busy(PathBuf),
}

/// Why a file of records cannot be opened.
pub(super) fn not_there(folder: &Path, records: &Path, error: io::Error) -> FolderError {
    if error.kind() == io::ErrorKind::NotFound {
        let what = "there is no tournament to go on with; without `--resume` one begins".to_owned();
        return FolderError::Foreign { path: folder.to_owned(), what };
    }
    FolderError::Io { path: records.to_owned(), error }
}
