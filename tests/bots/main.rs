//! Programs of others in seats: what a bot orders is what happens, and what goes wrong with one costs it alone.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
#![cfg(target_os = "linux")]

/// Leaves a test where this machine lacks the program that it needs, and says so.
macro_rules! needs {
    ($program:literal) => {
        if !crate::has($program) {
            #[allow(clippy::print_stderr, reason = "a test that was not tried is said to be")]
            {
                eprintln!("not tried: there is no {} here", $program);
            }
            return;
        }
    };
}

mod good;
#[path = "../program/mod.rs"]
mod program;
mod samples;
mod serving;
mod zoo;

use std::process::Command;

/// The command of a file below the project's folder.
fn python(path: &str) -> String {
    format!("cmd:python3 {}/{path}", env!("CARGO_MANIFEST_DIR"))
}

/// Plays four months with somebody in the first seat, and records them.
fn recorded(seat: &str, replay: &str) {
    let played =
        ["run", "arena/duel", "--turns", "4", "--consumers", "300", "--seat", seat, "--replay", replay];
    program::stdout(&played);
}

/// Whether this machine has a program.
fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Command lines of all processes that hold a text, this one's apart.
fn running(text: &str) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let lines = processes.filter_map(|entry| {
        let pid: u32 = entry.file_name().to_str()?.parse().ok()?;
        let line = std::fs::read(entry.path().join("cmdline")).ok()?;
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        (pid != std::process::id() && line.contains(text)).then_some(line)
    });
    lines.collect()
}
