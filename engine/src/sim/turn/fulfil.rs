//! Parcels are carried.

use bevy::prelude::*;

use crate::sim::rules::ai;
use crate::sim::rules::logistics::parcels;
use crate::sim::state::merchants::Supply;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::services::ServiceState;
use crate::sim::state::world::CurrentLevel;

/// Parcels are carried: every carrier's load is what this turn's sales send, and its owner's AI plans what its room can handle.
pub(in crate::sim) fn fulfil(
    level: Res<CurrentLevel>,
    supply: Res<Supply>,
    mut outcome: ResMut<Outcome>,
    mut services: Query<&mut ServiceState>,
) {
    let carriers = level.0.carriers();
    if carriers.is_empty() {
        return;
    }
    outcome.parcels =
        parcels(&level.0, &supply.carriers, |category, platform| outcome.category_sales(category, platform));
    for mut service in &mut services {
        if let Some(place) = carriers.iter().position(|(number, _)| *number == service.number) {
            for platform in outcome.platforms() {
                service.parcels[platform] = outcome.parcels[[platform, place]];
            }
            let owner = level.0.services[service.number].owner;
            service.planning = owner.map_or(0.0, |owner| ai::planning(&level.0, outcome.ai[owner]));
        }
    }
}
