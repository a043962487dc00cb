//! The keeper of a guest: a process of ours between the program and a bot, which gives it its limits and, when it goes or when the
//! program is gone, ends whatever it has started.
//!
//! The bot has the keeper's standard input, output and error. The program closes the input to say that it is over; the system does so
//! where the program was killed.

use std::process::ExitCode;

use super::limits::Limits;

/// The command that runs a keeper, hidden from the list of commands.
pub const COMMAND: &str = "keep-bot";

/// What holds here of what a guest is kept by, in words.
pub fn holds() -> Vec<&'static str> {
    let mut all = vec!["time of an answer", "size of an answer", "empty folder", "cleared environment"];
    if cfg!(unix) {
        all.extend(["session of its own", "memory", "processor time", "size of files"]);
    }
    if cfg!(target_os = "linux") {
        all.push("whatever it starts is ended");
    }
    all
}

/// Keeps a bot until it ends, or until nobody is at the other end of standard input.
#[cfg(unix)]
pub fn keep(words: &[String], limits: &Limits) -> ExitCode {
    imp::keep(words, limits)
}

/// Becomes a bot, under its limits.
#[cfg(unix)]
pub fn become_bot(words: &[String], limits: &Limits) -> ExitCode {
    imp::become_bot(words, limits)
}

/// Bots need a Unix system.
#[cfg(not(unix))]
pub fn keep(_: &[String], _: &Limits) -> ExitCode {
    ExitCode::from(NOT_STARTED)
}

/// Bots need a Unix system.
#[cfg(not(unix))]
pub fn become_bot(_: &[String], _: &Limits) -> ExitCode {
    ExitCode::from(NOT_STARTED)
}

/// The arguments that hand limits on.
pub fn arguments(limits: &Limits) -> [String; 3] {
    let Limits { memory, processor, file, .. } = limits;
    [format!("--memory={memory}"), format!("--processor={processor}"), format!("--file={file}")]
}

/// The flag by which a keeper has a process become the bot.
pub const INNER: &str = "--inner";

/// Status where the bot cannot be started.
pub const NOT_STARTED: u8 = 127;

#[cfg(unix)]
mod imp {
    use std::fs::File;
    use std::io::Write;
    use std::os::unix::process::{CommandExt, ExitStatusExt};
    use std::process::{Command, ExitCode};
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::process::{
        Pid, Resource, Rlimit, Signal, WaitOptions, getpid, kill_process, kill_process_group, setrlimit,
        setsid, wait,
    };

    use super::{COMMAND, INNER, NOT_STARTED, arguments};
    use crate::bots::limits::Limits;

    /// How long a bot may take to go home.
    const GRACE: Duration = Duration::from_secs(1);
    /// How long it takes the system to end a process, and how often that is tried.
    const PAUSE: Duration = Duration::from_millis(2);
    const TRIES: u32 = 500;

    pub(super) fn keep(words: &[String], limits: &Limits) -> ExitCode {
        let _ = setsid();
        #[cfg(target_os = "linux")]
        let _ = rustix::process::set_child_subreaper(Some(getpid()));
        // A group of its own: a bot that ends its group does not end its keeper.
        let started = std::env::current_exe().and_then(|program| {
            let mut bot = Command::new(program);
            bot.arg(COMMAND).args(arguments(limits)).args([INNER, "--"]).args(words);
            bot.process_group(0).spawn()
        });
        let Ok(mut bot) = started else { return ExitCode::from(NOT_STARTED) };
        let group = Pid::from_child(&bot);
        // Only the bot holds its output: that it was closed is seen at the other end.
        if let Ok(nothing) = File::options().write(true).open("/dev/null") {
            let _ = rustix::stdio::dup2_stdout(&nothing);
            let _ = rustix::stdio::dup2_stderr(&nothing);
        }
        std::thread::spawn(move || {
            wait_until_alone();
            std::thread::sleep(GRACE);
            end_all(group);
            std::process::exit(0);
        });
        let status = bot.wait();
        end_all(group);
        let code =
            status.ok().and_then(|status| status.code().or(status.signal().map(|signal| 128 + signal)));
        ExitCode::from(u8::try_from(code.unwrap_or(1)).unwrap_or(1))
    }

    pub(super) fn become_bot(words: &[String], limits: &Limits) -> ExitCode {
        let mut bot = Command::new(&words[0]);
        bot.args(&words[1..]);
        // Without its keeper nobody would end it.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::set_parent_process_death_signal(Some(Signal::KILL));
        let most = |resource, most| {
            let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        };
        most(Resource::Data, limits.memory);
        most(Resource::Cpu, limits.processor);
        most(Resource::Fsize, limits.file);
        most(Resource::Core, 0);
        let error = bot.exec();
        let _ = writeln!(std::io::stderr(), "cannot start {}: {error}", words[0]);
        ExitCode::from(NOT_STARTED)
    }

    /// Waits until nobody is at the other end of standard input.
    fn wait_until_alone() {
        let input = std::io::stdin();
        loop {
            let mut watched = [PollFd::new(&input, PollFlags::empty())];
            match poll(&mut watched, None) {
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
                Ok(_) if watched[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => return,
                Ok(_) => std::thread::sleep(PAUSE),
            }
        }
    }

    /// Ends everything that descends from this process, also what has made itself at home in a session of its own.
    fn end_all(group: Pid) {
        let _ = kill_process_group(group, Signal::KILL);
        for _ in 0..TRIES {
            while matches!(wait(WaitOptions::NOHANG), Ok(Some(_))) {}
            let left = descendants();
            if left.is_empty() {
                return;
            }
            // Stopped first, so that none starts another while the others are ended.
            for signal in [Signal::STOP, Signal::KILL] {
                for &pid in &left {
                    let _ = kill_process(pid, signal);
                }
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// All processes that descend from this one.
    fn descendants() -> Vec<Pid> {
        let parents: Vec<(i32, i32)> = std::fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let pid = entry.file_name().to_str()?.parse().ok()?;
                let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
                // Its name, in brackets, may hold anything.
                let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?;
                Some((pid, parent))
            })
            .collect();
        let mut family = vec![getpid().as_raw_nonzero().get()];
        let mut next = 0;
        while let Some(&parent) = family.get(next) {
            family.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| pid));
            next += 1;
        }
        family.into_iter().skip(1).filter_map(Pid::from_raw).collect()
    }
}
