//! Everything a CEO can do, as data: what strategies return, files and replays hold, and levels may give in a reference.
//! Whether an order is legal is for the simulation to say.

mod access;
mod deal;
mod kinds;
mod objection;

use std::collections::BTreeMap;
use std::fmt;

pub use access::Access;
pub use deal::{Answer, Deal, Term};
pub use kinds::{KINDS, Kind, MAX_ISSUE, MAX_LOAN_RATE, MAX_MEMBERSHIP_FEE, MAX_RATE};
pub use objection::{Objection, Reason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What one CEO orders in one turn, carried out in this order.
pub type Orders = Vec<Order>;

/// Orders given ahead for a whole match: by the index of the platform, then by turn, the first at index 0.
pub type Plan = BTreeMap<usize, Vec<Orders>>;

/// What one CEO orders in one turn, as files and levels write it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "turn of orders")]
pub struct TurnOrders {
    /// The turn, from 1.
    pub turn: u32,
    /// Id of the platform that orders; absent: as the list's reader says.
    #[serde(default)]
    pub by: Option<String>,
    /// The orders.
    pub orders: Orders,
}

/// Whom a coupon is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Audience {
    /// Whoever did not buy the category here last time.
    #[default]
    Switchers,
    /// Everybody, also those who would have come anyway.
    Everyone,
}

/// One lever pulled. Prices and budgets stand until changed. Money is in yuan a month, rates are fractions; an
/// absent region or category means all of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Order {
    /// Commission on sales.
    TakeRate {
        /// Category id.
        #[serde(default)]
        category: Option<String>,
        /// Fraction of sales, at most a half.
        rate: f64,
    },
    /// Fee on consumers, on top of the price.
    ConsumerFee {
        /// Region id.
        #[serde(default)]
        region: Option<String>,
        /// Category id.
        #[serde(default)]
        category: Option<String>,
        /// Fraction of the price, at most a half.
        rate: f64,
    },
    /// A price cut for some, paid by the platform. A depth of zero ends it.
    Coupon {
        /// Region id.
        #[serde(default)]
        region: Option<String>,
        /// Category id.
        #[serde(default)]
        category: Option<String>,
        /// Whom it is for.
        #[serde(default)]
        audience: Audience,
        /// Fraction of the price, at most a half.
        depth: f64,
    },
    /// Part of the screen that is adverts.
    AdvertLoad {
        /// Fraction, at most a half.
        load: f64,
    },
    /// Price of being a member, a month.
    MembershipFee {
        /// Yuan, at most 1,000; whoever wants to pay people gives coupons, which cash binds.
        fee: f64,
    },
    /// Price of being listed, a month, for a merchant.
    MerchantFee {
        /// Yuan, at most 1,000.
        fee: f64,
    },
    /// Brand investment.
    BrandBudget {
        /// Yuan a month.
        amount: f64,
    },
    /// Investment in a category's strength: assortment, quality, know-how. For all categories: split by sales.
    CategoryBudget {
        /// Category id.
        #[serde(default)]
        category: Option<String>,
        /// Yuan a month.
        amount: f64,
    },
    /// Marketing to people who do not know the platform. For all regions: split by potential sales.
    MarketingBudget {
        /// Region id.
        #[serde(default)]
        region: Option<String>,
        /// Yuan a month.
        amount: f64,
    },
    /// Policing sellers.
    GovernanceBudget {
        /// Yuan a month.
        amount: f64,
    },
    /// Visits bought from an app's owner: people who are led to the shop.
    VisitBudget {
        /// App id.
        service: String,
        /// Yuan a month.
        amount: f64,
    },
    /// Rewards for buyers who bring their friends, through the apps whose links are open.
    InvitationBudget {
        /// Yuan a month.
        amount: f64,
    },
    /// Physical stores. For all regions: split by potential sales.
    StoreBudget {
        /// Region id.
        #[serde(default)]
        region: Option<String>,
        /// Yuan a month.
        amount: f64,
    },
    /// Engineers beyond those the company has: they work on integration.
    EngineeringBudget {
        /// Yuan a month.
        amount: f64,
    },
    /// Room of an own carrier. More is built and paid at once; less is given up by degrees.
    Capacity {
        /// Carrier id.
        service: String,
        /// Parcels a month.
        parcels: f64,
    },
    /// Price of an own service: for one platform, or for all without an agreement on it.
    ServicePrice {
        /// Service id.
        service: String,
        /// Platform id.
        #[serde(default)]
        to: Option<String>,
        /// A fraction of payments or referred sales, or yuan a parcel.
        price: f64,
    },
    /// Lets a platform use an own service, or all platforms.
    Open {
        /// Service id.
        service: String,
        /// Platform id.
        #[serde(default)]
        to: Option<String>,
        /// How far; of consequence for apps alone.
        #[serde(default = "Access::whole")]
        access: Access,
    },
    /// No longer lets a platform use an own service, or no other platform.
    Close {
        /// Service id.
        service: String,
        /// Platform id.
        #[serde(default)]
        to: Option<String>,
    },
    /// Closes every own service to a platform, which is not forgotten soon.
    Block {
        /// Platform id.
        platform: String,
    },
    /// Starts to use a service that is open: integration begins, and goes as far as its owner allows.
    Adopt {
        /// Service id.
        service: String,
    },
    /// No longer uses a service. What was built remains.
    Drop {
        /// Service id.
        service: String,
    },
    /// Gives up an integration that is under way.
    Abort {
        /// Service id.
        service: String,
    },
    /// Proposes an agreement; it is seen next turn, and lapses if it is not answered then.
    Offer {
        /// Platform id.
        to: String,
        /// What is proposed.
        deal: Deal,
    },
    /// Answers an offer.
    Answer {
        /// Id of the platform that made it.
        from: String,
        /// Yes, no, or another proposal.
        answer: Answer,
    },
    /// Ends an agreement: after the notice agreed on, or at once, which is a breach and costs the penalty.
    End {
        /// Number of the agreement.
        agreement: u32,
        /// Whether it is broken instead of ended.
        #[serde(default)]
        at_once: bool,
    },
    /// Merchants who list here may list nowhere else, or may again.
    Exclusivity {
        /// Whether they may not.
        on: bool,
    },
    /// Accepts the regulator's decision, and stops what it forbids.
    Comply,
    /// Contests the regulator's decision.
    Contest,
    /// Answers an event of the level.
    Choose {
        /// Event id.
        event: String,
        /// Choice id.
        choice: String,
    },
    // New kinds stand last: saved matches know them by their place.
    /// Artificial intelligence: capability that is worth as much as there are data for it to learn from.
    AiBudget {
        /// Yuan a month.
        amount: f64,
    },
    /// Loans to the merchants who list here.
    MerchantCredit {
        /// Interest, a fraction of what is owed a month, at most 0.03.
        rate: f64,
        /// Part of them, the riskiest, who get none: 1 lends to nobody.
        standard: f64,
    },
    /// Loans to the people who buy here.
    BuyerCredit {
        /// Interest, a fraction of what is owed a month, at most 0.03.
        rate: f64,
        /// Part of them, the riskiest, who get none: 1 lends to nobody.
        standard: f64,
    },
    /// Part of every new loan that outside funds pay.
    OutsideFunds {
        /// Fraction.
        part: f64,
    },
    /// Pays out a part of its profits to whoever owns it.
    Dividend {
        /// Part of the last quarter's mean profit, a month.
        part: f64,
    },
    /// Sells new shares to the public, all of them or none.
    Issue {
        /// Fraction of the enlarged company.
        part: f64,
        /// Yuan that they must raise at least.
        #[serde(default)]
        least: f64,
    },
    /// Sells the public a part of what an own service will earn, all of it or none.
    List {
        /// Service id.
        service: String,
        /// Fraction of its profits.
        part: f64,
        /// Yuan that it must bring at least.
        #[serde(default)]
        least: f64,
    },
    /// Buys shares of another company from the public.
    Buy {
        /// Id of the company.
        of: String,
        /// Fraction of it.
        part: f64,
        /// Yuan that it may cost at most; whatever there is when absent.
        #[serde(default)]
        most: Option<f64>,
    },
    /// Sells shares of another company to the public.
    Sell {
        /// Id of the company.
        of: String,
        /// Fraction of it.
        part: f64,
        /// Yuan that they must bring at least.
        #[serde(default)]
        least: f64,
    },
    /// A sealed bid for a service of a company that an administrator runs.
    Bid {
        /// Service id.
        service: String,
        /// Yuan.
        price: f64,
    },
}

impl Order {
    /// Its kind, by name.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TakeRate { .. } => "TakeRate",
            Self::ConsumerFee { .. } => "ConsumerFee",
            Self::Coupon { .. } => "Coupon",
            Self::AdvertLoad { .. } => "AdvertLoad",
            Self::MembershipFee { .. } => "MembershipFee",
            Self::MerchantFee { .. } => "MerchantFee",
            Self::MerchantCredit { .. } => "MerchantCredit",
            Self::BuyerCredit { .. } => "BuyerCredit",
            Self::OutsideFunds { .. } => "OutsideFunds",
            Self::Dividend { .. } => "Dividend",
            Self::Issue { .. } => "Issue",
            Self::List { .. } => "List",
            Self::Buy { .. } => "Buy",
            Self::Sell { .. } => "Sell",
            Self::BrandBudget { .. } => "BrandBudget",
            Self::CategoryBudget { .. } => "CategoryBudget",
            Self::MarketingBudget { .. } => "MarketingBudget",
            Self::GovernanceBudget { .. } => "GovernanceBudget",
            Self::AiBudget { .. } => "AiBudget",
            Self::VisitBudget { .. } => "VisitBudget",
            Self::InvitationBudget { .. } => "InvitationBudget",
            Self::StoreBudget { .. } => "StoreBudget",
            Self::EngineeringBudget { .. } => "EngineeringBudget",
            Self::Capacity { .. } => "Capacity",
            Self::ServicePrice { .. } => "ServicePrice",
            Self::Open { .. } => "Open",
            Self::Close { .. } => "Close",
            Self::Block { .. } => "Block",
            Self::Adopt { .. } => "Adopt",
            Self::Drop { .. } => "Drop",
            Self::Abort { .. } => "Abort",
            Self::Offer { .. } => "Offer",
            Self::Answer { .. } => "Answer",
            Self::End { .. } => "End",
            Self::Exclusivity { .. } => "Exclusivity",
            Self::Comply => "Comply",
            Self::Contest => "Contest",
            Self::Choose { .. } => "Choose",
            Self::Bid { .. } => "Bid",
        }
    }

    /// The rate, the amount, the price or whatever number it sets; nothing where it sets none.
    pub fn number(&self) -> Option<f64> {
        self.clone().number_mut().copied()
    }

    /// The same, to be set to another.
    pub fn number_mut(&mut self) -> Option<&mut f64> {
        match self {
            Self::TakeRate { rate: x, .. }
            | Self::ConsumerFee { rate: x, .. }
            | Self::Coupon { depth: x, .. }
            | Self::AdvertLoad { load: x }
            | Self::MembershipFee { fee: x }
            | Self::MerchantFee { fee: x }
            | Self::MerchantCredit { rate: x, .. }
            | Self::BuyerCredit { rate: x, .. }
            | Self::OutsideFunds { part: x }
            | Self::Dividend { part: x }
            | Self::Issue { part: x, .. }
            | Self::List { part: x, .. }
            | Self::Buy { part: x, .. }
            | Self::Sell { part: x, .. }
            | Self::BrandBudget { amount: x }
            | Self::CategoryBudget { amount: x, .. }
            | Self::MarketingBudget { amount: x, .. }
            | Self::GovernanceBudget { amount: x }
            | Self::AiBudget { amount: x }
            | Self::VisitBudget { amount: x, .. }
            | Self::InvitationBudget { amount: x }
            | Self::StoreBudget { amount: x, .. }
            | Self::EngineeringBudget { amount: x }
            | Self::Capacity { parcels: x, .. }
            | Self::ServicePrice { price: x, .. }
            | Self::Bid { price: x, .. } => Some(x),
            Self::Open { .. }
            | Self::Close { .. }
            | Self::Block { .. }
            | Self::Adopt { .. }
            | Self::Drop { .. }
            | Self::Abort { .. }
            | Self::Offer { .. }
            | Self::Answer { .. }
            | Self::End { .. }
            | Self::Exclusivity { .. }
            | Self::Comply
            | Self::Contest
            | Self::Choose { .. } => None,
        }
    }
}

/// As a file writes it, without what it leaves open: `TakeRate(category: "tea", rate: 0.02)`.
impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let one_line = ron::ser::PrettyConfig::new().depth_limit(0);
        let mut text = options.to_string_pretty(self, one_line).map_err(|_| fmt::Error)?;
        for field in ["region", "category", "to", "price"] {
            text = text.replace(&format!("{field}: None, "), "");
        }
        f.write_str(&text)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_told_by_its_orders() {
        for kind in &KINDS {
            // The fields that an order of the kind cannot do without, and its number.
            let fields = match kind.name {
                "Block" => "platform: \"a\"",
                "Offer" => "to: \"a\", deal: ()",
                "Answer" => "from: \"a\", answer: Refuse",
                "End" => "agreement: 1",
                "Exclusivity" => "on: true",
                "Choose" => "event: \"a\", choice: \"b\"",
                "Buy" | "Sell" => "of: \"a\"",
                "MerchantCredit" | "BuyerCredit" => "standard: 0.5",
                _ if kind.service => "service: \"a\"",
                _ => "",
            };
            let number = kind.number.map(|number| format!("{}: {:?}", number.field, number.most.min(1.0)));
            let text = [fields.to_owned(), number.unwrap_or_default()].join(", ");
            let fields = text.trim_matches([',', ' ']);
            let written = match kind.name {
                unit @ ("Comply" | "Contest") => unit.to_owned(),
                name => format!("{name}({fields})"),
            };
            let order: Order = ron::from_str(&written).unwrap();
            assert_eq!(order.kind(), kind.name);
            assert_eq!(order.number().is_some(), kind.number.is_some(), "{}", kind.name);
        }
    }

    #[test]
    fn an_order_is_shown_as_a_file_writes_it() {
        let tea = || Some("tea".to_owned());
        let coupon =
            Order::Coupon { region: None, category: tea(), audience: Audience::Everyone, depth: 0.1 };
        for (order, text) in [
            (Order::TakeRate { category: None, rate: 0.02 }, "TakeRate(rate: 0.02)"),
            (coupon, "Coupon(category: \"tea\", audience: Everyone, depth: 0.1)"),
            (Order::BrandBudget { amount: 8e6 }, "BrandBudget(amount: 8000000.0)"),
        ] {
            assert_eq!(order.to_string(), text);
        }
    }
}
