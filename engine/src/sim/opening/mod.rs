//! The state a market starts from: a level's opening, or what an analyst infers from public facts in mid-game.
//!
//! A market starts warm. Stated shares are inverted into the utility that would hold them (Berry 1994), given
//! prices, tastes, habit and awareness; the engine then needs no memory of the shares themselves.

pub mod company;
pub mod consumers;
mod inversion;
pub mod merchants;
mod newcomers;
pub mod signed;
mod start;
mod stated;
mod types;

pub use company::{Ecosystem, OpeningCompany};
pub use start::{Precision, Start};
pub use stated::{company, shares};

use crate::level::Level;
use crate::sim::choice::ChoiceRow;
use crate::sim::grid::Grid;
use crate::sim::rules::demand::{Offer, learning};
use crate::sim::rules::fees::baskets;
use crate::sim::rules::listing::Charges;
use crate::sim::rules::payment::Holdings;
use crate::sim::rules::supply::quoted_prices;
use crate::sim::rules::traffic::Spending;
use crate::sim::rules::trust::{fraud_rate, trust_target};
use crate::sim::rules::visibility::{seen, visibility};
use crate::sim::rules::{ai, data, demand, logistics, payment, traffic};
use crate::sim::state::capital::Capital;
use crate::sim::state::chronicle::Chronicle;
use crate::sim::state::companies::Funded;
use crate::sim::state::expectations::Expectations;
use crate::sim::state::files::Files;
use crate::sim::state::insolvency::Insolvencies;
use crate::sim::state::loans::Lending;
use crate::sim::state::merchants::Supply;
use crate::sim::state::outcome::{Outcome, ratio};
use crate::sim::state::presence::Presence;
use crate::sim::state::services::Ties;
use inversion::invert;
use merchants::settled_variety;
use signed::Signed;
use stated::opening_sales;
use types::{Surroundings, Type, places, types};

/// The state a market starts from.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// Turns already played.
    pub turn: u32,
    /// What people spent in the month before, over what they do in a usual one, by category.
    pub spending: Vec<f64>,
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
    /// What has happened by the level's events.
    pub chronicle: Chronicle,
    /// What people think of each platform.
    pub opinion: Vec<f64>,
    /// What the regulator has on file.
    pub files: Files,
    /// What everybody has lent.
    pub lending: Lending,
    /// Who owns whom.
    pub capital: Capital,
    /// Who owes too much.
    pub insolvencies: Insolvencies,
    /// What the public expects of what was announced.
    pub expectations: Expectations,
}

impl Opening {
    /// The opening of a level.
    pub fn of(level: &Level) -> Self {
        let sales = opening_sales(level);
        let online: Vec<f64> = level.regions.iter().map(|region| region.online).collect();
        let spending = vec![1.0; level.categories.len()];
        let shares = shares(level, &sales, &online, &spending);
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
            spending,
            companies,
            online,
            awareness: Grid::filled([level.regions.len(), level.shops().len()], 1.0),
            shares,
            variety: Grid::filled([level.categories.len(), level.platforms.len()], 0.0),
            start: Start::of(level),
            charges: Charges::none(level),
            chronicle: Chronicle::none(level),
            opinion: vec![0.0; level.platforms.len()],
            files: Files::none(level.platforms.len()),
            lending: Lending::default(),
            capital: Capital::at_opening(level),
            insolvencies: Insolvencies::default(),
            expectations: Expectations::default(),
            ecosystem,
            holdings,
        };
        opening.charges = opening.usual_charges(level);
        if level.market.blindness > 0.0 {
            // Long since trusted as far as each shop can be policed.
            let fraud = opening.outcome(level).fraud;
            for (platform, company) in opening.companies.iter_mut().enumerate() {
                if level.sells(platform) {
                    company.trust = trust_target(fraud[platform], 0.0, &level.market);
                }
            }
        }
        opening.variety =
            settled_variety(level, &opening.companies, &opening.charges, &opening.outcome(level));
        opening.awareness = opening.usual_awareness(level);
        opening.hold(level, Precision::Fine);
        opening
    }

    /// What payments and shipping cost merchants when everybody pays and ships as usual.
    pub fn usual_charges(&self, level: &Level) -> Charges {
        let services = self.ecosystem.services();
        Charges::of(level, &services, &self.mix(level), &self.outcome(level))
    }

    /// How merchants ship: as the last month's parcels say, where there was one.
    fn mix(&self, level: &Level) -> Grid<3> {
        self.signed(level).mix(level, &self.ecosystem.services())
    }

    /// How merchants have signed with carriers.
    pub(in crate::sim) fn signed(&self, level: &Level) -> Signed {
        // Before the first month everybody has signed by what there is.
        if self.turn == 0 {
            return Signed::as_things_are(level);
        }
        let sales = self.sales(level);
        let sold = |category: usize, platform: usize| -> f64 {
            (0..level.regions.len()).map(|region| sales[[region, category, platform]]).sum()
        };
        Signed::by_parcels(level, &self.ecosystem.services(), sold)
    }

    /// How well each platform matches people and goods, 0 to 1.
    pub fn matching(&self, level: &Level) -> Vec<f64> {
        self.fused(level).into_iter().map(|data| data::match_quality(level, data)).collect()
    }

    /// What each platform's AI does, 0 to 1.
    pub fn ai(&self, level: &Level) -> Vec<f64> {
        let capability: Vec<f64> = self.companies.iter().map(|company| company.stocks.ai).collect();
        ai::effects(level, &capability, &self.fused(level))
    }

    /// Each platform's data, with what partners share.
    fn fused(&self, level: &Level) -> Vec<f64> {
        let data: Vec<f64> = self.companies.iter().map(|company| company.stocks.data).collect();
        let Ecosystem { negotiations, engineering, .. } = &self.ecosystem;
        let shared =
            |from: usize, to: usize| negotiations.shares_data(from, to) && engineering[to].joined[from];
        data::fused(level, &data, shared)
    }

    /// Presence by region and platform: sales over potential sales.
    pub fn presence(&self, level: &Level) -> Grid<2> {
        let sales = self.sales(level);
        let mut presence = Grid::filled([level.regions.len(), level.platforms.len()], 0.0);
        for region in 0..level.regions.len() {
            for platform in 0..level.platforms.len() {
                let sold: f64 = (0..level.categories.len()).map(|c| sales[[region, c, platform]]).sum();
                presence[[region, platform]] = ratio(sold, level.region_potential_at(region, &self.spending));
            }
        }
        presence
    }

    /// Yuan that online people could spend on a category in the month of the opening.
    fn potential(&self, level: &Level, region: usize, category: usize) -> f64 {
        level.potential(region, category) * self.online[region] * self.spending[category]
    }

    /// Expected sales of its month by region, category and platform.
    pub fn sales(&self, level: &Level) -> Grid<3> {
        let (regions, categories) = (level.regions.len(), level.categories.len());
        let mut sales = Grid::filled([regions, categories, level.platforms.len()], 0.0);
        for region in 0..regions {
            for category in 0..categories {
                let potential = self.potential(level, region, category);
                for (shop, platform) in level.shops().into_iter().enumerate() {
                    sales[[region, category, platform]] = potential * self.shares[[region, category, shop]];
                }
            }
        }
        sales
    }

    /// The opening as an outcome of turn `self.turn`: what the first decisions are based on.
    pub fn outcome(&self, level: &Level) -> Outcome {
        let (sales, spending) = (self.sales(level), self.spending.clone());
        let mut outcome = Outcome { sales, spending, ..Outcome::of_turn(level, self.turn) };
        outcome.online.clone_from(&self.online);
        outcome.variety.clone_from(&self.variety);
        outcome.matching = self.matching(level);
        outcome.ai = self.ai(level);
        let services = self.ecosystem.services();
        outcome.payments = payment::expected(level, &services, &self.holdings, &outcome.sales);
        (outcome.holders, outcome.habitual) = self.holdings.people();
        let mix = self.mix(level);
        outcome.parcels =
            logistics::parcels(level, &mix, |category, platform| outcome.category_sales(category, platform));
        outcome.delivery = logistics::quality(level, &services, &mix);
        outcome.room = level.carriers().into_iter().map(|(number, _)| services[number].capacity).collect();
        for region in 0..level.regions.len() {
            let people = level.regions[region].population * self.online[region];
            for category in 0..level.categories.len() {
                let offline = self.shares[[region, category, level.shops().len()]];
                let potential = self.potential(level, region, category);
                outcome.offline[[region, category]] = potential * offline;
            }
            for (shop, platform) in level.shops().into_iter().enumerate() {
                outcome.users[[region, platform]] = people * self.buyers(level, region, shop);
                outcome.awareness[[region, platform]] = self.awareness[[region, shop]];
            }
        }
        for (platform, company) in self.companies.iter().enumerate() {
            outcome.trust[platform] = company.trust;
            outcome.public_opinion[platform] = self.opinion[platform];
            outcome.cash[platform] = company.cash;
            outcome.loans[platform] = self.lending.figures(platform);
            if !level.sells(platform) {
                continue;
            }
            let sales = outcome.gmv(platform);
            let visible = visibility(level, &seen(level, &outcome, &self.ecosystem.negotiations, platform));
            outcome.visibility[platform] = visible;
            outcome.fraud[platform] =
                fraud_rate(company.policy.budgets.governance, sales, visible, &level.market);
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
                if !level.platforms[platform].here {
                    awareness[[region, shop]] = 0.0;
                    continue;
                }
                let marketing = self.companies[platform].policy.budgets.marketing[region];
                let services = self.ecosystem.services();
                let nothing = Spending { visits: &vec![0.0; level.apps().len()], invitations: 0.0 };
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
        let shops = level.shops().len();
        let mut utility = Grid::filled([level.regions.len(), level.categories.len(), shops], 0.0);
        let problems = self.problems(level, precision);
        for ((types, row, target), held) in problems.zip(utility.cells_mut().chunks_mut(shops)) {
            for (held, u) in held.iter_mut().zip(invert(&types, &row, &target, precision)) {
                *held = u * demand::noise_unit(level);
            }
        }
        self.start = Start::Held(utility);
    }

    /// What is inverted, for each category of the first region, then of the second, and so on: stand-ins, their choice without common
    /// utilities, and the shares to be held.
    fn problems<'a>(
        &'a self,
        level: &'a Level,
        precision: Precision,
    ) -> impl Iterator<Item = (Vec<Type>, ChoiceRow, Vec<f64>)> + 'a {
        let alternatives = level.shops().len() + 1;
        let rows = self.rows(level);
        let places = places(level, precision);
        let services = self.ecosystem.services();
        let surroundings = Surroundings {
            ties: Ties::of(level, &services),
            delivery: logistics::quality(level, &services, &self.mix(level)),
            holdings: &self.holdings,
        };
        let of = move |(region, category)| {
            let row = rows[[region, category]].clone();
            let place = (region, category);
            let types = types(level, place, &row, &places, &self.awareness, &surroundings, precision);
            let share = |alternative| self.shares[[region, category, alternative]];
            (types, row, (0..alternatives).map(share).collect())
        };
        let categories = level.categories.len();
        (0..level.regions.len()).flat_map(move |region| (0..categories).map(move |c| (region, c))).map(of)
    }

    /// Utility of the shops themselves: what is left of the utility that holds the opening shares after every other
    /// common term, or what the level states.
    pub(in crate::sim) fn appeal(
        &self,
        level: &Level,
        offers: &[Option<Offer>],
        supply: &Supply,
        presence: &Grid<2>,
    ) -> Grid<3> {
        let mut appeal = match &self.start {
            Start::Stated(appeal) => return appeal.clone(),
            Start::Held(utility) => utility.clone(),
        };
        for (shop, platform) in level.shops().into_iter().enumerate() {
            let Some(offer) = offers[platform] else { continue };
            let variety = |category| supply.variety_of(level, category, platform);
            let seen = |region| Presence::seen(presence, level, region, platform);
            let terms = demand::all_common_terms(level, offer, variety, seen);
            for region in 0..level.regions.len() {
                for category in 0..level.categories.len() {
                    appeal[[region, category, shop]] -= terms[[region, category]].sum();
                }
            }
        }
        let sells = |region, category, shop| self.shares[[region, category, shop]] > 0.0;
        newcomers::appeal(level, &mut appeal, sells);
        appeal
    }

    /// Choice rows with prices as everybody pays them who does not switch.
    fn rows(&self, level: &Level) -> Grid<2, ChoiceRow> {
        let funded = Funded { budgets: 1.0, coupons: 1.0, coupon_cash: f64::INFINITY };
        let outcome = self.outcome(level);
        let baskets = baskets(level, &outcome.sales, &outcome.users);
        let offers: Vec<_> = (self.companies.iter().enumerate())
            .map(|(platform, company)| {
                level.sells(platform).then_some(Offer {
                    policy: &company.policy,
                    funded: &funded,
                    stocks: &company.stocks,
                    trust: company.trust,
                    opinion: 0.0,
                    matching: 0.0,
                    ai: 0.0,
                    baskets: baskets.row([platform, 0]),
                })
            })
            .collect();
        let supply =
            quoted_prices(level, self.companies.iter().map(|company| &company.policy), &self.charges);
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
