//! Agreements run out.

use bevy::prelude::*;

use crate::sim::state::events::{Event, News};
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::services::ServiceState;
use crate::sim::state::world::CurrentLevel;

/// Months pass: agreements run out.
pub(in crate::sim) fn pass(
    level: Res<CurrentLevel>,
    mut negotiations: ResMut<Negotiations>,
    mut news: ResMut<News>,
    mut outcome: ResMut<Outcome>,
    mut services: Query<&mut ServiceState>,
) {
    let mut states: Vec<ServiceState> = services.iter().cloned().collect();
    states.sort_by_key(|service| service.number);
    negotiations.agreements.iter_mut().for_each(|agreement| agreement.months -= 1);
    let over: Vec<u32> =
        negotiations.agreements.iter().filter(|a| a.months == 0).map(|agreement| agreement.number).collect();
    if over.is_empty() {
        return;
    }
    for number in over {
        negotiations.dissolve(&level.0, &mut states, number);
        news.0.push(Event::Expired { agreement: number });
    }
    outcome.news.clone_from(&news.0);
    for mut service in &mut services {
        *service = states[service.number].clone();
    }
}
