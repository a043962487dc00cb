//! Time, medians, and what the machine was like.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;

/// Seconds that something takes.
pub fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// The median of some numbers.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2.0 }
}

/// Between which two of some independent numbers their true median lies with a probability of 95% or more, whatever their
/// distribution: by the order of the numbers alone.
pub fn interval_of_median(mut values: Vec<f64>) -> [f64; 2] {
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let below = (0.5 * n - 0.98 * n.sqrt()).floor().max(0.0) as usize;
    [values[below.saturating_sub(1)], values[(values.len() - 1).min(values.len() - below)]]
}

/// Threads for a step: none for the caller's own.
pub fn pool(threads: usize) -> Option<Arc<rayon::ThreadPool>> {
    let build = || rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    (threads > 1).then(|| Arc::new(build().expect("threads can be started")))
}

/// Processor, cores and load.
pub fn surroundings() -> String {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let processor = read("/proc/cpuinfo");
    let processor = processor
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name.to_owned()))
        .unwrap_or_else(|| "unknown processor".to_owned());
    let load = read("/proc/loadavg");
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let mut text = format!("{processor}, {cores} cores, load ");
    let _ = write!(text, "{}", load.split(' ').next().unwrap_or("unknown"));
    text
}

/// Whether two counts of the same alternative, each of `n` independent choices, differ by more than chance allows.
pub fn disagree(one: u64, other: u64, n: u64) -> bool {
    let (one, other, n) = (one as f64 / n as f64, other as f64 / n as f64, n as f64);
    let share = (one + other) / 2.0;
    (one - other).abs() > 4.0 * (2.0 * share * (1.0 - share) / n).sqrt()
}

/// A number of somethings a second, in words.
pub fn rate(per_second: f64) -> String {
    match per_second {
        r if r >= 1e9 => format!("{:.2} G/s", r / 1e9),
        r if r >= 1e6 => format!("{:.0} M/s", r / 1e6),
        r => format!("{r:.0}/s"),
    }
}
