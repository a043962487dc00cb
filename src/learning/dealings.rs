//! What is done to other companies, and answers to what waits.

use super::does::{Does, GROWTH};
use crate::level::services::ServiceKind;
use crate::order::{Access, Answer, Order};
use crate::strategy::PlatformView;

/// What is done to other companies, and answers to what waits; the market's own rules say whether it is legal.
pub(super) fn dealing(view: &PlatformView, does: &Does) -> Option<Order> {
    let level = &view.level;
    let id = |service: usize| level.services[service].id.clone();
    let owned = |service: usize| level.services[service].owner == Some(view.me);
    let state = |service: usize| &view.public.ecosystem.services[service];
    let others = || (0..level.platforms.len()).filter(|&other| other != view.me);
    let rival = |place: usize| (view.me + place) % level.platforms.len();
    let offered = |place: usize| {
        let offers = &view.public.ecosystem.negotiations.offers;
        offers.iter().any(|offer| (offer.from, offer.to) == (rival(place), view.me))
    };
    let answer = |place: usize, answer: Answer| {
        offered(place).then(|| Order::Answer { from: level.platforms[rival(place)].id.clone(), answer })
    };
    match *does {
        Does::Open(service) if owned(service) => {
            let shut = others().any(|to| state(service).counterparts[to].granted < Access::Native);
            shut.then(|| Order::Open { service: id(service), to: None, access: Access::Native })
        }
        Does::Close(service) if owned(service) => {
            let open = others().any(|to| state(service).counterparts[to].granted > Access::Blocked);
            open.then(|| Order::Close { service: id(service), to: None })
        }
        Does::ServicePrice { service, up } if owned(service) => {
            let now = state(service).counterparts[view.me].price;
            let first =
                if matches!(level.services[service].kind, ServiceKind::Carrier(_)) { 0.5 } else { 0.001 };
            let price = if up {
                (now * GROWTH).max(now + first)
            } else if now < first {
                0.0
            } else {
                now / GROWTH
            };
            (price != now).then(|| Order::ServicePrice { service: id(service), to: None, price })
        }
        Does::Capacity { service, up } if owned(service) => {
            let now = state(service).capacity?;
            let parcels = if up { now * GROWTH } else { now / GROWTH };
            (parcels != now).then(|| Order::Capacity { service: id(service), parcels })
        }
        Does::Adopt(service) => {
            let own = state(service).counterparts[view.me];
            let further = own.used < own.granted && view.has_shop();
            let busy = view.public.ecosystem.engineering[view.me].works_on(service);
            (further && !busy).then(|| Order::Adopt { service: id(service) })
        }
        Does::Drop(service) => {
            let used = state(service).counterparts[view.me].used > Access::Blocked;
            used.then(|| Order::Drop { service: id(service) })
        }
        Does::Accept { place } => answer(place, Answer::Accept),
        Does::Refuse { place } => answer(place, Answer::Refuse),
        Does::Choose { choice } => {
            let waiting = view.public.chronicle.waiting_for(view.me).next()?;
            view.answer_to(waiting.event, choice)
        }
        Does::Contest => view.is_decided_against().then_some(Order::Contest),
        _ => None,
    }
}
