//! What a metric may be taken of, so that what can have no value is said where it is asked for.

use super::services::ServiceKind;
use super::{Bound, Level, Measure};

/// Whether a thing is named beside a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Never.
    Never,
    /// It may be; all of them otherwise.
    Maybe,
    /// Always.
    Always,
}

/// A sort of services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Wallets.
    Wallet,
    /// Carriers.
    Carrier,
    /// Carriers with room of their own.
    Room,
    /// Apps.
    App,
}

impl Sort {
    /// What one is called.
    fn name(self) -> &'static str {
        match self {
            Self::Wallet => "a wallet",
            Self::Carrier => "a carrier",
            Self::Room => "a carrier with a `capacity`",
            Self::App => "an app",
        }
    }

    fn holds(self, kind: &ServiceKind) -> bool {
        match (self, kind) {
            (Self::Wallet, ServiceKind::Wallet(_))
            | (Self::Carrier, ServiceKind::Carrier(_))
            | (Self::App, ServiceKind::App(_)) => true,
            (Self::Room, ServiceKind::Carrier(carrier)) => carrier.capacity.is_some(),
            _ => false,
        }
    }
}

/// What has to be named beside a metric, what may be, and what there must be for it to have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// A company.
    pub platform: Named,
    /// A region.
    pub region: Named,
    /// A category.
    pub category: Named,
    /// A service.
    pub service: Named,
    /// Whether a company must have a shop.
    pub shop: bool,
    /// Services that the level must have; one that is named must be of them.
    pub sort: Option<Sort>,
}

impl Subject {
    /// The market as a whole.
    pub const MARKET: Self = Self {
        platform: Named::Never,
        region: Named::Never,
        category: Named::Never,
        service: Named::Never,
        shop: false,
        sort: None,
    };
    /// A company as a whole.
    pub const COMPANY: Self = Self { platform: Named::Always, ..Self::MARKET };
    /// A company with a shop, as a whole.
    pub const SHOP: Self = Self { shop: true, ..Self::COMPANY };

    /// The same, by region where one is named.
    pub const fn by_region(self) -> Self {
        Self { region: Named::Maybe, ..self }
    }

    /// The same, by category where one is named.
    pub const fn by_category(self) -> Self {
        Self { category: Named::Maybe, ..self }
    }

    /// The same, of one service or of all of a sort.
    pub const fn of(self, service: Named, sort: Option<Sort>) -> Self {
        Self { service, sort, ..self }
    }
}

/// A metric as levels know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measurable {
    /// Its name.
    pub name: &'static str,
    /// Whether it lies between 0 and 1.
    pub fraction: bool,
    /// What it may be taken of.
    pub subject: Subject,
}

/// Why a measure can have no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmeasurable {
    /// The field it is about: `of`, `region`, `category`, `service` or `metric`.
    pub field: &'static str,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub expected: String,
}

impl Measurable {
    /// Why a measure of this metric can have no value in a level; nothing where it has one.
    pub fn unmeasurable(&self, level: &Level, measure: &Measure) -> Option<Unmeasurable> {
        let (name, subject) = (self.name, self.subject);
        let wrong = |field: &'static str, message: String, expected: &str| {
            Some(Unmeasurable { field, message, expected: expected.to_owned() })
        };
        let places = [
            ("of", "a company", subject.platform, measure.platform.is_some()),
            ("region", "a region", subject.region, measure.region.is_some()),
            ("category", "a category", subject.category, measure.category.is_some()),
            ("service", "a service", subject.service, measure.service.is_some()),
        ];
        for (field, what, named, given) in places {
            match named {
                Named::Never if given => {
                    return wrong(field, format!("`{name}` is not measured of {what}"), "nothing here");
                }
                Named::Always if !given => {
                    return wrong(
                        "metric",
                        format!("`{name}` is measured of {what}"),
                        &format!("`{field}` beside it"),
                    );
                }
                _ => {}
            }
        }
        let company = measure.platform.map(|platform| &level.platforms[platform]);
        if let Some(company) = company.filter(|company| subject.shop && company.shop.is_none()) {
            let message = format!("`{}` has no shop, hence no `{name}`", company.id);
            return wrong("of", message, "a company with a shop");
        }
        let sort = subject.sort?;
        match measure.service.map(|number| &level.services[number]) {
            Some(service) if !sort.holds(&service.kind) => {
                let message = format!("`{}` has no `{name}`: it is not {}", service.id, sort.name());
                wrong("service", message, sort.name())
            }
            None if !level.services.iter().any(|service| sort.holds(&service.kind)) => {
                let message = format!("there is no `{name}` in a level without {}", sort.name());
                wrong("metric", message, &format!("{} among the services", sort.name()))
            }
            _ => None,
        }
    }

    /// The bound, by field, that a fraction never meets, and what it would have to be; nothing where it may be met.
    pub fn never(&self, bound: Bound) -> Option<(&'static str, f64)> {
        let (field, number, never) = match bound {
            Bound::AtLeast(least) => ("at_least", least, least > 1.0),
            Bound::AtMost(most) => ("at_most", most, most < 0.0),
            Bound::Within(low, high) => {
                ("within", if low > 1.0 { low } else { high }, low > 1.0 || high < 0.0)
            }
        };
        (self.fraction && never).then_some((field, number))
    }
}

impl Measure {
    /// In words, without the turn: `share of north in tier-4 for apparel`.
    pub fn in_words(&self, level: &Level) -> String {
        let mut text = self.metric.clone();
        if let Some(service) = self.service {
            text += &format!(" of {}", level.services[service].id);
        }
        if let Some(platform) = self.platform {
            text += &format!(" of {}", level.platforms[platform].id);
        }
        if let Some(region) = self.region {
            text += &format!(" in {}", level.regions[region].id);
        }
        if let Some(category) = self.category {
            text += &format!(" for {}", level.categories[category].id);
        }
        text
    }
}
