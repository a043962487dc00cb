//! A process of a bot, with its keeper.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::command::CommandLine;
use super::deadline::Deadline;
use super::keeper;
use super::limits::Limits;
use super::pipes::{NoLine, Pipes};
use super::trouble::Trouble;
use crate::protocol::{FromBot, Hello, ToBot, VERSION};

/// How long it may take a keeper to end all that it keeps.
const LEAVE: Duration = Duration::from_secs(5);
/// How long a process that has closed its output may take to end by itself.
const LAST_BREATH: Duration = Duration::from_millis(500);
/// How often it is looked whether a process has ended.
const PAUSE: Duration = Duration::from_millis(2);

/// A process of a bot, which has said that it is ready.
pub(super) struct Process {
    keeper: Child,
    pipes: Option<Pipes>,
    /// Matches that it has begun.
    pub(super) matches: u32,
    // Removed last, when nobody is in it any more.
    _folder: TempDir,
}

impl Process {
    /// Starts a bot, which says that it is ready.
    ///
    /// # Errors
    /// It cannot be started, or is not ready in time; and the end of what it wrote to standard error.
    pub(super) fn start(command: &CommandLine, limits: &Limits) -> Result<Self, (String, String)> {
        let failed = |error: std::io::Error| (format!("cannot be started: {error}"), String::new());
        let folder = tempfile::tempdir().map_err(failed)?;
        let program = std::env::current_exe().map_err(failed)?;
        let mut starting = Command::new(program);
        starting.arg(keeper::COMMAND).args(keeper::arguments(limits)).arg("--").args(&command.words);
        starting.current_dir(folder.path()).env_clear();
        starting.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        starting.env("LANG", "C.UTF-8").env("HOME", folder.path()).env("TMPDIR", folder.path());
        starting.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut keeper = starting.spawn().map_err(failed)?;
        let pipes = Pipes::of(&mut keeper).map_err(failed)?;
        let mut process = Self { keeper, pipes: Some(pipes), matches: 0, _folder: folder };
        match process.introduced(limits) {
            Ok(()) => Ok(process),
            Err(Trouble::Turn(what) | Trouble::Process(what)) => {
                let heard = process.heard();
                Err((what, heard))
            }
        }
    }

    fn introduced(&mut self, limits: &Limits) -> Result<(), Trouble> {
        self.say(&ToBot::Hello(Hello::ours()));
        match self.answer(Deadline::within(limits.start), limits.start, limits.answer)? {
            FromBot::Ready(ready) if ready.protocol == VERSION => Ok(()),
            FromBot::Ready(ready) => Err(Trouble::Process(format!(
                "speaks version {} of the protocol, and this program version {VERSION}",
                ready.protocol
            ))),
            FromBot::Orders(_) => Err(Trouble::Process("ordered before it was ready".to_owned())),
        }
    }

    /// Says something, as soon as the bot takes it.
    pub(super) fn say(&mut self, message: &ToBot<'_>) {
        // Numbers, texts and lists: there is nothing in it that has no form in JSON.
        if let (Some(pipes), Ok(line)) = (&mut self.pipes, serde_json::to_vec(message)) {
            pipes.say(&line);
        }
    }

    /// Says a line that is none of the protocol's.
    pub(super) fn say_line(&mut self, line: &str) {
        if let Some(pipes) = &mut self.pipes {
            pipes.say(line.as_bytes());
        }
    }

    /// Sees to it that what was said is written, as far as the bot takes it in time.
    pub(super) fn flush(&mut self, time: Duration) -> bool {
        self.pipes.as_mut().is_some_and(|pipes| pipes.flush(Deadline::within(time)).is_ok())
    }

    /// What the bot says next. `time` is what it was given in all.
    pub(super) fn answer(
        &mut self,
        deadline: Deadline,
        time: Duration,
        most: usize,
    ) -> Result<FromBot, Trouble> {
        let Some(pipes) = &mut self.pipes else {
            return Err(Trouble::Process("its process has ended".to_owned()));
        };
        let line = match pipes.line(deadline, most) {
            Ok(line) => line,
            Err(NoLine::Late) => {
                return Err(Trouble::Turn(format!("no answer within {} s", time.as_secs_f64())));
            }
            Err(NoLine::Flood) => {
                return Err(Trouble::Process(format!("said more than {most} bytes at once")));
            }
            Err(NoLine::Unread) => return Err(Trouble::Process("does not read what it is told".to_owned())),
            Err(NoLine::Closed) => return Err(Trouble::Process(self.last_words())),
        };
        let text = String::from_utf8(line)
            .map_err(|_| Trouble::Turn("answered with what is no UTF-8".to_owned()))?;
        FromBot::read(text.trim_end_matches('\r')).map_err(|misread| {
            let said: String = misread.to_string().chars().filter(|c| !c.is_control()).take(200).collect();
            Trouble::Turn(format!("answered what is no answer: {said}"))
        })
    }

    /// How a process that has closed its output has ended, if it has.
    fn last_words(&mut self) -> String {
        if let Some(pipes) = &mut self.pipes {
            pipes.hear();
        }
        match self.ended_within(LAST_BREATH) {
            None => "closed its output".to_owned(),
            Some(code) if code == i32::from(keeper::NOT_STARTED) => {
                "its process could not be started".to_owned()
            }
            Some(code) if code > 128 => format!("its process was ended by signal {}", code - 128),
            Some(code) => format!("its process ended with status {code}"),
        }
    }

    fn ended_within(&mut self, time: Duration) -> Option<i32> {
        let mut waited = Duration::ZERO;
        loop {
            match self.keeper.try_wait() {
                Ok(Some(status)) => return Some(status.code().unwrap_or(1)),
                Ok(None) if waited < time => {
                    std::thread::sleep(PAUSE);
                    waited += PAUSE;
                }
                _ => return None,
            }
        }
    }

    /// The end of what it wrote to standard error.
    pub(super) fn heard(&mut self) -> String {
        self.pipes.as_mut().map(Pipes::heard).unwrap_or_default()
    }

    /// Lets it go home; whether it did by itself.
    pub(super) fn dismiss(&mut self) -> bool {
        self.pipes = None;
        self.ended_within(LAST_BREATH).is_some()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Its keeper sees that nobody is at the other end.
        self.pipes = None;
        if self.ended_within(LEAVE).is_none() {
            let _ = self.keeper.kill();
            let _ = self.keeper.wait();
        }
    }
}
