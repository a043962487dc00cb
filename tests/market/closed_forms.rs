//! Closed forms of theory that the market comes out at: logit shares, tipping, the logsum.

use crate::{play, prepared, setup};

#[test]
fn a_logit_duopoly_divides_the_market_as_the_formula_says() {
    // 1/(1 + exp(Δp/μ)) with μ = .5; tolerance four standard errors at 100,000 consumers, and platforms earn p − c.
    for (price, expected) in [("2", 0.5), ("2.5", 0.268_941), ("1.5", 0.731_059), ("3.5", 0.047_426)] {
        let change = format!("platforms.left.shop.membership_fee={price}");
        let prepared = prepared("lab/logit_duopoly", &[&change]);
        let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
        let bound = 4.0 * f64::sqrt(expected * (1.0 - expected) / 100_000.0);
        for outcome in &outcomes[1..] {
            let share = outcome.user_count(0) / 100_000.0;
            assert!((share - expected).abs() < bound, "{price}: {share}, not {expected}");
            let margin: f64 = price.parse::<f64>().expect("a number") - 1.0;
            assert!((outcome.profit[0] - margin * outcome.user_count(0)).abs() < 0.02);
        }
    }
}

#[test]
fn network_effects_tip_a_market_exactly_when_theory_says() {
    // u = α·s with last turn's s: shares of a half are stable below α = nμ; above, 2s − 1 = tanh(α(2s − 1)/2μ).
    for (strength, expected) in [("1.5", 0.5), ("2.5", 0.855_0), ("4", 0.978_7)] {
        let own_side = format!("market.own_side_effect={strength}");
        let prepared = prepared(
            "lab/logit_duopoly",
            &[
                &own_side,
                "market.logit_scale=1",
                "platforms.left.shop.share=0.6",
                "platforms.right.shop.share=0.4",
                "setup.turns=60",
            ],
        );
        let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
        let share = outcomes.last().expect("60 turns").share(0);
        assert!((share - expected).abs() < 0.01, "α/μ = {strength}: {share}, not {expected}");
    }
}

#[test]
fn opening_a_further_platform_raises_consumers_utility_by_the_logsum() {
    // Expected utility of the best of n equal alternatives is μ·ln n + what each is worth: here −2.
    let prepared = prepared("lab/logit_duopoly", &[]);
    let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
    let utility = outcomes[1].consumer_utility.expect("measured");
    assert!((utility - (0.5 * libm::log(2.0) - 2.0)).abs() < 1e-4, "{utility}");
}
