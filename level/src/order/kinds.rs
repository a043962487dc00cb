//! What kinds of orders there are, and the numbers that they set.

/// No rate, fee, load or coupon above a half, in levels or orders: beyond it the words lose their meaning.
pub const MAX_RATE: f64 = 0.5;
/// No membership fee beyond this many yuan a month.
pub const MAX_MEMBERSHIP_FEE: f64 = 1_000.0;
/// No interest beyond this part of a loan a month: 36 % a year, beyond which China's courts enforced no private loan.
pub const MAX_LOAN_RATE: f64 = 0.03;

/// No company issues more new shares at once than this part of what it then is.
pub const MAX_ISSUE: f64 = 0.5;

/// A kind of order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kind {
    /// Its name, as files write it.
    pub name: &'static str,
    /// What it does, in a few words.
    pub meaning: &'static str,
    /// The number that it sets, if it sets one.
    pub number: Option<Number>,
    /// Whether it needs services to be about.
    pub service: bool,
    /// Whether it needs another company to be about.
    pub another: bool,
}

/// The number that an order sets; none is below 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// The field that holds it.
    pub field: &'static str,
    /// What it counts in.
    pub unit: &'static str,
    /// The most that can be legal; infinite where cash alone sets a limit.
    pub most: f64,
}

impl Kind {
    /// The kind of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }
}

/// Every kind of order.
pub const KINDS: [Kind; 39] = [
    Kind {
        name: "TakeRate",
        meaning: "Commission on sales",
        number: Some(Number { field: "rate", unit: "fraction of sales", most: MAX_RATE }),
        service: false,
        another: false,
    },
    Kind {
        name: "ConsumerFee",
        meaning: "Fee on consumers, on top of the price",
        number: Some(Number { field: "rate", unit: "fraction of the price", most: MAX_RATE }),
        service: false,
        another: false,
    },
    Kind {
        name: "Coupon",
        meaning: "A price cut for some, paid by the platform",
        number: Some(Number { field: "depth", unit: "fraction of the price", most: MAX_RATE }),
        service: false,
        another: false,
    },
    Kind {
        name: "AdvertLoad",
        meaning: "Part of the screen that is adverts",
        number: Some(Number { field: "load", unit: "fraction", most: MAX_RATE }),
        service: false,
        another: false,
    },
    Kind {
        name: "MembershipFee",
        meaning: "Price of being a member",
        number: Some(Number { field: "fee", unit: "yuan a month", most: MAX_MEMBERSHIP_FEE }),
        service: false,
        another: false,
    },
    Kind {
        name: "MerchantFee",
        meaning: "Price of being listed, for a merchant",
        number: Some(Number { field: "fee", unit: "yuan a month", most: MAX_MEMBERSHIP_FEE }),
        service: false,
        another: false,
    },
    Kind {
        name: "MerchantCredit",
        meaning: "Loans to merchants: interest, and the standard that they must meet",
        number: Some(Number { field: "rate", unit: "fraction a month", most: MAX_LOAN_RATE }),
        service: false,
        another: false,
    },
    Kind {
        name: "BuyerCredit",
        meaning: "Loans to buyers: interest, and the standard that they must meet",
        number: Some(Number { field: "rate", unit: "fraction a month", most: MAX_LOAN_RATE }),
        service: false,
        another: false,
    },
    Kind {
        name: "OutsideFunds",
        meaning: "Part of every new loan that outside funds pay",
        number: Some(Number { field: "part", unit: "fraction of a loan", most: 1.0 }),
        service: false,
        another: false,
    },
    Kind {
        name: "BrandBudget",
        meaning: "Brand investment",
        number: Some(Number { field: "amount", unit: "yuan a month", most: f64::INFINITY }),
        service: false,
        another: false,
    },
    Kind {
        name: "CategoryBudget",
        meaning: "Investment in a category's strength",
        number: Some(Number { field: "amount", unit: "yuan a month", most: f64::INFINITY }),
        service: false,
        another: false,
    },
    Kind {
        name: "MarketingBudget",
        meaning: "Marketing to people who do not know the platform",
        number: Some(Number { field: "amount", unit: "yuan a month", most: f64::INFINITY }),
        service: false,
        another: false,
    },
    Kind {
        name: "GovernanceBudget",
        meaning: "Policing sellers",
        number: Some(Number { field: "amount", unit: "yuan a month", most: f64::INFINITY }),
        service: false,
        another: false,
    },
    Kind {
        name: "AiBudget",
        meaning: "Artificial intelligence, worth as much as there are data",
        number: Some(Number { field: "amount", unit: "yuan a month", most: f64::INFINITY }),
        service: false,
        another: false,
    },
    Kind {
        name: "VisitBudget",
        meaning: "Visits bought from an app's owner",
        number: Some(Number { field: "amount", unit: "yuan a month", most: f64::INFINITY }),
        service: true,
        another: false,
    },
    Kind {
        name: "InvitationBudget",
        meaning: "Rewards for buyers who bring their friends",
        number: Some(Number { field: "amount", unit: "yuan a month", most: f64::INFINITY }),
        service: false,
        another: false,
    },
    Kind {
        name: "StoreBudget",
        meaning: "Physical stores",
        number: Some(Number { field: "amount", unit: "yuan a month", most: f64::INFINITY }),
        service: false,
        another: false,
    },
    Kind {
        name: "EngineeringBudget",
        meaning: "Engineers beyond those the company has",
        number: Some(Number { field: "amount", unit: "yuan a month", most: f64::INFINITY }),
        service: false,
        another: false,
    },
    Kind {
        name: "Capacity",
        meaning: "Room of an own carrier",
        number: Some(Number { field: "parcels", unit: "parcels a month", most: 1e13 }),
        service: true,
        another: false,
    },
    Kind {
        name: "ServicePrice",
        meaning: "Price of an own service",
        number: Some(Number { field: "price", unit: "fraction, or yuan a parcel", most: 1e4 }),
        service: true,
        another: false,
    },
    Kind {
        name: "Open",
        meaning: "Lets a platform use an own service, or all platforms",
        number: None,
        service: true,
        another: true,
    },
    Kind {
        name: "Close",
        meaning: "No longer lets a platform use an own service, or no other platform",
        number: None,
        service: true,
        another: true,
    },
    Kind {
        name: "Block",
        meaning: "Closes every own service to a platform",
        number: None,
        service: true,
        another: true,
    },
    Kind {
        name: "Adopt",
        meaning: "Starts to use a service that is open",
        number: None,
        service: true,
        another: false,
    },
    Kind { name: "Drop", meaning: "No longer uses a service", number: None, service: true, another: false },
    Kind {
        name: "Abort",
        meaning: "Gives up an integration that is under way",
        number: None,
        service: true,
        another: false,
    },
    Kind { name: "Offer", meaning: "Proposes an agreement", number: None, service: false, another: true },
    Kind { name: "Answer", meaning: "Answers an offer", number: None, service: false, another: true },
    Kind {
        name: "End",
        meaning: "Ends an agreement, or breaks it",
        number: None,
        service: false,
        another: true,
    },
    Kind {
        name: "Exclusivity",
        meaning: "Merchants who list here may list nowhere else",
        number: None,
        service: false,
        another: true,
    },
    Kind {
        name: "Comply",
        meaning: "Accepts the regulator's decision",
        number: None,
        service: false,
        another: false,
    },
    Kind {
        name: "Contest",
        meaning: "Contests the regulator's decision",
        number: None,
        service: false,
        another: false,
    },
    Kind {
        name: "Choose",
        meaning: "Answers an event of the level",
        number: None,
        service: false,
        another: false,
    },
    Kind {
        name: "Dividend",
        meaning: "Pays out profits to whoever owns it",
        number: Some(Number { field: "part", unit: "fraction of profit", most: 1.0 }),
        service: false,
        another: false,
    },
    Kind {
        name: "Issue",
        meaning: "Sells new shares to the public",
        number: Some(Number { field: "part", unit: "fraction of the company", most: MAX_ISSUE }),
        service: false,
        another: false,
    },
    Kind {
        name: "List",
        meaning: "Sells the public a part of what an own service earns",
        number: Some(Number { field: "part", unit: "fraction of its profits", most: 1.0 }),
        service: true,
        another: false,
    },
    Kind {
        name: "Buy",
        meaning: "Buys shares of another company from the public",
        number: Some(Number { field: "part", unit: "fraction of the company", most: 1.0 }),
        service: false,
        another: true,
    },
    Kind {
        name: "Sell",
        meaning: "Sells shares of another company to the public",
        number: Some(Number { field: "part", unit: "fraction of the company", most: 1.0 }),
        service: false,
        another: true,
    },
    Kind {
        name: "Bid",
        meaning: "A sealed bid for a service of a company that an administrator runs",
        number: Some(Number { field: "price", unit: "yuan", most: f64::INFINITY }),
        service: true,
        another: true,
    },
];
