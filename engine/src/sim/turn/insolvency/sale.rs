//! A service changes hands.

use super::Estates;
use crate::level::events::Change;
use crate::order::{Access, Term};
use crate::sim::rules::insolvency::highest;
use crate::sim::state::events::Event;
use crate::sim::state::flow::Flow;
use crate::sim::state::insolvency::SealedBid;
use crate::sim::state::ledger::Account;

impl Estates<'_> {
    /// Sells a service to the highest bidder who can pay, if there is one.
    pub(super) fn sell(&mut self, seller: usize, service: usize, bids: &[SealedBid]) {
        let at = (self.clock.seed, self.clock.turn);
        let Some(bid) = highest(bids, service, |by| self.cash(by), at) else { return };
        let SealedBid { by, price, .. } = bid;
        let legs = [(Account::Platform(by), -price), (Account::Platform(seller), price)];
        self.ledger.post_fen(Flow::Takeovers, legs);
        self.hand_over(service, Some(by));
        self.take_over(service, by);
        self.outcome.news.push(Event::Sold { service, by, of: seller, price });
    }

    /// Gives a service another owner. Agreements that grant it are over, and nobody is to blame; as it is open and priced it stays, until
    /// the new owner says otherwise.
    pub(super) fn hand_over(&mut self, service: usize, owner: Option<usize>) {
        let id = self.level.services[service].id.clone();
        let grants = |term: &Term| matches!(term, Term::Service { service, .. } if *service == id);
        let agreements = self.negotiations.agreements.iter_mut();
        let over: Vec<u32> = agreements
            .filter(|agreement| agreement.gives.iter().flatten().any(grants))
            .map(|agreement| {
                agreement.opened.retain(|(number, ..)| *number != service);
                agreement.number
            })
            .collect();
        for agreement in over {
            self.end(agreement);
        }
        if let Some(seller) = self.level.services[service].owner {
            // Whoever no longer owns a gate cannot open it.
            self.files.0[seller].walls.retain(|wall| wall.service != service);
        }
        self.change(Change::Own { service, owner });
    }

    /// Ends an agreement that nobody breaks.
    pub(super) fn end(&mut self, agreement: u32) {
        self.negotiations.dissolve(&self.level, &mut self.services, agreement);
        self.outcome.news.push(Event::Expired { agreement });
    }

    /// The buyer has it as far as owners do, and begins to build it in where it is not; nobody pays for visits from its own app.
    fn take_over(&mut self, service: usize, by: usize) {
        let (policy, _, _, engineering) = &mut self.companies[by];
        if let Some(app) = self.level.apps().iter().position(|(number, _)| *number == service) {
            policy.budgets.visits[app] = 0.0;
        }
        let counterpart = &mut self.services[service].counterparts[by];
        counterpart.granted = Access::Native;
        if self.level.platforms[by].shop.is_some() {
            counterpart.used = counterpart.used.max(engineering.built[service]);
            // What must be done before shows when it is ordered.
            let _ = engineering.start(&self.level, service, Access::Native, 0.0);
        }
    }
}
