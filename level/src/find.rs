//! Reading levels and lists of orders: from a text, a file, or by the name of a shipped one.

use std::path::Path;

use crate::check::{self, Vocabulary};
use crate::contents::Level;
use crate::order::{Plan, TurnOrders};
use crate::shipped::shipped;
use crate::text::diagnostic::{LevelError, nearest};
use crate::text::file::{ReadError, read_text};
use crate::text::parse;
use crate::text::set::{SetError, set};

impl Level {
    /// Reads and checks a level. `file` is how errors call it.
    ///
    /// # Errors
    /// Everything that is wrong with the text, each with its place; a syntax error alone, since reading stops there, and a format that
    /// only later versions know alone, since they know what else is right.
    pub fn from_text(file: &str, text: &str, vocabulary: &Vocabulary) -> Result<Self, LevelError> {
        check::is_known(file, text)?;
        let (raw, spans) = parse::parse(file, text)?;
        check::check(&raw, &spans, vocabulary, file, text)
    }

    /// Reads a level from a file, a shipped one by its name where no such file exists.
    ///
    /// # Errors
    /// What is wrong with the path or the text.
    pub fn find(name: &str, changes: &[String], vocabulary: &Vocabulary) -> Result<Self, FindError> {
        let path = Path::new(name);
        let known = shipped().find(|level| level.name == name);
        let (file, mut text) = match known {
            Some(level) if !path.is_file() => (format!("levels/{}.ron", level.name), level.text.to_owned()),
            _ if path.exists() || name.ends_with(".ron") => (name.to_owned(), read_text(path)?),
            _ => return Err(FindError::unknown(name)),
        };
        for change in changes {
            text = set(&text, change)?;
        }
        Ok(Self::from_text(&file, &text, vocabulary)?)
    }

    /// The shipped level tagged `default`: a test sees to it that there is one.
    pub fn default_name() -> &'static str {
        let tagged = shipped().find(|level| level.is_default());
        tagged.map_or("", |level| level.name)
    }
}

/// Reads a list of orders such as `[(turn: 1, by: "north", orders: [TakeRate(rate: 0.02)])]`. What names nobody is by
/// the platform of the index `seat`.
///
/// # Errors
/// Everything that is wrong with the text, each with its place.
pub fn read_plan(file: &str, text: &str, level: &Level, seat: usize) -> Result<Plan, LevelError> {
    let (list, spans) = parse::parse::<Vec<TurnOrders>>(file, text)?;
    check::check_plan(&list, &spans, level, seat, file, text)
}

/// Why a level could not be had.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// No file and no shipped level of that name.
    #[error(
        "no level `{name}`: neither a file nor a shipped level{hint}; `walled-gardens levels` lists the shipped ones"
    )]
    Unknown {
        /// What was asked for.
        name: String,
        /// ", did you mean …?" or nothing.
        hint: String,
    },
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A `--set` cannot be applied.
    #[error(transparent)]
    Set(#[from] SetError),
    /// The text is not a level.
    #[error(transparent)]
    Level(#[from] LevelError),
}

impl FindError {
    fn unknown(name: &str) -> Self {
        let hint = nearest(name, shipped().map(|level| level.name))
            .map(|known| format!(" (did you mean `{known}`?)"))
            .unwrap_or_default();
        Self::Unknown { name: name.to_owned(), hint }
    }
}
