//! The regulator looks at what companies did, and acts on it.

use bevy::prelude::*;

use crate::sim::rules::antitrust::{Act, Case};
use crate::sim::state::companies::{Company, Policy};
use crate::sim::state::events::{Event, News};
use crate::sim::state::files::{Files, Stage};
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::services::{ServiceState, in_order};
use crate::sim::state::world::{Clock, CurrentLevel, Pleas};

/// Decisions of last turn are contested, or take effect.
pub(in crate::sim) fn hear(
    level: Res<CurrentLevel>,
    clock: Res<Clock>,
    mut files: ResMut<Files>,
    mut pleas: ResMut<Pleas>,
    mut news: ResMut<News>,
) {
    let Some(regulator) = &level.0.regulator else { return };
    let given = std::mem::take(&mut pleas.0);
    for (platform, file) in files.0.iter_mut().enumerate() {
        let Stage::Decided { fine, remedy } = file.stage else { continue };
        match given.iter().find(|(who, _)| *who == platform) {
            Some((_, true)) => {
                file.stage = Stage::Contested { until: clock.turn + regulator.appeal_months, fine, remedy };
                news.0.push(Event::Contested { platform });
            }
            plea => {
                file.enforce(regulator, fine, remedy, clock.turn);
                if plea.is_some() {
                    news.0.push(Event::Complied { platform });
                }
            }
        }
    }
}

/// Files move on by the turn's deeds: companies are warned, probed and judged.
pub(in crate::sim) fn regulate(
    level: Res<CurrentLevel>,
    companies: Query<(&Company, &Policy)>,
    (services, negotiations): (Query<&ServiceState>, Res<Negotiations>),
    mut files: ResMut<Files>,
    mut outcome: ResMut<Outcome>,
) {
    let level = &level.0;
    let Some(regulator) = &level.regulator else { return };
    let mut policies: Vec<_> = companies.iter().collect();
    policies.sort_by_key(|(company, _)| company.0);
    let services = in_order(services.iter());
    let mut acts = Vec::new();
    policies.retain(|(company, _)| level.platforms[company.0].here);
    for (&Company(platform), policy) in policies {
        let case = Case {
            level,
            regulator,
            platform,
            policy,
            outcome: &outcome,
            services: &services,
            negotiations: &negotiations,
        };
        let act = case.after(&mut files.0[platform]);
        acts.push((platform, act, files.0[platform].attention()));
    }
    for (platform, act, attention) in acts {
        outcome.attention[platform] = attention;
        outcome.news.extend(act.map(|act| match act {
            Act::Warns => Event::Warned { platform },
            Act::Probes => Event::Probed { platform },
            Act::Drops => Event::Dropped { platform },
            Act::Decides(fine, remedy) => Event::Decided { platform, fine, remedy },
            Act::Collects(fine) => Event::Defied { platform, fine },
        }));
    }
}
