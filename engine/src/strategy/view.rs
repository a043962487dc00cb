//! What a CEO may know, and how it looks ahead.

use std::sync::{Arc, Mutex, PoisonError};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::level::{Level, Visibility};
use crate::sim::grid::Grid;
use crate::sim::rules::ai;
use crate::sim::rules::capital::usual_profits;
use crate::sim::rules::data::data_behind;
use crate::sim::rules::payment::Holdings;
use crate::sim::state::capital::Capital;
use crate::sim::state::chronicle::Chronicle;
use crate::sim::state::events::Event;
use crate::sim::state::expectations::Expectations;
use crate::sim::state::files::Files;
use crate::sim::state::insolvency::Insolvencies;
use crate::sim::state::loans::{Lending, LoanFigures};
use crate::sim::{
    Budgets, Charges, CompanyState, Ecosystem, Moment, Opening, OpeningCompany, Orders, Outcome, PastYear,
    Policy, Population, Precision, Prices, Refusal, Simulation, Start, Stocks, adopted, opening_company,
    opening_shares,
};

/// Consumer agents in an imagined market: enough to see a direction, few enough to try many ideas.
const IMAGINED_CONSUMERS: u32 = 2_000;
/// Merchant agents in an imagined market.
const IMAGINED_MERCHANTS: u32 = 600;

/// What the CEO of one platform may know when deciding: its own state, and the public facts of the last turn.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PlatformView {
    /// The level, whose parameters are public.
    #[serde(skip)]
    pub level: Arc<Level>,
    /// This CEO's platform, by index.
    pub me: usize,
    /// The turn to decide on, from 1.
    pub turn: u32,
    /// The last turn of the match.
    pub last_turn: u32,
    /// What everybody knows.
    pub public: PublicFacts,
    /// Own state.
    pub own: CompanyState,
    /// What each own service earned last turn less what it cost, had it been a usual month, yuan; nothing for those of others.
    pub own_service_profit: Vec<f64>,
    /// Own awareness by region.
    pub own_awareness: Vec<f64>,
    /// Own orders that were refused last turn, with the reasons.
    pub refused: Vec<Refusal>,
}

/// What everybody knows of the last turn (of the opening, before the first): lists are by platform index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PublicFacts {
    /// Prices; `None` for companies without a shop, and for those that enter later.
    pub prices: Vec<Option<Prices>>,
    /// What people spent over what they do in a usual month, by category.
    pub spending: Vec<f64>,
    /// Sales by region, category and platform, as market researchers publish them.
    pub sales: Grid<3>,
    /// Spending of online people outside the platforms, by region and category.
    pub offline: Grid<2>,
    /// Fraction of people online, by region.
    pub online: Vec<f64>,
    /// People who bought, by region and platform.
    pub users: Grid<2>,
    /// Shops listed, by category and platform.
    pub listed: Grid<2>,
    /// Part of a category's merchants, by size, that list there; by category and platform.
    pub variety: Grid<2>,
    /// Merchants' price relative to one without fees, as anybody can look it up; by category and platform.
    pub price: Grid<2>,
    /// Trust, as ratings show it.
    pub trust: Vec<f64>,
    /// What people think of each company, −1 to 1.
    pub opinion: Vec<f64>,
    /// What the regulator has on file of each company.
    pub files: Files,
    /// How everybody's loans stand.
    pub loans: Vec<LoanFigures>,
    /// What everybody has lent, as lenders publish it.
    pub lending: Lending,
    /// Who owns whom.
    pub capital: Capital,
    /// What each company is worth as a whole, yuan.
    pub market_value: Vec<f64>,
    /// Services, agreements, integration and what companies remember of each other. Of the offers that wait for an answer,
    /// those that this CEO made or must answer.
    pub ecosystem: Ecosystem,
    /// Sales paid with each wallet, by platform and wallet.
    pub payments: Grid<2>,
    /// Fraction of online people who hold each wallet, by region and wallet.
    pub holders: Grid<2>,
    /// Fraction of online people whose habit each wallet is, by region and wallet.
    pub habitual: Grid<2>,
    /// Parcels by platform and carrier.
    pub parcels: Grid<2>,
    /// Quality of deliveries by region, category and platform.
    pub delivery: Grid<3>,
    /// Sales that each app referred, by platform and app.
    pub referred: Grid<2>,
    /// How well each platform matches people and goods, 0 to 1.
    pub matching: Vec<f64>,
    /// What each platform's AI does, 0 to 1, as whoever shops there sees.
    pub ai: Vec<f64>,
    /// What the public expects of what was announced.
    pub expectations: Expectations,
    /// What happened between companies.
    pub news: Vec<Event>,
    /// What has happened by the level's events, what waits for answers, and what lasts.
    pub chronicle: Chronicle,
    /// Who owes too much, for whom an administrator acts, and what it sells.
    pub insolvencies: Insolvencies,
    /// Books of all companies where the level opens them.
    pub books: Option<Vec<Books>>,
}

/// A company's books.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Books {
    /// Yuan.
    pub cash: f64,
    /// Profit of the last turn in yuan.
    pub profit: f64,
    /// Standing budgets.
    pub budgets: Budgets,
}

impl PlatformView {
    /// What the CEO of platform `me` sees of a market. `last_turn` is the length of the match.
    pub fn new(simulation: &Simulation, me: usize, last_turn: u32) -> Self {
        let level = simulation.level();
        let outcome = simulation.outcome();
        let companies: Vec<CompanyState> =
            (0..level.platforms.len()).map(|platform| simulation.company(platform)).collect();
        let books = |(platform, company): (usize, &CompanyState)| Books {
            cash: company.cash,
            profit: outcome.profit[platform],
            budgets: company.policy.budgets.clone(),
        };
        let open = level.setup.visibility == Visibility::Books;
        let prices = companies.iter().zip(&level.platforms);
        Self {
            me,
            turn: outcome.turn + 1,
            last_turn,
            public: PublicFacts {
                prices: prices
                    .map(|(c, p)| (p.shop.is_some() && p.here).then(|| c.policy.prices.clone()))
                    .collect(),
                spending: outcome.spending.clone(),
                sales: outcome.sales.clone(),
                offline: outcome.offline.clone(),
                online: outcome.online.clone(),
                users: outcome.users.clone(),
                listed: outcome.listed.clone(),
                variety: outcome.variety.clone(),
                price: outcome.price.clone(),
                trust: outcome.trust.clone(),
                opinion: outcome.public_opinion.clone(),
                files: simulation.files().clone(),
                loans: outcome.loans.clone(),
                lending: simulation.lending().clone(),
                capital: simulation.capital().clone(),
                market_value: outcome.market_value.clone(),
                ecosystem: seen_by(me, simulation.ecosystem()),
                payments: outcome.payments.clone(),
                holders: outcome.holders.clone(),
                habitual: outcome.habitual.clone(),
                parcels: outcome.parcels.clone(),
                delivery: outcome.delivery.clone(),
                referred: outcome.referred.clone(),
                matching: outcome.matching.clone(),
                ai: outcome.ai.clone(),
                expectations: simulation.expectations().clone(),
                news: outcome.news.clone(),
                chronicle: simulation.chronicle().clone(),
                insolvencies: simulation.insolvencies().clone(),
                books: open.then(|| companies.iter().enumerate().map(books).collect()),
            },
            own: companies[me].clone(),
            own_service_profit: (level.services.iter().zip(usual_profits(level, outcome)))
                .map(|(service, profit)| if service.owner == Some(me) { profit } else { 0.0 })
                .collect(),
            own_awareness: (0..level.regions.len()).map(|region| outcome.awareness[[region, me]]).collect(),
            refused: simulation.refusals()[me].clone(),
            level: Arc::clone(level),
        }
    }

    /// The public facts in the form of an outcome: the metrics that need nothing else work on it.
    pub fn market(&self) -> Outcome {
        Outcome {
            spending: self.public.spending.clone(),
            sales: self.public.sales.clone(),
            offline: self.public.offline.clone(),
            online: self.public.online.clone(),
            users: self.public.users.clone(),
            listed: self.public.listed.clone(),
            variety: self.public.variety.clone(),
            price: self.public.price.clone(),
            trust: self.public.trust.clone(),
            public_opinion: self.public.opinion.clone(),
            loans: self.public.loans.clone(),
            market_value: self.public.market_value.clone(),
            service_profit: self.own_service_profit.clone(),
            payments: self.public.payments.clone(),
            holders: self.public.holders.clone(),
            habitual: self.public.habitual.clone(),
            parcels: self.public.parcels.clone(),
            delivery: self.public.delivery.clone(),
            referred: self.public.referred.clone(),
            matching: self.public.matching.clone(),
            ai: self.public.ai.clone(),
            news: self.public.news.clone(),
            insolvent: (0..self.level.platforms.len())
                .map(|p| f64::from(u8::from(!self.solvent(p))))
                .collect(),
            ..Outcome::of_turn(&self.level, self.turn - 1)
        }
    }

    /// Whether this company has a shop, and so anything to order.
    pub fn has_shop(&self) -> bool {
        self.level.sells(self.me)
    }

    /// Own sales last turn as they would have been in a usual month, in yuan: what budgets are parts of.
    pub fn sales(&self) -> f64 {
        let categories = self.level.categories.len();
        let usual = |(place, sales): (usize, f64)| sales / self.public.spending[place % categories];
        self.own_sales().enumerate().map(usual).sum()
    }

    /// Sales that budgets are parts of, in yuan a month: its own; of a newcomer that sells less, those of an average rival, as far as usual
    /// budgets for them could be paid for two years.
    pub fn budgeted_sales(&self) -> f64 {
        const MONTHS: f64 = 24.0;
        const USUAL: f64 = 0.014;
        if self.level.platforms[self.me].enters.is_none() {
            return self.sales();
        }
        let market = self.market();
        let rivals: Vec<usize> = self.others().filter(|&other| self.level.sells(other)).collect();
        let mean = rivals.iter().map(|&other| market.gmv(other)).sum::<f64>() / rivals.len().max(1) as f64;
        self.sales().max(mean.min(self.own.cash.max(0.0) / MONTHS / USUAL))
    }

    fn own_sales(&self) -> impl Iterator<Item = f64> {
        let [_, _, platforms] = self.public.sales.shape();
        self.public.sales.cells().iter().copied().skip(self.me).step_by(platforms)
    }

    /// A market like the real one as far as this CEO can tell: own state as it is, rivals with their public prices,
    /// their appeal inferred from public shares and their budgets and cash guessed. It never sees the live world or
    /// the match's seed; `seed` is the look-ahead's own.
    pub fn imagine(&self, seed: u64) -> Imagination {
        let level = &self.level;
        let companies = (0..level.platforms.len()).map(|platform| self.company(platform)).collect();
        let bought = self.public.lending.taken_out(&level.market, &self.public.sales);
        let mut opening = Opening {
            turn: self.turn - 1,
            spending: self.public.spending.clone(),
            chronicle: self.public.chronicle.clone(),
            opinion: self.public.opinion.clone(),
            files: self.public.files.clone(),
            lending: self.public.lending.clone(),
            capital: self.public.capital.clone(),
            insolvencies: self.public.insolvencies.clone(),
            expectations: self.public.expectations.clone(),
            companies,
            online: self.online_next(),
            shares: opening_shares(level, &bought, &self.public.online, &self.public.spending),
            awareness: Grid::filled([level.regions.len(), level.shops().len()], 1.0),
            variety: self.public.variety.clone(),
            start: Start::of(level),
            ecosystem: self.public.ecosystem.clone(),
            holdings: Holdings::inferred(&self.public.holders, &self.public.habitual),
            charges: Charges::none(level),
        };
        opening.charges = opening.usual_charges(level);
        opening.awareness = opening.usual_awareness(level);
        if let Some(shop) = level.shops().iter().position(|&platform| platform == self.me) {
            for (region, &aware) in self.own_awareness.iter().enumerate() {
                opening.awareness[[region, shop]] = aware;
            }
        }
        opening.hold(level, Precision::Coarse);
        Imagination {
            level: Arc::clone(level),
            opening: Arc::new(opening),
            begun: Mutex::default(),
            population: Population {
                consumers: IMAGINED_CONSUMERS,
                merchants: if level.setup.merchants == 0 { 0 } else { IMAGINED_MERCHANTS },
                seed,
                threads: None,
                measure_surplus: false,
            },
        }
    }

    /// Fraction of people online next turn, by region, as far as own stores bring them in.
    fn online_next(&self) -> Vec<f64> {
        let stores = &self.own.stocks.stores;
        let regions = self.public.online.iter().zip(stores).enumerate();
        regions.map(|(region, (&online, &stores))| adopted(&self.level, region, online, stores)).collect()
    }

    /// A company as far as this CEO can tell.
    fn company(&self, platform: usize) -> OpeningCompany {
        if platform == self.me {
            return OpeningCompany {
                policy: self.own.policy.clone(),
                stocks: self.own.stocks.clone(),
                trust: self.own.trust,
                cash: self.own.cash,
                year: self.own.year.clone(),
            };
        }
        if !self.level.platforms[platform].here {
            // What the level tells everybody of it; of whoever has closed nothing is left.
            let stated = opening_company(&self.level, platform, &self.public.sales, &self.public.payments);
            let left = self.level.platforms[platform].left;
            return if left { OpeningCompany { cash: 0.0, ..stated } } else { stated };
        }
        let market = &self.level.market;
        let outcome = self.market();
        let month = outcome.sales_by_category(platform).into_iter().enumerate();
        let by_category: Vec<f64> =
            month.map(|(category, sales)| sales / outcome.spending[category]).collect();
        let sales: f64 = by_category.iter().sum();
        let third = market.opening_investment / 3.0;
        let total = self.level.total_potential();
        // What a match shows of the data behind it, fused as they are, and what AI does of the capability.
        let data = data_behind(&self.level, self.public.matching[platform]);
        let capability = ai::capability_behind(&self.level, self.public.ai[platform], data);
        let guessed = || Budgets {
            brand: third * sales,
            categories: by_category.iter().map(|sales| third * sales).collect(),
            marketing: (0..self.level.regions.len())
                .map(|region| third * sales * self.level.region_potential(region) / total)
                .collect(),
            governance: market.opening_governance * sales,
            engineering: 0.0,
            invitations: 0.0,
            visits: vec![0.0; self.level.apps().len()],
            stores: vec![0.0; self.level.regions.len()],
            ai: capability,
        };
        let books = self.public.books.as_ref().map(|books| &books[platform]);
        let budgets = books.map_or_else(guessed, |books| books.budgets.clone());
        let prices = self.public.prices[platform].clone();
        OpeningCompany {
            stocks: Stocks {
                brand: budgets.brand,
                categories: budgets.categories.clone(),
                stores: budgets.stores.clone(),
                data,
                ai: capability,
            },
            // Without a shop there are no prices to see, and none that anybody pays.
            policy: Policy { prices: prices.unwrap_or_else(|| self.own.policy.prices.clone()), budgets },
            trust: self.public.trust[platform],
            // A month of sales is enough for whatever it is likely to do; of debts the least is known.
            cash: books
                .map_or_else(|| self.known_debt(platform).map_or(sales, |debt| -debt), |books| books.cash),
            year: PastYear::default(),
        }
    }
}

/// How companies are joined, as one of them sees it: offers between others are theirs alone.
fn seen_by(me: usize, mut ecosystem: Ecosystem) -> Ecosystem {
    ecosystem.negotiations.offers.retain(|offer| offer.from == me || offer.to == me);
    ecosystem
}

/// An imagined market, to be played as often as wanted from the same beginning.
pub struct Imagination {
    level: Arc<Level>,
    opening: Arc<Opening>,
    population: Population,
    /// The market, once it has been played, and its beginning: coming back to that costs less than a market made anew.
    begun: Mutex<Option<(Simulation, Moment)>>,
}

impl Imagination {
    /// The imagined market at its beginning.
    pub fn simulation(&self) -> Simulation {
        Simulation::new(&self.level, &self.opening, &self.population)
    }

    /// The same market with so many consumers, and merchants in proportion: fewer are quicker, and luck weighs more.
    pub fn with_consumers(self, consumers: u32) -> Self {
        let merchants = if self.population.merchants == 0 {
            0
        } else {
            consumers * IMAGINED_MERCHANTS / IMAGINED_CONSUMERS
        };
        let population = Population {
            consumers: consumers.max(self.level.least_consumers()),
            merchants,
            ..self.population
        };
        Self { population, begun: Mutex::default(), ..self }
    }

    /// The same market with other luck: what is known of it, and so its opening, stays.
    pub fn again(&self, seed: u64) -> Self {
        Self {
            level: Arc::clone(&self.level),
            opening: Arc::clone(&self.opening),
            population: Population { seed, ..self.population.clone() },
            begun: Mutex::default(),
        }
    }

    /// What `me` would have after ordering this now and nothing more, everybody else carrying on.
    pub fn outcome_of(&self, me: usize, orders: Orders, turns: u32) -> Outcome {
        let mut last = None;
        self.play(me, orders, turns, |month, outcome| {
            if month == turns.max(1) {
                last = Some(outcome.clone());
            }
        });
        last.unwrap_or_else(|| self.simulation().outcome().clone())
    }

    /// Plays so many turns, `me` ordering this now and nothing more, and shows the outcome of each; months count from 1.
    pub fn play(&self, me: usize, orders: Orders, turns: u32, mut see: impl FnMut(u32, &Outcome)) {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let (simulation, beginning) = begun.get_or_insert_with(|| {
            let simulation = self.simulation();
            let beginning = simulation.moment();
            (simulation, beginning)
        });
        simulation.return_to(beginning);
        let nobody = || vec![Orders::new(); self.level.platforms.len()];
        let mut all = nobody();
        all[me] = orders;
        for month in 1..=turns.max(1) {
            simulation.turn(std::mem::replace(&mut all, nobody()));
            see(month, simulation.outcome());
        }
    }

    /// Where imagined utilities start from: tests compare imaginations by it.
    pub fn opening(&self) -> &Opening {
        &self.opening
    }
}
