//! What a company's orders would do before the market answers: the same legality as in a turn, on a copy of what its
//! CEO knows. So a plan can be checked order by order and nothing is learnt that the CEO may not know.

use crate::level::Level;
use crate::order::Order;
use crate::sim::opening::company::Ecosystem;
use crate::sim::rules::capital::{mood, usual_profits};
use crate::sim::rules::funding;
use crate::sim::state::capital::Capital;
use crate::sim::state::chronicle::Chronicle;
use crate::sim::state::companies::{CompanyState, Policy};
use crate::sim::state::files::Files;
use crate::sim::state::insolvency::Insolvencies;
use crate::sim::state::outcome::Outcome;
use crate::sim::turn::dealings::Dealings;

/// What orders would do if nobody else ordered anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Rehearsal {
    /// Why each order would be refused; nothing where it would be carried out.
    pub refused: Vec<Option<String>>,
    /// Prices and budgets afterwards.
    pub policy: Policy,
    /// How companies are joined afterwards. Offers that wait for an answer are those just made.
    pub ecosystem: Ecosystem,
    /// Cash left once rooms that carriers build and shares are paid, and bids could be, yuan.
    pub cash: f64,
    /// Who owns whom afterwards.
    pub capital: Capital,
}

/// Carries out the orders of a platform on copies. `ecosystem`, `chronicle`, `files`, `capital`, `insolvencies`
/// and `market` are what its CEO sees of last turn.
pub fn rehearse(
    level: &Level,
    me: usize,
    company: &CompanyState,
    (ecosystem, chronicle, files, capital, insolvencies): (
        &Ecosystem,
        &Chronicle,
        &Files,
        &Capital,
        &Insolvencies,
    ),
    market: &Outcome,
    orders: &[Order],
) -> Rehearsal {
    let platforms = level.platforms.len();
    let mut negotiations = ecosystem.negotiations.clone();
    negotiations.penalties.clear();
    let mut services = ecosystem.services.clone();
    services.iter_mut().for_each(|service| service.built = 0.0);
    let mut cash = vec![0.0; platforms];
    cash[me] = company.cash;
    let mut news = Vec::new();
    let mood = mood(level, capital, market);
    let mut capital = capital.clone();
    let mut dealings = Dealings {
        level,
        // Rivals order nothing, so that theirs are never read.
        policies: vec![company.policy.clone(); platforms],
        engineering: ecosystem.engineering.clone(),
        rooms: services.iter().map(|service| service.capacity).collect(),
        services,
        negotiations: &mut negotiations,
        relations: &ecosystem.relations,
        news: &mut news,
        cash,
        sales: (0..platforms).map(|platform| market.sales_by_category(platform)).collect(),
        held_by_nobody: funding::held_by_nobody(level, market),
        ends: Vec::new(),
        capital: &mut capital,
        market_value: market.market_value.clone(),
        service_profit: usual_profits(level, market),
        mood,
        floats: Vec::new(),
        chronicle,
        answers: Vec::new(),
        turn: market.turn + 1,
        files,
        pleas: Vec::new(),
        insolvencies,
        bids: Vec::new(),
    };
    let mut all = vec![Vec::new(); platforms];
    all[me] = orders.to_vec();
    let mut refusals = dealings.carry_out(all).swap_remove(me);
    let Dealings { mut policies, engineering, services, cash, .. } = dealings;
    let mut refused = vec![None; orders.len()];
    // Of two equal orders it is the later one that comes to nothing.
    for (reason, order) in refused.iter_mut().zip(orders).rev() {
        if refusals.last().is_some_and(|refusal| refusal.order == *order) {
            *reason = refusals.pop().map(|refusal| refusal.reason);
        }
    }
    Rehearsal {
        refused,
        policy: policies.swap_remove(me),
        cash: cash[me],
        capital,
        ecosystem: Ecosystem { services, engineering, negotiations, relations: ecosystem.relations.clone() },
    }
}
