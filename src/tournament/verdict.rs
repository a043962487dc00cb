//! What a sequential test asked and what it says, in words.

use super::standings::LevelTest;
use crate::statistics::{SequentialTest, Verdict};

/// The question, its two hypotheses and how often the answer may be wrong.
pub fn asked(test: &SequentialTest, one: &str, other: &str) -> String {
    let SequentialTest { none, some, false_alarm, miss } = *test;
    let percent = |part: f64| 100.0 * part;
    let question = if some > 0.0 {
        format!("Is {one} better than {other}?")
    } else {
        format!("Is {one} no worse than {other}, or not by much?")
    };
    format!(
        "{question} H0: by {none} normalised Elo at most. H1: by {some} at least. α = {}%: how often H1 is accepted \
         where H0 holds; β = {}%: how often H0 is where H1 holds.",
        percent(false_alarm),
        percent(miss)
    )
}

/// What came out on a level, and why.
pub fn answered(asked: &SequentialTest, test: &LevelTest, one: &str, other: &str) -> String {
    let [low, high] = test.bounds;
    let SequentialTest { none, some, .. } = *asked;
    let (accepted, against, answer) = match test.verdict {
        Verdict::Better => (
            "H1 accepted",
            format!("at or above {high:+.2}"),
            if some > 0.0 {
                format!("{one} is better than {other}")
            } else if some == 0.0 {
                format!("{one} is no worse than {other}")
            } else {
                format!("{one} is at most {} normalised Elo worse than {other}", -some)
            },
        ),
        Verdict::NotBetter => (
            "H0 accepted",
            format!("at or below {low:+.2}"),
            if some > 0.0 {
                format!("{one} is not better than {other} by as much as was asked")
            } else if none == 0.0 {
                format!("{one} is worse than {other}")
            } else {
                format!(
                    "{one} is worse than {other} by more than was asked: {} normalised Elo rather than {}",
                    -none, -some
                )
            },
        ),
        Verdict::Open => (
            "not settled",
            format!("between {low:+.2} and {high:+.2}"),
            "play more blocks: --blocks with a larger number, and --resume where there is a folder"
                .to_owned(),
        ),
    };
    let blocks: f64 = test.counts.iter().sum();
    format!(
        "{}: {accepted} after {blocks} blocks, the log-likelihood ratio {:+.2} being {against}: {answer}.",
        test.level, test.log_ratio
    )
}
