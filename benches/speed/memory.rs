//! What a consumer costs in memory: the peak of a process of its own over its consumers.

use std::process::Command;

use walled_gardens::game::Prepared;
use walled_gardens::level::Level;
use walled_gardens::sim::{Population, Simulation};

/// Plays three turns with this many consumers of six categories; the peak resident memory of the process in bytes.
pub fn peak_of(consumers: u32) -> u64 {
    let vocabulary = walled_gardens::strategy::vocabulary();
    let level = Level::from_text("bench/market", include_str!("market.ron"), &vocabulary);
    let prepared = Prepared::new(level.expect("the level is sound"));
    let population = Population { consumers, merchants: 0, seed: 1, threads: None, measure_surplus: false };
    let mut engine = Simulation::new(&prepared.level, &prepared.opening, &population);
    for _ in 0..3 {
        engine.turn(vec![Vec::new(); prepared.level.platforms.len()]);
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    peak.and_then(|kilobytes| kilobytes.trim().parse::<u64>().ok()).map_or(0, |kilobytes| kilobytes * 1_024)
}

/// The line of the table.
pub fn report(consumers: u32) -> String {
    let peak = std::env::current_exe()
        .and_then(|program| Command::new(program).args(["--memory", &consumers.to_string()]).output())
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok()?.trim().parse::<f64>().ok())
        .filter(|&bytes| bytes > 0.0);
    match peak {
        Some(bytes) => format!(
            "Memory: {:.1} bytes a consumer: {:.0} MiB at the peak of a process with {consumers} consumers of six \
             categories\n",
            bytes / f64::from(consumers),
            bytes / f64::from(1 << 20)
        ),
        None => "Memory: not known on this system\n".to_owned(),
    }
}
