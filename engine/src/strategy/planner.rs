//! Plans a whole policy by playing it out in imagined markets.

use rand::RngExt;

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::sim::draw::normal_quantile;
use crate::sim::{Audience, Order, Orders};

/// Rounds of drawing plans, each about the best of the one before (cross-entropy method, Rubinstein 1999).
const ROUNDS: usize = 3;
/// Part of the plans that the next are drawn about.
const ELITE: f64 = 0.25;
/// Plans that are tried again at the end, in markets that no plan was chosen by.
const FINALISTS: usize = 3;
/// Markets in which finalists are tried.
const FINALS: usize = 2;
/// Least part of sales that a budget is drawn about: from nothing, a factor leads nowhere.
const LEAST: f64 = 0.0005;

/// Plans by Monte Carlo: draws whole policies, plays each out in an imagined market, draws again about the best.
pub struct Planner;

impl Strategy for Planner {
    fn name(&self) -> &'static str {
        "planner"
    }

    fn idea(&self) -> &'static str {
        "Every few months draws whole policies, plays each out in imagined markets, draws again about the best, and takes the winner if it beats carrying on; deals whenever that pays."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new("budget", "simulated turns that a plan may take", 1_800.0, [100.0, 1e6]),
                Parameter::new("horizon", "months that a plan is played out", 24.0, [1.0, 120.0]),
                Parameter::new("rest", "months between plans", 4.0, [1.0, 120.0]),
                Parameter::new("boldness", "how far it draws from what is, as a factor", 1.0, [0.0, 10.0]),
                Parameter::new("people", "consumers in its imagined markets", 500.0, [100.0, 1e5]),
            ]
        }
    }

    fn searches(&self) -> bool {
        true
    }

    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        chance: &mut Chance,
    ) -> (Orders, Notes) {
        let [budget, horizon, rest, boldness, people] = values.all();
        let mut orders = view.answers(|_, worth| worth > 0.0);
        orders.extend(view.adopt_what_pays());
        if view.has_shop() && (view.turn - 1).is_multiple_of((rest as u32).max(1)) {
            let search = Search { view, horizon: horizon as u32, boldness, people: people as u32 };
            orders.extend(search.best(budget, chance));
        }
        (orders, notes.clone())
    }
}

/// A policy: commission and adverts as they are, budgets as parts of sales, coupons for switchers.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Plan {
    take_rate: f64,
    adverts: f64,
    /// Brand, categories, marketing, governance.
    budgets: [f64; 4],
    coupon: f64,
    /// AI; nothing where there is little to learn from.
    ai: f64,
    /// Part of those it pays to lend to who get loans.
    lent: f64,
}

/// How far plans are drawn from their centre: the same numbers as standard deviations, of budgets in logarithms.
#[derive(Clone, Copy, Debug)]
struct Spread {
    take_rate: f64,
    adverts: f64,
    budgets: f64,
    coupon: f64,
    lent: f64,
}

struct Search<'a> {
    view: &'a PlatformView,
    horizon: u32,
    boldness: f64,
    people: u32,
}

impl Search<'_> {
    /// The orders of the best plan found with so many simulated turns; none where carrying on is better.
    fn best(&self, budget: f64, chance: &mut Chance) -> Orders {
        let finals = (FINALISTS + 1) * FINALS;
        let trials = (budget / f64::from(self.horizon)) as usize;
        let each = (trials.saturating_sub(finals) / ROUNDS).max(4);
        let mut centre = self.current();
        let mut spread = Spread { take_rate: 0.008, adverts: 0.006, budgets: 0.5, coupon: 0.03, lent: 0.3 }
            .times(self.boldness);
        let mut finalists: Vec<(f64, Plan)> = Vec::new();
        // What is known does not change while it is thought about: only luck does.
        let first = self.view.imagine(chance.random()).with_consumers(self.people);
        for round in 0..ROUNDS {
            // All plans of a round are played in the same market, so that luck does not choose between them.
            let other = (round > 0).then(|| first.again(chance.random()));
            let market = other.as_ref().unwrap_or(&first);
            let carried_on = self.worth(market, &Orders::new());
            let mut tried: Vec<(f64, Plan)> = (0..each)
                .map(|_| {
                    let plan = self.drawn(&centre, spread, chance);
                    (self.worth(market, &self.orders(&plan)) - carried_on, plan)
                })
                .collect();
            tried.sort_by(|a, b| b.0.total_cmp(&a.0));
            let elite = &tried[..((ELITE * each as f64) as usize).max(1)];
            centre = Plan::mean(elite.iter().map(|(_, plan)| plan));
            spread = spread.times(0.6);
            finalists.extend(tried.iter().take(1));
            finalists.push((elite[0].0, centre));
        }
        finalists.sort_by(|a, b| b.0.total_cmp(&a.0));
        finalists.truncate(FINALISTS);
        let mut gains = vec![0.0; finalists.len()];
        for _ in 0..FINALS {
            let market = first.again(chance.random());
            let carried_on = self.worth(&market, &Orders::new());
            for (gain, (_, plan)) in gains.iter_mut().zip(&finalists) {
                *gain += self.worth(&market, &self.orders(plan)) - carried_on;
            }
        }
        let best = (0..gains.len()).max_by(|&a, &b| gains[a].total_cmp(&gains[b]));
        match best.filter(|&best| gains[best] > 0.0) {
            Some(best) => self.orders(&finalists[best].1),
            None => Orders::new(),
        }
    }

    fn worth(&self, market: &super::Imagination, orders: &Orders) -> f64 {
        market.outcome_of(self.view.me, orders.clone(), self.horizon).value[self.view.me]
    }

    /// What is.
    fn current(&self) -> Plan {
        let policy = &self.view.own.policy;
        let sales = self.view.budgeted_sales().max(1.0);
        let rates = &policy.prices.take_rates;
        let part = |amount: f64| (amount / sales).max(LEAST);
        let coupons = policy.prices.coupons.cells();
        Plan {
            take_rate: rates.iter().sum::<f64>() / rates.len().max(1) as f64,
            adverts: policy.prices.advert_load,
            budgets: [
                part(policy.budgets.brand),
                part(policy.budgets.categories.iter().sum()),
                part(policy.budgets.marketing.iter().sum()),
                part(policy.budgets.governance),
            ],
            coupon: coupons.iter().map(|coupon| coupon.depth).sum::<f64>() / coupons.len().max(1) as f64,
            ai: if self.view.may_learn() { part(policy.budgets.ai) } else { 0.0 },
            lent: f64::from(u8::from(policy.prices.credit.lends())),
        }
    }

    fn drawn(&self, centre: &Plan, spread: Spread, chance: &mut Chance) -> Plan {
        let mut normal = || normal_quantile(chance.random_range(1e-6..1.0 - 1e-6));
        Plan {
            take_rate: (centre.take_rate + spread.take_rate * normal()).clamp(0.0, 0.2),
            adverts: (centre.adverts + spread.adverts * normal()).clamp(0.0, 0.2),
            budgets: centre.budgets.map(|part| (part * libm::exp(spread.budgets * normal())).min(0.05)),
            // As often as not there are no coupons: below nothing is nothing.
            coupon: (centre.coupon + spread.coupon * normal()).clamp(0.0, 0.2),
            ai: if centre.ai > 0.0 {
                (centre.ai * libm::exp(spread.budgets * normal())).min(0.05)
            } else {
                0.0
            },
            lent: (centre.lent + spread.lent * normal()).clamp(0.0, 1.0),
        }
    }

    fn orders(&self, plan: &Plan) -> Orders {
        let (sales, cash) = (self.view.budgeted_sales(), self.view.own.cash.max(0.0));
        // Nobody is granted what cash does not cover.
        let affordable =
            (0.25 * cash / ((plan.budgets.iter().sum::<f64>() + plan.ai) * sales).max(1.0)).min(1.0);
        let [brand, categories, marketing, governance] = plan.budgets.map(|part| affordable * part * sales);
        let depth = plan.coupon.min(0.25 * cash / sales.max(1.0));
        let mut orders = vec![
            Order::TakeRate { category: None, rate: plan.take_rate },
            Order::AdvertLoad { load: plan.adverts },
            Order::BrandBudget { amount: brand },
            Order::CategoryBudget { category: None, amount: categories },
            Order::MarketingBudget { region: None, amount: marketing },
            Order::GovernanceBudget { amount: governance },
            Order::AiBudget { amount: affordable * plan.ai * sales },
            Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth },
        ];
        orders.extend(self.view.loans(self.view.economy(), plan.lent));
        orders
    }
}

impl Plan {
    fn mean<'a>(plans: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let count = plans.clone().count().max(1) as f64;
        let mean = |of: &dyn Fn(&Self) -> f64| plans.clone().map(of).sum::<f64>() / count;
        Self {
            take_rate: mean(&|plan| plan.take_rate),
            adverts: mean(&|plan| plan.adverts),
            budgets: std::array::from_fn(|place| mean(&|plan| plan.budgets[place])),
            coupon: mean(&|plan| plan.coupon),
            ai: mean(&|plan| plan.ai),
            lent: mean(&|plan| plan.lent),
        }
    }
}

impl Spread {
    fn times(self, factor: f64) -> Self {
        Self {
            take_rate: self.take_rate * factor,
            adverts: self.adverts * factor,
            budgets: self.budgets * factor,
            coupon: self.coupon * factor,
            lent: self.lent * factor,
        }
    }
}
