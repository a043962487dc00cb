//! Who has a folder to itself: a lock on its records, which the system takes away with the program, however that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::error::FolderError;
use super::line::RECORDS;

/// Locks a file.
pub(super) fn lock(file: &File, folder: &Path) -> Result<(), FolderError> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(FolderError::Busy(folder.to_owned())),
        // Where the file system knows no locks, two at once is the user's own doing.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// Locks the records of a folder. Who puts records in order writes them anew under the same name: a lock on what was there before
/// keeps nobody out.
pub(super) fn lock_records(file: &File, folder: &Path) -> Result<(), FolderError> {
    lock(file, folder)?;
    if is_named(file, &folder.join(RECORDS)) { Ok(()) } else { Err(FolderError::Busy(folder.to_owned())) }
}

/// Whether another program is at a folder now.
pub(super) fn is_busy(folder: &Path) -> bool {
    // A network's file system lets only those lock who may write.
    let file = OpenOptions::new().append(true).open(folder.join(RECORDS));
    file.is_ok_and(|file| matches!(lock(&file, folder), Err(FolderError::Busy(_))))
}

/// Whether a path still leads to a file that was opened by it.
#[cfg(unix)]
fn is_named(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = file.metadata().and_then(|own| Ok((own, path.metadata()?)));
    same.is_ok_and(|(own, named)| (own.dev(), own.ino()) == (named.dev(), named.ino()))
}

/// Where a file that is open cannot be replaced, it is.
#[cfg(not(unix))]
fn is_named(_: &File, _: &Path) -> bool {
    true
}
