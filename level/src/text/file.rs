//! Reading the text of a file.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest level file that is read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Why a level file could not be read as text.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing at the path.
    #[error("{}: there is no such file; expected a text file", .path.display())]
    NotFound {
        /// Where the file was looked for.
        path: PathBuf,
    },
    /// The path leads to a directory.
    #[error("{}: this is a directory; expected a text file", .path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
    },
    /// The path leads to a pipe, a device or the like.
    #[error("{}: this is not a regular file; expected a text file", .path.display())]
    NotAFile {
        /// Where the special file is.
        path: PathBuf,
    },
    /// The file is there but cannot be read.
    #[error("{}: cannot be read: {source}; expected a readable level file", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is far larger than any level.
    #[error("{}: {bytes} bytes are too many; expected a text file of at most {} MiB", .path.display(), LARGEST >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size, as far as it is known.
        bytes: u64,
    },
    /// The file is not text.
    #[error("{}: byte {offset}, in line {line}, is not text; expected a text file in UTF-8", .path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The first byte that is not UTF-8, counted from 0.
        offset: usize,
        /// The line it is in, counted from 1.
        line: usize,
    },
    /// The file has nothing in it but blanks.
    #[error("{}: the file is empty; expected a level: `( ... )`", .path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

/// Reads the text of a level file.
///
/// # Errors
///
/// If it is not a regular file, is too large, is empty or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    let unreadable = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound { path: path.to_owned() },
        _ => ReadError::Unreadable { path: path.to_owned(), source },
    };
    // Opening a pipe would wait for someone to write to it, so look first.
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(ReadError::Directory { path: path.to_owned() });
    }
    if !metadata.is_file() {
        return Err(ReadError::NotAFile { path: path.to_owned() });
    }
    if metadata.len() > LARGEST {
        return Err(ReadError::TooLarge { path: path.to_owned(), bytes: metadata.len() });
    }
    // The size can have changed since, and some files do not tell it.
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(ReadError::TooLarge { path: path.to_owned(), bytes: bytes.len() as u64 });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = error.as_bytes().iter().take(offset);
        let line = before.filter(|&&byte| byte == b'\n').count() + 1;
        ReadError::NotUtf8 { path: path.to_owned(), offset, line }
    })?;
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(ReadError::Empty { path: path.to_owned() });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]
    use super::*;

    #[test]
    fn a_level_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("duel.ron");
        fs::write(&path, "\u{feff}(turns: 3)\r\n").unwrap();
        assert_eq!(read_text(&path).unwrap(), "\u{feff}(turns: 3)\r\n");
    }

    #[test]
    fn what_is_not_a_level_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let refused = |name: &str, content: &[u8], wanted: &str| {
            let path = folder.path().join(name);
            fs::write(&path, content).unwrap();
            let message = read_text(&path).unwrap_err().to_string();
            assert!(message.starts_with(&path.display().to_string()), "{message}");
            assert!(message.contains(wanted) && message.contains("expected "), "{message}");
        };
        refused("empty.ron", b"", "is empty");
        refused("blank.ron", b"\xef\xbb\xbf \r\n\t", "is empty");
        refused("latin.ron", b"(\n\"\xe9\")", "byte 3, in line 2, is not text");
        let missing = read_text(&folder.path().join("none.ron"));
        assert!(matches!(missing, Err(ReadError::NotFound { .. })));
        assert!(matches!(read_text(folder.path()), Err(ReadError::Directory { .. })));
        let large = folder.path().join("large.ron");
        File::create(&large).unwrap().set_len(100 * 1024 * 1024).unwrap();
        assert!(matches!(read_text(&large), Err(ReadError::TooLarge { bytes: 104_857_600, .. })));
        let below = large.join("duel.ron");
        assert!(matches!(read_text(&below), Err(ReadError::Unreadable { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_special_file_is_refused_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(matches!(read_text(&socket), Err(ReadError::NotAFile { .. })));
        assert!(matches!(read_text(Path::new("/dev/zero")), Err(ReadError::NotAFile { .. })));
        let pipe = folder.path().join("pipe");
        if std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|made| made.success()) {
            assert!(matches!(read_text(&pipe), Err(ReadError::NotAFile { .. })));
        }
    }
}
