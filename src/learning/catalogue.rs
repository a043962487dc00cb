//! The actions of a level.

use super::actions::Template;
use super::does::{BUDGETS, COUPON_STEP, DIVIDEND_STEP, Does, FEE_STEP, RATE_STEP};
use crate::level::Level;
use crate::level::services::ServiceKind;

/// Actions so far.
struct Catalogue(Vec<Template>);

impl Catalogue {
    fn add(&mut self, name: impl Into<String>, meaning: impl Into<String>, does: Does) {
        self.0.push(Template { name: name.into(), meaning: meaning.into(), does });
    }

    fn prices(&mut self, level: &Level, up: bool, way: &str) {
        let step = format!("{way} by {RATE_STEP}");
        self.add(
            format!("take_rate.{way}"),
            format!("the commission in every category {step}"),
            Does::TakeRate { category: None, up },
        );
        for (category, named) in level.categories.iter().enumerate().filter(|_| level.categories.len() > 1) {
            self.add(
                format!("take_rate.{}.{way}", named.id),
                format!("the commission on {} {step}", named.name),
                Does::TakeRate { category: Some(category), up },
            );
        }
        for (name, meaning, does) in [
            ("consumer_fee", format!("the fee on consumers {step}"), Does::ConsumerFee { up }),
            ("coupon", format!("coupons for switchers {way} by {COUPON_STEP}"), Does::Coupon { up }),
            ("advert_load", format!("adverts {step} of the screen"), Does::AdvertLoad { up }),
            ("membership_fee", format!("the members' fee {way} by ¥{FEE_STEP}"), Does::MembershipFee { up }),
            ("merchant_fee", format!("the merchants' fee {way} by ¥{FEE_STEP}"), Does::MerchantFee { up }),
        ] {
            self.add(format!("{name}.{way}"), meaning, does);
        }
    }

    fn budgets(&mut self, up: bool, way: &str) {
        for (kind, name) in BUDGETS {
            let meaning = format!("the budget for {name} {way} by a quarter");
            self.add(format!("budget.{name}.{way}"), meaning, Does::Budget { kind, up });
        }
        self.add(
            format!("budgets.{way}"),
            format!("all budgets {way} by a quarter"),
            Does::AllBudgets { up },
        );
        let meaning = format!("the part of profits paid out {way} by {DIVIDEND_STEP}");
        self.add(format!("dividend.{way}"), meaning, Does::Dividend { up });
    }

    fn services(&mut self, level: &Level) {
        for (service, named) in level.services.iter().enumerate() {
            let (id, name) = (&named.id, &named.name);
            let room = matches!(&named.kind, ServiceKind::Carrier(carrier) if carrier.capacity.is_some());
            let opened = format!("{name} is opened to everybody, as far as it goes");
            self.add(format!("open.{id}"), opened, Does::Open(service));
            self.add(format!("close.{id}"), format!("{name} is closed to everybody"), Does::Close(service));
            self.add(format!("adopt.{id}"), format!("{name} is used, or used further"), Does::Adopt(service));
            self.add(format!("drop.{id}"), format!("{name} is used no longer"), Does::Drop(service));
            for (up, way) in WAYS {
                let price = format!("the price of {name} {way} by a quarter");
                self.add(format!("price.{id}.{way}"), price, Does::ServicePrice { service, up });
                if room {
                    let room = format!("the room of {name} {way} by a quarter");
                    self.add(format!("capacity.{id}.{way}"), room, Does::Capacity { service, up });
                }
            }
        }
    }

    fn answers(&mut self, level: &Level) {
        for place in 1..level.platforms.len() {
            let rival = format!("the offer of rival {place}, counted from the seat round");
            self.add(format!("accept.rival{place}"), format!("yes to {rival}"), Does::Accept { place });
            self.add(format!("refuse.rival{place}"), format!("no to {rival}"), Does::Refuse { place });
        }
        let choices = level.events.iter().map(|event| event.choices.len()).max().unwrap_or(0);
        for choice in 0..choices {
            let number = choice + 1;
            let meaning = format!("choice {number} of the event that waits longest");
            self.add(format!("choose.{number}"), meaning, Does::Choose { choice });
        }
        if level.regulator.is_some() {
            self.add("contest", "the regulator's decision is contested", Does::Contest);
        }
        self.add("bid", "half of its worth is bid for all that is for sale", Does::Bid);
    }
}

const WAYS: [(bool, &str); 2] = [(true, "up"), (false, "down")];

/// The actions of a level, the same for every seat; the first is to do nothing.
pub fn templates(level: &Level) -> Vec<Template> {
    let mut all = Catalogue(Vec::new());
    all.add("nothing", "everything stays as it is", Does::Nothing);
    for (up, way) in WAYS {
        all.prices(level, up, way);
        all.budgets(up, way);
    }
    all.add("exclusivity", "merchants are bound, or free again", Does::Exclusivity);
    all.services(level);
    all.answers(level);
    all.0
}
