//! The market: its parameters, and its regions and categories.

use super::checker::{Checker, plain};
use super::ranges::{FACTOR, FACTOR_MOST, FRACTION};
use super::sums::MAX_PEOPLE;
use crate::raw::{RawCategory, RawLevel, RawRegion};
use crate::{Category, MAX_CATEGORIES, MAX_REGIONS, MarketParameters, Region};

/// Parameters that others are divided by where they are not 0: below this, what is measured would be rounding.
const LEAST_UNLESS_0: [(&str, f64); 2] = [("logit_scale", 1e-3), ("price_sensitivity", 1e-6)];

impl Checker<'_> {
    /// The parameters of the market, those that the level leaves out filled in.
    pub(super) fn market(&mut self, raw: &RawLevel) -> MarketParameters {
        let market = raw.market.resolve();
        for (name, value, range) in market.numbers() {
            self.number(&format!("market.{name}"), value, range);
            let least = LEAST_UNLESS_0.iter().find(|(least, _)| *least == name);
            if let Some((_, least)) = least.filter(|(_, least)| value > 0.0 && value < *least) {
                let message = format!("{} is too small to be worked with", plain(value));
                self.complain(&format!("market.{name}"), message, &format!("0, or at least {least}"));
            }
        }
        market
    }

    pub(super) fn regions(&mut self, raw: &RawLevel) -> Vec<Region> {
        self.count("regions", raw.regions.len(), 1..=MAX_REGIONS);
        self.ids("regions", raw.regions.iter().map(|region| region.id.as_str()));
        self.names("regions", raw.regions.iter().map(|region| &region.name));
        let at = |index: usize, field: &str| format!("regions[{index}].{field}");
        let region = |(index, region): (usize, &RawRegion)| Region {
            id: region.id.clone(),
            name: region.name.clone().unwrap_or_else(|| region.id.clone()),
            population: self.number(&at(index, "population"), region.population, 1.0..=MAX_PEOPLE),
            income: self.number(&at(index, "income"), region.income, FACTOR),
            price_sensitivity: self.number(&at(index, "price_sensitivity"), region.price_sensitivity, FACTOR),
            online: self.number(&at(index, "online"), region.online, FRACTION),
            online_ceiling: self.number(
                &at(index, "online_ceiling"),
                region.online_ceiling,
                region.online.clamp(0.0, 1.0)..=1.0,
            ),
            delivery_sensitivity: self.number(
                &at(index, "delivery_sensitivity"),
                region.delivery_sensitivity,
                0.0..=FACTOR_MOST,
            ),
        };
        raw.regions.iter().enumerate().map(region).collect()
    }

    pub(super) fn categories(&mut self, raw: &RawLevel, market: &MarketParameters) -> Vec<Category> {
        self.count("categories", raw.categories.len(), 1..=MAX_CATEGORIES);
        self.ids("categories", raw.categories.iter().map(|category| category.id.as_str()));
        self.names("categories", raw.categories.iter().map(|category| &category.name));
        let at = |index: usize, field: &str| format!("categories[{index}].{field}");
        let category = |(index, category): (usize, &RawCategory)| Category {
            id: category.id.clone(),
            name: category.name.clone().unwrap_or_else(|| category.id.clone()),
            monthly_spend: self.number(&at(index, "monthly_spend"), category.monthly_spend, 1e-3..=1e9),
            online_share: self.number(
                &at(index, "online_share"),
                category.online_share.unwrap_or(market.opening_online_share),
                1e-6..=1.0,
            ),
            parcel_value: self.number(&at(index, "parcel_value"), category.parcel_value, 0.1..=1e6),
            feed: self.number(&at(index, "feed"), category.feed, FRACTION),
            income_elasticity: self.number(
                &at(index, "income_elasticity"),
                category.income_elasticity,
                -5.0..=5.0,
            ),
        };
        raw.categories.iter().enumerate().map(category).collect()
    }
}
