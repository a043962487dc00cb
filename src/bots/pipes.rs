//! Lines to and from a guest, none of which waits longer than it may.

use std::io::{ErrorKind, Read, Write};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::ioctl_fionbio;

use super::deadline::Deadline;
use super::limits::KEPT;

/// Bytes that are read at once.
const CHUNK: usize = 64 << 10;
/// Bytes that a guest may leave unread.
const UNREAD: usize = 64 << 20;

/// Why there is no line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoLine {
    /// There was none in time.
    Late,
    /// The other end is closed.
    Closed,
    /// It is too long.
    Flood,
    /// What it was told is not read.
    Unread,
}

/// The three pipes of a guest.
pub(super) struct Pipes {
    input: ChildStdin,
    output: ChildStdout,
    errors: Option<ChildStderr>,
    unwritten: Vec<u8>,
    unread: Vec<u8>,
    kept: Vec<u8>,
}

impl Pipes {
    /// The pipes of a child that was started with all three.
    ///
    /// # Errors
    /// It was not, or the system does not let them be read without waiting.
    pub(super) fn of(child: &mut Child) -> std::io::Result<Self> {
        let missing = || std::io::Error::from(ErrorKind::BrokenPipe);
        let pipes = Self {
            input: child.stdin.take().ok_or_else(missing)?,
            output: child.stdout.take().ok_or_else(missing)?,
            errors: Some(child.stderr.take().ok_or_else(missing)?),
            unwritten: Vec::new(),
            unread: Vec::new(),
            kept: Vec::new(),
        };
        ioctl_fionbio(&pipes.input, true)?;
        ioctl_fionbio(&pipes.output, true)?;
        pipes.errors.iter().try_for_each(|errors| ioctl_fionbio(errors, true))?;
        Ok(pipes)
    }

    /// Says a line, as soon as the other end takes it.
    pub(super) fn say(&mut self, line: &[u8]) {
        self.unwritten.extend_from_slice(line);
        self.unwritten.push(b'\n');
    }

    /// The next line, of so many bytes at most, without its end.
    pub(super) fn line(&mut self, deadline: Deadline, most: usize) -> Result<Vec<u8>, NoLine> {
        loop {
            if let Some(end) = self.unread.iter().position(|&byte| byte == b'\n') {
                if end > most {
                    return Err(NoLine::Flood);
                }
                let rest = self.unread.split_off(end + 1);
                let mut line = std::mem::replace(&mut self.unread, rest);
                line.pop();
                return Ok(line);
            }
            if self.unread.len() > most {
                return Err(NoLine::Flood);
            }
            self.turn_over(deadline)?;
        }
    }

    /// Writes what is unwritten, as far as it is taken in time.
    pub(super) fn flush(&mut self, deadline: Deadline) -> Result<(), NoLine> {
        while !self.unwritten.is_empty() {
            self.turn_over(deadline)?;
        }
        Ok(())
    }

    /// Waits for one of the pipes, and moves what it has or takes.
    fn turn_over(&mut self, deadline: Deadline) -> Result<(), NoLine> {
        let left = deadline.left();
        if left.is_zero() {
            return Err(if self.unwritten.len() > UNREAD { NoLine::Unread } else { NoLine::Late });
        }
        let writes = if self.unwritten.is_empty() { PollFlags::empty() } else { PollFlags::OUT };
        let mut watched = vec![PollFd::new(&self.output, PollFlags::IN), PollFd::new(&self.input, writes)];
        watched.extend(self.errors.as_ref().map(|errors| PollFd::new(errors, PollFlags::IN)));
        let time = Timespec { tv_sec: left.as_secs() as i64, tv_nsec: i64::from(left.subsec_nanos()) as _ };
        match poll(&mut watched, Some(&time)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return Err(NoLine::Closed),
        }
        let ready: Vec<PollFlags> = watched.iter().map(PollFd::revents).collect();
        if ready.get(2).is_some_and(|flags| !flags.is_empty()) {
            self.hear();
        }
        if !ready[0].is_empty() {
            self.read()?;
        }
        // What it has said before it closed its input still counts.
        if !ready[1].is_empty() && self.unread.is_empty() {
            self.write()?;
        }
        Ok(())
    }

    fn read(&mut self) -> Result<(), NoLine> {
        let mut chunk = vec![0; CHUNK];
        match self.output.read(&mut chunk) {
            Ok(0) => Err(NoLine::Closed),
            Ok(count) => {
                self.unread.extend_from_slice(&chunk[..count]);
                Ok(())
            }
            Err(error) if passes(&error) => Ok(()),
            Err(_) => Err(NoLine::Closed),
        }
    }

    fn write(&mut self) -> Result<(), NoLine> {
        match self.input.write(&self.unwritten) {
            Ok(count) => {
                self.unwritten.drain(..count);
                Ok(())
            }
            Err(error) if passes(&error) => Ok(()),
            Err(_) => Err(NoLine::Closed),
        }
    }

    /// Keeps the end of what is written to standard error.
    pub(super) fn hear(&mut self) {
        let Some(errors) = &mut self.errors else { return };
        let mut chunk = vec![0; CHUNK];
        match errors.read(&mut chunk) {
            Ok(0) => self.errors = None,
            Ok(count) => {
                self.kept.extend_from_slice(&chunk[..count]);
                let over = self.kept.len().saturating_sub(KEPT);
                self.kept.drain(..over);
            }
            Err(error) if passes(&error) => {}
            Err(_) => self.errors = None,
        }
    }

    /// The end of what was written to standard error so far.
    pub(super) fn heard(&mut self) -> String {
        self.hear();
        String::from_utf8_lossy(&self.kept).into_owned()
    }
}

fn passes(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}
