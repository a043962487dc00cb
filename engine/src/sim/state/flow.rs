//! Why money moves: the headings of the books.

use serde::{Deserialize, Serialize};

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

    /// Whether it is paid once, for something that is then there or past: what was paid so in a month says nothing about the next one.
    pub fn is_once(self) -> bool {
        matches!(
            self,
            Self::OpeningCapital
                | Self::Building
                | Self::Engineering
                | Self::Penalties
                | Self::Events
                | Self::Fines
                | Self::Shares
                | Self::Takeovers
                | Self::WrittenOff
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flow_has_its_own_number() {
        for (number, flow) in Flow::ALL.into_iter().enumerate() {
            assert_eq!(flow as usize, number);
        }
    }
}
