//! What infinitely many consumers choose.

use crate::sim::continuum::Continuum;
use crate::sim::continuum::sizes::Sizes;
use crate::sim::grid::Grid;
use crate::sim::opening::company::OpeningCompany;
use crate::sim::rules::demand;
use crate::sim::rules::demand::{Offer, common_terms, price_terms};
use crate::sim::state::merchants::Supply;
use crate::sim::state::presence::Presence;

impl Continuum<'_> {
    /// Utilities in units of the noise, before the price's sensitivity, by shop: common part and price term.
    pub(super) fn utilities(
        &self,
        offers: &[Option<Offer>],
        supply: &Supply,
        presence: &Grid<2>,
        (region, category): (usize, usize),
    ) -> Vec<(f64, f64)> {
        let level = self.level;
        let unit = 1.0 / demand::noise_unit(level);
        let of_shop = |(shop, platform): (usize, usize)| {
            let Some(offer) = offers[platform] else { return (f64::NEG_INFINITY, 0.0) };
            let variety = supply.variety_of(level, category, platform);
            let seen = Presence::within_reach(level, platform, |other| presence[[region, other]]);
            let mut terms = common_terms(level, offer, (region, category), variety, seen);
            terms.appeal = self.appeal[[region, category, shop]];
            let (staying, _) =
                price_terms(level, offer, region, category, supply.price[[category, platform]]);
            if supply.sells(level, category, platform) {
                (terms.sum() * unit, staying * unit)
            } else {
                (f64::NEG_INFINITY, 0.0)
            }
        };
        level.shops().into_iter().enumerate().map(of_shop).collect()
    }

    /// Adds what consumers buy and where they are members.
    pub(super) fn consumers(
        &self,
        companies: &[OpeningCompany],
        supply: &Supply,
        sizes: &Sizes,
        next: &mut Sizes,
    ) {
        let level = self.level;
        let offers = self.offers(companies);
        let shops = level.shops();
        let presence = self.presence(sizes);
        let offline: Vec<bool> =
            level.categories.iter().map(|category| category.online_share < 1.0).collect();
        let mean_income: f64 = level.consumer_segments.iter().map(|kind| kind.share * kind.income).sum();
        let (mut utilities, mut room) = (Vec::new(), Vec::new());
        for region in 0..level.regions.len() {
            let people = &level.regions[region];
            let by_category: Vec<(f64, f64)> = (0..level.categories.len())
                .flat_map(|category| self.utilities(&offers, supply, &presence, (region, category)))
                .collect();
            let spending: Vec<f64> =
                (0..level.categories.len()).map(|category| level.potential(region, category)).collect();
            for segment in &level.consumer_segments {
                let median =
                    level.market.price_sensitivity * people.price_sensitivity * segment.price_sensitivity;
                for (factor, part) in &self.sensitivities {
                    utilities.clear();
                    utilities
                        .extend(by_category.iter().map(|(common, price)| common - median * factor * price));
                    self.chooser.each(&utilities, &offline, &mut room, &mut |weight, shares| {
                        let weight = weight * part * segment.share;
                        for (shop, &platform) in shops.iter().enumerate() {
                            let of_category = |category: usize| shares[category * shops.len() + shop];
                            let stays_away: f64 =
                                (0..offline.len()).map(|category| 1.0 - of_category(category)).product();
                            next.members[[region, platform]] +=
                                weight * (1.0 - stays_away) * people.population * self.online[region];
                            for category in 0..offline.len() {
                                next.sales[[region, category, platform]] += weight * segment.income
                                    / mean_income
                                    * of_category(category)
                                    * spending[category]
                                    * self.online[region];
                            }
                        }
                    });
                }
            }
        }
    }

    /// Presence by region and platform: sales over all that could be sold.
    pub(super) fn presence(&self, sizes: &Sizes) -> Grid<2> {
        let [regions, categories, platforms] = sizes.sales.shape();
        let mut presence = Grid::filled([regions, platforms], 0.0);
        for region in 0..regions {
            for platform in 0..platforms {
                let sold: f64 = (0..categories).map(|c| sizes.sales[[region, c, platform]]).sum();
                presence[[region, platform]] = sold / self.level.region_potential(region);
            }
        }
        presence
    }
}
