//! Metrics have values for what they say they are taken of.

use walled_gardens::game::Match;
use walled_gardens::level::Measure;
use walled_gardens::sim::metrics::{METRICS, measured};

use crate::{prepared, setup};

#[test]
fn a_metric_has_a_value_for_what_it_says_it_is_taken_of_and_for_nothing_else() {
    let prepared = prepared("history/china_2024", &["setup.consumers=2000", "setup.merchants=600"]);
    let mut game = Match::new(&prepared, setup(&prepared, "dealmaker"));
    game.play_turn();
    let outcome = game.play_turn().outcome;
    let level = &prepared.level;
    let one_or_none = |count: usize| std::iter::once(None).chain((0..count).map(Some));
    for metric in METRICS {
        let mut seen = 0;
        for platform in one_or_none(level.platforms.len()) {
            for (region, category) in [(None, None), (Some(0), None), (None, Some(0)), (Some(0), Some(0))] {
                for service in one_or_none(level.services.len()) {
                    let of =
                        Measure { platform, region, category, service, ..Measure::of_market(metric.name) };
                    let value = measured(level, &of, &outcome);
                    let refused = metric.measurable().unmeasurable(level, &of);
                    // What a shop has is zero, or nothing, of a company without one.
                    let shop = platform.is_none_or(|platform| level.platforms[platform].shop.is_some());
                    // Where nobody has more buyers than before, or owes anything, there is nothing to divide by.
                    let divides =
                        ["net_acquisition_cost", "default_rate"].contains(&metric.name) && value.is_none();
                    if shop && !(divides && refused.is_none()) {
                        assert_eq!(
                            value.is_some(),
                            refused.is_none(),
                            "{}: {value:?}, {refused:?}",
                            of.in_words(level)
                        );
                    }
                    seen += usize::from(refused.is_none());
                }
            }
        }
        assert!(seen > 0, "{} has no value of anything", metric.name);
    }
}
