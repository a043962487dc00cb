//! The smallest market: five platforms, one category, everybody chooses anew. Engine against plain kernel.

use std::f32::consts::LOG2_E;
use std::fmt::Write;
use std::sync::Arc;

use walled_gardens::game::Prepared;
use walled_gardens::level::Level;
use walled_gardens::sim::{Population, Simulation};

use super::limits::Limits;
use super::plain::{P, Row, Small};
use super::timing::{disagree, median, pool, rate, seconds, surroundings};

/// The market, in the engine and in plain slices, with the same people.
struct Both {
    engine: Simulation,
    plain: Small,
    row: Row,
    appeal: [f32; P],
    pool: Option<Arc<rayon::ThreadPool>>,
    consumers: u32,
    key: u32,
}

impl Both {
    fn new(consumers: u32, threads: usize) -> Self {
        let vocabulary = walled_gardens::strategy::vocabulary();
        let level = Level::from_text("bench/step", include_str!("step.ron"), &vocabulary);
        let prepared = Prepared::new(level.expect("the level is sound"));
        let pool = pool(threads);
        let population =
            Population { consumers, merchants: 0, seed: 1, threads: pool.clone(), measure_surplus: false };
        let mut engine = Simulation::new(&prepared.level, &prepared.opening, &population);
        let columns = engine.columns();
        let told = &engine.market().rows[[0, 0]];
        let row = Row {
            price_staying: std::array::from_fn(|j| told.price_staying[j] * LOG2_E),
            habit: told.habit * LOG2_E,
            ..Row::default()
        };
        let appeal = std::array::from_fn(|j| {
            let shop = prepared.level.platforms[j].shop.as_ref();
            shop.and_then(|shop| shop.appeal).expect("the level states it") as f32
        });
        let plain = Small {
            sensitivity: columns.sensitivity,
            last: columns.last.into_iter().next().expect("there is one category"),
        };
        Self { engine, plain, row, appeal, pool, consumers, key: 0 }
    }

    fn plain_step(&mut self) -> [u32; P] {
        self.key = self.key.wrapping_add(2_654_435_761);
        self.plain.step(&self.row, self.key, self.pool.as_deref())
    }

    fn engine_turn(&mut self) {
        self.engine.turn(vec![Vec::new(); P]);
    }

    /// Ten steps of both with feedback from shares to utilities; then the shares must agree.
    fn agree(&mut self) -> Result<[f64; P], String> {
        let mut counts = [self.consumers / P as u32; P];
        for _ in 0..10 {
            let share = counts.map(|count| count as f32 / self.consumers as f32);
            self.row.common = std::array::from_fn(|j| (self.appeal[j] + share[j]) * LOG2_E);
            counts = self.plain_step();
            self.engine_turn();
        }
        let engine = self.engine.chosen(0);
        for (j, (&plain, &engine)) in counts.iter().zip(&engine).enumerate() {
            if disagree(plain.into(), engine, self.consumers.into()) {
                return Err(format!("platform {j}: plain {plain}, engine {engine} of {}", self.consumers));
            }
        }
        Ok(counts.map(|count| f64::from(count) / f64::from(self.consumers)))
    }

    /// Seconds of a plain step, of the engine's consumer step and of its whole turn.
    fn time(&mut self) -> [f64; 3] {
        let times = (4_000_000 / self.consumers).max(1);
        let each = 1.0 / f64::from(times);
        [
            each * seconds(|| {
                (0..times).for_each(|_| {
                    std::hint::black_box(self.plain_step());
                });
            }),
            each * seconds(|| (0..times).for_each(|_| self.engine.consumer_step())),
            each * seconds(|| (0..times).for_each(|_| self.engine_turn())),
        ]
    }
}

/// Medians of each, and medians of ratios taken within a round.
struct Medians {
    plain: f64,
    step: f64,
    turn: f64,
    step_to_plain: f64,
}

fn medians(both: &mut Both, rounds: usize) -> Medians {
    both.time();
    let times: Vec<[f64; 3]> = (0..rounds).map(|_| both.time()).collect();
    let over = |of: fn(&[f64; 3]) -> f64| median(times.iter().map(of).collect());
    Medians {
        plain: over(|t| t[0]),
        step: over(|t| t[1]),
        turn: over(|t| t[2]),
        step_to_plain: over(|t| t[0] / t[1]),
    }
}

/// The group of lines for a number of threads.
pub fn compare(
    populations: &[u32],
    threads: usize,
    rounds: usize,
    limits: &Limits,
) -> Result<String, String> {
    let (exponentials, powers) = (limits.exponentials[threads - 1], limits.powers[threads - 1]);
    let mut text = format!(
        "The choice step: five platforms, one category, everybody reconsiders, nobody offline; {threads} thread(s)\n  \
         {:<28} {:>12} {:>14} {:>14} {:>14} {:>10}\n",
        "", "consumers", "choices", "of exp limit", "of 2^x limit", "of plain"
    );
    for &consumers in populations {
        let mut both = Both::new(consumers, threads);
        both.agree()?;
        let found = medians(&mut both, rounds);
        let mut line = |name: &str, time: f64, of_plain: f64| {
            let per_second = f64::from(consumers) / time;
            let each = per_second * P as f64;
            let (of_limit, of_powers) = (each / exponentials, each / powers);
            let _ = writeln!(
                text,
                "  {name:<28} {consumers:>12} {:>14} {of_limit:>14.2} {of_powers:>14.2} {of_plain:>10.2}",
                rate(per_second)
            );
        };
        line("plain kernel", found.plain, 1.0);
        line("engine, consumer step", found.step, found.step_to_plain);
        line("engine, whole turn", found.turn, found.plain / found.turn);
    }
    // The sensitivity is read, the last choice is read and written.
    let memory = limits.bytes[threads - 1] / 6.0;
    let _ = writeln!(text, "  memory alone (6 bytes a choice) would allow {}", rate(memory));
    Ok(text)
}

/// What other tools are compared with.
pub fn for_peers(rounds: usize) -> Result<String, String> {
    let consumers = 1_000_000;
    let mut both = Both::new(consumers, 1);
    let shares = both.agree()?;
    let found = medians(&mut both, rounds);
    let per_second = |time: f64| f64::from(consumers) / time;
    println!("{}", surroundings());
    Ok(serde_json::json!({
        "consumers": consumers,
        "shares": shares,
        "choices_per_second": {"engine": per_second(found.step), "plain_kernel": per_second(found.plain)},
    })
    .to_string())
}
