//! Offers weighed before they are made or answered: what each term is worth to both.
//! Both come from public facts, by the functions that strategies answer with.

use super::explain::{Explained, Label, Part, offer_worth};
use crate::order::{Deal, Term};
use crate::sim::Funded;
use crate::sim::rules::funding::engineer_months;
use crate::sim::state::engineering::Goal;
use crate::sim::{Ecosystem, Policy};
use crate::strategy::PlatformView;

/// Months beyond which nobody plans.
const HORIZON: u32 = 600;

/// A term of an offer, and what it is worth to both, yuan a month.
#[derive(Clone, Debug, PartialEq)]
pub struct TermWorth {
    /// What is granted.
    pub term: Term,
    /// Whether the proposer grants it.
    pub given: bool,
    /// To this CEO.
    pub mine: Explained,
    /// To the other.
    pub theirs: Explained,
}

/// What an offer is worth to both, term by term and by reason, yuan a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Appraisal {
    /// Those that are given, then those that are asked for.
    pub terms: Vec<TermWorth>,
    /// All of them, to this CEO, by reason.
    pub mine: Explained,
    /// All of them, to the other, by reason.
    pub theirs: Explained,
}

/// Weighs an offer of one company to another; one of them is this CEO's.
pub fn appraise(view: &PlatformView, proposer: usize, other: usize, deal: &Deal) -> Appraisal {
    let [first, second] = offer_worth(view, proposer, other, deal);
    let (mine, theirs) = if proposer == view.me { (first, second) } else { (second, first) };
    let given = deal.gives.iter().map(|term| (term, true));
    let terms = given.chain(deal.asks.iter().map(|term| (term, false))).enumerate();
    let terms = terms.map(|(number, (term, given))| TermWorth {
        term: term.clone(),
        given,
        mine: of_term(&mine, number),
        theirs: of_term(&theirs, number),
    });
    Appraisal { terms: terms.collect(), mine: by_reason(&mine), theirs: by_reason(&theirs) }
}

/// The offer in which both open to each other, as far as it goes, whatever each has and the other may not use wholly yet; empty on a side
/// that has nothing more to open.
pub fn all_of_both(view: &PlatformView, other: usize) -> Deal {
    let closed = |owner: usize, user: usize| -> Vec<Term> {
        let own =
            (0..view.level.services.len()).filter(|&number| view.level.services[number].owner == Some(owner));
        own.map(|number| (number, view.whole_service(number)))
            .filter(|(number, whole)| {
                let granted = view.public.ecosystem.services[*number].counterparts[user].granted;
                matches!(whole, Term::Service { access, .. } if granted < *access)
            })
            .map(|(_, whole)| whole)
            .collect()
    };
    Deal { gives: closed(view.me, other), asks: closed(other, view.me), months: 12, notice: 3, penalty: 0.0 }
}

fn of_term(worth: &Explained, number: usize) -> Explained {
    let of = |part: &&Part| matches!(part.label, Label::Term(term, _) if term == number);
    let parts: Vec<Part> = worth.parts.iter().filter(of).copied().collect();
    Explained { total: parts.iter().map(|part| part.amount).sum(), parts }
}

/// The same number with the parts of a reason taken together.
fn by_reason(worth: &Explained) -> Explained {
    let mut parts: Vec<Part> = Vec::new();
    for part in &worth.parts {
        let Label::Term(_, reason) = part.label else { continue };
        let label = Label::Term(0, reason);
        match parts.iter_mut().find(|known| known.label == label) {
            Some(known) => known.amount += part.amount,
            None => parts.push(Part { label, amount: part.amount }),
        }
    }
    Explained { total: worth.total, parts }
}

/// What a company builds in, and in how many months each is done: nothing where nobody works on it. The engineers
/// that there are and that the budget pays for work as they would in the simulation, if nothing else is ordered.
pub fn building(view: &PlatformView, policy: &Policy, ecosystem: &Ecosystem) -> Vec<(Goal, Option<u32>)> {
    let mut engineering = ecosystem.engineering[view.me].clone();
    let mut goals: Vec<(Goal, Option<u32>)> =
        engineering.projects.iter().map(|project| (project.goal, None)).collect();
    let a_month = engineers(view, policy);
    for month in 1..=HORIZON {
        if engineering.projects.is_empty() || a_month <= 0.0 {
            break;
        }
        for done in engineering.advance(a_month) {
            goals.iter_mut().filter(|(goal, _)| *goal == done).for_each(|(_, months)| *months = Some(month));
        }
    }
    goals
}

/// Engineers that there are, and that a policy's budget pays for where cash allows it whole.
pub fn engineers(view: &PlatformView, policy: &Policy) -> f64 {
    let funded = Funded { budgets: 1.0, ..Funded::default() };
    engineer_months(&view.level, view.me, policy, &funded)
}
