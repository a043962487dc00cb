//! Equilibria of logit markets, held against a plain implementation of their profits and a search over all fees.
#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a test that cannot be set up has failed")]

use walled_gardens::equilibrium::{self, Report};
use walled_gardens::level::Level;
use walled_gardens::strategy;

/// A market of the textbook: everybody buys once, from one firm or from nobody.
#[derive(Clone, Debug)]
struct Market {
    appeals: Vec<f64>,
    costs: Vec<f64>,
    /// Share of the people, and their sensitivity to price.
    segments: Vec<(f64, f64)>,
    spread: f64,
    scale: f64,
    outside: bool,
}

impl Market {
    fn level(&self) -> Level {
        let firm = |(index, (appeal, cost)): (usize, (&f64, &f64))| {
            format!(
                "(id: \"f{index}\", cash: 1e6, shop: (appeal: {appeal}, membership_fee: 1, cost_per_member: {cost}))"
            )
        };
        let firms: Vec<String> = self.appeals.iter().zip(&self.costs).enumerate().map(firm).collect();
        let segment = |(index, (share, sensitivity)): (usize, &(f64, f64))| {
            format!("(id: \"s{index}\", share: {share}, price_sensitivity: {sensitivity})")
        };
        let segments: Vec<String> = self.segments.iter().enumerate().map(segment).collect();
        let text = format!(
            "(format: 1, meta: (id: \"lab/random\", title: \"Random\"), \
             market: (base: Textbook, logit_scale: {}, price_sensitivity_spread: {}), \
             setup: (consumers: 1000, merchants: 0), regions: [(id: \"r\", population: 1000)], \
             categories: [(id: \"c\", monthly_spend: 1, online_share: {})], \
             consumer_segments: [{}], platforms: [{}])",
            self.scale,
            self.spread,
            if self.outside { 0.5 } else { 1.0 },
            segments.join(", "),
            firms.join(", "),
        );
        Level::from_text("random.ron", &text, &strategy::vocabulary())
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// Kinds of people: weight, and sensitivity to price.
    fn people(&self) -> Vec<(f64, f64)> {
        let steps = if self.spread > 0.0 { 240 } else { 0 };
        let z = |step: i32| if steps == 0 { 0.0 } else { -7.0 + 14.0 * f64::from(step) / f64::from(steps) };
        let density = |z: f64| (-z * z / 2.0).exp();
        let all: f64 = (0..=steps).map(|step| density(z(step))).sum();
        let of = |&(share, sensitivity): &(f64, f64)| {
            let kind =
                move |step| (share * density(z(step)) / all, sensitivity * (self.spread * z(step)).exp());
            (0..=steps).map(kind).collect::<Vec<_>>()
        };
        self.segments.iter().flat_map(of).collect()
    }

    /// Profit of a firm as a function of its fee, given the others'.
    fn profit(&self, fees: &[f64], firm: usize) -> impl Fn(f64) -> f64 + use<> {
        let (scale, appeal, cost) = (self.scale, self.appeals[firm], self.costs[firm]);
        // What a firm competes with, for each kind of people: the logsum of everything else.
        let others = |sensitivity: f64| {
            let utilities = (0..fees.len())
                .filter(|&other| other != firm)
                .map(|other| (self.appeals[other] - sensitivity * fees[other]) / scale);
            let all: Vec<f64> = utilities.chain(self.outside.then_some(0.0)).collect();
            let largest = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            largest + all.iter().map(|utility| (utility - largest).exp()).sum::<f64>().ln()
        };
        let people: Vec<(f64, f64, f64)> = self
            .people()
            .into_iter()
            .map(|(weight, sensitivity)| (weight, sensitivity, others(sensitivity)))
            .collect();
        move |fee| {
            let share = |&(weight, sensitivity, others): &(f64, f64, f64)| {
                weight / (1.0 + (others - (appeal - sensitivity * fee) / scale).exp())
            };
            (fee - cost) * people.iter().map(share).sum::<f64>()
        }
    }

    /// The best fee of all: over a ladder to 1,000, then between the rungs beside the best.
    fn best(&self, fees: &[f64], firm: usize) -> (f64, f64) {
        let profit = self.profit(fees, firm);
        let rung = |step: i32| self.costs[firm] + 1e-2 * 1.06f64.powi(step);
        let top = (0..=198).max_by(|&a, &b| profit(rung(a)).total_cmp(&profit(rung(b)))).expect("rungs");
        let (mut low, mut high) = (rung(top - 1), rung(top + 1));
        for _ in 0..45 {
            let (a, b) = (low + (high - low) * 0.382, low + (high - low) * 0.618);
            if profit(a) < profit(b) { low = a } else { high = b }
        }
        let fee = (low + high) / 2.0;
        (fee, profit(fee))
    }

    /// By how much more, relative to what it could earn, some firm would do better elsewhere.
    fn temptation(&self, fees: &[f64]) -> f64 {
        let gain = |firm: usize| {
            let best = self.best(fees, firm).1;
            (best - self.profit(fees, firm)(fees[firm])) / best
        };
        (0..fees.len()).map(gain).fold(0.0, f64::max)
    }

    /// Where answers to answers end, from many starts.
    fn equilibria(&self) -> Vec<Vec<f64>> {
        let mut found: Vec<Vec<f64>> = Vec::new();
        for start in [0.2, 3.0, 40.0] {
            let mut fees: Vec<f64> = self.costs.iter().map(|cost| cost + start).collect();
            for _ in 0..80 {
                let before = fees.clone();
                for firm in 0..fees.len() {
                    fees[firm] = self.best(&fees, firm).0;
                }
                if apart(&before, &fees) < 1e-8 {
                    if fees.iter().all(|&fee| fee < 900.0)
                        && !found.iter().any(|known| apart(known, &fees) < 1e-4)
                    {
                        found.push(fees);
                    }
                    break;
                }
            }
        }
        found
    }
}

fn apart(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b).abs() / a.abs().max(1.0)).fold(0.0, f64::max)
}

fn same_as_the_plain_search(market: &Market) {
    let level = market.level();
    let report = equilibrium::solve(&level).expect("a closed form");
    let reported: Vec<&Vec<f64>> = report.equilibria().map(|found| &found.membership_fee).collect();
    for fees in &reported {
        let gain = market.temptation(fees);
        assert!(gain < 1e-5, "{market:?}: at {fees:?} a firm gains {gain}");
        let same = reported.iter().filter(|other| apart(other, fees) < 1e-4).count();
        assert_eq!(same, 1, "{market:?}: {fees:?} is reported {same} times");
    }
    for fees in market.equilibria() {
        let near = reported.iter().any(|other| apart(other, &fees) < 1e-4);
        assert!(near, "{market:?}: {fees:?} is not among {reported:?}");
    }
}

/// Markets by number: one to five firms, one to three segments, spread to 2, with and without staying outside.
fn random(number: u64) -> Market {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d;
    let mut draw = |low: f64, high: f64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + (high - low) * ((state >> 33) as f64 / (1u64 << 31) as f64)
    };
    let firms = 1 + draw(0.0, 5.0) as usize;
    let kinds = 1 + draw(0.0, 3.0) as usize;
    let rounded = |number: f64| (number * 1e4).round() / 1e4;
    let weights: Vec<f64> = (0..kinds).map(|_| draw(0.1, 1.0)).collect();
    let all: f64 = weights.iter().sum();
    Market {
        outside: firms == 1 || draw(0.0, 1.0) < 0.5,
        appeals: (0..firms).map(|_| rounded(draw(0.0, 3.0))).collect(),
        costs: (0..firms).map(|_| rounded(draw(0.0, 1.0))).collect(),
        segments: weights.iter().map(|weight| (weight / all, rounded(draw(0.1, 2.0)))).collect(),
        spread: if draw(0.0, 1.0) < 0.5 { 0.0 } else { rounded(draw(0.0, 2.0)) },
        scale: rounded(draw(0.2, 1.0)),
    }
}

#[test]
fn a_few_random_markets_have_the_equilibria_that_a_plain_search_finds() {
    (0..2).for_each(|number| same_as_the_plain_search(&random(number)));
}

#[test]
#[ignore = "takes minutes: cargo test --release --test equilibria -- --ignored"]
fn two_hundred_random_markets_do() {
    (0..200).for_each(|number| same_as_the_plain_search(&random(number)));
}

#[test]
fn what_a_segment_that_minds_no_price_would_pay_is_within_reach() {
    let market = Market {
        appeals: vec![3.0, 2.0],
        costs: vec![0.5, 0.5],
        segments: vec![(0.9, 1.0), (0.1, 0.05)],
        spread: 0.0,
        scale: 0.5,
        outside: true,
    };
    same_as_the_plain_search(&market);
}

#[test]
fn a_deviation_is_a_start() {
    let market = Market {
        appeals: vec![1.0, 1.0],
        costs: vec![0.0, 0.0],
        segments: vec![(0.75, 3.0), (0.25, 0.2)],
        spread: 0.0,
        scale: 0.5,
        outside: true,
    };
    same_as_the_plain_search(&market);
}

#[test]
fn widely_spread_sensitivities_are_summed_up_finely_enough() {
    let market = Market {
        appeals: vec![2.0, 1.5],
        costs: vec![0.5, 0.3],
        segments: vec![(1.0, 1.0)],
        spread: 1.5,
        scale: 0.3,
        outside: true,
    };
    same_as_the_plain_search(&market);
}

fn solved(changes: &[&str]) -> Report {
    let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
    let level = Level::find("lab/outside_option", &changes, &strategy::vocabulary());
    equilibrium::solve(&level.unwrap_or_else(|error| panic!("{error}"))).expect("a closed form")
}

#[test]
fn nothing_flat_and_nothing_below_cost_is_an_equilibrium() {
    let both = |field: &str, value: f64| {
        ["left", "right"].map(|id| format!("platforms.{id}.shop.{field}={value}")).to_vec()
    };
    let one = |changes: Vec<String>| {
        let report = solved(&changes.iter().map(String::as_str).collect::<Vec<_>>());
        let found: Vec<Vec<f64>> = report.equilibria().map(|found| found.membership_fee.clone()).collect();
        found
    };
    let usual = one(Vec::new());
    assert_eq!(usual.len(), 1);
    for fee in [50.0, 400.0, 1_000.0] {
        let found = one(both("membership_fee", fee));
        assert_eq!(found.len(), 1, "{fee}: {found:?}");
        assert!(apart(&found[0], &usual[0]) < 1e-5, "{fee}: {found:?}");
    }
    assert!(one(both("cost_per_member", 1_000.0)).iter().flatten().all(|&fee| fee > 1_000.0));
}
