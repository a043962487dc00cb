//! Everything a CEO can do, as data: what strategies return, files and replays hold, and levels may give in a reference.
//! Whether an order is legal is for the simulation to say.

use std::collections::BTreeMap;
use std::fmt;

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
}

/// As a file writes it, without what it leaves open: `TakeRate(category: "tea", rate: 0.02)`.
impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, region, category, (field, number)) = match self {
            Self::TakeRate { category, rate } => ("TakeRate", &None, category, ("rate", rate)),
            Self::ConsumerFee { region, category, rate } => ("ConsumerFee", region, category, ("rate", rate)),
            Self::Coupon { region, category, depth, .. } => ("Coupon", region, category, ("depth", depth)),
            Self::AdvertLoad { load } => ("AdvertLoad", &None, &None, ("load", load)),
            Self::MembershipFee { fee } => ("MembershipFee", &None, &None, ("fee", fee)),
            Self::MerchantFee { fee } => ("MerchantFee", &None, &None, ("fee", fee)),
            Self::BrandBudget { amount } => ("BrandBudget", &None, &None, ("amount", amount)),
            Self::CategoryBudget { category, amount } => {
                ("CategoryBudget", &None, category, ("amount", amount))
            }
            Self::MarketingBudget { region, amount } => {
                ("MarketingBudget", region, &None, ("amount", amount))
            }
            Self::GovernanceBudget { amount } => ("GovernanceBudget", &None, &None, ("amount", amount)),
        };
        write!(f, "{name}(")?;
        for (field, id) in [("region", region), ("category", category)] {
            if let Some(id) = id {
                write!(f, "{field}: {id:?}, ")?;
            }
        }
        if let Self::Coupon { audience, .. } = self {
            write!(f, "audience: {audience:?}, ")?;
        }
        write!(f, "{field}: {number:?})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
