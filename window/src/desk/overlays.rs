//! Windows over the screen, and offers composed in one of them: the one in front closes, and nothing else is lost.

use super::{Desk, Overlay, Proposal};

impl Desk {
    /// Opens a window over those that are open, or brings it to the front; closes the one in front.
    pub(super) fn over(&mut self, overlay: Option<Overlay>) {
        match overlay {
            None => self.overlay = self.below.pop(),
            Some(next) => {
                match self.below.iter().position(|&known| known == next) {
                    Some(place) => self.below.truncate(place),
                    None => self.below.extend(self.overlay.filter(|&front| front != next)),
                }
                self.overlay = Some(next);
            }
        }
        if self.overlay == Some(Overlay::Saves) {
            self.catalogue();
        }
    }

    /// Closes all of them: something else is on the screen.
    pub(super) fn close_all(&mut self) {
        self.overlay = None;
        self.below.clear();
    }

    /// Opens an offer as it was composed last; as it is given where none was.
    pub(super) fn compose(&mut self, begun: Proposal) {
        let known = self.composed.iter().find(|known| known.is_to_the_same(&begun)).cloned();
        self.proposal = Some(known.unwrap_or(begun));
        self.over(Some(Overlay::Offer));
    }

    /// The offer is composed so by now.
    pub(super) fn propose(&mut self, proposal: Proposal) {
        self.forget(&proposal);
        self.composed.push(proposal.clone());
        self.proposal = Some(proposal);
        self.over(Some(Overlay::Offer));
    }

    /// What was composed is on the plan.
    pub(super) fn forget(&mut self, sent: &Proposal) {
        self.composed.retain(|known| !known.is_to_the_same(sent));
    }

    /// A month is over, and with it the offers that were to be answered.
    pub(super) fn forget_answers(&mut self) {
        self.composed.retain(|known| !known.counter);
    }
}
