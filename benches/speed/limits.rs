//! What the machine can do at all: exponentials from the first cache, and memory.

use std::fmt;

use super::plain::{exp_over, exp2_over, triad};
use super::timing::{median, rate, seconds};

/// What the machine does a second, each on one thread and on two.
pub struct Limits {
    /// Exponentials of any argument.
    pub exponentials: [f64; 2],
    /// Powers of two of arguments in range: what the choice loop makes do with.
    pub powers: [f64; 2],
    /// Bytes.
    pub bytes: [f64; 2],
}

/// Measures both.
pub fn measure(rounds: usize) -> Limits {
    let at = |threads: usize| {
        let exponentials = median((0..rounds).map(|_| on(threads, || per_second(exp_over))).collect());
        let powers = median((0..rounds).map(|_| on(threads, || per_second(exp2_over))).collect());
        let bytes = median((0..rounds.min(5)).map(|_| on(threads, bytes)).collect());
        (exponentials, powers, bytes)
    };
    let (one, two) = (at(1), at(2));
    Limits { exponentials: [one.0, two.0], powers: [one.1, two.1], bytes: [one.2, two.2] }
}

/// Sum over threads that work at the same time.
fn on(threads: usize, work: fn() -> f64) -> f64 {
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().map(|thread| thread.join().expect("measuring does not panic")).sum()
    })
}

/// Values a second that a function works through.
fn per_second(over: fn(&mut [f32], usize)) -> f64 {
    const LENGTH: usize = 2_048;
    const ROUNDS: usize = 50_000;
    let mut buffer: Vec<f32> = (0..LENGTH).map(|i| i as f32 / LENGTH as f32).collect();
    let time = seconds(|| over(&mut buffer, ROUNDS));
    std::hint::black_box(&buffer);
    (LENGTH * ROUNDS) as f64 / time
}

fn bytes() -> f64 {
    const LENGTH: usize = 16 << 20;
    let (mut a, b, c) = (vec![0.0; LENGTH], vec![1.0; LENGTH], vec![2.0; LENGTH]);
    triad(&mut a, &b, &c);
    let time = seconds(|| (0..3).for_each(|_| triad(std::hint::black_box(&mut a), &b, &c)));
    (3 * 12 * LENGTH) as f64 / time
}

impl fmt::Display for Limits {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "Limits of the machine                                   1 thread   2 threads")?;
        let [one, two] = self.exponentials.map(rate);
        writeln!(f, "  polynomial exp over a buffer in the first cache    {one:>11} {two:>11}")?;
        let [one, two] = self.powers.map(rate);
        writeln!(f, "  polynomial 2^x over the same, arguments in range   {one:>11} {two:>11}")?;
        let [one, two] = self.bytes.map(|bytes| format!("{:.1} GB/s", bytes / 1e9));
        writeln!(f, "  triad over 3 × 64 MiB                              {one:>11} {two:>11}")
    }
}
