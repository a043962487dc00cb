//! How companies have answered offers so far, as the news told.

use super::position::Position;
use crate::order::Objection;
use crate::sim::state::events::Event;

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
