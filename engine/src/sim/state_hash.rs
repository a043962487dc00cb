//! A hash of the whole state of a match, by which two matches are the same or are not.

use crate::sim::reading::sums::{COLUMNS, State, Unchanging};
use crate::sim::simulation::Simulation;
use crate::sim::state::choices::ExpectedTreatment;
use crate::sim::state::companies::Policy;
use crate::sim::state::consumers::{ConsumerBlock, Known, LastChoice, Wallets};
use crate::sim::state::fortunes::Fortunes;
use crate::sim::state::loans::Credit;
use crate::sim::state::merchants::{Contracts, ExpectedFees, Listed};
use crate::sim::state::public::Public;
use crate::sim::state::world::{Adoption, Clock, Roster};

impl Simulation {
    /// Hash over the whole canonical state: every column of every agent, the companies and the books. Blocks are
    /// taken by their agents' numbers, never by entity.
    pub fn state_hash(&self) -> blake3::Hash {
        let mut state = State::default();
        let mut number = |value: f64| state.add(&value.to_le_bytes());
        for platform in 0..self.level().platforms.len() {
            let company = self.company(platform);
            let Policy { prices, budgets } = &company.policy;
            let single = [
                company.trust,
                company.stocks.brand,
                prices.advert_load,
                prices.membership_fee,
                prices.merchant_fee,
                budgets.brand,
                budgets.governance,
                budgets.engineering,
                budgets.invitations,
                company.stocks.data,
            ];
            single.into_iter().for_each(&mut number);
            let stocks = [&company.stocks.categories, &company.stocks.stores];
            let spent = [&budgets.categories, &budgets.marketing, &budgets.visits, &budgets.stores];
            let lists = stocks.into_iter().chain(spent).chain([&prices.take_rates]);
            lists.flatten().chain(prices.consumer_fees.cells()).copied().for_each(&mut number);
            for coupon in prices.coupons.cells() {
                number(coupon.depth);
                number(f64::from(coupon.audience as u8));
            }
            // Nothing where nobody is bound, as states have always hashed.
            if prices.exclusive {
                number(1.0);
            }
            // Nothing where nobody has spent on AI.
            [budgets.ai, company.stocks.ai].into_iter().filter(|yuan| *yuan != 0.0).for_each(&mut number);
            if prices.credit != Credit::default() {
                let Credit { merchants, buyers, funds } = prices.credit;
                [merchants.rate, merchants.standard, buyers.rate, buyers.standard, funds]
                    .into_iter()
                    .for_each(&mut number);
            }
            company.year.profits.iter().chain(&company.year.sales).copied().for_each(&mut number);
        }
        self.presence().cells().iter().copied().for_each(&mut number);
        self.world.resource::<Adoption>().0.iter().copied().for_each(&mut number);
        self.world.resource::<ExpectedTreatment>().0.cells().iter().copied().for_each(&mut number);
        self.world.resource::<ExpectedFees>().0.iter().flatten().copied().for_each(&mut number);
        for balance in self.ledger().balances() {
            // 64 bits where they do: then states hash as they always have.
            match i64::try_from(*balance) {
                Ok(balance) => state.add(&balance.to_le_bytes()),
                Err(_) => state.add(&balance.to_le_bytes()),
            }
        }
        // Plain data always have a form in bytes.
        state.add(&postcard::to_allocvec(&self.ecosystem()).unwrap_or_default());
        // Where nobody has done anything that people mind, states hash as they always have.
        for (platform, opinion) in self.world.resource::<Public>().opinion.iter().enumerate() {
            if *opinion != 0.0 {
                state.add(&(platform as u64).to_le_bytes());
                state.add(&opinion.to_le_bytes());
            }
        }
        if self.level().regulator.is_some() {
            state.add(&postcard::to_allocvec(self.files()).unwrap_or_default());
        }
        if self.level().market.third_party_response > 0.0 {
            let fortunes = self.world.resource::<Fortunes>();
            state.add(&postcard::to_allocvec(fortunes).unwrap_or_default());
        }
        if !self.capital().is_plain() {
            state.add(&postcard::to_allocvec(self.capital()).unwrap_or_default());
        }
        if !self.lending().0.is_empty() {
            state.add(&postcard::to_allocvec(self.lending()).unwrap_or_default());
        }
        if !self.expectations().is_empty() {
            state.add(&postcard::to_allocvec(self.expectations()).unwrap_or_default());
        }
        if !self.insolvencies().0.is_empty() {
            state.add(&postcard::to_allocvec(self.insolvencies()).unwrap_or_default());
        }
        // What has been sold and who has closed lasts, also where nothing else happens.
        if self.level().is_eventful() || !self.chronicle().lasting.is_empty() {
            state.add(&postcard::to_allocvec(self.chronicle()).unwrap_or_default());
        }
        state.add(&self.world.resource::<Clock>().turn.to_le_bytes());
        self.add_agents(&mut state);
        state.hash()
    }

    fn add_agents(&self, state: &mut State) {
        let roster = self.world.resource::<Roster>();
        state.add(self.world.resource::<Unchanging>().0.as_bytes());
        for &block in &roster.merchants {
            let columns = self.world.entity(block).get_components::<(&Listed, &Contracts)>();
            let (listed, contracts) = columns.expect(COLUMNS);
            state.column(&contracts.carrier);
            state.column(&contracts.months);
            state.column(&listed.0);
        }
        type Consumers = (&'static ConsumerBlock, &'static Known, &'static LastChoice, &'static Wallets);
        for &block in &roster.consumers {
            let columns = self.world.entity(block).get_components::<Consumers>();
            let (block, known, last, wallets) = columns.expect(COLUMNS);
            state.add(&(block.online as u64).to_le_bytes());
            state.column(&wallets.0);
            state.column(&known.0);
            state.column(&last.0);
        }
    }
}
