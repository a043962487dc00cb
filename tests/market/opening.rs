//! A market starts where its level says, and stays there while nobody moves.

use walled_gardens::level::Level;
use walled_gardens::sim::Outcome;
use walled_gardens::sim::metrics::{Scope, metric};

use crate::{play, prepared, setup};

#[test]
fn a_passive_market_stays_where_its_level_opened_it() {
    // Seasons move what is bought, and with it the parts that are bought online.
    let changes = ["setup.consumers=200000", "setup.turns=24", "seasons={}"];
    let prepared = prepared("history/china_2024", &changes);
    let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
    for outcome in &outcomes {
        assert_at_stated_shares(&prepared.level, outcome, 0.02);
        let (opened, found) = (online_sales(&outcomes[0]), online_sales(outcome));
        assert!(
            (found - opened).abs() < 0.02,
            "turn {}: {found} of spending online, not {opened}",
            outcome.turn
        );
    }
}

#[test]
fn the_opening_is_inverted_into_the_model_and_not_remembered_by_it() {
    // Everybody reconsiders at once: only utilities can hold the shares.
    let prepared = prepared(
        "history/china_2024",
        &["setup.consumers=200000", "setup.turns=1", "market.reconsideration=1"],
    );
    let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
    assert_at_stated_shares(&prepared.level, &outcomes[1], 0.02);
}

fn online_sales(outcome: &Outcome) -> f64 {
    let metric = metric("online_sales").expect("a metric of that name");
    (metric.of)(outcome, Scope::MARKET).expect("a market has it")
}

fn assert_at_stated_shares(level: &Level, outcome: &Outcome, tolerance: f64) {
    for (platform, row) in level.platforms.iter().enumerate() {
        let stated = row.shop.as_ref().map_or(0.0, |shop| shop.share);
        let found = outcome.share(platform);
        assert!(
            (found - stated).abs() < tolerance,
            "turn {}: {} at {found}, not {stated}",
            outcome.turn,
            row.id
        );
    }
}
