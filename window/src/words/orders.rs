//! Orders, and the terms of deals.

use super::names::{category, platform, region, service};
use super::services::{access, asked};
use super::time::months;
use crate::form;
use crate::texts::{of_level, say};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::order::{Answer, Audience, Order, Term};
use walled_gardens_engine::strategy::PlatformView;

/// An order: what it is about, and what it sets.
pub fn order(level: &Level, order: &Order) -> (String, String) {
    let yuan = form::yuan;
    let percent = |rate: f64| form::percent_to(rate, 2);
    match order {
        Order::TakeRate { category: c, rate } => {
            (say!("order-take-rate", what = category(level, c.as_ref())), percent(*rate))
        }
        Order::ConsumerFee { region: r, category: c, rate } => (
            say!("order-consumer-fee", place = region(level, r.as_ref()), what = category(level, c.as_ref())),
            percent(*rate),
        ),
        Order::Coupon { region: r, category: c, audience, depth } => {
            let (place, what) = (region(level, r.as_ref()), category(level, c.as_ref()));
            let whom = self::audience(*audience);
            (say!("order-coupon", place = place, what = what, whom = whom), percent(*depth))
        }
        Order::AdvertLoad { load } => (say!("order-advert-load"), percent(*load)),
        Order::MembershipFee { fee } => (say!("order-membership-fee"), yuan(*fee)),
        Order::MerchantFee { fee } => (say!("order-merchant-fee"), yuan(*fee)),
        Order::MerchantCredit { rate, standard } => (
            say!("order-merchant-credit"),
            say!("loan-terms", rate = percent(*rate), standard = percent(*standard)),
        ),
        Order::BuyerCredit { rate, standard } => (
            say!("order-buyer-credit"),
            say!("loan-terms", rate = percent(*rate), standard = percent(*standard)),
        ),
        Order::OutsideFunds { part } => (say!("order-outside-funds"), percent(*part)),
        Order::BrandBudget { amount } => (say!("order-brand"), yuan(*amount)),
        Order::CategoryBudget { category: c, amount } => {
            (say!("order-category", what = category(level, c.as_ref())), yuan(*amount))
        }
        Order::MarketingBudget { region: r, amount } => {
            (say!("order-marketing", place = region(level, r.as_ref())), yuan(*amount))
        }
        Order::GovernanceBudget { amount } => (say!("order-governance"), yuan(*amount)),
        Order::AiBudget { amount } => (say!("order-ai"), yuan(*amount)),
        Order::VisitBudget { service: s, amount } => {
            (say!("order-visits", what = service(level, s)), yuan(*amount))
        }
        Order::InvitationBudget { amount } => (say!("order-invitations"), yuan(*amount)),
        Order::StoreBudget { region: r, amount } => {
            (say!("order-stores", place = region(level, r.as_ref())), yuan(*amount))
        }
        Order::EngineeringBudget { amount } => (say!("order-engineering"), yuan(*amount)),
        Order::Capacity { service: s, parcels } => {
            (say!("order-capacity", what = service(level, s)), form::count(*parcels))
        }
        _ => order_between(level, order),
    }
}

/// An order between companies.
fn order_between(level: &Level, order: &Order) -> (String, String) {
    let name = |id: &String| service(level, id);
    match order {
        Order::ServicePrice { service: s, to, price } => (
            say!("order-service-price", what = name(s), whom = whom(level, to.as_ref())),
            asked(level, s, *price),
        ),
        Order::Open { service: s, to, access: depth } => {
            (say!("order-open", what = name(s), whom = whom(level, to.as_ref())), access(*depth))
        }
        Order::Close { service: s, to } => {
            (say!("order-close", what = name(s), whom = whom(level, to.as_ref())), String::new())
        }
        Order::Block { platform: id } => (say!("order-block", whom = platform(level, id)), String::new()),
        Order::Adopt { service: s } => (say!("order-adopt", what = name(s)), String::new()),
        Order::Drop { service: s } => (say!("order-drop", what = name(s)), String::new()),
        Order::Abort { service: s } => (say!("order-abort", what = name(s)), String::new()),
        Order::Offer { to, deal } => (say!("order-offer", whom = platform(level, to)), months(deal.months)),
        Order::Answer { from, answer } => {
            let answer = match answer {
                Answer::Accept => say!("answer-accept"),
                Answer::Refuse | Answer::RefuseBecause(_) => say!("answer-refuse"),
                Answer::Counter(_) => say!("answer-counter"),
            };
            (say!("order-answer", whom = platform(level, from)), answer)
        }
        Order::End { agreement, at_once } => {
            let how = if *at_once { say!("end-at-once") } else { say!("end-notice") };
            (say!("order-end", number = agreement), how)
        }
        Order::Exclusivity { on: true } => (say!("bind-merchants"), String::new()),
        Order::Exclusivity { on: false } => (say!("free-merchants"), String::new()),
        Order::Dividend { part } => (say!("order-dividend"), form::percent(*part)),
        Order::Issue { part, .. } => (say!("order-issue"), form::percent(*part)),
        Order::List { service: s, part, .. } => (say!("order-list", what = name(s)), form::percent(*part)),
        Order::Buy { of, part, .. } => (say!("order-buy", whom = platform(level, of)), form::percent(*part)),
        Order::Sell { of, part, .. } => {
            (say!("order-sell", whom = platform(level, of)), form::percent(*part))
        }
        Order::Comply => (say!("comply"), String::new()),
        Order::Contest => (say!("contest"), String::new()),
        Order::Bid { service: id, price } => {
            (say!("order-bid", what = service(level, id)), form::yuan(*price))
        }
        Order::Choose { event, choice } => {
            let known = level.events.iter().find(|known| known.id == *event);
            let title = of_level(known.map_or(event, |known| &known.title));
            let chosen = known.and_then(|known| known.choices.iter().find(|known| known.id == *choice));
            (say!("order-choose", what = title), of_level(chosen.map_or(choice, |known| &known.text)))
        }
        other => (other.to_string(), String::new()),
    }
}

fn whom(level: &Level, id: Option<&String>) -> String {
    id.map_or_else(|| say!("everybody"), |id| platform(level, id))
}

/// Whom a coupon is for.
pub fn audience(audience: Audience) -> String {
    match audience {
        Audience::Switchers => say!("audience-switchers"),
        Audience::Everyone => say!("audience-everyone"),
    }
}

/// A term of a deal, as the player is told of it: who grants it to whom.
pub fn term(view: &PlatformView, term: &Term, (giver, taker): (usize, usize)) -> String {
    let (level, mine) = (&view.level, giver == view.me);
    match term {
        Term::Service { service: id, access: depth, price } => {
            let number = level.services.iter().position(|known| known.id == *id);
            let now = number.map(|number| view.public.ecosystem.services[number].counterparts[taker].price);
            let asked = match (price, now) {
                (Some(price), _) => asked(level, id, *price),
                (None, Some(now)) => say!("price-as-it-is", price = asked(level, id, now)),
                (None, None) => String::new(),
            };
            say!("term-service", what = service(level, id), depth = access(*depth), price = asked)
        }
        Term::Data if mine => say!("what-you-know"),
        Term::Data => say!("term-data"),
        Term::NonBlocking if mine => say!("you-close-nothing"),
        Term::NonBlocking => say!("term-non-blocking"),
        Term::Insight if mine => say!("you-let-see"),
        Term::Insight => say!("term-insight"),
        Term::Front { against } if mine => say!("you-shut-out", whom = platform(level, against)),
        Term::Front { against } => say!("term-front", whom = platform(level, against)),
        Term::Payment { amount } => say!("term-payment", amount = form::yuan(*amount)),
        Term::NewShares { part, price } if mine => {
            say!("you-issue", part = form::percent(*part), price = form::yuan(*price))
        }
        Term::NewShares { part, price } => {
            say!("term-new-shares", part = form::percent(*part), price = form::yuan(*price))
        }
        Term::Stake { of, part, price } => say!(
            "term-stake",
            whom = platform(level, of),
            part = form::percent(*part),
            price = form::yuan(*price)
        ),
    }
}
