//! Artificial intelligence: what capability makes of data. Each is worth nothing without the other, and less and less the
//! more there is of it.

use crate::level::Level;

/// What AI does of what perfect AI could do, 0 to 1: e = A/(A + A0) · D̂/(D̂ + D0), from capability A (yuan a month) and the data
/// D̂ that match quality goes by, those of partners included.
pub fn effect(level: &Level, capability: f64, data: f64) -> f64 {
    part(capability, reference(level)) * learnable(level, data)
}

/// The same of every platform.
pub fn effects(level: &Level, capability: &[f64], data: &[f64]) -> Vec<f64> {
    capability.iter().zip(data).map(|(&capability, &data)| effect(level, capability, data)).collect()
}

/// Part of what could be learned from data without end that can be learned from so many.
pub fn learnable(level: &Level, data: f64) -> f64 {
    part(data, level.market.ai_data)
}

/// The capability, in yuan a month, that has this effect on so much data; none where nothing shows of it.
pub fn capability_behind(level: &Level, effect: f64, data: f64) -> f64 {
    let used = learnable(level, data);
    let shown = if used > 0.0 { effect / used } else { 0.0 };
    reference(level) * shown / (1.0 - shown).max(1e-6)
}

/// The effect of the same capability on other data.
pub fn with_data(level: &Level, effect: f64, before: f64, after: f64) -> f64 {
    self::effect(level, capability_behind(level, effect, before), after)
}

/// Utility of what AI finds for people in a category, and of what it shows them where they do not search.
pub fn utility(level: &Level, category: usize, effect: f64) -> f64 {
    let (market, feed) = (&level.market, level.categories[category].feed);
    (market.ai_search * (1.0 - feed) + market.ai_feed * feed) * effect
}

/// Part of what one more listing costs a merchant that the shop's AI takes over.
pub fn listing_saved(level: &Level, effect: f64) -> f64 {
    level.market.ai_listing * effect
}

/// What merchants save on goods that come back, over sales.
pub fn returns_saved(level: &Level, effect: f64) -> f64 {
    level.market.ai_returns * effect
}

/// How many more parcels, as a part, its owner's AI makes a carrier handle in the same room.
pub fn planning(level: &Level, effect: f64) -> f64 {
    level.market.ai_planning * effect
}

/// Capability that does half of what could be done, in yuan a month.
fn reference(level: &Level) -> f64 {
    level.market.ai_reference * level.total_potential()
}

/// Half at the reference, all of it nowhere.
fn part(stock: f64, reference: f64) -> f64 {
    stock / (stock + reference)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategy::vocabulary;

    fn level(changes: &[&str]) -> Level {
        let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
        Level::find("systems/s35_data_fusion", &changes, &vocabulary()).expect("is shipped")
    }

    #[test]
    fn capability_without_data_and_data_without_capability_do_nothing() {
        let level = level(&[]);
        assert_eq!(effect(&level, 1e12, 0.0), 0.0);
        assert_eq!(effect(&level, 0.0, 1e6), 0.0);
        let half = level.market.ai_reference * level.total_potential();
        assert!((effect(&level, half, level.market.ai_data) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn what_is_shown_is_worth_more_in_a_feed_and_what_is_found_where_people_search() {
        let level = level(&["market.ai_search=0.1", "market.ai_feed=0.3"]);
        let [search, feed] = [0, 1].map(|category| utility(&level, category, 0.5));
        assert!((search - 0.05).abs() < 1e-12 && (feed - 0.15).abs() < 1e-12, "{search} {feed}");
    }

    proptest! {
        #[test]
        fn each_yuan_and_each_datum_adds_less_than_the_one_before_and_more_the_more_there_is_of_the_other(
            capability in 1e4..1e9f64, data in 0.01..100.0f64,
        ) {
            let level = level(&[]);
            let e = |times: f64, more: f64| effect(&level, capability * times, data * more);
            prop_assert!(e(2.0, 1.0) > e(1.0, 1.0) && e(1.0, 2.0) > e(1.0, 1.0) && e(2.0, 2.0) < 1.0);
            prop_assert!(e(3.0, 1.0) - e(2.0, 1.0) < e(2.0, 1.0) - e(1.0, 1.0));
            prop_assert!(e(1.0, 3.0) - e(1.0, 2.0) < e(1.0, 2.0) - e(1.0, 1.0));
            prop_assert!(e(2.0, 2.0) - e(1.0, 2.0) > e(2.0, 1.0) - e(1.0, 1.0), "complements");
        }

        #[test]
        fn what_shows_of_a_capability_tells_it(capability in 1e3..1e9f64, data in 0.01..100.0f64) {
            let level = level(&[]);
            let shown = effect(&level, capability, data);
            let told = capability_behind(&level, shown, data);
            prop_assert!((told / capability - 1.0).abs() < 1e-6, "{told} for {capability}");
            prop_assert_eq!(capability_behind(&level, 0.0, data), 0.0);
        }
    }
}
