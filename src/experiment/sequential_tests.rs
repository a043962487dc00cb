//! How often is a sequential test wrong? Tests between players whose advantage is known, stopped at the looks and by the function by
//! which a tournament stops.

use std::fmt::Write;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::playing::ExperimentError;
use crate::statistics::{Interval, NORMALISED, SequentialTest, Verdict, part_of};
use crate::tournament::schedule::BATCH;

/// Seats of a level, and matches of a block with them.
const SEATS: [usize; 3] = [2, 6, 16];
/// Blocks after which a test that is open is given up.
const MOST: u32 = 100_000;
/// By how much more often than asked a test may be wrong.
const SLACK: f64 = 1.2;
/// Numbers that the luck of a block takes, evenly.
const LUCK: usize = 41;

/// What matches of a block have in common.
struct Population {
    name: &'static str,
    /// How far one player may be better or worse for a whole block, as a strength: its matches come out alike.
    luck: f64,
    /// By how much the first seat is better, as a strength, and the second worse: most blocks come out nearly even.
    first_seat: f64,
}

const POPULATIONS: [Population; 3] = [
    Population { name: "every match for itself", luck: 0.0, first_seat: 0.0 },
    Population { name: "luck of a block decides", luck: 2.0, first_seat: 0.0 },
    Population { name: "seats decide", luck: 0.0, first_seat: 2.5 },
];

/// Hypotheses: those of a plan that says nothing, narrower ones, and bold ones.
fn asked() -> [SequentialTest; 5] {
    let usual = SequentialTest::default();
    let of = |none, some| SequentialTest { none, some, ..usual };
    [usual, of(0.0, 30.0), of(0.0, 250.0), of(-250.0, 0.0), of(-200.0, 200.0)]
}

impl Population {
    /// Probabilities of a block's scores, from all `matches` lost to all won in half points, where one player is so much stronger.
    fn scores(&self, matches: usize, strength: f64) -> Vec<f64> {
        let mut scores = vec![0.0; 2 * matches + 1];
        for step in 0..LUCK {
            let luck = self.luck * (2.0 * (step as f64 + 0.5) / LUCK as f64 - 1.0);
            let mut so_far = vec![1.0];
            for rotation in 0..matches {
                let seated = [self.first_seat, -self.first_seat].get(rotation).copied().unwrap_or(0.0);
                let wins = 1.0 / (1.0 + libm::exp(-(strength + luck + seated)));
                let mut next = vec![0.0; so_far.len() + 2];
                for (score, chance) in so_far.iter().enumerate() {
                    next[score] += chance * (1.0 - wins);
                    next[score + 2] += chance * wins;
                }
                so_far = next;
            }
            scores.iter_mut().zip(so_far).for_each(|(sum, chance)| *sum += chance / LUCK as f64);
        }
        scores
    }

    /// The same where one player has an advantage in normalised Elo, found by halving.
    fn with_advantage(&self, matches: usize, points: f64) -> Vec<f64> {
        let (mut low, mut high) = (-20.0, 20.0);
        for _ in 0..100 {
            let middle = 0.5 * (low + high);
            if advantage(&self.scores(matches, middle), matches) < points {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.scores(matches, low)
    }
}

/// The advantage in normalised Elo of who scores so: the mean over one half in standard deviations, of a match.
fn advantage(scores: &[f64], matches: usize) -> f64 {
    let last = (scores.len() - 1) as f64;
    let moment = |f: &dyn Fn(f64) -> f64| -> f64 {
        scores.iter().enumerate().map(|(step, chance)| chance * f(step as f64 / last)).sum()
    };
    let mean = moment(&|score| score);
    NORMALISED * (mean - 0.5) / (moment(&|score| (score - mean).powi(2)) * matches as f64).sqrt()
}

/// How tests of one kind ended.
#[derive(Default)]
struct Ended {
    better: u32,
    not_better: u32,
    blocks: u64,
}

impl Ended {
    /// So many tests between players one of whom scores so.
    fn of(test: &SequentialTest, scores: &[f64], matches: usize, tests: u32) -> Self {
        let one = |seed: u32| {
            let mut chance = ChaCha8Rng::seed_from_u64(u64::from(seed));
            let (mut counts, mut blocks) = (vec![0.0; scores.len()], 0);
            loop {
                for _ in 0..BATCH {
                    counts[drawn(scores, chance.random())] += 1.0;
                }
                blocks += BATCH;
                let verdict = test.verdict(test.log_ratio(&counts, matches));
                if verdict != Verdict::Open || blocks >= MOST {
                    return (verdict, blocks);
                }
            }
        };
        let add = |all: Self, (verdict, blocks): (Verdict, u32)| Self {
            better: all.better + u32::from(verdict == Verdict::Better),
            not_better: all.not_better + u32::from(verdict == Verdict::NotBetter),
            blocks: all.blocks + u64::from(blocks),
        };
        (1..=tests).into_par_iter().map(one).fold(Self::default, add).reduce(Self::default, |a, b| Self {
            better: a.better + b.better,
            not_better: a.not_better + b.not_better,
            blocks: a.blocks + b.blocks,
        })
    }
}

/// The score that a number between 0 and 1 falls on.
fn drawn(scores: &[f64], at: f64) -> usize {
    let mut sum = 0.0;
    let below = scores.iter().take_while(|&&chance| {
        sum += chance;
        sum <= at
    });
    below.count().min(scores.len() - 1)
}

/// The experiment's report, of as many tests of each kind as there are seeds.
///
/// # Errors
/// None; the signature is that of all experiments.
pub fn sequential_tests(seeds: u32) -> Result<String, ExperimentError> {
    let SequentialTest { false_alarm, miss, .. } = SequentialTest::default();
    let mut text = format!(
        "# Sequential tests\n\nMade by `walled-gardens experiment sequential-tests --seeds {seeds}`: {seeds} tests of each kind with the seeds 1 \
         to {seeds}, between two players whose advantage in normalised Elo is exactly that of H0, of H1, or halfway between. The log-likelihood \
         ratio and the looks, every {BATCH} blocks, are those of a tournament's test; a block has as many matches as the level has seats. α = \
         {}% and β = {}%. Wrong at H0 is to be called better, at H1 not to be called better; in brackets the exact 95% interval (Clopper and \
         Pearson 1934). Halfway no answer is wrong. Asked: wrong in at most {SLACK} times α and β.\n\n\
         In each population a match is won with odds by strength. *Luck of a block*: one player is up to 350 Elo better or worse for a \
         whole block. *Seats decide*: the first seat is 434 Elo better than the others, and so the second player's worse.\n\n\
         | H0; H1 | seats | population | false alarms, % | blocks | misses, % | blocks | halfway: better, % | blocks |\n\
         |---|---|---|---|---|---|---|---|---|\n",
        100.0 * false_alarm,
        100.0 * miss
    );
    let (mut worst, mut open) = ((0.0, String::new()), 0);
    for test in asked() {
        for seats in SEATS {
            for population in &POPULATIONS {
                let ended =
                    |points: f64| Ended::of(&test, &population.with_advantage(seats, points), seats, seeds);
                let at_none = ended(test.none);
                let at_some = ended(test.some);
                let halfway = ended(0.5 * (test.none + test.some));
                let wrong = |wrong: u32, asked: f64, worst: &mut (f64, String), what: &str| {
                    let Interval { value, low, high } = part_of(wrong, seeds);
                    if value / asked > worst.0 {
                        *worst = (
                            value / asked,
                            format!(
                                "{what}, {:+} against {:+}, {seats} seats, {}",
                                test.none, test.some, population.name
                            ),
                        );
                    }
                    format!("{:.2} ({:.2} to {:.2})", 100.0 * value, 100.0 * low, 100.0 * high)
                };
                let blocks = |ended: &Ended| ended.blocks as f64 / f64::from(seeds);
                let _ = writeln!(
                    text,
                    "| {}; {} | {seats} | {} | {} | {:.0} | {} | {:.0} | {:.1} | {:.0} |",
                    test.none,
                    test.some,
                    population.name,
                    wrong(at_none.better, test.false_alarm, &mut worst, "false alarms"),
                    blocks(&at_none),
                    wrong(at_some.not_better, test.miss, &mut worst, "misses"),
                    blocks(&at_some),
                    100.0 * f64::from(halfway.better) / f64::from(seeds),
                    blocks(&halfway)
                );
                for ended in [at_none, at_some, halfway] {
                    open += seeds - ended.better - ended.not_better;
                }
            }
        }
    }
    let _ = writeln!(
        text,
        "\nThe worst: {:.2} times what was asked ({}). Open after {MOST} blocks: {open}.",
        worst.0, worst.1
    );
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn players_have_the_advantage_that_is_asked_for() {
        for population in &POPULATIONS {
            for matches in SEATS {
                for points in [-250.0, 0.0, 30.0, 250.0] {
                    let scores = population.with_advantage(matches, points);
                    assert!((scores.iter().sum::<f64>() - 1.0).abs() < 1e-12);
                    assert!(
                        (advantage(&scores, matches) - points).abs() < 1e-6,
                        "{}, {points}",
                        population.name
                    );
                }
            }
        }
        // Alone, a match: mean and deviation by hand.
        assert!((advantage(&[0.25, 0.0, 0.75], 1) - NORMALISED / 3f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn few_tests_are_wrong() {
        let usual = SequentialTest { false_alarm: 0.05, ..SequentialTest::default() };
        for (test, seats, most) in [
            (SequentialTest { none: -100.0, some: 100.0, ..usual }, 2, 0.06),
            (SequentialTest { none: 0.0, some: 250.0, ..usual }, 6, 0.02),
        ] {
            for population in &POPULATIONS {
                let ended = |points| Ended::of(&test, &population.with_advantage(seats, points), seats, 200);
                let (none, some) = (ended(test.none), ended(test.some));
                assert_eq!((none.better + none.not_better, some.better + some.not_better), (200, 200));
                let wrong = [none.better, some.not_better].map(|wrong| f64::from(wrong) / 200.0);
                assert!(wrong.iter().all(|wrong| *wrong <= most), "{}: {wrong:?}", population.name);
            }
        }
    }
}
