//! What do lower standards bring, and does credit amplify a downturn? Loans of a company whose standards fall step by step, and a
//! downturn in which nobody lends, everybody lends on terms that stand, or everybody lends by what it sees coming.

use std::fmt::Write;

use rayon::prelude::*;

use super::playing::{ExperimentError, play, prepared, tagged};
use crate::game::{Match, Prepared, Seat, Setup};
use crate::level::Level;
use crate::sim::{Order, Orders, Outcome};
use crate::statistics::Estimate;
use crate::strategy::strategy;

/// The tag of the level: two companies, a steady year, and a downturn.
const TAG: &str = "credit";
/// Longer than the level, so that the downturn lasts.
const CHANGES: &[&str] = &["reference=[]", "setup.turns=24"];
/// Months of the steady year that are measured, and of the downturn.
const CALM: std::ops::RangeInclusive<u32> = 6..=10;
const STORM: std::ops::RangeInclusive<u32> = 16..=20;
/// Interest of all loans.
const RATE: f64 = 0.015;
/// Standards, from high to low.
const STANDARDS: [f64; 7] = [0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0];
/// The standard of those whose terms stand.
const STANDING: f64 = 0.3;
/// Whoever lends by what it sees coming.
const SEES: &str = "financier";
/// The same without a loan.
const SEES_AND_LENDS_NOTHING: &str = "financier(part: 0)";

fn loans(standard: f64) -> Orders {
    vec![Order::MerchantCredit { rate: RATE, standard }, Order::BuyerCredit { rate: RATE, standard }]
}

/// The experiment's report.
///
/// # Errors
/// The shipped level cannot be set up.
pub fn credit(seeds: u32) -> Result<String, ExperimentError> {
    let prepared = prepared(tagged(TAG)?.name, CHANGES)?;
    let study = Study { prepared, seeds };
    let mut text = study.heading();
    study.standards(&mut text)?;
    study.downturn(&mut text)?;
    Ok(text)
}

struct Study {
    prepared: Prepared,
    seeds: u32,
}

/// Outcomes by seed and turn.
type Worlds = Vec<Vec<Outcome>>;

impl Study {
    fn level(&self) -> &Level {
        &self.prepared.level
    }

    fn heading(&self) -> String {
        let level = self.level();
        let index = |turns: &std::ops::RangeInclusive<u32>| level.calendar.economy(*turns.end());
        format!(
            "# Credit\n\n\
             Made by `walled-gardens experiment credit --seeds {seeds}`. Level `{}`, {} consumer and {} merchant agents, seeds 1 to {seeds}, \
             paired. The economy's index is {} in the calm months {} to {} and {} in the months {} to {} of the downturn. Interest is \
             {}% a month. Each number is a mean over seeds with its 95% interval (Student's t).\n",
            level.id,
            level.setup.consumers,
            level.setup.merchants,
            index(&CALM),
            CALM.start(),
            CALM.end(),
            index(&STORM),
            STORM.start(),
            STORM.end(),
            100.0 * RATE,
            seeds = self.seeds,
        )
    }

    /// One world per seed in which the first company gives these orders and the others carry on.
    fn ordered(&self, orders: &Orders) -> Result<Worlds, ExperimentError> {
        let one = |seed: u32| play(&self.prepared, 1 + u64::from(seed), 0, orders.clone());
        (0..self.seeds).into_par_iter().map(one).collect()
    }

    /// One world per seed in which everybody is of a strategy, or gives these orders at first.
    fn everybody(&self, seat: &Seat) -> Result<Worlds, ExperimentError> {
        let one = |seed: u32| {
            let setup = Setup::of(&self.prepared.level);
            let mut setup = setup.map_err(|error| ExperimentError(error.to_string()))?;
            setup.population.seed = 1 + u64::from(seed);
            setup.population.measure_surplus = false;
            setup.seats.fill(seat.clone());
            let mut game = Match::new(&self.prepared, setup);
            let mut outcomes = Vec::new();
            while !game.is_over() {
                outcomes.push(game.play_turn().outcome);
            }
            Ok(outcomes)
        };
        (0..self.seeds).into_par_iter().map(one).collect()
    }

    /// What lower standards lend, lose and earn.
    fn standards(&self, text: &mut String) -> Result<(), ExperimentError> {
        let none = self.ordered(&Orders::new())?;
        text.push_str(
            "\n## Standards, lowered step by step\n\nOne company lends to merchants and buyers alike; the other to nobody. The default rate \
             is the part of what is owed that is defaulted on in a month. Profit is against lending to nobody.\n\n\
             | standard | owed, ¥ M | default rate, calm, % | default rate, downturn, % | profit a month, calm, ¥ M | profit a month, downturn, ¥ M |\n\
             |---|---|---|---|---|---|\n",
        );
        let mut steps = Vec::new();
        for standard in STANDARDS {
            let worlds = self.ordered(&loans(standard))?;
            let owed = each(&worlds, &CALM, |outcome| outcome.loans[0].owed / 1e6);
            let rate = |months| each(&worlds, months, |outcome| 100.0 * default_rate(outcome));
            let profit = |months| {
                let with = each(&worlds, months, |outcome| outcome.profit[0] / 1e6);
                let without = each(&none, months, |outcome| outcome.profit[0] / 1e6);
                Estimate::of(
                    &with.iter().zip(without).map(|(with, without)| with - without).collect::<Vec<_>>(),
                )
            };
            let (calm, storm) = (rate(&CALM), rate(&STORM));
            let _ = writeln!(
                text,
                "| {standard} | {} | {} | {} | {} | {} |",
                show(Estimate::of(&owed), 0),
                show(Estimate::of(&calm), 2),
                show(Estimate::of(&storm), 2),
                show(profit(&CALM), 1),
                show(profit(&STORM), 1),
            );
            steps.push((owed, calm));
        }
        // By seed: how many times as much is owed, and defaulted on, as one step before.
        let grown = |place: usize| {
            let by_seed = (0..self.seeds as usize).map(|seed| {
                let of = |step: &(Vec<f64>, Vec<f64>)| (step.0[seed], step.0[seed] * step.1[seed]);
                let (before, after) = (of(&steps[place]), of(&steps[place + 1]));
                after.1 / before.1 - after.0 / before.0
            });
            Estimate::of(&by_seed.collect::<Vec<_>>())
        };
        let faster = (0..steps.len() - 1).all(|place| grown(place).mean - grown(place).half > 0.0);
        let _ = writeln!(
            text,
            "\nAt every step what is defaulted on grows by a larger factor than what is owed, the whole interval of the difference above \
             zero: {}.",
            pass(faster)
        );
        Ok(())
    }

    /// How far sales fall with the economy.
    fn downturn(&self, text: &mut String) -> Result<(), ExperimentError> {
        text.push_str(
            "\n## Does credit amplify a downturn?\n\nBoth companies do the same. The fall is of all sales, from the calm months to those of \
             the downturn; the difference is against the same spending without loans, by the same seed.\n\n\
             | who lends | sales, calm, ¥ M a month | fall, % | more than without loans, points |\n|---|---|---|---|\n",
        );
        let named =
            |name: &str| strategy(name).map(Seat::Strategy).map_err(|e| ExperimentError(e.to_string()));
        let ordered = |orders| Seat::Recorded("orders".into(), vec![orders]);
        let rows = [
            ("nobody", ordered(Orders::new()), None),
            ("everybody, on terms that stand", ordered(loans(STANDING)), Some(0)),
            ("nobody, but for usual budgets", named(SEES_AND_LENDS_NOTHING)?, None),
            ("everybody, by what it sees coming", named(SEES)?, Some(2)),
        ];
        let mut falls: Vec<Vec<f64>> = Vec::new();
        let mut verdicts = Vec::new();
        for (name, seat, against) in rows {
            let worlds = self.everybody(&seat)?;
            let sold = |months| each(&worlds, months, |outcome| outcome.total() / 1e6);
            let (calm, storm) = (sold(&CALM), sold(&STORM));
            let fall: Vec<f64> =
                calm.iter().zip(&storm).map(|(calm, storm)| 100.0 * (1.0 - storm / calm)).collect();
            let more = against.map(|base: usize| {
                let by_seed = fall.iter().zip(&falls[base]).map(|(with, without)| with - without);
                Estimate::of(&by_seed.collect::<Vec<_>>())
            });
            let (calm, fallen) = (Estimate::of(&calm), Estimate::of(&fall));
            let shown = more.map_or_else(|| "–".to_owned(), |more| show(more, 2));
            let _ = writeln!(text, "| {name} | {} | {} | {shown} |", show(calm, 0), show(fallen, 2));
            verdicts.extend(more.map(|more| (name, more)));
            falls.push(fall);
        }
        for (name, more) in verdicts {
            let word = match more {
                _ if more.mean - more.half > 0.0 => "amplifies the downturn",
                _ if more.mean + more.half < 0.0 => "dampens the downturn",
                _ => "neither amplifies nor dampens the downturn, as far as can be told",
            };
            let _ = writeln!(text, "\nCredit of {name}: it {word}.");
        }
        Ok(())
    }
}

/// The mean of a number over some months, by seed.
fn each(worlds: &Worlds, months: &std::ops::RangeInclusive<u32>, of: impl Fn(&Outcome) -> f64) -> Vec<f64> {
    let mean = |outcomes: &Vec<Outcome>| {
        let measured: Vec<f64> =
            outcomes.iter().filter(|outcome| months.contains(&outcome.turn)).map(&of).collect();
        measured.iter().sum::<f64>() / measured.len().max(1) as f64
    };
    worlds.iter().map(mean).collect()
}

fn default_rate(outcome: &Outcome) -> f64 {
    let loans = outcome.loans[0];
    if loans.due > 0.0 { loans.defaulted / loans.due } else { 0.0 }
}

fn show(estimate: Estimate, decimals: usize) -> String {
    format!("{:.decimals$} ± {:.decimals$}", estimate.mean, estimate.half)
}

fn pass(holds: bool) -> &'static str {
    if holds { "holds" } else { "**does not hold**" }
}
