//! How a level is played: the options that commands have in common.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;

use super::limits::BotLimits;
use crate::bots::{Limits, Player};
use crate::game::{Seat, Setup, seat_of};
use crate::history::recorded_orders;
use crate::level::{Level, MAX_CONSUMERS, MAX_MERCHANTS, MAX_TURNS};
use crate::strategy;

/// Length, agents, threads and changes to the level.
#[derive(Args, Default)]
pub(super) struct Setting {
    /// Number of turns; the level's when absent
    #[arg(long, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_TURNS)))]
    turns: Option<u32>,
    /// Consumer agents; their weights rescale
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_CONSUMERS)))]
    consumers: Option<u32>,
    /// Merchant agents; their weights rescale
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..=i64::from(MAX_MERCHANTS)))]
    merchants: Option<u32>,
    /// Threads; all cores when absent. The result is the same
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Change one value of the level, such as market.habit=2 or platforms.north.cash=5e9; repeatable, the last wins
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    #[command(flatten)]
    bots: BotLimits,
}

impl Setting {
    /// The level of a name or file, with the changes made.
    pub(super) fn level(&self, name: &str) -> Result<Level> {
        self.changed(name, &[])
    }

    /// The same, with further changes after these.
    pub(super) fn changed(&self, name: &str, further: &[String]) -> Result<Level> {
        let changes = [&self.set[..], further].concat();
        let mut level = Level::find(name, &changes, &strategy::vocabulary())?;
        if let Some(turns) = self.turns {
            level.objectives.iter_mut().for_each(|objective| objective.due_within(turns));
        }
        Ok(level)
    }

    /// How the level is played, on one thread: as it says, but for these options and the seats given away.
    pub(super) fn setup(&self, level: &Level, seats: &[&str]) -> Result<Setup> {
        let mut setup = Setup::of(level)?;
        give_seats(&mut setup, level, "--seat", seats, &self.limits())?;
        let population = &mut setup.population;
        population.consumers = self.consumers.unwrap_or(population.consumers);
        population.merchants = self.merchants.unwrap_or(population.merchants);
        setup.turns = self.turns.unwrap_or(setup.turns);
        let cells = level.least_consumers();
        if population.consumers < cells {
            bail!(
                "--consumers {}: {} needs at least {cells}, one for each region, segment and set of apps",
                population.consumers,
                level.id
            );
        }
        Ok(setup)
    }

    /// What bots may take.
    pub(super) fn limits(&self) -> Limits {
        self.bots.limits()
    }

    /// Threads that work on one match; none of its own where one thread is wanted.
    pub(super) fn threads(&self) -> Result<Option<Arc<rayon::ThreadPool>>> {
        let wanted = thread_count(self.threads);
        Ok(if wanted < 2 { None } else { Some(Arc::new(pool(wanted)?)) })
    }

    /// Threads for matches beside one another.
    pub(super) fn pool(&self) -> Result<rayon::ThreadPool> {
        pool(thread_count(self.threads))
    }
}

/// Threads as wanted, or as many as there are cores.
pub(super) fn thread_count(wanted: Option<u16>) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    wanted.map_or_else(cores, usize::from)
}

/// So many threads.
pub(super) fn pool(threads: usize) -> Result<rayon::ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.with_context(|| format!("cannot start {threads} threads"))
}

/// Gives seats away as an option says, `PLATFORM=STRATEGY` each, and each once.
pub(super) fn give_seats(
    setup: &mut Setup,
    level: &Level,
    option: &str,
    assignments: &[&str],
    limits: &Limits,
) -> Result<()> {
    let mut given = Vec::new();
    for assignment in assignments {
        let (id, who) = assignment.split_once('=').ok_or_else(|| {
            anyhow!("{option} {assignment}: expected PLATFORM=STRATEGY, such as north=follower")
        })?;
        let platform = seat_of(level, id).with_context(|| format!("{option} {assignment}"))?;
        if given.contains(&platform) {
            bail!("{option} {id}: the seat is given away twice");
        }
        given.push(platform);
        setup.seats[platform] = match who.strip_prefix("orders:") {
            Some("") => bail!("{option} {assignment}: expected the file of orders after `orders:`"),
            Some(file) => Seat::Recorded(who.to_owned(), recorded_orders(Path::new(file), level, platform)?),
            None => Player::read(who, limits).with_context(|| format!("{option} {assignment}"))?.seat(),
        };
    }
    Ok(())
}
