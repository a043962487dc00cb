//! Equilibria of logit markets, held against a plain implementation of their profits and a search over all fees.
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use walled_gardens::equilibrium::{self, Report};
use walled_gardens::experiment::equilibria::{Fees, Market, Merchants, Plain, hold};
use walled_gardens::level::Level;
use walled_gardens::strategy;

fn same_as_the_plain_search(market: &Market) {
    let held = hold(market).expect("a market with closed demand");
    assert!(held.disagreements.is_empty(), "{market:?}: {:?}", held.disagreements);
    assert!(held.reported > 0 && held.found > 0, "{market:?}: {held:?}");
}

/// Markets of the experiment that are quickly solved, with every kind of network effects; `experiment equilibria --seeds 200` holds all.
#[test]
fn a_few_random_markets_have_the_equilibria_that_a_plain_search_finds() {
    for number in [0, 1, 5, 6, 12, 19, 20, 34, 40] {
        same_as_the_plain_search(&Market::random(number));
    }
}

#[test]
fn the_plain_solver_knows_the_textbook() {
    let is = |found: &[Vec<Fees>], members: f64, merchants: f64| {
        assert_eq!(found.len(), 1, "{found:?}");
        let near = |fee: f64, known: f64| (fee - known).abs() < 1e-5;
        assert!(found[0].iter().all(|fees| near(fees[0], members) && near(fees[1], merchants)), "{found:?}");
    };
    // p = c + (nμ − α)/(n − 1): Katz and Shapiro (1985) with the demand of Anderson, de Palma and Thisse (1992).
    let network = Market {
        appeals: vec![0.0; 3],
        costs: vec![1.0; 3],
        segments: vec![(1.0, 1.0)],
        scale: 0.5,
        crowd: 0.5,
        ..Market::default()
    };
    is(&Plain::new(&network).equilibria(), 1.5, 0.0);
    // Who takes announced sizes as given charges as if there were no network.
    let announced = Market { announced: true, ..network.clone() };
    is(&Plain::new(&announced).equilibria(), 1.75, 0.0);
    // p₁ = c₁ + (nμ − α₂)/(n − 1) and p₂ = c₂ + (nμ − α₁)/(n − 1): Armstrong (2006) with logit on both sides.
    let merchants = Merchants {
        worth: 0.3,
        benefit: 0.6,
        margin: 50.0,
        noise: 0.5,
        everywhere: false,
        costs: vec![0.0; 3],
    };
    let two_sided = Market { costs: vec![0.0; 3], crowd: 0.0, merchants: Some(merchants), ..network.clone() };
    is(&Plain::new(&two_sided).equilibria(), 0.45, 0.6);
}

#[test]
fn what_a_segment_that_minds_no_price_would_pay_is_within_reach() {
    // The first gains by asking only those who mind no price: both solvers see it, and find no equilibrium at all.
    let market = Market {
        appeals: vec![3.0, 2.0],
        costs: vec![0.5, 0.5],
        segments: vec![(0.9, 1.0), (0.1, 0.05)],
        scale: 0.5,
        outside: true,
        ..Market::default()
    };
    let held = hold(&market).expect("a market with closed demand");
    assert_eq!((held.reported, held.found, held.disagreements.len()), (0, 0, 0), "{held:?}");
}

#[test]
fn a_deviation_is_a_start() {
    same_as_the_plain_search(&Market {
        appeals: vec![1.0, 1.0],
        costs: vec![0.0, 0.0],
        segments: vec![(0.75, 3.0), (0.25, 0.2)],
        scale: 0.5,
        outside: true,
        ..Market::default()
    });
}

#[test]
fn widely_spread_sensitivities_are_summed_up_finely_enough() {
    same_as_the_plain_search(&Market {
        appeals: vec![2.0, 1.5],
        costs: vec![0.5, 0.3],
        segments: vec![(1.0, 1.0)],
        spread: 1.5,
        scale: 0.3,
        outside: true,
        ..Market::default()
    });
}

/// Most merchants would list for a little, some for a lot: the best merchant fee is far beyond the one from which every small step
/// loses.
#[test]
fn what_a_few_merchants_would_pay_is_within_reach() {
    let text = "(format: 1, meta: (id: \"lab/far\", title: \"Far\"), \
         market: (base: Textbook, logit_scale: 0.5, merchant_margin: 0.1, merchant_noise: 0.02, multi_homing: 0), \
         setup: (consumers: 1000, merchants: 1000, shops: 1000), regions: [(id: \"r\", population: 1000)], \
         categories: [(id: \"c\", monthly_spend: 1, online_share: 0.5)], \
         merchant_segments: [(id: \"many\", share: 0.85, size_spread: 0), \
         (id: \"few\", share: 0.15, extra_margin: 1, size_spread: 0)], \
         platforms: [(id: \"alone\", cash: 1e6, shop: (appeal: 2, membership_fee: 1))])";
    let level = Level::from_text("far.ron", text, &strategy::vocabulary()).expect("a level");
    let earns = |fee: f64| {
        // Half of the people's spending is a merchant's usual sales.
        let list = |margin: f64| 1.0 - libm::exp(-libm::exp((margin - fee / 0.5) / 0.02));
        fee * (0.85 * list(0.1) + 0.15 * list(1.1))
    };
    let fees = |from: u32, to: u32| (from..to).map(|step| f64::from(step) * 1e-4);
    let best = fees(0, 10_000).max_by(|&a, &b| earns(a).total_cmp(&earns(b))).expect("fees");
    let near = fees(0, 1_000).max_by(|&a, &b| earns(a).total_cmp(&earns(b))).expect("fees");
    assert!(near < 0.09 && best > 0.4 && earns(best) > 1.2 * earns(near), "{near} and {best}");
    let report = equilibrium::solve(&level).expect("a closed form");
    let found: Vec<f64> = report.equilibria().map(|found| found.merchant_fee[0]).collect();
    assert!(found.len() == 1 && (found[0] - best).abs() < 1e-3, "{found:?} and not {best}");
    let given_up = report.found.iter().find(|found| (found.merchant_fee[0] - near).abs() < 1e-3);
    let deviation =
        given_up.and_then(|found| found.deviation.as_ref()).expect("the near one is no equilibrium");
    assert!((deviation.merchant_fee - best).abs() < 1e-3, "{deviation:?}");
}

#[test]
fn a_firm_where_nobody_buys_makes_no_second_equilibrium() {
    let report = solved(&["platforms.right.shop.appeal=-1000"]);
    let found: Vec<&Vec<f64>> = report.equilibria().map(|found| &found.membership_fee).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!((found[0][0] - 2.0).abs() < 1e-5, "{found:?}");
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
        let same = found[0].iter().zip(&usual[0]).all(|(a, b)| (a - b).abs() < 1e-5);
        assert!(same, "{fee}: {found:?}");
    }
    assert!(one(both("cost_per_member", 1_000.0)).iter().flatten().all(|&fee| fee > 1_000.0));
}
