//! The whole market: every term of the model, six categories, merchants. Engine against plain kernel.

use std::f32::consts::LOG2_E;
use std::fmt::Write;
use std::sync::Arc;

use walled_gardens::game::Prepared;
use walled_gardens::level::{Level, set};
use walled_gardens::sim::choice::ChoiceRow;
use walled_gardens::sim::{Audience, Order, Population, Simulation};

use super::limits::Limits;
use super::plain::{Full, P, Row};
use super::timing::{disagree, median, pool, rate, seconds};

/// Categories of the level.
const CATEGORIES: usize = 6;

/// The level with a probability of reconsidering, settled in for two turns with coupons for those who switch.
fn running(
    consumers: u32,
    reconsideration: f64,
    threads: Option<Arc<rayon::ThreadPool>>,
) -> (Arc<Level>, Simulation) {
    let text = set(include_str!("market.ron"), &format!("market.reconsideration={reconsideration:?}"));
    let vocabulary = walled_gardens::strategy::vocabulary();
    let level = Level::from_text("bench/market", &text.expect("the change applies"), &vocabulary);
    let prepared = Prepared::new(level.expect("the level is sound"));
    let population =
        Population { consumers, merchants: consumers / 10, seed: 1, threads, measure_surplus: false };
    let mut engine = Simulation::new(&prepared.level, &prepared.opening, &population);
    let coupon = Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth: 0.02 };
    engine.turn(vec![vec![coupon]; P]);
    engine.turn(vec![Vec::new(); P]);
    (prepared.level, engine)
}

/// The same people, told the same, in plain slices.
fn plain(level: &Level, engine: &mut Simulation) -> Full {
    let columns = engine.columns();
    let market = engine.market();
    let row = |category: usize| {
        let told: &ChoiceRow = &market.rows[[0, category]];
        let scaled = |values: &[f32]| std::array::from_fn(|j| values[j] * LOG2_E);
        Row {
            common: scaled(&told.common),
            price_staying: scaled(&told.price_staying),
            price_switching: scaled(&told.price_switching),
            position: std::array::from_fn(|j| told.taste[j]),
            strength: told.taste_strength * LOG2_E,
            habit: told.habit * LOG2_E,
        }
    };
    Full {
        sensitivity: columns.sensitivity,
        taste: columns.taste,
        known: columns.known,
        last: columns.last,
        rows: (0..CATEGORIES).map(row).collect(),
        learning: std::array::from_fn(|j| market.learning[[0, j]] as f32),
        forgetting: level.market.forgetting as f32,
    }
}

/// Ten steps of both, told the same; then the shares must agree in every category.
fn agree(engine: &mut Simulation, plain: &mut Full, key: &mut u32) -> Result<(), String> {
    let mut counts = Default::default();
    for _ in 0..10 {
        *key = key.wrapping_add(2_654_435_761);
        counts = plain.step(*key, None);
        engine.consumer_step();
    }
    for category in 0..CATEGORIES {
        let engine = engine.chosen(category);
        let consumers: u64 = engine.iter().sum();
        for (j, (&plain, &engine)) in counts.chosen[category].iter().zip(&engine).enumerate() {
            if disagree(plain.into(), engine, consumers) {
                return Err(format!(
                    "category {category}, alternative {j}: plain {plain}, engine {engine} of {consumers}"
                ));
            }
        }
    }
    Ok(())
}

/// The group of lines for a number of threads.
pub fn compare(
    populations: &[u32],
    threads: usize,
    rounds: usize,
    limits: &Limits,
) -> Result<String, String> {
    let mut text = format!(
        "The whole market: every term, five platforms, six categories, an offline option, a merchant for every ten consumers; \
         {threads} thread(s)\n  {:<44} {:>11} {:>10} {:>10} {:>10} {:>14} {:>14}\n",
        "", "consumers", "ms", "ns each", "choices", "of exp limit", "of plain time"
    );
    for &consumers in populations {
        let pool = pool(threads);
        let (level, mut anew) = running(consumers, 1.0, pool.clone());
        let (_, mut usual) = running(consumers, 0.1, pool.clone());
        let mut plain = plain(&level, &mut anew);
        let mut key = 0;
        agree(&mut anew, &mut plain, &mut key)?;
        let times = (1_000_000 / consumers).max(1);
        let each = 1.0 / f64::from(times);
        let mut round = || {
            let turn = |engine: &mut Simulation| {
                each * seconds(|| (0..times).for_each(|_| drop(engine.turn(vec![Vec::new(); P]).clone())))
            };
            let step =
                |engine: &mut Simulation| each * seconds(|| (0..times).for_each(|_| engine.consumer_step()));
            [
                each * seconds(|| {
                    for _ in 0..times {
                        key = key.wrapping_add(2_654_435_761);
                        std::hint::black_box(plain.step(key, pool.as_deref()));
                    }
                }),
                step(&mut anew),
                turn(&mut anew),
                step(&mut usual),
                turn(&mut usual),
                seconds(|| {
                    std::hint::black_box(usual.state_hash());
                }),
            ]
        };
        round();
        let rounds: Vec<[f64; 6]> = (0..rounds).map(|_| round()).collect();
        let names = [
            "plain kernel, everybody reconsiders",
            "engine, consumer step",
            "engine, whole turn",
            "engine, consumer step, one in ten reconsiders",
            "engine, whole turn, one in ten reconsiders",
            "state hash",
        ];
        let of_turn = median(rounds.iter().map(|times| times[4] / times[2]).collect());
        for (line, name) in names.into_iter().enumerate() {
            let time = median(rounds.iter().map(|times| times[line]).collect());
            let of_plain = median(rounds.iter().map(|times| times[line] / times[0]).collect());
            let _ = write!(
                text,
                "  {name:<44} {consumers:>11} {:>10.2} {:>10.2}",
                time * 1e3,
                time * 1e9 / f64::from(consumers)
            );
            let choices = f64::from(consumers) * CATEGORIES as f64 / time;
            let of_limit = choices * P as f64 / limits.exponentials[threads - 1];
            let _ = match line {
                0..=2 => writeln!(text, " {:>10} {of_limit:>14.2} {of_plain:>14.2}", rate(choices)),
                4 => writeln!(
                    text,
                    " {:>10} {:>14} {of_plain:>14.2}  ({of_turn:.2} of the turn where all do)",
                    "", ""
                ),
                _ => writeln!(text, " {:>10} {:>14} {of_plain:>14.2}", "", ""),
            };
        }
    }
    Ok(text)
}
