//! Where the time of a turn goes, system by system of its schedule.

use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use bevy::ecs::error::ErrorHandler;
use bevy::ecs::schedule::{FixedBitSet, SingleThreadedExecutor, SystemExecutor, SystemSchedule};
use bevy::prelude::World;
use walled_gardens::game::Prepared;
use walled_gardens::level::Level;
use walled_gardens::sim::{Population, Simulation};
use walled_gardens::strategy;

use super::services::{SERVICES, market};

const LEVELS: [&str; 4] = ["arena/duel", "arena/six", "arena/two_ecosystems", "history/china_2024"];
const POPULATIONS: [u32; 3] = [2_000, 60_000, 1_000_000];

/// Runs the systems of a schedule one by one and keeps how long each takes, in seconds.
struct Clocked {
    inner: SingleThreadedExecutor,
    systems: usize,
    times: Arc<Mutex<Vec<f64>>>,
}

impl SystemExecutor for Clocked {
    fn init(&mut self, schedule: &SystemSchedule) {
        self.inner.init(schedule);
    }

    fn run(
        &mut self,
        schedule: &mut SystemSchedule,
        world: &mut World,
        _skip: Option<&FixedBitSet>,
        error_handler: ErrorHandler,
    ) {
        let mut others = FixedBitSet::with_capacity(self.systems);
        for system in 0..self.systems {
            others.insert_range(..);
            others.set(system, false);
            let begun = Instant::now();
            self.inner.run(schedule, world, Some(&others), error_handler);
            let taken = begun.elapsed().as_secs_f64();
            self.times.lock().unwrap_or_else(PoisonError::into_inner)[system] += taken;
        }
    }

    fn set_apply_final_deferred(&mut self, value: bool) {
        self.inner.set_apply_final_deferred(value);
    }
}

/// A table for each level: microseconds a turn of each system, by consumers.
pub fn report(most: u32) -> String {
    let mut text =
        "Where a turn's time goes: 1 thread, microseconds a turn of each system, nobody orders anything\n"
            .to_owned();
    let populations: Vec<u32> = POPULATIONS.into_iter().filter(|&consumers| consumers <= most).collect();
    if populations.is_empty() {
        return format!(
            "{text}  none: the smallest population is {}, and --most is {most}\n",
            POPULATIONS[0]
        );
    }
    let shipped = LEVELS.into_iter().map(|name| {
        let level = Level::find(name, &[], &strategy::vocabulary()).expect("is shipped");
        (name, Prepared::new(level))
    });
    let whole = [
        ("the whole market of the other groups", market(&[])),
        ("the same with wallets, apps, carriers", market(&[SERVICES])),
    ];
    for (name, prepared) in shipped.chain(whole) {
        let columns: Vec<Vec<(String, f64)>> =
            populations.iter().map(|&consumers| profile(&prepared, consumers)).collect();
        let _ = write!(text, "\n  {name:<34}");
        populations.iter().for_each(|consumers| text += &format!(" {consumers:>12}"));
        let mut order: Vec<usize> = (0..columns[0].len()).collect();
        order.sort_by(|&a, &b| columns[0][b].1.total_cmp(&columns[0][a].1));
        for system in order {
            let _ = write!(text, "\n    {:<32}", columns[0][system].0);
            columns.iter().for_each(|times| text += &format!(" {:>12.1}", times[system].1));
        }
        let _ = write!(text, "\n    {:<32}", "all");
        for times in &columns {
            let _ = write!(text, " {:>12.1}", times.iter().map(|(_, time)| time).sum::<f64>());
        }
        text += "\n";
    }
    text
}

/// Microseconds a turn of each system, in their order.
fn profile(prepared: &Prepared, consumers: u32) -> Vec<(String, f64)> {
    let level = &prepared.level;
    let merchants =
        (f64::from(consumers) * f64::from(level.setup.merchants) / f64::from(level.setup.consumers)) as u32;
    let population = Population { consumers, merchants, seed: 1, threads: None, measure_surplus: false };
    let mut simulation = Simulation::new(level, &prepared.opening, &population);
    let idle = || vec![Vec::new(); level.platforms.len()];
    simulation.turn(idle());
    let systems = simulation.schedule().systems_len();
    let times = Arc::new(Mutex::new(vec![0.0; systems]));
    let clocked = Clocked { inner: SingleThreadedExecutor::new(), systems, times: Arc::clone(&times) };
    simulation.schedule().set_executor(clocked);
    let turns = if consumers < 100_000 { 96 } else { 12 };
    // The first turns build the schedule anew and fill caches.
    for turn in 0..turns + 2 {
        if turn == 2 {
            times.lock().unwrap_or_else(PoisonError::into_inner).fill(0.0);
        }
        simulation.turn(idle());
    }
    let names: Vec<String> = simulation
        .schedule()
        .systems()
        .map(|systems| systems.map(|(_, system)| system.name().to_string()).collect())
        .unwrap_or_default();
    let times = times.lock().unwrap_or_else(PoisonError::into_inner);
    let short = |name: &str| name.rsplit("turn::").next().unwrap_or(name).to_owned();
    names.iter().zip(times.iter()).map(|(name, time)| (short(name), 1e6 * time / f64::from(turns))).collect()
}
