//! What an offer is worth to each side, term by term, as a CEO estimates it from what everybody knows: [`Facts`]. In yuan a month,
//! once everybody has got used to it.

use super::PlatformView;
use crate::level::services::Counterpart;
use crate::order::{Deal, Term};
use crate::sim::Outcome;
use crate::sim::rules::worth::Facts;
use crate::sim::state::negotiations::Agreement;

pub use crate::sim::rules::worth::Reason;

/// One line of an account: which term, why, and yuan a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Number of the term: those that are given, then those that are asked for.
    pub term: usize,
    /// Why.
    pub reason: Reason,
    /// Yuan a month.
    pub yuan: f64,
}

/// What a deal is worth to both.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worth {
    /// To whoever proposes it.
    pub proposer: Vec<Line>,
    /// To the other.
    pub other: Vec<Line>,
}

impl Worth {
    /// Its sum for the proposer and for the other, yuan a month.
    pub fn sums(&self) -> (f64, f64) {
        let sum = |lines: &[Line]| lines.iter().map(|line| line.yuan).sum();
        (sum(&self.proposer), sum(&self.other))
    }
}

/// What everybody knows, to estimate from.
fn facts<'a>(view: &'a PlatformView, market: &'a Outcome) -> Facts<'a> {
    let public = &view.public;
    Facts {
        level: &view.level,
        market,
        prices: public.prices.iter().map(Option::as_ref).collect(),
        services: public.ecosystem.services(),
        engineering: public.ecosystem.engineering.iter().collect(),
        negotiations: &public.ecosystem.negotiations,
    }
}

/// What an agreement in force carries for a CEO: money that it provides for, and what would be lost with the services that it opens, yuan a
/// month.
pub fn carried(view: &PlatformView, agreement: &Agreement) -> f64 {
    let market = view.market();
    let facts = facts(view, &market);
    let of_term = |(giver, term): (usize, &Term)| -> f64 {
        let Term::Payment { amount } = term else { return 0.0 };
        if giver == view.me { -amount } else { *amount }
    };
    let terms = agreement.parties.into_iter().zip(&agreement.gives);
    let money: f64 =
        terms.flat_map(|(giver, terms)| terms.iter().map(move |term| (giver, term))).map(of_term).sum();
    let of_service = |&(service, to, before): &(usize, usize, Counterpart)| -> f64 {
        let granted = view.public.ecosystem.services[service].counterparts[to].granted;
        if before.granted >= granted {
            return 0.0;
        }
        let lost = facts.lost(service, granted, to).into_iter().filter(|(party, ..)| *party == view.me);
        -lost.map(|(_, _, yuan)| yuan).sum::<f64>()
    };
    money + agreement.opened.iter().map(of_service).sum::<f64>()
}

/// What a deal between two companies is worth to each.
pub fn worth(view: &PlatformView, proposer: usize, other: usize, deal: &Deal) -> Worth {
    let market = view.market();
    let facts = facts(view, &market);
    let mut worth = Worth::default();
    let given = deal.gives.iter().map(|term| (term, proposer, other));
    let asked = deal.asks.iter().map(|term| (term, other, proposer));
    for (number, (term, giver, taker)) in given.chain(asked).enumerate() {
        for (party, reason, yuan) in facts.term(term, giver, taker) {
            let line = Line { term: number, reason, yuan };
            match party {
                _ if party == proposer => worth.proposer.push(line),
                _ if party == other => worth.other.push(line),
                // A third company, whom nobody asks.
                _ => {}
            }
        }
    }
    worth
}
