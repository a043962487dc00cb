//! [`RawLevel`] → [`Level`]: references resolved, ranges checked, defaults filled in, all errors reported at once.

mod goals;
mod orders;
mod platforms;
mod reference;
mod services;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::potential::Potential;
use super::raw::RawLevel;
use super::services::{MAX_APPS, RawService, ServiceKind};
use super::text::diagnostic::{Diagnostic, LevelError, nearest};
use super::text::path::join;
use super::text::spans::SpanMap;
use super::{
    Category, ConsumerSegment, Level, MAX_AFTERMATH, MAX_CATEGORIES, MAX_CONSUMERS, MAX_MEMBERSHIP_FEE,
    MAX_MERCHANTS, MAX_RATE, MAX_REGIONS, MAX_SEGMENTS, MAX_TURNS, MarketParameters, Measurable,
    MerchantSegment, Region, Setup,
};

pub(super) use orders::check_plan;

/// The version of the level format that this program reads.
const FORMAT: u32 = 1;
/// Strategy of a seat that neither the level nor the command line gives away.
const NOBODY: &str = "passive";
const FRACTION: RangeInclusive<f64> = 0.0..=1.0;
/// Above ten trillion yuan an amount is a slip, and sums in fen could leave 64 bits.
const AMOUNT: RangeInclusive<f64> = 0.0..=1e13;
/// Most that people could spend in a month, in yuan: a century of it in fen still fits 64 bits.
const MAX_POTENTIAL: f64 = 1e13;
/// Most that anything else may come to in a month, in yuan.
const MAX_MONTHLY: f64 = 1e13;
/// Most people: members times the largest fee stay below the same bound.
const MAX_PEOPLE: f64 = 1e10;
const RATE: RangeInclusive<f64> = 0.0..=MAX_RATE;
/// Textbook prices may be negative; orders may not.
const FEE: RangeInclusive<f64> = -MAX_MEMBERSHIP_FEE..=MAX_MEMBERSHIP_FEE;
const FACTOR: RangeInclusive<f64> = 1e-3..=FACTOR_MOST;
const FACTOR_MOST: f64 = 1e3;
/// Parameters that others are divided by where they are not 0: below this, what is measured would be rounding.
const LEAST_UNLESS_0: [(&str, f64); 2] = [("logit_scale", 1e-3), ("price_sensitivity", 1e-6)];
/// How far stated shares may be from summing to one: figures rounded to a tenth of a percent pass.
const SUM_SLACK: f64 = 5e-3;

/// Names that a level may use but that this module does not define.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Names of the strategies that can take a seat.
    pub strategies: Vec<&'static str>,
    /// What is wrong with a strategy as written, `name(parameter: value)`, whose name is known.
    pub parameters: fn(&str) -> Result<(), String>,
    /// What can be measured.
    pub metrics: Vec<Measurable>,
    /// Names of what an equilibrium consists of.
    pub equilibrium: Vec<&'static str>,
}

impl Vocabulary {
    fn names_of_metrics(&self) -> Vec<&'static str> {
        self.metrics.iter().map(|metric| metric.name).collect()
    }
}

/// Checks a level as written and completes it.
pub(super) fn check(
    raw: &RawLevel,
    spans: &SpanMap,
    vocabulary: &Vocabulary,
    file: &str,
    text: &str,
) -> Result<Level, LevelError> {
    let mut checker = Checker { spans, found: Vec::new() };
    let level = checker.level(raw, vocabulary, text);
    if checker.found.is_empty() {
        return Ok(level);
    }
    Err(LevelError { file: file.to_owned(), text: text.to_owned(), diagnostics: checker.found })
}

struct Checker<'a> {
    spans: &'a SpanMap,
    found: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn complain(&mut self, path: &str, message: String, expected: &str) -> &mut Diagnostic {
        let span = self.spans.get(path).unwrap_or_else(|| self.spans.nearest_ancestor(path).1);
        self.found.push(Diagnostic::error(path, span, message).expected(expected));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// A number in its range; `NaN` is in none. Returns the number, so that a check reads as an assignment.
    fn number(&mut self, path: &str, value: f64, range: RangeInclusive<f64>) -> f64 {
        if !range.contains(&value) {
            let (low, high) = (range.start(), range.end());
            let message = if value.is_finite() {
                format!("{} is out of range", plain(value))
            } else {
                format!("{value} is not a finite number")
            };
            self.complain(path, message, &format!("a number from {} to {}", plain(*low), plain(*high)));
        }
        value
    }

    fn whole(&mut self, path: &str, value: u32, range: RangeInclusive<u32>) -> u32 {
        if !range.contains(&value) {
            let expected = format!("a whole number from {} to {}", range.start(), range.end());
            self.complain(path, format!("{value} is out of range"), &expected);
        }
        value
    }

    fn count(&mut self, section: &str, found: usize, range: RangeInclusive<usize>) {
        if !range.contains(&found) {
            let expected = format!("from {} to {}", range.start(), range.end());
            self.complain(section, format!("{found} {}", section.replace('_', " ")), &expected);
        }
    }

    /// Identifiers: short, plain and unique, since they stand in paths, orders and columns.
    fn ids<'i>(&mut self, section: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            let path = format!("{section}[{index}].id");
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
                let begin: String = id.chars().take(40).filter(|c| !c.is_control()).collect();
                let message = format!("`{begin}` cannot be an id");
                self.complain(&path, message, "1 to 40 letters, digits, `-` or `_`");
            }
            if !seen.insert(id) {
                self.complain(
                    &path,
                    format!("the id `{id}` is taken"),
                    &format!("an id unique among {section}"),
                );
            }
        }
    }

    /// Names that are shown to people.
    fn names<'i>(&mut self, section: &str, names: impl Iterator<Item = &'i Option<String>>) {
        for (index, name) in names.enumerate() {
            if let Some(name) = name {
                self.text(&format!("{section}[{index}].name"), name, 40);
            }
        }
    }

    /// A map from ids to numbers, as a list in the order of `ids`.
    fn by_id(
        &mut self,
        path: &str,
        map: &BTreeMap<String, f64>,
        ids: &[&str],
        absent: f64,
        range: RangeInclusive<f64>,
    ) -> Vec<f64> {
        let mut list = vec![absent; ids.len()];
        for (id, &value) in map {
            let entry = join(path, id);
            self.number(&entry, value, range.clone());
            match ids.iter().position(|known| known == id) {
                Some(index) => list[index] = value,
                None => {
                    let expected = format!("one of {}", ids.join(", "));
                    let suggestion = nearest(id, ids.iter().copied()).map(str::to_owned);
                    let key = self.spans.key(&entry);
                    let diagnostic = self.complain(&entry, format!("there is no `{id}`"), &expected);
                    diagnostic.suggestion = suggestion;
                    diagnostic.span = key.unwrap_or(diagnostic.span.clone());
                }
            }
        }
        list
    }

    /// Parts of a whole must sum to one.
    fn sums_to_one(&mut self, section: &str, field: &str, parts: &[f64]) {
        let sum: f64 = parts.iter().sum();
        if (sum - 1.0).abs() > SUM_SLACK {
            let path = format!("{section}[{}].{field}", parts.len() - 1);
            self.complain(&path, format!("the {field}s of all {section} sum to {sum:.4}"), "a sum of 1");
        }
    }

    fn level(&mut self, raw: &RawLevel, vocabulary: &Vocabulary, text: &str) -> Level {
        if raw.format != FORMAT {
            let message = format!("format {} is not known", raw.format);
            self.complain("format", message, &format!("{FORMAT}, the only format so far"));
        }
        self.name(&raw.meta.id);
        self.text("meta.title", &raw.meta.title, 80);
        let texts = [("meta.summary", &raw.meta.summary), ("meta.teaches", &raw.meta.teaches)];
        for (path, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            self.text(path, text, 1_000);
        }
        let market = raw.market.resolve();
        for (name, value, range) in market.numbers() {
            self.number(&format!("market.{name}"), value, range);
            let least = LEAST_UNLESS_0.iter().find(|(least, _)| *least == name);
            if let Some((_, least)) = least.filter(|(_, least)| value > 0.0 && value < *least) {
                let message = format!("{} is too small to be worked with", plain(value));
                self.complain(&format!("market.{name}"), message, &format!("0, or at least {least}"));
            }
        }
        let regions = self.regions(raw);
        let categories = self.categories(raw, &market);
        let consumer_segments = self.consumer_segments(raw);
        let merchant_segments = self.merchant_segments(raw, &market);
        let platforms = self.platforms(raw, &market, vocabulary);
        let potential = Potential::of(
            &regions.iter().map(|region| region.population * region.income).collect::<Vec<_>>(),
            consumer_segments.iter().map(|segment| segment.share * segment.income).sum(),
            &categories.iter().map(|category| category.monthly_spend).collect::<Vec<_>>(),
        );
        let level = Level {
            id: raw.meta.id.clone(),
            title: raw.meta.title.clone(),
            summary: raw.meta.summary.clone(),
            authors: raw.meta.authors.clone(),
            tags: raw.meta.tags.clone(),
            teaches: raw.meta.teaches.clone(),
            setup: self.setup(raw),
            market,
            regions,
            categories,
            consumer_segments,
            merchant_segments,
            interconnection: self.interconnection(raw),
            services: self.services(raw, &platforms),
            integration: self.integration(raw),
            objectives: self.objectives(raw, vocabulary),
            tutorial: self.tutorial(raw),
            reference: self.reference(raw, vocabulary),
            platforms,
            text: text.to_owned(),
            potential,
        };
        if level.market.logit_scale == 0.0
            && level.platforms.iter().any(|p| p.shop.as_ref().is_some_and(|s| s.appeal.is_none()))
        {
            let message =
                "with no noise in choices, opening shares cannot be inverted into utilities".to_owned();
            self.complain("market.logit_scale", message, "a scale above 0, or `appeal` in every shop");
        }
        let (people, potential) = (level.population(), level.total_potential());
        if people > MAX_PEOPLE || potential > MAX_POTENTIAL {
            let message = format!("{people:.0} people who could spend ¥{potential:.0} a month");
            let expected = format!(
                "at most {MAX_PEOPLE:.0} people and ¥{MAX_POTENTIAL:.0}, so that sums fit the ledger"
            );
            self.complain("regions", message, &expected);
        }
        for (path, what, yuan) in monthly_sums(&level) {
            if yuan > MAX_MONTHLY {
                let message = format!("{what} ¥{} a month", plain(yuan));
                let expected = format!("at most ¥{} a month together", plain(MAX_MONTHLY));
                self.complain(&path, message, &expected);
            }
        }
        // Numbers of objectives are places in the file only where each of them is sound by itself.
        if self.found.is_empty() {
            self.can_be_met(&level, vocabulary);
        }
        level
    }

    fn name(&mut self, id: &str) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '/';
        if id.is_empty() || id.len() > 80 || !id.chars().all(plain) {
            let expected = "the path below `levels/` without `.ron`, such as lab/mine";
            self.complain("meta.id", format!("`{id}` cannot name a level"), expected);
        }
    }

    /// Text that is shown to people: of a length that fits, and nothing that a terminal would act on.
    fn text(&mut self, path: &str, text: &str, longest: usize) {
        let length = text.chars().count();
        if length == 0 || length > longest || text.chars().any(char::is_control) {
            let message = format!("a text of {length} characters cannot be shown here");
            self.complain(
                path,
                message,
                &format!("1 to {longest} characters, none of them control characters"),
            );
        }
    }

    fn setup(&mut self, raw: &RawLevel) -> Setup {
        let setup = &raw.setup;
        let people: f64 = raw.regions.iter().map(|region| region.population).sum::<f64>().max(1.0);
        // Every region, segment and set of apps has at least one agent.
        let apps = raw.services.iter().filter(|service| matches!(service, RawService::App(_))).count();
        let sets = 1 << apps.min(MAX_APPS);
        let cells = (raw.regions.len() * raw.consumer_segments.len().max(1) * sets) as u32;
        let start = setup.start.as_deref().and_then(|text| {
            let month = year_and_month(text);
            if month.is_none() {
                self.complain(
                    "setup.start",
                    format!("`{text}` is not a month"),
                    "a month such as \"2024-01\"",
                );
            }
            month
        });
        Setup {
            turns: self.whole("setup.turns", setup.turns, 1..=MAX_TURNS),
            aftermath: self.whole("setup.aftermath", setup.aftermath, 0..=MAX_AFTERMATH),
            start,
            seed: setup.seed,
            consumers: self.whole("setup.consumers", setup.consumers, cells.max(1)..=MAX_CONSUMERS),
            merchants: self.whole("setup.merchants", setup.merchants, 0..=MAX_MERCHANTS),
            shops: self.number("setup.shops", setup.shops.unwrap_or(people / 100.0), 1e-3..=1e11),
            visibility: setup.visibility,
        }
    }

    fn regions(&mut self, raw: &RawLevel) -> Vec<Region> {
        self.count("regions", raw.regions.len(), 1..=MAX_REGIONS);
        self.ids("regions", raw.regions.iter().map(|region| region.id.as_str()));
        self.names("regions", raw.regions.iter().map(|region| &region.name));
        let at = |index: usize, field: &str| format!("regions[{index}].{field}");
        let region = |(index, region): (usize, &super::raw::RawRegion)| Region {
            id: region.id.clone(),
            name: region.name.clone().unwrap_or_else(|| region.id.clone()),
            population: self.number(&at(index, "population"), region.population, 1.0..=MAX_PEOPLE),
            income: self.number(&at(index, "income"), region.income, FACTOR),
            price_sensitivity: self.number(&at(index, "price_sensitivity"), region.price_sensitivity, FACTOR),
            online: self.number(&at(index, "online"), region.online, FRACTION),
            online_ceiling: self.number(
                &at(index, "online_ceiling"),
                region.online_ceiling,
                region.online.clamp(0.0, 1.0)..=1.0,
            ),
            delivery_sensitivity: self.number(
                &at(index, "delivery_sensitivity"),
                region.delivery_sensitivity,
                0.0..=FACTOR_MOST,
            ),
        };
        raw.regions.iter().enumerate().map(region).collect()
    }

    fn categories(&mut self, raw: &RawLevel, market: &MarketParameters) -> Vec<Category> {
        self.count("categories", raw.categories.len(), 1..=MAX_CATEGORIES);
        self.ids("categories", raw.categories.iter().map(|category| category.id.as_str()));
        self.names("categories", raw.categories.iter().map(|category| &category.name));
        let at = |index: usize, field: &str| format!("categories[{index}].{field}");
        let category = |(index, category): (usize, &super::raw::RawCategory)| Category {
            id: category.id.clone(),
            name: category.name.clone().unwrap_or_else(|| category.id.clone()),
            monthly_spend: self.number(&at(index, "monthly_spend"), category.monthly_spend, 1e-3..=1e9),
            online_share: self.number(
                &at(index, "online_share"),
                category.online_share.unwrap_or(market.opening_online_share),
                1e-6..=1.0,
            ),
            parcel_value: self.number(&at(index, "parcel_value"), category.parcel_value, 0.1..=1e6),
            feed: self.number(&at(index, "feed"), category.feed, FRACTION),
        };
        raw.categories.iter().enumerate().map(category).collect()
    }

    fn consumer_segments(&mut self, raw: &RawLevel) -> Vec<ConsumerSegment> {
        let section = "consumer_segments";
        if raw.consumer_segments.is_empty() {
            return vec![ConsumerSegment {
                id: "all".into(),
                share: 1.0,
                income: 1.0,
                price_sensitivity: 1.0,
                delivery_sensitivity: 1.0,
            }];
        }
        self.count(section, raw.consumer_segments.len(), 1..=MAX_SEGMENTS);
        self.ids(section, raw.consumer_segments.iter().map(|segment| segment.id.as_str()));
        let at = |index: usize, field: &str| format!("{section}[{index}].{field}");
        let mut segments = Vec::new();
        for (index, segment) in raw.consumer_segments.iter().enumerate() {
            segments.push(ConsumerSegment {
                id: segment.id.clone(),
                share: self.number(&at(index, "share"), segment.share, 1e-6..=1.0),
                income: self.number(&at(index, "income"), segment.income, FACTOR),
                price_sensitivity: self.number(
                    &at(index, "price_sensitivity"),
                    segment.price_sensitivity,
                    FACTOR,
                ),
                delivery_sensitivity: self.number(
                    &at(index, "delivery_sensitivity"),
                    segment.delivery_sensitivity,
                    0.0..=FACTOR_MOST,
                ),
            });
        }
        let shares: Vec<f64> = segments.iter().map(|segment| segment.share).collect();
        self.sums_to_one(section, "share", &shares);
        let sum: f64 = shares.iter().sum();
        segments.iter_mut().for_each(|segment| segment.share /= sum);
        segments
    }

    fn merchant_segments(&mut self, raw: &RawLevel, market: &MarketParameters) -> Vec<MerchantSegment> {
        let section = "merchant_segments";
        if raw.merchant_segments.is_empty() {
            return vec![MerchantSegment {
                id: "all".into(),
                share: 1.0,
                size: 1.0,
                size_spread: 0.8,
                margin: market.merchant_margin,
                pass_through: market.pass_through,
                delivery_worth: 1.0,
                contract_months: 12,
            }];
        }
        self.count(section, raw.merchant_segments.len(), 1..=MAX_SEGMENTS);
        self.ids(section, raw.merchant_segments.iter().map(|segment| segment.id.as_str()));
        let at = |index: usize, field: &str| format!("{section}[{index}].{field}");
        let mut segments = Vec::new();
        for (index, segment) in raw.merchant_segments.iter().enumerate() {
            let pass_through = segment.pass_through.unwrap_or(market.pass_through);
            let extra = self.number(&at(index, "extra_margin"), segment.extra_margin, -1.0..=1.0);
            segments.push(MerchantSegment {
                id: segment.id.clone(),
                share: self.number(&at(index, "share"), segment.share, 1e-6..=1.0),
                size: self.number(&at(index, "size"), segment.size, FACTOR),
                size_spread: self.number(&at(index, "size_spread"), segment.size_spread, 0.0..=3.0),
                margin: market.merchant_margin + extra,
                pass_through: self.number(&at(index, "pass_through"), pass_through, FRACTION),
                delivery_worth: self.number(
                    &at(index, "delivery_worth"),
                    segment.delivery_worth,
                    0.0..=FACTOR_MOST,
                ),
                contract_months: self.whole(&at(index, "contract_months"), segment.contract_months, 1..=120),
            });
        }
        let shares: Vec<f64> = segments.iter().map(|segment| segment.share).collect();
        self.sums_to_one(section, "share", &shares);
        let sum: f64 = shares.iter().sum();
        segments.iter_mut().for_each(|segment| segment.share /= sum);
        segments
    }

    /// The index of an id, or a complaint.
    fn id(&mut self, path: &str, id: &str, ids: &[&str]) -> Option<usize> {
        let found = ids.iter().position(|known| *known == id);
        if found.is_none() {
            let suggestion = nearest(id, ids.iter().copied()).map(str::to_owned);
            let expected = format!("one of {}", ids.join(", "));
            self.complain(path, format!("there is no `{id}`"), &expected).suggestion = suggestion;
        }
        found
    }
}

/// Sums that a level states by its parts, each of them in its range: where, what it is and yuan a month.
fn monthly_sums(level: &Level) -> Vec<(String, &'static str, f64)> {
    let mut sums = Vec::new();
    for (index, platform) in level.platforms.iter().enumerate() {
        let pay = platform.engineers * level.market.engineer_cost;
        sums.push((format!("platforms[{index}].engineers"), "these engineers cost", pay));
        if let Some(shop) = &platform.shop {
            let people = level.population();
            for (field, what, each, of) in [
                ("membership_fee", "members could pay", shop.membership_fee, people),
                ("cost_per_member", "members could cost", shop.cost_per_member, people),
                ("merchant_fee", "shops could pay", shop.merchant_fee, level.setup.shops),
                ("cost_per_merchant", "shops could cost", shop.cost_per_merchant, level.setup.shops),
            ] {
                sums.push((format!("platforms[{index}].shop.{field}"), what, each.abs() * of));
            }
        }
    }
    for (index, service) in level.services.iter().enumerate() {
        let (field, what, yuan) = match &service.kind {
            ServiceKind::Carrier(carrier) => {
                ("capacity", "this room costs", carrier.capacity.unwrap_or(0.0) * carrier.fixed_cost)
            }
            ServiceKind::Wallet(wallet) => {
                ("income", "habits could bring", wallet.income * level.population())
            }
            ServiceKind::App(app) => {
                ("advert_income", "attention could bring", app.advert_income * level.population())
            }
        };
        sums.push((format!("services[{index}].{field}"), what, yuan));
    }
    sums
}

/// A number as a person would write it: no three hundred digits.
fn plain(value: f64) -> String {
    if value != 0.0 && !(1e-6..1e15).contains(&value.abs()) {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

fn year_and_month(text: &str) -> Option<(u32, u32)> {
    let (year, month) = text.split_once('-')?;
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    ((1900..=2200).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
}
