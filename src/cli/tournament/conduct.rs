//! How a tournament or a part of one is played: on how many threads, what is said meanwhile, and who else may be at it.

use std::time::{Duration, Instant};

use anyhow::Result;
use clap::Args;

use super::super::setting::thread_count;
use crate::tournament::FolderError;

/// Time between two looks at whether a folder is free.
const PAUSE: Duration = Duration::from_millis(250);
/// Most threads.
const MOST: u16 = 1024;

/// How it is played.
#[derive(Args, Default)]
pub(super) struct Conduct {
    /// Matches played at a time; absent: as many as the cluster gave cores (`HQ_CPUS`, `SLURM_CPUS_PER_TASK`), else all cores. The result
    /// is the same
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=i64::from(MOST)))]
    pub(super) threads: Option<u16>,
    /// Do not say how far it is
    #[arg(long)]
    pub(super) quiet: bool,
    /// Wait so long where another program is at the folder
    #[arg(long, value_name = "SECONDS", value_parser = seconds, requires = "out")]
    wait: Option<Duration>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.0..=604_800.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "expected seconds from 0 to 604800, a week".to_owned())
}

impl Conduct {
    /// Threads as wanted, as granted, or as many as there are cores.
    pub(super) fn threads(&self) -> usize {
        let said = |name: &str| std::env::var(name).ok();
        let granted = || of_hyperqueue(said("HQ_CPUS")).or_else(|| of_slurm(said("SLURM_CPUS_PER_TASK")));
        thread_count(self.threads.or_else(granted))
    }

    /// Tries again, for as long as is wanted, while another program is at the folder.
    #[allow(
        clippy::disallowed_methods,
        reason = "how long it is waited for a folder decides nothing of what is in it"
    )]
    pub(super) fn patiently<T>(&self, attempt: impl Fn() -> Result<T>) -> Result<T> {
        let end = Instant::now() + self.wait.unwrap_or_default();
        loop {
            let tried = attempt();
            let busy = |error: &anyhow::Error| matches!(error.downcast_ref(), Some(FolderError::Busy(_)));
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || !tried.as_ref().is_err_and(busy) {
                return tried;
            }
            std::thread::sleep(PAUSE.min(left));
        }
    }
}

/// How many cores a task of HyperQueue has: it is told which, such as `0,2,3`. A worker of it may be a job of Slurm's that has more,
/// so this is asked first.
fn of_hyperqueue(cores: Option<String>) -> Option<u16> {
    let cores: Result<Vec<u32>, _> = cores?.split(',').map(|core| core.trim().parse()).collect();
    u16::try_from(cores.ok()?.len()).ok().filter(|count| *count <= MOST)
}

/// How many cores a task of Slurm was asked for. The machine's own count may be of the whole node.
fn of_slurm(count: Option<String>) -> Option<u16> {
    count?.trim().parse().ok().filter(|count| (1..=MOST).contains(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_engine_grants_is_taken_where_it_is_sound() {
        let slurm = |text: &str| of_slurm(Some(text.to_owned()));
        assert_eq!([slurm("4"), slurm("1024"), slurm(" 2 ")], [Some(4), Some(1024), Some(2)]);
        assert_eq!(["", "0", "-1", "1025", "4(x2)", "many"].map(slurm), [None; 6]);
        let hyperqueue = |text: &str| of_hyperqueue(Some(text.to_owned()));
        assert_eq!([hyperqueue("7"), hyperqueue("0,2,3")], [Some(1), Some(3)]);
        assert_eq!(["", "0,", "a,b", "0-3"].map(hyperqueue), [None; 4]);
        assert_eq!((of_slurm(None), of_hyperqueue(None)), (None, None));
    }

    #[test]
    fn only_a_busy_folder_is_waited_for() {
        let conduct = Conduct { wait: Some(Duration::from_secs(60)), ..Conduct::default() };
        let tries = std::cell::Cell::new(0);
        let busy = || anyhow::Error::from(FolderError::Busy("here".into()));
        let done = conduct.patiently(|| {
            tries.set(tries.get() + 1);
            if tries.get() < 3 { Err(busy()) } else { Ok(()) }
        });
        assert!(done.is_ok() && tries.get() == 3);
        let done: Result<()> = conduct.patiently(|| {
            tries.set(tries.get() + 1);
            Err(anyhow::anyhow!("no such plan"))
        });
        assert!(done.is_err() && tries.get() == 4, "nothing else gets better by waiting");
        let done: Result<()> = Conduct::default().patiently(|| {
            tries.set(tries.get() + 1);
            Err(busy())
        });
        assert!(done.is_err() && tries.get() == 5, "nobody asked to wait");
    }
}
