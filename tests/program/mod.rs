//! The program, called as its users call it.

use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;
use tempfile::TempDir;

/// What it answers to these arguments.
pub fn program(arguments: &[&str]) -> Output {
    Command::cargo_bin("walled-gardens")
        .unwrap()
        .args(arguments)
        .timeout(Duration::from_secs(60))
        .output()
        .unwrap()
}

/// What it prints when it goes well.
pub fn stdout(arguments: &[&str]) -> String {
    let output = program(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Refused with status 2, one message on standard error that contains all of `words`, nothing on standard output.
pub fn refused(arguments: &[&str], words: &[&str]) {
    let output = program(arguments);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    assert!(message.starts_with("error"), "{message}");
    assert!(!message.contains("panicked"), "{message}");
    assert!(output.stdout.is_empty(), "{arguments:?} printed something before it failed");
    for word in words {
        assert!(message.contains(word), "{arguments:?}: no {word:?} in\n{message}");
    }
}

/// A place in a folder.
pub fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_string_lossy().into_owned()
}

/// A file in a folder, and its path.
pub fn file(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = path(folder, name);
    std::fs::write(&path, content).unwrap();
    path
}
