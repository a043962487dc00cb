//! Everything that is measured, by name: pure functions of an outcome. Records, charts, conditions of levels and
//! scores use these and nothing else.

mod measures;
mod scope;

pub use scope::{KindOfService, OfService, Scope};

use crate::level::{Level, Measurable, Measure, Named, Sort, Subject};
use crate::sim::state::flow::Flow;
use crate::sim::state::outcome::Outcome;
use measures::*;

/// What a metric counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 0 to 1.
    Fraction,
    /// Relative to something that counts as 1.
    Ratio,
    /// Yuan a month, or yuan.
    Yuan,
    /// People or shops.
    Count,
    /// Utility.
    Utility,
}

/// A named measure.
pub struct Metric {
    /// Name in records, levels and on the command line.
    pub name: &'static str,
    /// Meaning, in a sentence.
    pub meaning: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// What it may be taken of.
    pub subject: Subject,
    /// Its value, or nothing where it has no meaning for the scope or was not measured.
    pub of: fn(&Outcome, Scope) -> Option<f64>,
}

/// A company with a shop, or all of them.
const PERHAPS_A_SHOP: Subject = Subject { platform: Named::Maybe, ..Subject::SHOP };

impl Metric {
    /// As levels know it.
    pub fn measurable(&self) -> Measurable {
        // Fees that do not depend on sales may exceed them.
        let fraction = self.unit == Unit::Fraction && self.name != "take_rate";
        Measurable { name: self.name, fraction, subject: self.subject }
    }
}

/// Every metric there is.
pub const METRICS: &[Metric] = &[
    Metric {
        name: "gmv",
        meaning: "Sales, repeat purchases included",
        unit: Unit::Yuan,
        subject: PERHAPS_A_SHOP.by_region().by_category(),
        of: |o, s| s.service.is_none().then(|| sales(o, s)),
    },
    Metric {
        name: "share",
        meaning: "Part of all platforms' sales",
        unit: Unit::Fraction,
        subject: Subject::SHOP.by_region().by_category(),
        of: share,
    },
    Metric {
        name: "users",
        meaning: "People who bought at least once",
        unit: Unit::Count,
        subject: Subject::SHOP.by_region(),
        of: users,
    },
    Metric {
        name: "reach",
        meaning: "Part of all people who bought at least once",
        unit: Unit::Fraction,
        subject: Subject::SHOP.by_region(),
        of: reach,
    },
    Metric {
        name: "churn",
        meaning: "Part of last turn's users who bought nothing",
        unit: Unit::Fraction,
        subject: Subject::SHOP,
        of: churn,
    },
    Metric {
        name: "awareness",
        meaning: "Part of online people who know it",
        unit: Unit::Fraction,
        subject: Subject::SHOP.by_region(),
        of: awareness,
    },
    Metric {
        name: "online",
        meaning: "Part of all people who are online",
        unit: Unit::Fraction,
        subject: Subject::MARKET.by_region(),
        of: online,
    },
    Metric {
        name: "merchants",
        meaning: "Shops listed",
        unit: Unit::Count,
        subject: Subject::SHOP.by_category(),
        of: merchants,
    },
    Metric {
        name: "variety",
        meaning: "Part of merchants listed, by size",
        unit: Unit::Fraction,
        subject: Subject::SHOP.by_category(),
        of: variety,
    },
    Metric {
        name: "price",
        meaning: "Merchants' price over one without fees",
        unit: Unit::Ratio,
        subject: Subject { category: Named::Always, ..Subject::SHOP },
        of: price,
    },
    Metric {
        name: "take_rate",
        meaning: "Fees over sales",
        unit: Unit::Fraction,
        subject: Subject::SHOP,
        of: |o, s| of_sales(o, s, |p| o.take_rate(p)),
    },
    Metric {
        name: "profit",
        meaning: "All operating postings",
        unit: Unit::Yuan,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.profit[p]),
    },
    Metric {
        name: "cash",
        meaning: "Cash at the end of the turn",
        unit: Unit::Yuan,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.cash[p]),
    },
    Metric {
        name: "value",
        meaning: "Cash and profits to come",
        unit: Unit::Yuan,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.value[p]),
    },
    Metric {
        name: "market_value",
        meaning: "What all of it is worth, shares of others included",
        unit: Unit::Yuan,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.market_value[p]),
    },
    Metric {
        name: "stakes",
        meaning: "What its shares of other companies are worth",
        unit: Unit::Yuan,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.ownership[p].stakes),
    },
    Metric {
        name: "held",
        meaning: "The part of it that other companies own",
        unit: Unit::Fraction,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.ownership[p].held),
    },
    Metric {
        name: "founding",
        meaning: "The part of it that is left to those who owned it at the start",
        unit: Unit::Fraction,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.ownership[p].founding),
    },
    Metric {
        name: "paid_out",
        meaning: "Dividends so far on what was all of it at the start",
        unit: Unit::Yuan,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.ownership[p].paid),
    },
    Metric {
        name: "expected",
        meaning: "Part of its value expected of announcements beyond what profits show",
        unit: Unit::Yuan,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.expected[p]),
    },
    Metric {
        name: "trust",
        meaning: "Trust of buyers",
        unit: Unit::Fraction,
        subject: Subject::SHOP,
        of: |o, s| own(s, |p| o.trust[p]),
    },
    Metric {
        name: "fraud",
        meaning: "Part of sales lost to it",
        unit: Unit::Fraction,
        subject: Subject::SHOP,
        of: |o, s| own(s, |p| o.fraud[p]),
    },
    Metric {
        name: "visibility",
        meaning: "How far its policing sees anything",
        unit: Unit::Fraction,
        subject: Subject::SHOP,
        of: |o, s| own(s, |p| o.visibility[p]),
    },
    Metric {
        name: "coupons",
        meaning: "Paid for coupons",
        unit: Unit::Yuan,
        subject: Subject::SHOP,
        of: |o, s| spent(o, s, Flow::Coupons),
    },
    Metric {
        name: "brand",
        meaning: "Spent on brand",
        unit: Unit::Yuan,
        subject: Subject::SHOP,
        of: |o, s| spent(o, s, Flow::Brand),
    },
    Metric {
        name: "categories",
        meaning: "Spent on categories",
        unit: Unit::Yuan,
        subject: Subject::SHOP,
        of: |o, s| spent(o, s, Flow::Categories),
    },
    Metric {
        name: "marketing",
        meaning: "Spent on marketing",
        unit: Unit::Yuan,
        subject: Subject::SHOP,
        of: |o, s| spent(o, s, Flow::Marketing),
    },
    Metric {
        name: "governance",
        meaning: "Spent on governance",
        unit: Unit::Yuan,
        subject: Subject::SHOP,
        of: |o, s| spent(o, s, Flow::Governance),
    },
    Metric {
        name: "acquisition_cost",
        meaning: "Marketing, visits, invitations and coupons over new users",
        unit: Unit::Yuan,
        subject: Subject::SHOP,
        of: acquisition_cost,
    },
    Metric {
        name: "net_acquisition_cost",
        meaning: "The same over users more than before",
        unit: Unit::Yuan,
        subject: Subject::SHOP,
        of: net_acquisition_cost,
    },
    Metric {
        name: "overlap",
        meaning: "Part of its users who buy elsewhere too",
        unit: Unit::Fraction,
        subject: Subject::SHOP,
        of: overlap,
    },
    Metric {
        name: "payments",
        meaning: "Sales paid with a wallet",
        unit: Unit::Yuan,
        subject: PERHAPS_A_SHOP.of(Named::Always, Some(Sort::Wallet)),
        of: payments,
    },
    Metric {
        name: "wallet_share",
        meaning: "Part of sales paid with a wallet",
        unit: Unit::Fraction,
        subject: PERHAPS_A_SHOP.of(Named::Always, Some(Sort::Wallet)),
        of: |o, s| over(payments(o, s)?, sales(o, Scope { service: None, ..s })),
    },
    Metric {
        name: "without_wallet",
        meaning: "Part of sales to people with no wallet that is taken",
        unit: Unit::Fraction,
        subject: Subject::SHOP,
        of: |o, s| of_sales(o, s, |p| o.without_wallet(p)),
    },
    Metric {
        name: "holders",
        meaning: "Part of online people who hold a wallet",
        unit: Unit::Fraction,
        subject: Subject::MARKET.by_region().of(Named::Always, Some(Sort::Wallet)),
        of: |o, s| wallet_people(o, s, &o.holders),
    },
    Metric {
        name: "habitual",
        meaning: "Part of online people whose habit a wallet is",
        unit: Unit::Fraction,
        subject: Subject::MARKET.by_region().of(Named::Always, Some(Sort::Wallet)),
        of: |o, s| wallet_people(o, s, &o.habitual),
    },
    Metric {
        name: "parcels",
        meaning: "Parcels sent",
        unit: Unit::Count,
        subject: PERHAPS_A_SHOP.of(Named::Maybe, Some(Sort::Carrier)),
        of: parcels,
    },
    Metric {
        name: "room",
        meaning: "Parcels that a carrier has room for",
        unit: Unit::Count,
        subject: Subject::MARKET.of(Named::Always, Some(Sort::Room)),
        of: room,
    },
    Metric {
        name: "utilisation",
        meaning: "A carrier's parcels over its room",
        unit: Unit::Ratio,
        subject: Subject::MARKET.of(Named::Always, Some(Sort::Room)),
        of: utilisation,
    },
    Metric {
        name: "delivery",
        meaning: "Quality of deliveries, by sales",
        unit: Unit::Fraction,
        subject: Subject::SHOP.by_region().by_category().of(Named::Never, Some(Sort::Carrier)),
        of: delivery,
    },
    Metric {
        name: "referred",
        meaning: "Sales that apps referred",
        unit: Unit::Yuan,
        subject: PERHAPS_A_SHOP.of(Named::Maybe, Some(Sort::App)),
        of: referred,
    },
    Metric {
        name: "matching",
        meaning: "Match between people and goods",
        unit: Unit::Fraction,
        subject: Subject::SHOP,
        of: |o, s| own(s, |p| o.matching[p]),
    },
    Metric {
        name: "ai",
        meaning: "What its AI does of what perfect AI could do",
        unit: Unit::Fraction,
        subject: Subject::SHOP,
        of: |o, s| own(s, |p| o.ai[p]),
    },
    Metric {
        name: "service_profit",
        meaning: "What a service earned less what it cost",
        unit: Unit::Yuan,
        subject: Subject::MARKET.of(Named::Always, None),
        of: service_profit,
    },
    Metric {
        name: "service_margin",
        meaning: "A carrier's profit a parcel",
        unit: Unit::Yuan,
        subject: Subject::MARKET.of(Named::Always, Some(Sort::Carrier)),
        of: |o, s| over(service_profit(o, s)?, parcels(o, Scope { platform: None, ..s })?),
    },
    Metric {
        name: "wallet_fees",
        meaning: "Wallet fees received",
        unit: Unit::Yuan,
        subject: Subject::COMPANY.of(Named::Never, Some(Sort::Wallet)),
        of: |o, s| own(s, |p| o.flow(p, Flow::WalletFees)),
    },
    Metric {
        name: "shipping",
        meaning: "Shipping received",
        unit: Unit::Yuan,
        subject: Subject::COMPANY.of(Named::Never, Some(Sort::Carrier)),
        of: |o, s| own(s, |p| o.flow(p, Flow::Shipping)),
    },
    Metric {
        name: "link_fees",
        meaning: "Link fees received less paid",
        unit: Unit::Yuan,
        subject: Subject::COMPANY.of(Named::Never, Some(Sort::App)),
        of: |o, s| own(s, |p| o.flow(p, Flow::LinkFees)),
    },
    Metric {
        name: "visits",
        meaning: "Received for visits less paid",
        unit: Unit::Yuan,
        subject: Subject::COMPANY.of(Named::Never, Some(Sort::App)),
        of: |o, s| own(s, |p| o.flow(p, Flow::Visits)),
    },
    Metric {
        name: "overflow",
        meaning: "Paid for what a crowd carries",
        unit: Unit::Yuan,
        subject: Subject::COMPANY.of(Named::Never, Some(Sort::Carrier)),
        of: |o, s| spent(o, s, Flow::Overflow),
    },
    Metric {
        name: "agreements",
        meaning: "Agreements in force",
        unit: Unit::Count,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.agreements[p]),
    },
    Metric {
        name: "opinion",
        meaning: "What others think of it, −1 to 1",
        unit: Unit::Ratio,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.opinion[p]),
    },
    Metric {
        name: "public_opinion",
        meaning: "What people think of it, −1 to 1",
        unit: Unit::Ratio,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.public_opinion[p]),
    },
    Metric {
        name: "attention",
        meaning: "What weighs on its file with the regulator",
        unit: Unit::Ratio,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.attention[p]),
    },
    Metric {
        name: "fines",
        meaning: "Fines paid",
        unit: Unit::Yuan,
        subject: Subject::COMPANY,
        of: |o, s| spent(o, s, Flow::Fines),
    },
    Metric {
        name: "loans",
        meaning: "What borrowers owe on its loans, outside funds' part included",
        unit: Unit::Yuan,
        subject: Subject::SHOP,
        of: |o, s| own(s, |p| o.loans[p].owed),
    },
    Metric {
        name: "default_rate",
        meaning: "Part of what was owed that was defaulted on in the month",
        unit: Unit::Fraction,
        subject: Subject::SHOP,
        of: |o, s| over(own(s, |p| o.loans[p].defaulted)?, own(s, |p| o.loans[p].due)?),
    },
    Metric {
        name: "insolvent",
        meaning: "Whether an administrator runs it or it has closed: 1 or 0",
        unit: Unit::Ratio,
        subject: Subject::COMPANY,
        of: |o, s| own(s, |p| o.insolvent[p]),
    },
    Metric {
        name: "integrated",
        meaning: "Services of others in use",
        unit: Unit::Count,
        subject: Subject::SHOP,
        of: |o, s| own(s, |p| o.integrated[p]),
    },
    Metric {
        name: "projects",
        meaning: "Integration projects under way",
        unit: Unit::Count,
        subject: Subject::SHOP,
        of: |o, s| own(s, |p| o.projects[p]),
    },
    Metric {
        name: "hhi",
        meaning: "Sum of squared shares",
        unit: Unit::Fraction,
        subject: Subject::MARKET.by_region().by_category(),
        of: hhi,
    },
    Metric {
        name: "online_sales",
        meaning: "Part of online people's spending on platforms",
        unit: Unit::Fraction,
        subject: Subject::MARKET.by_region().by_category(),
        of: online_sales,
    },
    Metric {
        name: "spending",
        meaning: "What people spend over a usual month",
        unit: Unit::Ratio,
        subject: Subject { category: Named::Always, ..Subject::MARKET },
        of: |o, s| whole(Scope { category: None, ..s }, Some(o.spending[s.category?])),
    },
    Metric {
        name: "economy",
        meaning: "Incomes over those at the opening",
        unit: Unit::Ratio,
        subject: Subject::MARKET,
        of: |o, s| whole(s, Some(o.economy)),
    },
    Metric {
        name: "consumer_utility",
        meaning: "Expected utility of a choice",
        unit: Unit::Utility,
        subject: Subject::MARKET,
        of: |o, s| whole(s, o.consumer_utility),
    },
    Metric {
        name: "consumer_surplus",
        meaning: "Worth of platforms to consumers",
        unit: Unit::Yuan,
        subject: Subject::MARKET,
        of: |o, s| whole(s, o.consumer_surplus),
    },
];

/// What a level measures, in an outcome; nothing where it has no meaning, was not measured, or there is nothing to divide by.
pub fn measured(level: &Level, measure: &Measure, outcome: &Outcome) -> Option<f64> {
    let metric = metric(&measure.metric)?;
    let Measure { platform, region, category, .. } = *measure;
    let service = measure.service.map(|number| OfService::of(level, number));
    (metric.of)(outcome, Scope { platform, region, category, service })
}

/// What a metric of a company comes to in fen, where it is booked: exact at any size, as a number of yuan is not.
pub fn booked(name: &str, outcome: &Outcome, platform: usize) -> Option<i128> {
    let flow = |flow: Flow| outcome.flows[platform][flow as usize];
    Some(match name {
        "profit" => outcome.profit_in_fen(platform),
        "cash" => outcome.cash_in_fen[platform],
        "coupons" => -flow(Flow::Coupons),
        "brand" => -flow(Flow::Brand),
        "categories" => -flow(Flow::Categories),
        "marketing" => -flow(Flow::Marketing),
        "governance" => -flow(Flow::Governance),
        "wallet_fees" => flow(Flow::WalletFees),
        "shipping" => flow(Flow::Shipping),
        "link_fees" => flow(Flow::LinkFees),
        "visits" => flow(Flow::Visits),
        "overflow" => -flow(Flow::Overflow),
        "fines" => -flow(Flow::Fines),
        _ => return None,
    })
}

/// The metric of a name.
pub fn metric(name: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.name == name)
}
