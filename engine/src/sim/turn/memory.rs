//! Companies remember what they did to each other.

use bevy::prelude::*;

use crate::sim::state::events::News;
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::relations::{Deed, Relations, deeds};
use crate::sim::state::world::CurrentLevel;

/// Memories fade; agreements that are kept build trust; what was done this turn is remembered.
pub(in crate::sim) fn adapt(
    level: Res<CurrentLevel>,
    negotiations: Res<Negotiations>,
    news: Res<News>,
    mut relations: ResMut<Relations>,
) {
    let kept = 1.0 - level.0.market.relation_decay;
    relations.0.cells_mut().iter_mut().for_each(|opinion| *opinion *= kept);
    for agreement in &negotiations.agreements {
        let [one, other] = agreement.parties;
        relations.remember(one, other, Deed::Kept);
        relations.remember(other, one, Deed::Kept);
    }
    for event in &news.0 {
        for (by, to, deed) in deeds(event) {
            relations.remember(by, to, deed);
        }
    }
}
