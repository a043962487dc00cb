//! Who decides for a platform, and how hard they play.

use crate::texts::{of_level, say};
use walled_gardens_engine::play::{Difficulty, PERSON};

/// Who decides for a platform: a person, or a strategy by its name.
pub fn seat(name: &str) -> String {
    if name == PERSON { say!("a-person") } else { of_level(name) }
}

/// A strategy's idea.
pub fn idea(text: &str) -> String {
    of_level(&plainly(text))
}

/// An idea without the systems it is from, which players need not know: `Opens to all (S2, S31).` → `Opens to all.`
pub fn plainly(text: &str) -> String {
    match text.rsplit_once(" (S") {
        Some((idea, rest)) if rest.ends_with(").") => format!("{idea}."),
        _ => text.to_owned(),
    }
}

/// A difficulty, and what it means.
pub fn difficulty(difficulty: Difficulty) -> (String, String) {
    match difficulty {
        Difficulty::Gentle => (say!("difficulty-gentle"), say!("difficulty-gentle-meaning")),
        Difficulty::Fair => (say!("difficulty-fair"), say!("difficulty-fair-meaning")),
        Difficulty::Fierce => (say!("difficulty-fierce"), say!("difficulty-fierce-meaning")),
    }
}
