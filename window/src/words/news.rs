//! What happened between companies.

use super::events::effects;
use super::services::access;
use super::time::{month, months};
use crate::desk::news::NewsKind;
use crate::form::Form;
use crate::texts::{of_level, say};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::order::{Objection, Reason};
use walled_gardens_engine::sim::state::engineering::Goal;
use walled_gardens_engine::sim::state::events::Event;

/// A kind of news.
pub fn news_kind(kind: NewsKind) -> String {
    match kind {
        NewsKind::Offers => say!("kind-offers"),
        NewsKind::Agreements => say!("kind-agreements"),
        NewsKind::Gates => say!("kind-gates"),
        NewsKind::Blocks => say!("kind-blocks"),
        NewsKind::BuiltIn => say!("kind-built-in"),
        NewsKind::Events => say!("kind-events"),
        NewsKind::Regulator => say!("kind-regulator"),
        NewsKind::Capital => say!("kind-capital"),
        NewsKind::Goals => say!("kind-goals"),
        NewsKind::Prices => say!("kind-prices"),
        NewsKind::People => say!("kind-people"),
        NewsKind::Places => say!("kind-places"),
        NewsKind::Own => say!("kind-own"),
        NewsKind::Standing => say!("kind-standing"),
        NewsKind::Services => say!("kind-services"),
        NewsKind::Calendar => say!("kind-calendar"),
    }
}

/// Why an offer is refused.
pub fn objection(why: Objection) -> String {
    match why {
        Objection::Costs(reason) => match reason {
            Reason::Sales => say!("objection-sales"),
            Reason::Service => say!("objection-service"),
            Reason::Habit => say!("objection-habit"),
            Reason::Referrals => say!("objection-referrals"),
            Reason::Engineering => say!("objection-engineering"),
            Reason::Safety => say!("objection-safety"),
            Reason::Payment => say!("objection-payment"),
            Reason::Fraud => say!("objection-fraud"),
            Reason::Front => say!("objection-front"),
            Reason::Shares => say!("objection-shares"),
            Reason::Room => say!("objection-room"),
        },
        Objection::BringsNothing => say!("objection-nothing"),
        Objection::TooLittle => say!("objection-little"),
        Objection::Promised => say!("objection-promised"),
        Objection::Grudge => say!("objection-grudge"),
        Objection::Feared => say!("objection-feared"),
        Objection::ShutsOut => say!("objection-shuts-out"),
        Objection::KeepsToItself => say!("objection-keeps"),
        Objection::NotInterested => say!("objection-not-interested"),
    }
}

/// Something that happened between companies, and the company it is about.
pub fn event(level: &Level, event: &Event) -> (Option<usize>, String) {
    let name = |platform: usize| of_level(&level.platforms[platform].name);
    let service = |number: usize| of_level(&level.services[number].name);
    match *event {
        Event::Offered { by, to } => (Some(by), say!("news-offered", who = name(by), whom = name(to))),
        Event::Accepted { by, of, agreement } => {
            (Some(by), say!("news-accepted", who = name(by), whom = name(of), number = agreement))
        }
        Event::Refused { by, of, because: None } => {
            (Some(by), say!("news-refused", who = name(by), whom = name(of)))
        }
        Event::Refused { by, of, because: Some(why) } => {
            let why = objection(why);
            (Some(by), say!("news-refused-because", who = name(by), whom = name(of), why = why))
        }
        Event::Countered { by, of } => (Some(by), say!("news-countered", who = name(by), whom = name(of))),
        Event::Lapsed { by, of } => (Some(by), say!("news-lapsed", who = name(by), whom = name(of))),
        Event::NoticeGiven { by, to, agreement } => {
            (Some(by), say!("news-notice", who = name(by), whom = name(to), number = agreement))
        }
        Event::Broken { by, to, agreement } => {
            (Some(by), say!("news-broken", who = name(by), whom = name(to), number = agreement))
        }
        Event::Expired { agreement } => (None, say!("news-expired", number = agreement)),
        Event::Opened { by, to, service: number } => {
            (Some(by), say!("news-opened", who = name(by), whom = name(to), what = service(number)))
        }
        Event::Closed { by, to, service: number } => {
            (Some(by), say!("news-closed", who = name(by), whom = name(to), what = service(number)))
        }
        Event::Withdrawn { by, to, service: number } => {
            (Some(by), say!("news-withdrawn", who = name(by), whom = name(to), what = service(number)))
        }
        Event::Blocked { by, to } => (Some(by), say!("news-blocked", who = name(by), whom = name(to))),
        Event::Integrated { platform, goal: Goal::Service(number, depth) } => {
            let depth = access(depth);
            (
                Some(platform),
                say!("news-integrated", who = name(platform), what = service(number), depth = depth),
            )
        }
        Event::Happened { event } => {
            let known = &level.events[event];
            let does = effects(level, &known.effects, known.seat);
            let told = if known.effects.is_empty() {
                of_level(&known.text)
            } else {
                say!("two-facts", one = of_level(&known.text), other = does)
            };
            (None, say!("news-happened", what = of_level(&known.title), text = told))
        }
        Event::ClosedDown { service: number } => (None, say!("news-closed-down", what = service(number))),
        Event::Entered { platform } => (Some(platform), say!("news-entered", who = name(platform))),
        Event::Bound { by, on: true } => (Some(by), say!("news-bound", who = name(by))),
        Event::Bound { by, on: false } => (Some(by), say!("news-freed", who = name(by))),
        Event::Chose { by, event, choice } => {
            let known = &level.events[event];
            let chosen = &known.choices[choice];
            let does = effects(level, &chosen.effects, Some(by));
            let told = say!(
                "news-chose",
                who = name(by),
                what = of_level(&known.title),
                choice = of_level(&chosen.text),
                does = does
            );
            (Some(by), told)
        }
        Event::Integrated { platform, goal: Goal::Data(partner) } => {
            (Some(platform), say!("news-joined", who = name(platform), whom = name(partner)))
        }
        _ => judged(level, event),
    }
}

/// The same of the regulator, and of shares.
fn judged(level: &Level, event: &Event) -> (Option<usize>, String) {
    let name = |platform: usize| of_level(&level.platforms[platform].name);
    match *event {
        Event::Warned { platform } => (Some(platform), say!("news-warned", who = name(platform))),
        Event::Probed { platform } => (Some(platform), say!("news-probed", who = name(platform))),
        Event::Dropped { platform } => (Some(platform), say!("news-dropped", who = name(platform))),
        Event::Decided { platform, fine, remedy } => {
            let fine = Form::Yuan.write(fine as f64 / 100.0);
            let told = if remedy {
                say!("news-decided-remedy", who = name(platform), fine = fine)
            } else {
                say!("news-decided", who = name(platform), fine = fine)
            };
            (Some(platform), told)
        }
        Event::Complied { platform } => (Some(platform), say!("news-complied", who = name(platform))),
        Event::Contested { platform } => (Some(platform), say!("news-contested", who = name(platform))),
        Event::Defied { platform, fine } => {
            let fine = Form::Yuan.write(fine as f64 / 100.0);
            (Some(platform), say!("news-defied", who = name(platform), fine = fine))
        }
        _ => insolvency(level, event),
    }
}

/// The same of companies that owe too much, and of shares.
fn insolvency(level: &Level, event: &Event) -> (Option<usize>, String) {
    let name = |platform: usize| of_level(&level.platforms[platform].name);
    let service = |number: usize| of_level(&level.services[number].name);
    match *event {
        Event::Distressed { platform, months: count } => {
            (Some(platform), say!("news-distressed", who = name(platform), long = months(count)))
        }
        Event::Administered { platform, until } => {
            (Some(platform), say!("news-administered", who = name(platform), month = month(level, until)))
        }
        Event::Sold { service: number, by, of, price } => {
            let price = Form::Yuan.write(price as f64 / 100.0);
            let (who, whom) = (name(by), name(of));
            (Some(by), say!("news-sold", who = who, what = service(number), whom = whom, price = price))
        }
        Event::Rescued { platform } => (Some(platform), say!("news-rescued", who = name(platform))),
        Event::WoundUp { platform, debt } => {
            let debt = Form::Yuan.write(debt as f64 / 100.0);
            (Some(platform), say!("news-wound-up", who = name(platform), debt = debt))
        }
        _ => shares(level, event),
    }
}

/// The same of shares.
fn shares(level: &Level, event: &Event) -> (Option<usize>, String) {
    let name = |platform: usize| of_level(&level.platforms[platform].name);
    let service = |number: usize| of_level(&level.services[number].name);
    let yuan = |fen: i128| Form::Yuan.write(fen as f64 / 100.0);
    match *event {
        Event::Issued { by, fen } => (Some(by), say!("news-issued", who = name(by), yuan = yuan(fen))),
        Event::Listed { by, service: number, fen } => {
            (Some(by), say!("news-listed", who = name(by), what = service(number), yuan = yuan(fen)))
        }
        Event::CalledOff { by, service: Some(number) } => {
            (Some(by), say!("news-called-off-listing", who = name(by), what = service(number)))
        }
        Event::CalledOff { by, service: None } => (Some(by), say!("news-called-off", who = name(by))),
        Event::BoughtStake { by, of, fen } => {
            (Some(by), say!("news-bought-stake", who = name(by), whom = name(of), yuan = yuan(fen)))
        }
        Event::SoldStake { by, of, fen } => {
            (Some(by), say!("news-sold-stake", who = name(by), whom = name(of), yuan = yuan(fen)))
        }
        _ => (None, String::new()),
    }
}
