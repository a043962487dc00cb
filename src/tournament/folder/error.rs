//! Why a tournament's folder cannot be used.

use std::io;
use std::path::PathBuf;

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
