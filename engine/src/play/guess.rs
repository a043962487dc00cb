//! What an offer is worth to another company, as a CEO guesses it: nobody knows another's sums, and whoever has dealt with it knows them
//! better. Strategies estimate from public facts alone ([`strategy::worth`](crate::strategy::worth)); a person sees the number that the
//! other answers by through an error, which is the same for a whole match and shrinks with every answer.

use super::answered::{Answers, answers_to};
use super::deals::{Appraisal, TermWorth};
use super::explain::{Explained, Label, Part};
use super::session::Position;
use crate::order::{Objection, Reason};
use crate::sim::draw::{Key, Purpose};
use crate::statistics::normal_cumulative;

/// Standard deviation of the logarithm of a guess about a company that has answered nothing yet, for each thing that is guessed: whether
/// something is a gain or a loss is plain, how much it is is not.
const DOUBT: f64 = 0.5;

/// What an offer is worth to both, the other's side guessed.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// Term by term and in all; what it is worth to the other is guessed.
    pub appraisal: Appraisal,
    /// Standard deviation of what all of it is worth to the other, yuan a month.
    pub spread: f64,
    /// Answers of the other's to this CEO so far, which it is guessed by.
    pub answers: usize,
    /// Whether everybody's books are open, so that nothing has to be guessed.
    pub open: bool,
}

impl Guess {
    /// What all of it is worth to the other, in eight cases of ten, yuan a month.
    pub fn band(&self) -> [f64; 2] {
        /// Of a normal distribution, eight in ten lie within so many standard deviations.
        const EIGHT_IN_TEN: f64 = 1.281_551_6;
        let mean = self.appraisal.theirs.total;
        [mean - EIGHT_IN_TEN * self.spread, mean + EIGHT_IN_TEN * self.spread]
    }

    /// Chance that the other gains by it.
    pub fn chance(&self) -> f64 {
        let mean = self.appraisal.theirs.total;
        if self.spread > 0.0 {
            normal_cumulative(mean / self.spread)
        } else {
            0.5 + 0.5 * mean.partial_cmp(&0.0).map_or(0.0, |order| f64::from(order as i8))
        }
    }
}

/// What can be known of an offer's worth to another company: it is exact where everybody's books are open.
pub fn guess(position: &Position, other: usize, appraisal: Appraisal) -> Guess {
    let answers = answers_to(position, other, position.me).all();
    let open = position.view.public.books.is_some();
    let doubt = if open { 0.0 } else { DOUBT / (1 + answers) as f64 };
    let companies = position.level.platforms.len();
    let key = Key::new(position.seed, 0, Purpose::Guess, position.me * companies + other);
    let factor = |label: Label| match label {
        // Money is what it is.
        Label::Term(_, Reason::Payment) => 1.0,
        Label::Term(_, reason) => libm::exp(doubt * key.normal(reason as u32)),
        _ => 1.0,
    };
    let guessed = |worth: &Explained| {
        let parts: Vec<Part> = worth
            .parts
            .iter()
            .map(|part| Part { amount: factor(part.label) * part.amount, ..*part })
            .collect();
        Explained { total: parts.iter().map(|part| part.amount).sum(), parts }
    };
    let theirs = guessed(&appraisal.theirs);
    let doubtful = |part: &&Part| !matches!(part.label, Label::Term(_, Reason::Payment));
    let squares: f64 = theirs.parts.iter().filter(doubtful).map(|part| part.amount * part.amount).sum();
    let terms = appraisal.terms.iter();
    let terms = terms.map(|term| TermWorth { theirs: guessed(&term.theirs), ..term.clone() }).collect();
    Guess {
        appraisal: Appraisal { terms, theirs, mine: appraisal.mine },
        spread: doubt * squares.sqrt(),
        answers,
        open,
    }
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
