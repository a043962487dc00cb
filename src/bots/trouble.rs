//! What can go wrong with a bot.

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The turn is lost.
    Turn(String),
    /// The process cannot be gone on with.
    Process(String),
}
