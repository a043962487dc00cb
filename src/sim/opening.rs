//! The state a market starts from: a level's opening, or what an analyst infers from public facts in mid-game.
//!
//! A market starts warm. Stated shares are inverted into the utility that would hold them (Berry 1994), given
//! prices, tastes, habit and awareness; the engine then needs no memory of the shares themselves.

use super::choice::ChoiceRow;
use serde::{Deserialize, Serialize};

use super::demand::{self, CellTerms, learning};
use super::draw::{Key, Purpose, normal_quantile};
use super::grid::Grid;
use super::institutions::agreements::Negotiations;
use super::institutions::relations::Relations;
use super::listing::Charges;
use super::merchants::{quoted_prices, settled_variety};
use super::outcome::{Outcome, ratio};
use super::platforms::{Budgets, Coupon, Funded, PastYear, Policy, Prices, Stocks, fraud_rate, trust_target};
use super::services::payment::Holdings;
use super::services::{Engineering, ServiceState, Ties, data, logistics, payment, traffic};
use crate::level::services::Wallet;
use crate::level::{Level, MAX_PLATFORMS, Shop, TasteSpace};

/// A company at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct OpeningCompany {
    /// Prices and budgets.
    pub policy: Policy,
    /// What past spending has built.
    pub stocks: Stocks,
    /// Trust, 0 to 1.
    pub trust: f64,
    /// Yuan.
    pub cash: f64,
    /// Its last year.
    pub year: PastYear,
}

/// Where consumers' utility comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// The whole common utility that holds the opening shares, by region, category and shop; the appeal is what
    /// the other terms leave of it.
    Held(Grid<3>),
    /// The appeal itself, by region, category and shop.
    Stated(Grid<3>),
}

impl Start {
    /// The appeals that a level states, or utilities still to be found.
    pub fn of(level: &Level) -> Self {
        let shops = level.shops();
        let shape = [level.regions.len(), level.categories.len(), shops.len()];
        let stated = |platform: usize| level.platforms[platform].shop.as_ref().and_then(|shop| shop.appeal);
        let Some(appeals) = shops.into_iter().map(stated).collect::<Option<Vec<f64>>>() else {
            return Self::Held(Grid::filled(shape, 0.0));
        };
        let mut grid = Grid::filled(shape, 0.0);
        grid.cells_mut().iter_mut().zip(appeals.iter().cycle()).for_each(|(cell, &appeal)| *cell = appeal);
        Self::Stated(grid)
    }
}

/// The state a market starts from.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// Turns already played.
    pub turn: u32,
    /// By platform.
    pub companies: Vec<OpeningCompany>,
    /// Fraction of people online, by region.
    pub online: Vec<f64>,
    /// Where online people buy: probability by region, category and alternative (shops, then offline).
    pub shares: Grid<3>,
    /// Fraction of online people who know a shop, by region and shop.
    pub awareness: Grid<2>,
    /// Part of a category's merchants, by size, that list on a platform; by category and platform.
    pub variety: Grid<2>,
    /// Where consumers' utility comes from.
    pub start: Start,
    /// How companies are joined.
    pub ecosystem: Ecosystem,
    /// Who holds which wallet.
    pub holdings: Holdings,
    /// What payments and shipping cost merchants.
    pub charges: Charges,
}

/// How companies are joined: public, but for offers that wait for an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ecosystem {
    /// Services, in the order of their numbers.
    pub services: Vec<ServiceState>,
    /// What is built and being built, by platform.
    pub engineering: Vec<Engineering>,
    /// Offers and agreements.
    pub negotiations: Negotiations,
    /// What companies remember of each other.
    pub relations: Relations,
}

impl Ecosystem {
    /// As the level opens it, with so many sales by category and platform to be shipped.
    fn at_opening(level: &Level, sales: impl Fn(usize, usize) -> f64) -> Self {
        let mut services: Vec<ServiceState> =
            (0..level.services.len()).map(|number| ServiceState::at_opening(level, number)).collect();
        let mix = logistics::expected_mix(level, &services.iter().collect::<Vec<_>>());
        let parcels = logistics::parcels(level, &mix, sales);
        for (place, (number, _)) in level.carriers().into_iter().enumerate() {
            for platform in 0..level.platforms.len() {
                services[number].parcels[platform] = parcels[[platform, place]];
            }
        }
        let engineering = (0..level.platforms.len())
            .map(|platform| Engineering::at_opening(level, &services, platform))
            .collect();
        let (negotiations, relations) = (Negotiations::default(), Relations::none(level.platforms.len()));
        Self { services, engineering, negotiations, relations }
    }

    /// Services in the order of their numbers.
    pub fn services(&self) -> Vec<&ServiceState> {
        self.services.iter().collect()
    }
}

/// Stand-ins for a population when shares are inverted: how many for each segment. A level is inverted once and
/// kept; an imagined market is inverted anew for every look ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// For a level.
    Fine,
    /// For an imagined market.
    Coarse,
}

impl Opening {
    /// The opening of a level.
    pub fn of(level: &Level) -> Self {
        let sales = opening_sales(level);
        let online: Vec<f64> = level.regions.iter().map(|region| region.online).collect();
        let shares = shares(level, &sales, &online);
        let by_category = |category: usize, platform: usize| -> f64 {
            (0..level.regions.len()).map(|region| sales[[region, category, platform]]).sum()
        };
        let ecosystem = Ecosystem::at_opening(level, by_category);
        let holdings = Holdings::at_opening(level);
        let payments = payment::expected(level, &ecosystem.services(), &holdings, &sales);
        let companies: Vec<OpeningCompany> =
            (0..level.platforms.len()).map(|platform| company(level, platform, &sales, &payments)).collect();
        let mut opening = Self {
            turn: 0,
            companies,
            online,
            awareness: Grid::filled([level.regions.len(), level.shops().len()], 1.0),
            shares,
            variety: Grid::filled([level.categories.len(), level.platforms.len()], 0.0),
            start: Start::of(level),
            charges: Charges::none(level),
            ecosystem,
            holdings,
        };
        opening.charges = opening.usual_charges(level);
        opening.variety =
            settled_variety(level, &opening.companies, &opening.charges, &opening.outcome(level));
        opening.awareness = opening.usual_awareness(level);
        opening.hold(level, Precision::Fine);
        opening
    }

    /// What payments and shipping cost merchants when everybody pays and ships as usual.
    pub fn usual_charges(&self, level: &Level) -> Charges {
        let services = self.ecosystem.services();
        Charges::of(level, &services, &logistics::expected_mix(level, &services), &self.outcome(level))
    }

    /// How well each platform matches people and goods, 0 to 1.
    pub fn matching(&self, level: &Level) -> Vec<f64> {
        let data: Vec<f64> = self.companies.iter().map(|company| company.stocks.data).collect();
        let Ecosystem { negotiations, engineering, .. } = &self.ecosystem;
        let shared =
            |from: usize, to: usize| negotiations.shares_data(from, to) && engineering[to].joined[from];
        data::fused(level, &data, shared).into_iter().map(|data| data::match_quality(level, data)).collect()
    }

    /// Presence by region and platform: sales over potential sales.
    pub fn presence(&self, level: &Level) -> Grid<2> {
        let sales = self.sales(level);
        let mut presence = Grid::filled([level.regions.len(), level.platforms.len()], 0.0);
        for region in 0..level.regions.len() {
            for platform in 0..level.platforms.len() {
                let sold: f64 = (0..level.categories.len()).map(|c| sales[[region, c, platform]]).sum();
                presence[[region, platform]] = ratio(sold, level.region_potential(region));
            }
        }
        presence
    }

    /// Expected monthly sales by region, category and platform.
    pub fn sales(&self, level: &Level) -> Grid<3> {
        let (regions, categories) = (level.regions.len(), level.categories.len());
        let mut sales = Grid::filled([regions, categories, level.platforms.len()], 0.0);
        for region in 0..regions {
            for category in 0..categories {
                let potential = level.potential(region, category) * self.online[region];
                for (shop, platform) in level.shops().into_iter().enumerate() {
                    sales[[region, category, platform]] = potential * self.shares[[region, category, shop]];
                }
            }
        }
        sales
    }

    /// The opening as an outcome of turn `self.turn`: what the first decisions are based on.
    pub fn outcome(&self, level: &Level) -> Outcome {
        let mut outcome = Outcome { turn: self.turn, sales: self.sales(level), ..Outcome::empty(level) };
        outcome.online.clone_from(&self.online);
        outcome.variety.clone_from(&self.variety);
        outcome.matching = self.matching(level);
        let services = self.ecosystem.services();
        outcome.payments = payment::expected(level, &services, &self.holdings, &outcome.sales);
        (outcome.holders, outcome.habitual) = self.holdings.people();
        let mix = logistics::expected_mix(level, &services);
        outcome.parcels =
            logistics::parcels(level, &mix, |category, platform| outcome.category_sales(category, platform));
        outcome.delivery = logistics::quality(level, &services, &mix);
        outcome.room = level.carriers().into_iter().map(|(number, _)| services[number].capacity).collect();
        for region in 0..level.regions.len() {
            let people = level.regions[region].population * self.online[region];
            for category in 0..level.categories.len() {
                let offline = self.shares[[region, category, level.shops().len()]];
                let potential = level.potential(region, category) * self.online[region];
                outcome.offline[[region, category]] = potential * offline;
            }
            for (shop, platform) in level.shops().into_iter().enumerate() {
                outcome.users[[region, platform]] = people * self.buyers(level, region, shop);
                outcome.awareness[[region, platform]] = self.awareness[[region, shop]];
            }
        }
        for (platform, company) in self.companies.iter().enumerate() {
            outcome.trust[platform] = company.trust;
            outcome.cash[platform] = company.cash;
            if level.platforms[platform].shop.is_none() {
                continue;
            }
            let sales = outcome.gmv(platform);
            outcome.fraud[platform] = fraud_rate(company.policy.budgets.governance, sales, &level.market);
        }
        outcome
    }

    /// Expected fraction of online people who buy something at a shop, were categories independent.
    fn buyers(&self, level: &Level, region: usize, shop: usize) -> f64 {
        let categories = 0..level.categories.len();
        1.0 - categories.map(|category| 1.0 - self.shares[[region, category, shop]]).product::<f64>()
    }

    /// Fraction of online people who know each shop when learning and forgetting have long been in balance. Who
    /// buys knows; of the others, H/(H+φ) do, since those who never heard leave at rate H and come at rate φ.
    pub fn usual_awareness(&self, level: &Level) -> Grid<2> {
        let shops = level.shops();
        let presence = self.presence(level);
        let mut awareness = Grid::filled([level.regions.len(), shops.len()], 1.0);
        let forgetting = level.market.forgetting;
        if forgetting == 0.0 {
            return awareness;
        }
        for region in 0..level.regions.len() {
            for (shop, &platform) in shops.iter().enumerate() {
                let marketing = self.companies[platform].policy.budgets.marketing[region];
                let services = self.ecosystem.services();
                let nothing = traffic::Spending { visits: &vec![0.0; level.apps().len()], invitations: 0.0 };
                let hazard = |(apps, part): (u8, f64)| {
                    part * traffic::learning_hazard(level, &services, (region, apps), platform, nothing, 0.0)
                };
                let apps = level.app_sets(region).into_iter().map(hazard).sum();
                let learning = learning(level, region, marketing, presence[[region, platform]], apps);
                let buyers = self.buyers(level, region, shop);
                awareness[[region, shop]] = buyers + (1.0 - buyers) * learning / (learning + forgetting);
            }
        }
        awareness
    }

    /// Finds the common utilities that hold the shares, unless appeals are stated.
    pub fn hold(&mut self, level: &Level, precision: Precision) {
        if matches!(self.start, Start::Stated(_)) {
            return;
        }
        let shops = level.shops();
        let mut utility = Grid::filled([level.regions.len(), level.categories.len(), shops.len()], 0.0);
        let rows = self.rows(level);
        let places = places(level, precision);
        let services = self.ecosystem.services();
        let surroundings = Surroundings {
            ties: Ties::of(level, &services),
            delivery: logistics::quality(level, &services, &logistics::expected_mix(level, &services)),
            holdings: &self.holdings,
        };
        for region in 0..level.regions.len() {
            for category in 0..level.categories.len() {
                let row = &rows[[region, category]];
                let place = (region, category);
                let types = types(level, place, row, &places, &self.awareness, &surroundings, precision);
                let target: Vec<f64> = (0..=shops.len())
                    .map(|alternative| self.shares[[region, category, alternative]])
                    .collect();
                for (shop, u) in invert(&types, row, &target).into_iter().enumerate() {
                    utility[[region, category, shop]] = u * demand::noise_unit(level);
                }
            }
        }
        self.start = Start::Held(utility);
    }

    /// Choice rows with prices as everybody pays them who does not switch.
    fn rows(&self, level: &Level) -> Grid<2, ChoiceRow> {
        let funded = Funded { budgets: 1.0, coupons: 1.0, coupon_cash: f64::INFINITY };
        let offers: Vec<_> = (self.companies.iter().zip(&level.platforms))
            .map(|(company, platform)| {
                platform.shop.as_ref().map(|_| demand::Offer {
                    policy: &company.policy,
                    funded: &funded,
                    stocks: &company.stocks,
                    trust: company.trust,
                    matching: 0.0,
                })
            })
            .collect();
        let supply = quoted_prices(level, &self.companies, &self.charges);
        let (regions, categories) = (level.regions.len(), level.categories.len());
        let mut rows = Grid::filled([regions, categories], demand::row(level, &offers, &supply, 0, 0));
        for region in 0..regions {
            for category in 0..categories {
                rows[[region, category]] = demand::row(level, &offers, &supply, region, category);
            }
        }
        rows
    }
}

/// Opening sales by region, category and platform: stated shares and relative strengths, balanced by iterative
/// proportional fitting so that each market is covered and each platform's total is its stated share.
fn opening_sales(level: &Level) -> Grid<3> {
    const ROUNDS: usize = 200;
    let shops = level.shops();
    let (regions, categories) = (level.regions.len(), level.categories.len());
    let mut sales = Grid::filled([regions, categories, level.platforms.len()], 0.0);
    let market = |region: usize, category: usize| {
        level.potential(region, category)
            * level.regions[region].online
            * level.categories[category].online_share
    };
    let places: Vec<(usize, usize)> =
        (0..regions).flat_map(|r| (0..categories).map(move |c| (r, c))).collect();
    let total: f64 = places.iter().map(|&(region, category)| market(region, category)).sum();
    for &(region, category) in &places {
        for &platform in &shops {
            let Some(shop) = &level.platforms[platform].shop else { continue };
            let strength = shop.category_strength[category] * shop.region_strength[region];
            sales[[region, category, platform]] = shop.share * strength;
        }
    }
    for _ in 0..ROUNDS {
        for &platform in &shops {
            let share = level.platforms[platform].shop.as_ref().map_or(0.0, |shop| shop.share);
            let sold: f64 = places.iter().map(|&(r, c)| sales[[r, c, platform]]).sum();
            places.iter().for_each(|&(r, c)| sales[[r, c, platform]] *= ratio(share * total, sold));
        }
        for &(region, category) in &places {
            let sold: f64 = shops.iter().map(|&platform| sales[[region, category, platform]]).sum();
            let factor = ratio(market(region, category), sold);
            shops.iter().for_each(|&platform| sales[[region, category, platform]] *= factor);
        }
    }
    sales
}

/// Choice probabilities of online people: shops, then offline.
pub fn shares(level: &Level, sales: &Grid<3>, online: &[f64]) -> Grid<3> {
    let shops = level.shops();
    let mut shares = Grid::filled([level.regions.len(), level.categories.len(), shops.len() + 1], 0.0);
    for region in 0..level.regions.len() {
        for category in 0..level.categories.len() {
            let potential = level.potential(region, category) * online[region];
            let mut offline = 1.0;
            for (shop, &platform) in shops.iter().enumerate() {
                // With nobody online yet the first to come will spread like the level's shares.
                let share = if potential > 0.0 {
                    sales[[region, category, platform]] / potential
                } else {
                    let stated = level.platforms[platform].shop.as_ref().map_or(0.0, |shop| shop.share);
                    stated * level.categories[category].online_share
                };
                shares[[region, category, shop]] = share;
                offline -= share;
            }
            let without = level.categories[category].online_share >= 1.0;
            shares[[region, category, shops.len()]] = if without { 0.0 } else { offline.max(0.0) };
        }
    }
    shares
}

fn company(level: &Level, platform: usize, sales: &Grid<3>, payments: &Grid<2>) -> OpeningCompany {
    let (regions, categories) = (level.regions.len(), level.categories.len());
    let market = &level.market;
    let shop = level.platforms[platform].shop.as_ref();
    let by_category: Vec<f64> =
        (0..categories).map(|c| (0..regions).map(|r| sales[[r, c, platform]]).sum()).collect();
    let sold: f64 = by_category.iter().sum();
    let stated = |budget: fn(&Shop) -> Option<f64>, usual: f64| {
        shop.map_or(0.0, |s| budget(s).unwrap_or(usual * sold))
    };
    let third = market.opening_investment / 3.0;
    let categories_budget = stated(|shop| shop.category_budget, third);
    let marketing = stated(|shop| shop.marketing_budget, third);
    let prices = Prices {
        take_rates: shop.map_or_else(|| vec![0.0; categories], |shop| shop.take_rates.clone()),
        consumer_fees: Grid::filled([regions, categories], shop.map_or(0.0, |shop| shop.consumer_fee)),
        coupons: Grid::filled([regions, categories], Coupon::default()),
        advert_load: shop.map_or(0.0, |shop| shop.advert_load),
        membership_fee: shop.map_or(0.0, |shop| shop.membership_fee),
        merchant_fee: shop.map_or(0.0, |shop| shop.merchant_fee),
    };
    let part_of = |region| level.region_potential(region) / level.total_potential();
    let budgets = Budgets {
        brand: stated(|shop| shop.brand_budget, third),
        categories: by_category.iter().map(|&part| categories_budget * ratio(part, sold)).collect(),
        marketing: (0..regions).map(|region| marketing * part_of(region)).collect(),
        governance: stated(|shop| shop.governance_budget, market.opening_governance),
        engineering: 0.0,
        invitations: 0.0,
        visits: vec![0.0; level.apps().len()],
        stores: vec![0.0; regions],
    };
    let paid = |(place, (number, _)): (usize, (usize, &Wallet))| {
        if level.services[number].owner == Some(platform) { payments[[platform, place]] } else { 0.0 }
    };
    let own_payments = level.wallets().into_iter().enumerate().map(paid).sum();
    let policy = Policy { prices, budgets };
    let fraud = fraud_rate(policy.budgets.governance, sold, market);
    OpeningCompany {
        stocks: Stocks {
            brand: policy.budgets.brand,
            categories: policy.budgets.categories.clone(),
            stores: policy.budgets.stores.clone(),
            data: data::sustained(level, sold, ratio(own_payments, sold)),
        },
        // Without a shop there is nobody to trust it.
        trust: if shop.is_some() { trust_target(fraud, market) } else { 0.0 },
        cash: level.platforms[platform].cash,
        year: PastYear::default(),
        policy,
    }
}

/// A kind of consumer: weight, and by shop exp of what is its own in utility (zero where unknown).
struct Type {
    weight: f64,
    own: [f64; MAX_PLATFORMS],
    /// exp(habit) − 1 by shop.
    pull: [f64; MAX_PLATFORMS],
}

/// What differs between people of a region besides prices and tastes.
struct Surroundings<'a> {
    ties: Ties,
    delivery: Grid<3>,
    holdings: &'a Holdings,
}

impl Precision {
    /// Stand-ins for each segment, before they are turned round the shops.
    fn types(self, shops: usize) -> usize {
        let all: usize = match self {
            Self::Fine => 2_048,
            Self::Coarse => 256,
        };
        all.div_ceil(shops)
    }
}

/// For each shop a place from 0 to 1 for each type, in random order: a shop is known by the types whose place is
/// below its awareness. The fraction is exact, and shops are independent of each other and of tastes.
///
/// After the shops come places for each wallet, for the habitual one, and for the set of apps.
fn places(level: &Level, precision: Precision) -> Vec<Vec<f64>> {
    let shops = level.shops().len();
    let count = precision.types(shops);
    let further = if level.services.is_empty() { 0 } else { level.wallets().len() + 2 };
    let of_shop = |shop| {
        let key = Key::new(0, 0, Purpose::KnownAtOpening, shop);
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|&index| key.bits(index as u32));
        let mut places = vec![0.0; count];
        order
            .into_iter()
            .enumerate()
            .for_each(|(place, index)| places[index] = (place as f64 + 0.5) / count as f64);
        places
    };
    (0..shops + further).map(of_shop).collect()
}

impl Surroundings<'_> {
    /// Wallets and apps of a stand-in, by its places for them.
    fn draw(&self, level: &Level, region: usize, places: &[Vec<f64>], index: usize) -> (u16, u8) {
        let Some((apps, wallets)) = places.split_last() else { return (0, 0) };
        let uniform = |item: usize| wallets[item.min(wallets.len() - 1)][index];
        let word = if level.wallets().is_empty() { 0 } else { self.holdings.draw(region, uniform) };
        let mut left = apps[index];
        let sets = level.app_sets(region);
        let found = sets.iter().find(|(_, part)| {
            left -= part;
            left <= 0.0
        });
        (word, found.or(sets.last()).map_or(0, |&(apps, _)| apps))
    }
}

/// How wallets and apps are turned round the shops with their owners, where all owners have the like; otherwise they stay.
struct Turns {
    wallets: Vec<Vec<usize>>,
    apps: Vec<Vec<usize>>,
}

impl Turns {
    fn of(level: &Level, region: usize) -> Self {
        let wallets: Vec<(usize, Vec<f64>)> = (level.wallets().into_iter())
            .map(|(number, wallet)| (number, vec![wallet.holders[region], wallet.habit]))
            .collect();
        let apps: Vec<(usize, Vec<f64>)> =
            level.apps().into_iter().map(|(number, app)| (number, vec![app.users[region]])).collect();
        Self { wallets: turns(level, &wallets), apps: turns(level, &apps) }
    }

    fn wallets(&self, word: u16, rotation: usize) -> u16 {
        let turned = |word: u16| turn(&self.wallets[rotation], word);
        turned(word & 0xff) | turned(word >> 8) << 8
    }

    fn apps(&self, mask: u8, rotation: usize) -> u8 {
        turn(&self.apps[rotation], mask.into()) as u8
    }
}

/// A mask with every bit where its turn takes it.
fn turn(to: &[usize], mask: u16) -> u16 {
    to.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).fold(0, |turned, (_, to)| turned | 1 << to)
}

/// For each rotation, where each service goes, from their numbers and what they are like.
fn turns(level: &Level, services: &[(usize, Vec<f64>)]) -> Vec<Vec<usize>> {
    let shops = level.shops();
    let owned = |shop: usize| -> Vec<usize> {
        (0..services.len()).filter(|&s| level.services[services[s].0].owner == Some(shops[shop])).collect()
    };
    let of_shops: Vec<Vec<usize>> = (0..shops.len()).map(owned).collect();
    let like = |shop: &Vec<usize>| shop.iter().map(|&service| &services[service].1).collect::<Vec<_>>();
    let alike = of_shops.iter().all(|shop| like(shop) == like(&of_shops[0]));
    let rotated = |rotation: usize| {
        let mut to: Vec<usize> = (0..services.len()).collect();
        if alike {
            for (shop, from) in of_shops.iter().enumerate() {
                let target = &of_shops[(shop + rotation) % shops.len()];
                from.iter().zip(target).for_each(|(&from, &target)| to[from] = target);
            }
        }
        to
    };
    (0..shops.len()).map(rotated).collect()
}

/// Stand-ins for the people of a region: sensitivities and tastes spread evenly (a lattice over both). Each appears
/// once for every rotation round the shops, tastes and acquaintances together, so that equal shops come out equal.
fn types(
    level: &Level,
    (region, category): (usize, usize),
    row: &ChoiceRow,
    places: &[Vec<f64>],
    awareness: &Grid<2>,
    surroundings: &Surroundings,
    precision: Precision,
) -> Vec<Type> {
    let turns = Turns::of(level, region);
    let platforms = level.shops();
    let payment = demand::payment_terms(level, &surroundings.ties);
    let unit = demand::noise_unit(level);
    let shops = row.shops;
    let count = precision.types(shops);
    let market = &level.market;
    let circle = market.taste_space == TasteSpace::Circle;
    let median = market.price_sensitivity * level.regions[region].price_sensitivity;
    let mut types = Vec::with_capacity(count * shops * level.consumer_segments.len());
    for (number, segment) in level.consumer_segments.iter().enumerate() {
        for index in 0..count {
            let place = (index as f64 + 0.5) / count as f64;
            let spread = libm::exp(market.price_sensitivity_spread * normal_quantile(place));
            let sensitivity = median * segment.price_sensitivity * spread;
            // The golden section spreads the second coordinate evenly over any run of the first.
            let (wallets, apps) = surroundings.draw(level, region, &places[shops..], index);
            let first_taste = (index as f64 * 0.618_033_988_749_894_9).fract();
            for rotation in 0..shops {
                let taste = (first_taste + if circle { rotation as f64 / shops as f64 } else { 0.0 }).fract();
                let mut own = [0.0; MAX_PLATFORMS];
                let mut pull = [0.0; MAX_PLATFORMS];
                let wallets = turns.wallets(wallets, rotation);
                let apps = usize::from(turns.apps(apps, rotation));
                for (shop, &platform) in platforms.iter().enumerate() {
                    let habit = f64::from(demand::shop_habit(level, &surroundings.ties, apps, platform));
                    pull[shop] = libm::exp(habit) - 1.0;
                    // A taste turned forward by one shop sees shop 1 as the unturned one sees shop 0.
                    if places[(shop + shops - rotation) % shops][index] < awareness[[region, shop]] {
                        let apart = (taste - f64::from(row.taste[shop])).abs();
                        let distance = if circle { apart.min(1.0 - apart) } else { apart };
                        let price = f64::from(row.price_staying[shop]);
                        let place = [region, number, apps];
                        let here = CellTerms::of(
                            level,
                            &surroundings.ties,
                            &surroundings.delivery,
                            place,
                            category,
                            platform,
                        );
                        let further = here.sum() / unit + f64::from(payment.utility(wallets, shop));
                        own[shop] = libm::exp(
                            further - sensitivity * price - f64::from(row.taste_strength) * distance,
                        );
                    }
                }
                types.push(Type { weight: segment.share * segment.income, own, pull });
            }
        }
    }
    let sum: f64 = types.iter().map(|kind| kind.weight).sum();
    types.iter_mut().for_each(|kind| kind.weight /= sum);
    types
}

/// The common utilities (over μ) at which the types' settled choices have the target shares: Berry's contraction,
/// damped, since habit nearly doubles how settled shares answer to utility. With no offline option utilities are
/// relative to the mean.
fn invert(types: &[Type], row: &ChoiceRow, target: &[f64]) -> Vec<f64> {
    const MAX_ROUNDS: usize = 200;
    const DAMPING: f64 = 0.6;
    const CLOSE: f64 = 1e-9;
    let pull = libm::exp(f64::from(row.habit)) - 1.0;
    let shops = row.shops;
    let offline = if row.offline { 1.0 } else { 0.0 };
    let mut utility: Vec<f64> = target[..shops].iter().map(|&share| libm::log(share.max(1e-12))).collect();
    for _ in 0..MAX_ROUNDS {
        let factor: Vec<f64> = utility.iter().map(|&u| libm::exp(u)).collect();
        let mut found = [0.0; MAX_PLATFORMS];
        for kind in types {
            let mut weight = [0.0; MAX_PLATFORMS];
            let mut total = offline;
            for shop in 0..shops {
                weight[shop] = factor[shop] * kind.own[shop];
                total += weight[shop];
            }
            let settled = |w: f64, pull: f64| w * (total + pull * w);
            let by_shop = weight[..shops].iter().zip(kind.pull);
            let norm = settled(offline, pull) + by_shop.map(|(&w, pull)| settled(w, pull)).sum::<f64>();
            if norm > 0.0 {
                for shop in 0..shops {
                    found[shop] += kind.weight * settled(weight[shop], kind.pull[shop]) / norm;
                }
            }
        }
        // Who knows no shop and has no offline option buys nothing, and counts in nobody's share.
        let choosing: f64 = types
            .iter()
            .filter(|kind| offline > 0.0 || kind.own.iter().any(|&w| w > 0.0))
            .map(|kind| kind.weight)
            .sum();
        let mut worst: f64 = 0.0;
        for shop in 0..shops {
            let miss = libm::log(target[shop].max(1e-12) * choosing / found[shop].max(1e-300));
            worst = worst.max(miss.abs());
            utility[shop] += DAMPING * miss;
        }
        if worst < CLOSE {
            break;
        }
    }
    if !row.offline {
        let mean = utility.iter().sum::<f64>() / shops as f64;
        utility.iter_mut().for_each(|u| *u -= mean);
    }
    utility
}
