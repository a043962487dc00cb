//! Figures, and what the parts stand for that a number is the sum of.

use crate::texts::{of_level, say, text};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::{Figure, Label};
use walled_gardens_engine::sim::ChoiceTerm;
use walled_gardens_engine::strategy::worth::Reason;

/// A figure.
pub fn figure(figure: Figure) -> String {
    match figure {
        Figure::Share => say!("share"),
        Figure::Profit => say!("profit"),
        Figure::Users => say!("buyers"),
        Figure::Cash => say!("cash"),
        Figure::Value => say!("value"),
    }
}

/// What a part of a number stands for.
pub fn label(level: &Level, label: Label) -> String {
    match label {
        Label::Flow(flow) => text(&format!("flow-{}", flow.words().replace(' ', "-"))),
        Label::Category(category) => of_level(&level.categories[category].name),
        Label::Region(region) => of_level(&level.regions[region].name),
        Label::Service(service) => of_level(&level.services[service].name),
        Label::Before => say!("part-before"),
        Label::Cash => say!("cash"),
        Label::ProfitsToCome => say!("part-profits-to-come"),
        Label::Term(_, why) => reason(why),
        Label::Choice(term) => choice(term),
        Label::Platform(platform) => of_level(&level.platforms[platform].name),
        Label::Margin => say!("part-margin"),
        Label::Claims => say!("part-claims"),
        Label::Stakes => say!("part-stakes"),
        Label::Paid => say!("part-paid"),
        Label::Expected => say!("part-expected"),
    }
}

/// The key of a term of people's choice, in the table of texts.
pub fn choice_key(term: ChoiceTerm) -> &'static str {
    match term {
        ChoiceTerm::Prices => "choice-prices",
        ChoiceTerm::Fees => "choice-fees",
        ChoiceTerm::Coupons => "choice-coupons",
        ChoiceTerm::Adverts => "choice-adverts",
        ChoiceTerm::Merchants => "choice-merchants",
        ChoiceTerm::People => "choice-people",
        ChoiceTerm::Brand => "choice-brand",
        ChoiceTerm::Category => "choice-category",
        ChoiceTerm::Stores => "choice-stores",
        ChoiceTerm::Trust => "choice-trust",
        ChoiceTerm::Matching => "choice-matching",
        ChoiceTerm::Delivery => "choice-delivery",
        ChoiceTerm::Links => "choice-links",
        ChoiceTerm::Payment => "choice-payment",
        ChoiceTerm::Habit => "choice-habit",
        ChoiceTerm::Ai => "choice-ai",
    }
}

/// A term of people's choice of a shop.
pub fn choice(term: ChoiceTerm) -> String {
    text(choice_key(term))
}

/// Why something is worth something.
pub fn reason(reason: Reason) -> String {
    match reason {
        Reason::Sales => say!("reason-sales"),
        Reason::Service => say!("reason-service"),
        Reason::Habit => say!("reason-habit"),
        Reason::Referrals => say!("reason-referrals"),
        Reason::Engineering => say!("reason-engineering"),
        Reason::Safety => say!("reason-safety"),
        Reason::Payment => say!("reason-payment"),
        Reason::Fraud => say!("reason-fraud"),
        Reason::Front => say!("reason-front"),
        Reason::Shares => say!("reason-shares"),
        Reason::Room => say!("reason-room"),
    }
}
