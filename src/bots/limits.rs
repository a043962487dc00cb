//! What a guest may take.

use std::time::Duration;

/// What a guest may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until its first answer, from the start of its process.
    pub start: Duration,
    /// Until its answer to a turn.
    pub turn: Duration,
    /// Bytes of one answer.
    pub answer: usize,
    /// Orders of one answer.
    pub orders: usize,
    /// Notes of one answer.
    pub notes: usize,
    /// Bytes of data that a process of it may have.
    pub memory: u64,
    /// Processor time of a process, in seconds.
    pub processor: u64,
    /// Bytes of a file that it writes.
    pub file: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            start: Duration::from_secs(20),
            turn: Duration::from_secs(5),
            answer: 1 << 20,
            orders: 1_000,
            notes: 1_000,
            memory: 2 << 30,
            processor: 3_600,
            file: 256 << 20,
        }
    }
}

/// Lost turns of a match with which the seat is lost.
pub const LOST_TURNS: u32 = 3;
/// Lost seats in a row after which no process is started any more.
pub const LOST_SEATS: u32 = 3;
/// Bytes of standard error that are kept.
pub const KEPT: usize = 64 << 10;
