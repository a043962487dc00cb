//! A part of the merchants reconsiders where to list.

use bevy::prelude::*;

use crate::sim::draw::{Key, Purpose};
use crate::sim::rules::credit::relief;
use crate::sim::rules::fees::baskets;
use crate::sim::rules::listing::{Charges, Prospects, Terms};
use crate::sim::rules::supply::{Blocks, Listings, reconsider, reconsidering, tally};
use crate::sim::state::companies::{Company, Policy};
use crate::sim::state::loans::{Lending, LoanTerms};
use crate::sim::state::merchants::{ExpectedFees, Supply};
use crate::sim::state::outcome::Outcome;
use crate::sim::state::services::{ServiceState, in_order};
use crate::sim::state::world::{Clock, CurrentLevel, Threads};

/// A part of the merchants reconsiders where to list; prices follow the fees.
pub(in crate::sim) fn list(
    level: Res<CurrentLevel>,
    clock: Res<Clock>,
    threads: Res<Threads>,
    outcome: Res<Outcome>,
    companies: Query<(&Company, &Policy)>,
    services: Query<&ServiceState>,
    lending: Res<Lending>,
    mut supply: ResMut<Supply>,
    mut expected: ResMut<ExpectedFees>,
    mut blocks: ParamSet<(Query<Blocks>, Query<Listings>)>,
) {
    let level = &level.0;
    let services = in_order(services.iter());
    let charges = Charges::of(level, &services, &supply.carriers, &outcome);
    let baskets = baskets(level, &outcome.sales, &outcome.users);
    let mut terms = Terms::of(level, companies.iter(), &charges, &baskets);
    if !lending.0.is_empty() {
        let mut asked = vec![LoanTerms::NONE; level.platforms.len()];
        companies.iter().for_each(|(company, policy)| asked[company.0] = policy.prices.credit.merchants);
        let lent = |platform: usize, category: usize| lending.0[platform].merchants[category].lent;
        terms = terms.with_credit(level, |platform, category| {
            relief(asked[platform], lent(platform, category), &level.market)
        });
    }
    let prospects = Prospects::in_every_category(level, clock.seed, &terms, &outcome, &supply, 0);
    let turn = Key::new(clock.seed, clock.turn, Purpose::ReconsiderListings, 0);
    let events = reconsidering(level, &terms.asked, &expected.0);
    reconsider(&threads, blocks.p0().iter_mut(), level, &prospects, turn, &events);
    let memory = level.market.expectation_memory;
    for (expected, rate) in expected.0.iter_mut().flatten().zip(terms.asked.iter().flatten()) {
        *expected = memory * *expected + (1.0 - memory) * rate;
    }
    *supply = tally(&threads, level, &terms.rates, blocks.p1().iter());
}
