//! Orders are carried out, and cash binds what they spend.

use bevy::prelude::*;

use crate::order::Orders;
use crate::sim::rules::capital::{mood, usual_profits};
use crate::sim::rules::funding::{funding, held_by_nobody};
use crate::sim::state::capital::Capital;
use crate::sim::state::chronicle::Chronicle;
use crate::sim::state::companies::{Company, Funded, Policy};
use crate::sim::state::engineering::Engineering;
use crate::sim::state::events::News;
use crate::sim::state::files::Files;
use crate::sim::state::insolvency::{Bids, Insolvencies};
use crate::sim::state::ledger::Ledger;
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::relations::Relations;
use crate::sim::state::services::{ServiceState, in_order};
use crate::sim::state::world::{Answers, Clock, CurrentLevel, PendingOrders, Pleas, Refusals};
use crate::sim::turn::dealings::Dealings;

/// Carries out the turn's orders of all companies, phase by phase.
pub(in crate::sim) fn apply_orders(
    level: Res<CurrentLevel>,
    ledger: Res<Ledger>,
    outcome: Res<Outcome>,
    relations: Res<Relations>,
    (mut pending, mut refusals): (ResMut<PendingOrders>, ResMut<Refusals>),
    (mut negotiations, mut news): (ResMut<Negotiations>, ResMut<News>),
    (clock, chronicle, mut answers): (Res<Clock>, Res<Chronicle>, ResMut<Answers>),
    (files, mut pleas, mut capital): (Res<Files>, ResMut<Pleas>, ResMut<Capital>),
    (insolvencies, mut bids): (Res<Insolvencies>, ResMut<Bids>),
    mut companies: Query<(&Company, &mut Policy, &mut Engineering)>,
    mut services: Query<&mut ServiceState>,
) {
    let platforms = level.0.platforms.len();
    negotiations.penalties.clear();
    news.0.clear();
    let nothing = pending.0.iter().all(Vec::is_empty);
    if nothing && negotiations.offers.is_empty() && negotiations.made.is_empty() {
        pending.0.clear();
        refusals.0 = vec![Vec::new(); platforms];
        services.iter_mut().for_each(|mut service| service.built = 0.0);
        return;
    }
    let mut sides: Vec<_> = companies.iter_mut().collect();
    sides.sort_by_key(|(company, ..)| company.0);
    let mut states: Vec<ServiceState> = services.iter().cloned().collect();
    states.sort_by_key(|service| service.number);
    states.iter_mut().for_each(|service| service.built = 0.0);
    let mood = mood(&level.0, &capital, &outcome);
    let mut dealings = Dealings {
        level: &level.0,
        policies: sides.iter().map(|(_, policy, _)| (**policy).clone()).collect(),
        engineering: sides.iter().map(|(.., engineering)| (**engineering).clone()).collect(),
        held_by_nobody: held_by_nobody(&level.0, &outcome),
        rooms: states.iter().map(|service| service.capacity).collect(),
        services: states,
        negotiations: &mut negotiations,
        relations: &relations,
        news: &mut news.0,
        cash: (0..platforms).map(|platform| ledger.cash(platform)).collect(),
        sales: (0..platforms).map(|platform| outcome.sales_by_category(platform)).collect(),
        ends: Vec::new(),
        capital: &mut capital,
        market_value: outcome.market_value.clone(),
        service_profit: usual_profits(&level.0, &outcome),
        mood,
        floats: Vec::new(),
        chronicle: &chronicle,
        answers: Vec::new(),
        turn: clock.turn,
        files: &files,
        pleas: Vec::new(),
        insolvencies: &insolvencies,
        bids: Vec::new(),
    };
    let mut orders = std::mem::take(&mut pending.0);
    orders.resize(platforms, Orders::new());
    refusals.0 = dealings.carry_out(orders);
    let Dealings {
        policies,
        engineering,
        services: states,
        answers: given,
        pleas: pleaded,
        bids: sealed,
        ..
    } = dealings;
    (answers.0, pleas.0, bids.0) = (given, pleaded, sealed);
    for (((_, policy, engineers), new_policy), new_engineers) in
        sides.iter_mut().zip(policies).zip(engineering)
    {
        **policy = new_policy;
        **engineers = new_engineers;
    }
    for mut service in &mut services {
        *service = states[service.number].clone();
    }
}

/// Binds spending by cash: budgets first, coupons by what is left.
pub(in crate::sim) fn fund(
    level: Res<CurrentLevel>,
    ledger: Res<Ledger>,
    (outcome, capital): (Res<Outcome>, Res<Capital>),
    services: Query<&ServiceState>,
    mut companies: Query<(&Company, &Policy, &mut Funded)>,
) {
    let services = in_order(services.iter());
    for (&Company(platform), policy, mut funded) in &mut companies {
        if !level.0.platforms[platform].here {
            *funded = Funded::default();
            continue;
        }
        let own = services.iter().filter(|service| level.0.services[service.number].owner == Some(platform));
        let building = own.map(|service| service.built).sum::<f64>() * level.0.market.capacity_cost;
        let cash = ledger.cash(platform) - building - capital.owed(platform);
        *funded = funding(&level.0, platform, policy, cash, &outcome);
    }
}
