//! Money changes hands: consumers' choices become sales, fees, coupons and costs, each posted in the ledger.

mod loans;
mod parcels;
mod payments;
mod promises;
mod shares;
mod visits;

use bevy::prelude::*;

use crate::level::Level;
use crate::order::{Access, Audience};
use crate::sim::grid::Grid;
use crate::sim::rules::trust::fraud_rate;
use crate::sim::rules::visibility::{seen, visibility};
use crate::sim::state::capital::Capital;
use crate::sim::state::cells::Cells;
use crate::sim::state::choices::Choices;
use crate::sim::state::chronicle::Chronicle;
use crate::sim::state::companies::{Company, Funded, PastYear, Policy};
use crate::sim::state::engineering::Engineering;
use crate::sim::state::events::News;
use crate::sim::state::files::Files;
use crate::sim::state::flow::Flow;
use crate::sim::state::ledger::{Account, Ledger};
use crate::sim::state::loans::Lending;
use crate::sim::state::merchants::Supply;
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::relations::Relations;
use crate::sim::state::services::{ServiceState, in_order};
use crate::sim::state::world::CurrentLevel;

/// Posts every flow of every company, and notes what each amounted to.
pub(in crate::sim) fn settle(
    level: Res<CurrentLevel>,
    (cells, choices): (Res<Cells>, Res<Choices>),
    (supply, negotiations, news, relations): (Res<Supply>, Res<Negotiations>, Res<News>, Res<Relations>),
    (mut ledger, mut chronicle, mut files): (ResMut<Ledger>, ResMut<Chronicle>, ResMut<Files>),
    (mut outcome, mut lending, mut capital): (ResMut<Outcome>, ResMut<Lending>, ResMut<Capital>),
    companies: Query<(&Company, &Policy, &Funded)>,
    engineers: Query<(&Company, &Engineering, &PastYear)>,
    services: Query<&ServiceState>,
) {
    let level = &level.0;
    let visible: Vec<f64> = if level.market.blindness > 0.0 {
        let visible = |platform| visibility(level, &seen(level, &outcome, &negotiations, platform));
        outcome.platforms().map(visible).collect()
    } else {
        vec![1.0; level.platforms.len()]
    };
    outcome.visibility.clone_from(&visible);
    ledger.open_turn();
    let here = companies.iter().filter(|(company, ..)| level.platforms[company.0].here);
    for (&Company(platform), policy, funded) in here {
        let mut books = Books {
            level,
            ledger: &mut ledger,
            outcome: &outcome,
            policy,
            funded,
            platform,
            visible: visible[platform],
        };
        let account = Account::Platform(platform);
        books.ledger.pay(Flow::FixedCosts, account, Account::Suppliers, level.platforms[platform].fixed_cost);
        if let Some(shop) = level.shops().iter().position(|&shop| shop == platform) {
            books.sales();
            books.fees();
            books.coupons(&cells, &choices, &lending, shop);
            books.members();
            books.costs();
        }
    }
    let services = in_order(services.iter());
    let mut visits = Grid::filled([level.platforms.len(), level.apps().len()], 0.0);
    for (&Company(platform), policy, funded) in &companies {
        for (app, budget) in policy.budgets.visits.iter().enumerate() {
            visits[[platform, app]] = budget * funded.budgets;
        }
        let engineers = policy.budgets.engineering * funded.budgets;
        ledger.pay(Flow::Engineering, Account::Platform(platform), Account::Suppliers, engineers);
    }
    payments::settle(level, &services, &mut outcome, &mut ledger);
    parcels::settle(level, &services, &supply.carriers, &mut outcome, &mut ledger);
    visits::settle(level, &services, |platform, app| visits[[platform, app]], &mut outcome, &mut ledger);
    promises::settle(&negotiations, &mut ledger);
    loans::settle(level, &mut lending, &mut outcome, &mut ledger);
    // Nobody pays a company that has closed, or gets anything of it.
    let owed = std::mem::take(&mut chronicle.owed).into_iter();
    for (platform, yuan) in owed.filter(|(platform, _)| !level.platforms[*platform].left) {
        ledger.pay(Flow::Events, Account::Suppliers, Account::Platform(platform), yuan);
    }
    for (platform, file) in files.0.iter_mut().enumerate() {
        let fine = std::mem::take(&mut file.due) as f64 / 100.0;
        ledger.pay(Flow::Fines, Account::Platform(platform), Account::Suppliers, fine);
    }
    shares::settle(level, &mut capital, &outcome, &mut ledger);
    let mut years: Vec<_> = engineers.iter().map(|(company, _, year)| (company.0, year)).collect();
    years.sort_by_key(|(platform, _)| *platform);
    shares::pay_out(&mut capital, &years, &mut ledger);
    outcome.news.clone_from(&news.0);
    ties(level, &negotiations, &relations, &services, &mut outcome);
    for (&Company(platform), engineering, _) in &engineers {
        outcome.projects[platform] = engineering.projects.len() as f64;
    }
    book(&mut outcome, &ledger);
    for (&Company(platform), policy, funded) in &companies {
        if level.sells(platform) {
            let governance = policy.budgets.governance * funded.budgets;
            outcome.fraud[platform] =
                fraud_rate(governance, outcome.gmv(platform), visible[platform], &level.market);
        }
    }
}

/// Notes how companies stand to each other.
fn ties(
    level: &Level,
    negotiations: &Negotiations,
    relations: &Relations,
    services: &[&ServiceState],
    outcome: &mut Outcome,
) {
    for platform in outcome.platforms() {
        let with = negotiations.agreements.iter().filter(|agreement| agreement.parties.contains(&platform));
        outcome.agreements[platform] = with.count() as f64;
        let others = (level.platforms.len() - 1).max(1) as f64;
        let thought = outcome.platforms().map(|other| relations.0[[other, platform]]).sum::<f64>();
        outcome.opinion[platform] = thought / others;
        let used = services.iter().filter(|service| {
            let depth = service.counterparts[platform].in_force();
            level.services[service.number].owner != Some(platform) && depth > Access::Advert
        });
        outcome.integrated[platform] = used.count() as f64;
    }
}

/// Notes what each company's flows amounted to, and what it has.
pub(in crate::sim) fn book(outcome: &mut Outcome, ledger: &Ledger) {
    for platform in outcome.platforms() {
        outcome.flows[platform] = ledger.flows(platform).to_vec();
        outcome.profit[platform] = ledger.profit(platform);
        outcome.cash[platform] = ledger.cash(platform);
        outcome.cash_in_fen[platform] = ledger.balance(Account::Platform(platform));
    }
}

/// One company's books of the turn.
struct Books<'a> {
    level: &'a Level,
    ledger: &'a mut Ledger,
    outcome: &'a Outcome,
    policy: &'a Policy,
    funded: &'a Funded,
    platform: usize,
    /// How far its policing sees anything, 0 to 1.
    visible: f64,
}

impl Books<'_> {
    fn regions(&self) -> std::ops::Range<usize> {
        0..self.level.regions.len()
    }

    fn categories(&self) -> std::ops::Range<usize> {
        0..self.level.categories.len()
    }

    fn sold(&self, region: usize, category: usize) -> f64 {
        self.outcome.sales[[region, category, self.platform]]
    }

    /// Consumers pay merchants.
    fn sales(&mut self) {
        let payers = self
            .regions()
            .map(|region| (Account::Consumers(region), -self.outcome.region_sales(region, self.platform)));
        let receivers = self.categories().map(|category| {
            (Account::Merchants(category), self.outcome.category_sales(category, self.platform))
        });
        let legs: Vec<_> = payers.chain(receivers).collect();
        self.ledger.post(Flow::Sales, legs);
    }

    /// Merchants and consumers pay the platform.
    fn fees(&mut self) {
        let account = Account::Platform(self.platform);
        let advert_rate = self.policy.prices.adverts(&self.level.market);
        for (flow, rates) in [
            (Flow::Commissions, self.policy.prices.take_rates.clone()),
            (Flow::Adverts, vec![advert_rate; self.level.categories.len()]),
        ] {
            let paid: Vec<f64> = self
                .categories()
                .map(|category| rates[category] * self.outcome.category_sales(category, self.platform))
                .collect();
            let payers =
                paid.iter().enumerate().map(|(category, &paid)| (Account::Merchants(category), -paid));
            let legs: Vec<_> = payers.chain([(account, paid.iter().sum())]).collect();
            self.ledger.post(flow, legs);
        }
        for region in self.regions() {
            let fee =
                |category| self.policy.prices.consumer_fees[[region, category]] * self.sold(region, category);
            let paid = self.categories().map(fee).sum();
            self.ledger.pay(Flow::ConsumerFees, Account::Consumers(region), account, paid);
        }
    }

    /// The platform pays for coupons, on the sales they were meant for and up to the cash there is.
    fn coupons(&mut self, cells: &Cells, choices: &Choices, lending: &Lending, shop: usize) {
        let mut due = vec![0.0; self.level.regions.len()];
        for (number, cell) in cells.0.iter().enumerate() {
            for category in self.categories() {
                let coupon = self.policy.prices.coupons[[cell.region, category]];
                if coupon.depth > 0.0 {
                    let buyers = match coupon.audience {
                        Audience::Everyone => choices.chosen[[number, category, shop]],
                        Audience::Switchers => choices.switched[[number, category, shop]],
                    };
                    let more = lending.spending(&self.level.market, cell.region, self.platform);
                    let sales = buyers as f64 * cell.spend[category] * more;
                    due[cell.region] += sales * coupon.depth * self.funded.coupons;
                }
            }
        }
        let all: f64 = due.iter().sum();
        // Cash covers a usual month's takers. When a rival's blunder or newcomers bring more, the last find the
        // coupons gone.
        let paid = if all > self.funded.coupon_cash { self.funded.coupon_cash / all } else { 1.0 };
        for (region, due) in due.into_iter().enumerate() {
            let (from, to) = (Account::Platform(self.platform), Account::Consumers(region));
            self.ledger.pay(Flow::Coupons, from, to, due * paid);
        }
    }

    /// Members and listed merchants pay, and cost.
    fn members(&mut self) {
        let shop = self.level.platforms[self.platform].shop.as_ref();
        let (cost, merchant_cost) =
            shop.map_or((0.0, 0.0), |shop| (shop.cost_per_member, shop.cost_per_merchant));
        let account = Account::Platform(self.platform);
        for region in self.regions() {
            let members = self.outcome.users[[region, self.platform]];
            let fees = members * self.policy.prices.membership_fee;
            self.ledger.pay(Flow::Memberships, Account::Consumers(region), account, fees);
            self.ledger.pay(Flow::MemberCosts, account, Account::Suppliers, members * cost);
        }
        for category in self.categories() {
            let listed = self.outcome.listed[[category, self.platform]];
            let fees = listed * self.policy.prices.merchant_fee;
            self.ledger.pay(Flow::Listings, Account::Merchants(category), account, fees);
            let costs = listed * merchant_cost;
            self.ledger.pay(Flow::MerchantCosts, account, Account::Suppliers, costs);
        }
    }

    /// The platform pays for its business and its plans.
    fn costs(&mut self) {
        let market = &self.level.market;
        let account = Account::Platform(self.platform);
        let sold = self.outcome.gmv(self.platform);
        let factor = self.funded.budgets;
        let governance = self.policy.budgets.governance * factor;
        let fraud = fraud_rate(governance, sold, self.visible, market);
        for region in self.regions() {
            let refund = self.outcome.region_sales(region, self.platform) * fraud * market.fraud_refund;
            self.ledger.pay(Flow::FraudRefunds, account, Account::Consumers(region), refund);
        }
        let categories: f64 = self.policy.budgets.categories.iter().sum();
        let marketing: f64 = self.policy.budgets.marketing.iter().sum();
        for (flow, yuan) in [
            (Flow::Operations, sold * market.operating_cost),
            (Flow::Brand, self.policy.budgets.brand * factor),
            (Flow::Categories, categories * factor),
            (Flow::Marketing, marketing * factor),
            (Flow::Governance, governance),
            (Flow::Ai, self.policy.budgets.ai * factor),
            (Flow::Stores, self.policy.budgets.stores.iter().sum::<f64>() * factor),
        ] {
            self.ledger.pay(flow, account, Account::Suppliers, yuan);
        }
        let rewards = self.policy.budgets.invitations * factor;
        for region in self.regions() {
            let part = self.level.region_potential(region) / self.level.total_potential();
            self.ledger.pay(Flow::Invitations, account, Account::Consumers(region), rewards * part);
        }
    }
}
