//! Exit statuses: how a call has gone. Those above 2 are the system's (`sysexits.h`), so that whoever started the program can tell what
//! is worth another try.

use std::io;

use crate::tournament::FolderError;

/// Did what it was asked to.
pub(super) const WELL: u8 = 0;
/// Ran, and the outcome is bad.
pub(super) const BAD_OUTCOME: u8 = 1;
/// Could not be done as asked.
pub(super) const BAD_INPUT: u8 = 2;
/// Records, or what is printed, could not be read or written.
pub(super) const INPUT_OUTPUT: u8 = 74;
/// Another program is at it: the same call may go well later.
pub(super) const BUSY: u8 = 75;

/// What an error is.
pub(super) fn of(error: &anyhow::Error) -> u8 {
    match error.downcast_ref() {
        Some(FolderError::Busy(_)) => BUSY,
        Some(FolderError::Io { error, .. }) => of_io(error),
        Some(FolderError::Taken { .. } | FolderError::Foreign { .. }) => BAD_INPUT,
        None => error.downcast_ref().map_or(BAD_INPUT, of_io),
    }
}

/// A place that is not there, or not the user's, was named in vain; anything else is the disk's or the network's.
fn of_io(error: &io::Error) -> u8 {
    use io::ErrorKind::{
        AlreadyExists, InvalidInput, IsADirectory, NotADirectory, NotFound, PermissionDenied,
    };
    match error.kind() {
        AlreadyExists | InvalidInput | IsADirectory | NotADirectory | NotFound | PermissionDenied => {
            BAD_INPUT
        }
        _ => INPUT_OUTPUT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use anyhow::Context;

    #[test]
    fn what_may_go_well_later_is_told_from_what_never_will() {
        let path = || std::path::PathBuf::from("league");
        let io = |kind: io::ErrorKind| io::Error::from(kind);
        let folder = |kind| FolderError::Io { path: path(), error: io(kind) };
        assert_eq!(of(&FolderError::Busy(path()).into()), BUSY);
        assert_eq!(of(&folder(io::ErrorKind::StorageFull).into()), INPUT_OUTPUT);
        assert_eq!(of(&folder(io::ErrorKind::NotADirectory).into()), BAD_INPUT);
        let shown = Err::<(), _>(io(io::ErrorKind::StorageFull)).context("standings cannot be shown");
        assert_eq!(shown.as_ref().map_err(of), Err(INPUT_OUTPUT), "also where words are put before it");
        assert_eq!(of(&anyhow::anyhow!("no plan `leage`")), BAD_INPUT);
    }
}
