//! What an offer is worth to another company, as a CEO guesses it: nobody knows another's sums, and whoever has dealt with it knows them
//! better. Strategies estimate from public facts alone ([`strategy::worth`](crate::strategy::worth)); a person sees the number that the
//! other answers by through an error, which is the same for a whole match and shrinks with every answer.

use super::answered::answers_to;
use super::deals::{Appraisal, TermWorth};
use super::explain::{Explained, Label, Part};
use super::position::Position;
use crate::order::Reason;
use crate::sim::draw::{Key, Purpose};
use crate::statistics::normal_cumulative;

/// Standard deviation of the logarithm of a guess about a company that has answered nothing yet, for each thing that is guessed: whether
/// something is a gain or a loss is plain, how much it is is not.
const DOUBT: f64 = 0.5;
/// Standard deviation of the logarithm of what each thing moves by until the other answers, a month later. Fitted: the likeliest of the
/// 1,252 offers of `experiment answers --seeds 80`.
const MOVES: f64 = 0.45;

/// What an offer is worth to both, the other's side guessed.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// Term by term and in all; what it is worth to the other is guessed.
    pub appraisal: Appraisal,
    /// Standard deviation of what all of it is worth to the other, yuan a month.
    pub spread: f64,
    /// Standard deviation of what it is worth to the other when it answers, a month from now, yuan a month: `spread`, and what sales and
    /// dues move by until then.
    pub spread_at_answer: f64,
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

    /// Chance that the other gains by it when it answers.
    pub fn chance(&self) -> f64 {
        let mean = self.appraisal.theirs.total;
        if self.spread_at_answer > 0.0 {
            normal_cumulative(mean / self.spread_at_answer)
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
        spread_at_answer: doubt.hypot(MOVES) * squares.sqrt(),
        answers,
        open,
    }
}
