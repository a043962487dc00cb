//! Keeps records as they come, and shows how far it is.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use anyhow::Result;
use indicatif::{HumanCount, ProgressBar, ProgressStyle};

use crate::bots::Player;
use crate::strategy::Outsider;
use crate::tournament::{Finish, Folder, FolderError, Place, Spool, Tournament, Watcher};

/// Time between two lines of a log.
const PAUSE: Duration = Duration::from_secs(10);

/// Keeps records.
pub(super) struct Keeper {
    records: Records,
    shown: Shown,
}

/// Where records are kept.
pub(super) enum Records {
    /// In the user's folder.
    Folder(Box<Folder>),
    /// Nowhere that the user sees.
    Spool(Spool),
    /// With what has been played: a format whose next matches depend on the last ones has them there.
    Held,
}

/// How it is shown how far a tournament is.
enum Shown {
    /// A bar on a terminal.
    Bar(ProgressBar),
    /// A line now and then where standard error is a file or a pipe: a log shows that something is happening.
    Log(Log, Instant),
    /// Not at all.
    Nothing,
}

impl Keeper {
    #[allow(clippy::disallowed_methods, reason = "how fast it goes is shown, and decides nothing")]
    pub(super) fn new(tournament: &Tournament, records: Records, quiet: bool) -> Self {
        let shown = if quiet {
            Shown::Nothing
        } else if std::io::stderr().is_terminal() {
            let bar = ProgressBar::new(0);
            let style = "{bar:40} {human_pos}/{human_len} matches  {per_sec}  {eta} left";
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
            Shown::Bar(bar)
        } else {
            // How many matches a test or a Swiss tournament will have is not known.
            Shown::Log(Log { ends: !tournament.plan.format.is_adaptive(), ..Log::default() }, Instant::now())
        };
        Self { records, shown }
    }

    /// The records, in order.
    pub(super) fn finish(self, tournament: &Tournament) -> Result<Records> {
        if let Shown::Bar(bar) = self.shown {
            bar.finish_and_clear();
        }
        tell_faults(tournament);
        let mut records = self.records;
        if let Records::Folder(folder) = &mut records {
            folder.put_in_order(tournament)?;
        }
        Ok(records)
    }
}

/// Which bots did something wrong, and what each wrote to standard error.
#[allow(clippy::print_stderr, reason = "what bots did is said beside the standings, not in them")]
fn tell_faults(tournament: &Tournament) {
    let players = tournament.entries.iter().map(|entry| &entry.player).chain(&tournament.others);
    for bot in players.filter_map(Player::bot).filter(|bot| bot.faults() > 0) {
        eprintln!("{}: {} turns were lost; the records say which, and why", bot.name(), bot.faults());
        let heard = bot.heard();
        if !heard.is_empty() {
            eprintln!("It wrote to standard error:\n{}", heard.trim_end());
        }
    }
}

impl Watcher for Keeper {
    type Error = FolderError;

    fn round(&mut self, missing: usize) {
        match &mut self.shown {
            Shown::Bar(bar) => bar.inc_length(missing as u64),
            Shown::Log(log, _) => log.all += missing as u64,
            Shown::Nothing => {}
        }
    }

    #[allow(clippy::print_stderr, reason = "progress is said beside the standings, not in them")]
    fn finished(&mut self, place: Place, finish: &Finish) -> Result<(), FolderError> {
        match &mut self.shown {
            Shown::Bar(bar) => bar.inc(1),
            Shown::Log(log, begun) => {
                if let Some(line) = log.finished(begun.elapsed()) {
                    eprintln!("{line}");
                }
            }
            Shown::Nothing => {}
        }
        match &mut self.records {
            Records::Folder(folder) => folder.add(place, finish),
            Records::Spool(spool) => spool.add(place, finish),
            Records::Held => Ok(()),
        }
    }
}

/// What a log says of a tournament.
#[derive(Default)]
struct Log {
    all: u64,
    done: u64,
    /// Whether all are all that will be played.
    ends: bool,
    /// When the last line was, and how many had ended then.
    said: (Duration, u64),
}

impl Log {
    /// A match has ended so long after the beginning; the line that is due, if one is.
    fn finished(&mut self, elapsed: Duration) -> Option<String> {
        self.done += 1;
        let (then, before) = self.said;
        if elapsed < then + PAUSE {
            return None;
        }
        self.said = (elapsed, self.done);
        let Self { all, done, .. } = *self;
        // Since the last line: matches of one level take longer than those of another.
        let per_second = (done - before) as f64 / (elapsed - then).as_secs_f64();
        let rate = if per_second < 10.0 { format!("{per_second:.1}") } else { format!("{per_second:.0}") };
        Some(if self.ends {
            let left = ((all - done.min(all)) as f64 / per_second).round();
            let percent = 100 * done / all.max(1);
            let (done, all) = (HumanCount(done), HumanCount(all));
            format!("{done} of {all} matches ({percent}%), {rate} a second, {left:.0} s left")
        } else {
            format!("{} matches, {rate} a second", HumanCount(done))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_has_a_line_every_ten_seconds_and_none_before() {
        let mut log = Log { all: 400, ends: true, ..Log::default() };
        let lines: Vec<String> =
            (1..=100).filter_map(|second| log.finished(Duration::from_millis(250 * second))).collect();
        assert_eq!(
            lines,
            [
                "40 of 400 matches (10%), 4.0 a second, 90 s left",
                "80 of 400 matches (20%), 4.0 a second, 80 s left"
            ]
        );
    }

    #[test]
    fn who_wants_quiet_is_told_nothing_of_how_far_it_is() {
        let strategies = ["passive", "premium"].map(str::to_owned).to_vec();
        let plan = crate::tournament::Plan::of(vec!["arena/duel".to_owned()], strategies, 1);
        let tournament = Tournament::new(plan).expect("is sound");
        let silent = |quiet| matches!(Keeper::new(&tournament, Records::Held, quiet).shown, Shown::Nothing);
        assert!(silent(true) && !silent(false));
    }

    #[test]
    fn where_the_end_is_open_a_log_promises_none() {
        let mut log = Log { all: 8, ..Log::default() };
        assert_eq!(log.finished(Duration::from_secs(20)).as_deref(), Some("1 matches, 0.1 a second"));
    }
}
