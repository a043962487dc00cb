//! What an offer is worth to another company, as far as a CEO can know it.

use crate::form::Form;
use crate::texts::say;
use walled_gardens_engine::play::Guess;

/// Between which numbers the other's worth is guessed, and by how many of its answers.
pub fn guess(who: &str, guess: &Guess) -> String {
    let [low, high] = guess.band().map(|yuan| Form::Yuan.write_change(yuan));
    match guess {
        Guess { open: true, .. } => say!("guess-exact", who = who),
        // Money is money to everybody.
        Guess { spread: 0.0, .. } => say!("guess-nothing", who = who),
        Guess { answers, .. } => say!("guess-between", who = who, low = low, high = high, answers = answers),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use walled_gardens_engine::play::{Appraisal, Explained};

    #[test]
    fn what_is_known_of_anothers_worth_is_said_as_it_is_known() {
        let theirs = Explained { total: 1e9, parts: Vec::new() };
        let appraisal = Appraisal { terms: Vec::new(), mine: Explained::default(), theirs };
        let known = |spread, open| Guess {
            appraisal: appraisal.clone(),
            spread,
            spread_at_answer: spread,
            answers: 2,
            open,
        };
        assert!(guess("X", &known(2e8, false)).contains("+¥744\u{a0}M to +¥1.26\u{a0}bn"));
        assert!(guess("X", &known(0.0, true)).starts_with("All books are open"));
        assert!(!guess("X", &known(0.0, false)).contains("books"), "money alone is plain without any books");
    }
}
