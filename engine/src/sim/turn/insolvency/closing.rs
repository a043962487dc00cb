//! A company closes: who has its services, its loans and its debts, and what else ends with it.

use super::Estates;
use crate::level::events::Change;
use crate::level::services::ServiceKind;
use crate::order::Access;
use crate::sim::rules::third_parties::nobody_needs;
use crate::sim::state::companies::{PastYear, Stocks};
use crate::sim::state::engineering::{Engineering, Goal};
use crate::sim::state::events::Event;
use crate::sim::state::files::File;
use crate::sim::state::flow::Flow;
use crate::sim::state::insolvency::Solvency;
use crate::sim::state::ledger::Account;
use crate::sim::state::loans::{Cohort, Credit};
use crate::sim::state::negotiations::Agreement;

impl Estates<'_> {
    /// Outside funds take over, at book, what borrowers owe a company; whether that brings it back.
    pub(super) fn collect(&mut self, platform: usize) -> bool {
        let Some(book) = self.lending.0.get_mut(platform) else { return false };
        let claims = book.owed() - book.funds();
        let loans = |cohort: &mut Cohort| {
            cohort.loans.iter_mut().for_each(|loan| loan.funds = loan.owed);
        };
        book.merchants.iter_mut().chain(&mut book.buyers).for_each(loans);
        let (own, funds) = (Account::Platform(platform), Account::Funds);
        let cash = [(own, claims), (funds, -claims)];
        let owed = [(Account::Claims(platform), -claims), (Account::FundClaims, claims)];
        self.ledger.post_fen(Flow::Loans, cash.into_iter().chain(owed));
        self.outcome.loans[platform].claims = 0.0;
        self.cash(platform) >= 0
    }

    /// Closes a company for good. What it owns lives on by itself or goes, what it owes is its creditors' loss, and nothing is left of it
    /// that could be worth anything.
    pub(super) fn close(&mut self, platform: usize) {
        for service in &mut self.services {
            let counterpart = &mut service.counterparts[platform];
            (counterpart.granted, counterpart.used) = (Access::Blocked, Access::Blocked);
        }
        self.insolvencies.0[platform] = Solvency::default();
        for service in 0..self.services.len() {
            if self.level.services[service].owner == Some(platform) {
                self.set_free(service);
            }
        }
        let with = |agreement: &&Agreement| agreement.parties.contains(&platform);
        let over: Vec<u32> = self.negotiations.agreements.iter().filter(with).map(|a| a.number).collect();
        over.into_iter().for_each(|agreement| self.end(agreement));
        self.negotiations.offers.retain(|offer| offer.from != platform && offer.to != platform);
        let debt = -self.cash(platform);
        self.ledger
            .post_fen(Flow::WrittenOff, [(Account::Suppliers, -debt), (Account::Platform(platform), debt)]);
        self.forget(platform);
        self.change(Change::Leave { platform });
        self.outcome.news.push(Event::WoundUp { platform, debt });
    }

    /// A service that nobody has bought: it goes on as an independent firm. One that loses money closes down, unless somebody would be left
    /// without any of its kind.
    fn set_free(&mut self, service: usize) {
        let known: Vec<_> = self.services.iter().collect();
        let closes = self.outcome.service_profit[service] < 0.0 && nobody_needs(&self.level, &known, service);
        self.hand_over(service, None);
        let state = &mut self.services[service];
        let everybody = state.counterparts.iter_mut();
        if closes {
            state.capacity = state.capacity.map(|_| 0.0);
            everybody.for_each(|counterpart| counterpart.granted = Access::Blocked);
            self.outcome.news.push(Event::ClosedDown { service });
        } else if !matches!(self.level.services[service].kind, ServiceKind::App(_)) {
            // Independent wallets and carriers serve whoever comes.
            let all = everybody.zip(&self.level.platforms).filter(|(_, platform)| platform.here);
            all.for_each(|(counterpart, _)| counterpart.granted = Access::Native);
        }
    }

    /// Nothing is left of what it had built up, planned, remembered and was asked.
    fn forget(&mut self, platform: usize) {
        self.spend_nothing(platform);
        let (policy, stocks, year, engineering) = &mut self.companies[platform];
        policy.prices.exclusive = false;
        policy.prices.credit = Credit::default();
        let Stocks { brand, categories, stores, data, ai } = &mut **stocks;
        [brand, data, ai].into_iter().chain(categories).chain(stores).for_each(|stock| *stock = 0.0);
        **year = PastYear::default();
        engineering.projects.clear();
        for (.., others) in &mut self.companies {
            let Engineering { projects, .. } = &mut **others;
            projects.retain(|project| project.goal != Goal::Data(platform));
        }
        self.files.0[platform] = File::default();
        self.files.0.iter_mut().for_each(|file| file.walls.retain(|wall| wall.to != platform));
        self.chronicle.waiting.retain(|waiting| waiting.seat != platform);
    }
}
