//! Is a price that one company sets and never moves again a free lunch? It is held from the first month on, over everything else that
//! the company does; everybody else plays on. Both worlds are played from the same seeds.

use std::fmt::Write;

use rayon::prelude::*;

use super::playing::{ExperimentError, prepared};
use crate::game::{Match, Prepared, Seat, Setup};
use crate::level::shipped;
use crate::order::{Audience, Order, Orders};
use crate::statistics::Estimate;
use crate::strategy;

/// Where the levels stand that are played.
const FOLDER: &str = "arena/";
/// What everybody plays: nothing at all, then what is known to play best without searching, and the most that a lone price may gain, in
/// percent of value.
const FIELDS: [(&str, f64); 3] = [("passive", 10.0), ("closed-ecosystem", 5.0), ("premium-logistics", 5.0)];
/// Months after which value is taken.
const HORIZONS: [u32; 2] = [24, 48];

/// A price lever: its settings, and the order that makes one.
struct Lever {
    name: &'static str,
    settings: &'static [f64],
    order: fn(f64) -> Order,
}

const LEVERS: &[Lever] = &[
    Lever {
        name: "take rate",
        settings: &[0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10, 0.15],
        order: |rate| Order::TakeRate { category: None, rate },
    },
    Lever {
        name: "consumer fee",
        settings: &[0.0, 0.005, 0.01, 0.02, 0.04, 0.06, 0.10],
        order: |rate| Order::ConsumerFee { region: None, category: None, rate },
    },
    Lever {
        name: "advert load",
        settings: &[0.0, 0.02, 0.04, 0.06, 0.08, 0.12],
        order: |load| Order::AdvertLoad { load },
    },
    Lever {
        name: "membership fee",
        settings: &[0.0, 1.0, 2.0, 5.0, 10.0, 20.0],
        order: |fee| Order::MembershipFee { fee },
    },
    Lever {
        name: "merchant fee",
        settings: &[0.0, 20.0, 50.0, 100.0, 300.0],
        order: |fee| Order::MerchantFee { fee },
    },
    Lever {
        name: "coupon for switchers",
        settings: &[0.0, 0.02, 0.05, 0.10, 0.15],
        order: |depth| Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth },
    },
    Lever {
        name: "coupon for everyone",
        settings: &[0.0, 0.005, 0.01, 0.02],
        order: |depth| Order::Coupon { region: None, category: None, audience: Audience::Everyone, depth },
    },
];

/// The experiment's report.
///
/// # Errors
/// A shipped level cannot be set up.
pub fn lone_prices(seeds: u32) -> Result<String, ExperimentError> {
    let turns = format!("setup.turns={}", HORIZONS[1]);
    let mut text = heading(seeds);
    for shipped in shipped().filter(|shipped| shipped.name.starts_with(FOLDER)) {
        // Goals may lie beyond the months that are played here.
        let prepared = prepared(shipped.name, &[&turns, "objectives=[]"])?;
        for (field, most) in FIELDS {
            let study = Study { prepared: &prepared, field, seeds };
            study.section(most, &mut text)?;
        }
    }
    Ok(text)
}

fn heading(seeds: u32) -> String {
    format!(
        "# Lone prices\n\n\
         Made by `walled-gardens experiment lone-prices --seeds {seeds}`. On every level of `levels/arena`, with its own population, {} months \
         long, everybody plays the same strategy. One company (a different seat for each seed, 1 to {seeds}) holds one price besides, from the \
         first month on, whatever the strategy orders. Each number is by how much that changes its value, in percent of the mean \
         value without it, paired by seed, with its 95% interval (Student's t), after {} and after {} months. A lone price may gain \
         at most 10% where nobody else moves, and at most 5% where everybody plays well (a verdict fails where a whole interval lies above); the best setting is to lie between the ends of \
         those tried.\n",
        HORIZONS[1], HORIZONS[0], HORIZONS[1]
    )
}

struct Study<'a> {
    prepared: &'a Prepared,
    field: &'a str,
    seeds: u32,
}

impl Study<'_> {
    /// Value of the company that holds a price, by seed and horizon.
    fn play(&self, order: Option<&Order>) -> Result<Vec<[f64; 2]>, ExperimentError> {
        let fail = |error: strategy::ContenderError| ExperimentError(error.to_string());
        let contender = strategy::strategy(self.field).map_err(fail)?;
        let one = |seed: u32| {
            let mut setup = Setup::of(&self.prepared.level).map_err(fail)?;
            let me = seed as usize % setup.seats.len();
            setup.population.seed = u64::from(seed);
            setup.population.measure_surplus = false;
            setup.seats.fill(Seat::Strategy(contender.clone()));
            let mut game = Match::new(self.prepared, setup);
            let mut values = [0.0; 2];
            while !game.is_over() {
                let mut orders: Vec<Orders> = game.decide();
                orders[me].extend(order.cloned());
                let outcome = game.play_orders(orders).outcome;
                if let Some(place) = HORIZONS.iter().position(|&month| month == outcome.turn) {
                    values[place] = outcome.value[me];
                }
            }
            Ok(values)
        };
        (1..=self.seeds).into_par_iter().map(one).collect()
    }

    fn section(&self, most: f64, text: &mut String) -> Result<(), ExperimentError> {
        let base = self.play(None)?;
        let _ = write!(text, "\n## {}, everybody {}\n", self.prepared.level.id, self.field);
        for lever in LEVERS {
            let mut found = Vec::new();
            for &setting in lever.settings {
                found.push(self.effects(&self.play(Some(&(lever.order)(setting)))?, &base));
            }
            table(lever, &found, most, text);
        }
        Ok(())
    }

    /// Change of value in percent, by horizon.
    fn effects(&self, changed: &[[f64; 2]], base: &[[f64; 2]]) -> [Estimate; 2] {
        std::array::from_fn(|place| {
            let mean = base.iter().map(|values| values[place]).sum::<f64>() / base.len() as f64;
            let effect =
                |(with, without): (&[f64; 2], &[f64; 2])| 100.0 * (with[place] - without[place]) / mean;
            Estimate::of(&changed.iter().zip(base).map(effect).collect::<Vec<_>>())
        })
    }
}

fn table(lever: &Lever, found: &[[Estimate; 2]], most: f64, text: &mut String) {
    let _ = write!(
        text,
        "\n| {} | after {} months, % | after {} months, % |\n|---|---|---|\n",
        lever.name, HORIZONS[0], HORIZONS[1]
    );
    let best: [usize; 2] = std::array::from_fn(|place| {
        let better = |a: &usize, b: &usize| found[*a][place].mean.total_cmp(&found[*b][place].mean);
        (0..found.len()).max_by(better).unwrap_or(0)
    });
    for (row, (setting, effects)) in lever.settings.iter().zip(found).enumerate() {
        let cell = |place: usize| {
            let mark = if best[place] == row { " **best**" } else { "" };
            format!("{:.1} ± {:.1}{mark}", effects[place].mean, effects[place].half)
        };
        let _ = writeln!(text, "| {setting} | {} | {} |", cell(0), cell(1));
    }
    let worst = found.iter().flatten().map(|estimate| estimate.mean - estimate.half).fold(f64::MIN, f64::max);
    let verdict = if worst <= most { "holds" } else { "**does not hold**" };
    let _ = writeln!(text, "\nNone gains more than {most}%: {verdict}.");
}
