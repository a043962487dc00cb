//! Does the market answer to prices and investment as markets do? One platform changes one thing in the first turn
//! and holds it; the others carry on; both worlds are played from the same seeds.

use std::fmt::Write;

use rayon::prelude::*;

use super::playing::{ExperimentError, play, prepared, tagged};
use crate::game::Prepared;
use crate::level::Level;
use crate::sim::metrics::Scope;
use crate::sim::metrics::metric;
use crate::sim::{Audience, Order, Orders, Outcome};
use crate::statistics::Estimate;

/// The tag of the level: equal platforms in a crowded market that is still growing.
const TAG: &str = "market-sanity";
/// Its population here, larger than for play, so that noise is small; without services, which are studies of their own.
const CHANGES: &[&str] = &["setup.consumers=12000", "setup.merchants=3000", "setup.turns=36", "services=[]"];
/// Month at which the price elasticity is taken.
const MONTH: usize = 12;
/// Points of value that an interior best setting must be above both ends.
const MARGIN: f64 = 3.0;
/// Coupon for everybody of the elasticity: a price that buyers feel and merchants do not.
const CUT: f64 = 0.05;

/// A lever: its settings, and the orders that make one.
struct Lever {
    name: &'static str,
    unit: &'static str,
    settings: &'static [f64],
    /// Whether a sane market has the best setting between the ends, by at least [`MARGIN`].
    interior: bool,
    orders: fn(f64, f64) -> Orders,
}

/// Settings of budgets and rates are fractions of opening sales.
const LEVERS: &[Lever] = &[
    Lever {
        name: "Take rate",
        unit: "of sales",
        settings: &[0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10, 0.14],
        interior: true,
        orders: |rate, _| vec![Order::TakeRate { category: None, rate }],
    },
    Lever {
        name: "Consumer fee",
        unit: "of the price",
        settings: &[0.0, 0.02, 0.04, 0.06, 0.08, 0.12, 0.16, 0.24],
        interior: false,
        orders: |rate, _| vec![Order::ConsumerFee { region: None, category: None, rate }],
    },
    Lever {
        name: "Advert load",
        unit: "of the screen",
        settings: &[0.0, 0.02, 0.04, 0.06, 0.08, 0.12, 0.16, 0.24],
        interior: true,
        orders: |load, _| vec![Order::AdvertLoad { load }],
    },
    Lever {
        name: "Brand",
        unit: "of sales",
        settings: &[0.0, 0.001, 0.002, 0.003, 0.005, 0.008, 0.012, 0.020],
        interior: true,
        orders: |part, sales| vec![Order::BrandBudget { amount: part * sales }],
    },
    Lever {
        name: "Categories",
        unit: "of sales",
        settings: &[0.0, 0.001, 0.002, 0.003, 0.005, 0.008, 0.012, 0.020],
        interior: true,
        orders: |part, sales| vec![Order::CategoryBudget { category: None, amount: part * sales }],
    },
    Lever {
        name: "Marketing",
        unit: "of sales",
        settings: &[0.0, 0.001, 0.002, 0.003, 0.005, 0.008, 0.012, 0.020],
        interior: true,
        orders: |part, sales| vec![Order::MarketingBudget { region: None, amount: part * sales }],
    },
    Lever {
        name: "Governance",
        unit: "of sales",
        settings: &[0.0, 0.001, 0.0025, 0.005, 0.008, 0.012, 0.020],
        interior: false,
        orders: |part, sales| vec![Order::GovernanceBudget { amount: part * sales }],
    },
    Lever {
        name: "Coupon for switchers",
        unit: "of the price",
        settings: &[0.0, 0.01, 0.02, 0.04, 0.06, 0.10, 0.15],
        interior: false,
        orders: |depth, _| {
            vec![Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth }]
        },
    },
    Lever {
        name: "Coupon for everyone",
        unit: "of the price",
        settings: &[0.0, 0.005, 0.01, 0.02, 0.04],
        interior: false,
        orders: |depth, _| {
            vec![Order::Coupon { region: None, category: None, audience: Audience::Everyone, depth }]
        },
    },
];

/// Constant extremes, none of which may come out on top.
const EXTREMES: &[(&str, fn(f64) -> Orders)] = &[
    ("commission of a half", |_| vec![Order::TakeRate { category: None, rate: 0.5 }]),
    ("no commission, no adverts", |_| {
        vec![Order::TakeRate { category: None, rate: 0.0 }, Order::AdvertLoad { load: 0.0 }]
    }),
    ("half the screen adverts", |_| vec![Order::AdvertLoad { load: 0.5 }]),
    ("no investment at all", |_| {
        vec![
            Order::BrandBudget { amount: 0.0 },
            Order::CategoryBudget { category: None, amount: 0.0 },
            Order::MarketingBudget { region: None, amount: 0.0 },
            Order::GovernanceBudget { amount: 0.0 },
        ]
    }),
    ("three percent of sales into everything", |sales| {
        vec![
            Order::BrandBudget { amount: 0.03 * sales },
            Order::CategoryBudget { category: None, amount: 0.03 * sales },
            Order::MarketingBudget { region: None, amount: 0.03 * sales },
            Order::GovernanceBudget { amount: 0.03 * sales },
        ]
    }),
    ("half price for switchers for ever", |_| {
        vec![Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth: 0.5 }]
    }),
    ("half price for everyone for ever", |_| {
        vec![Order::Coupon { region: None, category: None, audience: Audience::Everyone, depth: 0.5 }]
    }),
    ("consumer fee of a half", |_| vec![Order::ConsumerFee { region: None, category: None, rate: 0.5 }]),
];

/// The experiment's report.
///
/// # Errors
/// The shipped level cannot be set up.
pub fn market_sanity(seeds: u32) -> Result<String, ExperimentError> {
    let prepared = prepared(tagged(TAG)?.name, CHANGES)?;
    let study = Study { sales: opening_sales(&prepared), prepared, seeds };
    let base = study.play(Vec::new())?;
    let mut text = study.heading();
    study.basics(&base, &mut text)?;
    for lever in LEVERS {
        study.sweep(lever, &base, &mut text)?;
    }
    study.extremes(&base, &mut text)?;
    Ok(text)
}

fn opening_sales(prepared: &Prepared) -> f64 {
    prepared.opening.outcome(&prepared.level).gmv(0)
}

struct Study {
    prepared: Prepared,
    seeds: u32,
    /// Opening sales of a platform; all are equal.
    sales: f64,
}

/// Outcomes by seed and turn.
type Worlds = Vec<(usize, Vec<Outcome>)>;

impl Study {
    fn level(&self) -> &Level {
        &self.prepared.level
    }

    /// One world per seed; the platform that orders goes round the seats.
    fn play(&self, orders: Orders) -> Result<Worlds, ExperimentError> {
        let one = |seed: u32| {
            let platform = seed as usize % self.level().platforms.len();
            play(&self.prepared, 1 + u64::from(seed), platform, orders.clone())
                .map(|worlds| (platform, worlds))
        };
        (0..self.seeds).into_par_iter().map(one).collect()
    }

    fn heading(&self) -> String {
        let level = self.level();
        format!(
            "# Market sanity\n\n\
             Made by `walled-gardens experiment market-sanity --seeds {}`. Level `{}` without its services: {} equal platforms, {} consumer \
             and {} merchant agents, {} turns, seeds 1 to {}. One platform (a different seat for each seed) changes \
             one thing in the first turn and holds it, the others carry on; each number is a mean over seeds, paired \
             with the same seed unchanged, with its 95% interval (Student's t). Value is taken at the end, as \
             `docs/model.md` defines it; a change of value is in percent of the mean unchanged value. \
             Verdicts stand where a range was set beforehand. The opening is not the best policy and is not meant \
             to be: there is something to play for.\n",
            self.seeds,
            level.id,
            level.platforms.len(),
            level.setup.consumers,
            level.setup.merchants,
            level.setup.turns,
            self.seeds,
        )
    }

    /// Elasticity and churn.
    fn basics(&self, base: &Worlds, text: &mut String) -> Result<(), ExperimentError> {
        let audience = Audience::Everyone;
        let cut = self.play(vec![Order::Coupon { region: None, category: None, audience, depth: CUT }])?;
        let mut table = String::from(
            "\n## Price and habit\n\n| measure | wanted | found | verdict |\n|---|---|---|---|\n",
        );
        for (month, wanted) in [(1, None), (MONTH, Some((-4.0, -1.5))), (36, None)] {
            let elasticity =
                |((platform, with), (_, without)): (&(usize, Vec<Outcome>), &(usize, Vec<Outcome>))| {
                    let gmv = |worlds: &[Outcome]| worlds[month - 1].gmv(*platform);
                    libm::log(gmv(with) / gmv(without)) / libm::log(1.0 - CUT)
                };
            let found = Estimate::of(&cut.iter().zip(base).map(elasticity).collect::<Vec<_>>());
            let verdict = wanted.map_or("–", |(low, high)| pass(found.within(low, high)));
            let wanted = wanted.map_or_else(|| "–".to_owned(), |(low, high)| format!("{low} to {high}"));
            let _ = writeln!(
                table,
                "| own-price elasticity of sales at month {month} (price −5% by a coupon for everybody) | {wanted} | {} | {verdict} |",
                show(found, 2)
            );
        }
        let churn = metric("churn").ok_or_else(|| ExperimentError("no metric `churn`".into()))?;
        let monthly = |(platform, worlds): &(usize, Vec<Outcome>)| {
            let rates = worlds.iter().skip(1).filter_map(|o| (churn.of)(o, Scope::platform(*platform)));
            100.0 * rates.sum::<f64>() / (worlds.len() - 1) as f64
        };
        let found = Estimate::of(&base.iter().map(monthly).collect::<Vec<_>>());
        let _ = writeln!(
            table,
            "| monthly churn of users, % | 2 to 6 | {} | {} |",
            show(found, 2),
            pass(found.within(2.0, 6.0))
        );
        text.push_str(&table);
        Ok(())
    }

    /// Value relative to the unchanged world, in percent, by seed.
    fn effects(&self, changed: &Worlds, base: &Worlds) -> Vec<f64> {
        let value = |(platform, worlds): &(usize, Vec<Outcome>)| {
            worlds.last().map_or(0.0, |last| last.value[*platform])
        };
        let mean = base.iter().map(value).sum::<f64>() / base.len() as f64;
        changed
            .iter()
            .zip(base)
            .map(|(changed, base)| 100.0 * (value(changed) - value(base)) / mean)
            .collect()
    }

    fn sweep(&self, lever: &Lever, base: &Worlds, text: &mut String) -> Result<(), ExperimentError> {
        let mut effects = Vec::new();
        for &setting in lever.settings {
            let worlds = self.play((lever.orders)(setting, self.sales))?;
            let share = |(platform, worlds): &(usize, Vec<Outcome>)| {
                100.0 * worlds.last().map_or(0.0, |last| last.share(*platform))
            };
            let shares = Estimate::of(&worlds.iter().map(share).collect::<Vec<_>>());
            effects.push((setting, self.effects(&worlds, base), shares));
        }
        let mean = |effect: &[f64]| effect.iter().sum::<f64>() / effect.len() as f64;
        let best = (0..effects.len())
            .max_by(|&a, &b| mean(&effects[a].1).total_cmp(&mean(&effects[b].1)))
            .unwrap_or(0);
        let _ = writeln!(text, "\n## {}\n", lever.name);
        let _ = writeln!(
            text,
            "| {} | value against unchanged, % | share at the end, % |\n|---|---|---|",
            lever.unit
        );
        for (index, (setting, effect, share)) in effects.iter().enumerate() {
            let mark = if index == best { " **best**" } else { "" };
            let _ = writeln!(
                text,
                "| {setting} | {}{mark} | {} |",
                show(Estimate::of(effect), 2),
                show(*share, 2)
            );
        }
        let against = |end: usize| {
            let difference: Vec<f64> =
                effects[best].1.iter().zip(&effects[end].1).map(|(a, b)| a - b).collect();
            Estimate::of(&difference)
        };
        let (low, high) = (against(0), against(effects.len() - 1));
        let _ = write!(
            text,
            "\nBest at {}: {} points of value above the lowest setting, {} above the highest.",
            effects[best].0,
            show(low, 2),
            show(high, 2),
        );
        if lever.interior {
            let inside = best > 0 && best + 1 < effects.len() && low.above(MARGIN) && high.above(MARGIN);
            let _ = write!(text, " Between the ends by at least {MARGIN} points: {}.", pass(inside));
        }
        text.push('\n');
        Ok(())
    }

    fn extremes(&self, base: &Worlds, text: &mut String) -> Result<(), ExperimentError> {
        let _ = writeln!(text, "\n## Constant extremes\n\nNone may be better than carrying on.\n");
        let _ = writeln!(
            text,
            "| orders in the first turn | value against unchanged, % | verdict |\n|---|---|---|"
        );
        for (name, orders) in EXTREMES {
            let effect = Estimate::of(&self.effects(&self.play(orders(self.sales))?, base));
            let _ = writeln!(
                text,
                "| {name} | {} | {} |",
                show(effect, 1),
                pass(effect.mean + effect.half < 0.0)
            );
        }
        Ok(())
    }
}

fn show(estimate: Estimate, decimals: usize) -> String {
    format!("{:.decimals$} ± {:.decimals$}", estimate.mean, estimate.half)
}

fn pass(holds: bool) -> &'static str {
    if holds { "holds" } else { "**does not hold**" }
}
