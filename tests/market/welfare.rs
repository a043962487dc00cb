//! Consumers' utility and surplus: what prices and sensitivities make of them.

use walled_gardens::game::Prepared;
use walled_gardens::level::Level;
use walled_gardens::sim::metrics::{Scope, metric};
use walled_gardens::strategy;

use crate::{play, setup};

/// Utility and surplus after one turn, of people who all choose anew.
fn consumers(name: &str, changes: &[String]) -> (f64, Option<f64>) {
    let few = ["setup.consumers=2000", "setup.turns=1"].map(str::to_owned);
    let changes: Vec<String> = few.into_iter().chain(changes.iter().cloned()).collect();
    let level = Level::find(name, &changes, &strategy::vocabulary());
    let prepared = Prepared::new(level.unwrap_or_else(|error| panic!("{name}: {error}")));
    let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
    let measured = |name| metric(name).and_then(|metric| (metric.of)(&outcomes[1], Scope::MARKET));
    (measured("consumer_utility").expect("choices were made"), measured("consumer_surplus"))
}

#[test]
fn without_noise_utility_is_that_of_the_best_alternative() {
    // On a street the way to the nearer end is 1/4 on average, and the price 1.2.
    let (utility, surplus) = consumers("lab/hotelling", &[]);
    assert!((utility + 1.45).abs() < 0.01, "{utility}");
    assert!(surplus.is_some_and(|surplus| (surplus / 100_000.0 + 1.45).abs() < 0.01), "{surplus:?}");
}

#[test]
fn a_fee_raised_everywhere_harms_consumers_by_as_much_at_any_noise() {
    for scale in [0.0, 0.001, 0.002, 0.05, 0.5, 30.0, 1_000.0] {
        let at = |fee: f64| {
            let fees = ["left", "right"].map(|id| format!("platforms.{id}.shop.membership_fee={fee}"));
            let changes: Vec<String> =
                fees.into_iter().chain([format!("market.logit_scale={scale}")]).collect();
            let (utility, surplus) = consumers("lab/logit_duopoly", &changes);
            (utility, surplus.expect("prices matter") / 100_000.0)
        };
        let (before, after, far) = (at(2.0), at(3.0), at(900.0));
        for (change, expected) in [
            (before.0 - after.0, 1.0),
            (before.1 - after.1, 1.0),
            (before.0 - far.0, 898.0),
            (before.1 - far.1, 898.0),
        ] {
            assert!(
                (change - expected).abs() < 2e-3 * expected.max(1.0),
                "μ {scale}: {change} for {expected}"
            );
        }
    }
}

#[test]
fn surplus_is_the_logsum_over_the_sensitivity_to_price_at_any() {
    for (sensitivity, region) in [(1e-6, 1e-3), (1e-3, 1.0), (1.0, 1.0), (100.0, 1.0), (100.0, 1e3)] {
        let changes = [
            format!("market.price_sensitivity={sensitivity}"),
            format!("regions.everywhere.price_sensitivity={region}"),
            "platforms.left.shop.membership_fee=0".to_owned(),
            "platforms.right.shop.membership_fee=0".to_owned(),
        ];
        let (utility, surplus) = consumers("lab/logit_duopoly", &changes);
        let expected = 0.5 * std::f64::consts::LN_2 / (sensitivity * region);
        let surplus = surplus.expect("prices matter") / 100_000.0;
        assert!(
            (surplus / expected - 1.0).abs() < 1e-4,
            "β {sensitivity}·{region}: {surplus} for {expected}"
        );
        assert!((utility - 0.5 * std::f64::consts::LN_2).abs() < 1e-5, "{utility}");
    }
    // Where nobody minds a price there is no telling what anything is worth in yuan.
    assert_eq!(consumers("lab/logit_duopoly", &["market.price_sensitivity=0".to_owned()]).1, None);
}
