//! Demand of infinitely many people and merchants: what finite agents are a sample of. The terms of utility and of
//! listing are the functions that agents choose by; only the drawing is replaced by integrals, so that demand has
//! derivatives. Choices are those that settle when everybody has reconsidered often.

mod choosers;
mod quadrature;

use crate::level::{Level, LikingForm, MerchantSegment, Platform, PriceForm};
use crate::sim::continuum::choosers::Chooser;
use crate::sim::continuum::quadrature::{lognormal, normal, pieces, positions, uniform};
use crate::sim::grid::Grid;
use crate::sim::opening::Opening;
use crate::sim::opening::company::OpeningCompany;
use crate::sim::rules::demand;
use crate::sim::rules::demand::{Offer, common_terms, price_terms};
use crate::sim::rules::listing::{Charges, Prospects, Terms, burden, serves_another};
use crate::sim::rules::supply::quoted_prices;
use crate::sim::rules::trust::fraud_rate;
use crate::sim::state::companies::{Company, Funded};
use crate::sim::state::merchants::Supply;
use crate::sim::state::merchants::mean_size;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::presence::Presence;

/// A share of the market that moves by no more than this has settled.
const SETTLED: f64 = 1e-9;

/// What each platform asks for being there, in yuan a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fees {
    /// Of a consumer.
    pub membership: f64,
    /// Of a merchant.
    pub merchant: f64,
}

/// How large everything is: what people and merchants respond to, and how they do.
#[derive(Clone, Debug, PartialEq)]
pub struct Sizes {
    /// Sales by region, category and platform, in yuan a month.
    pub sales: Grid<3>,
    /// People who buy something, by region and platform.
    pub members: Grid<2>,
    /// Part of a category's merchants, by size, that list; by category and platform.
    pub variety: Grid<2>,
    /// Shops listed, by category and platform.
    pub listed: Grid<2>,
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
    appeal: Grid<3>,
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
            appeal: Grid::filled([level.regions.len(), level.categories.len(), level.shops().len()], 0.0),
            opening: Sizes {
                sales: outcome.sales,
                members: outcome.users,
                variety: outcome.variety,
                listed: outcome.listed,
            },
            companies: opening.companies.clone(),
        };
        let supply = continuum.supply(&continuum.opening);
        let companies = continuum.companies.clone();
        let funded = FULLY_FUNDED;
        let offers = offers(level, &companies, &funded, &continuum.matching);
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

    /// Demand at these fees once everybody's choices fit everybody else's, sought from `from` on. Where sizes are
    /// `expected`, consumers go by those instead of what comes.
    pub fn demand(&self, fees: &[Fees], from: &Sizes, expected: Option<&Sizes>) -> Settled {
        const ROUNDS: usize = 4_000;
        const CLOSE: f64 = 1e-13;
        /// Rounds between leaps, so that the slowest motion is alone when it is measured.
        const BETWEEN: usize = 6;
        let mut now = from.clone();
        let (mut damping, mut before, mut last_step) = (1.0, f64::INFINITY, Vec::new());
        for round in 1..=ROUNDS {
            let next = self.respond(fees, &now, expected);
            let miss = self.distance(&now, &next);
            if miss < CLOSE {
                return Settled { sizes: next, miss, rounds: round };
            }
            // A step that overshoots for ever is halved; one that creeps keeps its length.
            if miss > 0.999_999 * before && damping > 0.05 && round % 20 == 0 {
                damping *= 0.5;
            }
            before = miss;
            let step = self.step(&now, &next);
            // Steps that shrink by a constant factor lead where their sum does (Aitken).
            let square = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>();
            let shrinking = if last_step.is_empty() {
                0.0
            } else {
                square(&step, &last_step) / square(&last_step, &last_step)
            };
            let leap = if round % BETWEEN == 0 && (0.3..0.999).contains(&shrinking) {
                1.0 / (1.0 - shrinking)
            } else {
                1.0
            };
            now = blend(&now, &next, damping * leap);
            last_step = step;
        }
        let next = self.respond(fees, &now, expected);
        Settled { miss: self.distance(&now, &next), sizes: next, rounds: ROUNDS }
    }

    /// From one market to another: shares of sales, and listings.
    fn step(&self, from: &Sizes, to: &Sizes) -> Vec<f64> {
        let total = self.level.total_potential();
        let sales = from.sales.cells().iter().zip(to.sales.cells()).map(|(a, b)| (b - a) / total);
        let variety = from.variety.cells().iter().zip(to.variety.cells()).map(|(a, b)| b - a);
        sales.chain(variety).collect()
    }

    /// Largest change of a share of the market on either side.
    fn distance(&self, one: &Sizes, other: &Sizes) -> f64 {
        self.step(one, other).iter().map(|part| part.abs()).fold(0.0, f64::max)
    }

    /// How everybody responds to sizes as they are.
    pub fn respond(&self, fees: &[Fees], sizes: &Sizes, expected: Option<&Sizes>) -> Sizes {
        let mut companies = self.companies.clone();
        for (company, fees) in companies.iter_mut().zip(fees) {
            company.policy.prices.membership_fee = fees.membership;
            company.policy.prices.merchant_fee = fees.merchant;
        }
        let supply = self.supply(sizes);
        let mut next = self.merchants(&companies, sizes, &supply);
        self.consumers(&companies, &supply, expected.unwrap_or(sizes), &mut next);
        next
    }

    /// What merchants offer when they list like this; all kinds of them are taken to list in equal measure.
    fn supply(&self, sizes: &Sizes) -> Supply {
        let level = self.level;
        let agents = f64::from(level.setup.merchants) / level.categories.len() as f64;
        Supply {
            variety: sizes.variety.clone(),
            listed: sizes.listed.clone(),
            size: vec![agents * mean_size(level); level.categories.len()],
            ..quoted_prices(level, self.companies.iter().map(|company| &company.policy), &self.charges)
        }
    }

    /// Utilities in units of the noise, before the price's sensitivity, by shop: common part and price term.
    fn utilities(
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

    fn consumers(&self, companies: &[OpeningCompany], supply: &Supply, sizes: &Sizes, next: &mut Sizes) {
        let level = self.level;
        let market = &level.market;
        let funded = FULLY_FUNDED;
        let offers = offers(level, companies, &funded, &self.matching);
        let shops = level.shops();
        let presence = self.presence(sizes);
        let tastes: Vec<f64> = shops.iter().map(|&p| self.taste(p)).collect();
        let strength = market.taste_strength / demand::noise_unit(level);
        let habit = market.habit / demand::noise_unit(level);
        for region in 0..level.regions.len() {
            let people = &level.regions[region];
            let by_category: Vec<Vec<(f64, f64)>> = (0..level.categories.len())
                .map(|category| self.utilities(&offers, supply, &presence, (region, category)))
                .collect();
            let mean_income: f64 = level.consumer_segments.iter().map(|kind| kind.share * kind.income).sum();
            for segment in &level.consumer_segments {
                let median = market.price_sensitivity * people.price_sensitivity * segment.price_sensitivity;
                for (factor, part) in lognormal(market.price_sensitivity_spread) {
                    let utilities: Vec<Vec<f64>> = by_category
                        .iter()
                        .map(|shops| {
                            shops.iter().map(|(common, price)| common - median * factor * price).collect()
                        })
                        .collect();
                    let offline: Vec<bool> =
                        level.categories.iter().map(|category| category.online_share < 1.0).collect();
                    let chooser = Chooser { space: market.taste_space, tastes: &tastes, strength, habit };
                    for (weight, shares) in chooser.shares(market.logit_scale == 0.0, &utilities, &offline) {
                        let weight = weight * part * segment.share;
                        for (shop, &platform) in shops.iter().enumerate() {
                            let stays_away: f64 = shares.iter().map(|shares| 1.0 - shares[shop]).product();
                            next.members[[region, platform]] +=
                                weight * (1.0 - stays_away) * people.population * self.online[region];
                            for category in 0..level.categories.len() {
                                next.sales[[region, category, platform]] += weight * segment.income
                                    / mean_income
                                    * shares[category][shop]
                                    * level.potential(region, category)
                                    * self.online[region];
                            }
                        }
                    }
                }
            }
        }
    }

    fn taste(&self, platform: usize) -> f64 {
        self.level.platforms[platform].shop.as_ref().map_or(0.0, |shop| shop.taste)
    }

    /// Presence by region and platform: sales over all that could be sold.
    fn presence(&self, sizes: &Sizes) -> Grid<2> {
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

    /// Listings; the consumers' part is left at nothing.
    fn merchants(&self, companies: &[OpeningCompany], sizes: &Sizes, supply: &Supply) -> Sizes {
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
        let terms = Terms::of(level, policies, &self.charges);
        let outcome = Outcome { sales: sizes.sales.clone(), ..Outcome::empty(level) };
        let all = Prospects::in_every_category(level, 0, &terms, &outcome, supply, 0);
        let (shops, total) = (level.shops(), mean_size(level));
        let per_category = level.setup.shops / level.categories.len() as f64;
        for (category, prospects) in all.iter().enumerate() {
            for kind in &level.merchant_segments {
                for (factor, part) in lognormal(kind.size_spread) {
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

    /// The fees at which these parts of the people online are members, by platform, when consumers go by `expected` sizes:
    /// demand inverted. Platforms that nobody tells apart share one price level.
    ///
    /// # Errors
    /// The market is not of the kind whose demand can be inverted: one region, category and kind of consumer, linear
    /// prices, an offline option, no merchants.
    pub fn fees_for(&self, parts: &[f64], expected: &Sizes) -> Result<Vec<Fees>, NoContinuum> {
        const ROUNDS: usize = 400;
        const CLOSE: f64 = 1e-13;
        let level = self.level;
        let market = &level.market;
        let single =
            level.regions.len() == 1 && level.categories.len() == 1 && level.consumer_segments.len() == 1;
        let plain = market.price_sensitivity_spread == 0.0 && market.price_form == PriceForm::Linear;
        let shops = level.shops();
        if !single || !plain || level.categories[0].online_share >= 1.0 || level.setup.merchants > 0 {
            return Err(NoContinuum(
                "quantities have no prices here: they need one region, one category, one kind of consumer without spread, \
                 linear prices, an offline option and no merchants"
                    .to_owned(),
            ));
        }
        let mut companies = self.companies.clone();
        companies.iter_mut().for_each(|company| company.policy.prices.membership_fee = 0.0);
        let funded = FULLY_FUNDED;
        let offers = offers(level, &companies, &funded, &self.matching);
        let supply = self.supply(expected);
        let free = self.utilities(&offers, &supply, &self.presence(expected), (0, 0));
        let sensitivity = market.price_sensitivity
            * level.regions[0].price_sensitivity
            * level.consumer_segments[0].price_sensitivity;
        let tastes: Vec<f64> = shops.iter().map(|&p| self.taste(p)).collect();
        let unit = demand::noise_unit(level);
        let best = market.logit_scale == 0.0;
        // Without noise, shops of one taste are the same to everybody: one level for all of them.
        let same = |a: usize, b: usize| best && (market.taste_strength == 0.0 || tastes[a] == tastes[b]);
        let leader: Vec<usize> = (0..shops.len())
            .map(|shop| (0..=shop).find(|&first| same(first, shop)).unwrap_or(shop))
            .collect();
        let chooser = Chooser {
            space: market.taste_space,
            tastes: &tastes,
            strength: market.taste_strength / unit,
            habit: market.habit / unit,
        };
        let wanted = |shop: usize| -> f64 {
            (0..shops.len()).filter(|&s| leader[s] == shop).map(|s| parts[shops[s]]).sum()
        };
        let leaders: Vec<usize> = (0..shops.len()).filter(|&shop| leader[shop] == shop).collect();
        let mut levels = vec![f64::NEG_INFINITY; shops.len()];
        leaders.iter().for_each(|&shop| levels[shop] = 0.0);
        let share = |levels: &[f64], shop: usize| -> f64 {
            let parts = chooser.shares(best, &[levels.to_vec()], &[true]);
            parts.iter().map(|(weight, shares)| weight * shares[0][shop]).sum()
        };
        let widest = 50.0 + 2.0 * (market.taste_strength + market.habit) / unit;
        let mut off = f64::INFINITY;
        for _ in 0..ROUNDS {
            for &shop in &leaders {
                // A shop's own share rises with its own level.
                let (mut low, mut high) = (-widest, widest);
                for _ in 0..100 {
                    levels[shop] = (low + high) / 2.0;
                    if share(&levels, shop) < wanted(shop) { low = levels[shop] } else { high = levels[shop] }
                }
            }
            let misses = leaders.iter().map(|&shop| (share(&levels, shop) - wanted(shop)).abs());
            off = misses.fold(0.0, f64::max);
            if off < CLOSE {
                break;
            }
        }
        if off > SETTLED {
            return Err(NoContinuum("no fees sell these quantities".to_owned()));
        }
        let mut fees = self.posted_fees();
        for (shop, &platform) in shops.iter().enumerate() {
            let (common, price) = free[shop];
            let net = common - sensitivity * price - levels[leader[shop]];
            fees[platform].membership = net * unit / sensitivity;
        }
        Ok(fees)
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
            let fraud = fraud_rate(budgets.governance, sold, market);
            profit - sold * fraud * market.fraud_refund - spent - budgets.brand - budgets.governance
        };
        (0..level.platforms.len()).map(profit).collect()
    }
}

/// Demand that has settled, or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// The sizes.
    pub sizes: Sizes,
    /// By how much a share of the market still moved.
    pub miss: f64,
    /// Rounds of responses.
    pub rounds: usize,
}

impl Settled {
    /// Whether nothing moves any more.
    pub fn is_settled(&self) -> bool {
        self.miss <= SETTLED
    }
}

const FULLY_FUNDED: Funded = Funded { budgets: 1.0, coupons: 1.0, coupon_cash: f64::INFINITY };

fn offers<'a>(
    level: &Level,
    companies: &'a [OpeningCompany],
    funded: &'a Funded,
    matching: &[f64],
) -> Vec<Option<Offer<'a>>> {
    let offer = |((company, platform), &matching): ((&'a OpeningCompany, &Platform), &f64)| {
        platform.shop.as_ref().map(|_| Offer {
            policy: &company.policy,
            funded,
            stocks: &company.stocks,
            trust: company.trust,
            matching,
        })
    };
    companies.iter().zip(&level.platforms).zip(matching).map(offer).collect()
}

fn blend(old: &Sizes, new: &Sizes, part: f64) -> Sizes {
    let mut mixed = new.clone();
    let mix = |mixed: &mut [f64], old: &[f64]| {
        mixed.iter_mut().zip(old).for_each(|(new, old)| *new = (old + part * (*new - old)).max(0.0));
    };
    mix(mixed.sales.cells_mut(), old.sales.cells());
    mix(mixed.members.cells_mut(), old.members.cells());
    mix(mixed.variety.cells_mut(), old.variety.cells());
    mix(mixed.listed.cells_mut(), old.listed.cells());
    mixed
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy::vocabulary;

    fn settled(name: &str, changes: &[&str]) -> (Vec<f64>, Vec<f64>) {
        let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
        let level = Level::find(name, &changes, &vocabulary()).expect("a shipped level");
        let market = Continuum::new(&level).expect("a level with closed demand");
        let settled = market.demand(&market.posted_fees(), &market.opening, None);
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
