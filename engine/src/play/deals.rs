//! Offers weighed before they are made or answered: what each term is worth to both, and what the answer is likely to be.
//! Both come from public facts, by the functions that strategies answer with.

use super::explain::{Explained, Label, Part, offer_worth};
use super::guess::Guess;
use super::session::Position;
use crate::order::{Deal, Objection, Term};
use crate::sim::Funded;
use crate::sim::rules::funding::engineer_months;
use crate::sim::state::engineering::Goal;
use crate::sim::state::events::Event;
use crate::sim::{Ecosystem, Policy};
use crate::strategy::PlatformView;
use crate::strategy::worth::Reason;

/// Offers left unanswered from which one expects no answer, where none was ever given.
const SILENCE: usize = 2;
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

/// How a company is likely to answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Likely {
    /// Yes, mostly for the reason, if there is one.
    Yes(Option<Reason>),
    /// No, mostly for the reason, if there is one.
    No(Option<Reason>),
    /// No, whatever is offered: for this it refused last.
    Never(Objection),
    /// One way or the other.
    Open,
    /// It has never answered anybody: nobody can say.
    Unknown,
    /// It has left every offer so far without an answer.
    Silence,
}

/// How a company has answered offers so far, as the news told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Why it refused last; nothing where its last answer was a yes, or gave no reason.
    pub objection: Option<Objection>,
    /// Accepted.
    pub yes: usize,
    /// Refused, or answered by another proposal.
    pub no: usize,
    /// Left without an answer.
    pub none: usize,
}

impl Answers {
    /// All that were given.
    pub fn all(self) -> usize {
        self.yes + self.no
    }

    fn of<'a>(events: impl Iterator<Item = &'a Event>) -> Self {
        let mut answers = Self::default();
        for event in events {
            match event {
                Event::Accepted { .. } => {
                    (answers.yes, answers.objection) = (answers.yes + 1, None);
                }
                Event::Refused { because, .. } => {
                    (answers.no, answers.objection) = (answers.no + 1, *because);
                }
                Event::Countered { .. } => answers.no += 1,
                Event::Lapsed { .. } => answers.none += 1,
                _ => {}
            }
        }
        answers
    }
}

/// How a company has answered offers so far, whosever they were.
pub fn answers(position: &Position, by: usize) -> Answers {
    let news = position.outcomes().flat_map(|outcome| &outcome.news);
    Answers::of(news.filter(|event| event.by() == Some(by)))
}

/// How a company has answered another's offers so far.
pub fn answers_to(position: &Position, by: usize, of: usize) -> Answers {
    let news = position.outcomes().flat_map(|outcome| &outcome.news);
    Answers::of(news.filter(|event| event.by() == Some(by) && event.towards() == Some(of)))
}

/// Chance from which on an answer is likely.
const LIKELY: f64 = 0.8;
/// The chance that an offer is accepted: that the other gains by it. Nothing is said of whom nobody has heard, or who refused last whatever
/// was offered.
pub fn chance_of_yes(guess: &Guess, so_far: Answers) -> Option<f64> {
    match so_far.objection {
        _ if so_far.all() == 0 => None,
        Some(objection) if !objection.is_about_worth() => None,
        _ => Some(guess.chance()),
    }
}

/// How an offer is likely to be answered by the other: by what it is guessed to be worth to it, and by how it has answered so far.
pub fn likely(guess: &Guess, so_far: Answers) -> Likely {
    // Of what speaks for the answer, what weighs most.
    let mostly = |sign: f64| {
        let parts = guess.appraisal.theirs.parts.iter().filter(|part| sign * part.amount > 0.0);
        let most = parts.max_by(|one, other| one.amount.abs().total_cmp(&other.amount.abs()))?;
        if let Label::Term(_, reason) = most.label { Some(reason) } else { None }
    };
    let whatever = so_far.objection.filter(|objection| !objection.is_about_worth());
    if let Some(objection) = whatever {
        return Likely::Never(objection);
    }
    match chance_of_yes(guess, so_far) {
        None if so_far.none >= SILENCE => Likely::Silence,
        None => Likely::Unknown,
        Some(chance) if chance >= LIKELY => Likely::Yes(mostly(1.0)),
        Some(chance) if chance <= 1.0 - LIKELY => Likely::No(mostly(-1.0)),
        Some(_) => Likely::Open,
    }
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
