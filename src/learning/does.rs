//! What actions can do, and how far a step goes.

/// A step of a rate, and of coupons.
pub(super) const RATE_STEP: f64 = 0.005;
pub(super) const COUPON_STEP: f64 = 0.02;
/// A step of a fee, yuan a month.
pub(super) const FEE_STEP: f64 = 5.0;
/// By how much a budget, a price or a room grows; it falls by as much.
pub(super) const GROWTH: f64 = 1.25;
/// The least step of a budget that there is none of, as a part of sales.
pub(super) const FIRST_STEP: f64 = 0.0005;
/// A step of dividends.
pub(super) const DIVIDEND_STEP: f64 = 0.1;

/// What an action does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Does {
    Nothing,
    TakeRate { category: Option<usize>, up: bool },
    ConsumerFee { up: bool },
    Coupon { up: bool },
    AdvertLoad { up: bool },
    MembershipFee { up: bool },
    MerchantFee { up: bool },
    Budget { kind: Budget, up: bool },
    AllBudgets { up: bool },
    Exclusivity,
    Dividend { up: bool },
    Open(usize),
    Close(usize),
    ServicePrice { service: usize, up: bool },
    Capacity { service: usize, up: bool },
    Adopt(usize),
    Drop(usize),
    Accept { place: usize },
    Refuse { place: usize },
    Choose { choice: usize },
    Contest,
    Bid,
}

/// A budget, over all categories or regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Budget {
    Brand,
    Categories,
    Marketing,
    Governance,
    Stores,
    Engineering,
    Invitations,
    Ai,
}

/// Every budget, and what it is called.
pub(super) const BUDGETS: [(Budget, &str); 8] = [
    (Budget::Brand, "brand"),
    (Budget::Categories, "categories"),
    (Budget::Marketing, "marketing"),
    (Budget::Governance, "governance"),
    (Budget::Stores, "stores"),
    (Budget::Engineering, "engineering"),
    (Budget::Invitations, "invitations"),
    (Budget::Ai, "ai"),
];
