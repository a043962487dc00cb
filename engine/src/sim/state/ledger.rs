//! Double-entry book-keeping in whole fen. Every flow of money passes through [`Ledger::post`], and the sum over
//! all accounts is exactly zero at all times. Amounts have 128 bits: whatever a level may state fits, times the longest match.

use bevy::prelude::Resource;
use bevy::prelude::*;

use crate::level::Level;
use crate::sim::state::flow::Flow;

/// Fen in a yuan.
const FEN: f64 = 100.0;

/// Whose money it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// A company, by platform index: its balance is its cash.
    Platform(usize),
    /// The people of a region.
    Consumers(usize),
    /// The merchants of a category.
    Merchants(usize),
    /// An independent firm, by service index.
    Service(usize),
    /// Everybody else whom companies pay, and who pay them from outside: agencies, engineers, landlords, advertisers, the state.
    Suppliers,
    /// People who own companies: where opening cash comes from, and where dividends go.
    Owners,
    /// What rounding to whole fen leaves over.
    Rounding,
    /// What borrowers owe a company: a claim, and no cash.
    Claims(usize),
    /// Outside funds that lend through platforms: their cash.
    Funds,
    /// What borrowers owe outside funds.
    FundClaims,
    /// All that borrowers owe, below 0: the other side of every claim.
    Debts,
}

impl Account {
    /// Whose money a service earns: its owner's, or that of an independent firm.
    pub fn provider(level: &Level, service: usize) -> Self {
        level.services[service].owner.map_or(Self::Service(service), Self::Platform)
    }
}

/// All accounts, and what each company took in and paid out this turn.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Ledger {
    platforms: usize,
    regions: usize,
    categories: usize,
    /// Where the accounts of credit begin among the balances.
    credit: usize,
    balances: Vec<i128>,
    flows: Vec<[i128; Flow::ALL.len()]>,
}

impl Ledger {
    /// Empty books.
    pub fn new(platforms: usize, regions: usize, categories: usize, services: usize) -> Self {
        let credit = platforms + regions + categories + services + 3;
        Self {
            platforms,
            regions,
            categories,
            credit,
            balances: vec![0; credit + 3 + platforms],
            flows: vec![[0; Flow::ALL.len()]; platforms],
        }
    }

    fn index(&self, account: Account) -> usize {
        match account {
            Account::Rounding => 0,
            Account::Owners => 1,
            Account::Suppliers => 2,
            Account::Platform(platform) => 3 + platform,
            Account::Consumers(region) => 3 + self.platforms + region,
            Account::Merchants(category) => 3 + self.platforms + self.regions + category,
            Account::Service(service) => 3 + self.platforms + self.regions + self.categories + service,
            Account::Funds => self.credit,
            Account::FundClaims => self.credit + 1,
            Account::Debts => self.credit + 2,
            Account::Claims(platform) => self.credit + 3 + platform,
        }
    }

    /// Posts one flow: what each account receives (or, negative, pays), in yuan. A company's flows are noted. Each leg
    /// is rounded to whole fen here and nowhere else; what the rounded legs lack to zero goes to `Rounding`.
    pub fn post(&mut self, flow: Flow, legs: impl IntoIterator<Item = (Account, f64)>) {
        self.post_fen(flow, legs.into_iter().map(|(account, yuan)| (account, (yuan * FEN).round() as i128)));
    }

    /// The same of legs that are whole fen already.
    pub fn post_fen(&mut self, flow: Flow, legs: impl IntoIterator<Item = (Account, i128)>) {
        let mut sum = 0;
        for (account, fen) in legs {
            sum += fen;
            let index = self.index(account);
            self.balances[index] += fen;
            match account {
                Account::Platform(company) => self.flows[company][flow as usize] += fen,
                // A claim that is lost costs profit and no cash: so much less was lent on balance.
                Account::Claims(company) if flow.is_operating() => {
                    self.flows[company][flow as usize] += fen;
                    self.flows[company][Flow::Loans as usize] -= fen;
                }
                _ => {}
            }
        }
        self.balances[0] -= sum;
    }

    /// Posts a payment from one account to another.
    pub fn pay(&mut self, flow: Flow, from: Account, to: Account, yuan: f64) {
        self.post(flow, [(from, -yuan), (to, yuan)]);
    }

    /// Forgets the flows of the last turn; balances stay.
    pub fn open_turn(&mut self) {
        self.flows.fill([0; Flow::ALL.len()]);
    }

    /// Balance of an account, in fen.
    pub fn balance(&self, account: Account) -> i128 {
        self.balances[self.index(account)]
    }

    /// Cash of a company, in yuan.
    pub fn cash(&self, platform: usize) -> f64 {
        self.balance(Account::Platform(platform)) as f64 / FEN
    }

    /// What a company received (or, negative, paid) under a heading this turn, in yuan.
    pub fn flow(&self, platform: usize, flow: Flow) -> f64 {
        self.flows[platform][flow as usize] as f64 / FEN
    }

    /// The same of every flow, by number, in fen.
    pub fn flows(&self, platform: usize) -> [i128; Flow::ALL.len()] {
        self.flows[platform]
    }

    /// All operating postings of a company this turn, in yuan.
    pub fn profit(&self, platform: usize) -> f64 {
        let operating = Flow::ALL.into_iter().filter(|flow| flow.is_operating());
        operating.map(|flow| self.flows[platform][flow as usize]).sum::<i128>() as f64 / FEN
    }

    /// Sum over all accounts, in fen: zero, or there is an error in the books.
    pub fn sum(&self) -> i128 {
        self.balances.iter().sum()
    }

    /// What borrowers owe a company, in yuan.
    pub fn claims(&self, platform: usize) -> f64 {
        self.balance(Account::Claims(platform)) as f64 / FEN
    }

    /// Every balance, in a fixed order, for the state hash; those of credit only where there has been any, so that other states hash
    /// as they always have.
    pub fn balances(&self) -> &[i128] {
        let (known, credit) = self.balances.split_at(self.credit);
        if credit.iter().all(|balance| *balance == 0) { known } else { &self.balances }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legs_that_round_apart_still_sum_to_zero() {
        let mut ledger = Ledger::new(1, 3, 1, 0);
        let third = 1.0 / 3.0;
        let payers = (0..3).map(|region| (Account::Consumers(region), -third));
        ledger.post(Flow::Sales, payers.chain([(Account::Merchants(0), 1.0)]));
        assert_eq!(ledger.balance(Account::Rounding), -1);
        assert_eq!(ledger.sum(), 0);
    }

    #[test]
    fn opening_cash_is_no_profit_and_a_fee_is() {
        let mut ledger = Ledger::new(2, 1, 1, 0);
        ledger.pay(Flow::OpeningCapital, Account::Owners, Account::Platform(1), 50.0);
        ledger.pay(Flow::Commissions, Account::Merchants(0), Account::Platform(1), 7.5);
        assert_eq!((ledger.cash(1), ledger.profit(1), ledger.profit(0)), (57.5, 7.5, 0.0));
        ledger.open_turn();
        assert_eq!((ledger.cash(1), ledger.profit(1)), (57.5, 0.0));
    }

    #[test]
    fn lending_is_no_profit_and_a_default_is_a_loss_that_moves_no_cash() {
        let mut ledger = Ledger::new(1, 1, 1, 0);
        let (me, mine) = (Account::Platform(0), Account::Claims(0));
        let lent = [(me, -700), (Account::Funds, -300), (Account::Merchants(0), 1_000)];
        let owed = [(mine, 700), (Account::FundClaims, 300), (Account::Debts, -1_000)];
        ledger.post_fen(Flow::Loans, lent.into_iter().chain(owed));
        assert_eq!((ledger.cash(0), ledger.claims(0), ledger.profit(0)), (-7.0, 7.0, 0.0));
        ledger.post_fen(Flow::Defaults, [(mine, -50), (Account::FundClaims, -20), (Account::Debts, 70)]);
        assert_eq!((ledger.cash(0), ledger.claims(0), ledger.profit(0)), (-7.0, 6.5, -0.5));
        assert_eq!(ledger.flow(0, Flow::Loans), -6.5, "cash is profit and what loans took of it");
        assert_eq!(ledger.sum(), 0);
    }

    #[test]
    fn states_without_credit_have_the_balances_that_they_always_had() {
        let mut ledger = Ledger::new(2, 1, 1, 0);
        assert_eq!(ledger.balances().len(), 7);
        ledger.post_fen(Flow::Loans, [(Account::Claims(1), 1), (Account::Debts, -1)]);
        assert_eq!(ledger.balances().len(), 12);
    }
}
