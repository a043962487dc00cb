//! What happened between companies and to them: the turn's own events, and the player's agreements that end by themselves.

use super::month::Month;
use super::story::Story;
use crate::play::ahead::{Coming, months_ahead};
use crate::sim::state::events::Event;

/// Events of the month, and agreements that run out with the month after the next.
pub(super) fn stories(month: &Month) -> Vec<Story> {
    let mut told: Vec<Story> = month.now.news.iter().map(|event| story(month, event)).collect();
    if month.me.is_some() {
        let ahead = months_ahead(month.position);
        let comes = ahead.iter().take(2).flat_map(|next| next.comes.iter().map(|&comes| (next.turn, comes)));
        told.extend(comes.filter_map(|(turn, comes)| match comes {
            Coming::RunsOut(agreement, with) => Some(Story::RunsOut { agreement, with, turn }),
            _ => None,
        }));
    }
    told
}

/// An event; of an agreement that ran out, with whom it was.
fn story(month: &Month, event: &Event) -> Story {
    if let (Some(me), Event::Expired { agreement }) = (month.me, event) {
        let known = &month.seen.public.ecosystem.negotiations.agreements;
        let ended = known.iter().find(|known| known.number == *agreement);
        if let Some(with) = ended.and_then(|ended| ended.partner_of(me)) {
            return Story::RanOut { agreement: *agreement, with };
        }
    }
    Story::Between(*event)
}
