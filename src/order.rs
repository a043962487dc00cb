//! Everything a CEO can do, as data: what strategies return, files and replays hold, and levels may give in a reference.
//! Whether an order is legal is for the simulation to say.

use serde::{Deserialize, Serialize};

/// What one CEO orders in one turn, carried out in this order.
pub type Orders = Vec<Order>;

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
