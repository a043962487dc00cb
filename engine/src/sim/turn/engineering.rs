//! Engineers work on what is under way.

use bevy::prelude::*;

use crate::sim::rules::funding::engineer_months;
use crate::sim::state::companies::{Company, Funded, Policy};
use crate::sim::state::engineering::{Engineering, Goal};
use crate::sim::state::events::{Event, News};
use crate::sim::state::files::Files;
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::relations::Relations;
use crate::sim::state::services::ServiceState;
use crate::sim::state::world::CurrentLevel;

/// A month's work, on the oldest project first. What is finished comes into use at once, and the next step begins.
pub(in crate::sim) fn work(
    level: Res<CurrentLevel>,
    relations: Res<Relations>,
    (negotiations, files): (Res<Negotiations>, Res<Files>),
    mut news: ResMut<News>,
    mut companies: Query<(&Company, &Policy, &Funded, &mut Engineering)>,
    mut services: Query<&mut ServiceState>,
) {
    let level = &level.0;
    let mut services: Vec<_> = services.iter_mut().collect();
    services.sort_by_key(|service| service.number);
    for (&Company(platform), policy, funded, mut engineering) in &mut companies {
        for partner in 0..level.platforms.len() {
            if negotiations.shares_data(partner, platform) {
                // What must be done before may be done by now; until then there is nothing to do.
                let _ = engineering.join(level, partner, relations.0[[platform, partner]]);
            }
        }
        let works = files.0[platform].works(level.regulator.as_ref());
        let done = engineering.advance(works * engineer_months(level, platform, policy, funded));
        for goal in done {
            news.0.push(Event::Integrated { platform, goal });
            match goal {
                Goal::Data(partner) => engineering.joined[partner] = true,
                Goal::Service(number, depth) => {
                    engineering.built[number] = depth;
                    let counterpart = &mut services[number].counterparts[platform];
                    counterpart.used = counterpart.used.max(depth);
                    let (owner, granted) = (level.services[number].owner, counterpart.granted);
                    let familiar = owner.map_or(0.0, |owner| relations.0[[platform, owner]]);
                    // What the next step lacks shows when somebody orders it.
                    let _ = engineering.start(level, number, granted, familiar);
                }
            }
        }
    }
}
