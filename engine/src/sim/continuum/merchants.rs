//! Where infinitely many merchants list.

use crate::level::{LikingForm, MerchantSegment};
use crate::sim::continuum::Continuum;
use crate::sim::continuum::quadrature::{normal, pieces, positions, uniform};
use crate::sim::continuum::sizes::Sizes;
use crate::sim::grid::Grid;
use crate::sim::opening::company::OpeningCompany;
use crate::sim::rules::listing::{Prospects, Terms, burden, serves_another};
use crate::sim::state::companies::Company;
use crate::sim::state::merchants::{Supply, mean_size};
use crate::sim::state::outcome::Outcome;

impl Continuum<'_> {
    /// Listings; the consumers' part is left at nothing.
    pub(super) fn merchants(&self, companies: &[OpeningCompany], sizes: &Sizes, supply: &Supply) -> Sizes {
        let level = self.level;
        let mut next = Sizes {
            sales: Grid::filled(sizes.sales.shape(), 0.0),
            members: Grid::filled(sizes.members.shape(), 0.0),
            variety: Grid::filled(sizes.variety.shape(), 0.0),
            listed: Grid::filled(sizes.listed.shape(), 0.0),
        };
        if level.setup.merchants == 0 {
            return next;
        }
        let everyone: Vec<Company> = (0..companies.len()).map(Company).collect();
        let policies = everyone.iter().zip(companies.iter().map(|company| &company.policy));
        let terms = Terms::of(level, policies, &self.charges, &self.baskets);
        let outcome = Outcome { sales: sizes.sales.clone(), ai: self.ai.clone(), ..Outcome::empty(level) };
        let all = Prospects::in_every_category(level, 0, &terms, &outcome, supply, 0);
        let (shops, total) = (level.shops(), mean_size(level));
        let per_category = level.setup.shops / level.categories.len() as f64;
        for (category, prospects) in all.iter().enumerate() {
            for (kind, factors) in level.merchant_segments.iter().zip(&self.size_factors) {
                for (factor, part) in factors {
                    let size = kind.size * factor;
                    let weight = kind.share * part;
                    let listed = self.listing(prospects, kind, size);
                    for (shop, &platform) in shops.iter().enumerate() {
                        next.listed[[category, platform]] += weight * listed[shop] * per_category;
                        next.variety[[category, platform]] += weight * size / total * listed[shop];
                    }
                }
            }
        }
        next
    }

    /// Part of the merchants of one kind and size that lists on each shop.
    fn listing(&self, prospects: &Prospects, kind: &MerchantSegment, size: f64) -> Vec<f64> {
        let market = &self.level.market;
        let tastes = prospects.tastes();
        let shops = tastes.len();
        let worth: Vec<f64> = (0..shops)
            .map(|shop| prospects.prospect(shop, 1.0 / size, burden(market, size), kind.pass_through))
            .collect();
        let another = serves_another(market, size);
        let mut listed = vec![0.0; shops];
        for (margin, part) in normal(kind.margin, market.merchant_margin_spread) {
            let nets = |taste: f64| -> Vec<f64> {
                (0..shops).map(|shop| margin + worth[shop] - prospects.way(taste, shop)).collect()
            };
            let space = market.taste_space;
            if market.merchant_noise > 0.0 {
                let entries = uniform(market.merchant_entry_cost);
                for (taste, weight) in positions(space, tastes, market.merchant_taste_strength) {
                    for &(entry, chance) in &entries {
                        let liked: Vec<f64> =
                            nets(taste).iter().map(|net| (net - entry) / market.merchant_noise).collect();
                        let parts = liked_parts(&liked, market.merchant_liking, another >= 1.0);
                        listed.iter_mut().zip(parts).for_each(|(sum, p)| *sum += part * weight * chance * p);
                    }
                }
            } else {
                let ways = |taste: f64| nets(taste);
                let top = market.merchant_entry_cost;
                for (length, nets) in
                    pieces(space, tastes, market.merchant_taste_strength, &ways, &[0.0, top])
                {
                    for shop in 0..shops {
                        let better = nets.iter().filter(|&&net| net > nets[shop]).count();
                        let equals = nets.iter().filter(|&&net| net == nets[shop]).count();
                        // Equals take each place among themselves equally often.
                        let reached: f64 = (better..better + equals)
                            .map(|rank| reaches_beyond(rank, shops, another))
                            .sum::<f64>()
                            / equals as f64;
                        let affords = if top > 0.0 {
                            (nets[shop] / top).clamp(0.0, 1.0)
                        } else {
                            f64::from(u8::from(nets[shop] > 0.0))
                        };
                        listed[shop] += part * length * reached * affords;
                    }
                }
            }
        }
        listed
    }
}

/// Probability that a merchant serves more than `rank` shops of `shops`: it serves one, and each further one with a
/// probability.
fn reaches_beyond(rank: usize, shops: usize, another: f64) -> f64 {
    let further = shops - 1;
    let mut chance = vec![1.0];
    for _ in 0..further {
        let mut next = vec![0.0; chance.len() + 1];
        for (count, &p) in chance.iter().enumerate() {
            next[count] += p * (1.0 - another);
            next[count + 1] += p * another;
        }
        chance = next;
    }
    chance[rank.min(further)..].iter().sum()
}

/// Part of the merchants that list on each shop when likings are drawn: utilities are in units of their scale.
fn liked_parts(liked: &[f64], form: LikingForm, everywhere: bool) -> Vec<f64> {
    let weights: Vec<f64> = liked.iter().map(|&u| libm::exp(u)).collect();
    let total: f64 = weights.iter().sum();
    let alone = |&w: &f64| match form {
        LikingForm::Gumbel => -libm::expm1(-w),
        LikingForm::Logistic => w / (1.0 + w),
    };
    if everywhere || liked.len() == 1 {
        return weights.iter().map(alone).collect();
    }
    // The best of Gumbel draws is worth as much whichever it is: which one and whether it is worth anything are
    // independent.
    let any = -libm::expm1(-total);
    let largest = liked.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let relative: Vec<f64> = liked.iter().map(|&u| libm::exp(u - largest)).collect();
    let sum: f64 = relative.iter().sum();
    relative.iter().map(|w| any * w / sum).collect()
}
