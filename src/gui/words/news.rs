//! What happened between companies.

use super::services::access;
use crate::gui::desk::news::NewsKind;
use crate::gui::texts::say;
use crate::level::Level;
use crate::sim::state::engineering::Goal;
use crate::sim::state::events::Event;

/// A kind of news.
pub fn news_kind(kind: NewsKind) -> String {
    match kind {
        NewsKind::Offers => say!("kind-offers"),
        NewsKind::Agreements => say!("kind-agreements"),
        NewsKind::Gates => say!("kind-gates"),
        NewsKind::Blocks => say!("kind-blocks"),
        NewsKind::BuiltIn => say!("kind-built-in"),
    }
}

/// Something that happened between companies, and the company it is about.
pub fn event(level: &Level, event: &Event) -> (Option<usize>, String) {
    let name = |platform: usize| level.platforms[platform].name.clone();
    let service = |number: usize| level.services[number].name.clone();
    match *event {
        Event::Offered { by, to } => (Some(by), say!("news-offered", who = name(by), whom = name(to))),
        Event::Accepted { by, of, agreement } => {
            (Some(by), say!("news-accepted", who = name(by), whom = name(of), number = agreement))
        }
        Event::Refused { by, of } => (Some(by), say!("news-refused", who = name(by), whom = name(of))),
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
        Event::Integrated { platform, goal: Goal::Data(partner) } => {
            (Some(platform), say!("news-joined", who = name(platform), whom = name(partner)))
        }
    }
}
