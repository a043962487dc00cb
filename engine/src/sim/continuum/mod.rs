//! Demand of infinitely many people and merchants: what finite agents are a sample of. The terms of utility and of
//! listing are the functions that agents choose by; only the drawing is replaced by integrals, so that demand has
//! derivatives. Choices are those that settle when everybody has reconsidered often.

mod choosers;
mod consumers;
mod inverse;
mod leaps;
mod merchants;
mod quadrature;
mod sizes;

pub use sizes::{Settled, Sizes};

use crate::level::{Level, LikingForm};
use crate::sim::continuum::choosers::Chooser;
use crate::sim::continuum::leaps::Past;
use crate::sim::continuum::quadrature::lognormal;
use crate::sim::grid::Grid;
use crate::sim::opening::Opening;
use crate::sim::opening::company::OpeningCompany;
use crate::sim::rules::demand::Offer;
use crate::sim::rules::fees::baskets;
use crate::sim::rules::listing::Charges;
use crate::sim::rules::supply::quoted_prices;
use crate::sim::rules::trust::fraud_rate;
use crate::sim::state::companies::Funded;
use crate::sim::state::merchants::{Supply, mean_size};

/// What each platform asks for being there, in yuan a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fees {
    /// Of a consumer.
    pub membership: f64,
    /// Of a merchant.
    pub merchant: f64,
}

/// Why a level has no demand in closed form.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct NoContinuum(String);

/// A level's market with a continuum on both sides.
pub struct Continuum<'a> {
    level: &'a Level,
    companies: Vec<OpeningCompany>,
    online: Vec<f64>,
    charges: Charges,
    matching: Vec<f64>,
    /// What each platform's AI does, 0 to 1.
    pub(super) ai: Vec<f64>,
    /// What a buyer spends in a month, by platform and region, as the market opens.
    pub(super) baskets: Grid<2>,
    appeal: Grid<3>,
    /// What merchants ask, whoever lists: it goes by commissions, which are the level's.
    quoted: Supply,
    chooser: Chooser,
    /// How much more or less than the median of their kind people mind a price, with their parts.
    sensitivities: Vec<(f64, f64)>,
    /// How much larger or smaller merchants are than the median of their kind, with their parts; by kind.
    size_factors: Vec<Vec<(f64, f64)>>,
    /// Where everything starts: the level's opening.
    pub opening: Sizes,
}

impl<'a> Continuum<'a> {
    /// The market of a level.
    ///
    /// # Errors
    /// Something that the level switches on has no closed demand; the message names the parameter.
    pub fn new(level: &'a Level) -> Result<Self, NoContinuum> {
        let market = &level.market;
        let fail = |text: &str| Err(NoContinuum(text.to_owned()));
        if !level.services.is_empty() {
            return fail(
                "who pays, ships and is led with which service depends on the past: take `services` out",
            );
        }
        if market.forgetting > 0.0 {
            return fail(
                "who knows whom depends on the past, and has no closed demand: set market.forgetting to 0",
            );
        }
        if level.platforms.iter().any(|platform| platform.enters.is_some()) {
            return fail("who enters later changes the market for everybody: take `enters` out");
        }
        if market.logit_scale == 0.0 && market.habit > 0.0 {
            return fail(
                "without noise whoever has a habit stays for ever: set market.logit_scale above 0, or market.habit to 0",
            );
        }
        let single_homing = market.multi_homing == 0.0;
        let some_serve_more =
            market.multi_homing_slope > 0.0 || !(single_homing || market.multi_homing == 1.0);
        if level.setup.merchants > 0 && market.merchant_noise > 0.0 && level.shops().len() > 1 {
            if some_serve_more {
                return fail(
                    "merchants who have likings and of whom a part serves several shops have no closed demand: set \
                     market.multi_homing to 0 or 1 and market.multi_homing_slope to 0, or market.merchant_noise to 0",
                );
            }
            if market.merchant_liking == LikingForm::Logistic && single_homing {
                return fail(
                    "merchants who choose one shop by logistic likings have no closed demand: set market.merchant_liking to \
                     Gumbel",
                );
            }
        }
        let opening = Opening::of(level);
        let outcome = opening.outcome(level);
        let mut continuum = Self {
            level,
            online: opening.online.clone(),
            charges: opening.charges.clone(),
            matching: opening.matching(level),
            ai: opening.ai(level),
            appeal: Grid::filled([level.regions.len(), level.categories.len(), level.shops().len()], 0.0),
            baskets: baskets(level, &outcome.sales, &outcome.users),
            opening: Sizes {
                sales: outcome.sales,
                members: outcome.users,
                variety: outcome.variety,
                listed: outcome.listed,
            },
            companies: opening.companies.clone(),
            quoted: quoted_prices(
                level,
                opening.companies.iter().map(|company| &company.policy),
                &opening.charges,
            ),
            chooser: Chooser::of(level),
            sensitivities: lognormal(market.price_sensitivity_spread),
            size_factors: level.merchant_segments.iter().map(|kind| lognormal(kind.size_spread)).collect(),
        };
        let supply = continuum.supply(&continuum.opening);
        let offers = continuum.offers(&continuum.companies);
        continuum.appeal = opening.appeal(level, &offers, &supply, &opening.presence(level));
        Ok(continuum)
    }

    /// The level.
    pub fn level(&self) -> &Level {
        self.level
    }

    /// The fees that the level posts, by platform.
    pub fn posted_fees(&self) -> Vec<Fees> {
        let posted = |company: &OpeningCompany| Fees {
            membership: company.policy.prices.membership_fee,
            merchant: company.policy.prices.merchant_fee,
        };
        self.companies.iter().map(posted).collect()
    }

    /// Demand at these fees once everybody's choices fit everybody else's, sought from `from` on until no share of the market
    /// moves by `close`. Where sizes are `expected`, consumers go by those instead of what comes.
    pub fn demand(&self, fees: &[Fees], from: &Sizes, expected: Option<&Sizes>, close: f64) -> Settled {
        const ROUNDS: usize = 4_000;
        /// Shares of the market that settle by leaps.
        const NEAR: f64 = 1e-2;
        let companies = self.asking(fees);
        let total = self.level.total_potential();
        let mut now = from.clone();
        let (mut damping, mut before, mut round) = (1.0, f64::INFINITY, 0);
        let mut past = Past::default();
        loop {
            round += 1;
            let next = self.respond(&companies, &now, expected);
            let step = now.step_to(&next, total);
            let miss = step.iter().map(|part| part.abs()).fold(0.0, f64::max);
            if miss < close || round == ROUNDS {
                return Settled { sizes: next, miss, rounds: round };
            }
            // A step that overshoots for ever is halved; one that creeps keeps its length.
            if miss > 0.999_999 * before && damping > 0.05 && round % 20 == 0 {
                damping *= 0.5;
            }
            // Far from where it settles a leap could end at another fixed point than small steps do.
            if miss > NEAR || miss > 2.0 * before {
                past.forget();
            }
            now = past.leap(&next, step).unwrap_or_else(|| now.towards(&next, damping));
            before = miss;
        }
    }

    /// The companies when they ask these fees.
    fn asking(&self, fees: &[Fees]) -> Vec<OpeningCompany> {
        let mut companies = self.companies.clone();
        for (company, fees) in companies.iter_mut().zip(fees) {
            company.policy.prices.membership_fee = fees.membership;
            company.policy.prices.merchant_fee = fees.merchant;
        }
        companies
    }

    fn offers<'b>(&'b self, companies: &'b [OpeningCompany]) -> Vec<Option<Offer<'b>>> {
        let offer = |platform: usize| {
            let company = &companies[platform];
            self.level.sells(platform).then_some(Offer {
                policy: &company.policy,
                funded: &FULLY_FUNDED,
                stocks: &company.stocks,
                trust: company.trust,
                opinion: 0.0,
                matching: self.matching[platform],
                ai: self.ai[platform],
                baskets: self.baskets.row([platform, 0]),
            })
        };
        (0..companies.len()).map(offer).collect()
    }

    /// How everybody responds to sizes as they are.
    fn respond(&self, companies: &[OpeningCompany], sizes: &Sizes, expected: Option<&Sizes>) -> Sizes {
        let supply = self.supply(sizes);
        let mut next = self.merchants(companies, sizes, &supply);
        self.consumers(companies, &supply, expected.unwrap_or(sizes), &mut next);
        next
    }

    /// What merchants offer when they list like this; all kinds of them are taken to list in equal measure.
    fn supply(&self, sizes: &Sizes) -> Supply {
        let agents = f64::from(self.level.setup.merchants) / self.level.categories.len() as f64;
        Supply {
            variety: sizes.variety.clone(),
            listed: sizes.listed.clone(),
            size: vec![agents * mean_size(self.level); self.level.categories.len()],
            ..self.quoted.clone()
        }
    }

    /// The sizes of a market in which these parts of the people online are members, by platform.
    pub fn sizes_of(&self, parts: &[f64]) -> Sizes {
        let mut sizes = self.opening.clone();
        for platform in 0..parts.len() {
            for region in 0..self.level.regions.len() {
                let people = self.level.regions[region].population * self.online[region];
                sizes.members[[region, platform]] = people * parts[platform];
                for category in 0..self.level.categories.len() {
                    sizes.sales[[region, category, platform]] =
                        self.level.potential(region, category) * self.online[region] * parts[platform];
                }
            }
        }
        sizes
    }

    /// Part of all people online who are members, by platform.
    pub fn parts(&self, sizes: &Sizes) -> Vec<f64> {
        let regions = 0..self.level.regions.len();
        let people: f64 =
            regions.clone().map(|region| self.level.regions[region].population * self.online[region]).sum();
        let members = |platform| regions.clone().map(|region| sizes.members[[region, platform]]).sum::<f64>();
        (0..self.level.platforms.len()).map(|platform| members(platform) / people).collect()
    }

    /// Profit of each platform in yuan a month, as the books would show it.
    pub fn profits(&self, fees: &[Fees], sizes: &Sizes) -> Vec<f64> {
        let level = self.level;
        let market = &level.market;
        let profit = |platform: usize| {
            let Some(shop) = &level.platforms[platform].shop else {
                return -level.platforms[platform].fixed_cost;
            };
            let policy = &self.companies[platform].policy;
            let (mut profit, mut sold) = (-level.platforms[platform].fixed_cost, 0.0);
            for region in 0..level.regions.len() {
                let members = sizes.members[[region, platform]];
                profit += members * (fees[platform].membership - shop.cost_per_member);
                for category in 0..level.categories.len() {
                    let sales = sizes.sales[[region, category, platform]];
                    let rate = policy.prices.merchant_fees(category, market)
                        + policy.prices.consumer_fees[[region, category]];
                    profit += sales * (rate - market.operating_cost);
                    sold += sales;
                }
            }
            for category in 0..level.categories.len() {
                let listed = sizes.listed[[category, platform]];
                profit += listed * (fees[platform].merchant - shop.cost_per_merchant);
            }
            let budgets = &policy.budgets;
            let spent: f64 = budgets.categories.iter().chain(&budgets.marketing).sum();
            let fraud = fraud_rate(budgets.governance, sold, 1.0, market);
            let profit = profit - sold * fraud * market.fraud_refund - spent;
            profit - budgets.brand - budgets.governance - budgets.ai
        };
        (0..level.platforms.len()).map(profit).collect()
    }
}

const FULLY_FUNDED: Funded = Funded { budgets: 1.0, coupons: 1.0, coupon_cash: f64::INFINITY };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy::vocabulary;

    fn settled(name: &str, changes: &[&str]) -> (Vec<f64>, Vec<f64>) {
        let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
        let level = Level::find(name, &changes, &vocabulary()).expect("a shipped level");
        let market = Continuum::new(&level).expect("a level with closed demand");
        let settled = market.demand(&market.posted_fees(), &market.opening, None, 1e-13);
        assert!(settled.miss < 1e-12, "{}", settled.miss);
        let variety =
            (0..level.platforms.len()).map(|platform| settled.sizes.variety[[0, platform]]).collect();
        (market.parts(&settled.sizes), variety)
    }

    fn is(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
    }

    #[test]
    fn shops_off_the_ends_of_a_line_divide_two_sides_as_armstrong_says() {
        let (members, listings) = settled("lab/two_sided_single_homing", &["platforms.right.shop.taste=0.6"]);
        is(members[0], 0.055 / 0.35);
        is(listings[0], 0.3 + 0.125 * (2.0 * members[0] - 1.0));
        let (members, listings) = settled("lab/competitive_bottleneck", &["platforms.right.shop.taste=0.8"]);
        is(members[0], 0.3);
        is(listings[0], 0.175);
        is(listings[1], 0.575);
    }

    #[test]
    fn two_sides_settle_by_leaps_where_steps_take_more_than_a_hundred_rounds() {
        let level = Level::find("lab/competitive_bottleneck", &[], &vocabulary()).expect("a shipped level");
        let market = Continuum::new(&level).expect("a level with closed demand");
        let mut fees = market.posted_fees();
        fees[0].membership += 0.1;
        let settled = market.demand(&fees, &market.opening, None, 1e-13);
        assert!(settled.miss < 1e-13 && settled.rounds <= 16, "{} after {}", settled.miss, settled.rounds);
    }

    #[test]
    fn merchants_who_serve_several_shops_take_the_best_first() {
        // Two shops, each worth a margin of one half to every merchant, one of which serves both with probability .4.
        let changes =
            ["market.multi_homing=0.4", "market.merchant_margin=10", "market.merchant_entry_cost=0"];
        let (_, listings) = settled("lab/competitive_bottleneck", &changes);
        is(listings[0] + listings[1], 1.4);
        is(listings[0], 0.7);
    }

    #[test]
    fn a_spread_of_sensitivities_is_averaged_over() {
        // A shop against staying away at a price of 1: the mean of 1/(1 + exp(β)) over ln β ~ N(0, ½).
        let changes = [
            "platforms.right.shop.appeal=-1000",
            "platforms.left.shop.appeal=0",
            "platforms.left.shop.membership_fee=1",
            "market.logit_scale=1",
            "market.price_sensitivity_spread=0.5",
        ];
        let (members, _) = settled("lab/outside_option", &changes);
        let steps = 4_000;
        let nodes = (0..steps).map(|step| -8.0 + 16.0 * (f64::from(step) + 0.5) / f64::from(steps));
        let density = |z: f64| libm::exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
        let mean: f64 = nodes.map(|z| density(z) / (1.0 + libm::exp(libm::exp(0.5 * z)))).sum();
        is(members[0], mean * 16.0 / f64::from(steps));
    }
}
