//! The articles of the encyclopedia: the texts of the tooltips, each under the name that it is shown by. An article's key is
//! its title's in the table of texts; `KEY-meaning` is what it says.

use super::texts::{of_level, say, text};
use super::words;
use walled_gardens_engine::level::Level;
use walled_gardens_engine::level::services::ServiceKind;
use walled_gardens_engine::sim::ChoiceTerm;
use walled_gardens_engine::sim::metrics::METRICS;

/// A page.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// What it is found by.
    pub key: String,
    /// What it is about.
    pub title: String,
    /// What it says.
    pub text: String,
}

/// Articles of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// What they are about.
    pub title: String,
    /// In the order in which they are listed.
    pub articles: Vec<Article>,
}

/// What a company can pull.
const LEVERS: &[&str] = &[
    "take-rate",
    "advert-load",
    "consumer-fee",
    "coupon",
    "membership-fee",
    "merchant-fee",
    "exclusivity",
    "comply",
    "brand",
    "governance",
    "ai",
    "category-strength",
    "marketing",
    "stores",
    "invitations",
    "visits",
    "engineering",
    "credit",
    "merchant-loan-rate",
    "merchant-standard",
    "buyer-loan-rate",
    "buyer-standard",
    "outside-funds",
    "capital",
    "dividend",
    "issue",
];
/// Services, and what is between companies.
const BETWEEN: &[&str] = &[
    "wallet",
    "carrier",
    "full-fleet",
    "app",
    "shared-data",
    "service-price",
    "adopt",
    "drop",
    "abort",
    "counter",
    "front",
    "deal-months",
    "deal-notice",
    "deal-penalty",
    "insolvency",
    "bid",
];
/// What is seen of the market.
const MARKET: &[&str] = &[
    "commons",
    "concentration",
    "people-think",
    "expectations",
    "choice-term",
    "choice-now",
    "choice-change",
    "shops-listed",
    "only-here",
    "came",
    "went-away",
    "merchants-pay",
    "merchants-keep",
    "carrier-kind",
    "parcels-carried",
    "room-in-use",
    "price-a-parcel",
    "carrier-quality",
    "wallet-held",
    "wallet-habit",
    "without-wallet",
];
/// The game itself.
const GAME: &[&str] = &[
    "forecast",
    "choice-worth",
    "worth-of-orders",
    "difficulty-gentle",
    "difficulty-fair",
    "difficulty-fierce",
    "random-market",
    "random-seed",
];

/// Every article, those about the level's own services last.
pub fn sections(level: Option<&Level>) -> Vec<Section> {
    let of = |title: String, keys: Vec<String>| Section {
        title,
        articles: keys.into_iter().map(|key| article(&key)).collect(),
    };
    let known = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
    let choice = ChoiceTerm::ALL.map(|term| words::choice_key(term).to_owned()).to_vec();
    let measures = METRICS.iter().map(|metric| format!("metric-{}", metric.name.replace('_', "-")));
    let mut sections = vec![
        of(say!("articles-levers"), known(LEVERS)),
        of(say!("articles-between"), known(BETWEEN)),
        of(say!("articles-choice"), choice),
        of(say!("articles-market"), known(MARKET)),
        of(say!("articles-game"), known(GAME)),
        of(say!("articles-measures"), measures.collect()),
    ];
    if let Some(level) = level.filter(|level| !level.services.is_empty()) {
        let articles = (0..level.services.len()).map(|service| of_service(level, service)).collect();
        sections.push(Section { title: say!("articles-services"), articles });
    }
    sections
}

/// The key of the article on something, by the name that it is shown by: just that, or else the longest that the name begins with.
pub fn find(level: Option<&Level>, name: &str) -> Option<String> {
    let articles: Vec<Article> = sections(level).into_iter().flat_map(|section| section.articles).collect();
    let exact = articles.iter().find(|article| article.title == name);
    let begins = || {
        let beginning = articles.iter().filter(|article| name.starts_with(&article.title));
        beginning.max_by_key(|article| article.title.len())
    };
    exact.or_else(begins).map(|article| article.key.clone())
}

fn article(key: &str) -> Article {
    Article { key: key.to_owned(), title: text(key), text: text(&format!("{key}-meaning")) }
}

/// What a service of the level is, whose, and where it is known.
fn of_service(level: &Level, number: usize) -> Article {
    let service = &level.services[number];
    let kind = match &service.kind {
        ServiceKind::Wallet(_) => article("wallet"),
        ServiceKind::Carrier(_) => article("carrier"),
        ServiceKind::App(_) => article("app"),
    };
    let owner = service.owner.map_or_else(
        || say!("service-of-firm"),
        |owner| say!("service-of", whom = of_level(&level.platforms[owner].name)),
    );
    let mut facts = vec![say!("service-is", what = kind.title), owner];
    if let ServiceKind::Carrier(carrier) = &service.kind {
        let (speed, door) = (words::speed(carrier.speed), words::door(carrier.delivery));
        facts.push(say!("carrier-is", how = words::supply(carrier.supply), speed = speed, door = door));
    }
    facts.push(kind.text);
    Article {
        key: format!("service-{}", service.id),
        title: of_level(&service.name),
        text: facts.join("\n\n"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::texts::has;
    use walled_gardens_engine::strategy::vocabulary;

    /// What tooltips say of controls that explain themselves, or that has no name of its own.
    const WITHOUT: [&str; 10] = [
        "reduced-motion",
        "sound",
        "hints",
        "keep-as-file",
        "offer-is-planned",
        "payment",
        "refuse",
        "typed",
        "watch",
        "weighing",
    ];

    fn keys(level: Option<&Level>) -> Vec<String> {
        sections(level).into_iter().flat_map(|section| section.articles).map(|article| article.key).collect()
    }

    #[test]
    fn every_article_has_a_title_and_a_text_and_stands_once() {
        let mut seen = BTreeSet::new();
        for key in keys(None) {
            assert!(has(&key) && has(&format!("{key}-meaning")), "{key}");
            assert!(!text(&format!("{key}-meaning")).contains('{'), "{key} leaves something open");
            assert!(seen.insert(key.clone()), "{key} stands twice");
        }
    }

    #[test]
    fn whatever_a_tooltip_explains_by_name_has_an_article() {
        let table = include_str!("../../assets/texts/en.ftl");
        let there = keys(None);
        let missing: Vec<&str> = table
            .lines()
            .filter_map(|line| line.split_once("-meaning = "))
            .filter(|(key, text)| has(key) && !text.contains('{') && !WITHOUT.contains(key))
            .map(|(key, _)| key)
            .filter(|key| !there.iter().any(|known| known == key))
            .collect();
        assert!(missing.is_empty(), "no article on {missing:?}");
    }

    #[test]
    fn an_article_is_found_by_what_is_shown() {
        let level = Level::find("history/china_2024", &[], &vocabulary()).expect("reads");
        assert_eq!(find(Some(&level), "Commission").as_deref(), Some("take-rate"));
        assert_eq!(find(Some(&level), "Profit").as_deref(), Some("metric-profit"));
        assert_eq!(find(Some(&level), "no such thing"), None);
        let service = &level.services[0];
        assert_eq!(find(Some(&level), &of_level(&service.name)), Some(format!("service-{}", service.id)));
        assert_eq!(find(None, &of_level(&service.name)), None);
    }
}
