//! How an offer is likely to be answered: by what it is guessed to be worth to the other, and by how the other has answered so far.

use super::answered::Answers;
use super::explain::Label;
use super::guess::Guess;
use crate::order::{Objection, Reason};

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

/// Offers left unanswered from which one expects no answer, where none was ever given.
const SILENCE: usize = 2;
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
