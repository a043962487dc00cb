//! People make up their minds about what companies did.

use bevy::prelude::*;

use crate::sim::rules::opinion::{deeds, opinion_after};
use crate::sim::state::outcome::Outcome;
use crate::sim::state::public::Public;
use crate::sim::state::world::CurrentLevel;

/// What people think moves on by the turn's deeds.
pub(in crate::sim) fn opine(
    level: Res<CurrentLevel>,
    mut outcome: ResMut<Outcome>,
    mut public: ResMut<Public>,
) {
    for platform in outcome.platforms() {
        let done = deeds(&level.0, &outcome, public.disappointment[platform], platform);
        public.opinion[platform] = opinion_after(&level.0, public.opinion[platform], &done);
        outcome.public_opinion[platform] = public.opinion[platform];
        outcome.public_deeds[platform] = done;
    }
}
