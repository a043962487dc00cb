//! How a seat stands to each service, as numbers.

use super::sink::Sink;
use crate::level::services::ServiceKind;
use crate::order::{Access, MAX_RATE};
use crate::strategy::PlatformView;

/// How far somebody is let in, from 0 to 1.
fn depth(access: Access) -> f64 {
    match access {
        Access::Blocked => 0.0,
        Access::Advert => 0.25,
        Access::Jump => 0.5,
        Access::MiniProgram => 0.75,
        Access::Native => 1.0,
    }
}

/// How a seat stands to each service.
pub(super) fn services(view: &PlatformView, sink: &mut impl Sink) {
    let level = &view.level;
    let rivals = level.platforms.len().saturating_sub(1).max(1) as f64;
    for (service, state) in level.services.iter().zip(&view.public.ecosystem.services) {
        let of = |what: &str| format!("service.{}.{what}", service.id);
        let (own, mine) = (state.counterparts[view.me], service.owner == Some(view.me));
        sink.flag(|| of("own"), mine);
        sink.bounded(|| of("granted"), "blocked 0, native 1", 1.0, false, depth(own.granted));
        sink.bounded(|| of("used"), "blocked 0, native 1", 1.0, false, depth(own.used));
        let (scale, unit) = match service.kind {
            ServiceKind::Carrier(_) => (10.0, "yuan a parcel"),
            _ => (0.1 * MAX_RATE, "fraction"),
        };
        sink.squashed(|| of("price"), unit, scale, own.price);
        let open = (0..level.platforms.len())
            .filter(|&to| to != view.me && state.counterparts[to].granted > Access::Blocked);
        sink.part(|| of("open_to"), open.count() as f64 / rivals);
        sink.squashed(|| of("load"), "part of its room", 1.0, state.utilisation(level));
        let profit = view.own_service_profit[state.number];
        sink.squashed(|| of("profit"), "yuan a month", 0.01 * level.total_potential(), profit);
        sink.flag(|| of("building"), view.public.ecosystem.engineering[view.me].works_on(state.number));
    }
}
