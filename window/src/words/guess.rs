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
