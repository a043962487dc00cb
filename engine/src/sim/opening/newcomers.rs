//! Newcomers: how good their shops are, of which no share tells anything.

use crate::level::{Level, Shop};
use crate::sim::grid::Grid;
use crate::sim::rules::demand;

/// Fills in the appeal of newcomers where they have sold nothing yet: the mean of the shops that sell there, more what the level states
/// and what their strength is worth. Odds multiplied by a strength are utilities moved by its logarithm.
pub(super) fn appeal(level: &Level, appeal: &mut Grid<3>, sells: impl Fn(usize, usize, usize) -> bool) {
    let shops = level.shops();
    let newcomers = || {
        let of = |(place, &platform): (usize, &usize)| {
            let platform = &level.platforms[platform];
            platform.enters.as_ref()?;
            Some((place, platform.shop.as_ref()?))
        };
        shops.iter().enumerate().filter_map(of)
    };
    if newcomers().next().is_none() {
        return;
    }
    for region in 0..level.regions.len() {
        for category in 0..level.categories.len() {
            let there: Vec<f64> = (0..shops.len())
                .filter(|&shop| sells(region, category, shop))
                .map(|shop| appeal[[region, category, shop]])
                .collect();
            let mean = there.iter().sum::<f64>() / there.len().max(1) as f64;
            for (place, shop) in newcomers().filter(|(place, _)| !sells(region, category, *place)) {
                appeal[[region, category, place]] = mean + ahead(level, shop, region, category);
            }
        }
    }
}

/// By how much a newcomer's shop is better than the mean.
fn ahead(level: &Level, shop: &Shop, region: usize, category: usize) -> f64 {
    let strength = shop.category_strength[category] * shop.region_strength[region];
    shop.appeal.unwrap_or(0.0) + demand::noise_unit(level) * libm::log(strength)
}
