//! What the machine can do at all: exponentials from the first cache, and memory.

use std::fmt;

use super::plain::{exp_over, triad};
use super::timing::{median, rate, seconds};

/// Exponentials a second on one thread, and bytes a second, each on one thread and on two.
pub struct Limits {
    pub exponentials: [f64; 2],
    pub bytes: [f64; 2],
}

/// Measures both.
pub fn measure(rounds: usize) -> Limits {
    let at = |threads: usize| {
        let exponentials = median((0..rounds).map(|_| on(threads, exponentials)).collect());
        let bytes = median((0..rounds.min(5)).map(|_| on(threads, bytes)).collect());
        (exponentials, bytes)
    };
    let (one, two) = (at(1), at(2));
    Limits { exponentials: [one.0, two.0], bytes: [one.1, two.1] }
}

/// Sum over threads that work at the same time.
fn on(threads: usize, work: fn() -> f64) -> f64 {
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().map(|thread| thread.join().expect("measuring does not panic")).sum()
    })
}

fn exponentials() -> f64 {
    const LENGTH: usize = 2_048;
    const ROUNDS: usize = 50_000;
    let mut buffer: Vec<f32> = (0..LENGTH).map(|i| i as f32 / LENGTH as f32).collect();
    let time = seconds(|| exp_over(&mut buffer, ROUNDS));
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
        let [one, two] = self.bytes.map(|bytes| format!("{:.1} GB/s", bytes / 1e9));
        writeln!(f, "  triad over 3 × 64 MiB                              {one:>11} {two:>11}")
    }
}
