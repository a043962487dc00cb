//! Everything that consumers are told, worked out at once from the state of a market.

use crate::level::{Level, MAX_PLATFORMS};
use crate::sim::choice::ChoiceRow;
use crate::sim::grid::Grid;
use crate::sim::rules::demand::{
    CellTerms, CommonTerms, Offer, all_common_terms, learning, manners, noise_unit, payment_terms, row,
    shop_habit,
};
use crate::sim::rules::traffic::Spending;
use crate::sim::rules::{logistics, traffic};
use crate::sim::state::cells::{Cell, Cells};
use crate::sim::state::choices::Market;
use crate::sim::state::merchants::Supply;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::presence::Presence;
use crate::sim::state::services::{ServiceState, Ties};

/// Everything that what consumers are told depends on.
pub(in crate::sim) struct Situation<'a> {
    pub level: &'a Level,
    pub offers: &'a [Option<Offer<'a>>],
    pub appeal: &'a Grid<3>,
    pub presence: &'a Grid<2>,
    pub online: &'a [f64],
    pub supply: &'a Supply,
    pub cells: &'a Cells,
    pub services: &'a [&'a ServiceState],
    pub ties: &'a Ties,
}

impl Situation<'_> {
    /// Choice rows and learning probabilities.
    pub(in crate::sim) fn market(&self) -> Market {
        let &Self { level, offers, presence, supply, .. } = self;
        let shops = level.shops();
        let (regions, categories) = (level.regions.len(), level.categories.len());
        let of_shop = |&platform: &usize| {
            let variety = |category| supply.variety_of(level, category, platform);
            let seen = |region| Presence::seen(presence, level, region, platform);
            offers[platform].map(|offer| all_common_terms(level, offer, variety, seen))
        };
        let terms: Vec<Option<Grid<2, CommonTerms>>> = shops.iter().map(of_shop).collect();
        let empty = row(level, offers, supply, 0, 0);
        let mut by_region = Grid::filled([regions, categories], (empty.clone(), [0.0; MAX_PLATFORMS]));
        for region in 0..regions {
            for category in 0..categories {
                let mut common = [0.0; MAX_PLATFORMS];
                for (shop, terms) in terms.iter().enumerate() {
                    let Some(terms) = terms else { continue };
                    let appeal = self.appeal[[region, category, shop]];
                    common[shop] = CommonTerms { appeal, ..terms[[region, category]] }.sum();
                }
                by_region[[region, category]] = (row(level, offers, supply, region, category), common);
            }
        }
        let delivery = logistics::quality(level, self.services, &supply.carriers);
        let payment = payment_terms(level, self.ties);
        let mut rows = Grid::filled([self.cells.0.len(), categories], empty);
        let mut learning = Grid::filled([self.cells.0.len(), shops.len()], 0.0);
        for (number, cell) in self.cells.0.iter().enumerate() {
            let place = [cell.region, cell.segment, usize::from(cell.apps)];
            // Segments of a region with the same apps learn alike.
            let like = |other: &Cell| (other.region, other.apps) == (cell.region, cell.apps);
            let known = self.cells.0[..number].iter().rposition(like);
            for (shop, &platform) in shops.iter().enumerate() {
                learning[[number, shop]] =
                    known.map_or_else(|| self.learning(cell, platform), |known| learning[[known, shop]]);
            }
            for category in 0..categories {
                let (row, common) = &by_region[[cell.region, category]];
                let mut row = ChoiceRow { payment, ..row.clone() };
                for (shop, &platform) in shops.iter().enumerate() {
                    let here = CellTerms::of(level, self.ties, &delivery, place, category, platform);
                    row.common[shop] = ((common[shop] + here.sum()) / noise_unit(level)) as f32;
                    row.shop_habit[shop] = shop_habit(level, self.ties, place[2], platform);
                }
                rows[[number, category]] = row;
            }
        }
        Market { rows, learning, online: self.online.to_vec(), delivery }
    }

    /// Probability that somebody of a cell learns of a shop in a month.
    fn learning(&self, cell: &Cell, platform: usize) -> f64 {
        let Some(offer) = self.offers[platform] else { return 0.0 };
        let (budgets, funded) = (&offer.policy.budgets, offer.funded.budgets);
        let presence = self.presence[[cell.region, platform]];
        let visits: Vec<f64> = budgets.visits.iter().map(|visits| visits * funded).collect();
        // Friends are brought to a company that is liked.
        let liked = 1.0 + self.level.market.opinion_invitations * offer.opinion;
        let spending = Spending { visits: &visits, invitations: budgets.invitations * funded * liked };
        let place = (cell.region, cell.apps);
        let apps = traffic::learning_hazard(self.level, self.services, place, platform, spending, presence);
        learning(self.level, cell.region, budgets.marketing[cell.region] * funded, presence, apps)
    }

    /// Utility of prices, adverts and payment to a typical buyer who stays: what a platform does to people from one day to
    /// the next. Merchants, trust and other people change slowly and startle nobody.
    pub(in crate::sim) fn treatment(&self, market: &Market, outcome: &Outcome) -> Grid<3> {
        let &Self { level, offers, .. } = self;
        let (regions, categories) = (level.regions.len(), level.categories.len());
        let shops = level.shops();
        let mut found = Grid::filled([regions, categories, shops.len()], 0.0);
        let lacking: Vec<f64> = (shops.iter())
            .map(|&platform| level.market.payment_friction * outcome.without_wallet(platform))
            .collect();
        for region in 0..regions {
            let sensitivity = level.market.price_sensitivity * level.regions[region].price_sensitivity;
            let Some(cell) = self.cells.0.iter().position(|cell| cell.region == region) else { continue };
            for category in 0..categories {
                let row = &market.rows[[cell, category]];
                for (shop, &platform) in shops.iter().enumerate() {
                    let Some(offer) = offers[platform] else { continue };
                    let price = f64::from(row.price_staying[shop]) * noise_unit(level);
                    let manners = manners(level, offer, region, category);
                    found[[region, category, shop]] = manners - sensitivity * price - lacking[shop];
                }
            }
        }
        found
    }
}
