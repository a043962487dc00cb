//! Consumers are told what they choose by.

use bevy::prelude::*;

use crate::level::Level;
use crate::sim::grid::Grid;
use crate::sim::rules::demand::{offers, reconsideration};
use crate::sim::rules::fees::baskets;
use crate::sim::rules::situation::Situation;
use crate::sim::state::cells::Cells;
use crate::sim::state::choices::{ExpectedTreatment, Market};
use crate::sim::state::companies::{Company, Funded, Policy, Stocks, Trust};
use crate::sim::state::merchants::Supply;
use crate::sim::state::outcome::{Outcome, ratio};
use crate::sim::state::presence::Presence;
use crate::sim::state::public::Public;
use crate::sim::state::services::{Ai, Matching, ServiceState, Ties, in_order};
use crate::sim::state::world::{Adoption, Appeal, CurrentLevel};

/// Tells consumers: fills the choice rows and learning probabilities of the turn.
pub(in crate::sim) fn inform(
    level: Res<CurrentLevel>,
    appeal: Res<Appeal>,
    presence: Res<Presence>,
    adoption: Res<Adoption>,
    (supply, matching, ai, outcome): (Res<Supply>, Res<Matching>, Res<Ai>, Res<Outcome>),
    (cells, services): (Res<Cells>, Query<&ServiceState>),
    companies: Query<(&Company, &Policy, &Funded, &Stocks, &Trust)>,
    (mut expected, mut market, mut ties): (ResMut<ExpectedTreatment>, ResMut<Market>, ResMut<Ties>),
    mut public: ResMut<Public>,
) {
    let level = &level.0;
    let services = in_order(services.iter());
    *ties = Ties::of(level, &services);
    let baskets = baskets(level, &outcome.sales, &outcome.users);
    let situation = Situation {
        level,
        offers: &offers(level, companies.iter(), [&matching.0, &ai.0, &public.opinion], &baskets),
        appeal: &appeal.0,
        presence: &presence.0,
        online: &adoption.0,
        supply: &supply,
        cells: &cells,
        services: &services,
        ties: &ties,
    };
    *market = situation.market();
    let found = situation.treatment(&market, &outcome);
    if level.market.opinion_fees > 0.0 {
        public.disappointment = disappointment(level, &expected.0, &found, &outcome);
    }
    let memory = level.market.expectation_memory;
    for (number, cell) in cells.0.iter().enumerate() {
        for category in 0..level.categories.len() {
            let row = &mut market.rows[[number, category]];
            for shop in (0..row.shops).filter(|shop| row.open >> shop & 1 == 1) {
                let at = [cell.region, category, shop];
                row.reconsider[shop] = reconsideration(level, (expected.0[at] - found[at]).max(0.0));
            }
        }
    }
    for (expected, found) in expected.0.cells_mut().iter_mut().zip(found.cells()) {
        *expected = memory * *expected + (1.0 - memory) * found;
    }
}

/// By how much each platform's prices and adverts are worse than expected, by what it sold where: in utility.
fn disappointment(level: &Level, expected: &Grid<3>, found: &Grid<3>, outcome: &Outcome) -> Vec<f64> {
    let [regions, categories, _] = found.shape();
    let mut felt = vec![0.0; level.platforms.len()];
    for (shop, platform) in level.shops().into_iter().enumerate() {
        let sold = outcome.gmv(platform);
        for (region, category) in (0..regions).flat_map(|r| (0..categories).map(move |c| (r, c))) {
            let worse = (expected[[region, category, shop]] - found[[region, category, shop]]).max(0.0);
            felt[platform] += worse * ratio(outcome.sales[[region, category, platform]], sold);
        }
    }
    felt
}
