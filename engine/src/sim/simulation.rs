//! A running market: a world with its schedule, set up from an opening, played turn by turn and read.

use std::sync::Arc;

use bevy::prelude::*;

use crate::level::Level;
use crate::order::Orders;
use crate::sim::grid::Grid;
use crate::sim::opening::company::Ecosystem;
use crate::sim::opening::{Opening, consumers as consumers_at_opening, merchants as merchants_at_opening};
use crate::sim::reading::homes::Homes;
use crate::sim::reading::stalls::Stalls;
use crate::sim::reading::sums::Unchanging;
use crate::sim::reading::{homes, stalls};
use crate::sim::rules::capital::appraise;
use crate::sim::rules::demand::offers;
use crate::sim::rules::expectation::judged;
use crate::sim::rules::fees::baskets;
use crate::sim::rules::listing::Terms;
use crate::sim::rules::situation::Situation;
use crate::sim::state::capital::Capital;
use crate::sim::state::cells::Cells;
use crate::sim::state::choices::{Choices, ExpectedTreatment, Market};
use crate::sim::state::chronicle::Chronicle;
use crate::sim::state::companies::{Company, CompanyState, Funded, PastYear, Policy, Stocks, Trust};
use crate::sim::state::consumers::{Columns, columns};
use crate::sim::state::engineering::Engineering;
use crate::sim::state::events::News;
use crate::sim::state::expectations::Expectations;
use crate::sim::state::files::Files;
use crate::sim::state::flow::Flow;
use crate::sim::state::fortunes::Fortunes;
use crate::sim::state::insolvency::{Bids, Insolvencies};
use crate::sim::state::ledger::{Account, Ledger};
use crate::sim::state::loans::Lending;
use crate::sim::state::merchants::{ExpectedFees, Supply};
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::presence::Presence;
use crate::sim::state::public::Public;
use crate::sim::state::relations::Relations;
use crate::sim::state::services::{Ai, Matching, ServiceState, Ties};
use crate::sim::state::world::{
    Adoption, Answers, Appeal, Before, Clock, CurrentLevel, Measure, PendingOrders, Pleas, Refusal, Refusals,
    Roster, Threads,
};
use crate::sim::turn;

/// How many agents, from which seed, on how many threads.
#[derive(Clone)]
pub struct Population {
    /// Consumer agents.
    pub consumers: u32,
    /// Merchant agents.
    pub merchants: u32,
    /// Seed of every draw.
    pub seed: u64,
    /// Threads for the consumer step; none for the calling thread alone. The result is the same.
    pub threads: Option<Arc<rayon::ThreadPool>>,
    /// Whether consumers' surplus is measured, which costs a logarithm a choice.
    pub measure_surplus: bool,
}

/// A running market.
pub struct Simulation {
    pub(in crate::sim) world: World,
    schedule: Schedule,
}

impl Simulation {
    /// A market at its opening.
    pub fn new(level: &Arc<Level>, opening: &Opening, population: &Population) -> Self {
        let mut world = World::new();
        open(&mut world, level, opening, population);
        Self { world, schedule: turn::schedule() }
    }

    /// A market at its opening, as [`new`](Self::new) makes it, in the world that there is: quicker for many short matches.
    pub fn restart(&mut self, level: &Arc<Level>, opening: &Opening, population: &Population) {
        // Resources are entities too, and stay: they are overwritten.
        let agents: Vec<Entity> = self.world.resource::<Roster>().everybody().collect();
        agents.into_iter().for_each(|entity| self.world.entity_mut(entity).despawn());
        // The world keeps a list of what went, for whoever asks, until it is told that nobody does: a kilobyte a match.
        self.world.clear_trackers();
        open(&mut self.world, level, opening, population);
    }

    /// Plays a turn: carries out the orders of every platform, by index, and lets the market answer.
    pub fn turn(&mut self, orders: Vec<Orders>) -> &Outcome {
        self.world.resource_mut::<PendingOrders>().0 = orders;
        self.world.resource_mut::<Clock>().turn += 1;
        self.schedule.run(&mut self.world);
        self.outcome()
    }

    /// The schedule of its turns: for measuring where their time goes.
    #[doc(hidden)]
    pub fn schedule(&mut self) -> &mut Schedule {
        &mut self.schedule
    }

    /// The consumers' part of a turn by itself, on what they were told last: for measuring how long it takes.
    ///
    /// # Panics
    /// Never: the step is a system of this world's own turn.
    pub fn consumer_step(&mut self) {
        self.world.resource_mut::<Clock>().turn += 1;
        self.world
            .run_system_cached(turn::consumers::choose)
            .expect("the world holds all that the step needs");
    }

    /// Agents who chose each alternative of a category last turn, shops and then offline, over all cells.
    pub fn chosen(&self, category: usize) -> Vec<u64> {
        let chosen = &self.world.resource::<Choices>().chosen;
        let [cells, _, alternatives] = chosen.shape();
        let count = |alternative| (0..cells).map(|cell| chosen[[cell, category, alternative]]).sum();
        (0..alternatives).map(count).collect()
    }

    /// What consumers were told last.
    pub fn market(&self) -> &Market {
        self.world.resource::<Market>()
    }

    /// Every consumer's columns, in the order of their numbers.
    pub fn columns(&mut self) -> Columns {
        columns(&mut self.world)
    }

    /// Where every consumer is at home.
    pub fn homes(&mut self) -> Homes {
        let shops = self.level().shops().len();
        homes::homes(&mut self.world, shops)
    }

    /// Where every merchant lists.
    pub fn stalls(&mut self) -> Stalls {
        stalls::stalls(&mut self.world)
    }

    /// The level that is played, with all that lasts of what has happened.
    pub fn level(&self) -> &Arc<Level> {
        &self.world.resource::<CurrentLevel>().0
    }

    /// What happened in the last turn; the opening before the first.
    pub fn outcome(&self) -> &Outcome {
        self.world.resource::<Outcome>()
    }

    /// All accounts.
    pub fn ledger(&self) -> &Ledger {
        self.world.resource::<Ledger>()
    }

    /// Orders of the last turn that were not legal, by platform.
    pub fn refusals(&self) -> &[Vec<Refusal>] {
        &self.world.resource::<Refusals>().0
    }

    /// A company's state, hidden parts included.
    pub fn company(&self, platform: usize) -> CompanyState {
        let company = self.world.entity(self.world.resource::<Roster>().companies[platform]);
        let part = "every company is spawned with it";
        CompanyState {
            policy: company.get::<Policy>().cloned().expect(part),
            funded: company.get::<Funded>().cloned().expect(part),
            stocks: company.get::<Stocks>().cloned().expect(part),
            trust: company.get::<Trust>().expect(part).0,
            year: company.get::<PastYear>().cloned().expect(part),
            cash: self.ledger().cash(platform),
            ownership: self.outcome().ownership[platform],
            claims: self.ledger().claims(platform),
            expected: self.outcome().expected[platform],
        }
    }

    /// How companies are joined, offers that wait for an answer included.
    pub fn ecosystem(&self) -> Ecosystem {
        let roster = self.world.resource::<Roster>();
        let services = roster.services.iter().filter_map(|&service| self.world.get::<ServiceState>(service));
        let engineering =
            |&company: &Entity| self.world.get::<Engineering>(company).cloned().unwrap_or_default();
        Ecosystem {
            services: services.cloned().collect(),
            engineering: roster.companies.iter().map(engineering).collect(),
            negotiations: self.world.resource::<Negotiations>().clone(),
            relations: self.world.resource::<Relations>().clone(),
        }
    }

    /// Who owns whom.
    pub fn capital(&self) -> &Capital {
        self.world.resource::<Capital>()
    }

    /// What everybody has lent.
    pub fn lending(&self) -> &Lending {
        self.world.resource::<Lending>()
    }

    /// What the regulator has on file.
    pub fn files(&self) -> &Files {
        self.world.resource::<Files>()
    }

    /// Who owes too much, and what an administrator sells.
    pub fn insolvencies(&self) -> &Insolvencies {
        self.world.resource::<Insolvencies>()
    }

    /// Whether a company's own CEO acts for it: it stands in the market, and no administrator runs it.
    pub fn acts(&self, platform: usize) -> bool {
        self.level().platforms[platform].here && self.insolvencies().administered(platform).is_none()
    }

    /// What the public expects of what was announced.
    pub fn expectations(&self) -> &Expectations {
        self.world.resource::<Expectations>()
    }

    /// What has happened by the level's events.
    pub fn chronicle(&self) -> &Chronicle {
        self.world.resource::<Chronicle>()
    }

    /// Smoothed presence by region and platform.
    pub fn presence(&self) -> &Grid<2> {
        &self.world.resource::<Presence>().0
    }

    /// Overwrites a company's hidden state: for tests that nobody else can see it.
    #[doc(hidden)]
    pub fn tamper(&mut self, platform: usize, brand: f64, cash: f64) {
        let company = self.world.resource::<Roster>().companies[platform];
        if let Some(mut stocks) = self.world.get_mut::<Stocks>(company) {
            stocks.brand = brand;
        }
        if let Some(mut policy) = self.world.get_mut::<Policy>(company) {
            policy.budgets.brand = brand;
        }
        let mut ledger = self.world.resource_mut::<Ledger>();
        ledger.pay(Flow::OpeningCapital, Account::Owners, Account::Platform(platform), cash);
    }
}

/// Fills a world in which nobody lives.
fn open(world: &mut World, level: &Arc<Level>, opening: &Opening, population: &Population) {
    let level = &opening.chronicle.in_force(level);
    let seed = population.seed;
    let outcome = opening.outcome(level);
    let shape = [level.platforms.len(), level.regions.len(), level.categories.len(), level.services.len()];
    let mut ledger = Ledger::new(shape[0], shape[1], shape[2], shape[3]);
    let ecosystem = &opening.ecosystem;
    let service_states = ecosystem.services();
    let (matching, ai) = (opening.matching(level), opening.ai(level));
    let companies = spawn_companies(world, opening, &mut ledger);
    claim(&mut ledger, &opening.lending);
    let services = spawn(world, &ecosystem.services);
    let signing = opening.signed(level).signing(level, seed, &service_states);
    let merchants = merchants_at_opening::spawn(world, level, &signing, population.merchants, seed);
    let charged = (&opening.charges, &opening.variety);
    let supply = merchants_at_opening::list_at_opening(world, level, seed, charged, &outcome);
    let presence = opening.presence(level);
    let mut offering = world.query::<(&Company, &Policy, &Funded, &Stocks, &Trust)>();
    let baskets = baskets(level, &outcome.sales, &outcome.users);
    let offers = offers(level, offering.iter(world), [&matching, &ai, &opening.opinion], &baskets);
    let appeal = opening.appeal(level, &offers, &supply, &presence);
    let cells = Cells::new(level, population.consumers);
    let ties = Ties::of(level, &service_states);
    let situation = Situation {
        level,
        offers: &offers,
        appeal: &appeal,
        presence: &presence,
        online: &opening.online,
        supply: &supply,
        cells: &cells,
        services: &service_states,
        ties: &ties,
    };
    let market = situation.market();
    let expected = ExpectedTreatment(situation.treatment(&market, &outcome));
    let mut charging = world.query::<(&Company, &Policy)>();
    let expected_fees =
        ExpectedFees(Terms::of(level, charging.iter(world), &opening.charges, &baskets).asked);
    let consumers = consumers_at_opening::spawn(
        world,
        level,
        &cells,
        &market,
        &opening.awareness,
        &opening.holdings,
        seed,
    );
    let shape = [cells.0.len(), level.categories.len(), level.shops().len(), level.wallets().len()];
    let choices = Choices::none(shape);

    let outcome = with_agents(world, level, opening, (&cells, &supply, &ledger), outcome);
    world.insert_resource(CurrentLevel(Arc::clone(level)));
    world.insert_resource(Clock { seed, turn: opening.turn });
    let roster = Roster { companies, services, merchants, consumers };
    let unchanging = Unchanging::of(world, &roster);
    world.insert_resource(roster);
    world.insert_resource(unchanging);
    world.insert_resource(Appeal(appeal));
    world.insert_resource(Adoption(opening.online.clone()));
    world.insert_resource(Threads(population.threads.clone()));
    world.insert_resource(Measure { surplus: population.measure_surplus });
    world.insert_resource(Presence(presence));
    past(world, opening);
    world.insert_resource(Matching(matching));
    world.insert_resource(Ai(ai));
    world.insert_resource(ties);
    world.insert_resource(PendingOrders::default());
    world.insert_resource(Refusals(vec![Vec::new(); level.platforms.len()]));
    world.insert_resource(expected);
    world.insert_resource(expected_fees);
    world.insert_resource(ledger);
    world.insert_resource(supply);
    world.insert_resource(market);
    world.insert_resource(cells);
    world.insert_resource(choices);
    world.insert_resource(outcome);
}

/// Gives a world what has happened before: between companies, by the level's events, and before the regulator and the public.
fn past(world: &mut World, opening: &Opening) {
    let platforms = opening.companies.len();
    world.insert_resource(opening.ecosystem.negotiations.clone());
    world.insert_resource(opening.ecosystem.relations.clone());
    world.insert_resource(News::default());
    world.insert_resource(opening.chronicle.clone());
    world.insert_resource(Answers::default());
    world.insert_resource(opening.files.clone());
    world.insert_resource(opening.lending.clone());
    world.insert_resource(opening.capital.clone());
    world.insert_resource(opening.insolvencies.clone());
    world.insert_resource(Bids::default());
    world.insert_resource(Pleas::default());
    world.insert_resource(opening.expectations.clone());
    world.insert_resource(Before::default());
    world.insert_resource(Fortunes::none(opening.ecosystem.services.len()));
    world.insert_resource(Public { opinion: opening.opinion.clone(), ..Public::none(platforms) });
}

/// Creates the companies with what they have to begin with.
fn spawn_companies(world: &mut World, opening: &Opening, ledger: &mut Ledger) -> Vec<Entity> {
    let spawned = opening.companies.iter().zip(&opening.ecosystem.engineering).enumerate();
    spawned
        .map(|(platform, (company, engineering))| {
            let account = Account::Platform(platform);
            ledger.pay(Flow::OpeningCapital, Account::Owners, account, company.cash);
            world
                .spawn((
                    Company(platform),
                    company.policy.clone(),
                    Funded { budgets: 1.0, coupons: 1.0, coupon_cash: 0.0 },
                    company.stocks.clone(),
                    Trust(company.trust),
                    company.year.clone(),
                    engineering.clone(),
                ))
                .id()
        })
        .collect()
}

/// Books what is owed to begin with.
fn claim(ledger: &mut Ledger, lending: &Lending) {
    for (platform, book) in lending.0.iter().enumerate() {
        let (owed, funds) = (book.owed(), book.funds());
        let claims = [(Account::Claims(platform), owed - funds), (Account::FundClaims, funds)];
        ledger.post_fen(Flow::OpeningCapital, claims.into_iter().chain([(Account::Debts, -owed)]));
    }
}

/// The opening's outcome, counted from the agents there are where they can be counted.
fn with_agents(
    world: &mut World,
    level: &Level,
    opening: &Opening,
    (cells, supply, ledger): (&Cells, &Supply, &Ledger),
    mut outcome: Outcome,
) -> Outcome {
    outcome.variety.clone_from(&supply.variety);
    outcome.price.clone_from(&supply.price);
    outcome.listed.clone_from(&supply.listed);
    // Churn in the first turn is counted from the agents there are, not from how many were expected.
    let buyers = consumers_at_opening::buyers_at_opening(world, cells.0.len(), level.shops().len());
    outcome.users.cells_mut().fill(0.0);
    for (number, cell) in cells.0.iter().enumerate() {
        for (shop, platform) in level.shops().into_iter().enumerate() {
            outcome.users[[cell.region, platform]] += buyers[[number, shop]] as f64 * cell.weight;
        }
    }
    let mut own = Vec::new();
    for (platform, company) in opening.companies.iter().enumerate() {
        let book = (company.cash, outcome.loans[platform].claims);
        let expected = (&opening.expectations, platform, opening.turn);
        let judged = judged(book, &company.year, &level.market, expected);
        own.push(judged.total());
        outcome.expected[platform] = judged.expected;
        outcome.cash_in_fen[platform] = ledger.balance(Account::Platform(platform));
    }
    appraise(&opening.capital, &own, &mut outcome);
    outcome
}

/// Creates the services as the start has them.
pub(in crate::sim) fn spawn(world: &mut World, services: &[ServiceState]) -> Vec<Entity> {
    services.iter().map(|service| world.spawn(service.clone()).id()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::Prepared;
    use crate::strategy;

    #[test]
    fn a_world_that_is_played_in_again_and_again_grows_no_longer() {
        let level = Level::find("arena/duel", &[], &strategy::vocabulary()).expect("is shipped");
        let Prepared { level, opening } = Prepared::new(level);
        let population =
            Population { consumers: 200, merchants: 60, seed: 1, threads: None, measure_surplus: false };
        let mut market = Simulation::new(&level, &opening, &population);
        let mut gone = |matches: usize| {
            for _ in 0..matches {
                market.restart(&level, &opening, &population);
                market.turn(vec![Orders::default(); level.platforms.len()]);
            }
            market.world.removed_components().iter().map(|(_, list)| list.len()).sum::<usize>()
        };
        let few = gone(3);
        assert!(few > 0 && gone(20) == few, "{few}");
    }
}
