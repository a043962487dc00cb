//! Levels that matches are begun on, each with its opening, which takes longer than many a match.

use std::collections::BTreeMap;

use crate::game::Prepared;
use crate::level::{Level, set};
use crate::protocol::Failure;
use crate::strategy::vocabulary;

/// Levels that are kept.
const KEPT: usize = 64;

/// A level by what a host calls it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Called {
    /// A shipped level's name or a level file.
    pub(super) level: Option<String>,
    /// A level's text.
    pub(super) text: Option<String>,
    /// Changes to it.
    pub(super) set: Vec<String>,
}

/// Levels by what the host calls them.
#[derive(Default)]
pub(super) struct Levels(BTreeMap<Called, Prepared>);

impl Levels {
    /// A level, prepared.
    ///
    /// # Errors
    /// There is none, or it is not sound; `at` is where the request names it.
    pub(super) fn of(&mut self, called: Called, at: &str) -> Result<Prepared, Failure> {
        if let Some(known) = self.0.get(&called) {
            return Ok(known.clone());
        }
        let prepared = Prepared::new(read(&called, at)?);
        if self.0.len() >= KEPT {
            self.0.clear();
        }
        self.0.insert(called, prepared.clone());
        Ok(prepared)
    }
}

fn read(called: &Called, at: &str) -> Result<Level, Failure> {
    let vocabulary = vocabulary();
    match (&called.level, &called.text) {
        (Some(name), None) => Level::find(name, &called.set, &vocabulary)
            .map_err(|error| Failure::new(format!("{at}level"), error.to_string())),
        (None, Some(text)) => {
            let mut text = text.clone();
            for change in &called.set {
                text = set(&text, change)
                    .map_err(|error| Failure::new(format!("{at}set"), error.to_string()))?;
            }
            Level::from_text("text", &text, &vocabulary)
                .map_err(|error| Failure::new(format!("{at}text"), error.to_string()))
        }
        _ => Err(Failure::new(at.trim_end_matches('.'), "no level").expected("either `level` or `text`")),
    }
}
