//! Is AI an equaliser or a divider? What it does by capability and data, what it is worth to a company that builds it alone, and
//! what becomes of the large and the small when everybody builds it. Worlds with and without are played from the same seeds.

use std::fmt::Write;

use rayon::prelude::*;

use super::playing::{ExperimentError, play_all, prepared, tagged};
use crate::game::Prepared;
use crate::order::{Answer, Deal, Term};
use crate::sim::rules::ai;
use crate::sim::{Order, Orders, Outcome};
use crate::statistics::Estimate;

/// The tag of the level: shops of which one has many data and one has few.
const TAG: &str = "S36";
/// Its shops for this study: a large one, a middle one and a small one, which differ in nothing else.
const CHANGES: &[&str] = &[
    "setup.turns=36",
    "services=[]",
    "platforms.north.shop.share=0.5",
    "platforms.south.shop.share=0.35",
    "platforms.corner.shop.share=0.15",
];
const LARGE: usize = 0;
const SMALL: usize = 2;
/// Monthly spending, over all potential sales.
const CAPABILITY: [f64; 5] = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2];
/// Sales over all potential sales, in whose data AI learns.
const SOLD: [f64; 4] = [0.01, 0.03, 0.1, 0.3];
/// Spending of one company alone, over its opening sales.
const SPENT: [f64; 5] = [0.001, 0.003, 0.01, 0.02, 0.04];
/// Factors on the data that AI needs.
const NEEDED: [f64; 3] = [0.25, 1.0, 8.0];
/// What everybody spends, over its own opening sales; or over those of an average company, where all spend the same. About what is best
/// for the large one alone.
const ALL_SPEND: f64 = 0.003;

/// Who spends what when everybody does, and whether all share their data.
struct Regime {
    name: &'static str,
    same_yuan: bool,
    shared: bool,
}

/// Each without and with shared data: the first half, then the second.
const REGIMES: &[Regime] = &[
    Regime { name: "the same part of sales", same_yuan: false, shared: false },
    Regime { name: "the same yuan", same_yuan: true, shared: false },
    Regime { name: "the same part of sales, all data shared", same_yuan: false, shared: true },
    Regime { name: "the same yuan, all data shared", same_yuan: true, shared: true },
];

/// The experiment's report.
///
/// # Errors
/// The shipped level cannot be set up, or orders are refused there.
pub fn ai(seeds: u32) -> Result<String, ExperimentError> {
    let study = Study::new(&[], seeds)?;
    let mut text = study.heading();
    study.surface(&mut text);
    study.alone(&mut text)?;
    study.everybody(&mut text)?;
    Ok(text)
}

struct Study {
    prepared: Prepared,
    seeds: u32,
    /// Opening sales by platform, yuan a month.
    sales: Vec<f64>,
}

/// What a platform orders, by turn.
type Plan = Vec<Orders>;
/// Last outcomes, by seed.
type Ends = Vec<Outcome>;

impl Study {
    fn new(changes: &[&str], seeds: u32) -> Result<Self, ExperimentError> {
        let prepared = prepared(tagged(TAG)?.name, &[CHANGES, changes].concat())?;
        let outcome = prepared.opening.outcome(&prepared.level);
        let sales = outcome.platforms().map(|platform| outcome.gmv(platform)).collect();
        Ok(Self { prepared, seeds, sales })
    }

    fn ends(&self, plans: &[Plan]) -> Result<Ends, ExperimentError> {
        let one = |seed: u32| {
            let mut outcomes = play_all(&self.prepared, u64::from(seed), plans)?;
            outcomes.pop().ok_or_else(|| ExperimentError("no turn was played".into()))
        };
        (1..=self.seeds).into_par_iter().map(one).collect()
    }

    fn nothing(&self) -> Vec<Plan> {
        vec![Plan::new(); self.sales.len()]
    }

    fn heading(&self) -> String {
        let level = &self.prepared.level;
        let shares: f64 = self.sales.iter().sum();
        let part = |platform: usize| 100.0 * self.sales[platform] / shares;
        format!(
            "# Artificial intelligence\n\n\
             Made by `walled-gardens experiment ai --seeds {}`. Level `{}` without services: shops with {:.0}, {:.0} and {:.0}% of sales \
             that differ in nothing else, {} consumer and {} merchant agents, {} turns, seeds 1 to {}. Orders are given in \
             the first turn and stand. Each number is a mean over seeds at the end, paired with the same seed without AI, with its 95% \
             interval (Student's t). **Is AI an equaliser or a divider?** The last section says.\n",
            self.seeds,
            level.id,
            part(0),
            part(1),
            part(2),
            level.setup.consumers,
            level.setup.merchants,
            level.setup.turns,
            self.seeds,
        )
    }

    /// The pure function, over both things that it depends on.
    fn surface(&self, text: &mut String) {
        let level = &self.prepared.level;
        let market = &level.market;
        text.push_str(
            "\n## What AI does, by capability and data\n\n\
             e, from 0 to 1, once spending and data have long been as they are. Spending a month and sales are over all that could \
             be sold.\n\n| spent |",
        );
        for sold in SOLD {
            let _ = write!(text, " data of {}% |", 100.0 * sold);
        }
        let _ = writeln!(text, "\n|---|{}", "---|".repeat(SOLD.len()));
        for spent in CAPABILITY {
            let _ = write!(text, "| {:.2}% |", 100.0 * spent);
            for sold in SOLD {
                let data = market.data_yield * sold / market.data_decay.max(1e-9);
                let _ = write!(text, " {:.3} |", ai::effect(level, spent * level.total_potential(), data));
            }
            text.push('\n');
        }
    }

    /// One company builds AI, everybody else carries on.
    fn alone(&self, text: &mut String) -> Result<(), ExperimentError> {
        for (who, platform) in [("large", LARGE), ("small", SMALL)] {
            let _ = writeln!(
                text,
                "\n## What it is worth to the {who} one, alone\n\n\
                 Needed: data at which AI does half, over those of the standard market. Spent: over its opening sales.\n\n\
                 | needed | spent | e | share, points | shops listed, % | profit a month, % | value, % |\n|---|---|---|---|---|---|---|"
            );
            let mut pays = Vec::new();
            for needed in NEEDED {
                let change = format!("market.ai_data={}", needed * self.prepared.level.market.ai_data);
                let study = Self::new(&[&change], self.seeds)?;
                let base = study.ends(&study.nothing())?;
                let mut best: Option<(f64, Estimate)> = None;
                for spent in SPENT {
                    let mut plans = study.nothing();
                    plans[platform] = vec![vec![Order::AiBudget { amount: spent * study.sales[platform] }]];
                    let with = study.ends(&plans)?;
                    let of = |value: &dyn Fn(&Outcome) -> f64| relative(&with, &base, value);
                    let value = of(&|end| end.value[platform]);
                    if best.is_none_or(|(_, best)| value.mean > best.mean) {
                        best = Some((spent, value));
                    }
                    let _ = writeln!(
                        text,
                        "| ×{needed} | {}% | {} | {} | {} | {} | {} |",
                        100.0 * spent,
                        plain(level_of(&with, &|end| end.ai[platform]), 3),
                        show(difference(&with, &base, &|end| 100.0 * end.share(platform)), 2),
                        show(of(&|end| end.merchant_count(platform)), 1),
                        show(of(&|end| end.profit[platform]), 1),
                        show(value, 1),
                    );
                }
                pays.push(match best.filter(|(_, value)| value.above(0.0)) {
                    Some((spent, value)) => {
                        format!("×{needed}: {}% of sales, {}% of value", 100.0 * spent, show(value, 1))
                    }
                    None => format!("×{needed}: none that surely pays"),
                });
            }
            let _ = writeln!(text, "\nBest of these for the {who} one, by data needed: {}.", pays.join("; "));
        }
        Ok(())
    }

    /// Everybody builds AI, against nobody.
    fn everybody(&self, text: &mut String) -> Result<(), ExperimentError> {
        let _ = writeln!(
            text,
            "\n## Equaliser or divider\n\n\
             Everybody spends on AI, {}% of its opening sales or of those of an average company, against nobody. Where data are shared they \
             are so in both worlds, from the first months on. HHI, the sum of squared shares in percent, is from 0 to 10,000.\n\n\
             | everybody spends | e of the large | e of the small | HHI | share of the large, points | of the small, points | value of the large, % | \
             of the small, % | AI is |\n|---|---|---|---|---|---|---|---|---|",
            100.0 * ALL_SPEND
        );
        let mut moved = Vec::new();
        for regime in REGIMES {
            let (base, with) =
                (self.ends(&self.plans(regime, 0.0))?, self.ends(&self.plans(regime, ALL_SPEND))?);
            let by_seed = differences(&with, &base, &|end| 1e4 * end.hhi());
            let hhi = Estimate::of(&by_seed);
            moved.push(by_seed);
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
                regime.name,
                plain(level_of(&with, &|end| end.ai[LARGE]), 2),
                plain(level_of(&with, &|end| end.ai[SMALL]), 2),
                show(hhi, 1),
                show(difference(&with, &base, &|end| 100.0 * end.share(LARGE)), 2),
                show(difference(&with, &base, &|end| 100.0 * end.share(SMALL)), 2),
                show(relative(&with, &base, &|end| end.value[LARGE]), 1),
                show(relative(&with, &base, &|end| end.value[SMALL]), 1),
                verdict(hhi),
            );
        }
        let (alone, shared) = moved.split_at(REGIMES.len() / 2);
        for ((regime, alone), shared) in REGIMES.iter().zip(alone).zip(shared) {
            let less: Vec<f64> = shared.iter().zip(alone).map(|(shared, alone)| shared - alone).collect();
            let less = show(Estimate::of(&less), 1);
            let _ = writeln!(
                text,
                "\nWhere all spend {}, sharing all data moves what AI does to HHI by {less}.",
                regime.name
            );
        }
        Ok(())
    }

    /// Everybody's orders when all spend such a part.
    fn plans(&self, regime: &Regime, part: f64) -> Vec<Plan> {
        let mean = self.sales.iter().sum::<f64>() / self.sales.len() as f64;
        let amount = |platform: usize| part * if regime.same_yuan { mean } else { self.sales[platform] };
        let id = |platform: usize| self.prepared.level.platforms[platform].id.clone();
        let data = || vec![Term::Data];
        let deal = || Deal { gives: data(), asks: data(), months: 120, notice: 3, penalty: 0.0 };
        let plan = |platform: usize| {
            let (mut first, mut second) = (vec![Order::AiBudget { amount: amount(platform) }], Vec::new());
            if regime.shared {
                let others = platform + 1..self.sales.len();
                first.extend(others.map(|to| Order::Offer { to: id(to), deal: deal() }));
                second.extend(
                    (0..platform).map(|from| Order::Answer { from: id(from), answer: Answer::Accept }),
                );
            }
            vec![first, second]
        };
        (0..self.sales.len()).map(plan).collect()
    }
}

/// What a change of concentration says.
fn verdict(hhi: Estimate) -> &'static str {
    match hhi {
        _ if hhi.above(0.0) => "a divider",
        _ if hhi.below(0.0) => "an equaliser",
        _ => "neither, as far as can be seen",
    }
}

fn level_of(ends: &Ends, value: &dyn Fn(&Outcome) -> f64) -> Estimate {
    Estimate::of(&ends.iter().map(value).collect::<Vec<_>>())
}

/// A value with AI less that without, by seed.
fn differences(with: &Ends, base: &Ends, value: &dyn Fn(&Outcome) -> f64) -> Vec<f64> {
    with.iter().zip(base).map(|(with, base)| value(with) - value(base)).collect()
}

fn difference(with: &Ends, base: &Ends, value: &dyn Fn(&Outcome) -> f64) -> Estimate {
    Estimate::of(&differences(with, base, value))
}

/// In percent of the mean without.
fn relative(with: &Ends, base: &Ends, value: &dyn Fn(&Outcome) -> f64) -> Estimate {
    let mean = base.iter().map(value).sum::<f64>() / base.len() as f64;
    let parts = differences(with, base, value).into_iter().map(|difference| 100.0 * difference / mean.abs());
    Estimate::of(&parts.collect::<Vec<_>>())
}

/// What something is.
fn plain(estimate: Estimate, decimals: usize) -> String {
    format!("{:.decimals$} ± {:.decimals$}", estimate.mean, estimate.half)
}

/// By how much something differs.
fn show(estimate: Estimate, decimals: usize) -> String {
    format!("{:+.decimals$} ± {:.decimals$}", estimate.mean, estimate.half)
}
