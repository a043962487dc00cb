//! Independent firms respond to what they earn: they build room, give it up, ask more, and close down.

use bevy::prelude::*;

use crate::order::Access;
use crate::sim::rules::third_parties::{Response, response};
use crate::sim::state::events::{Event, News};
use crate::sim::state::fortunes::Fortunes;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::services::ServiceState;
use crate::sim::state::world::CurrentLevel;

/// Every independent firm looks at last month, and acts on how it has fared.
pub(in crate::sim) fn respond(
    level: Res<CurrentLevel>,
    outcome: Res<Outcome>,
    mut fortunes: ResMut<Fortunes>,
    mut news: ResMut<News>,
    mut services: Query<&mut ServiceState>,
) {
    let level = &level.0;
    if level.market.third_party_response == 0.0 {
        return;
    }
    let mut states: Vec<_> = services.iter_mut().collect();
    states.sort_by_key(|state| state.number);
    for number in 0..states.len() {
        if level.services[number].owner.is_some() {
            continue;
        }
        let fortune = &mut fortunes.0[number];
        let invested = std::mem::take(&mut fortune.invested);
        fortune.pass(outcome.service_profit[number] + invested);
        let all: Vec<&ServiceState> = states.iter().map(|state| &**state).collect();
        let response = response(level, &all, number, fortune.months);
        let state = &mut states[number];
        match response {
            Response::None => {}
            Response::Room(room) => {
                let before = state.capacity.unwrap_or(0.0);
                state.built = (room - before).max(0.0);
                state.capacity = Some(room);
                fortune.invested = state.built * level.market.capacity_cost;
            }
            Response::Prices(prices) => {
                let counterparts = state.counterparts.iter_mut();
                counterparts.zip(prices).for_each(|(counterpart, price)| counterpart.price = price);
            }
            Response::Closure => {
                state.capacity = state.capacity.map(|_| 0.0);
                state.counterparts.iter_mut().for_each(|counterpart| counterpart.granted = Access::Blocked);
                news.0.push(Event::ClosedDown { service: number });
            }
        }
    }
}
