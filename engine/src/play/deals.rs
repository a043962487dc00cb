//! Offers weighed before they are made or answered: what each term is worth to both.
//! Both come from public facts, by the functions that strategies answer with.

use super::explain::{Explained, Label, Part, offer_worth};
use crate::order::{Access, Deal, Term};
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

/// Months until this CEO's engineers have built in what an offer's other side grants, as the simulation works it off and if nothing else is
/// ordered: 0 where there is nothing to build, nothing where it takes more than fifty years.
pub fn months_to_build(
    view: &PlatformView,
    policy: &Policy,
    partner: usize,
    granted: &[Term],
) -> Option<u32> {
    let level = &view.level;
    let familiar = view.public.ecosystem.relations.0[[view.me, partner]];
    let mut engineering = view.public.ecosystem.engineering[view.me].clone();
    let depth = |term: &Term| match term {
        Term::Service { service, access, .. } => {
            level.services.iter().position(|known| known.id == *service).map(|number| (number, *access))
        }
        _ => None,
    };
    let services: Vec<(usize, Access)> = granted.iter().filter_map(depth).collect();
    let data = granted.contains(&Term::Data);
    let a_month = engineers(view, policy);
    for month in 0..=HORIZON {
        // What a step requires is begun with it, as soon as that is there.
        for &(number, access) in &services {
            let _ = engineering.start(level, number, access, familiar);
        }
        if data {
            let _ = engineering.join(level, partner, familiar);
        }
        let builds = |number: usize| engineering.works_on(number);
        let joins = engineering.projects.iter().any(|project| project.goal == Goal::Data(partner));
        if !services.iter().any(|&(number, _)| builds(number)) && !joins {
            return Some(month);
        }
        for done in engineering.advance(a_month) {
            match done {
                Goal::Service(number, depth) => engineering.built[number] = depth,
                Goal::Data(partner) => engineering.joined[partner] = true,
            }
        }
    }
    None
}

/// Engineers that there are, and that a policy's budget pays for where cash allows it whole.
pub fn engineers(view: &PlatformView, policy: &Policy) -> f64 {
    let funded = Funded { budgets: 1.0, ..Funded::default() };
    engineer_months(&view.level, view.me, policy, &funded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::{Answer, Order};
    use crate::play::Session;
    use crate::play::recorded::{against, pass};

    #[test]
    fn what_is_to_be_built_takes_as_many_months_as_it_then_takes() {
        for (effort, months) in [(1, 1), (300, 4), (2_000, 1)] {
            let change = format!("integration={{\"wallet\": (effort: {effort}, months: {months})}}");
            let gives =
                vec![Term::Service { service: "west-pay".into(), access: Access::Native, price: None }];
            let deal = Deal { gives: gives.clone(), asks: Vec::new(), months: 30, notice: 3, penalty: 0.0 };
            let offer = Order::Offer { to: "east".into(), deal };
            let mut session =
                against("arena/two_ecosystems", &[&change], "east", ("west", vec![vec![offer]]));
            pass(&mut session, 1);
            let position = session.position();
            let policy = Session::rehearse(&position.view, &[]).policy;
            let told = months_to_build(&position.view, &policy, 1, &gives).expect("is built in the end");
            session.draft.set(Order::Answer { from: "west".into(), answer: Answer::Accept });
            let used = |session: &Session| {
                let ecosystem = &session.position().view.public.ecosystem;
                ecosystem.services.iter().any(|one| {
                    one.counterparts[0].granted == Access::Native
                        && one.counterparts[0].used == Access::Native
                        && session.level().services[one.number].id == "west-pay"
                })
            };
            let mut took = 0;
            while !used(&session) {
                pass(&mut session, 1);
                took += 1;
                assert!(took < 60, "is never there");
            }
            assert_eq!(told, took, "{effort} in {months}");
            assert_eq!(months_to_build(&session.position().view, &policy, 1, &gives), Some(0));
        }
    }
}
