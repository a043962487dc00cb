//! Companies that run out of money: told, run by an administrator, sold in parts, rescued or closed.

mod closing;
mod sale;

use std::sync::Arc;

use bevy::prelude::*;

use crate::level::Level;
use crate::level::events::Change;
use crate::sim::rules::capital::{bid, mood};
use crate::sim::rules::insolvency::{credit_line, is_on, lots, months};
use crate::sim::state::capital::Capital;
use crate::sim::state::chronicle::{Chronicle, Lasting};
use crate::sim::state::companies::{Company, Coupon, PastYear, Policy, Stocks};
use crate::sim::state::engineering::Engineering;
use crate::sim::state::events::Event;
use crate::sim::state::files::Files;
use crate::sim::state::insolvency::{Bids, Insolvencies, SealedBid};
use crate::sim::state::ledger::{Account, Ledger};
use crate::sim::state::loans::Lending;
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::services::ServiceState;
use crate::sim::state::world::{Clock, CurrentLevel};
use crate::sim::turn::settle::book;

/// Everything that belongs to companies and may change hands, or go. Lists are by platform, or by service.
struct Estates<'a> {
    level: Arc<Level>,
    clock: Clock,
    chronicle: &'a mut Chronicle,
    insolvencies: &'a mut Insolvencies,
    negotiations: &'a mut Negotiations,
    files: &'a mut Files,
    lending: &'a mut Lending,
    capital: &'a mut Capital,
    ledger: &'a mut Ledger,
    outcome: &'a mut Outcome,
    companies: Vec<(Mut<'a, Policy>, Mut<'a, Stocks>, Mut<'a, PastYear>, Mut<'a, Engineering>)>,
    services: Vec<ServiceState>,
}

/// At the end of a month: bids are opened, and companies that owe too much go a step further, or come back.
pub(in crate::sim) fn supervise(
    clock: Res<Clock>,
    (mut level, mut chronicle): (ResMut<CurrentLevel>, ResMut<Chronicle>),
    (mut insolvencies, mut bids): (ResMut<Insolvencies>, ResMut<Bids>),
    (mut negotiations, mut files, mut lending): (ResMut<Negotiations>, ResMut<Files>, ResMut<Lending>),
    (mut ledger, mut outcome, mut capital): (ResMut<Ledger>, ResMut<Outcome>, ResMut<Capital>),
    mut companies: Query<(&Company, &mut Policy, &mut Stocks, &mut PastYear, &mut Engineering)>,
    mut services: Query<&mut ServiceState>,
) {
    let bids = std::mem::take(&mut bids.0);
    let platforms = outcome.platforms();
    if insolvencies.0.is_empty() {
        let in_debt = |platform: usize| level.0.platforms[platform].here && ledger.cash(platform) < 0.0;
        if !is_on(&level.0.market) || !platforms.clone().any(in_debt) {
            return;
        }
        insolvencies.0.resize_with(level.0.platforms.len(), Default::default);
    }
    let mut companies: Vec<_> = companies.iter_mut().collect();
    companies.sort_by_key(|(company, ..)| company.0);
    let mut states: Vec<ServiceState> = services.iter().cloned().collect();
    states.sort_by_key(|service| service.number);
    let mut estates = Estates {
        level: Arc::clone(&level.0),
        clock: *clock,
        chronicle: &mut chronicle,
        insolvencies: &mut insolvencies,
        negotiations: &mut negotiations,
        files: &mut files,
        lending: &mut lending,
        capital: &mut capital,
        ledger: &mut ledger,
        outcome: &mut outcome,
        companies: companies.into_iter().map(|(_, p, s, y, e)| (p, s, y, e)).collect(),
        services: states,
    };
    estates.open(&bids);
    for platform in platforms {
        if estates.level.platforms[platform].here {
            estates.look_at(platform);
        }
    }
    let Estates { level: after, services: states, .. } = estates;
    level.0 = after;
    for mut service in &mut services {
        *service = states[service.number].clone();
    }
    book(&mut outcome, &ledger);
    for platform in outcome.platforms() {
        let insolvent = level.0.platforms[platform].left || insolvencies.administered(platform).is_some();
        outcome.insolvent[platform] = f64::from(u8::from(insolvent));
    }
    if insolvencies.0.iter().all(|solvency| *solvency == Default::default()) {
        insolvencies.0.clear();
    }
}

impl Estates<'_> {
    fn cash(&self, platform: usize) -> i128 {
        self.ledger.balance(Account::Platform(platform))
    }

    /// Brings a change of the level about, for good.
    fn change(&mut self, change: Change) {
        self.chronicle.lasting.push(Lasting { change, until: None });
        self.level = self.chronicle.in_force(&self.level);
    }

    /// What is for sale goes to whoever bids most for it and can pay.
    fn open(&mut self, bids: &[SealedBid]) {
        let lots: Vec<_> = self.insolvencies.lots().collect();
        for (seller, lot) in lots {
            self.sell(seller, lot.service, bids);
        }
    }

    /// A company at the end of a month.
    fn look_at(&mut self, platform: usize) {
        let now = self.clock.turn;
        let cash = self.cash(platform);
        let Some(until) = self.insolvencies.0[platform].until else { return self.count(platform) };
        // It sells no more than it must: the CEO is back as soon as everybody can be paid.
        if cash >= 0 || now >= until && self.collect(platform) {
            self.insolvencies.0[platform] = Default::default();
            self.outcome.news.push(Event::Rescued { platform });
        } else if now >= until {
            self.close(platform);
        } else {
            self.insolvencies.0[platform].lots = lots(&self.level, self.outcome, platform);
        }
    }

    /// Counts the months in which a company that acts for itself owes too much.
    fn count(&mut self, platform: usize) {
        let market = &self.level.market;
        let cash = self.ledger.cash(platform);
        let patience = months(market.distress_months);
        let beyond = patience > 0 && cash < -credit_line(market, self.outcome, platform);
        let solvency = &mut self.insolvencies.0[platform];
        solvency.overdrawn = if patience > 0 && cash < 0.0 { solvency.overdrawn + 1 } else { 0 };
        solvency.beyond = if beyond { solvency.beyond + 1 } else { 0 };
        if beyond && solvency.beyond >= patience {
            self.appoint(platform);
        } else if solvency.overdrawn == 1 {
            let months = patience - solvency.beyond;
            self.outcome.news.push(Event::Distressed { platform, months });
        }
    }

    /// An administrator takes over: nothing more is spent that need not be, prices stand, and all that is owned is for sale.
    fn appoint(&mut self, platform: usize) {
        let until = self.clock.turn + months(self.level.market.administration_months);
        let solvency = &mut self.insolvencies.0[platform];
        solvency.until = Some(until);
        solvency.lots = lots(&self.level, self.outcome, platform);
        self.spend_nothing(platform);
        let mood = mood(&self.level, self.capital, self.outcome);
        let brings = |of: usize, part: f64| bid(&self.level, mood, self.outcome.market_value[of], part);
        self.capital.liquidate(platform, brings);
        // Nobody stands by an offer of before, or answers one.
        self.negotiations.offers.retain(|offer| offer.from != platform && offer.to != platform);
        self.outcome.news.push(Event::Administered { platform, until });
    }

    fn spend_nothing(&mut self, platform: usize) {
        let (policy, ..) = &mut self.companies[platform];
        policy.budgets.clear();
        policy.prices.coupons.cells_mut().fill(Coupon::default());
    }
}
