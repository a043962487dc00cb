//! Double-entry book-keeping in whole fen. Every flow of money passes through [`Ledger::post`], and the sum over
//! all accounts is exactly zero at all times. Amounts have 128 bits: whatever a level may state fits, times the longest match.

use bevy::prelude::Resource;
use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::level::Level;

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

/// Why money moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// Opening cash; no part of profit.
    OpeningCapital,
    /// Consumers buy from merchants on the platform; no part of the platform's profit.
    Sales,
    /// Merchants pay commission.
    Commissions,
    /// Merchants pay for adverts.
    Adverts,
    /// Consumers pay a fee on the price.
    ConsumerFees,
    /// Members pay for being members.
    Memberships,
    /// Merchants pay for being listed.
    Listings,
    /// The platform pays for coupons.
    Coupons,
    /// The platform makes good a part of fraud.
    FraudRefunds,
    /// Handling sales.
    Operations,
    /// Serving members.
    MemberCosts,
    /// Serving listed merchants.
    MerchantCosts,
    /// Existing.
    FixedCosts,
    /// Brand investment.
    Brand,
    /// Category investment.
    Categories,
    /// Marketing.
    Marketing,
    /// Governance.
    Governance,
    /// Merchants pay for payments with a wallet.
    WalletFees,
    /// Handling payments.
    WalletCosts,
    /// What habitual users of a wallet bring in beyond checkout.
    WalletIncome,
    /// Merchants pay for parcels.
    Shipping,
    /// Carrying parcels.
    Carriage,
    /// Room for parcels, used or not.
    Fleet,
    /// Building more room.
    Building,
    /// What a crowd's surcharge costs the platform whose parcels it takes.
    Overflow,
    /// Platforms pay for sales that an app refers.
    LinkFees,
    /// Advertisers pay for the attention of an app's users.
    AttentionSold,
    /// Visits bought from an app's owner.
    Visits,
    /// Rewards for inviting friends.
    Invitations,
    /// Physical stores.
    Stores,
    /// Engineers.
    Engineering,
    /// Payments that agreements provide for.
    AgreementPayments,
    /// For breaking agreements.
    Penalties,
    /// What events of the level bring, or cost.
    Events,
    /// The regulator's fines.
    Fines,
    /// Artificial intelligence.
    Ai,
    /// Lent, less what came back or was written off: what cash a company's claims took; no part of profit.
    Loans,
    /// Borrowers pay interest.
    Interest,
    /// Claims written off, and losses of outside funds made good.
    Defaults,
    /// What comes back of claims written off.
    Recoveries,
    /// Shares bought and sold, own new ones among them; no part of profit.
    Shares,
    /// Profits paid out, and received from others; no part of profit.
    Dividends,
    /// What the public has of the profits of listed services.
    Minorities,
    /// Services bought from a company that an administrator runs; an exchange of one thing owned for another, and no part of profit.
    Takeovers,
    /// Debts of a company that closes, which its creditors bear; no part of profit.
    WrittenOff,
}

impl Flow {
    /// Every flow, in the order of their numbers.
    pub const ALL: [Self; 45] = [
        Self::OpeningCapital,
        Self::Sales,
        Self::Commissions,
        Self::Adverts,
        Self::ConsumerFees,
        Self::Memberships,
        Self::Listings,
        Self::Coupons,
        Self::FraudRefunds,
        Self::Operations,
        Self::MemberCosts,
        Self::MerchantCosts,
        Self::FixedCosts,
        Self::Brand,
        Self::Categories,
        Self::Marketing,
        Self::Governance,
        Self::WalletFees,
        Self::WalletCosts,
        Self::WalletIncome,
        Self::Shipping,
        Self::Carriage,
        Self::Fleet,
        Self::Building,
        Self::Overflow,
        Self::LinkFees,
        Self::AttentionSold,
        Self::Visits,
        Self::Invitations,
        Self::Stores,
        Self::Engineering,
        Self::AgreementPayments,
        Self::Penalties,
        Self::Events,
        Self::Fines,
        Self::Ai,
        Self::Loans,
        Self::Interest,
        Self::Defaults,
        Self::Recoveries,
        Self::Shares,
        Self::Dividends,
        Self::Minorities,
        Self::Takeovers,
        Self::WrittenOff,
    ];

    /// What it is called in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::OpeningCapital => "opening capital",
            Self::Sales => "sales",
            Self::Commissions => "commissions",
            Self::Adverts => "adverts",
            Self::ConsumerFees => "consumer fees",
            Self::Memberships => "memberships",
            Self::Listings => "merchant fees",
            Self::Coupons => "coupons",
            Self::FraudRefunds => "fraud refunds",
            Self::Operations => "operations",
            Self::MemberCosts => "member costs",
            Self::MerchantCosts => "merchant costs",
            Self::FixedCosts => "fixed costs",
            Self::Brand => "brand",
            Self::Categories => "category investment",
            Self::Marketing => "marketing",
            Self::Governance => "governance",
            Self::WalletFees => "wallet fees",
            Self::WalletCosts => "wallet costs",
            Self::WalletIncome => "wallet income",
            Self::Shipping => "shipping",
            Self::Carriage => "carriage",
            Self::Fleet => "fleet",
            Self::Building => "building",
            Self::Overflow => "overflow",
            Self::LinkFees => "link fees",
            Self::AttentionSold => "attention sold",
            Self::Visits => "visits",
            Self::Invitations => "invitations",
            Self::Stores => "stores",
            Self::Engineering => "engineering",
            Self::AgreementPayments => "agreements",
            Self::Penalties => "penalties",
            Self::Events => "events",
            Self::Fines => "fines",
            Self::Ai => "AI",
            Self::Loans => "loans",
            Self::Interest => "interest",
            Self::Defaults => "defaults",
            Self::Recoveries => "recoveries",
            Self::Shares => "shares",
            Self::Dividends => "dividends",
            Self::Minorities => "minorities",
            Self::Takeovers => "takeovers",
            Self::WrittenOff => "debts written off",
        }
    }

    /// Whether it is part of a company's profit.
    pub fn is_operating(self) -> bool {
        !matches!(
            self,
            Self::OpeningCapital
                | Self::Loans
                | Self::Shares
                | Self::Dividends
                | Self::Takeovers
                | Self::WrittenOff
        )
    }

    /// Whether it grows with what people buy: it is what a month of the year moves in a profit.
    pub fn moves_with_sales(self) -> bool {
        self.is_fee() && !matches!(self, Self::Memberships | Self::Listings)
            || matches!(
                self,
                Self::Coupons
                    | Self::FraudRefunds
                    | Self::Operations
                    | Self::WalletFees
                    | Self::WalletCosts
                    | Self::Shipping
                    | Self::Carriage
                    | Self::Overflow
                    | Self::LinkFees
            )
    }

    /// Whether a company sells something by it: what it receives so is its revenue.
    pub fn is_revenue(self) -> bool {
        self.is_fee()
            || matches!(
                self,
                Self::WalletFees
                    | Self::WalletIncome
                    | Self::Shipping
                    | Self::LinkFees
                    | Self::AttentionSold
                    | Self::Visits
                    | Self::Interest
            )
    }

    /// Whether merchants or consumers pay it to the platform for its service: the numerator of the take rate.
    pub fn is_fee(self) -> bool {
        matches!(
            self,
            Self::Commissions | Self::Adverts | Self::ConsumerFees | Self::Memberships | Self::Listings
        )
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

    #[test]
    fn every_flow_has_its_own_number() {
        for (number, flow) in Flow::ALL.into_iter().enumerate() {
            assert_eq!(flow as usize, number);
        }
    }
}
